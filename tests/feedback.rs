//! The feedback as an office uses it: marked copies go out, come back corrected or explained, and are read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Ran, content, program};
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use tempfile::TempDir;

/// A commune's report with a telephone number and a date that there is not.
const REPORT: &str = "Đơn vị;Xã Bảo Hà\nMã đơn vị;02989\nKỳ báo cáo;Quý I/2021\nNgười lập biểu;Lò Văn Che\n\n\
STT;Ngày tổ chức;Loại cuộc;Chủ trì;Chủ đề, nội dung;Số lượt người tham gia;Tổng số ý kiến;Ghi chú\n\
1;15/03/2021;Định kỳ;Bí thư;Đường liên thôn;85;2;=1+1 gọi 0912345678\n\
2;31/02/2021;Đột xuất;Bí thư;Nước sạch;40;1;\n";

fn run(words: &[&str], input: &Path, out: Option<&Path>) -> Ran {
    let mut command = program();
    command.args(words).arg(input).args(["--period", "2021-Q1", "--scope", "087"]);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    Ran::of(&command.output().unwrap())
}

fn result(input: &Path) -> Value {
    let ran = run(&["check", "--format", "json"], input, None);
    serde_json::from_str(&ran.out).unwrap()
}

fn of_unit<'r>(result: &'r Value, code: &str) -> Vec<&'r Value> {
    let found = result["diagnostics"].as_array().unwrap().iter();
    found.filter(|one| one["unit"] == "02989" && one["code"] == code).collect()
}

/// The parts of a package by name.
fn parts(package: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    parts
}

/// The package with one text replaced wherever it stands in a sheet.
fn edited(package: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = 0;
    for (name, text) in parts(package) {
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        found += text.matches(from).count();
        out.write_all(text.replace(from, to).as_bytes()).unwrap();
    }
    assert_eq!(found, 1, "{from}");
    out.finish().unwrap().into_inner()
}

struct Office {
    root: TempDir,
}

impl Office {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let office = Self { root };
        fs::create_dir(office.input()).unwrap();
        fs::write(office.input().join("BC_02989_2021_Q1.csv"), REPORT).unwrap();
        office
    }

    fn input(&self) -> std::path::PathBuf {
        self.root.path().join("nop")
    }

    fn out(&self) -> std::path::PathBuf {
        self.root.path().join("ra")
    }

    fn feedback(&self) -> Vec<u8> {
        let ran = run(&["feedback"], &self.input(), Some(&self.out()));
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        fs::read(self.out().join("phan-hoi/02989-xa-bao-ha.xlsx")).unwrap()
    }
}

#[test]
fn a_text_file_comes_back_as_a_marked_workbook() {
    let office = Office::new();
    let copy = office.feedback();
    let parts = parts(&copy);
    let part = |name: &str| &parts.iter().find(|(own, _)| own == name).unwrap().1;
    // Nothing that was sent is a formula, and the cell is what it was.
    assert!(!parts.iter().any(|(_, text)| text.contains("<f>")));
    assert!(part("xl/worksheets/sheet1.xml").contains("=1+1 gọi 0912345678"));
    let comments = part("xl/comments1.xml");
    assert!(comments.contains("ref=\"B8\"") && comments.contains("31/02/2021"), "{comments}");
    let letter = part("xl/worksheets/sheet2.xml");
    for words in ["TRẢ LẠI", "Hạn gửi lại: ngày 10/04/2021", "!B8\"", "02989", "DL02"] {
        assert!(letter.contains(words), "{words}");
    }
    assert!(!letter.contains("0912345678"));
    let text = fs::read_to_string(office.out().join("phan-hoi/02989-xa-bao-ha.txt")).unwrap();
    assert!(text.starts_with("TRẢ LẠI ĐỂ SỬA: báo cáo quý I/2021 của Xã Bảo Hà.\nHạn gửi lại"));
    assert!(text.contains("ô B8: ") && !text.contains("0912345678"), "{text}");
    let list = fs::read_to_string(office.out().join("phan-hoi/bien-nhan.csv")).unwrap();
    assert!(list.contains("02989 Xã Bảo Hà") && list.contains("02989-xa-bao-ha.xlsx"), "{list}");
}

/// The copy as a unit sends it back: with words in the cell before the key of a finding.
fn explained(copy: &[u8], key: &str, words: &str) -> Vec<u8> {
    let letter = parts(copy).into_iter().find(|(_, text)| text.contains("PHIẾU")).unwrap().1;
    let row = &letter[..letter.find(key).unwrap()];
    let cell = &row[row.rfind("<c r=\"I").unwrap()..];
    let cell = &cell[..=cell.find('>').unwrap()];
    let open = cell.trim_end_matches("/>");
    let answer = format!("{open} t=\"inlineStr\"><is><t>{words}</t></is></c>");
    edited(copy, cell, &answer)
}

