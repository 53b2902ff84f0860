//! Whole numbers as Vietnamese offices write them, in a cell of a count column.

use crate::model::Count;
use crate::model::text::key;

/// What a count cell said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountReading {
    /// A whole number.
    Plain(Count),
    /// A number cell with three decimals (1,078), read as thousands (1.078): DL08.
    Thousands(Count),
    /// A whole number of something else than the column counts (`35 cuộc` among people): DL01.
    OtherMeasure,
    /// No whole number: DL01.
    Invalid,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Meetings (cuộc).
    Meetings,
    /// People (người, lượt).
    People,
    /// Opinions and petitions (ý kiến, kiến nghị).
    Opinions,
    /// Notices of conclusions (thông báo).
    Notices,
    /// Anything.
    Any,
}

impl Measure {
    /// The word that an office writes behind the number.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Meetings => "cuộc",
            Self::People => "người",
            Self::Opinions => "ý kiến",
            Self::Notices => "thông báo",
            Self::Any => "",
        }
    }

    /// Whether a unit of measure can stand in a column of this kind; none for a word that is no unit.
    fn takes(self, unit: &str) -> Option<bool> {
        let mut kinds =
            UNITS.iter().filter(|(word, _)| *word == unit).map(|(_, kind)| *kind).peekable();
        kinds.peek()?;
        Some(self == Self::Any || kinds.any(|kind| kind == self || kind == Self::Any))
    }
}

/// Reads a number cell: whole and not negative, or thousands typed with a decimal comma.
pub fn from_number(value: f64) -> CountReading {
    if let Some(count) = whole(value) {
        return CountReading::Plain(count);
    }
    let thousands = value * 1000.0;
    let near = (thousands - thousands.round()).abs() < 1e-6;
    let three_decimals = near && (value * 100.0 - (value * 100.0).round()).abs() > 1e-6;
    match whole(thousands.round()) {
        // Below one there is no thousand to write.
        Some(count) if three_decimals && (1.0..1000.0).contains(&value) => {
            CountReading::Thousands(count)
        }
        _ => CountReading::Invalid,
    }
}

/// How far a computed number may lie beside a whole one: what adding and multiplying fractions leaves over.
const LEFT_OVER: f64 = 1e-9;

fn whole(value: f64) -> Option<Count> {
    let nearest = value.round();
    let value = if (value - nearest).abs() < LEFT_OVER { nearest } else { value };
    let fits = value >= 0.0 && value <= f64::from(u32::MAX) && value.fract() == 0.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked in the line above"
    )]
    fits.then(|| Count::new(value as u32))
}

/// Words that mean zero in a count column.
const ZERO: [&str; 5] = ["khong", "khongco", "0", "khongphatsinh", "ko"];
/// Words that mean zero before a unit of measure: `không có ý kiến`.
const NONE_OF: [&str; 3] = ["khongco", "khong", "chuaco"];
/// Units of measure that may follow a number, with what they count; some count two things.
const UNITS: [(&str, Measure); 42] = [
    ("cuoc", Measure::Meetings),
    ("hoinghi", Measure::Meetings),
    ("buoi", Measure::Meetings),
    ("cuochop", Measure::Meetings),
    ("cuochoinghi", Measure::Meetings),
    ("cuocdoithoai", Measure::Meetings),
    ("cuoctiepxuc", Measure::Meetings),
    ("cuoctxdt", Measure::Meetings),
    ("hn", Measure::Meetings),
    ("thongbao", Measure::Notices),
    ("tb", Measure::Notices),
    ("vanban", Measure::Notices),
    ("vb", Measure::Notices),
    ("nguoi", Measure::People),
    ("luotnguoi", Measure::People),
    ("daibieu", Measure::People),
    ("dongchi", Measure::People),
    ("dc", Measure::People),
    ("nguoidan", Measure::People),
    ("luotnguoidan", Measure::People),
    ("nguoidu", Measure::People),
    ("nguoithamdu", Measure::People),
    ("nguoithamgia", Measure::People),
    ("nguoiphatbieu", Measure::People),
    ("luotdu", Measure::People),
    ("luotphatbieu", Measure::People),
    ("congdan", Measure::People),
    ("cutri", Measure::People),
    ("ng", Measure::People),
    ("canhan", Measure::People),
    ("luot", Measure::People),
    ("luot", Measure::Opinions),
    ("ykien", Measure::Opinions),
    ("kiennghi", Measure::Opinions),
    ("ykienkiennghi", Measure::Opinions),
    ("y", Measure::Opinions),
    ("kn", Measure::Opinions),
    ("yk", Measure::Opinions),
    ("ykkn", Measure::Opinions),
    ("luotykien", Measure::Opinions),
    ("ykienphatbieu", Measure::Opinions),
    ("ykienphatbieu", Measure::People),
];

