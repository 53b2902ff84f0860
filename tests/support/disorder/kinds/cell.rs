//! What is stored in a cell for a value of the grid: what reads as `85,5%` is a number shown as a share of a hundred.

use chrono::NaiveDateTime;
use qc17::open::Value;

const STRUCK: &str = "(gạch bỏ: ";

/// How a stretch of text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Plain,
    Struck,
    Raised,
}

/// The content of a cell in a file.
pub enum Stored<'a> {
    Text(&'a str),
    /// Stretches, some of them struck out or raised: the grid has `136^1` and `(gạch bỏ: 120)136` for them.
    Rich(Vec<(&'a str, Stand)>),
    Number(f64),
    /// A number that its format shows as a percentage.
    Share(f64),
    Day(NaiveDateTime),
    Truth(bool),
    /// A formula that failed.
    Failed(&'a str),
    /// A formula whose result was never stored.
    Uncomputed,
}

impl<'a> From<&'a Value> for Stored<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) if text.contains('^') || text.contains(STRUCK) => {
                Self::Rich(stretches(text))
            }
            Value::Text(text) => share(text).map_or(Self::Text(text), Self::Share),
            Value::Number(number) => Self::Number(*number),
            Value::Date(day) => Self::Day(*day),
            Value::Bool(set) => Self::Truth(*set),
            Value::Error(fault) => Self::Failed(fault),
            Value::Uncomputed => Self::Uncomputed,
        }
    }
}

fn stretches(text: &str) -> Vec<(&str, Stand)> {
    let found = match (text.split_once(STRUCK), text.split_once('^')) {
        (Some((before, rest)), _) => {
            let (struck, after) = rest.split_once(')').unwrap();
            vec![(before, Stand::Plain), (struck, Stand::Struck), (after, Stand::Plain)]
        }
        (None, Some((before, sign))) => vec![(before, Stand::Plain), (sign, Stand::Raised)],
        (None, None) => vec![(text, Stand::Plain)],
    };
    found.into_iter().filter(|(text, _)| !text.is_empty()).collect()
}

/// The text, and where each stretch begins in UTF-16 units, with the number of its font: 0 plain, 1 struck out, 2 raised.
pub fn runs(stretches: &[(&str, Stand)]) -> (String, Vec<(u16, u16)>) {
    let (mut text, mut at, mut runs) = (String::new(), 0u16, Vec::new());
    for (stretch, stand) in stretches {
        runs.push((at, *stand as u16));
        text += stretch;
        at += stretch.encode_utf16().count() as u16;
    }
    (text, runs)
}

fn share(text: &str) -> Option<f64> {
    let number: f64 = text.strip_suffix('%')?.replace(',', ".").parse().ok()?;
    Some(number / 100.0)
}

/// The serial number of a day in the system that counts from 1900.
pub fn serial(day: NaiveDateTime) -> f64 {
    let first =
        chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap();
    (day - first).num_seconds() as f64 / 86_400.0
}

/// The text with what XML needs in its place.
pub fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\n', "&#10;")
}

/// The code of a failed formula in binary workbooks.
pub fn error_code(fault: &str) -> u8 {
    match fault {
        "#NULL!" => 0x00,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0F,
        "#REF!" => 0x17,
        "#NAME?" => 0x1D,
        "#NUM!" => 0x24,
        _ => 0x2A,
    }
}
