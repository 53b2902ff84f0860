//! The workbook and the PDF read back by other readers: the figures of the JSON result, text as text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use program::{assert_whole, checkout, program, skip};
use serde_json::Value;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The outputs of the committed quarter, written once for all tests here.
fn quarter() -> &'static Path {
    static OUT: OnceLock<TempDir> = OnceLock::new();
    OUT.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        report(&checkout("fixtures/2021-Q1"), out.path());
        assert_whole(out.path());
        out
    })
    .path()
}

fn report(input: &Path, out: &Path) {
    let mut command = program();
    command.arg("report").arg(input).args(["--period=2021-Q1", "--scope=10", "--out"]).arg(out);
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
}

fn result(out: &Path) -> Value {
    serde_json::from_slice(&fs::read(out.join("ket-qua-2021-Q1.json")).unwrap()).unwrap()
}

fn workbook(out: &Path) -> Xlsx<BufReader<fs::File>> {
    open_workbook(out.join("tong-hop-2021-Q1.xlsx")).unwrap()
}

/// The counts in the order of PL1; its column of all meetings held is no count of the result.
const COUNTS: [&str; 19] = [
    "required",
    "counted",
    "periodic",
    "ad_hoc",
    "",
    "by_secretary",
    "by_chairman",
    "by_both",
    "by_deputy",
    "attendees",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "notices_on_time",
    "notices_late",
    "notices_missing",
];

/// A row of PL1: code, name and the counts, a dash where nothing is reported.
struct Row {
    code: String,
    name: String,
    counts: Vec<Option<u64>>,
}

fn rows(sheet: &Range<Data>) -> Vec<Row> {
    let number = |cell: &Data| {
        cell.as_f64().map(|count| {
            assert!(count >= 0.0 && count.fract() == 0.0, "{cell:?}");
            format!("{count}").parse().unwrap()
        })
    };
    let text = |cell: &Data| cell.as_string().unwrap_or_default();
    let is_numbering = |row: &&[Data]| row[0].as_i64() == Some(1) && row[1].as_i64() == Some(2);
    let heads = sheet.rows().position(|row| is_numbering(&row)).unwrap();
    sheet
        .rows()
        .skip(heads + 1)
        .map(|row| Row {
            code: text(&row[1]),
            name: text(&row[2]),
            counts: row[3..22].iter().map(number).collect(),
        })
        .filter(|row| row.counts.iter().any(Option::is_some))
        .collect()
}

/// The counts of an object of the JSON result, in the order of PL1.
fn counts(object: &Value) -> Vec<Option<u64>> {
    let count = |key: &&str| match *key {
        "" => [&object["periodic"], &object["ad_hoc"]]
            .iter()
            .filter_map(|count| count.as_u64())
            .reduce(|a, b| a + b),
        key => object[key].as_u64(),
    };
    COUNTS.iter().map(count).collect()
}

fn sum<'a>(all: impl Iterator<Item = &'a Value>) -> Vec<Option<u64>> {
    all.map(counts)
        .reduce(|a, b| {
            a.into_iter()
                .zip(b)
                .map(|pair| match pair {
                    (Some(a), Some(b)) => Some(a + b),
                    (a, b) => a.or(b),
                })
                .collect()
        })
        .unwrap()
}

#[test]
fn every_row_of_the_workbook_is_that_of_the_result() {
    let result = result(quarter());
    let units = result["units"].as_array().unwrap();
    let rows = rows(&workbook(quarter()).worksheet_range("PL1 - Theo đơn vị").unwrap());
    let of_units: Vec<&Row> =
        rows.iter().filter(|row| units.iter().any(|u| u["code"] == *row.code)).collect();
    assert_eq!(of_units.len(), units.len());
    for row in of_units {
        let unit = units.iter().find(|unit| unit["code"] == *row.code).unwrap();
        assert_eq!(
            (row.name.as_str(), &row.counts),
            (unit["name"].as_str().unwrap(), &counts(unit))
        );
    }
    for (name, level) in
        [("CẤP TỈNH", "province"), ("CẤP HUYỆN", "districts"), ("CẤP XÃ", "communes")]
    {
        let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(row.counts, counts(&result["totals"][level]), "{name}");
    }
    let last = rows.last().unwrap();
    assert_eq!(last.name, "TỔNG CỘNG CÁC CẤP");
    assert_eq!(last.counts, sum(result["totals"].as_object().unwrap().values()));
}

