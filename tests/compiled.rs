//! One workbook with several submissions: both forms of a district, a sheet for each unit, a sheet for each quarter.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::path::Path;

const MEETINGS: &str =
    "STT;Ngày tổ chức;Loại cuộc;Chủ trì;Chủ đề, nội dung;Số lượt người tham gia;Tổng số ý kiến
1;15/03/2021;Định kỳ;Bí thư;Đường liên thôn;85;2
";
const PETITIONS: &str =
    "STT;Cuộc số;Nội dung ý kiến, kiến nghị;Lĩnh vực;Thẩm quyền giải quyết;Kết quả
1;1;Đề nghị sửa cầu treo thôn Bản Lùng;Giao thông;Xã;Đang GQ
";
const ROLL_UP: &str = "TT;Mã xã;Tên xã;Định kỳ;Đột xuất;Số lượt người tham gia;Tổng số ý kiến
1;02989;Xã Bảo Hà;1;0;90;5
2;02974;Xã Cam Cọn;1;0;60;3
";

/// Meetings with so many people in the first one.
fn meetings(people: u32) -> String {
    MEETINGS.replace(";85;", &format!(";{people};"))
}

/// A sheet with lines above its table, one cell each.
fn under(lines: &[&str], table: &str) -> String {
    let lines: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
    lines + table
}

fn book(folder: &Path, name: &str, sheets: &[(&str, String)]) {
    let mut book = Workbook::new();
    for (sheet, text) in sheets {
        let page = book.add_worksheet().set_name(*sheet).unwrap();
        for (row, line) in (0..).zip(text.lines()) {
            for (col, cell) in (0..).zip(line.split(';')).filter(|(_, cell)| !cell.is_empty()) {
                page.write_string(row, col, cell).unwrap();
            }
        }
    }
    book.save(folder.join(name)).unwrap();
}

fn check(folder: &Path) -> Value {
    let output = Command::cargo_bin("qc17")
        .unwrap()
        .args(["check", "--period", "2021-Q1", "--scope", "087", "--format", "json"])
        .arg(folder)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn feedback(folder: &Path, out: &Path) {
    Command::cargo_bin("qc17")
        .unwrap()
        .args(["feedback", "--period", "2021-Q1", "--scope", "087", "--out"])
        .args([out, folder])
        .output()
        .unwrap();
}

/// Form, unit and fate of each line of the list of files.
fn lines(result: &Value) -> Vec<[&str; 3]> {
    let files = result["files"].as_array().unwrap().iter();
    files.map(|f| ["form", "unit", "status"].map(|key| f[key].as_str().unwrap_or(""))).collect()
}

/// State and people of a unit.
fn unit<'r>(result: &'r Value, code: &str) -> (&'r str, Option<u64>) {
    let mut units = result["units"].as_array().unwrap().iter();
    let unit = units.find(|unit| unit["code"] == code).unwrap();
    (unit["submission"].as_str().unwrap(), unit["attendees"].as_u64())
}

/// Severity and sheet of the findings of that rule that stand in a file.
fn found<'r>(result: &'r Value, code: &str) -> Vec<(&'r str, &'r str)> {
    let all = result["diagnostics"].as_array().unwrap().iter();
    let all = all.filter(|d| d["code"] == code && d["file"].is_string());
    all.map(|d| (d["severity"].as_str().unwrap(), d["sheet"].as_str().unwrap_or(""))).collect()
}

