//! The quarter (quý) that is made, and its days.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// One quarter of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quarter {
    pub(crate) year: i32,
    pub(crate) number: u32,
}

impl Quarter {
    /// Reads `2021-Q1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once("-Q")?;
        let quarter = Self { year: year.parse().ok()?, number: number.parse().ok()? };
        ((1..=4).contains(&quarter.number) && (2000..2100).contains(&quarter.year))
            .then_some(quarter)
    }

    /// `2021-Q1`.
    pub(crate) fn key(self) -> String {
        format!("{}-Q{}", self.year, self.number)
    }

    /// `Quý I/2021`.
    pub(crate) fn label(self) -> String {
        let roman = match self.number {
            1 => "I",
            2 => "II",
            3 => "III",
            _ => "IV",
        };
        format!("Quý {roman}/{}", self.year)
    }

    /// The quarter before.
    pub(crate) fn previous(self) -> Self {
        if self.number > 1 {
            Self { number: self.number - 1, ..self }
        } else {
            Self { year: self.year - 1, number: 4 }
        }
    }

    /// The quarter after.
    pub(crate) fn next(self) -> Self {
        if self.number < 4 {
            Self { number: self.number + 1, ..self }
        } else {
            Self { year: self.year + 1, number: 1 }
        }
    }

    /// The first day of its first, second or third month.
    pub(crate) fn month(self, nth: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, (self.number - 1) * 3 + nth, 1).unwrap_or_default()
    }

    /// The last day.
    pub(crate) fn last_day(self) -> NaiveDate {
        let next = if self.number == 4 {
            NaiveDate::from_ymd_opt(self.year + 1, 1, 1).unwrap_or_default()
        } else {
            self.month(4)
        };
        add(next, -1)
    }

    /// The last day on which its report is on time: day 5 of the month after.
    pub(crate) fn deadline(self) -> NaiveDate {
        add(self.last_day(), 5)
    }
}

/// The day so many days later, or earlier when negative.
pub(crate) fn add(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved =
        if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

/// That day, or the Friday before when it is at a weekend.
pub(crate) fn workday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => add(day, -1),
        Weekday::Sun => add(day, -2),
        _ => day,
    }
}

/// `15/03/2021`.
pub(crate) fn slashed(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
