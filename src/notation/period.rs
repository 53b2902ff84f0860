//! The quarter that a text names: `Quý I/2021`, `Q1/2021`, `quý một năm 2021`, `BC_02647_2021_Q1`.

use crate::model::Period;
use crate::model::text::key;

/// Finds the quarter in a text; `None` when it names none, or more than one.
pub fn from_text(text: &str) -> Option<Period> {
    let words = words(text);
    let mut found: Option<Period> = None;
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        if let Some(period) = period_at(rest).or_else(|| period_after_year(rest)) {
            match found {
                Some(other) if other != period => return None,
                _ => found = Some(period),
            }
        }
    }
    found
}

/// Reads a cell that holds nothing but a period, where the word quý may be missing: `I/2021`.
pub fn from_label(text: &str) -> Option<Period> {
    let bare = || {
        let words = words(text);
        match words.as_slice() {
            [number, year] => Period::quarter(year_of(year)?, quarter_of(number)?),
            [number, nam, year] if nam == "nam" => {
                Period::quarter(year_of(year)?, quarter_of(number)?)
            }
            _ => None,
        }
    };
    Period::parse(text).or_else(|| from_text(text)).or_else(bare)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(key).collect()
}

/// `quy 1 nam 2021`, `quy i 2021`, `q1 2021`.
fn period_at(words: &[String]) -> Option<Period> {
    let (first, rest) = words.split_first()?;
    let (number, rest) = match first.as_str() {
        "quy" | "qui" => {
            let (number, rest) = rest.split_first()?;
            let skipped = if number == "so" { rest.split_first()? } else { (number, rest) };
            (quarter_of(skipped.0)?, skipped.1)
        }
        word => (quarter_of(after_quarter(word)?)?, rest),
    };
    let rest = if rest.first().is_some_and(|word| word == "nam") { rest.get(1..)? } else { rest };
    Period::quarter(year_of(rest.first()?)?, number)
}

/// `2021 q1`, as in file names.
fn period_after_year(words: &[String]) -> Option<Period> {
    let [year, quarter, ..] = words else { return None };
    let number = after_quarter(quarter)?;
    let number = if number.is_empty() { words.get(2)? } else { number };
    Period::quarter(year_of(year)?, quarter_of(number)?)
}

/// What stands behind the word for a quarter in one word with it: `q1`, `quy1`, `quí1`.
fn after_quarter(word: &str) -> Option<&str> {
    ["quy", "qui", "q"].iter().find_map(|quarter| word.strip_prefix(quarter))
}

fn quarter_of(word: &str) -> Option<u32> {
    match word {
        "1" | "01" | "i" | "mot" => Some(1),
        "2" | "02" | "ii" | "hai" => Some(2),
        "3" | "03" | "iii" | "ba" => Some(3),
        "4" | "04" | "iv" | "bon" | "tu" => Some(4),
        _ => None,
    }
}

fn year_of(word: &str) -> Option<i32> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_running_text() {
        for (text, expected) in [
            ("Quý I/2021", Some("2021-Q1")),
            ("Quí I/2021", Some("2021-Q1")),
            ("bao cao qui1 2021", Some("2021-Q1")),
            ("Quý 1 năm 2021", Some("2021-Q1")),
            ("quý một năm 2021", Some("2021-Q1")),
            ("QUÝ IV NĂM 2025", Some("2025-Q4")),
            ("Q1/2021", Some("2021-Q1")),
            ("Kết quả đối thoại quý III/2021 huyện Bảo Yên", Some("2021-Q3")),
            ("BC_02647_2021_Q1.xlsx", Some("2021-Q1")),
            ("BC 02647 Q2-2021 (lần 2)", Some("2021-Q2")),
            ("bao cao quy 2-2021", Some("2021-Q2")),
            ("Quý I/2021 và quý II/2021", None),
            ("Quý I/2021 (quý 1 năm 2021)", Some("2021-Q1")),
            ("Quý V/2021", None),
            ("Quy chế 17-QC/TU ngày 04/12/2019", None),
            ("năm 2021", None),
            ("", None),
        ] {
            assert_eq!(from_text(text).map(|p| p.to_string()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn periods_in_their_own_cell() {
        for (text, expected) in [
            ("I/2021", Some("2021-Q1")),
            ("1/2021", Some("2021-Q1")),
            ("IV năm 2021", Some("2021-Q4")),
            ("2021-Q3", Some("2021-Q3")),
            ("Quý II - 2021", Some("2021-Q2")),
            ("5/2021", None),
            ("2021", None),
        ] {
            assert_eq!(from_label(text).map(|p| p.to_string()).as_deref(), expected, "{text:?}");
        }
    }
}
