//! The office's list of explanations over files: what a row changes, where it is shown, when it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/commune.rs"]
mod commune;
#[path = "support/program.rs"]
mod program;

use calamine::{Reader, Xlsx, open_workbook};
use commune::Commune;
use program::{Ran, program};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const CHAIR: usize = 5;
const HEADER: &str =
    "Mã lỗi;Mã đơn vị;Kỳ;Vị trí hoặc khóa;Lý do;Kết luận;Người duyệt;Ngày duyệt;Hiệu lực đến";

/// A folder with a commune full of faults, and one whose only meeting a deputy chaired.
struct Office {
    root: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { root: tempfile::tempdir().unwrap() };
        fs::create_dir(office.input()).unwrap();
        Commune::faulty().write(&office.input());
        let mut short = Commune::clean();
        short.put(0, CHAIR, "Ủy quyền");
        short.write(&office.input());
        office.list(&[]);
        office
    }

    fn input(&self) -> PathBuf {
        self.root.path().join("nop")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("ra")
    }

    fn list(&self, rows: &[&str]) {
        let text = format!("{HEADER}\n{}\n", rows.join("\n"));
        fs::write(self.input().join("giai-trinh.csv"), text).unwrap();
    }

    fn run(&self, command: &str, words: &[&str]) -> Ran {
        let mut all = program();
        all.arg(command).arg(self.input()).args(["--period", "2021-Q1", "--scope", "087"]);
        let as_of = if words.contains(&"--as-of") { &[][..] } else { &["--as-of", "2021-04-05"] };
        Ran::of(&all.args(as_of).args(words).output().unwrap())
    }

    fn result(&self, words: &[&str]) -> Value {
        let ran = self.run("check", &[&["--format", "json"], words].concat());
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }
}

/// The paths at which two results differ; of files and explanations nothing is said.
fn differences(before: &Value, after: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for (key, value) in before.as_object().unwrap() {
        if key != "files" && key != "explanations" {
            differ(key, value, &after[key], &mut out);
        }
    }
    out
}

fn differ(path: &str, before: &Value, after: &Value, out: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(one), Value::Object(two)) => {
            assert!(one.keys().eq(two.keys()), "{path}");
            one.iter()
                .for_each(|(key, value)| differ(&format!("{path} {key}"), value, &two[key], out));
        }
        (Value::Array(one), Value::Array(two)) => {
            assert_eq!(one.len(), two.len(), "{path}");
            for (one, two) in one.iter().zip(two) {
                let named =
                    ["code", "unit", "cell"].iter().filter_map(|key| one.get(key)?.as_str());
                let name: Vec<&str> = named.collect();
                differ(&format!("{path} {}", name.join(" ")), one, two, out);
            }
        }
        _ if before != after => out.push(format!("{path}: {after}")),
        _ => {}
    }
}

fn fates(result: &Value) -> Vec<(String, u64)> {
    let all = result["explanations"].as_array().unwrap().iter();
    all.map(|one| (one["status"].as_str().unwrap().to_owned(), one["findings"].as_u64().unwrap()))
        .collect()
}

