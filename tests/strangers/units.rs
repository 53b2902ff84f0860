//! Whose a form is, by its titles alone: the quarter's day and the area that is reported on decide.

use super::{HEADER, ONE, TWO, sheet};
use qc17::model::UnitCode;
use qc17::model::submission::FilePath;
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::Workbook;
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::BTreeMap;

/// Titles, the area, and then the unit or what is said instead.
type Title = (&'static [&'static str], Option<&'static str>, Result<&'static str, &'static str>);

const TITLES: [Title; 16] = [
    (&["Thị trấn Bát Xát", "QUÝ II NĂM 2025"], None, Ok("02683")),
    (&["Thị trấn Bát Xát", "QUÝ III NĂM 2025"], None, Err("DV04")),
    (&["Đơn vị: Thị trấn Bát Xát", "QUÝ III NĂM 2025"], None, Err("DV04")),
    (&["Xã Bát Xát", "QUÝ III NĂM 2025"], None, Ok("02683")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], None, Err("DV07")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], Some("10"), Ok("02671")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], Some("15"), Ok("04273")),
    (&["Đơn vị: Phường Nam Cường", "QUÝ I NĂM 2021"], Some("10"), Ok("02671")),
    (&["BẢO HÀ", "QUÝ I NĂM 2021"], None, Ok("02989")),
    (&["BẢO YÊN", "BẢO HÀ", "QUÝ I NĂM 2021"], None, Ok("02989")),
    (&["LÀO CAI", "QUÝ I NĂM 2021"], None, Err("DV07")),
    // Names in names: a slip in the longer one is not the shorter one, and a year is in none.
    (&["UBND XÃ TẢ VAN CHƯQ", "QUÝ I NĂM 2021"], None, Ok("02851")),
    (&["UBND XÃ CHÂU QUẾ THƯỢNGQ", "QUÝ I NĂM 2021"], None, Ok("04384")),
    (&["UBND XÃ CHÂU QUẾ", "QUÝ I NĂM 2021"], None, Err("DV04")),
    (&["KẾT QUẢ QUÝ I CỦA XÃ NGÒI A NĂM 2021"], None, Ok("04408")),
    (&["XÃ NGÒI A 2021", "QUÝ I NĂM 2021"], None, Ok("04408")),
];

#[test]
fn titles_lead_to_units() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    for (titles, scope, expected) in TITLES {
        let scope = scope.and_then(UnitCode::parse);
        let terms = Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope };
        let lines: Vec<&str> = titles.iter().chain(&[HEADER, ONE, TWO]).copied().collect();
        let book = Workbook { sheets: vec![sheet("Trang tính 1", 0, &lines, &[])] };
        let file = FilePath::new("bao cao.xlsx");
        let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
        let said: Vec<_> = read.findings.iter().map(|finding| finding.rule.code).collect();
        match expected {
            Ok(code) => {
                let unit = read.outcome.unwrap_or_else(|_| panic!("{titles:?} {said:?}")).unit;
                assert_eq!(unit.to_string(), code, "{titles:?} {scope:?}");
            }
            Err(code) => {
                assert!(read.outcome.is_err() && said.contains(&code), "{titles:?} {said:?}");
            }
        }
    }
}

/// Titles by the hundred are no heading: what one of them names is not whose the file is.
#[test]
fn hundreds_of_lines_above_a_table_name_no_unit() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    for (lines, expected) in [(298, Ok("02635")), (299, Err("DV01")), (2_000, Err("DV01"))] {
        let letter = (0..lines).map(|n| format!("Dòng {n} của một văn bản dài"));
        let titles = ["PHƯỜNG DUYÊN HẢI".to_owned(), "QUÝ I NĂM 2021".to_owned()];
        let table = [HEADER, ONE, TWO].map(str::to_owned);
        let all: Vec<String> = titles.into_iter().chain(letter).chain(table).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let book = Workbook { sheets: vec![sheet("Trang tính 1", 0, &all, &[])] };
        // The quarter stands in the file's name as well, so that the unit alone is what may be lacking.
        let file = FilePath::new("bao cao quy I 2021.xlsx");
        let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
        let said: Vec<_> = read.findings.iter().map(|finding| finding.rule.code).collect();
        match expected {
            Ok(code) => assert_eq!(
                read.outcome.unwrap_or_else(|_| panic!("{lines} {said:?}")).unit.to_string(),
                code
            ),
            Err(code) => assert!(read.outcome.is_err() && said == [code], "{lines} {said:?}"),
        }
    }
}

