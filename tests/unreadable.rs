//! Root cause first: a cell that cannot be read is one finding, and every rule that needs it says that
//! it was not checked. `UPDATE=1 cargo test --test unreadable` writes what a run left open.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use support::example::{Change, Example, FileChange, Setting, What};
use support::forms::FORMS;
use support::run::{Outcome, outcome};

/// What each unreadable cell leaves open, a line each.
const OPEN: &str = "tests/golden/o-khong-doc-duoc.txt";
const ROLL_UP: &str = "Biểu 02 - Tổng hợp";

/// One cell, what is done to it, and whether the commune of a roll-up sent its own form.
#[derive(Debug, Clone)]
struct Spoilt {
    sheet: String,
    row: &'static str,
    column: String,
    value: &'static str,
    own: bool,
}

/// The rows of a table of which each stands for a kind: in Biểu 2 the four outcomes that rules look at.
fn rows_of(sheet: &str) -> &'static [&'static str] {
    match sheet {
        "Biểu 2 - Kiến nghị" => &["1", "4", "6", "7"],
        _ => &["1"],
    }
}

/// Every column of the four tables, as a failed formula, as words of nowhere and as a formula that was
/// never computed.
fn every_cell() -> Vec<Spoilt> {
    let mut all = Vec::new();
    for sheet in ["Biểu 1 - Hội nghị", "Biểu 2 - Kiến nghị", "Biểu 3 - Tồn đọng", ROLL_UP]
    {
        for column in &FORMS.table(sheet).unwrap().columns {
            for row in rows_of(sheet) {
                for value in ["#REF!", "(công thức chưa tính)", "\"?!\""] {
                    for own in [true, false] {
                        if own || sheet == ROLL_UP {
                            let (sheet, column) = (sheet.to_owned(), column.label());
                            all.push(Spoilt { sheet, row, column, value, own });
                        }
                    }
                }
            }
        }
    }
    all
}

fn run(spoilt: &Spoilt) -> Outcome {
    let Spoilt { sheet, row, column, value, own } = spoilt.clone();
    let what = What::Cell(row.to_owned(), column, value.to_owned());
    let change = Change { sheet: sheet.clone(), what };
    let file = FileChange { changes: vec![change], ..FileChange::default() };
    let files = if sheet == ROLL_UP {
        let name = Some("BC_087_2021_Q1_bieu02.xlsx".to_owned());
        vec![FileChange::default(), FileChange { name, is_rollup: true, ..file }]
    } else {
        vec![file]
    };
    let mut setting = Setting::default();
    if !own {
        // The first row of the roll-up is of this commune.
        setting.silent.push("02977".to_owned());
    }
    let example = Example {
        title: String::new(),
        setting,
        files,
        expected: Vec::new(),
        expected_lines: (0, 0),
        figures: Vec::new(),
    };
    outcome(&example).unwrap()
}

/// The faults of reading that such a cell may be; DV01 where it says whose the row is.
const READING: [&str; 7] = ["DL01", "DL02", "DL03", "DL04", "DL05", "DL06", "DV01"];
/// Nothing needs the number of a row there.
const UNREAD: (&str, &str) = (ROLL_UP, "STT");

/// The codes of what was found and of what was left open.
fn codes(outcome: &Outcome) -> (Vec<String>, BTreeSet<String>) {
    let found = outcome.findings.iter().map(|finding| {
        let cell = finding.place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
        format!("{}{cell}", finding.rule.code)
    });
    let open = outcome.unchecked().map(|one| one["code"].as_str().unwrap().to_owned());
    (found.collect(), open.collect())
}

#[test]
fn one_unreadable_cell_is_one_finding() {
    let tried: Vec<(Spoilt, Outcome)> = every_cell()
        .into_par_iter()
        .map(|spoilt| {
            let outcome = run(&spoilt);
            (spoilt, outcome)
        })
        .collect();
    let (mut lines, mut faults) = (String::new(), Vec::new());
    for (spoilt, outcome) in &tried {
        let (found, open) = codes(outcome);
        let Spoilt { sheet, row, column, value, own } = spoilt;
        let is_reading = |one: &String| READING.iter().any(|code| one.starts_with(code));
        // Words are words wherever words may stand.
        let is_text =
            *value == "\"?!\"" && found.is_empty() || (sheet.as_str(), column.as_str()) == UNREAD;
        if !(is_text || found.len() == 1 && found.iter().all(is_reading)) {
            faults.push(format!("{sheet}, {row}, {column} {value} ({own}): {found:?}"));
        }
        let open: Vec<String> = open.into_iter().collect();
        let whose = if *own { "" } else { " (xã không gửi)" };
        let found = if found.is_empty() { "–".to_owned() } else { found.join(", ") };
        let open = if open.is_empty() { "–".to_owned() } else { open.join(" ") };
        writeln!(
            lines,
            "{sheet}{whose}, dòng {row}, {column}, {value}: {found}; chưa kiểm tra: {open}"
        )
        .unwrap();
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(OPEN);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &lines).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(lines, expected, "UPDATE=1 cargo test --test unreadable writes {OPEN}");
}
