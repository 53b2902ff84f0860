//! Text in old encodings, alone, in a sheet of its kind and in mixed sheets: recovered exactly or left alone.

use proptest::prelude::*;
use qc17::model::CellRef;
use qc17::model::submission::{FilePath, SheetName};
use qc17::notation::legacy::{Encoding, repair_text};
use qc17::open::{Cell, Repaired, Row, Sheet, Value, Workbook, repair_sheet, repair_workbook};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

#[path = "legacy/forms.rs"]
mod forms;

const PHRASES: &str = include_str!("legacy/phrases.txt");
const OTHERS: &str = include_str!("legacy/others.txt");
const FOREIGN: &str = include_str!("legacy/foreign.txt");
const UNITS: &str = include_str!("../templates/units/units.csv");
const FORMS: &str = include_str!("../templates/bieu-mau.toml");
const CODES: &str = include_str!("../templates/ma.toml");

/// Invented sentences, names of units, and every name in the forms and code lists.
fn phrases() -> Vec<String> {
    let kinds = ["Xã", "Phường", "Thị trấn", "Huyện"];
    let units =
        UNITS.lines().skip(1).filter_map(|line| line.split(',').nth(1)).zip(kinds.iter().cycle());
    let units = units.map(|(name, kind)| format!("{kind} {name}"));
    // The names of people at its end are single words, which no sheet holds alone.
    let codes = CODES.split("[people]").next().unwrap_or_default();
    // Nor are captions that stand on an information sheet and mean no field.
    let is_name = |line: &&str| !line.starts_with('#') && !line.starts_with("others");
    let quoted = FORMS.lines().chain(codes.lines()).filter(is_name);
    let quoted = quoted.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned));
    let own = PHRASES.lines().map(str::to_owned);
    let all: BTreeSet<String> =
        own.chain(units).chain(quoted).filter(|text| !text.is_ascii()).collect();
    all.into_iter().collect()
}

/// A sheet with one column of texts.
fn sheet(texts: impl IntoIterator<Item = String>) -> Sheet {
    let cell = |text: String| Cell { col: 1, value: Value::Text(text.into()), computed: false };
    let rows =
        (0..).zip(texts).map(|(index, text)| Row { index, hidden: false, cells: vec![cell(text)] });
    Sheet { name: SheetName::default(), rows: rows.collect(), ..Sheet::default() }
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    let cells = sheet.rows.iter().flat_map(|row| &row.cells);
    cells
        .map(|cell| match &cell.value {
            Value::Text(text) => &**text,
            _ => "",
        })
        .collect()
}

/// What remains of a text that TCVN3 stored: `Ủy ban` and `HÀ` alone have lost their capitals.
fn same(encoding: Encoding, read: &str, text: &str) -> bool {
    read == text || (encoding == Encoding::Tcvn3 && read.to_lowercase() == text.to_lowercase())
}

/// How that encoding stores the text; TCVN3 takes small letters where it has no capital.
fn stored(encoding: Encoding, text: &str) -> String {
    encoding
        .encode(text)
        .or_else(|| encoding.encode(&text.to_lowercase()))
        .unwrap_or_else(|| text.to_owned())
}

/// Alone in a cell of an old sheet these are words of Vietnamese as well: dỷ, ó, lạc, thạ, lý.
const EITHER: [&str; 5] = ["dû", "où", "laïc", "Thaï", "LÝ do"];

const ALL: [Encoding; 4] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258, Encoding::Decomposed];

#[test]
fn a_sheet_in_one_encoding_is_recovered() {
    let all = phrases();
    assert!(all.len() > 600, "{}", all.len());
    for encoding in ALL {
        // In Windows-1258 T.Ư is stored as T.Ý, in TCVN3 Lí do as LÝ do: the latter are the more frequent words.
        let alike = [(Encoding::Windows1258, "T.Ư"), (Encoding::Tcvn3, "Lí do")];
        let is_told_apart = |text: &&String| !alike.contains(&(encoding, text.as_str()));
        let phrases: Vec<String> = all.iter().filter(is_told_apart).cloned().collect();
        let mut sheet = sheet(phrases.iter().map(|text| stored(encoding, text)));
        let changed = phrases.iter().filter(|text| stored(encoding, text) != **text).count();
        let repaired = repair_sheet(&mut sheet);
        let wrong: Vec<_> = (texts(&sheet).into_iter().zip(&phrases))
            .filter(|(read, text)| !same(encoding, read, text))
            .collect();
        assert!(wrong.is_empty(), "{encoding:?}: {} {wrong:?}", wrong.len());
        assert_eq!(repaired.len(), 1, "{repaired:?}");
        assert_eq!((repaired[0].encoding, repaired[0].cells), (encoding, changed));
    }
}

