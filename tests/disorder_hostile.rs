//! Grids made to waste time: what is looked at once must not be looked at again for every row.

use qc17::model::CellRef;
use qc17::model::submission::{FilePath, SheetName};
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::{Cell, Merge, Row, Sheet, Value, Workbook};
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const HEADERS: [&str; 6] =
    ["STT", "Ngày tổ chức", "Loại cuộc", "Chủ trì", "Chủ đề, nội dung", "Số người tham gia"];

fn row(index: u32, texts: impl IntoIterator<Item = Value>) -> Row {
    let cells = (0u32..).zip(texts).map(|(col, value)| Cell { col, value, computed: false });
    Row { index, hidden: false, cells: cells.collect() }
}

fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = Value> {
    texts.into_iter().map(|text| Value::Text(text.into()))
}

fn sheet(rows: Vec<Row>, merges: Vec<Merge>) -> Workbook {
    let name = SheetName::new("Biểu 1", 0);
    Workbook { sheets: vec![Sheet { name, rows, merges, ..Sheet::default() }] }
}

fn merges(many: u32, tall: u32) -> Vec<Merge> {
    let at = |row, col| CellRef::new(row, col);
    (0..many)
        .map(|n| Merge { first: at(n * tall, n % 30), last: at((n + 1) * tall, n % 30) })
        .collect()
}

/// A sheet of that size, by what it is made of.
fn grids(size: u32) -> Vec<(&'static str, Workbook)> {
    let rows = |each: &dyn Fn(u32) -> Row| -> Vec<Row> { (0..size).map(each).collect() };
    let wide = (0..size).map(|n| Value::Text(format!("Cột lạ {n}").into()));
    let mut wide_rows = vec![row(0, words(HEADERS).chain(wide))];
    wide_rows.push(row(1, (0..size + 6).map(|n| Value::Number(f64::from(n) + 0.5))));
    vec![
        ("headers again and again", sheet(rows(&|n| row(n, words(HEADERS))), vec![])),
        (
            "almost headers",
            sheet(rows(&|n| row(n, words(["STT", "Ngày tổ chức", "Năm sinh"]))), merges(size, 1)),
        ),
        (
            "two headers in turn",
            sheet(rows(&|n| row(n, words(HEADERS.iter().copied().skip((n % 2) as usize)))), vec![]),
        ),
        (
            "data under one merge after the other",
            sheet(
                std::iter::once(row(0, words(HEADERS)))
                    .chain(
                        (1..size).map(|n| row(n, [Value::Number(f64::from(n)), Value::Bool(true)])),
                    )
                    .collect(),
                merges(size, 2),
            ),
        ),
        (
            "figures without words",
            sheet(
                std::iter::once(row(0, words(HEADERS)))
                    .chain((1..size).map(|n| Row {
                        index: n,
                        cells: vec![Cell { col: 5, value: Value::Number(7.0), computed: false }],
                        ..Row::default()
                    }))
                    .collect(),
                vec![],
            ),
        ),
        ("unknown columns by the thousand", sheet(wide_rows, vec![])),
    ]
}

#[test]
fn time_grows_with_the_size_and_no_faster() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()), Codes::load());
    let (forms, codes) = (forms.expect("the forms"), codes.expect("the codes"));
    let register = Register::embedded().expect("the register");
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    let file = FilePath::new("BC_02989_2021_Q1.xlsx");
    let read = |book: &Workbook| -> Duration {
        let start = Instant::now();
        normalise(&file, book, recognise(&file, book, &forms), terms);
        start.elapsed()
    };
    for ((name, small), (_, large)) in grids(1_500).iter().zip(&grids(12_000)) {
        let (one, eight) = (read(small), read(large));
        // Eight times the size; what is quadratic takes sixty-four times as long.
        let most = one.max(Duration::from_millis(20)) * 28;
        assert!(eight < most, "{name}: {one:?}, then {eight:?}");
    }
}