#[test]
fn subtotals_of_districts_add_up_to_the_communes() {
    let result = result(quarter());
    let units = result["units"].as_array().unwrap();
    let rows = rows(&workbook(quarter()).worksheet_range("PL1 - Theo đơn vị").unwrap());
    let communes = rows.iter().position(|row| row.name == "CẤP XÃ").unwrap();
    let districts: Vec<&Value> = units.iter().filter(|unit| unit["level"] == "district").collect();
    assert_eq!(districts.len(), 9);
    for district in districts {
        let name = district["name"].as_str().unwrap();
        let subtotal = rows[communes..]
            .iter()
            .find(|row| row.name.starts_with(name))
            .unwrap_or_else(|| panic!("{name}"));
        let own = units
            .iter()
            .filter(|unit| unit["parent"] == district["code"] && unit["level"] == "commune");
        assert_eq!(subtotal.counts, sum(own), "{name}");
    }
}

/// The figures in a line of the printed table, marks of incompleteness left out; a dash is none.
fn printed(line: &str) -> Vec<Vec<String>> {
    let figure = |word: &str| {
        let word = word.trim_end_matches('*');
        let is = word == "–"
            || (!word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.'));
        is.then(|| word.replace('.', ""))
    };
    let mut runs = vec![Vec::new()];
    for word in line.split_whitespace() {
        match figure(word) {
            Some(figure) => runs.last_mut().unwrap().push(figure),
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| run.len() >= COUNTS.len() - 1);
    runs
}

#[test]
fn every_row_of_the_workbook_is_printed() {
    let Ok(done) = Command::new("pdftotext").arg("-layout").arg(pdf()).arg("-").output() else {
        return skip("the printed PL1: pdftotext is not installed");
    };
    let text = String::from_utf8(done.stdout).unwrap();
    let numbering: Vec<String> = (1..=23).map(|number| number.to_string()).collect();
    let mut lines: Vec<Vec<String>> = text.lines().flat_map(printed).collect();
    lines.retain(|line| *line != numbering);
    let rows = rows(&workbook(quarter()).worksheet_range("PL1 - Theo đơn vị").unwrap());
    let mut unprinted = Vec::new();
    // One unit alone needs no sum of its level on paper.
    for row in rows.iter().filter(|row| row.name != "CẤP TỈNH") {
        let figures = row.counts.iter().zip(COUNTS).filter(|(_, key)| *key != "counted");
        let figures: Vec<String> = figures
            .map(|(count, _)| count.map_or("–".to_owned(), |count| count.to_string()))
            .collect();
        // A number before and a dash after the figures may stand in one run with them.
        let found = lines.iter().position(|line| line.windows(figures.len()).any(|w| w == figures));
        match found {
            Some(at) => drop(lines.remove(at)),
            None => unprinted.push(row.name.as_str()),
        }
    }
    assert!(unprinted.is_empty(), "in the workbook and not printed: {unprinted:?}");
    assert!(lines.is_empty(), "printed and not in the workbook: {lines:?}");
}

#[test]
fn the_sums_of_levels_are_one_in_workbook_and_result() {
    let result = result(quarter());
    let rows = rows(&workbook(quarter()).worksheet_range("PL1 - Theo đơn vị").unwrap());
    let row = |name: &str| &rows.iter().find(|row| row.name == name).unwrap().counts;
    let levels = [("CẤP TỈNH", "province"), ("CẤP HUYỆN", "districts"), ("CẤP XÃ", "communes")];
    for (name, key) in levels {
        assert_eq!(row(name), &counts(&result["totals"][key]), "{name}");
    }
    let all = levels.map(|(_, key)| &result["totals"][key]).into_iter();
    assert_eq!(row("TỔNG CỘNG CÁC CẤP"), &sum(all));
}

#[test]
fn no_formula_of_the_workbook_is_an_error() {
    let mut book = workbook(quarter());
    let mut formulas = 0;
    for name in book.sheet_names() {
        for row in book.worksheet_range(&name).unwrap().rows() {
            assert!(!row.iter().any(|cell| matches!(cell, Data::Error(_))), "{name}: {row:?}");
        }
        formulas += book.worksheet_formula(&name).unwrap().used_cells().count();
    }
    assert!(formulas > 162 * 18, "the figures are formulas over the rows: {formulas}");
}

/// What a sender typed stays text, however much it looks like a formula.
#[test]
fn text_of_a_submission_is_never_a_formula() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let texts = ["=HYPERLINK(\"http://x\")", "+1+1", "-2-3", "@SUM(A1)", "=cmd|' /C calc'!A0"];
    let mut lines = vec![
        "Mã đơn vị,02635".to_owned(),
        "Kỳ báo cáo,Quý I/2021".to_owned(),
        String::new(),
        "STT,Ngày tổ chức,Loại cuộc,Chủ trì,Chủ đề,Số lượt người tham gia,Ý kiến".to_owned(),
    ];
    for (n, text) in texts.iter().enumerate() {
        let quoted = text.replace('"', "\"\"");
        lines.push(format!("{},{}/03/2021,Định kỳ,Bí thư,\"{quoted}\",50,0", n + 1, n + 10));
    }
    fs::write(input.path().join("bao cao.csv"), lines.join("\n")).unwrap();
    report(input.path(), out.path());
    let found = result(out.path());
    let told =
        found["diagnostics"].as_array().unwrap().iter().filter(|finding| finding["code"] == "AT01");
    assert_eq!(told.count(), texts.len());

    let mut book = workbook(out.path());
    let cells: Vec<String> = book
        .worksheet_range("Hội nghị")
        .unwrap()
        .used_cells()
        .filter_map(|(_, _, cell)| cell.get_string().map(str::to_owned))
        .collect();
    for text in texts {
        assert!(
            cells.iter().any(|cell| cell == text),
            "{text} is not in the sheet as it was typed"
        );
    }
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let own = formulas.used_cells().find(|(_, _, formula)| {
            texts.iter().any(|text| formula.contains(text.trim_start_matches(['=', '+', '-', '@'])))
        });
        assert!(own.is_none(), "{name}: {own:?}");
    }
}

