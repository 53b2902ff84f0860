//! A quarter whose year stands further on in the text: `quý I của phường Cốc Lếu năm 2021`, `quy 1 phuong duyen hai 2021`.

use super::period::{is_aside, is_quarter, may_hold_year, quarter_of, words, year_of};
use crate::model::Period;
use smol_str::SmolStr;

/// Words behind the quarter after which a year is that of something else: a day, a month, a document.
const OTHERS: [&[&str]; 12] = [
    &["ngay"],
    &["theo"],
    &["truoc"],
    &["ke", "hoach"],
    &["quy", "che"],
    &["quy", "dinh"],
    &["quyet", "dinh"],
    &["nghi", "quyet"],
    &["chi", "thi"],
    &["so", "voi"],
    &["cung", "ky"],
    &["nhiem", "vu"],
];
/// Stands for an opening bracket: `Dương Quỳ (2)` is no quarter.
const BRACKET: &str = " ngoac ";

/// The one quarter of a text in which quarter and year stand apart.
pub(super) fn in_text(text: &str) -> Option<Period> {
    if !may_hold_year(text) {
        return None;
    }
    let words = words(&text.replace('(', BRACKET));
    let mut found: Option<Period> = None;
    for at in 0..words.len() {
        let Some((number, used)) = number_at(words.get(at..).unwrap_or_default()) else { continue };
        if is_aside(words.get(..at).unwrap_or_default()) {
            continue;
        }
        let period = Period::quarter(year_behind(&words, at + used)?, number)?;
        if found.is_some_and(|other| other != period) {
            return None;
        }
        found = Some(period);
    }
    found
}

/// The number of the quarter that begins there, in digits or in Roman ones: in words it may be anything.
fn number_at(words: &[SmolStr]) -> Option<(u32, usize)> {
    let first = words.first()?;
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v'));
    if is_quarter(first) {
        let number = words.get(1).filter(|word| plain(word))?;
        return Some((quarter_of(number)?, 2));
    }
    let number = ["quy", "qui"].iter().find_map(|word| first.strip_prefix(word))?;
    Some((quarter_of(Some(number).filter(|word| plain(word))?)?, 1))
}

/// The year that stands behind, told by its word, or the only one of the text.
fn year_behind(words: &[SmolStr], from: usize) -> Option<i32> {
    let years: Vec<i32> = words.iter().filter_map(|word| year_of(word)).collect();
    let only = years.iter().all(|year| Some(year) == years.first());
    let behind = words.get(from..)?;
    let end = behind.iter().position(|word| year_of(word).is_some())?;
    let between = behind.get(..end)?;
    let told = between.last().is_some_and(|word| word == "nam");
    let of_others =
        (0..between.len()).any(|at| is_of_others(between.get(at..).unwrap_or_default()));
    // Another quarter goes on to its own year: `Quý I, II/2021`, `quý 1-2 năm 2021`, `quý I đến quý II`.
    let roman = |word: &SmolStr| matches!(word.as_str(), "i" | "ii" | "iii" | "iv");
    let goes_on = between.iter().find(|word| !matches!(word.as_str(), "va" | "den" | "toi"));
    let quarter = |at: usize| number_at(between.get(at..).unwrap_or_default()).is_some();
    let another = between.iter().any(roman)
        || (0..between.len()).any(quarter)
        || goes_on.is_some_and(|word| quarter_of(word).is_some());
    if of_others || another || !(told || only) {
        return None;
    }
    year_of(behind.get(end)?)
}

fn is_of_others(words: &[SmolStr]) -> bool {
    let numbered = |lead: &str| {
        let [first, second, ..] = words else { return false };
        first == lead && second.bytes().all(|b| b.is_ascii_digit())
    };
    let begins = |other: &&[&str]| {
        words.len() >= other.len() && words.iter().zip(other.iter()).all(|(one, two)| one == two)
    };
    OTHERS.iter().any(begins) || numbered("thang") || numbered("so")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_apart_from_their_years() {
        for (text, expected) in [
            ("KẾT QUẢ ĐỐI THOẠI QUÝ I CỦA PHƯỜNG CỐC LẾU NĂM 2021", Some("2021-Q1")),
            ("QUÝ IV, HUYỆN BẢO YÊN, NĂM 2020", Some("2020-Q4")),
            ("bao cao quy 1 phuong duyen hai 2021.xlsx", Some("2021-Q1")),
            ("BC quý I Duyên Hải 2021.xlsx", Some("2021-Q1")),
            ("quy I - phuong Duyen Hai - 2021 (1).xlsx", Some("2021-Q1")),
            ("QuyI_DuyenHai_2021.xlsx", Some("2021-Q1")),
            ("QUÝ I PHƯỜNG A NĂM 2021 QUÝ I PHƯỜNG A NĂM 2021", Some("2021-Q1")),
            ("Quý I xã Thắng Lợi năm 2021", Some("2021-Q1")),
            ("QUÝ IV CỦA XÃ DƯƠNG QUỲ NĂM 2021", Some("2021-Q4")),
            ("Quý I theo Kế hoạch năm 2020 của Tỉnh ủy", None),
            ("Quý I, Duyên Hải, ngày 10 tháng 4 năm 2021", None),
            ("Quý I và quý II của phường năm 2021", None),
            ("Quý I của phường 2021 2022", None),
            ("Quý I, II của phường năm 2021", None),
            ("QUÝ I, II/2021", None),
            ("bao cao quy 1-2 phuong duyen hai 2021.xlsx", None),
            ("bao cao quy 1 phuong duyen hai lan 2 2021.xlsx", Some("2021-Q1")),
            ("phương hướng quý II của phường năm 2021", None),
            ("BC xã Dương Quỳ (2) 2021.xlsx", None),
            ("Quỹ vì người nghèo năm 2021", None),
            ("Quý I của phường", None),
        ] {
            assert_eq!(in_text(text).map(|p| p.to_string()).as_deref(), expected, "{text}");
        }
    }
}
