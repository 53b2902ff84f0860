//! A whole Form 01 typed in old encodings gives the figures of the same form in Unicode, and TEP07 alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use super::stored;
use qc17::calendar::Calendar;
use qc17::model::submission::FilePath;
use qc17::normalise::Codes;
use qc17::notation::legacy::Encoding;
use qc17::open::{Limits, Sheet, Value, Workbook, open};
use qc17::pipeline::{Job, run};
use qc17::profile::Profile;
use qc17::recognise::Forms;
use qc17::register::Register;
use qc17::render::json::json;
use rust_xlsxwriter::{Format, Workbook as Book, Worksheet};
use std::path::Path;

const CLEAN: &[u8] = include_bytes!("../../fixtures/2021-Q1/080/BC_02653_2021_Q1.xlsx");
const NAME: &str = "BC_02653_2021_Q1.xlsx";

/// Writes the workbook again, each text in the encoding of its sheet and row.
fn rewritten(book: &Workbook, encoding: impl Fn(usize, u32) -> Option<Encoding>) -> Vec<u8> {
    let mut out = Book::new();
    for (at, sheet) in book.sheets.iter().enumerate() {
        let page = out.add_worksheet().set_name(&*sheet.name.name).unwrap();
        write(page, sheet, |row| encoding(at, row));
    }
    out.save_to_buffer().unwrap()
}

fn write(page: &mut Worksheet, sheet: &Sheet, encoding: impl Fn(u32) -> Option<Encoding>) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let col = |col: u32| u16::try_from(col).unwrap();
    for merge in &sheet.merges {
        let (first, last) = (merge.first, merge.last);
        page.merge_range(first.row, col(first.col), last.row, col(last.col), "", &Format::new())
            .unwrap();
    }
    for row in &sheet.rows {
        for cell in &row.cells {
            let (at, col) = (row.index, col(cell.col));
            let written = match &cell.value {
                Value::Text(text) => {
                    let text = encoding(at)
                        .map_or_else(|| text.to_string(), |encoding| stored(encoding, text));
                    page.write_string(at, col, text)
                }
                Value::Number(number) => page.write_number(at, col, *number),
                Value::Date(day) => page.write_datetime_with_format(at, col, day, &date),
                Value::Bool(truth) => page.write_boolean(at, col, *truth),
                Value::Error(_) | Value::Uncomputed => continue,
            };
            written.unwrap();
        }
    }
}

/// Files, units, totals and what was noticed, of a folder with that one file.
fn report(bytes: &[u8]) -> (serde_json::Value, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(NAME), bytes).unwrap();
    let summary = run(&job(folder.path()), &|_, _| ()).unwrap();
    let mut result: serde_json::Value = serde_json::from_str(&json(&summary)).unwrap();
    let seen = summary.findings.iter().filter(|finding| finding.place.file.is_some());
    let seen = seen.map(|finding| {
        let sheet = finding.place.sheet.as_ref().map_or("", |sheet| &sheet.name);
        let cell = finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{} {sheet}!{cell} {}", finding.rule.code, finding.message)
    });
    let figures = serde_json::json!([
        result["units"].take(),
        result["totals"].take(),
        result["files"][0]["status"].take()
    ]);
    (figures, seen.collect())
}

fn job(folder: &Path) -> Job {
    let profile = Profile::embedded("quy-che-17").unwrap();
    Job {
        folders: vec![folder.to_owned()],
        history: Vec::new(),
        geography: qc17::model::Geography::Now,
        profiles: Vec::new(),
        outputs: None,
        period: None,
        as_of: None,
        scope: None,
        register: Register::embedded().unwrap(),
        forms: Forms::load(&profile.aliases).unwrap(),
        profile,
        codes: Codes::load().unwrap(),
        calendar: Calendar::embedded().unwrap(),
        limits: Limits::default(),
    }
}

#[test]
fn a_form_in_old_encodings_gives_the_same_figures() {
    let book = open(&FilePath::new(NAME), CLEAN, &Limits::default()).workbook.unwrap();
    let (figures, seen) = report(CLEAN);
    assert_eq!(seen, [""; 0], "the form should be a clean one");
    assert_eq!(report(&rewritten(&book, |_, _| None)), (figures.clone(), seen));

    let whole = |encoding| rewritten(&book, move |_, _| Some(encoding));
    // The office's form in Unicode, filled by two hands; the information sheet by a third.
    let mixed = rewritten(&book, |sheet, row| match (sheet, row % 3) {
        (0, _) => Some(Encoding::Decomposed),
        (_, _) if row < 6 => None,
        (2.., 0) => None,
        (1, _) | (_, 1) => Some(Encoding::Tcvn3),
        _ => Some(Encoding::Vni),
    });
    for (form, bytes) in [
        ("TCVN3", whole(Encoding::Tcvn3)),
        ("VNI", whole(Encoding::Vni)),
        ("Windows-1258", whole(Encoding::Windows1258)),
        ("tổ hợp", whole(Encoding::Decomposed)),
        ("mixed", mixed),
    ] {
        let (read, seen) = report(&bytes);
        println!("{form}: {seen:#?}");
        assert_eq!(read, figures, "{form}: {seen:#?}");
        assert!(
            !seen.is_empty() && seen.iter().all(|line| line.starts_with("TEP07")),
            "{form}: {seen:#?}"
        );
        assert!(
            form == "mixed" || seen.iter().all(|line| line.contains(form)),
            "{form}: {seen:#?}"
        );
    }
}