#[test]
fn a_district_sends_both_forms_in_one_workbook() {
    let own = under(&["HUYỆN BẢO YÊN", "Quý I/2021"], MEETINGS);
    let all = under(&["HUYỆN BẢO YÊN", "BIỂU 02 - Quý I/2021"], ROLL_UP);
    let both = |one: &str, two: &str| one.to_owned() + "\n\n" + two;
    for (what, sheets) in [
        ("own first", vec![("Biểu 1", own.clone()), ("Biểu 02", all.clone())]),
        ("own last", vec![("Biểu 02", all.clone()), ("Biểu 1", own.clone())]),
        ("one sheet", vec![("Báo cáo", both(&own, &all))]),
        ("one sheet, own last", vec![("Báo cáo", both(&all, &own))]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        book(folder.path(), "BC_087_2021_Q1.xlsx", &sheets);
        let result = check(folder.path());
        let expected = [["01", "087", "used"], ["02", "087", "used"]];
        assert_eq!(lines(&result), expected, "{what}");
        assert_eq!(unit(&result, "087"), ("undated", Some(85)), "{what}");
        assert_eq!(unit(&result, "02989"), ("undated", Some(90)), "{what}");
        assert_eq!(unit(&result, "02974").1, Some(60), "{what}");
        assert_eq!(found(&result, "DV05"), [], "{what}");
    }
}

#[test]
fn a_form_left_blank_beside_the_other_is_none() {
    let heading = ["HUYỆN BẢO YÊN", "Quý I/2021"];
    let blank = |table: &str| under(&heading, table.lines().next().unwrap());
    for (sheets, line) in [
        ([("Biểu 1", blank(MEETINGS)), ("Biểu 02", under(&heading, ROLL_UP))], ["02", "087"]),
        ([("Biểu 1", under(&heading, MEETINGS)), ("Biểu 02", blank(ROLL_UP))], ["01", "087"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        book(folder.path(), "BC_087_2021_Q1.xlsx", &sheets);
        let result = check(folder.path());
        assert_eq!(lines(&result), [[line[0], line[1], "used"]]);
    }
}

#[test]
fn a_roll_up_beside_petitions_alone() {
    let folder = tempfile::tempdir().unwrap();
    let all = under(&["HUYỆN BẢO YÊN", "Quý I/2021"], ROLL_UP);
    let sheets = [("Biểu 02", all), ("Biểu 2", PETITIONS.to_owned())];
    book(folder.path(), "BC_087_2021_Q1.xlsx", &sheets);
    let result = check(folder.path());
    assert_eq!(lines(&result), [["", "087", "rejected"], ["02", "087", "used"]]);
    assert_eq!(found(&result, "BM01").len(), 1);
    assert_eq!(unit(&result, "087").0, "unreadable");
    assert_eq!(unit(&result, "02989").1, Some(90));
}

#[test]
fn a_roll_up_is_no_part_of_text_files() {
    let folder = tempfile::tempdir().unwrap();
    let heading = ["HUYỆN BẢO YÊN", "Quý I/2021"];
    for (name, table) in [("BC_087_Bieu1.csv", MEETINGS), ("BC_087_Bieu02.csv", ROLL_UP)] {
        std::fs::write(folder.path().join(name), under(&heading, table)).unwrap();
    }
    let result = check(folder.path());
    assert_eq!(lines(&result), [["02", "087", "used"], ["01", "087", "used"]]);
    assert_eq!(unit(&result, "02989").1, Some(90));
}

/// A sheet for each of two communes, named in its title.
fn of_two(first: u32, second: u32) -> [(&'static str, String); 2] {
    [
        ("1", under(&["HUYỆN BẢO YÊN", "XÃ BẢO HÀ - Quý I/2021"], &meetings(first))),
        ("2", under(&["HUYỆN BẢO YÊN", "XÃ CAM CỌN - Quý I/2021"], &meetings(second))),
    ]
}

#[test]
fn a_sheet_for_each_unit() {
    let named_by_sheet = [("Bảo Hà", meetings(40)), ("Cam Cọn", meetings(50))];
    for (what, name, sheets) in [
        ("titles", "Huyen Bao Yen quy 1-2021.xlsx", of_two(40, 50)),
        ("sheets", "Huyen Bao Yen quy 1-2021.xlsx", named_by_sheet),
        ("file names nobody", "Tong hop quy 1-2021.xlsx", of_two(40, 50)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        book(folder.path(), name, &sheets);
        let result = check(folder.path());
        let expected = [["01", "02989", "used"], ["01", "02974", "used"]];
        assert_eq!(lines(&result), expected, "{what}");
        assert_eq!(unit(&result, "02989").1, Some(40), "{what}");
        assert_eq!(unit(&result, "02974").1, Some(50), "{what}");
        // Each is said to be read as its own.
        assert_eq!(
            found(&result, "DV05"),
            [("info", sheets[0].0), ("info", sheets[1].0)],
            "{what}"
        );
    }
}

/// The workbooks of two communes, copied into one as spreadsheet programs name the copies.
fn copied_together(first: u32, second: u32) -> [(&'static str, String); 6] {
    let info = |code: &str, name: &str| {
        format!("Mã đơn vị;{code}\nTên đơn vị;{name}\nKỳ báo cáo;Quý I/2021\n")
    };
    [
        ("Thông tin", info("02989", "Xã Bảo Hà")),
        ("Biểu 1 - Hội nghị", meetings(first)),
        ("Biểu 2 - Kiến nghị", PETITIONS.to_owned()),
        ("Thông tin (2)", info("02974", "Xã Cam Cọn")),
        ("Biểu 1 - Hội nghị (2)", meetings(second)),
        (
            "Biểu 2 - Kiến nghị (2)",
            PETITIONS.to_owned() + "2;1;Đề nghị cấp nước;Nước sạch;Xã;Chưa GQ\n",
        ),
    ]
}

#[test]
fn the_workbooks_of_several_units_copied_into_one() {
    for name in ["Huyen Bao Yen quy 1-2021.xlsx", "Tong hop quy 1-2021.xlsx"] {
        let folder = tempfile::tempdir().unwrap();
        book(folder.path(), name, &copied_together(40, 50));
        let result = check(folder.path());
        let expected = [["01", "02974", "used"], ["01", "02989", "used"]];
        let mut lines = lines(&result);
        lines.sort_unstable();
        assert_eq!(lines, expected, "{name}");
        assert_eq!(unit(&result, "02989").1, Some(40), "{name}");
        assert_eq!(unit(&result, "02974").1, Some(50), "{name}");
        let said: Vec<_> = found(&result, "DV05").iter().map(|(severity, _)| *severity).collect();
        assert_eq!(said, ["info", "info"], "{name}");
        // One petition where the meeting heard two: each has its own.
        assert_eq!(found(&result, "SL03"), [("warning", "Biểu 1 - Hội nghị")], "{name}");
    }
}

#[test]
fn a_sheet_of_nobody_known_costs_that_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = of_two(40, 50);
    let strange = ("3", under(&["UBND XÃ TRỜI ƠI", "Quý I/2021"], &meetings(60)));
    book(folder.path(), "Huyen Bao Yen quy 1-2021.xlsx", &[one, two, strange]);
    let result = check(folder.path());
    let expected = [["01", "02989", "used"], ["01", "02974", "used"], ["01", "", "rejected"]];
    assert_eq!(lines(&result), expected);
    assert_eq!(found(&result, "DV05").last(), Some(&("error", "3")));
    assert_eq!(found(&result, "DV01"), [("error", "3")]);
}

#[test]
fn a_sheet_of_a_neighbour_in_a_commune_s_own_file_is_left_over() {
    for name in ["BC_02989_2021_Q1.xlsx", "Xã Cam Cọn quý I-2021.xlsx"] {
        let folder = tempfile::tempdir().unwrap();
        book(folder.path(), name, &of_two(40, 50));
        let result = check(folder.path());
        assert_eq!(lines(&result).len(), 1, "{name}");
        assert_eq!(found(&result, "DV05"), [("warning", "2")], "{name}");
        assert_eq!(unit(&result, "02974").0, "missing", "{name}");
    }
}

#[test]
fn a_unit_s_own_file_goes_before_what_others_compiled() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), "Huyen Bao Yen quy 1-2021 lan 3.xlsx", &of_two(40, 50));
    let own = under(&["XÃ BẢO HÀ", "Quý I/2021"], &meetings(45));
    book(folder.path(), "BC_02989_2021_Q1.xlsx", &[("Biểu 1", own)]);
    let result = check(folder.path());
    assert_eq!(unit(&result, "02989").1, Some(45));
    assert_eq!(unit(&result, "02974").1, Some(50));
    assert!(found(&result, "DV05").contains(&("warning", "")), "the compiled one is told");
}

#[test]
fn a_sheet_for_each_quarter() {
    let second = meetings(70).replace("15/03", "15/06");
    for name in ["BC_02989_2021_Q1.xlsx", "Xã Bảo Hà quý I-2021.xlsx"] {
        let folder = tempfile::tempdir().unwrap();
        let sheets = [("Quý II", second.clone()), ("Quý I", meetings(40))];
        book(folder.path(), name, &sheets);
        let result = check(folder.path());
        assert_eq!(unit(&result, "02989").1, Some(40), "{name}");
        assert_eq!(found(&result, "DV05"), [("warning", "Quý II")], "{name}");
        assert_eq!(found(&result, "KY04"), [], "{name}");
    }
}

#[test]
fn an_old_sheet_in_place_of_an_empty_one_is_told() {
    let header = MEETINGS.lines().next().unwrap().to_owned();
    for (old, told) in [("Biểu 1 (cũ)", true), ("Trang 2", false)] {
        let folder = tempfile::tempdir().unwrap();
        let sheets = [("Biểu 1", header.clone()), (old, meetings(40))];
        book(folder.path(), "BC_02989_2021_Q1.xlsx", &sheets);
        let result = check(folder.path());
        assert_eq!(unit(&result, "02989").1, Some(40), "{old}");
        let expected = if told { vec![("error", old)] } else { vec![] };
        assert_eq!(found(&result, "DV05"), expected, "{old}");
    }
}

#[test]
fn sheets_without_a_table_are_named() {
    let further = "2;20/03/2021;Đột xuất;Bí thư;Cấp nước;60;1";
    let people = "1;Lò Văn A;Nam;1970;Thôn 1\n2;Lò Thị B;Nữ;1980;Thôn 2\n3;Lý A C;Nam;1985;Thôn 3";
    for (sheet, text, expected) in [
        ("Biểu 1 (tiếp)", further, ("DL03", "error")),
        ("Danh sách", people, ("TEP05", "info")),
        ("Sheet3", "Người lập;;;Chủ tịch", ("", "")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let sheets = [("Biểu 1", meetings(40)), (sheet, text.to_owned())];
        book(folder.path(), "BC_02989_2021_Q1.xlsx", &sheets);
        let result = check(folder.path());
        assert_eq!(unit(&result, "02989").1, Some(40), "{sheet}");
        for code in ["DL03", "TEP05"] {
            let severity = if code == expected.0 { vec![(expected.1, sheet)] } else { vec![] };
            assert_eq!(found(&result, code), severity, "{sheet}");
        }
    }
}

#[test]
fn both_forms_in_one_workbook_are_marked_once() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = under(&["HUYỆN BẢO YÊN", "Quý I/2021"], &MEETINGS.replace("85", "tám"));
    let all = under(&["HUYỆN BẢO YÊN", "Quý I/2021"], &ROLL_UP.replace("60", "sáu"));
    book(folder.path(), "BC_087_2021_Q1.xlsx", &[("Biểu 1", own), ("Biểu 02", all)]);
    feedback(folder.path(), out.path());
    let entries = std::fs::read_dir(out.path().join("phan-hoi")).unwrap();
    let written: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let of_district: Vec<&String> =
        written.iter().filter(|name| name.starts_with("087-") && !name.ends_with("txt")).collect();
    assert_eq!(of_district.len(), 1, "{written:?}");
}

#[test]
fn each_unit_of_a_compiled_workbook_is_told_of_its_own() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [(one, first), (two, second)] = of_two(40, 50);
    let all = under(&["HUYỆN BẢO YÊN", "Quý I/2021"], ROLL_UP);
    let sheets = [("Biểu 02", all), (one, first.replace("40", "tám")), (two, second)];
    book(folder.path(), "BC_087_2021_Q1.xlsx", &sheets);
    feedback(folder.path(), out.path());
    let text =
        |name: &str| std::fs::read_to_string(out.path().join("phan-hoi").join(name)).unwrap();
    let (commune, other) = (text("02989-xa-bao-ha.txt"), text("02974-xa-cam-con.txt"));
    assert!(commune.contains("tám") && !other.contains("tám"), "{commune}\n{other}");
    // Where its roll-up differs from a commune, the district is told as well.
    let district = text("087-huyen-bao-yen.txt");
    assert!(district.contains("Cam Cọn") && !district.contains("tám"), "{district}");
    assert!(other.contains("Cam Cọn"), "{other}");
}