#[test]
fn a_row_changes_what_it_names_and_nothing_else() {
    let office = Office::new();
    let before = office.result(&[]);
    let key = before["diagnostics"].as_array().unwrap().iter().find(|one| one["cell"] == "T9");
    let key = key.unwrap()["key"].as_str().unwrap();
    let by_key = format!("HS02;02989;;{key};Thất lạc;chấp nhận;;;");
    let lost = "\"Giải trình được chấp nhận: Thất lạc\"";
    let one = |cell: &str| format!("diagnostics HS02 02989 {cell} explanation: {lost}");
    let ill = "Giải trình được chấp nhận (Trưởng ban), đến ngày 30/06/2021: Bí thư ốm";
    let quota = |words: &str| format!("diagnostics CT01 02977 A6 explanation: \"{words}\"");
    for (row, expected, fate) in [
        ("HS02;02989;;T8;Thất lạc;chấp nhận;;;", vec![one("T8")], Some(("applied", 1))),
        (&by_key, vec![one("T9")], Some(("applied", 1))),
        ("HS02;02989;;;Thất lạc;chấp nhận;;;", vec![one("T8"), one("T9")], Some(("applied", 2))),
        (
            "CT01;02977;quý I/2021;;Bí thư ốm;chấp nhận;Trưởng ban;06/04/2021;30/06/2021",
            vec![
                "units 02977 verdict: \"chua_dat_co_ly_do\"".to_owned(),
                quota(ill),
                format!("ledger 02977 note: \"Lý do không tổ chức: {ill}.\""),
            ],
            Some(("applied", 1)),
        ),
        (
            "CT01;02977;;;Bí thư ốm;không chấp nhận;;;",
            vec![quota("Giải trình không được chấp nhận: Bí thư ốm")],
            Some(("applied", 1)),
        ),
        // As a spreadsheet program saves a code, and as an office may say no.
        (
            "ct01;2977;;;Bí thư ốm;Từ chối;;;",
            vec![quota("Giải trình không được chấp nhận: Bí thư ốm")],
            Some(("applied", 1)),
        ),
        // The unit has explained; that nobody has decided yet costs neither the row nor the reason.
        (
            "CT01;02977;;;Bí thư ốm;;;;",
            vec![quota("Đơn vị giải trình, chưa duyệt: Bí thư ốm")],
            Some(("applied", 1)),
        ),
        ("CT01;02977;;B99;Bí thư ốm;chấp nhận;;;", vec![], Some(("unmatched", 0))),
        ("CT01;02989;;;Bí thư ốm;chấp nhận;;;", vec![], Some(("unmatched", 0))),
        ("CT01;02977;quý II/2021;;Bí thư ốm;chấp nhận;;;", vec![], None),
        ("CT01;02977;;;Bí thư ốm;chấp nhận;;;04/04/2021", vec![], Some(("expired", 1))),
    ] {
        office.list(&[row]);
        let after = office.result(&[]);
        assert_eq!(differences(&before, &after), expected, "{row}");
        let fate = fate.map(|(fate, findings)| (fate.to_owned(), findings));
        assert_eq!(fates(&after), fate.into_iter().collect::<Vec<_>>(), "{row}");
    }
}

#[test]
fn it_holds_to_its_last_day_and_the_consequence_comes_back() {
    let office = Office::new();
    let verdict = |result: &Value| {
        let units = result["units"].as_array().unwrap();
        units.iter().find(|unit| unit["code"] == "02977").unwrap()["verdict"].clone()
    };
    office.list(&["CT01;02977;;;Bí thư ốm;chấp nhận;;;30/04/2021"]);
    let last_day = office.result(&["--as-of", "2021-04-30"]);
    assert_eq!(
        (verdict(&last_day), fates(&last_day)),
        ("chua_dat_co_ly_do".into(), vec![("applied".to_owned(), 1)])
    );
    let day_after = office.result(&["--as-of", "2021-05-01"]);
    assert_eq!(
        (verdict(&day_after), fates(&day_after)),
        ("chua_dat".into(), vec![("expired".to_owned(), 1)])
    );
    let told = office.run("check", &["--as-of", "2021-05-01"]).out;
    assert!(told.contains("giai-trinh.csv, dòng 2: CT01 của 02977: đã hết hạn."), "{told}");
    assert!(!told.contains("Bí thư ốm"));
}