#[test]
fn a_text_alone_is_recovered_or_left() {
    let phrases = phrases();
    let long = phrases.iter().filter(|text| text.contains(' ')).count();
    // Of ten texts of more than one word, how many prove their encoding by themselves.
    for (encoding, expected) in ALL.into_iter().zip([9, 9, 9, 9]) {
        let mut recovered = 0;
        for text in &phrases {
            let old = stored(encoding, text);
            match repair_text(&old) {
                Some((found, read)) => {
                    assert!(
                        found == encoding && same(encoding, &read, text),
                        "{old} as {found:?}: {read}, not {text}"
                    );
                    recovered += usize::from(text.contains(' '));
                }
                None => assert!(old == **text || old.split_whitespace().count() < 12, "{old}"),
            }
        }
        println!("{encoding:?}: {recovered} of {long}");
        assert!(recovered * 10 > long * expected, "{encoding:?}: {recovered} of {long}");
    }
}

#[test]
fn a_sheet_in_mixed_encodings_is_recovered() {
    let phrases = phrases();
    let encoding = |at: usize| ALL.get(at % 5).copied();
    let old = |(at, text): (usize, &String)| {
        encoding(at).map_or_else(|| text.clone(), |encoding| stored(encoding, text))
    };
    let stored: Vec<String> = phrases.iter().enumerate().map(old).collect();
    let mut sheet = sheet(stored.clone());
    assert_eq!(repair_sheet(&mut sheet).len(), 4);
    let mut left = Vec::new();
    for (at, read) in texts(&sheet).into_iter().enumerate() {
        let text = &phrases[at];
        if encoding(at).is_some_and(|encoding| same(encoding, read, text)) || read == text {
            continue;
        }
        assert_eq!(read, stored[at], "read as {read:?}, is {text:?}");
        left.push(read);
    }
    println!("{left:?}");
    assert!(left.len() * 50 < phrases.len(), "{left:?}");
}

#[test]
fn text_that_is_right_is_never_touched() {
    let phrases = phrases();
    let right = || phrases.iter().map(String::as_str).chain(OTHERS.lines());
    for text in right() {
        assert_eq!(repair_text(text), None, "{text}");
    }
    let mut alone = sheet(right().map(str::to_owned));
    assert_eq!(repair_sheet(&mut alone), []);
    assert_eq!(texts(&alone), right().collect::<Vec<_>>());
}

#[test]
fn text_that_is_right_is_not_touched_beside_old_text() {
    let phrases = phrases();
    for encoding in ALL {
        let others = OTHERS.lines().filter(|text| !EITHER.contains(text));
        let right: Vec<&str> = phrases.iter().map(String::as_str).chain(others).collect();
        let old = phrases.iter().map(|text| stored(encoding, text));
        let mut sheet = sheet(right.iter().map(|text| (*text).to_owned()).chain(old));
        repair_sheet(&mut sheet);
        let read = texts(&sheet);
        let touched: Vec<_> = read.iter().zip(&right).filter(|(read, text)| read != text).collect();
        assert!(touched.is_empty(), "{encoding:?} {touched:?}");
    }
}

#[test]
fn old_words_among_words_in_unicode() {
    for (old, expected) in [
        ("Xã B¶o Hµ, huyÖn Bảo Yên", "Xã Bảo Hà, huyện Bảo Yên"),
        ("Trường TiÓu häc số 1", "Trường Tiểu học số 1"),
        (
            "Đường liên thôn Baûn Meá coù 3 hoä bò saït lôû",
            "Đường liên thôn Bản Mế có 3 hộ bò sạt lở",
        ),
        ("Kinh phÝ: 5 triÖu – hîp ®ång số 12-KH/§U", "Kinh phí: 5 triệu – hợp đồng số 12-KH/ĐU"),
        ("UBND x· X· Lµng", "UBND xã Xã Làng"),
    ] {
        let read = repair_text(old).map_or(old.to_owned(), |(_, text)| text);
        println!("{old} -> {read}");
        assert_eq!(read, expected);
    }
}

