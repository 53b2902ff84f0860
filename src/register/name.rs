//! Splits what people write into the kind of a unit and its bare name.

use super::key::spelling_key;
use crate::model::UnitKind;
use crate::model::text::{may_begin_alike, same_key};

/// Offices that sign for a unit; the words say nothing about which unit it is.
const OFFICES: [&[&str]; 16] = [
    &["ủy", "ban", "nhân", "dân"],
    &["hội", "đồng", "nhân", "dân"],
    &["ban", "tuyên", "giáo", "và", "dân", "vận"],
    &["ban", "chấp", "hành"],
    &["ban", "thường", "vụ"],
    &["ban", "dân", "vận"],
    &["khối", "dân", "vận"],
    &["thường", "trực"],
    &["đảng", "ủy"],
    &["đảng", "bộ"],
    &["văn", "phòng"],
    &["ubnd"],
    &["hđnd"],
    &["btv"],
    &["bch"],
    &["và"],
];

/// Words for a kind, the longer ones first.
const KINDS: [(&[&str], UnitKind); 15] = [
    (&["thành", "phố"], UnitKind::ThanhPho),
    (&["thành", "ủy"], UnitKind::ThanhPho),
    (&["thị", "trấn"], UnitKind::ThiTran),
    (&["thị", "xã"], UnitKind::ThiXa),
    (&["thị", "ủy"], UnitKind::ThiXa),
    (&["đặc", "khu"], UnitKind::DacKhu),
    (&["huyện", "ủy"], UnitKind::Huyen),
    (&["tỉnh", "ủy"], UnitKind::Tinh),
    (&["phường"], UnitKind::Phuong),
    (&["huyện"], UnitKind::Huyen),
    (&["tỉnh"], UnitKind::Tinh),
    (&["xã"], UnitKind::Xa),
    (&["tp"], UnitKind::ThanhPho),
    (&["tx"], UnitKind::ThiXa),
    (&["tt"], UnitKind::ThiTran),
];

/// Abbreviations that need their dots, because the bare letters may begin a name.
const DOTTED: [(&[&str], UnitKind); 7] = [
    (&["t", "p"], UnitKind::ThanhPho),
    (&["t", "x"], UnitKind::ThiXa),
    (&["t", "t"], UnitKind::ThiTran),
    (&["p"], UnitKind::Phuong),
    (&["x"], UnitKind::Xa),
    (&["h"], UnitKind::Huyen),
    (&["t"], UnitKind::Tinh),
];

/// The kind that stands in front of a name, if any, and the name without it.
///
/// Understands full words with or without diacritics, abbreviations (`X.`, `TP.`, `T.p`, `TT`), and the
/// offices that sign for a unit (`UBND xã …`, `Huyện ủy …`). A text that is all prefix is left whole.
pub fn parse_unit_name(text: &str) -> (Option<UnitKind>, &str) {
    let whole = text.trim();
    let mut rest = whole;
    while let Some(after) = OFFICES.iter().find_map(|words| strip(rest, words, false)) {
        rest = after;
    }
    let kinds = KINDS.iter().map(|entry| (entry, false));
    let dotted = DOTTED.iter().map(|entry| (entry, true));
    for ((words, kind), dots) in kinds.chain(dotted) {
        if let Some(name) = strip(rest, words, dots) {
            return (Some(*kind), name);
        }
    }
    glued(rest).unwrap_or((None, rest))
}

/// A kind with its diacritics and the name right behind it: `XãBảo Hà`.
fn glued(text: &str) -> Option<(Option<UnitKind>, &str)> {
    let end =
        text.char_indices().skip(1).find(|(_, c)| !is_letter(*c)).map_or(text.len(), |(at, _)| at);
    let word = text.get(..end)?;
    let mut starts = word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase());
    starts.find_map(|(at, _)| {
        let (kind_word, name) = text.split_at_checked(at)?;
        let marked = !kind_word.is_ascii();
        let known = |words: &[&str]| {
            matches!(words, [only] if spelling_key(kind_word) == spelling_key(only))
        };
        let kind = KINDS.iter().find(|(words, _)| marked && known(words))?.1;
        Some((Some(kind), name))
    })
}

