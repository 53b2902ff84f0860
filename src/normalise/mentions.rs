//! Units that a title, a sheet name or a file name speaks of.

use super::listed::listed_behind;
use super::near::near_units;
use super::other_times::once_of_kind;
use crate::model::text::{key, push_key};
use crate::model::{Level, Unit, UnitCode, UnitKind};
use crate::register::Register;
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// Words that announce a unit's name, as keys; the longest name that follows counts.
const KIND_WORDS: [&[&str]; 19] = [
    &["thi", "tran"],
    &["thanh", "pho"],
    &["thi", "xa"],
    &["dac", "khu"],
    &["huyen", "uy"],
    &["thanh", "uy"],
    &["thi", "uy"],
    &["tinh", "uy"],
    &["phuong"],
    &["huyen"],
    &["tinh"],
    &["xa"],
    &["tt"],
    &["tp"],
    &["tx"],
    &["p"],
    &["x"],
    &["h"],
    &["t"],
];
/// Words of the longest unit names.
pub(super) const LONGEST_NAME: usize = 5;

/// The units in force on that day that a text names after a word for their kind, each once.
pub fn named_in<'a>(text: &str, register: &'a Register, day: NaiveDate) -> Vec<&'a Unit> {
    let words: Vec<&str> =
        text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
    let mut buffer = String::new();
    if !words.iter().any(|word| begins_kind(word, &mut buffer)) {
        return Vec::new();
    }
    let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
    let mut found: Vec<&Unit> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let after = KIND_WORDS.iter().find_map(|kind| {
            let here = keys.get(at..at + kind.len())?;
            (here.iter().map(String::as_str).eq(kind.iter().copied())).then_some(at + kind.len())
        });
        let Some(start) = after else {
            at += 1;
            continue;
        };
        let kind = words.get(at..start).unwrap_or_default().join(" ");
        match longest_name(&words, start, &kind, (register, day), text.is_ascii()) {
            Some((end, units)) => {
                let (end, more) = listed_behind(&words, end, &units, (register, day));
                for unit in units.into_iter().chain(more) {
                    if !found.iter().any(|other| other.code == unit.code) {
                        found.push(unit);
                    }
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a word begins one that announces a unit: most texts hold none, and are done with after this.
fn begins_kind(word: &str, buffer: &mut String) -> bool {
    buffer.clear();
    push_key(word, buffer);
    KIND_WORDS.iter().any(|kind| kind.first() == Some(&buffer.as_str()))
}

/// A commune that a text announces by its kind, under a name that the register does not know.
#[derive(Debug)]
pub(super) struct UnknownName<'a> {
    /// Its kind as written.
    pub(super) kind: UnitKind,
    /// Whether it stands where an office writes its own name: at the front, or behind `UBND`, `Đảng ủy`.
    pub(super) announced: bool,
    /// The words behind the kind.
    words: Vec<&'a str>,
}

impl UnknownName<'_> {
    /// What the name may be: as many words as may belong to it, the longest first.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        (1..=self.words.len()).rev().filter_map(|len| Some(self.words.get(..len)?.join(" ")))
    }
}

/// Words behind `xã`, `phường` with which no name begins. With their diacritics, because without them
/// some are names: `năm` and Nậm Lúc, `đề` and Dế Su Phình.
const NO_NAMES: [&str; 26] = [
    "hội",
    "viên",
    "phường",
    "thị",
    "trấn",
    "và",
    "của",
    "trên",
    "trong",
    "có",
    "chưa",
    "đã",
    "để",
    "thuộc",
    "này",
    "ở",
    "tại",
    "cấp",
    "theo",
    "gửi",
    "quý",
    "năm",
    "ngày",
    "hoặc",
    "hoi",
    "va",
];
/// Words in front of the kind with which an office writes its own name.
const OFFICES: [&str; 6] = ["ubnd", "dan", "uy", "bo", "vi", "btv"];