proptest! {
    #[test]
    fn what_was_read_once_stays(text in "[ a-zA-Z0-9\u{A1}-\u{FF}\u{300}-\u{303}\u{309}\u{31B}\u{323}ăđĩũơưạ-ỹ]{0,40}") {
        if let Some((_, read)) = repair_text(&text) {
            prop_assert_eq!(repair_text(&read), None, "{}", read);
        }
    }

    #[test]
    fn words_in_any_mixture_stay_once_read(picks in prop::collection::vec((0usize..5, 0usize..2000), 1..8)) {
        let phrases = phrases();
        let words: Vec<&str> = phrases.iter().flat_map(|text| text.split(' ')).collect();
        let pick = |(how, at): &(usize, usize)| {
            let word = words[at % words.len()];
            ALL.get(*how).map_or(word.to_owned(), |encoding| stored(*encoding, word))
        };
        let text = picks.iter().map(pick).collect::<Vec<_>>().join(" ");
        if let Some((_, read)) = repair_text(&text) {
            prop_assert_eq!(repair_text(&read), None, "{} from {}", read, text);
        }
    }

    #[test]
    fn any_text_is_read_or_left(text in "\\PC{0,60}") {
        let nfc: String = text.nfc().collect();
        if let Some((Encoding::Decomposed, read)) = repair_text(&text) {
            prop_assert_eq!(read, nfc);
        }
    }
}

#[test]
fn what_was_repaired_is_counted_from_its_first_cell() {
    let texts = ["STT", "§¬n vÞ b¸o c¸o", "X· B¶o Hµ", "Cã", "Baûo Haø, Phoá Raøng", "Quy\u{301}"];
    let mut sheet = sheet(texts.map(str::to_owned));
    let seen: Vec<_> = repair_sheet(&mut sheet)
        .into_iter()
        .map(|Repaired { encoding, cells, first }| format!("{} {cells} {first}", encoding.label()))
        .collect();
    assert_eq!(seen, ["TCVN3 (ABC) 3 B2", "VNI 1 B5", "Unicode tổ hợp 1 B6"]);
}

#[test]
fn characters_without_width_are_taken_away() {
    let texts = ["\u{200B}35\u{200B}", "\u{FEFF}Định\u{2060} kỳ", "\u{200E}", "Bí thư"];
    let mut book = Workbook { sheets: vec![sheet(texts.map(str::to_owned))] };
    assert_eq!(repair_workbook(&FilePath::new("a.xls"), &mut book), []);
    assert_eq!(self::texts(&book.sheets[0]), ["35", "Định kỳ", "", "Bí thư"]);
    // The soft hyphen is a letter of TCVN3.
    let mut book = Workbook { sheets: vec![sheet(["Ng\u{AD}êi d©n".to_owned()])] };
    assert_eq!(repair_workbook(&FilePath::new("a.xls"), &mut book).len(), 1);
    assert_eq!(self::texts(&book.sheets[0]), ["Người dân"]);
}

#[test]
fn names_of_sheets_are_recovered_on_the_evidence_of_their_cells() {
    let cells = ["§¬n vÞ b¸o c¸o", "X· B¶o Hµ, huyÖn B¶o Yªn", "Ng\u{AD}êi lËp biÓu"];
    for (name, read, said) in [
        ("BiÓu 1 - Héi nghÞ", "Biểu 1 - Hội nghị", 1),
        ("X· B¶o Hµ", "Xã Bảo Hà", 1),
        ("Biểu 1", "Biểu 1", 0),
        ("Sheet1", "Sheet1", 0),
    ] {
        let mut sheet = sheet(cells.map(str::to_owned));
        sheet.name = SheetName::new(name, 0);
        let mut book = Workbook { sheets: vec![sheet] };
        let findings = repair_workbook(&FilePath::new("a.xls"), &mut book);
        assert_eq!(&*book.sheets[0].name.name, read);
        let names = findings.iter().filter(|finding| finding.message.starts_with("Tên trang"));
        assert_eq!(names.count(), said, "{name}");
    }
}

