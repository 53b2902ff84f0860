//! Working days (ngày làm việc): weekdays without the public holidays that were announced for the year.

mod load;

pub use load::CalendarError;

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// Which days are worked, for the years whose holidays are known.
#[derive(Debug, Clone)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

/// One year's holidays.
#[derive(Debug, Clone)]
struct Year {
    /// The last day of the year for which they are known.
    known_to: NaiveDate,
    /// Weekdays that are not worked, compensatory ones included (nghỉ lễ, nghỉ bù, hoán đổi).
    off: BTreeSet<NaiveDate>,
    /// Saturdays that are worked (làm bù).
    work: BTreeSet<NaiveDate>,
}

/// The holidays of that day's year are not known, so working days cannot be counted across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("chưa có lịch nghỉ lễ, tết cho ngày {}, nên chưa đếm được ngày làm việc", day.format("%d/%m/%Y"))]
pub struct NoData {
    /// The first day without data.
    pub day: NaiveDate,
}

impl Calendar {
    /// Whether people work on that day.
    pub fn is_working(&self, day: NaiveDate) -> Result<bool, NoData> {
        let known = self.years.get(&day.year()).filter(|year| day <= year.known_to);
        let year = known.ok_or(NoData { day })?;
        Ok(match day.weekday() {
            Weekday::Sun => false,
            Weekday::Sat => year.work.contains(&day),
            _ => !year.off.contains(&day),
        })
    }

    /// The working days after `from` up to and including `to`; none when `to` is not later.
    ///
    /// So a thing done on the next working day took one working day.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, NoData> {
        let mut days = 0;
        // Days without data stop the count, so the data's own years bound the work.
        for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
            days += u32::from(self.is_working(day)?);
        }
        Ok(days)
    }

    /// The last day that is not more than so many working days after `from`: days on which nobody works
    /// after the last of them are still in time.
    pub fn last_day_within(&self, from: NaiveDate, allowed: u32) -> Result<NaiveDate, NoData> {
        let (mut last, mut days) = (from, 0);
        for day in from.iter_days().skip(1) {
            days += u32::from(self.is_working(day)?);
            if days > allowed {
                break;
            }
            last = day;
        }
        Ok(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::embedded().unwrap()
    }

    #[test]
    fn counted_from_the_day_after() {
        let calendar = calendar();
        for (from, to, expected) in [
            ("2021-03-15", "2021-03-15", 0),
            ("2021-03-15", "2021-03-14", 0),
            ("2021-03-15", "2021-03-16", 1),
            ("2021-03-15", "2021-03-29", 10),
            ("2021-03-19", "2021-03-21", 0),
            // Tết Tân Sửu: 10/02 to 16/02 are off.
            ("2021-02-09", "2021-02-16", 0),
            ("2021-02-09", "2021-02-17", 1),
            // 01/05/2021 is a Saturday, made up for on the 3rd.
            ("2021-04-29", "2021-05-04", 1),
            // The Monday 29/04/2024 is worked on Saturday 04/05.
            ("2024-04-26", "2024-05-05", 3),
            ("2025-04-25", "2025-05-04", 3),
            ("2026-08-21", "2026-08-23", 1),
            ("2020-12-31", "2021-01-04", 1),
            ("2026-11-20", "2026-11-23", 1),
        ] {
            let counted = calendar.working_days_between(day(from), day(to));
            assert_eq!(counted, Ok(expected), "{from} {to}");
        }
    }

    /// A deadline and the count that judges it are one thing said twice.
    #[test]
    fn the_last_day_is_the_last_that_the_count_lets_pass() {
        let calendar = calendar();
        for (from, expected) in [
            // Ten working days end on a Wednesday; on a Friday, with the weekend after them; before Tết.
            ("2021-03-10", "2021-03-24"),
            ("2021-03-12", "2021-03-28"),
            ("2021-01-26", "2021-02-16"),
        ] {
            assert_eq!(calendar.last_day_within(day(from), 10), Ok(day(expected)), "{from}");
        }
        for from in day("2020-01-01").iter_days().take(730) {
            for allowed in [0, 1, 5, 10] {
                let last = calendar.last_day_within(from, allowed).unwrap();
                let in_time = |to| calendar.working_days_between(from, to).unwrap() <= allowed;
                assert!(in_time(last) && !in_time(last.succ_opt().unwrap()), "{from} {allowed}");
            }
        }
        assert!(calendar.last_day_within(day("2026-11-20"), 10).is_err());
    }

    #[test]
    fn days_without_data_are_said() {
        let calendar = calendar();
        for (from, to, first) in [
            ("2019-12-30", "2020-01-02", "2019-12-31"),
            ("2026-11-20", "2026-11-30", "2026-11-24"),
            ("2027-01-01", "2027-01-02", "2027-01-02"),
            ("0001-01-01", "9999-12-31", "0001-01-02"),
        ] {
            let counted = calendar.working_days_between(day(from), day(to));
            assert_eq!(counted, Err(NoData { day: day(first) }), "{from} {to}");
        }
        assert_eq!(
            NoData { day: day("2027-02-08") }.to_string(),
            "chưa có lịch nghỉ lễ, tết cho ngày 08/02/2027, nên chưa đếm được ngày làm việc"
        );
    }

    #[test]
    fn each_year_has_as_many_holidays_as_the_law_gives() {
        let calendar = calendar();
        assert!(calendar.years.keys().copied().eq(2020..=2026));
        for (number, year) in &calendar.years {
            let law = if *number == 2020 { 10 } else { 11 };
            assert_eq!(year.off.len() - year.work.len(), law, "{number}");
            // Whatever the year, these three are always off, or made up for within two days.
            for fixed in ["01-01", "04-30", "09-02"] {
                let fixed = day(&format!("{number}-{fixed}"));
                let mut near = fixed.iter_days().take(4);
                assert!(near.any(|day| year.off.contains(&day)), "{fixed}");
            }
        }
    }
}
