//! Values of cells as text that a reader of the sheet would say, and as dates.

use crate::model::text::{self, cleaned};
use crate::notation::date::{self, DateReading};
use crate::open::Value;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Text as it is to be understood: full-width letters and digits, hyphens and blanks that word
/// processors put in, as the plain ones that they stand for.
pub fn folded(text: &str) -> Cow<'_, str> {
    let usual = |c: char| matches!(c, '!'..='~' | ' ' | 'À'..='ˏ' | 'Ạ'..='ỹ');
    if text.chars().all(usual) {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
        '\u{3000}' | '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2009}' => ' ',
        other => other,
    };
    let unseen =
        |c: &char| !matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}');
    Cow::Owned(text.chars().filter(unseen).map(plain).nfc().collect())
}

/// Reads a value as a date.
pub fn date_of(value: &Value, year: Option<i32>) -> DateReading {
    match value {
        Value::Date(when) => date::plausible(Some(when.date())),
        Value::Number(serial) => date::from_serial(*serial),
        Value::Text(text) => date::from_text(&folded(text), year),
        Value::Bool(_) | Value::Error(_) | Value::Uncomputed => DateReading::Invalid,
    }
}

/// A value as a reader of the sheet would say it.
pub fn shown(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => cleaned(text),
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}").into(),
        Value::Number(n) => n.to_string().replace('.', ",").into(),
        Value::Date(when) => when.format("%d/%m/%Y").to_string().into(),
        Value::Bool(true) => "TRUE".into(),
        Value::Bool(false) => "FALSE".into(),
        Value::Error(error) => Cow::Borrowed(error),
        Value::Uncomputed => "".into(),
    }
}

/// Whether nothing is written there, white space of any kind and dots to write on included.
pub fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text::is_blank(text))
}
