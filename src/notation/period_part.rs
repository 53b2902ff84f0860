//! What a label tells of its quarter when it does not tell all: `Quý I` without the year, `1/2021` that a
//! spreadsheet program made a date of.

use super::period::{quarter_of, words, year_of};
use crate::model::Period;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words that go with the number of a quarter.
const BESIDE: [&str; 6] = ["quy", "qui", "q", "so", "thu", "nam"];

/// Whether a text that names no whole quarter names a part of this one, and nothing else.
pub fn is_part_of(text: &str, period: Period) -> bool {
    let words = words(text);
    let years = || words.iter().filter_map(|word| year_of(word));
    let other_year = years().any(|year| year != period.year());
    let mut rest =
        words.iter().filter(|word| year_of(word).is_none() && !BESIDE.contains(&word.as_str()));
    let number = rest.next().and_then(|word| quarter_of(word));
    !other_year && number == Some(period.number()) && rest.next().is_none()
}

/// The one quarter that a text names without a year, as the name of a sheet does (`Quý II`, `Q2`), in that year.
/// Without its mark the word may belong to a name (Dương Quỳ): then only in front of everything.
pub fn in_year(text: &str, year: i32) -> Option<Period> {
    let text = text.nfc().collect::<String>().to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| year_of(word).is_some()) {
        return None;
    }
    let number_at = |at: usize| {
        let word = words.get(at)?;
        let number = |rest: &str| if rest.is_empty() { words.get(at + 1).copied() } else { None };
        let marked = ["quý", "quí"].iter().find_map(|quarter| word.strip_prefix(quarter));
        let plain = ["quy", "qui", "q"].iter().find_map(|quarter| word.strip_prefix(quarter));
        let rest = marked.or_else(|| plain.filter(|_| at == 0))?;
        quarter_of(number(rest).unwrap_or(rest))
    };
    let named: BTreeSet<u32> = (0..words.len()).filter_map(number_at).collect();
    let only = named.first().filter(|_| named.len() == 1)?;
    Period::quarter(year, *only)
}

/// Whether a day in place of a quarter can stand for this one: its last day, or the first of the month with
/// the quarter's number, which is what programs make of `1/2021`.
pub fn stands_for(day: NaiveDate, period: Period) -> bool {
    let month = Period::quarter(day.year(), day.month()).filter(|_| day.day() == 1);
    day == period.last_day() || month == Some(period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_quarter() {
        let period = Period::quarter(2021, 1).unwrap();
        for (text, is_part) in [
            ("Quý I", true),
            ("quý 1 năm", true),
            ("I", true),
            ("1", true),
            ("01", true),
            ("Quý II", false),
            ("4", false),
            ("Quý I/2020", false),
            ("Quý I, II", false),
            ("Quý I và quý II", false),
            ("2021", false),
            ("6 tháng đầu năm", false),
            ("tháng 1", false),
            ("1/3", false),
            ("", false),
        ] {
            assert_eq!(is_part_of(text, period), is_part, "{text}");
        }
    }

    #[test]
    fn quarters_without_a_year() {
        for (text, quarter) in [
            ("Quý II", Some(2)),
            ("Biểu 1 - Quý 3", Some(3)),
            ("QUÝIV", Some(4)),
            ("Q2", Some(2)),
            ("quy 1", Some(1)),
            ("Dương Quỳ (2)", None),
            ("Duong Quy 2", None),
            ("Quý I và quý II", None),
            ("Quý II 2020", None),
            ("Quý khách", None),
            ("Biểu 1", None),
        ] {
            let found = in_year(text, 2021);
            assert_eq!(found, quarter.and_then(|n| Period::quarter(2021, n)), "{text}");
        }
    }

    #[test]
    fn days_that_stand_for_a_quarter() {
        for ((y, m, d), quarter, stands) in [
            ((2021, 3, 31), 1, true),
            ((2021, 1, 1), 1, true),
            ((2021, 3, 1), 3, true),
            ((2021, 3, 1), 1, false),
            ((2021, 2, 15), 1, false),
            ((2020, 1, 1), 1, false),
            ((2021, 5, 1), 2, false),
        ] {
            let day = NaiveDate::from_ymd_opt(y, m, d).unwrap();
            let period = Period::quarter(2021, quarter).unwrap();
            assert_eq!(stands_for(day, period), stands, "{day} {quarter}");
        }
    }
}