#[test]
fn of_two_decisions_the_later_holds_and_a_waiting_row_undoes_none() {
    let office = Office::new();
    let before = office.result(&[]);
    let (yes, no, waits) = (
        "HS02;02989;;;Có;chấp nhận;;;",
        "HS02;02989;;T8;Không;không chấp nhận;;;",
        "HS02;02989;;;Chờ;;;;",
    );
    let shown =
        |cell: &str, words: &str| format!("diagnostics HS02 02989 {cell} explanation: \"{words}\"");
    let accepted = |cell| shown(cell, "Giải trình được chấp nhận: Có");
    let refused = |cell| shown(cell, "Giải trình không được chấp nhận: Không");
    for (rows, expected, fates_expected) in [
        (
            vec![yes, yes],
            vec![accepted("T8"), accepted("T9")],
            vec![("replaced", 2), ("applied", 2)],
        ),
        (vec![yes, no], vec![refused("T8"), accepted("T9")], vec![("applied", 2), ("applied", 1)]),
        (
            vec![no, yes],
            vec![accepted("T8"), accepted("T9")],
            vec![("replaced", 1), ("applied", 2)],
        ),
        (
            vec![yes, waits],
            vec![accepted("T8"), accepted("T9")],
            vec![("applied", 2), ("applied", 2)],
        ),
        (
            vec![no, waits],
            vec![refused("T8"), shown("T9", "Đơn vị giải trình, chưa duyệt: Chờ")],
            vec![("applied", 1), ("applied", 2)],
        ),
    ] {
        office.list(&rows);
        let after = office.result(&[]);
        assert_eq!(differences(&before, &after), expected, "{rows:?}");
        let named: Vec<(String, u64)> =
            fates_expected.iter().map(|(fate, count)| ((*fate).to_owned(), *count)).collect();
        assert_eq!(fates(&after), named, "{rows:?}");
    }
    office.list(&[yes, yes]);
    let told = office.run("check", &[]).out;
    assert!(told.contains("dòng 2: HS02 của 02989: có dòng sau thay thế."), "{told}");
}

/// Letters alone: a reader of PDF breaks lines where the page does.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn sheet(book: &mut Xlsx<std::io::BufReader<fs::File>>, name: &str) -> String {
    let range = book.worksheet_range(name).unwrap();
    range.used_cells().map(|(_, _, cell)| cell.to_string() + "\n").collect()
}