/// Reads the number of a row or of a meeting: `2.`, `(2)`, `2/`, `Cuộc 2`, `II`.
pub fn ordinal(text: &str) -> Option<Count> {
    let word = key(text);
    let bare = ["cuocso", "cuocthu", "cuoc", "so", "thu", "stt"]
        .iter()
        .find_map(|lead| word.strip_prefix(lead))
        .unwrap_or(&word);
    if bare.len() <= 6 && bare.bytes().all(|b| b.is_ascii_digit()) {
        // What stands between the digits would make another number of them.
        let together = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        return (together.count() == 1).then(|| bare.parse().ok().map(Count::new))?;
    }
    let roman = text.trim_matches(|c: char| !c.is_alphanumeric());
    let at = ROMAN.iter().position(|number| !roman.is_empty() && *number == roman)?;
    u32::try_from(at + 1).ok().map(Count::new)
}

/// The first numbers in Roman figures; `X` is a tick and has no place among them.
const ROMAN: [&str; 20] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX",
];

/// Reads text: `05`, `1.078`, `12 cuộc`, `-`, `Không`.
pub fn from_text(text: &str, measure: Measure) -> CountReading {
    // Before a text that looks like a number spreadsheets want a sign.
    let text = text
        .trim()
        .trim_start_matches(['\'', '\u{2018}', '\u{2019}'])
        .trim_start_matches('+')
        .trim();
    let dash = !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_'));
    let word = key(text);
    let none_of = || {
        let mut units = NONE_OF.iter().filter_map(|none| word.strip_prefix(none));
        units.find_map(|unit| measure.takes(unit.strip_suffix("nao").unwrap_or(unit)))
    };
    if dash || ZERO.contains(&word.as_str()) {
        return CountReading::Plain(Count::ZERO);
    }
    if let Some(fits) = none_of() {
        return if fits { CountReading::Plain(Count::ZERO) } else { CountReading::OtherMeasure };
    }
    let end = text
        .char_indices()
        .find(|(_, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{A0}' | '\u{202F}'))
        })
        .map_or(text.len(), |(at, _)| at);
    let (digits, rest) = text.split_at(end);
    let unit = key(rest);
    let has_unit = !rest.trim().is_empty();
    let comrades = rest.trim() == "đ/c" || rest.trim() == "Đ/c";
    let signs = rest.contains(['%', '/', '+', '-']) && !comrades;
    let fits = if has_unit { measure.takes(&unit).filter(|_| !signs) } else { Some(true) };
    match (grouped(digits.trim()), fits) {
        (Some(count), Some(true)) => CountReading::Plain(count),
        (Some(_), Some(false)) => CountReading::OtherMeasure,
        _ => CountReading::Invalid,
    }
}

/// The digits before decimals that are all zero, as programs write whole numbers out: `35.0`, `1.078,00`.
fn whole_part(digits: &str) -> &str {
    let cut = digits.rsplit_once(['.', ',']);
    match cut {
        Some((whole, "0" | "00")) if !whole.is_empty() => whole,
        _ => digits,
    }
}

/// Digits, all together or in proper groups of three with one kind of separator between them.
fn grouped(digits: &str) -> Option<Count> {
    let digits = whole_part(digits.trim_end_matches('.'));
    let separator = digits.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else {
        let all = !digits.is_empty() && digits.len() <= 10;
        return all.then(|| digits.parse().ok().map(Count::new))?;
    };
    let mut parts = digits.split(separator);
    let first = parts.next()?;
    let mut joined = first.to_owned();
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    for part in parts {
        (leads && part.len() == 3).then_some(())?;
        joined.push_str(part);
    }
    joined.bytes().all(|b| b.is_ascii_digit()).then(|| joined.parse().ok().map(Count::new))?
}

#[cfg(test)]
mod tests {
    use super::CountReading::{Invalid, OtherMeasure, Plain, Thousands};
    use super::*;
    use proptest::prelude::*;

    fn plain(value: u32) -> CountReading {
        Plain(Count::new(value))
    }

