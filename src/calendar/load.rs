//! Reads the announced holidays (`templates/ngay-nghi.toml`).

use super::{Calendar, Year};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::value::Datetime;

const HOLIDAYS: &str = include_str!("../../templates/ngay-nghi.toml");

/// Why the holidays cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not the form that is expected.
    #[error("Lịch nghỉ lễ, tết không đúng mẫu: {0}")]
    Form(#[from] toml::de::Error),
    /// A day that cannot stand where it stands.
    #[error("Lịch nghỉ lễ, tết năm {year}: ngày {day} không đặt được ở khóa {key}")]
    Day {
        /// The year.
        year: i32,
        /// The day as written.
        day: String,
        /// Where it stands.
        key: &'static str,
    },
    /// The same year twice, or one without its source.
    #[error("Lịch nghỉ lễ, tết năm {0} bị trùng hoặc thiếu nguồn (source)")]
    Year(i32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: i32,
    source: String,
    known_to: Option<Datetime>,
    off: Vec<Datetime>,
    work: Vec<Datetime>,
}

impl Calendar {
    /// The holidays that come with the program.
    pub fn embedded() -> Result<Self, CalendarError> {
        Self::parse(HOLIDAYS)
    }

    fn parse(text: &str) -> Result<Self, CalendarError> {
        let raw: RawCalendar = toml::from_str(text)?;
        let mut calendar = Self { years: BTreeMap::new() };
        for raw in raw.year {
            let (number, sourced) = (raw.year, !raw.source.trim().is_empty());
            let year = checked(&raw)?;
            if calendar.years.insert(number, year).is_some() || !sourced {
                return Err(CalendarError::Year(number));
            }
        }
        Ok(calendar)
    }
}

fn checked(raw: &RawYear) -> Result<Year, CalendarError> {
    let last = NaiveDate::from_ymd_opt(raw.year, 12, 31).ok_or(CalendarError::Year(raw.year))?;
    let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let days = |days: &[Datetime], key, fits: &dyn Fn(NaiveDate) -> bool| {
        let read = days.iter().map(|stamp| {
            let day = naive(stamp).filter(|day| day.year() == raw.year && fits(*day));
            day.ok_or_else(|| CalendarError::Day { year: raw.year, day: stamp.to_string(), key })
        });
        read.collect::<Result<BTreeSet<_>, _>>()
    };
    Ok(Year {
        known_to: match raw.known_to {
            Some(day) => days(&[day], "known_to", &|_| true)?.pop_first().unwrap_or(last),
            None => last,
        },
        off: days(&raw.off, "off", &|day| !weekend(day))?,
        work: days(&raw.work, "work", &|day| day.weekday() == Weekday::Sat)?,
    })
}

fn naive(stamp: &Datetime) -> Option<NaiveDate> {
    let date = stamp.date.filter(|_| stamp.time.is_none())?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_is_refused() {
        let year = |rest: &str| format!("[[year]]\nyear = 2021\nsource = \"văn bản\"\n{rest}\n");
        let good = year("off = [2021-01-01]\nwork = []");
        assert!(Calendar::parse(&good).is_ok());
        for (text, expected) in [
            (year("off = [2021-01-02]\nwork = []"), "ngày 2021-01-02 không đặt được ở khóa off"),
            (year("off = [2022-01-03]\nwork = []"), "ngày 2022-01-03 không đặt được ở khóa off"),
            (year("off = []\nwork = [2021-01-03]"), "ngày 2021-01-03 không đặt được ở khóa work"),
            (year("off = []\nwork = []\nknown_to = 2022-01-01"), "khóa known_to"),
            (good.replace("văn bản", " "), "năm 2021 bị trùng hoặc thiếu nguồn"),
            (format!("{good}{good}"), "năm 2021 bị trùng hoặc thiếu nguồn"),
            (year("off = []"), "không đúng mẫu"),
        ] {
            let message = Calendar::parse(&text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