/// Where a list of words of other languages may be given, one a line: `WORDS=/usr/share/dict/french cargo test --test legacy words`.
const WORDS: &str = "WORDS";

/// Words of other languages, drawn from dictionaries by chance, most of them short: alone, and in twos and fours as
/// names and remarks are. Of all 641,000 accented words of ten dictionaries five texts were taken for old ones:
/// `cuïc`, `Høm Høng`, `Raïc Raïm`, `säe säen`, `xaï xaïn`.
#[test]
fn words_of_other_languages_are_never_touched() {
    let given = std::env::var(WORDS).ok().map(|path| std::fs::read_to_string(path).unwrap());
    let list = given.as_deref().unwrap_or(FOREIGN);
    let words: Vec<&str> = list.split_whitespace().collect();
    assert!(words.len() > 500);
    let mut touched = Vec::new();
    for many in [1, 2, 4] {
        for words in words.chunks(many) {
            let text = words.join(" ");
            touched.extend(repair_text(&text).map(|(encoding, read)| (text, encoding, read)));
        }
    }
    assert!(touched.is_empty(), "{} {:?}", touched.len(), touched.get(..touched.len().min(60)));
}

/// A text alone in its file: brought back, or named in its cell, or nothing shows that it is old.
#[test]
fn what_looks_old_and_cannot_be_told_is_named() {
    let phrases = phrases();
    for encoding in ALL {
        let (mut all, mut unseen) = (0, Vec::new());
        for text in &phrases {
            let old = stored(encoding, text);
            if old == **text {
                continue;
            }
            all += 1;
            let mut book = Workbook { sheets: vec![sheet([old.clone()])] };
            let findings = repair_workbook(&FilePath::new("a.xls"), &mut book);
            let read = texts(&book.sheets[0]).join("");
            assert!(read == old || same(encoding, &read, text), "{old} as {read}, not {text}");
            let named = findings.iter().any(|finding| {
                finding.rule.code == "TEP07" && finding.place.cell == Some(CellRef::new(0, 1))
            });
            assert!(named || read == old, "{old} was brought back without a word");
            if !named {
                unseen.push(old);
            }
        }
        println!("{encoding:?}: {} of {all} {unseen:?}", unseen.len());
        // Of a hundred, how many are made up of words that Vietnamese has as well: `Sè` (Số), `Cã` (Có).
        assert!(unseen.len() * 100 < all * 4, "{encoding:?}: {} of {all} {unseen:?}", unseen.len());
    }
    // Text that is right is no guess either.
    let mut book = Workbook { sheets: vec![sheet(phrases)] };
    assert_eq!(repair_workbook(&FilePath::new("a.xls"), &mut book), []);
}

#[test]
fn short_texts_follow_the_other_sheets_of_their_file() {
    let proof = "Đề nghị Ủy ban nhân dân xã sửa chữa tuyến đường liên thôn";
    let short = ["Dân tộc", "Xã", "Huyện", "Biểu 2", "Người", "Tên xã"];
    for encoding in [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258] {
        let old = short.iter().map(|text| stored(encoding, text));
        let sheets = vec![sheet([stored(encoding, proof)]), sheet(old)];
        let mut book = Workbook { sheets };
        repair_workbook(&FilePath::new("a.xls"), &mut book);
        let read = texts(&book.sheets[1]);
        let wrong: Vec<_> = read.iter().zip(short).filter(|(read, text)| read != &text).collect();
        assert!(wrong.is_empty(), "{encoding:?}: {wrong:?}");
    }
    // Another language and text that is right stay beside it.
    let right = || PHRASES.lines().chain(OTHERS.lines()).map(str::to_owned);
    for encoding in [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258] {
        let old = PHRASES.lines().map(|text| stored(encoding, text));
        let mut book = Workbook { sheets: vec![sheet(old), sheet(right())] };
        repair_workbook(&FilePath::new("a.xls"), &mut book);
        let read = texts(&book.sheets[1]);
        let touched: Vec<_> = read.into_iter().zip(right()).filter(|(r, t)| r != t).collect();
        println!("{encoding:?} {touched:?}");
        assert!(touched.iter().all(|(_, text)| EITHER.contains(&text.as_str())), "{touched:?}");
    }
}
