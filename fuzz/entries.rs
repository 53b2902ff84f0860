//! What the fuzz targets feed with bytes: every place that reads what strangers wrote, and what must hold there.

#![allow(clippy::expect_used, reason = "a target may stop and speak")]

use qc17::model::submission::{FilePath, SheetName};
use qc17::model::text::key;
use qc17::model::{CellRef, UnitCode};
use qc17::notation::legacy::judge;
use qc17::notation::{date, number, period};
use qc17::open::{Archive, Cell, Limits, Row, Sheet, Value, Workbook, open, repair_sheet};
use qc17::recognise::returned::take_returned;
use qc17::recognise::{Forms, recognise};
use qc17::register::{Register, parse_unit_name};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The name of an entry and what it does with bytes.
pub(crate) type Entry = (&'static str, fn(&[u8]));

/// All entries, by the name of their target.
pub(crate) const ENTRIES: [Entry; 18] = [
    ("text_repair", text_repair),
    ("date", date),
    ("number", number),
    ("period", period),
    ("unit_name", unit_name),
    ("header", header),
    ("returned", returned),
    ("open_xlsx", opened),
    ("open_xlsb", opened),
    ("open_ods", opened),
    ("open_xls", opened),
    ("open_csv", opened),
    ("open_html", opened),
    ("open_xml", opened),
    ("archive", archive),
    ("xlsx_parts", xlsx_parts),
    ("xlsb_parts", xlsb_parts),
    ("ods_content", ods_content),
];

/// What stands between two parts of a package in the input of an entry that packs them.
pub(crate) const BETWEEN: &[u8] = b"\n----\n";

/// Text from an old encoding: reading what was read comes to an end. (A cell may mix encodings, or mistakes about
/// one: once the words of one are read, the words of the other may prove theirs.)
pub(crate) fn text_repair(data: &[u8]) {
    const ROUNDS: usize = 6;
    let text = String::from_utf8_lossy(data);
    let mut read = text.clone().into_owned();
    let ends = (0..ROUNDS).any(|_| judge(&read).map(|(_, next)| read = next).is_none());
    assert!(ends, "from {text:?}");
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
    let _ = number::from_text(&String::from_utf8_lossy(data), number::Measure::People);
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
    let file = FilePath::new("a.xlsx");
    let _ = recognise(&file, &workbook, &FORMS).by_form(&file, &workbook, &FORMS);
}

/// A feedback (phiếu phản hồi) that came back: it leaves the workbook, and its answers are a unit's.
pub(crate) fn returned(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut workbook = Workbook { sheets: vec![sheet(&text)] };
    if let Some(found) = take_returned(&mut workbook) {
        assert!(workbook.sheets.is_empty(), "from {text:?}");
        let unit = found.unit.or_else(|| UnitCode::parse("02647")).expect("a code");
        let answers = found.explanations(unit, &FilePath::new("a.xlsx"));
        assert!(answers.iter().all(|answer| answer.unit == unit), "from {text:?}");
    }
    if let Some(cell) = CellRef::parse(&text) {
        assert_eq!(CellRef::parse(&cell.to_string()), Some(cell), "from {text:?}");
    }
}

/// Files of any kind: one is opened, or rejected with a reason.
pub(crate) fn opened(data: &[u8]) {
    let opened = open(&FilePath::new("a.xlsx"), data, &Limits::default());
    assert!(opened.workbook.is_some() || !opened.findings.is_empty());
    for mut sheet in opened.workbook.into_iter().flat_map(|workbook| workbook.sheets) {
        let columns =
            |row: &Row| row.cells.windows(2).all(|pair| matches!(pair, [a, b] if a.col < b.col));
        assert!(sheet.rows.iter().all(columns), "cells out of order");
        assert!(
            sheet.rows.windows(2).all(|pair| matches!(pair, [a, b] if a.index < b.index)),
            "rows out of order"
        );
        repair_sheet(&mut sheet);
    }
}

/// Archives of files: what is listed is read, or rejected with a reason.
pub(crate) fn archive(data: &[u8]) {
    let limits = Limits::default();
    let Some(mut archive) = Archive::open(&FilePath::new("a.zip"), data, &limits) else { return };
    for member in archive.members().to_vec() {
        assert!(!member.path.as_str().contains("/../"), "{}", member.path.as_str());
        if let Ok(bytes) = archive.read(&member) {
            let opened = archive.open_member(&member, &bytes);
            assert!(opened.workbook.is_some() || !opened.findings.is_empty());
        }
    }
}

/// The parts of an Excel workbook, so that no checksum stands between the fuzzer and their readers.
pub(crate) fn xlsx_parts(data: &[u8]) {
    package(
        data,
        &[
            ("_rels/.rels", &root("workbook.xml")),
            ("xl/_rels/workbook.xml.rels", &relations("xml")),
        ],
        ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"],
    );
}

/// The parts of a binary workbook of Excel, in the same way.
pub(crate) fn xlsb_parts(data: &[u8]) {
    package(
        data,
        &[
            ("_rels/.rels", &root("workbook.bin")),
            ("xl/_rels/workbook.bin.rels", &relations("bin")),
        ],
        ["xl/worksheets/sheet1.bin", "xl/sharedStrings.bin", "xl/workbook.bin", "xl/styles.bin"],
    );
}

/// The content of an `OpenDocument` spreadsheet, in the same way.
pub(crate) fn ods_content(data: &[u8]) {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    package(
        data,
        &[("mimetype", kind)],
        ["content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml"],
    );
}

/// Opens the package of these members and of the parts in the input.
fn package(data: &[u8], fixed: &[(&str, &str)], names: [&str; 4]) {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &[u8]| {
        writer.start_file(name, options).expect("a name");
        writer.write_all(content).expect("memory");
    };
    for (name, content) in fixed {
        put(name, content.as_bytes());
    }
    let mut rest = Some(data);
    for name in names {
        let Some(left) = rest else { break };
        let end = left.windows(BETWEEN.len()).position(|window| window == BETWEEN);
        put(name, left.get(..end.unwrap_or(left.len())).unwrap_or_default());
        rest = end.and_then(|end| left.get(end + BETWEEN.len()..));
    }
    opened(writer.finish().expect("memory").get_ref());
}

/// The relations of a package to its workbook.
fn root(workbook: &str) -> String {
    format!(
        "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/{workbook}'/></Relationships>"
    )
}

/// The relations of a workbook to its other parts, which end on this extension.
fn relations(extension: &str) -> String {
    let relation = |(id, kind, part): (&str, &str, &str)| {
        format!("<Relationship Id='{id}' Type='x/{kind}' Target='{part}.{extension}'/>")
    };
    let parts = [
        ("rId1", "worksheet", "worksheets/sheet1"),
        ("rId2", "worksheet", "worksheets/sheet1"),
        ("rId3", "sharedStrings", "sharedStrings"),
        ("rId4", "styles", "styles"),
    ];
    format!("<Relationships>{}</Relationships>", parts.map(relation).concat())
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
