//! Dates as Vietnamese offices write them: day before month, always.

use super::date_words;
use crate::model::Period;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// What a date cell said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    /// A day of the calendar, in a year that a report can be about.
    Day(NaiveDate),
    /// A day that does not exist, a year that cannot be, or no date at all: DL02.
    Invalid,
}

impl DateReading {
    const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Invalid => None,
        }
    }
}

/// Takes a day only from the years that reports are about.
pub fn plausible(day: Option<NaiveDate>) -> DateReading {
    match day {
        Some(day) if Period::YEARS.contains(&day.year()) => DateReading::Day(day),
        _ => DateReading::Invalid,
    }
}

/// Reads a number in a date column: the serial number of a day in the 1900 system.
pub fn from_serial(serial: f64) -> DateReading {
    // Serial numbers of 2000-01-01 and 2099-12-31; anything else is some other number.
    if !(36_526.0..73_051.0).contains(&serial) {
        return DateReading::Invalid;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "range checked above"
    )]
    let days = chrono::Days::new(serial as u64);
    plausible(NaiveDate::from_ymd_opt(1899, 12, 30).and_then(|first| first.checked_add_days(days)))
}

/// Reads text; `year` completes a date without one (`15/3`).
pub fn from_text(text: &str, year: Option<i32>) -> DateReading {
    // Before a text that looks like a date spreadsheets want a sign.
    let text = text.trim().trim_start_matches(['\'', '\u{2018}', '\u{2019}']);
    let text = text.trim_end_matches(['.', ',', ';']).trim();
    if let Some(moment) = zoned(text) {
        return plausible(Some(moment.date()));
    }
    if let Some(day) = digits_alone(text) {
        return day;
    }
    let parts = numbers_of(text).or_else(|| words_of(text));
    let Some(parts) = parts else { return DateReading::Invalid };
    match *parts.as_slice() {
        [y, m, d] if y.len == 4 => plausible(NaiveDate::from_ymd_opt(y.signed(), m.value, d.value)),
        [d, m, y] if d.len <= 2 && (y.len == 4 || y.len == 2) => {
            let full = if y.len == 2 { 2000 + y.signed() } else { y.signed() };
            plausible(NaiveDate::from_ymd_opt(full, m.value, d.value))
        }
        [d, m] if d.len <= 2 && m.len <= 2 => {
            plausible(year.and_then(|year| NaiveDate::from_ymd_opt(year, m.value, d.value)))
        }
        _ => DateReading::Invalid,
    }
}

/// Whether a text that is no date would be one with the month before the day: `3/15/2021`.
pub fn month_first(text: &str) -> bool {
    let parts = numbers_of(text.trim()).unwrap_or_default();
    match *parts.as_slice() {
        [m, d, y] if m.len <= 2 && matches!(y.len, 2 | 4) => {
            d.value > 12 && NaiveDate::from_ymd_opt(2000, m.value, d.value).is_some()
        }
        _ => false,
    }
}

/// Reads a moment with a zone of its own (`2021-03-15T00:00:00+00:00`), as programs write it.
///
/// The day is the one that is written, except where the moment is midnight in Việt Nam told in UTC:
/// then it is a day of ours that a program has moved.
pub fn zoned(text: &str) -> Option<NaiveDateTime> {
    // `2021-03-15T00:00Z` and longer; nothing else needs the attempt.
    let bytes = text.as_bytes();
    if bytes.len() < 17 || bytes.get(10) != Some(&b'T') {
        return None;
    }
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    let moved = moment.offset().local_minus_utc() == 0 && moment.time() == MIDNIGHT_IN_UTC;
    let written = moment.naive_local();
    if moved {
        written.date().succ_opt().map(|day| day.and_time(NaiveTime::MIN))
    } else {
        Some(written)
    }
}

/// Midnight in Việt Nam (UTC+7) as UTC tells it.
const MIDNIGHT_IN_UTC: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// One number of a date and how many digits it was written with.
#[derive(Debug, Clone, Copy)]
struct Part {
    value: u32,
    len: usize,
}