#[test]
fn every_output_shows_it_with_its_finding() {
    let office = Office::new();
    office.list(&[
        "CT01;02977;;;Bí thư ốm;chấp nhận;Trưởng ban;;",
        "TH02;02989;;;Văn thư nghỉ;không chấp nhận;;;",
        "SL02;02989;;;Đếm cả trẻ em;;;;",
        "TH05;087;;;Mất điện;chấp nhận;;;",
        "CT01;02989;;;Không có gì;chấp nhận;;;",
        "HS02;02989;;;Đã lâu;chấp nhận;;;01/04/2021",
    ]);
    let out = office.out();
    let ran = office.run("report", &["--feedback", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let accepted = "Giải trình được chấp nhận (Trưởng ban): Bí thư ốm";
    let refused = "Giải trình không được chấp nhận: Văn thư nghỉ";
    let waiting = "Đơn vị giải trình, chưa duyệt: Đếm cả trẻ em";
    let missing = "Giải trình được chấp nhận: Mất điện";
    let all = [accepted, refused, waiting, missing];
    let holds = |what: &str, text: &str, words: &[&str]| {
        for word in words {
            assert!(letters(text).contains(&letters(word)), "{what}: {word}\n{text}");
        }
        assert!(!text.contains("Đã lâu"), "{what}: an explanation that is over");
    };
    let json = fs::read_to_string(out.join("ket-qua-2021-Q1.json")).unwrap();
    let result: Value = serde_json::from_str(&json).unwrap();
    let diagnostics = result["diagnostics"].as_array().unwrap().iter();
    let said: Vec<&str> = diagnostics.filter_map(|one| one["explanation"].as_str()).collect();
    holds("JSON", &said.join("\n"), &all);
    let mut book: Xlsx<_> = open_workbook(out.join("tong-hop-2021-Q1.xlsx")).unwrap();
    let faults = sheet(&mut book, "Lỗi số liệu");
    holds("Lỗi số liệu", &faults, &all);
    let over =
        ["đã hết hạn: dòng 7 (HS02 của 02989)", "không khớp lỗi nào: dòng 6 (CT01 của 02989)"];
    holds("Lỗi số liệu", &faults, &over);
    holds("PL3", &sheet(&mut book, "PL3 - Chưa nộp, chưa đạt"), &[accepted, missing]);
    holds("Sổ chỉ tiêu", &sheet(&mut book, "Sổ chỉ tiêu"), &[accepted]);
    let pdf = lopdf::Document::load(out.join("bao-cao-2021-Q1.pdf")).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    let text = pdf.extract_text(&pages).unwrap();
    holds("PDF", &text, &[accepted, missing]);
    let screen = office.run("check", &[]).out;
    holds("terminal", &screen, &all);
    holds(
        "terminal",
        &screen,
        &["dòng 7: HS02 của 02989: đã hết hạn", "dòng 6: CT01 của 02989: không khớp lỗi nào"],
    );
    let letter = |name: &str| {
        let mut book: Xlsx<_> = open_workbook(out.join("phan-hoi").join(name)).unwrap();
        sheet(&mut book, "Phiếu phản hồi")
    };
    holds("feedback of 02989", &letter("02989-xa-bao-ha.xlsx"), &[refused, "Đếm cả trẻ em"]);
    holds("feedback of 02977", &letter("02977-xa-minh-tan.xlsx"), &[accepted]);
    let message = fs::read_to_string(out.join("phan-hoi/02989-xa-bao-ha.txt")).unwrap();
    holds("message to 02989", &message, &[refused, waiting]);
    let account = office.run("ledger", &[]);
    assert_eq!(account.status, Some(2), "a unit is wanted: {}", account.err);
}

#[test]
fn the_list_is_read_as_a_spreadsheet_program_saves_it() {
    let office = Office::new();
    let row = "CT01;02977;;;Bí thư ốm;chấp nhận;;;";
    let text = format!("{HEADER}\n{row}\n");
    office.list(&[row]);
    let expected = office.result(&[]);
    let wide = |text: &str| -> Vec<u8> {
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    // Excel's "Unicode Text", and a Vietnamese Windows-1258.
    let old = b"Ma\xDE l\xF4\xDEi;Ma\xDE \xF0\xF5n vi\xF2;Ky\xCC;Vi\xF2 tri\xEC ho\xE3\xF2c kho\xECa;Ly\xEC do;K\xEA\xECt lu\xE2\xF2n\nCT01;02977;;;Bi\xEC th\xFD \xF4\xECm;ch\xE2\xECp nh\xE2\xF2n\n";
    for bytes in [wide(&text.replace(';', "\t")), wide(&text), old.to_vec()] {
        fs::write(office.input().join("giai-trinh.csv"), bytes).unwrap();
        let found = office.result(&[]);
        assert_eq!(found["explanations"], expected["explanations"]);
        assert_eq!(found["units"], expected["units"]);
    }
}

#[test]
fn receipts_are_read_as_a_spreadsheet_program_saves_them() {
    let office = Office::new();
    for name in Commune::faulty().files {
        fs::rename(office.input().join(name), office.input().join(format!("Bảo Hà {name}")))
            .unwrap();
    }
    let late = |result: &Value| {
        let units = result["units"].as_array().unwrap();
        units.iter().find(|unit| unit["code"] == "02989").unwrap()["submission"].clone()
    };
    assert_eq!(late(&office.result(&[])), "on_time");
    let text = "Tệp\tNgày nhận\nBảo Hà BC_02989_bieu1.csv\t09/04/2021\n";
    let wide: Vec<u8> =
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old =
        b"T\xEA\xF2p;Nga\xCCy nh\xE2\xF2n\nBa\xD2o Ha\xCC BC_02989_bieu1.csv;09/04/2021\n".to_vec();
    for bytes in [text.as_bytes().to_vec(), wide, old] {
        fs::write(office.input().join("nhan.csv"), bytes).unwrap();
        assert_eq!(late(&office.result(&["--as-of", "2021-04-10"])), "late");
    }
}
