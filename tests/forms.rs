//! `qc17 form` as it is typed: which files it writes, what the program says when it reads them back, what it refuses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use calamine::{Data, Reader, Xlsx, open_workbook};
use program::{Ran, checkout, content, program, ran};
use serde_json::Value;
use std::fs;
use std::io::BufReader;
use std::path::Path;
use tempfile::TempDir;

/// `qc17 form` into that folder.
fn form(out: &Path, words: &[&str]) -> Ran {
    let mut command = program();
    command.arg("form").args(words).arg("--out").arg(out);
    ran(&mut command)
}

/// The forms of a quarter, and what was said.
fn forms(words: &[&str]) -> (TempDir, Ran) {
    let out = tempfile::tempdir().unwrap();
    let done = form(out.path(), words);
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""), "{words:?}: {}", done.err);
    (out, done)
}

fn names(folder: &Path) -> Vec<String> {
    content(folder).keys().map(|path| path.to_string_lossy().into_owned()).collect()
}

/// The result of reading a folder back.
fn result(folder: &Path, words: &[&str]) -> Value {
    let mut command = program();
    command.arg("check").arg(folder).args(["--format", "json"]).args(words);
    serde_json::from_str(&ran(&mut command).out).unwrap()
}

/// The filled rows of a sheet from that row on, without blank cells.
fn rows(file: &Path, sheet: &str, from: u32) -> Vec<Vec<String>> {
    let mut book: Xlsx<BufReader<fs::File>> = open_workbook(file).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let range = range.range((from, 0), range.end().unwrap());
    let text = |cell: &Data| match cell {
        Data::Empty => None,
        other => Some(other.to_string()),
    };
    let rows = range.rows().map(|row| row.iter().filter_map(text).collect::<Vec<_>>());
    rows.filter(|row| row.len() > 1).collect()
}

fn quarter() -> String {
    checkout("fixtures/2021-Q1").display().to_string()
}

/// That the folder holds nothing but untouched forms of the quarter.
fn assert_untouched(folder: &Path, period: &str, scope: &str) {
    let read = result(folder, &["--period", period, "--scope", scope]);
    for unit in read["units"].as_array().unwrap() {
        assert_eq!(unit["submission"], "missing", "{unit}");
        assert_eq!((&unit["opinions"], &unit["periodic"]), (&Value::Null, &Value::Null));
    }
    let said = read["diagnostics"].as_array().unwrap();
    assert_eq!(said.len(), read["files"].as_array().unwrap().len());
    for one in said {
        assert_eq!(one["code"], "DL03", "{one}");
        assert!(one["message"].as_str().unwrap().contains("chưa nhập"), "{one}");
    }
}

#[test]
fn every_unit_of_a_province_gets_its_forms() {
    let (out, done) = forms(&["--period", "2021-Q2", "--scope", "10"]);
    let found = names(out.path());
    assert_eq!(found.len(), 162 + 9);
    assert_eq!(found.iter().filter(|name| name.ends_with("_2021_Q2_Bieu02.xlsx")).count(), 9);
    for name in ["BC_02647_2021_Q2.xlsx", "BC_087_2021_Q2.xlsx", "BC_10_2021_Q2.xlsx"] {
        assert!(found.iter().any(|other| other == name), "{name}");
    }
    assert!(done.out.contains("162 Biểu 01, 9 Biểu 02"), "{}", done.out);
    assert!(done.out.contains("05/07/2021"), "{}", done.out);
    assert_untouched(out.path(), "2021-Q2", "10");
}

#[test]
fn without_districts_there_is_no_form_02() {
    let (out, _) = forms(&["--period", "2025-Q3"]);
    let found = names(out.path());
    assert_eq!(found.len(), 100);
    assert!(found.iter().all(|name| !name.contains("Bieu02")));
    assert_untouched(out.path(), "2025-Q3", "15");
    // The code is an older unit's too; the name is today's.
    let info = rows(&out.path().join("BC_02647_2025_Q3.xlsx"), "Thông tin", 3);
    assert_eq!(info[0], ["Mã đơn vị", "02647"]);
    assert_eq!(info[1], ["Tên đơn vị", "Phường Lào Cai"]);
    assert_eq!(info[2], ["Kỳ báo cáo", "Quý III/2025"], "no district is named");
}

