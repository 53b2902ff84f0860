//! The quarter behind a header's name: `Ý kiến, kiến nghị quý I/2021`, `Chủ trì (quý I)`.

use crate::model::Period;
use crate::model::text::key;
use crate::notation::period;

/// A quarter as a header names it, often without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeaderQuarter {
    number: u32,
    year: Option<i32>,
}

impl HeaderQuarter {
    /// Whether it is that quarter, as far as it goes.
    pub(super) fn is(self, period: Period) -> bool {
        self.number == period.number() && self.year.is_none_or(|year| year == period.year())
    }
}

/// Bytes of the longest header that is looked through.
const LONGEST: usize = 160;
/// Any year, for a quarter that is read without one.
const SOME_YEAR: &str = "2000";

/// The words in front of a quarter that ends a header, and the quarter; none where it ends otherwise.
pub(super) fn quarter_behind(text: &str) -> Option<(String, HeaderQuarter)> {
    // Most texts that are looked up are no headers.
    if text.len() > LONGEST || !text.contains(['q', 'Q']) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins = |word: &str| word.trim_start_matches(['(', '[']).starts_with(['q', 'Q']);
    let is_quarter = |word: &&str| begins(word) && matches!(&*key(word), "quy" | "qui");
    let at = words.iter().rposition(is_quarter)?;
    let (name, quarter) = words.split_at_checked(at).filter(|(name, _)| !name.is_empty())?;
    let quarter = quarter.join(" ");
    let quarter = quarter.trim_matches(['(', ')', '[', ']', ' ', '.', ',']);
    let dated =
        |period: Period| HeaderQuarter { number: period.number(), year: Some(period.year()) };
    let alone = || period::from_label(&format!("{quarter}/{SOME_YEAR}"));
    let found = period::from_label(quarter)
        .map(dated)
        .or_else(|| alone().map(|period| HeaderQuarter { number: period.number(), year: None }))?;
    let name = name.join(" ");
    let name = name.trim_end_matches(['(', '[', '-', '–', ',', ':', ' ']);
    Some((name.to_owned(), found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_behind_headers() {
        let own = Period::quarter(2021, 1).unwrap();
        for (text, name, is_own) in [
            ("Ý kiến, kiến nghị quý I/2021", Some("Ý kiến, kiến nghị"), true),
            ("Ý kiến, kiến nghị\nquý I năm 2021", Some("Ý kiến, kiến nghị"), true),
            ("Chủ trì (quý I)", Some("Chủ trì"), true),
            ("Chủ trì - Quý 1", Some("Chủ trì"), true),
            ("Chủ trì quý IV/2020", Some("Chủ trì"), false),
            ("Chủ trì quý I/2020", Some("Chủ trì"), false),
            ("Quý I/2021", None, false),
            ("Trong quý", None, false),
            ("Không thuộc quy chế", None, false),
            ("Chủ trì", None, false),
        ] {
            let found = quarter_behind(text);
            assert_eq!(found.as_ref().map(|(name, _)| name.as_str()), name, "{text}");
            assert_eq!(found.is_some_and(|(_, quarter)| quarter.is(own)), is_own, "{text}");
        }
    }
}
