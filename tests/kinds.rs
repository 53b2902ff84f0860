//! The same table in several formats of another program gives the same grid; binary ones by way of the worker.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "support/biff.rs"]
mod biff;

use qc17::model::CellRef;
use qc17::model::submission::FilePath;
use qc17::open::{Limits, Opened, Sheet, Value, Workbook, open, worker};
use std::time::Duration;

const XLSX: &[u8] = include_bytes!("specimens/bieu.xlsx");
const XLS: &[u8] = include_bytes!("specimens/bieu.xls");
const ODS: &[u8] = include_bytes!("specimens/bieu.ods");

fn opened(name: &str, bytes: &[u8], limits: &Limits) -> Opened {
    worker::set_program(env!("CARGO_BIN_EXE_qc17").into());
    open(&FilePath::new(name), bytes, limits)
}

fn codes(opened: &Opened) -> Vec<&str> {
    opened.findings.iter().map(|finding| finding.rule.code).collect()
}

fn lines(sheet: &Sheet) -> Vec<String> {
    let cells =
        sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    let cells = cells.map(|(row, cell)| {
        let value = match &cell.value {
            Value::Bool(truth) => format!("{:?}", Value::Number(f64::from(u8::from(*truth)))),
            other => format!("{other:?}"),
        };
        format!("{}{}={value}", CellRef::new(row, cell.col), if cell.computed { "!" } else { "" })
    });
    let merges = sheet.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last));
    cells.chain(merges).collect()
}

fn outline(book: &Workbook) -> Vec<(String, u32, bool, Vec<String>)> {
    (book.sheets.iter())
        .map(|sheet| (sheet.name.name.to_string(), sheet.name.order, sheet.hidden, lines(sheet)))
        .collect()
}

#[test]
fn one_table_in_three_formats() {
    let limits = Limits::default();
    let books = [("a.xlsx", XLSX), ("a.ods", ODS), ("a.xls", XLS)].map(|(name, bytes)| {
        let opened = opened(name, bytes, &limits);
        assert_eq!(codes(&opened), [""; 0], "{name}: {:?}", opened.findings);
        opened.workbook.unwrap_or_default()
    });
    let seen = outline(&books[0]);
    assert_eq!(seen[0].3.len(), 20, "{seen:?}");
    assert!(seen[0].3.contains(&"B5=Date(2021-03-16T00:00:00)".to_owned()), "{seen:?}");
    assert_eq!((seen[1].0.as_str(), seen[1].2), ("Cũ", true));
    for book in &books[1..] {
        assert_eq!(outline(book), seen);
    }
    for book in &books {
        let hidden: Vec<_> =
            book.sheets[0].rows.iter().filter(|row| row.hidden).map(|row| row.index).collect();
        assert_eq!((hidden, &book.sheets[0].hidden_cols[..]), (vec![4], &[(3, 3)][..]));
    }
}

/// Writers that are neither Excel nor `LibreOffice`; some store no formulas.
const STRANGERS: [(&str, &[u8]); 3] = [
    ("bieu-sheetjs.xlsb", include_bytes!("specimens/bieu-sheetjs.xlsb")),
    ("bieu-sheetjs.xml", include_bytes!("specimens/bieu-sheetjs.xml")),
    ("bieu-xlwt.xls", include_bytes!("specimens/bieu-xlwt.xls")),
];