#[test]
fn one_district_or_one_unit_alone() {
    for (words, expected) in [
        (&["--scope", "084"][..], 10 + 2),
        (&["--unit", "087"], 2),
        (&["--unit", "02989"], 1),
        (&["--unit", "xã bảo hà"], 1),
        (&["--unit", "Thanh Bình", "--scope", "083"], 1),
    ] {
        let words: Vec<&str> = ["--period", "2021-Q2"].iter().chain(words).copied().collect();
        let (out, _) = forms(&words);
        assert_eq!(names(out.path()).len(), expected, "{words:?}");
    }
}

#[test]
fn all_provinces_are_said_when_none_is_named() {
    let (out, done) = forms(&["--period", "2025-Q2", "--unit", "15"]);
    assert_eq!(names(out.path()), ["BC_15_2025_Q2.xlsx"]);
    assert!(!done.out.contains("--scope"), "{}", done.out);
    let (out, done) = forms(&["--period", "2025-Q2"]);
    assert!(done.out.contains("--scope 10"), "{}", done.out);
    // 319 communes, 18 districts with two forms each, two provinces.
    assert_eq!(names(out.path()).len(), 319 + 2 * 18 + 2);
}

#[test]
fn what_is_not_settled_is_carried_over() {
    let (out, done) = forms(&["--period", "2021-Q2", &quarter()]);
    assert_eq!(names(out.path()).len(), 171, "the province is the submissions' own");
    assert!(done.out.contains("135 kiến nghị của 95 đơn vị"), "{}", done.out);
    for file in ["082/BC_02704_2021_Q1.xlsx", "087/BC_02959_2021_Q1.xlsx"] {
        assert!(done.out.contains(file), "what could not be read is said: {}", done.out);
    }
    assert_untouched(out.path(), "2021-Q2", "10");
    let carried = rows(&out.path().join("BC_02644_2021_Q2.xlsx"), "Biểu 3 - Tồn đọng", 6);
    let prefilled: Vec<_> = carried.iter().filter(|row| row.len() > 2).collect();
    assert_eq!(prefilled.len(), 3);
    assert_eq!(
        *prefilled[0],
        [
            "1",
            "Quý I/2021",
            "Đề nghị hỗ trợ xi măng sửa nhà văn hóa tổ dân phố số 18",
            "L04 - Xây dựng, đô thị",
            "Xã",
            "K3 - Đang giải quyết",
            "Biểu 2 - Kiến nghị, hàng 5, tệp BC_02644_2021_Q1.xlsx"
        ]
    );
    assert_matches_the_source(out.path());
}

/// Exactly the rows of the last quarter whose outcome is open stand in the forms, no more and no less.
fn assert_matches_the_source(out: &Path) {
    let mut compared = 0;
    for path in content(&checkout("fixtures/2021-Q1/080")).keys() {
        let name = path.to_string_lossy();
        let source = checkout("fixtures/2021-Q1/080").join(path);
        let mut book: Xlsx<BufReader<fs::File>> = match open_workbook(&source) {
            Ok(book) => book,
            Err(_) => continue,
        };
        let Ok(range) = book.worksheet_range("Biểu 2 - Kiến nghị") else { continue };
        let open = |row: &&[Data]| {
            row.iter().any(|cell| {
                let text = cell.to_string();
                ["K3", "K4", "K5"]
                    .iter()
                    .any(|code| text == *code || text.starts_with(&format!("{code} ")))
            })
        };
        let expected = range.rows().filter(open).count();
        let blank = out.join(name.replace("2021_Q1", "2021_Q2"));
        if expected == 0 || !blank.exists() {
            continue;
        }
        let found = rows(&blank, "Biểu 3 - Tồn đọng", 6);
        let found = found.iter().filter(|row| row.len() > 2 && row[1] == "Quý I/2021");
        assert_eq!(found.count(), expected, "{name}");
        compared += 1;
    }
    assert!(compared > 3, "{compared} submissions compared");
}