/// What follows those words; `None` when they do not stand in front, or nothing follows.
fn strip<'a>(text: &'a str, words: &[&str], dots: bool) -> Option<&'a str> {
    let mut rest = text;
    for (i, expected) in words.iter().enumerate() {
        // Where the word ends is looked for only when it can be that word.
        if !may_begin_alike(rest, expected) {
            return None;
        }
        let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // `T.p Lào Cai`: the last letter may do without its dot when one stands before it.
        let dot_missing = dots && !after.starts_with('.') && (i == 0 || i + 1 < words.len());
        if dot_missing || !same_word(word, expected) {
            return None;
        }
        rest = after.trim_start_matches(|c: char| !is_letter(c) && !c.is_numeric());
    }
    (!rest.is_empty()).then_some(rest)
}

/// Letters, and the marks that decomposed Vietnamese writes after them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// The expected word, or the same word typed without any diacritics.
fn same_word(word: &str, expected: &str) -> bool {
    // The finer key is made only where the looser one agrees, which it hardly ever does.
    same_key(word, expected) && (word.is_ascii() || spelling_key(word) == spelling_key(expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use UnitKind::{DacKhu, Huyen, Phuong, ThanhPho, ThiTran, ThiXa, Tinh, Xa};
    use proptest::prelude::*;

    #[test]
    fn prefixes_come_off() {
        for (text, kind, name) in [
            ("Xã Bảo Hà", Some(Xa), "Bảo Hà"),
            ("XÃ BẢO HÀ ", Some(Xa), "BẢO HÀ"),
            ("xa Bao Ha", Some(Xa), "Bao Ha"),
            ("Xa\u{303} Bảo Hà", Some(Xa), "Bảo Hà"),
            ("XãBảo Hà", Some(Xa), "Bảo Hà"),
            ("PhườngDUYÊN HẢI", Some(Phuong), "DUYÊN HẢI"),
            ("XãVạnHoà", Some(Xa), "VạnHoà"),
            ("X. Bảo Hà", Some(Xa), "Bảo Hà"),
            ("P.Kim Tân", Some(Phuong), "Kim Tân"),
            ("phường  Kim Tân", Some(Phuong), "Kim Tân"),
            ("TT. Phố Ràng", Some(ThiTran), "Phố Ràng"),
            ("TT Phố Ràng", Some(ThiTran), "Phố Ràng"),
            ("T.T Phố Ràng", Some(ThiTran), "Phố Ràng"),
            ("Thị trấn N.T Phong Hải", Some(ThiTran), "N.T Phong Hải"),
            ("TX Sa Pa", Some(ThiXa), "Sa Pa"),
            ("Thị xã Sa Pa", Some(ThiXa), "Sa Pa"),
            ("TP.Lào Cai", Some(ThanhPho), "Lào Cai"),
            ("T.p Lào Cai", Some(ThanhPho), "Lào Cai"),
            ("T.P. Lào Cai", Some(ThanhPho), "Lào Cai"),
            ("T. Lào Cai", Some(Tinh), "Lào Cai"),
            ("H. Bảo Yên", Some(Huyen), "Bảo Yên"),
            ("Đặc khu Phú Quốc", Some(DacKhu), "Phú Quốc"),
            ("UBND xã Bảo Hà", Some(Xa), "Bảo Hà"),
            ("Uỷ ban nhân dân xã Bảo Hà", Some(Xa), "Bảo Hà"),
            ("Đảng ủy xã Bảo Hà", Some(Xa), "Bảo Hà"),
            ("Đảng uỷ - UBND xã Bảo Hà", Some(Xa), "Bảo Hà"),
            ("BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG KIM TÂN", Some(Phuong), "KIM TÂN"),
            ("Đảng ủy Bảo Hà", None, "Bảo Hà"),
            ("Huyện ủy Bảo Yên", Some(Huyen), "Bảo Yên"),
            ("Thành ủy Lào Cai", Some(ThanhPho), "Lào Cai"),
            ("Thị uỷ Sa Pa", Some(ThiXa), "Sa Pa"),
            ("Tỉnh ủy Lào Cai", Some(Tinh), "Lào Cai"),
            ("Ban Tuyên giáo và Dân vận Tỉnh ủy Lào Cai", Some(Tinh), "Lào Cai"),
        ] {
            assert_eq!(parse_unit_name(text), (kind, name), "{text}");
        }
    }

    #[test]
    fn names_that_only_look_prefixed_stay_whole() {
        for text in
            ["Tả Van", "Xà Hồ", "Phượng Mao", "Xã", "Thải Giàng Phố", "Tỉnh", "", "X", "P", "Hà"]
        {
            assert_eq!(parse_unit_name(text), (None, text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_name_is_the_end_of_the_text(text in ".*") {
            let (_, name) = parse_unit_name(&text);
            prop_assert!(text.trim().ends_with(name));
        }
    }
}