#[test]
fn the_same_table_by_other_writers() {
    let limits = Limits::default();
    let values = |bytes: &[u8], name: &str| {
        let opened = opened(name, bytes, &limits);
        assert_eq!(codes(&opened), [""; 0], "{name}: {:?}", opened.findings);
        let book = opened.workbook.unwrap_or_default();
        let plain = |line: &String| line.replace('!', "");
        let lines = |sheet: &Sheet| lines(sheet).iter().map(plain).collect::<Vec<_>>();
        let sheets = book.sheets.iter().map(|sheet| (sheet.name.name.to_string(), lines(sheet)));
        let hidden = book.sheets.iter().map(|sheet| {
            let rows = sheet.rows.iter().filter(|row| row.hidden).map(|row| row.index);
            (sheet.hidden, rows.collect::<Vec<_>>(), sheet.hidden_cols.clone())
        });
        (sheets.collect::<Vec<_>>(), hidden.collect::<Vec<_>>())
    };
    let expected = values(XLSX, "a.xlsx");
    for (name, bytes) in STRANGERS {
        let seen = values(bytes, name);
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn a_worker_that_fails_costs_one_file() {
    let limits = Limits::default();
    let slow = Limits { worker_time: Duration::ZERO, ..Limits::default() };
    // A used range of four thousand million rows, for which the library would reserve room, is passed over.
    let mut vast = XLS.to_vec();
    let at = vast.windows(4).position(|bytes| bytes == [0, 2, 14, 0]).unwrap_or_default();
    vast[at + 8..at + 12].fill(0xFF);
    vast[at + 14..at + 16].fill(0xFF);
    // Cells from corner to corner: the library makes room for all between them, and aborts.
    let cells = (0..3_000u16).map(|n| biff::number(n * 21, n % 256));
    let spread = biff::workbook(&cells.collect::<Vec<_>>().concat(), &[]);
    let few = Limits { cells: 5, ..Limits::default() };
    for (what, bytes, limits, expected) in [
        ("sound", XLS, &limits, vec![]),
        ("too slow", XLS, &slow, vec!["TEP04"]),
        ("after a kill", XLS, &limits, vec![]),
        ("a range too vast", &vast[..], &limits, vec![]),
        ("cells too far apart", &spread[..], &limits, vec!["TEP01"]),
        ("after a death", XLS, &limits, vec![]),
        ("too many cells", XLS, &few, vec!["TEP04"]),
        ("after a refusal", XLS, &limits, vec![]),
    ] {
        let opened = opened("a.xls", bytes, limits);
        assert_eq!(codes(&opened), expected, "{what}");
        assert_eq!(opened.workbook.is_some(), expected.is_empty(), "{what}");
        let died =
            opened.findings.iter().any(|finding| finding.message.contains("dừng giữa chừng"));
        assert_eq!(died, what == "cells too far apart", "{what}");
    }
}

#[test]
fn flipped_bytes_cost_one_file() {
    let limits = Limits::default();
    let mut seed = 17u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    for _ in 0..150 {
        let mut bytes = XLS.to_vec();
        for _ in 0..4 {
            let at = next(bytes.len());
            bytes[at] = u8::try_from(next(256)).unwrap_or_default();
        }
        let opened = opened("a.xls", &bytes, &limits);
        assert!(opened.workbook.is_some() || opened.findings.len() == 1);
    }
    assert_eq!(codes(&opened("a.xls", XLS, &limits)), [""; 0]);
}

/// Encrypted by `LibreOffice` (`.xls`, `.ods`) and by msoffcrypto (`.xlsx`, as Excel does it).
#[test]
fn a_password_is_told_in_every_format_that_has_one() {
    let limits = Limits::default();
    for (name, bytes) in [
        ("mat-khau.xls", &include_bytes!("specimens/mat-khau.xls")[..]),
        ("mat-khau.xlsx", include_bytes!("specimens/mat-khau.xlsx")),
        ("mat-khau.ods", include_bytes!("specimens/mat-khau.ods")),
    ] {
        let opened = opened(name, bytes, &limits);
        assert!(opened.workbook.is_none());
        assert_eq!(codes(&opened), ["TEP02"], "{name}: {:?}", opened.findings);
    }
}

/// Footnotes' signs, struck-out parts and struck-out cells, written by openpyxl and saved again by `LibreOffice`.
#[test]
fn what_is_struck_out_or_raised_in_three_formats() {
    let limits = Limits::default();
    for (name, bytes) in [
        ("gach-bo.xlsx", &include_bytes!("specimens/gach-bo.xlsx")[..]),
        ("gach-bo.xls", include_bytes!("specimens/gach-bo.xls")),
        ("gach-bo.ods", include_bytes!("specimens/gach-bo.ods")),
    ] {
        let opened = opened(name, bytes, &limits);
        let said: Vec<_> = (opened.findings.iter())
            .map(|finding| (finding.rule.code, finding.place.cell, finding.message.as_str()))
            .collect();
        let message = "2 ô của trang “Biểu 1” bị gạch ngang (A4, A5), không rõ còn tính hay đã bỏ; vẫn đọc như các ô khác.";
        assert_eq!(said, [("DL08", Some(CellRef::new(3, 0)), message)], "{name}");
        let lines = lines(&opened.workbook.unwrap().sheets[0]);
        let expected = [
            "A1=Text(\"136^1\")",
            "A2=Text(\"(gạch bỏ: 120) 136\")",
            "A3=Text(\"Diện tích 100 m2\")",
            "A4=Number(120.0)",
            "A5=Text(\"đã bỏ\")",
            "A6=Text(\"Tổng số cuộc\")",
            "A7=Text(\"H2O 12^(a)\")",
            "A8=Number(85.0)",
        ];
        assert_eq!(lines, expected, "{name}");
    }
}
