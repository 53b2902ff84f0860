//! The quarter that a report is about.

use chrono::{Datelike, Days, Months, NaiveDate};
use std::fmt;

/// A quarter (quý) of a year, the span of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    quarter: u32,
}

impl Period {
    /// The years that a report can be about; others are typing errors.
    pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

    /// The earliest quarter that there is.
    pub const FIRST: Self = Self { year: *Self::YEARS.start(), quarter: 1 };

    /// Quarter 1 to 4 of a year; `None` outside [`Period::YEARS`].
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        (Self::YEARS.contains(&year) && (1..=4).contains(&quarter))
            .then_some(Self { year, quarter })
    }

    /// Reads the form used in commands and files: `2021-Q1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.trim().split_once('-')?;
        let digits = quarter.strip_prefix(['Q', 'q'])?;
        (year.len() == 4 && digits.len() == 1).then_some(())?;
        Self::quarter(year.parse().ok()?, digits.parse().ok()?)
    }

    /// The quarter in which that day lies.
    pub fn containing(day: NaiveDate) -> Option<Self> {
        Self::quarter(day.year(), day.month0() / 3 + 1)
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Which quarter of the year, 1 to 4.
    pub const fn number(self) -> u32 {
        self.quarter
    }

    /// First day of the calendar quarter.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.quarter * 3 - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Last day of the calendar quarter.
    pub fn last_day(self) -> NaiveDate {
        self.first_day() + Months::new(3) - Days::new(1)
    }

    /// The quarter before.
    pub fn previous(self) -> Option<Self> {
        match self.quarter {
            1 => Self::quarter(self.year - 1, 4),
            n => Self::quarter(self.year, n - 1),
        }
    }

    /// `I`, `II`, `III` or `IV`.
    pub const fn roman(self) -> &'static str {
        match self.quarter {
            1 => "I",
            2 => "II",
            3 => "III",
            _ => "IV",
        }
    }

    /// As Vietnamese text writes it: `quý I/2021`.
    pub fn label(self) -> String {
        format!("quý {}/{}", self.roman(), self.year)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.quarter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn quarters_know_their_days() {
        let period = Period::parse("2021-Q1").unwrap();
        assert_eq!(period.first_day(), day("2021-01-01"));
        assert_eq!(period.last_day(), day("2021-03-31"));
        assert_eq!(period.to_string(), "2021-Q1");
        assert_eq!(period.label(), "quý I/2021");
        assert_eq!(period.previous(), Period::quarter(2020, 4));
        assert_eq!(Period::containing(day("2021-12-31")), Period::quarter(2021, 4));
    }

    #[test]
    fn what_is_no_period() {
        for bad in ["", "2021", "2021-Q5", "2021-Q0", "21-Q1", "2021-1", "1821-Q1", "2021-Q01"] {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
    }
}