/// The first commune that a text names by kind but under an unknown name.
pub(super) fn unknown_in<'a>(
    text: &'a str,
    register: &Register,
    day: NaiveDate,
) -> Option<UnknownName<'a>> {
    let words: Vec<&str> =
        text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
    let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
    for at in 0..keys.len() {
        let (kind, len) = match (keys.get(at)?.as_str(), keys.get(at + 1).map(String::as_str)) {
            ("xa", _) => (UnitKind::Xa, 1),
            ("phuong", _) => (UnitKind::Phuong, 1),
            ("thi", Some("tran")) => (UnitKind::ThiTran, 2),
            ("tt", _) => (UnitKind::ThiTran, 1),
            _ => continue,
        };
        let start = at + len;
        // `Thị xã …` is a district.
        let district = at > 0 && keys.get(at - 1).is_some_and(|word| word == "thi");
        let named = words.get(start).is_some_and(|word| {
            let word = word.nfc().collect::<String>().to_lowercase();
            !NO_NAMES.contains(&word.as_str()) && !word.bytes().all(|b| b.is_ascii_digit())
        });
        let kind_words = words.get(at..start)?.join(" ");
        let known = || longest_name(&words, start, &kind_words, (register, day), text.is_ascii());
        if district || !named || known().is_some() {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| keys.get(before));
        let announced = before.is_none_or(|word| OFFICES.contains(&word.as_str()));
        let end = (start + LONGEST_NAME).min(time_after(&words, start));
        return Some(UnknownName { kind, announced, words: words.get(start..end)?.to_vec() });
    }
    None
}

/// Letters of the shortest name that is believed without a word for its kind.
const SHORTEST_BARE: usize = 5;

/// The units of that level whose bare names a text carries, the longest name first; each once.
pub(super) fn bare_in<'a>(
    text: &str,
    register: &'a Register,
    day: NaiveDate,
    level: Level,
) -> Vec<&'a Unit> {
    let words: Vec<&str> =
        text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
    for len in (1..=LONGEST_NAME).rev() {
        let mut found: Vec<&Unit> = words
            .windows(len)
            .map(|name| name.join(" "))
            .filter(|name| key(name).len() >= SHORTEST_BARE)
            .flat_map(|name| register.named_in_text(&name, text.is_ascii(), day, None))
            .filter(|unit| unit.level == level)
            .collect();
        if !found.is_empty() {
            found.sort_by_key(|unit| unit.code);
            found.dedup_by_key(|unit| unit.code);
            return found;
        }
    }
    Vec::new()
}

/// Whether a character belongs to a word, marks of its letters among them.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn longest_name<'a>(
    words: &[&str],
    start: usize,
    kind: &str,
    (register, day): (&'a Register, NaiveDate),
    is_plain: bool,
) -> Option<(usize, Vec<&'a Unit>)> {
    (1..=LONGEST_NAME)
        .rev()
        .find_map(|len| {
            let name = words.get(start..start + len)?.join(" ");
            let full = format!("{kind}. {name}");
            let (kind, _) = crate::register::parse_unit_name(&full);
            let mut units = register.named_in_text(&name, is_plain, day, kind);
            if units.is_empty() {
                // A commune that became a ward keeps being written with its old kind.
                let level = |unit: &&Unit| kind.is_none_or(|kind| level_of(kind) == unit.level);
                units = register.named_in_text(&name, is_plain, day, None);
                units.retain(level);
                // Unless it was another unit that had the name under that kind.
                units.retain(|unit| {
                    kind.is_none_or(|kind| once_of_kind(register, unit, kind, &name, day).is_none())
                });
            }
            (!units.is_empty()).then_some((start + len, units))
        })
        // `XÃ KHÁNH YÊN HẠQ` is not Khánh Yên: more words come nearer to another name.
        .filter(|(end, units)| !longer_is_near(words, (start, *end), kind, units, (register, day)))
}

/// Where a time begins behind a name, which is no part of it: `Xã Ngòi A năm 2021`.
fn time_after(words: &[&str], start: usize) -> usize {
    let is_time = |at: usize| {
        let word = words.get(at).map(|word| key(word)).unwrap_or_default();
        let number = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_digit())
                || matches!(*word, "I" | "II" | "III" | "IV")
        };
        let named = matches!(word.as_str(), "nam" | "quy" | "qui" | "thang" | "ngay");
        named && words.get(at + 1).is_some_and(number) || all_digits(&word)
    };
    (start + 1..words.len()).find(|at| is_time(*at)).unwrap_or(words.len())
}

/// Whether the words go on to something near to another unit's longer name.
fn longer_is_near(
    words: &[&str],
    (start, end): (usize, usize),
    kind: &str,
    found: &[&Unit],
    (register, day): (&Register, NaiveDate),
) -> bool {
    let full = |end: usize| Some(format!("{kind}. {}", words.get(start..end)?.join(" ")));
    (end + 1..=(start + LONGEST_NAME).min(time_after(words, start))).filter_map(full).any(|full| {
        let (kind, name) = crate::register::parse_unit_name(&full);
        let other = |unit: &Unit| {
            Some(unit.kind) == kind && !found.iter().any(|known| known.code == unit.code)
        };
        !near_units(register, day, name, other).is_empty()
    })
}

