//! What the content of a cell says under the type that the cell states.

use crate::open::grid::Value;

/// How a cell says its value is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Date,
}

impl Kind {
    /// The kind that a cell states.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "s" => Self::Shared,
            "str" | "inlineStr" => Self::Text,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Number,
        }
    }
}

/// The content of a cell contradicts its type.
pub(super) struct Damaged;

/// A text; nothing for a blank one.
pub(super) fn text_value(text: &str) -> Option<Value> {
    let blank = text.chars().all(char::is_whitespace);
    (!blank).then(|| Value::Text(text.into()))
}

/// A truth value as workbooks write it.
pub(super) fn truth(raw: &str) -> Result<bool, Damaged> {
    match raw {
        "1" | "true" | "TRUE" => Ok(true),
        "0" | "false" | "FALSE" => Ok(false),
        _ => Err(Damaged),
    }
}

/// A number as workbooks write it.
pub(super) fn number(raw: &str) -> Result<f64, Damaged> {
    // Nearly every number is a count or a day.
    if let Ok(whole) = raw.parse::<u32>() {
        return Ok(f64::from(whole));
    }
    // `inf` and `nan` are numbers to Rust but not to a workbook.
    let plain = raw.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    let number = raw.parse::<f64>().ok().filter(|number| plain && number.is_finite());
    number.ok_or(Damaged)
}
