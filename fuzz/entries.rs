//! What the fuzz targets feed with bytes: every place that reads what strangers wrote, and what must hold there.

#![allow(clippy::expect_used, reason = "a target may stop and speak")]

use qc17::model::submission::{FilePath, SheetName};
use qc17::model::text::key;
use qc17::notation::legacy::repair_text;
use qc17::notation::{date, number, period};
use qc17::open::{Cell, Limits, Row, Sheet, Value, Workbook, open, repair_sheet};
use qc17::recognise::{Forms, recognise};
use qc17::register::{Register, parse_unit_name};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The name of an entry and what it does with bytes.
pub(crate) type Entry = (&'static str, fn(&[u8]));

/// All entries, by the name of their target.
pub(crate) const ENTRIES: [Entry; 7] = [
    ("text_repair", text_repair),
    ("date", date),
    ("number", number),
    ("period", period),
    ("unit_name", unit_name),
    ("header", header),
    ("open_xlsx", open_xlsx),
];

/// Text from an old encoding: what was read once is never read again.
pub(crate) fn text_repair(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some((_, read)) = repair_text(&text) {
        assert_eq!(repair_text(&read), None, "from {text:?}");
    }
    repair_sheet(&mut sheet(&text));
}

/// Dates in words and figures, and serial numbers.
pub(crate) fn date(data: &[u8]) {
    let _ = date::from_text(&String::from_utf8_lossy(data), Some(2021));
    if let Some(bytes) = data.first_chunk() {
        let _ = date::from_serial(f64::from_le_bytes(*bytes));
    }
}

/// Counts in words and figures.
pub(crate) fn number(data: &[u8]) {
    let _ = number::from_text(&String::from_utf8_lossy(data));
    if let Some(bytes) = data.first_chunk() {
        let _ = number::from_number(f64::from_le_bytes(*bytes));
    }
}

/// Quarters; what a text names must be written back as what it is.
pub(crate) fn period(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for found in [period::from_text(&text), period::from_label(&text)].into_iter().flatten() {
        assert_eq!(period::from_label(&found.label()), Some(found), "from {text:?}");
    }
}

/// Names of units: the bare name is a part of the text.
pub(crate) fn unit_name(data: &[u8]) {
    static REGISTER: LazyLock<Register> =
        LazyLock::new(|| Register::embedded().expect("the embedded register is valid"));
    let text = String::from_utf8_lossy(data);
    let (kind, name) = parse_unit_name(&text);
    assert!(text.contains(name), "from {text:?}");
    let day = REGISTER.all().first().map(|unit| unit.valid_from);
    for unit in day.into_iter().flat_map(|day| REGISTER.named(name, day, kind, None)) {
        assert!(!key(name).is_empty(), "{} from {text:?}", unit.full_name());
    }
}

/// Tables in a sheet, given as lines of cells with tabs between them.
pub(crate) fn header(data: &[u8]) {
    static FORMS: LazyLock<Forms> =
        LazyLock::new(|| Forms::load(&BTreeMap::new()).expect("the embedded forms are valid"));
    let workbook = Workbook { sheets: vec![sheet(&String::from_utf8_lossy(data))] };
    let _ = recognise(&FilePath::new("a.xlsx"), &workbook, &FORMS);
}

/// Workbooks: a file is opened, or rejected with a reason.
pub(crate) fn open_xlsx(data: &[u8]) {
    let opened = open(&FilePath::new("a.xlsx"), data, &Limits::default());
    assert!(opened.workbook.is_some() || !opened.findings.is_empty());
    for mut sheet in opened.workbook.into_iter().flat_map(|workbook| workbook.sheets) {
        repair_sheet(&mut sheet);
    }
}

/// A sheet with these lines of cells, tabs between them; what reads as a number is one.
fn sheet(text: &str) -> Sheet {
    let cell = |(col, text): (u32, &str)| {
        let value = match text.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(text.into()),
        };
        (!text.is_empty()).then_some(Cell { col, value, computed: false })
    };
    let rows = (0..).zip(text.lines()).map(|(index, line)| Row {
        index,
        hidden: false,
        cells: (0..).zip(line.split('\t')).filter_map(cell).collect(),
    });
    Sheet { name: SheetName::default(), rows: rows.collect(), ..Sheet::default() }
}