impl Part {
    fn parse(digits: &str) -> Option<Self> {
        let valid = matches!(digits.len(), 1 | 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Some(Self { value: digits.parse().ok()?, len: digits.len() }))?
    }

    fn signed(self) -> i32 {
        i32::try_from(self.value).unwrap_or(0)
    }
}

/// `15/3/2021`, `15-03-21`, `15.3.2021`, `2021-03-15`, `15/3`, with or without a time of day.
fn numbers_of(text: &str) -> Option<Vec<Part>> {
    let date = match text.split_once(['T', ' ']) {
        Some((date, time)) if is_time(time) => date.to_owned(),
        // Blanks around the separators: `15 / 3 / 2021`.
        Some(_) => {
            let parts: Vec<&str> = text.split(SEPARATORS).map(str::trim).collect();
            let spaced = text.contains('T') || parts.iter().any(|part| part.contains(' '));
            (!spaced && parts.len() > 1).then_some(())?;
            text.chars().filter(|c| *c != ' ').collect()
        }
        None => text.to_owned(),
    };
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    SEPARATORS.contains(&separator).then_some(())?;
    date.split(separator).map(Part::parse).collect()
}

/// What may stand between the numbers of a date; some hyphens come from word processors.
const SEPARATORS: [char; 5] = ['/', '-', '.', '\u{2011}', '\u{2013}'];

fn is_time(text: &str) -> bool {
    let text = text.trim().trim_end_matches('Z');
    ["%H:%M:%S%.f", "%H:%M"].iter().any(|form| NaiveTime::parse_from_str(text, form).is_ok())
}

/// `20210315`, `15032021` where only one order makes a day, `44270` as a program writes a day's number.
fn digits_alone(text: &str) -> Option<DateReading> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        5 => text.parse().ok().map(from_serial),
        8 => {
            let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
            let day = |y: Option<u32>, m: Option<u32>, d: Option<u32>| {
                plausible(NaiveDate::from_ymd_opt(i32::try_from(y?).ok()?, m?, d?)).day()
            };
            let year_first = day(number(0, 4), number(4, 6), number(6, 8));
            let day_first = day(number(4, 8), number(2, 4), number(0, 2));
            let one = year_first.xor(day_first);
            Some(one.map_or(DateReading::Invalid, DateReading::Day))
        }
        _ => None,
    }
}