    #[test]
    fn text_in_a_count_column() {
        for (text, expected) in [
            ("12", plain(12)),
            ("05", plain(5)),
            ("1.078", plain(1078)),
            ("1,078", plain(1078)),
            ("1 078", plain(1078)),
            ("1.234.567", plain(1_234_567)),
            ("12 cuộc", plain(12)),
            ("35 người", plain(35)),
            ("120 lượt người", plain(120)),
            ("-", plain(0)),
            ("–", plain(0)),
            ("Không", plain(0)),
            ("KHÔNG", plain(0)),
            ("1.5", Invalid),
            ("1.0789", Invalid),
            ("0.078", Invalid),
            ("1.078,5", Invalid),
            ("35.0", plain(35)),
            ("35,00", plain(35)),
            ("1.078,0", plain(1078)),
            ("1,078.0", plain(1078)),
            ("35,5", Invalid),
            ("0.0", plain(0)),
            ("+35", plain(35)),
            ("'35", plain(35)),
            ("35 đ/c", plain(35)),
            ("35 người dân", plain(35)),
            ("7 YKKN", plain(7)),
            ("không có ý kiến", plain(0)),
            ("Không có ý kiến nào", plain(0)),
            ("không rõ", Invalid),
            ("35 hộ", Invalid),
            ("35/40", Invalid),
            ("100%", Invalid),
            ("12 tháng", Invalid),
            ("80%", Invalid),
            ("80,6%", Invalid),
            ("khoảng 100", Invalid),
            ("10-12", Invalid),
            ("-5", Invalid),
            ("99999999999", Invalid),
            ("hai", Invalid),
            ("", Invalid),
        ] {
            assert_eq!(from_text(text, Measure::Any), expected, "{text:?}");
        }
    }

    #[test]
    fn units_of_measure_and_what_a_column_counts() {
        use Measure::{Meetings, Notices, Opinions, People};
        for (text, measure, expected) in [
            ("35 cuộc", People, OtherMeasure),
            ("12 người", Meetings, OtherMeasure),
            ("12 người", Opinions, OtherMeasure),
            ("không có ý kiến", People, OtherMeasure),
            ("3 cuộc", Notices, OtherMeasure),
            ("1.078 lượt người", People, plain(1078)),
            ("3 cuộc", Meetings, plain(3)),
            ("3 thông báo", Notices, plain(3)),
            ("7 ý kiến phát biểu", People, plain(7)),
            ("7 lượt", Opinions, plain(7)),
            ("không có ý kiến", Opinions, plain(0)),
            ("3,5 cuộc", People, Invalid),
            ("35 hộ", People, Invalid),
            ("35", People, plain(35)),
        ] {
            assert_eq!(from_text(text, measure), expected, "{text:?} {measure:?}");
        }
    }

    #[test]
    fn numbers_of_rows() {
        for (text, expected) in [
            ("2", Some(2)),
            ("(2)", Some(2)),
            ("2/", Some(2)),
            ("Cuộc 2", Some(2)),
            ("cuộc số 02", Some(2)),
            ("IV", Some(4)),
            ("1,2", None),
            ("1-2", None),
            ("x", None),
            ("Ví dụ", None),
            ("", None),
        ] {
            assert_eq!(ordinal(text), expected.map(Count::new), "{text:?}");
        }
    }

    #[test]
    fn numbers_in_a_count_column() {
        for (value, expected) in [
            (0.0, plain(0)),
            (85.0, plain(85)),
            (1.078, Thousands(Count::new(1078))),
            (12.345, Thousands(Count::new(12345))),
            (1.5, Invalid),
            (136.000_000_000_000_03, plain(136)),
            (135.999_999_999_999_97, plain(136)),
            (135.999_9, Invalid),
            (-0.000_000_000_000_1, plain(0)),
            (1.25, Invalid),
            (0.078, Invalid),
            (1.0789, Invalid),
            (-3.0, Invalid),
            (1e12, Invalid),
            (f64::NAN, Invalid),
            (f64::INFINITY, Invalid),
        ] {
            assert_eq!(from_number(value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_count_reads_back(value: u32) {
            prop_assert_eq!(from_number(f64::from(value)), plain(value));
            prop_assert_eq!(from_text(&value.to_string(), Measure::People), plain(value));
            let dotted = crate::model::count::grouped(u64::from(value));
            prop_assert_eq!(from_text(&dotted, Measure::Any), plain(value));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = from_text(&text, Measure::People);
        }
    }
}
