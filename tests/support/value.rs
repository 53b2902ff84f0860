//! What a cell of an example holds, read from what a person writes into a table of the example.

use chrono::{Months, NaiveDate};

/// The content of one cell of a submission.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A true date.
    Date(NaiveDate),
    /// A formula whose stored result is an error.
    Error(String),
    /// A formula without a stored result.
    Uncomputed,
    /// The sum of the column above, as a formula.
    Sum,
}

impl Value {
    /// What a cell of an example's table means.
    pub(crate) fn parse(written: &str) -> Self {
        match written {
            "(trống)" => return Self::Blank,
            "(công thức chưa tính)" => return Self::Uncomputed,
            "(tổng)" => return Self::Sum,
            _ => {}
        }
        if let Some(text) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return Self::Text(text.to_owned());
        }
        if written.starts_with('#') {
            return Self::Error(written.to_owned());
        }
        if let Ok(day) = NaiveDate::parse_from_str(written, "%d/%m/%Y") {
            return Self::Date(day);
        }
        number(written).map_or_else(|| Self::Text(written.to_owned()), Self::Number)
    }

    /// The same value in a quarter that lies so many months from the one of the clean submission.
    pub(crate) fn shifted(&self, months: i32) -> Self {
        let Self::Date(day) = self else { return self.clone() };
        let by = Months::new(months.unsigned_abs());
        let moved =
            if months < 0 { day.checked_sub_months(by) } else { day.checked_add_months(by) };
        Self::Date(moved.unwrap())
    }
}

/// A number as people type it: digits, perhaps a sign, perhaps a decimal comma. A leading zero
/// makes it text, as in a unit's code.
fn number(written: &str) -> Option<f64> {
    let digits = written.strip_prefix('-').unwrap_or(written);
    let (whole, fraction) = digits.split_once(',').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !plain(whole) || !plain(fraction) || leading_zero {
        return None;
    }
    written.replace(',', ".").parse().ok()
}
