//! The quarter that a text names: `Quý I/2021`, `Q1/2021`, `quý một năm 2021`, `BC_02647_2021_Q1`.

use super::{period_apart, period_span};
use crate::model::Period;
use crate::model::text::push_key;
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// One quarter that a text speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) quarter: u32,
    /// Its year, where one stands beside it.
    pub(super) year: Option<i32>,
    /// Whether it is named beside the matter: `so với quý IV/2020`, `phương hướng quý II`.
    pub(super) aside: bool,
}

/// Digits of a year.
const YEAR_DIGITS: usize = 4;

/// Finds the quarter in a text; `None` when it names none, or more than one.
pub fn from_text(text: &str) -> Option<Period> {
    match all_in(text).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Every quarter that a text is about, each once, those that it only compares with left out.
pub fn all_in(text: &str) -> Vec<Period> {
    let (mut found, aside) = own_and_aside(text);
    if found.is_empty() {
        found = aside;
    }
    found
}

/// As [`all_in`] for the lines of a title: a line may hold nothing but a comparison with another quarter.
pub fn all_in_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> BTreeSet<Period> {
    let (mut own, mut aside) = (BTreeSet::new(), BTreeSet::new());
    for (found, compared) in lines.into_iter().map(own_and_aside) {
        own.extend(found);
        aside.extend(compared);
    }
    if own.is_empty() { aside } else { own }
}

/// Whether a text names quarters for comparison alone: `So với quý IV/2020`.
pub fn only_compares(text: &str) -> bool {
    let (own, aside) = own_and_aside(text);
    own.is_empty() && !aside.is_empty()
}

/// Whether a text has digits enough for a year: every quarter has its own somewhere, and most texts have too few.
pub(super) fn may_hold_year(text: &str) -> bool {
    let is_letter = |c: char| matches!(c, 'À'..='ˏ' | 'Ạ'..='ỹ');
    let mut digits = text.chars().filter(|c| !is_letter(*c) && c.is_numeric());
    digits.nth(YEAR_DIGITS - 1).is_some()
}

/// The quarters that a text is about, and those that it only compares with.
fn own_and_aside(text: &str) -> (Vec<Period>, Vec<Period>) {
    if !may_hold_year(text) {
        return (Vec::new(), Vec::new());
    }
    let words = words(text);
    let mentions = mentions(&words);
    let of = |aside: bool| {
        let mut found: Vec<Period> = Vec::new();
        let mut year = None;
        // `quý I và quý II năm 2021`: the year stands behind the last one.
        for mention in mentions.iter().rev() {
            year = mention.year.or(year);
            let period = year.and_then(|year| Period::quarter(year, mention.quarter));
            let wanted = period.filter(|period| mention.aside == aside && !found.contains(period));
            found.extend(wanted);
        }
        found
    };
    let (mut own, aside) = (of(false), of(true));
    if own.is_empty() && aside.is_empty() {
        own.extend(period_apart::in_text(text).or_else(|| period_span::in_words(&words)));
    }
    (own, aside)
}

/// Reads a cell that holds nothing but a period, where the word quý may be missing: `I/2021`.
pub fn from_label(text: &str) -> Option<Period> {
    if let Some(period) = Period::parse(text) {
        return Some(period);
    }
    let words = words(text);
    let bare = || match words.as_slice() {
        [number, year] => Period::quarter(year_of(year)?, quarter_of(number)?),
        // `Từ năm 2019` is no fourth quarter.
        [number, nam, year] if nam == "nam" && !SPELT.contains(&number.as_str()) => {
            Period::quarter(year_of(year)?, quarter_of(number)?)
        }
        [quy, number, rest @ ..] if is_quarter(quy) => {
            let rest =
                if rest.first().is_some_and(|word| word == "nam") { rest.get(1..)? } else { rest };
            let [year] = rest else { return None };
            let short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
            let year: i32 = year.parse().ok().filter(|_| short)?;
            Period::quarter(2000 + year, quarter_of(number)?)
        }
        _ => None,
    };
    match all_in(text).as_slice() {
        [only] => (!speaks_of_others(before_comparison(&words), *only)).then_some(*only),
        [] => bare(),
        _ => None,
    }
}

/// The words in front of what a text only compares with; all where nothing stands in front of it.
fn before_comparison(words: &[SmolStr]) -> &[SmolStr] {
    let at = words.windows(2).position(is_aside).filter(|at| *at > 0);
    at.and_then(|at| words.get(..at)).unwrap_or(words)
}

/// Whether the words beside a quarter name another year or quarter: `Quý IV/2020, I/2021`.
fn speaks_of_others(words: &[SmolStr], only: Period) -> bool {
    let year = |word: &SmolStr| year_of(word).is_some_and(|year| year != only.year());
    let roman = |word: &&SmolStr| matches!(word.as_str(), "i" | "ii" | "iii" | "iv");
    let mut numbers = words.iter().filter(roman);
    let first = numbers.next();
    let spans = period_span::in_words(words) == Some(only);
    words.iter().any(year) && !spans || numbers.any(|number| Some(number) != first)
}

/// The words of a text, letters and digits apart: `Q1` is two.
pub(super) fn words(text: &str) -> Vec<SmolStr> {
    let (mut words, mut folded) = (Vec::new(), String::new());
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_unseen(c)) {
        folded.clear();
        push_key(word, &mut folded);
        let mut rest = folded.as_str();
        while !rest.is_empty() {
            let digit = rest.starts_with(|c: char| c.is_ascii_digit());
            let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            words.push(SmolStr::new(run));
            rest = after;
        }
    }
    words
}