#[test]
fn of_a_compiled_workbook_each_unit_answers_for_itself() {
    let office = Office::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, unit, people) in [("1", "XÃ BẢO HÀ", "85"), ("2", "XÃ CAM CỌN", "tám")] {
        let page = book.add_worksheet().set_name(sheet).unwrap();
        let lines = REPORT.lines().skip(5).take(2);
        page.write_string(0, 0, format!("{unit} - Quý I/2021")).unwrap();
        for (row, line) in (2..).zip(lines) {
            for (col, cell) in (0..).zip(line.replace("85", people).split(';')) {
                page.write_string(row, col, cell).unwrap();
            }
        }
    }
    fs::remove_file(office.input().join("BC_02989_2021_Q1.csv")).unwrap();
    book.save(office.input().join("Huyen Bao Yen quy 1-2021.xlsx")).unwrap();
    run(&["feedback"], &office.input(), Some(&office.out()));
    let copy = fs::read(office.out().join("phan-hoi/02974-xa-cam-con.xlsx")).unwrap();
    let before = result(&office.input());
    let fault = before["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "DL01");
    let sent = explained(&copy, fault.unwrap()["key"].as_str().unwrap(), "Ghi nhầm");
    fs::write(office.input().join("gửi lại.xlsx"), sent).unwrap();
    let after = result(&office.input());
    let found = &after["explanations"][0];
    assert_eq!((&found["unit"], &found["status"]), (&"02974".into(), &"applied".into()));
    // The answer replaces the same sheet of what it answers.
    let files = after["files"].as_array().unwrap().iter().filter(|one| one["unit"] == "02974");
    let fates: Vec<_> = files.map(|one| (&one["path"], &one["status"])).collect();
    assert!(fates.contains(&(&"gửi lại.xlsx".into(), &"used".into())), "{fates:?}");
}

#[test]
fn what_a_unit_explains_is_shown_and_changes_nothing() {
    let office = Office::new();
    let copy = office.feedback();
    let before = result(&office.input());
    let key = run_key(&before);
    let sent = explained(&copy, &key, "Ghi nhầm, hỏi 0987654321");
    fs::write(office.input().join("gửi lại.xlsx"), sent).unwrap();
    let after = result(&office.input());
    let file = |path: &str| {
        let files = after["files"].as_array().unwrap().iter();
        files.clone().find(|file| file["path"] == path).unwrap()["status"].clone()
    };
    // The answer replaces what it answers.
    assert_eq!(
        (file("gửi lại.xlsx"), file("BC_02989_2021_Q1.csv")),
        ("used".into(), "superseded".into())
    );
    assert_eq!(before["units"], after["units"]);
    let found = of_unit(&after, "DL02");
    assert_eq!(found[0]["explanation"], "Đơn vị giải trình, chưa duyệt: Ghi nhầm, hỏi ••••••••••");
    assert_eq!(found[0]["severity"], "error");
    let explained = &after["explanations"][0];
    assert_eq!(
        (&explained["decision"], &explained["status"]),
        (&"pending".into(), &"applied".into())
    );
    // In the next round the unit finds its own words again, and the sheet is not there twice.
    let again = office.feedback();
    let all = parts(&again);
    let letters: Vec<_> = all.iter().filter(|(_, text)| text.contains("PHIẾU PHẢN HỒI")).collect();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].1.contains("Ghi nhầm, hỏi 0987654321"));
    // What the office then decides holds.
    let list = "code,unit,reason,decision\nDL02,02989,Đã xem,refused\n";
    fs::write(office.input().join("giai-trinh.csv"), list).unwrap();
    let decided = result(&office.input());
    let words = of_unit(&decided, "DL02")[0]["explanation"].clone();
    assert_eq!(words, "Giải trình không được chấp nhận: Đã xem");
}

/// The key of the finding about the date, as the workbook and the sheet show it.
fn run_key(result: &Value) -> String {
    of_unit(result, "DL02")[0]["key"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_sheet_alone_is_no_report() {
    let office = Office::new();
    fs::remove_file(office.input().join("BC_02989_2021_Q1.csv")).unwrap();
    let ran = run(&["feedback"], &office.input(), Some(&office.out()));
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let copy = fs::read(office.out().join("phan-hoi/02989-xa-bao-ha.xlsx")).unwrap();
    fs::write(office.input().join("phiếu.xlsx"), &copy).unwrap();
    let result = result(&office.input());
    let units = result["units"].as_array().unwrap();
    let unit = units.iter().find(|unit| unit["code"] == "02989").unwrap();
    assert_eq!(unit["submission"], "missing");
    assert_eq!(result["files"][0]["status"], "ignored");
}

#[test]
fn the_same_bytes_and_nothing_out_of_date() {
    let office = Office::new();
    office.feedback();
    let first = content(&office.out());
    office.feedback();
    assert!(first == content(&office.out()));
    // A folder of feedback inside the input is no submission.
    let inside = office.input().join("phan-hoi");
    fs::create_dir(&inside).unwrap();
    for (name, bytes) in &first {
        fs::write(inside.join(name.file_name().unwrap()), bytes).unwrap();
    }
    let files = result(&office.input())["files"].clone();
    let used = files.as_array().unwrap().iter().filter(|file| file["status"] == "used").count();
    assert_eq!(used, 1);
    // Before the deadline nobody is late: what the other communes were told is put away.
    let words = ["report", "--feedback", "--as-of", "2021-04-01"];
    let ran = run(&words, &office.input(), Some(&office.out()));
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let names = content(&office.out()).into_keys().map(|path| path.to_string_lossy().into_owned());
    let other: Vec<String> = names.filter(|name| name.contains("02947-")).collect();
    assert_eq!(other.len(), 2);
    assert!(other.iter().all(|name| name.rsplit('.').next() == Some("bak")), "{other:?}");
}