/// `ngày 15 tháng 3 năm 2021`, `15 tháng 3`, `8h00 ngày 15/3`, in any case and with lost diacritics.
fn words_of(text: &str) -> Option<Vec<Part>> {
    date_words::parts(text)?.iter().map(|part| Part::parse(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        match from_text(text, Some(2021)) {
            DateReading::Day(day) => Some(day.to_string()),
            DateReading::Invalid => None,
        }
    }

    #[test]
    fn dates_in_text() {
        for (text, expected) in [
            ("15/3/2021", Some("2021-03-15")),
            ("15/03/2021", Some("2021-03-15")),
            ("15-03-21", Some("2021-03-15")),
            ("15.3.2021", Some("2021-03-15")),
            ("15.3.2021.", Some("2021-03-15")),
            ("15 / 3 / 2021", Some("2021-03-15")),
            ("2021-03-15", Some("2021-03-15")),
            ("2021-03-15T00:00:00", Some("2021-03-15")),
            ("2021-03-15 08:30:00", Some("2021-03-15")),
            ("2021-03-15T00:00:00+00:00", Some("2021-03-15")),
            ("2021-03-15T00:00:00.000Z", Some("2021-03-15")),
            ("2021-03-15T18:30:00Z", Some("2021-03-15")),
            ("2021-03-14T17:00:00.000Z", Some("2021-03-15")),
            ("2021-03-14T17:00:00+07:00", Some("2021-03-14")),
            ("03/04/21", Some("2021-04-03")),
            ("15/3", Some("2021-03-15")),
            ("ngày 15 tháng 3 năm 2021", Some("2021-03-15")),
            ("Ngày 05 tháng 04 năm 2021", Some("2021-04-05")),
            ("NGÀY 15 THÁNG 3, NĂM 2021", Some("2021-03-15")),
            ("ngày 15/3/2021", Some("2021-03-15")),
            ("15 tháng 3", Some("2021-03-15")),
            ("31/02/2021", None),
            ("3/15/2021", None),
            ("15/3/1021", None),
            ("15/3/2121", None),
            ("15/3/021", None),
            ("15", None),
            ("tháng 3", None),
            ("", None),
            ("1.078", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn dates_among_words() {
        for (text, expected) in [
            ("ngày 15/3/ 2021", Some("2021-03-15")),
            ("ngày15tháng3năm2021", Some("2021-03-15")),
            ("8h00 ngày 15/3/2021", Some("2021-03-15")),
            ("08 giờ 30 phút, ngày 15/3/2021", Some("2021-03-15")),
            ("14h30' ngày 15/3", Some("2021-03-15")),
            ("Sáng 15/3/2021", Some("2021-03-15")),
            ("Thứ Hai, ngày 15 tháng 3 năm 2021", Some("2021-03-15")),
            ("15/3/2021 (thứ 2)", Some("2021-03-15")),
            ("(15/3/2021)", Some("2021-03-15")),
            ("15/3/2021 8:00:00 AM", Some("2021-03-15")),
            ("ngày 15 tháng ba năm 2021", Some("2021-03-15")),
            ("15-thg 3-21", Some("2021-03-15")),
            ("15 Th3 2021", Some("2021-03-15")),
            ("15/III/2021", Some("2021-03-15")),
            ("15-Mar-21", Some("2021-03-15")),
            ("March 15, 2021", Some("2021-03-15")),
            ("15-3/2021", Some("2021-03-15")),
            ("15\\3\\2021", Some("2021-03-15")),
            ("20210315", Some("2021-03-15")),
            ("15032021", Some("2021-03-15")),
            ("44270", Some("2021-03-15")),
            ("99999999", None),
            ("12345", None),
            ("12-14/3/2021", None),
            ("12, 13/3/2021", None),
            ("15/3/2021 và 20/3/2021", None),
            ("15/3/2021; 20/3/2021", None),
            ("15/3/2021 (hoãn)", None),
            ("15/3/2021 đổi sang 20/3/2021", None),
            ("từ 15/3/2021", None),
            ("15/3/2021 – Nhà văn hóa", None),
            ("tháng 3 năm 2021", None),
            ("quý 1 năm 2021", None),
            ("12:30", None),
            ("12,3", None),
            ("12,3,2021", Some("2021-03-12")),
            ("T3/2021", None),
            ("15", None),
            ("tháng 3", None),
            ("Tháng 2-3", None),
            ("Tháng 2, 3", None),
            ("- tháng 2/3", None),
            ("ngày 2 tháng 3", Some("2021-03-02")),
            ("cuối tháng", None),
            ("", None),
            ("1.078", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn months_before_days() {
        for (text, expected) in
            [("3/15/2021", true), ("03/17/21", true), ("31/02/2021", false), ("3/4/2021", false)]
        {
            assert_eq!(month_first(text), expected, "{text}");
        }
    }

    #[test]
    fn serial_numbers() {
        for (serial, expected) in [
            (44_270.0, Some("2021-03-15")),
            (44_270.75, Some("2021-03-15")),
            (12.0, None),
            (2021.0, None),
            (1e18, None),
            (f64::NAN, None),
        ] {
            let day = match from_serial(serial) {
                DateReading::Day(day) => Some(day.to_string()),
                DateReading::Invalid => None,
            };
            assert_eq!(day.as_deref(), expected, "{serial}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back(offset in 0i64..36_000) {
            let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Duration::days(offset);
            for form in ["%d/%m/%Y", "%-d.%-m.%Y", "%Y-%m-%d", "%d-%m-%y", "ngày %d tháng %-m năm %Y"] {
                prop_assert_eq!(from_text(&day.format(form).to_string(), None), DateReading::Day(day));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = from_text(&text, Some(2021));
        }
    }
}