/// Marks over letters, and signs of the writing direction, do not part words.
fn is_unseen(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

pub(super) fn mentions(words: &[SmolStr]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let before = words.get(..at).unwrap_or_default();
        match mention_at(rest).or_else(|| mention_after_year(rest)) {
            Some((quarter, year, used)) => {
                found.push(Mention { quarter, year, aside: is_aside(before) });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// `quy 1 nam 2021`, `quy i 2021`, `q 1 2021`, and how many words that takes.
fn mention_at(words: &[SmolStr]) -> Option<(u32, Option<i32>, usize)> {
    let first = words.first()?;
    let (number, used) = if is_quarter(first) {
        let skip = words.get(1).is_some_and(|word| matches!(word.as_str(), "so" | "thu"));
        let number = words.get(1 + usize::from(skip))?;
        // On a keyboard the letter l often stands for the Roman one.
        let typed = ["l", "ll", "lll", "lv"].iter().position(|typed| typed == number);
        let typed = typed.filter(|_| first != "q").and_then(|at| u32::try_from(at + 1).ok());
        (quarter_of(number).or(typed)?, 2 + usize::from(skip))
    } else {
        (quarter_of(after_quarter(first).filter(|rest| !rest.is_empty())?)?, 1)
    };
    let nam = words.get(used).is_some_and(|word| word == "nam");
    let year = words.get(used + usize::from(nam)).and_then(|word| year_of(word));
    if year.is_some() {
        return Some((number, year, used + usize::from(nam) + 1));
    }
    // Without its year only what is no copy's number: `Dương Quỳ (2)`.
    let number_word = words.get(used - 1)?;
    let digits = number_word.bytes().any(|b| b.is_ascii_digit());
    let goes_on = words.get(used).is_some_and(|next| GO_ON.contains(&next.as_str()));
    (first != "q" && (!digits || goes_on)).then_some((number, None, used))
}

/// Words that go on after a quarter to another one.
const GO_ON: [&str; 6] = ["va", "den", "phuong", "nhiem", "ke", "so"];

/// `2021 q 1`, as in file names.
fn mention_after_year(words: &[SmolStr]) -> Option<(u32, Option<i32>, usize)> {
    let year = year_of(words.first()?)?;
    let quarter = words.get(1)?;
    if is_quarter(quarter) {
        return Some((quarter_of(words.get(2)?)?, Some(year), 3));
    }
    Some((quarter_of(after_quarter(quarter).filter(|rest| !rest.is_empty())?)?, Some(year), 2))
}

/// Pairs of words after which a quarter is only compared with, or still to come.
const ASIDE: [[&str; 2]; 5] =
    [["so", "voi"], ["cung", "ky"], ["phuong", "huong"], ["nhiem", "vu"], ["ke", "hoach"]];

pub(super) fn is_aside(before: &[SmolStr]) -> bool {
    let near = before.get(before.len().saturating_sub(5)..).unwrap_or_default();
    near.windows(2).any(|two| ASIDE.iter().any(|pair| two.iter().eq(pair.iter())))
}

pub(super) fn is_quarter(word: &str) -> bool {
    matches!(word, "quy" | "qui" | "q")
}

/// What stands behind the word for a quarter in one word with it: `qi`, `quyi`.
fn after_quarter(word: &str) -> Option<&str> {
    ["quy", "qui", "q"].iter().find_map(|quarter| word.strip_prefix(quarter))
}

pub(super) fn quarter_of(word: &str) -> Option<u32> {
    match word {
        "1" | "01" | "i" | "mot" | "nhat" => Some(1),
        "2" | "02" | "ii" | "hai" => Some(2),
        "3" | "03" | "iii" | "ba" => Some(3),
        "4" | "04" | "iv" | "bon" | "tu" => Some(4),
        _ => None,
    }
}

/// Numbers in words, which are other words as well.
const SPELT: [&str; 6] = ["mot", "nhat", "hai", "ba", "bon", "tu"];

pub(super) fn year_of(word: &str) -> Option<i32> {
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
            ("Q.I/2021", Some("2021-Q1")),
            ("2021Q1", Some("2021-Q1")),
            ("Quý1 năm2021", Some("2021-Q1")),
            ("Quý l/2021", Some("2021-Q1")),
            ("QL 2021", None),
            ("Quý thứ nhất năm 2021", Some("2021-Q1")),
            ("Kết quả quý I/2021, kế hoạch quý II/2021", Some("2021-Q1")),
            ("Kết quả quý I và phương hướng quý II năm 2021", Some("2021-Q1")),
            ("Quý I năm 2021 (so với quý IV năm 2020)", Some("2021-Q1")),
            ("Thực hiện Kế hoạch quý I/2021", Some("2021-Q1")),
            ("quý I đến quý II năm 2021", None),
            ("quý 1 và quý 2 năm 2021", None),
            ("BC Dương Quỳ (2) Q1-2021", Some("2021-Q1")),
            ("quý IV năm 2020 và quý I năm 2021", None),
            ("3 tháng đầu năm 2021", Some("2021-Q1")),
            ("6 tháng đầu năm 2021", None),
            ("Số liệu tính từ ngày 01/01/2021 đến ngày 31/3/2021", Some("2021-Q1")),
            ("từ 15/12/2020 đến 14/3/2021", Some("2021-Q1")),
            ("từ 01/01/2021 đến 30/6/2021", None),
            ("KẾT QUẢ ĐỐI THOẠI QUÝ I CỦA PHƯỜNG CỐC LẾU NĂM 2021", Some("2021-Q1")),
            ("bao cao quy 1 phuong duyen hai 2021.xlsx", Some("2021-Q1")),
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
            ("Từ năm 2019", None),
            ("2021-Q3", Some("2021-Q3")),
            ("Quý II - 2021", Some("2021-Q2")),
            ("5/2021", None),
            ("Quý I/21", Some("2021-Q1")),
            ("Q1/21", Some("2021-Q1")),
            ("Tháng 1, 2, 3 năm 2021", Some("2021-Q1")),
            ("tháng 4-6/2021", Some("2021-Q2")),
            ("Tháng 3 năm 2021", None),
            ("01/01/2021 - 31/03/2021", Some("2021-Q1")),
            ("Quý I năm 2021 (từ 15/12/2020 đến 14/3/2021)", Some("2021-Q1")),
            ("Quý IV/2020, I/2021", None),
            ("Quý I/2021 so với quý I/2020", Some("2021-Q1")),
            ("Quý I/2021, II/2021 so với cùng kỳ 2020", None),
            ("So với quý I/2020", Some("2020-Q1")),
            ("Quý I/2021 - II/2021", None),
            ("Quý I, II/2021", None),
            ("Quý I", None),
            ("2021", None),
        ] {
            assert_eq!(from_label(text).map(|p| p.to_string()).as_deref(), expected, "{text:?}");
        }
    }
}