/// Letters that a slip of the hand puts into a name.
const LETTERS: [char; 24] = [
    'a', 'b', 'c', 'd', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'v',
    'x', 'y', 'â', 'ơ', 'đ',
];

/// One wrong letter at that place: another one, one lost, one too many, or two in the wrong order.
fn slips(name: &str, at: usize, letter: char) -> [String; 4] {
    let letters: Vec<char> = name.chars().collect();
    let (before, after) = letters.split_at(at);
    let text = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    let rest = after.get(1..).unwrap_or_default();
    let turned: Vec<char> = after.iter().take(2).rev().copied().collect();
    [
        text([before, &[letter], rest]),
        text([before, &[], rest]),
        text([before, &[letter], after]),
        text([before, &turned, after.get(2..).unwrap_or_default()]),
    ]
}

/// Reads a report whose information sheet names the unit so, and tells whose it was taken for and what was said.
fn named_so(
    name: &str,
    register: &Register,
    forms: &Forms,
    codes: &Codes,
) -> (Option<String>, Vec<&'static str>) {
    let scope = UnitCode::parse("10");
    let terms = Terms { forms, codes, register, asked: None, scope };
    let info = [format!("Tên đơn vị|{name}"), "Kỳ báo cáo|Quý I/2021".to_owned()];
    let info: Vec<&str> = info.iter().map(String::as_str).collect();
    let sheets = vec![sheet("Thông tin", 0, &info, &[]), sheet("Biểu 1", 1, &[HEADER, ONE], &[])];
    let book = Workbook { sheets };
    let file = FilePath::new("bao cao.xlsx");
    let read = normalise(&file, &book, recognise(&file, &book, forms), terms);
    let said = read.findings.iter().map(|finding| finding.rule.code).collect();
    (read.outcome.ok().map(|submission| submission.unit.to_string()), said)
}

/// Over every commune of the area: a name with one wrong letter is the unit's own, refused, or, said aloud, understood.
/// Only a slip that spells another unit's very name is that other unit, and nobody could tell. With two wrong
/// letters a neighbour may be nearer; then, too, it is said what was understood.
#[test]
fn a_misspelt_name_is_never_silently_a_neighbours() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    let (day, area) =
        (chrono::NaiveDate::from_ymd_opt(2021, 3, 31).unwrap(), UnitCode::parse("10").unwrap());
    let communes: Vec<_> = (register.in_force(day))
        .filter(|unit| {
            unit.level == qc17::model::Level::Commune && register.is_within(unit, area, day)
        })
        .collect();
    assert_eq!(communes.len(), 152);
    let (mut right, mut refused, mut neighbours) = (0, 0, [0, 0]);
    for (at, unit) in communes.iter().enumerate() {
        let name = unit.name.as_str();
        let kind = unit.full_name().strip_suffix(name).unwrap().to_owned();
        let length = name.chars().count();
        for place in 0..length {
            let letter = LETTERS[(place * 7 + at) % LETTERS.len()];
            for (how, once) in slips(name, place, letter).into_iter().enumerate() {
                let second = (place * 3 + how + 1) % once.chars().count().max(1);
                let twice = slips(&once, second, LETTERS[(at + how) % LETTERS.len()])[how].clone();
                for (wrong, slipped) in [once, twice].into_iter().enumerate() {
                    let (taken, said) =
                        named_so(&format!("{kind}{slipped}"), &register, &forms, &codes);
                    match taken {
                        None => {
                            assert!(
                                said.iter().any(|code| matches!(*code, "DV01" | "DV07")),
                                "{slipped} {said:?}"
                            );
                            refused += 1;
                        }
                        Some(code) if code == unit.code.to_string() => right += 1,
                        Some(code) => {
                            let exact = !register.named(&slipped, day, None, None).is_empty();
                            let aloud = said.contains(&"DV02");
                            assert!(
                                exact || (wrong == 1 && aloud),
                                "{name} as {slipped}: {code} {said:?}"
                            );
                            neighbours[wrong] += 1;
                        }
                    }
                }
            }
        }
    }
    println!(
        "{right} right, {refused} refused, {neighbours:?} a neighbour's with one and two wrong letters"
    );
    let all = right + refused + neighbours[0] + neighbours[1];
    assert!(
        right * 10 > all * 7 && neighbours[0] * 200 < all && neighbours[1] * 100 < all,
        "of {all}"
    );
}