fn pdf() -> PathBuf {
    quarter().join("bao-cao-2021-Q1.pdf")
}

/// Letters only: spaces and line ends are where the page has them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_text_of_the_pdf_can_be_searched() {
    let document = lopdf::Document::load(pdf()).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    assert!(pages.len() > 5, "{pages:?}");
    names_every_unit(&document.extract_text(&pages).unwrap());
}

/// Every unit's name and the headline figures stand in the report, in composed Unicode.
fn names_every_unit(text: &str) {
    let text = letters(text);
    let result = result(quarter());
    for unit in result["units"].as_array().unwrap() {
        let name = unit["name"].as_str().unwrap();
        assert!(text.contains(&letters(name)), "{name} is not in the report");
    }
    for words in
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "BÁO CÁO", "DỰ THẢO", "Nơi nhận", "quý I/2021", "13.746"]
    {
        assert!(text.contains(&letters(words)), "{words} is not in the report");
    }
    let composed: String =
        unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect();
    assert_eq!(composed, text);
}

/// What a program prints, where it is installed.
fn other(name: &str, arguments: &[&str]) -> Option<String> {
    let Ok(done) = Command::new(name).args(arguments).arg(pdf()).output() else {
        skip(&format!("reading the PDF with {name}, which is not installed"));
        return None;
    };
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{name}: {text}{complaint}");
    Some(text)
}

#[test]
fn other_programs_read_the_pdf() {
    if let Some(checked) = other("qpdf", &["--check"]) {
        assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    }
    let to_text = Command::new("pdftotext").arg("-raw").arg(pdf()).arg("-").output();
    match to_text {
        Ok(done) => names_every_unit(&String::from_utf8(done.stdout).unwrap()),
        Err(_) => skip("reading the PDF with pdftotext, which is not installed"),
    }
    if let Some(fonts) = other("pdffonts", &[]) {
        for font in fonts.lines().skip(2) {
            let marks: Vec<&str> = font.split_whitespace().rev().take(5).collect();
            assert_eq!(marks[2..], ["yes"; 3], "embedded, a subset, with its letters: {font}");
        }
    }
}
