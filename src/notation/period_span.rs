//! The quarter that a span of time covers: `3 tháng đầu năm 2021`, `tháng 1 đến tháng 3`, `từ 01/01 đến 31/3/2021`.

use super::period_other::OtherTime;
use crate::model::Period;
use chrono::{Datelike, NaiveDate};
use smol_str::SmolStr;

/// Words between the days or months of a span.
const BETWEEN: [&str; 8] = ["tu", "den", "ngay", "thang", "het", "va", "nam", "toi"];

/// The one quarter that the words name by its months or its days.
pub(super) fn in_words(words: &[SmolStr]) -> Option<Period> {
    let mut found: Option<Period> = None;
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let period = first_months(rest).or_else(|| months(rest)).or_else(|| days(rest));
        match (period, found) {
            (Some(one), Some(other)) if one != other => return None,
            (Some(one), _) => found = Some(one),
            (None, _) => {}
        }
    }
    found
}

/// A year alone, a month, or months that are no quarter.
pub(super) fn year_or_part(words: &[SmolStr]) -> Option<OtherTime> {
    let year = match words {
        [year] => number(year, 4),
        [nam, year] if nam == "nam" => number(year, 4),
        _ => None,
    };
    if let Some(year) = year {
        return Some(OtherTime::Year(year));
    }
    let first = words.iter().position(|word| word == "thang")?;
    // What begins with its months is about them.
    if words.iter().take(first).any(|word| !BETWEEN.contains(&word.as_str())) {
        return None;
    }
    let named = words.iter().skip(first).filter(|word| !BETWEEN.contains(&word.as_str()));
    let months: Vec<i32> = named.clone().map_while(|word| number(word, 2)).collect();
    let rest = named.skip(months.len());
    let ends = rest.clone().next().is_none_or(|year| number(year, 4).is_some());
    let span = months.last().zip(months.first()).map(|(last, first)| last - first);
    match span.filter(|_| ends && rest.count() <= 1)? {
        ..=2 => Some(OtherTime::Shorter),
        _ => Some(OtherTime::Longer),
    }
}

/// Whether a word is a year.
pub(super) fn is_year(word: &str) -> bool {
    number(word, 4).is_some()
}

/// `3 thang dau nam 2021`, `ba thang cuoi nam 2021`.
fn first_months(words: &[SmolStr]) -> Option<Period> {
    let [three, thang, which, nam, year, ..] = words else { return None };
    let quarter = match which.as_str() {
        "dau" => 1,
        "cuoi" => 4,
        _ => return None,
    };
    let said = matches!(three.as_str(), "3" | "03" | "ba") && thang == "thang" && nam == "nam";
    Period::quarter(number(year, 4).filter(|_| said)?, quarter)
}

/// `thang 1 2 3 nam 2021`, `thang 1 den thang 3 2021`.
fn months(words: &[SmolStr]) -> Option<Period> {
    if words.first().is_none_or(|word| word != "thang") {
        return None;
    }
    let mut numbers = words.iter().filter(|word| !BETWEEN.contains(&word.as_str()));
    let first = number(numbers.next()?, 2)?;
    let mut last = first;
    for word in numbers {
        if let Some(year) = number(word, 4) {
            let quarter = u32::try_from((last + 2) / 3).ok()?;
            return Period::quarter(year, quarter)
                .filter(|_| last == first + 2 && last % 3 == 0 && last <= 12);
        }
        let next = number(word, 2)?;
        // Each month, or the first and the last of the three.
        (next == last + 1 || last == first && next == first + 2).then_some(())?;
        last = next;
    }
    None
}

/// `01 01 2021 den 31 3 2021`: the first and the last day of a quarter, of the calendar or from the
/// fifteenth to the fourteenth, as state inspection counts.
fn days(words: &[SmolStr]) -> Option<Period> {
    let (first, last) = first_and_last(words)?;
    let period = Period::quarter(last.year(), last.month().div_ceil(3))?;
    let after = first.checked_add_months(chrono::Months::new(3))?.pred_opt()?;
    let calendar = first == period.first_day() && last == period.last_day();
    let inspection = first.day() == 15 && last == after && last.month() % 3 == 0;
    (calendar || inspection).then_some(period)
}

/// The two days that begin there: `15 12 2020 den 14 3 2021`, `01 01 den 31 3 2021`.
pub(super) fn first_and_last(words: &[SmolStr]) -> Option<(NaiveDate, NaiveDate)> {
    number(words.first()?, 2)?;
    let numbers: Vec<&SmolStr> =
        words.iter().filter(|word| !BETWEEN.contains(&word.as_str())).take(6).collect();
    let (first, last) = match numbers.as_slice() {
        [d, m, y, end @ ..] if number(y, 4).is_some() => (day(d, m, y)?, end),
        [d, m, end @ ..] => (day(d, m, end.get(2)?)?, end),
        _ => return None,
    };
    match last {
        [d, m, y, ..] => Some((first, day(d, m, y)?)).filter(|(first, last)| first < last),
        _ => None,
    }
}

fn day(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let part = |text: &str| u32::try_from(number(text, 2)?).ok();
    NaiveDate::from_ymd_opt(number(year, 4)?, part(month)?, part(day)?)
}

/// A number of at most two digits, or of just four: a year.
fn number(word: &str, digits: usize) -> Option<i32> {
    let fits = if digits == 4 { word.len() == 4 } else { (1..=digits).contains(&word.len()) };
    (fits && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}