#[test]
fn the_same_forms_are_the_same_bytes() {
    let all = |threads: &str| {
        let out = tempfile::tempdir().unwrap();
        let mut command = program();
        command.env("RAYON_NUM_THREADS", threads).arg("form").arg(quarter());
        command.args(["--period", "2021-Q2", "--scope", "087", "--out"]).arg(out.path());
        assert_eq!(ran(&mut command).status, Some(0));
        content(out.path())
    };
    assert!(all("1") == all("2"));
}

#[test]
fn a_filled_form_is_not_replaced_unasked() {
    let (out, _) = forms(&["--period", "2021-Q2", "--scope", "084"]);
    let before = content(out.path());
    let again = form(out.path(), &["--period", "2021-Q2", "--scope", "084"]);
    assert_eq!(again.status, Some(0), "the very same forms are no loss");
    let filled = out.path().join("BC_02800_2021_Q2.xlsx");
    fs::write(&filled, b"da dien").unwrap();
    let refused = form(out.path(), &["--period", "2021-Q2", "--scope", "084"]);
    assert!(refused.refusal().contains("BC_02800_2021_Q2.xlsx"), "{}", refused.err);
    assert_eq!(fs::read(&filled).unwrap(), b"da dien");
    let backed = form(out.path(), &["--period", "2021-Q2", "--scope", "084", "--backup"]);
    assert_eq!(backed.status, Some(0));
    assert_eq!(fs::read(filled.with_extension("xlsx.bak")).unwrap(), b"da dien");
    let after = content(out.path());
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
}

#[test]
fn what_cannot_be_drawn_is_told_in_one_sentence() {
    let (quarter, empty) = (quarter(), tempfile::tempdir().unwrap());
    let empty = empty.path().display().to_string();
    for (words, told) in [
        (&["--period", "2021-Q2", "--unit", "Xã Không Có"][..], "Xã Không Có"),
        (&["--period", "2021-Q2", "--unit", "Thanh Bình"], "02779 Xã Thanh Bình; 03022"),
        (&["--period", "2025-Q3", "--unit", "02641"], "02641"),
        (&["--period", "2021-Q2", "--unit", "02647", "--scope", "087"], "Huyện Bảo Yên"),
        (&["--period", "2021-H1"], "từng quý"),
        (&["--period", "2021"], "từng quý"),
        (&["--period", "1999-Q1"], "1999-Q1"),
        (&["--period", "2001-Q1"], "--units"),
        (&["--period", "2021-Q2", "--scope", "99"], "99"),
        (&["--period", "2021-Q2", "--scope", "02647"], "cấp xã"),
        (&["--period", "2021-Q2", "--profile", "quy-che-71"], "quy-che-17"),
        (&["--period", "2021-Q2", "--office", "không có.toml"], "không có.toml"),
        (&["--period", "2021-Q3", &quarter], "quý II/2021"),
        (&["--period", "2021-Q2", &empty], "quý I/2021"),
        (&["--period", "2021-Q2", "không có"], "Không tìm thấy thư mục"),
        (&["--scope", "10"], "--period"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("bieu");
        let done = form(&out, words);
        assert!(done.refusal().contains(told), "{words:?}: {}", done.err);
        assert!(!out.exists(), "{words:?} left something behind");
    }
}

#[test]
fn the_office_and_the_profile_are_in_the_guide() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path().join("co-quan.toml");
    fs::write(&office, "co_quan_trong_cau = \"Ban Dân vận Huyện ủy Bảo Yên\"\n").unwrap();
    let office = office.display().to_string();
    let words = ["--period", "2021-Q2", "--unit", "02989", "--office", office.as_str()];
    let (out, _) = forms(&words);
    let mut book: Xlsx<BufReader<fs::File>> =
        open_workbook(out.path().join("BC_02989_2021_Q2.xlsx")).unwrap();
    let guide = book.worksheet_range("Hướng dẫn").unwrap();
    let text: String = guide.rows().flatten().map(ToString::to_string).collect();
    for words in
        ["Ban Dân vận Huyện ủy Bảo Yên chậm nhất là ngày 05/07/2021", "BC_02989_2021_Q2.xlsx"]
    {
        assert!(text.contains(words), "{text}");
    }
    assert!(!text.contains('{'), "{text}");
}
