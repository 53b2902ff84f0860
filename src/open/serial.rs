//! What number formats make of numbers: dates, counted from 1900 or 1904 (số ngày), and shares of a hundred.

use super::grid::Value;
use crate::notation::date::zoned;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and a 29 February 1900 that never was is day 60.
    #[default]
    Y1900,
    /// Day 0 is 1 January 1904.
    Y1904,
}

const LAST_DAY: f64 = 2_958_466.0;
const DAY_MILLIS: f64 = 86_400_000.0;

/// The date of a day number; `None` for what is no day of the calendar.
pub(super) fn date(serial: f64, epoch: Epoch) -> Option<NaiveDateTime> {
    if !(0.0..LAST_DAY).contains(&serial) {
        return None;
    }
    let first = match epoch {
        Epoch::Y1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        Epoch::Y1900 if serial < 60.0 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        Epoch::Y1900 if serial < 61.0 => return None,
        Epoch::Y1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    // Both conversions are exact: the day is below 3 million, the milliseconds below a day.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let days = serial as u32;
    let start = first.checked_add_days(Days::new(days.into()))?.and_time(NaiveTime::MIN);
    let part = serial - f64::from(days);
    // Nearly every date has no time of day.
    if part == 0.0 {
        return Some(start);
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let millis = (part * DAY_MILLIS).round() as i64;
    start.checked_add_signed(TimeDelta::milliseconds(millis))
}

/// Reads an ISO date with or without time (`2021-03-15`, `2021-03-15T08:30:00Z`).
pub(super) fn iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    if let Some(moment) = zoned(text) {
        return Some(moment);
    }
    let text = text.trim_end_matches('Z');
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let time = match time {
        None => NaiveTime::MIN,
        Some(time) => NaiveTime::parse_from_str(time, "%H:%M:%S%.f")
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
            .ok()?,
    };
    Some(day.and_time(time))
}

/// Whether a number format shows a date or a time of day (`dd/mm/yyyy`, `[$-42A]d mmmm yyyy`).
pub(super) fn is_date_format(code: &str) -> bool {
    let mut letters = code.chars();
    let (mut date, mut last) = (false, ' ');
    if code.trim().eq_ignore_ascii_case("general") {
        return false;
    }
    while let Some(c) = letters.next() {
        match c {
            ';' => break,
            '"' => {
                letters.by_ref().find(|c| *c == '"');
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                // An elapsed time (`[h]:mm`) is a length, not a moment.
                if !inside.is_empty()
                    && inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S'))
                {
                    return false;
                }
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '#' | '?' => return false,
            // Fractions of a second are the only digits that a date format has.
            '0' if !matches!(last, '.' | ',' | '0') => return false,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
        last = c;
    }
    date
}

/// Whether a number format shows a share of a hundred (`0.0%`); a `%` in quotation marks is only text.
pub(super) fn is_percent_format(code: &str) -> bool {
    let section = code.split(';').next().unwrap_or_default();
    // What stands between quotation marks is every other piece.
    section.split('"').step_by(2).any(|piece| piece.replace("\\%", "").contains('%'))
}

/// A number as a share of a hundred, as its cell shows it; no count can be read from it.
pub(super) fn percent(number: f64) -> Value {
    let shown = (number * 1e4).round() / 1e2;
    Value::Text(format!("{shown}%").replace('.', ",").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_hundred() {
        for (code, share) in
            [("0%", true), ("0.00%", true), ("0\"%\"", false), ("0\\%", false), ("#,##0", false)]
        {
            assert_eq!(is_percent_format(code), share, "{code}");
        }
        for (number, shown) in [(1.0, "100%"), (0.855, "85,5%"), (0.07, "7%"), (35.0, "3500%")] {
            assert_eq!(percent(number), Value::Text(shown.into()));
        }
    }

    #[test]
    fn serials_in_both_systems() {
        for (serial, epoch, expected) in [
            (44_283.0, Epoch::Y1900, Some("2021-03-28 00:00:00")),
            (42_821.0, Epoch::Y1904, Some("2021-03-28 00:00:00")),
            (44_283.5, Epoch::Y1900, Some("2021-03-28 12:00:00")),
            (1.0, Epoch::Y1900, Some("1900-01-01 00:00:00")),
            (59.0, Epoch::Y1900, Some("1900-02-28 00:00:00")),
            (60.0, Epoch::Y1900, None),
            (61.0, Epoch::Y1900, Some("1900-03-01 00:00:00")),
            (0.0, Epoch::Y1904, Some("1904-01-01 00:00:00")),
            (2_958_465.0, Epoch::Y1900, Some("9999-12-31 00:00:00")),
            (2_958_466.0, Epoch::Y1900, None),
            (-1.0, Epoch::Y1900, None),
            (f64::NAN, Epoch::Y1900, None),
        ] {
            let read = date(serial, epoch).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{serial}");
        }
    }

    #[test]
    fn formats_that_show_dates() {
        for code in [
            "dd/mm/yyyy",
            "d-m-yy",
            "m/d/yy h:mm",
            "[$-42A]dd mmmm yyyy;@",
            "[$-1010000]d/m/yyyy;@",
            "\"ngày \"dd\" tháng \"mm\" năm \"yyyy",
            "yyyy\\-mm\\-dd",
            "[Red]dd/mm",
            "mm:ss.0",
            "h:mm AM/PM",
            "DD.MM.YYYY",
        ] {
            assert!(is_date_format(code), "{code}");
        }
        for code in [
            "General",
            "0",
            "#,##0",
            "0.00E+00",
            "@",
            "[Red]#,##0",
            "\"dd/mm/yyyy\"0",
            "#,##0\\ \"đồng\"",
            "[h]:mm:ss",
            "0.0%",
            "_-* #,##0_-;d",
            "",
            "#,##0 \"ngày\"",
            "000",
            "[$VND] #,##0",
            "\\d0",
        ] {
            assert!(!is_date_format(code), "{code}");
        }
    }

    #[test]
    fn iso_texts() {
        for (text, expected) in [
            ("2021-03-15", Some("2021-03-15 00:00:00")),
            ("2021-03-15T08:30:00", Some("2021-03-15 08:30:00")),
            ("2021-03-15T08:30:00.5Z", Some("2021-03-15 08:30:00.500")),
            ("10:10:10", None),
            ("2021-02-31", None),
        ] {
            assert_eq!(iso(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