fn level_of(kind: UnitKind) -> Level {
    match kind {
        UnitKind::Tinh => Level::Province,
        UnitKind::ThanhPho | UnitKind::ThiXa | UnitKind::Huyen => Level::District,
        UnitKind::Phuong | UnitKind::ThiTran | UnitKind::Xa | UnitKind::DacKhu => Level::Commune,
    }
}

/// The unit whose code a file name carries: `BC_02647_2021_Q1.xlsx`, with or without its leading zero.
pub fn coded_in(file_name: &str, register: &Register, day: NaiveDate) -> Option<UnitCode> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let tokens: Vec<&str> =
        stem.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    let known =
        |code: &str| UnitCode::parse(code).filter(|code| register.get(*code, day).is_some());
    let exact = tokens.iter().find(|token| token.len() == 5 && all_digits(token));
    if let Some(code) = exact.and_then(|token| known(token)) {
        return Some(code);
    }
    // Shorter numbers are codes only where the blank form's name has its code.
    let second = tokens.iter().position(|token| token.eq_ignore_ascii_case("bc"));
    let token = tokens.get(second? + 1).filter(|token| all_digits(token))?;
    known(token).or_else(|| (token.len() == 4).then(|| known(&format!("0{token}")))?)
}

/// The one unit that a file's name speaks of, by code or by name.
pub fn unit_in_name(file_name: &str, register: &Register, day: NaiveDate) -> Option<UnitCode> {
    coded_in(file_name, register, day).or_else(|| {
        let named = named_in(file_name, register, day);
        let lowest = named.iter().map(|unit| unit.level).max()?;
        let mut units = named.iter().filter(|unit| unit.level == lowest);
        match (units.next(), units.next()) {
            (Some(only), None) => Some(only.code),
            _ => None,
        }
    })
}

fn all_digits(token: &str) -> bool {
    token.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, 3, 31).unwrap()
    }

    #[test]
    fn units_in_running_text() {
        let register = Register::embedded().unwrap();
        for (text, expected) in [
            ("UBND XÃ BẢO HÀ", &["02989"][..]),
            ("Đảng ủy xã Bảo Hà, huyện Bảo Yên", &["02989", "087"]),
            ("BAO CAO DOI THOAI XA BAO HA QUY I 2021", &["02989"]),
            ("P. Kim Tân - TP. Lào Cai", &["02647", "080"]),
            ("Kết quả đối thoại tại xã", &[]),
            ("Biểu 1 - Hội nghị", &[]),
            ("Cụm các phường Duyên Hải, Cốc Lếu và Kim Tân", &["02635", "02644", "02647"]),
            ("KẾT QUẢ CỦA XÃ NGÒI A NĂM 2021", &["04408"]),
            ("Phường Duyên Hải, Lào Cai", &["02635"]),
            ("Phường Sa Pa", &["03001"]),
            ("Phường Sa Pả", &["03002"]),
            ("bao cao phuong sa pa", &["03001", "03002"]),
        ] {
            let found: Vec<_> =
                named_in(text, &register, day()).iter().map(|u| u.code.to_string()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn codes_in_file_names() {
        let register = Register::embedded().unwrap();
        for (name, expected) in [
            ("BC_02647_2021_Q1.xlsx", Some("02647")),
            ("BC_2647_2021_Q1.xlsx", Some("02647")),
            ("BC_080_2021_Q1.xlsx", Some("080")),
            ("bao cao 2021 quy 1.xlsx", None),
            ("BC_99999_2021_Q1.xlsx", None),
        ] {
            let found = coded_in(name, &register, day()).map(|code| code.to_string());
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn communes_that_are_announced_but_unknown() {
        let register = Register::embedded().unwrap();
        for (text, expected) in [
            ("UBND XÃ BẢO HÀ", None),
            ("UBND XÃ BẢO HÀQ", Some((UnitKind::Xa, true))),
            ("Thị trấn Phố Ràngq", Some((UnitKind::ThiTran, true))),
            ("Báo cáo của xã Trời Ơi", Some((UnitKind::Xa, false))),
            ("An sinh xã hội", None),
            ("các xã, phường, thị trấn trên địa bàn", None),
            ("Thị xã Sa Pa", None),
        ] {
            let found = unknown_in(text, &register, day()).map(|name| (name.kind, name.announced));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_without_their_kind() {
        let register = Register::embedded().unwrap();
        for (text, expected) in [
            ("bao ha Q1-2021.xlsx", &["02989"][..]),
            ("Biểu 1 - Hội nghị", &[]),
            ("bao cao doi thoai quy 1", &[]),
        ] {
            let found = bare_in(text, &register, day(), Level::Commune);
            let found: Vec<_> = found.iter().map(|unit| unit.code.to_string()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
