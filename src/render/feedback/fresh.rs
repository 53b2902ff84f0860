//! A workbook for what cannot be marked where it stands (`.xls`, `.ods`, `.csv` …): the same cells, anew.

use super::patch::MINIMAL_STYLES;
use crate::model::CellRef;
use crate::open::{Cell, Merge, Sheet, Value};
use crate::render::workbook::push_escaped;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The format of dates among the styles that a fresh workbook has.
const DATE: &str = " s=\"1\"";
/// Widths of columns, in characters.
const NARROW: usize = 9;
const WIDE: usize = 40;
/// The longest text that a cell can hold.
const LONGEST: usize = 32_767;

/// Names that a workbook takes: short, without the signs it forbids, each one once.
pub(super) fn names(sheets: &[Sheet]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for sheet in sheets {
        let plain: String = (sheet.name.name.chars())
            .map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c })
            .collect();
        let plain = plain.trim().trim_matches('\'');
        let plain = if plain.is_empty() { "Trang" } else { plain };
        let numbered = (1u32..).map(|number| match number {
            1 => short(plain, 31),
            n => format!("{} ({n})", short(plain, 25)),
        });
        let free = numbered.into_iter().find(|name| taken.insert(name.to_lowercase()));
        names.push(free.unwrap_or_default());
    }
    names
}

/// The beginning of a text, in the units in which a workbook counts.
fn short(text: &str, most: usize) -> String {
    let mut left = most;
    let fits = |c: &char| left.checked_sub(c.len_utf16()).map(|rest| left = rest).is_some();
    text.chars().take_while(fits).collect()
}

/// The package with these sheets.
pub(super) fn workbook(sheets: &[Sheet], names: &[String]) -> std::io::Result<Vec<u8>> {
    let mut types = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>"
    );
    let relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    let root = format!(
        "{DECLARATION}<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut links = format!(
        "{DECLARATION}<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/>"
    );
    let mut book = format!(
        "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>"
    );
    let mut parts = Vec::new();
    for (number, (sheet, name)) in (1..).zip(sheets.iter().zip(names)) {
        types.push_str(&format!("<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>"));
        links.push_str(&format!("<Relationship Id=\"rId{}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>", number + 1));
        book.push_str(&format!(
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{}\"/>",
            escaped(name),
            number + 1
        ));
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet_xml(sheet)));
    }
    types.push_str("</Types>");
    links.push_str("</Relationships>");
    book.push_str("</sheets></workbook>");
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), types),
        ("_rels/.rels".to_owned(), root),
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), links),
        ("xl/styles.xml".to_owned(), MINIMAL_STYLES.to_owned()),
    ];
    all.append(&mut parts);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in &all {
        out.start_file(name.as_str(), options)?;
        out.write_all(content.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

fn sheet_xml(sheet: &Sheet) -> String {
    let mut out = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\">");
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
        let length = match &cell.value {
            Value::Text(text) => text.chars().count(),
            _ => NARROW + 2,
        };
        let width = widths.entry(cell.col).or_insert(NARROW);
        *width = (*width).max(length.min(WIDE));
    }
    if !widths.is_empty() {
        out.push_str("<cols>");
        for (col, width) in widths {
            let col = col + 1;
            out.push_str(&format!(
                "<col min=\"{col}\" max=\"{col}\" width=\"{}\" customWidth=\"1\"/>",
                width + 2
            ));
        }
        out.push_str("</cols>");
    }
    out.push_str("<sheetData>");
    for row in &sheet.rows {
        out.push_str(&format!("<row r=\"{}\">", row.index + 1));
        row.cells.iter().for_each(|cell| push_cell(&mut out, row.index, cell));
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    let merges = apart(&sheet.merges);
    if !merges.is_empty() {
        out.push_str("<mergeCells>");
        for merge in merges {
            out.push_str(&format!("<mergeCell ref=\"{}:{}\"/>", merge.first, merge.last));
        }
        out.push_str("</mergeCells>");
    }
    out.push_str("</worksheet>");
    out
}

/// Most merged ranges that are looked at: each is held against all before it.
const MOST_MERGES: usize = 2_000;

/// The merged ranges that do not overlap: Excel opens no sheet where two do.
fn apart(merges: &[Merge]) -> Vec<&Merge> {
    let meets = |a: &Merge, b: &Merge| {
        let rows = a.first.row <= b.last.row && b.first.row <= a.last.row;
        rows && a.first.col <= b.last.col && b.first.col <= a.last.col
    };
    let mut kept: Vec<&Merge> = Vec::new();
    for merge in merges.iter().filter(|merge| merge.first != merge.last).take(MOST_MERGES) {
        if !kept.iter().any(|other| meets(other, merge)) {
            kept.push(merge);
        }
    }
    kept
}

/// A cell as it was read; never a formula, whatever its text begins with.
fn push_cell(out: &mut String, row: u32, cell: &Cell) {
    let at = CellRef::new(row, cell.col);
    let text = |text: &str| {
        format!(
            "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        )
    };
    let words = match &cell.value {
        Value::Text(words) => text(&short(words, LONGEST)),
        Value::Number(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
        Value::Bool(truth) => format!("<c r=\"{at}\" t=\"b\"><v>{}</v></c>", u8::from(*truth)),
        // An error is told in its own words: not every word is one that the format knows.
        Value::Error(error) => text(error),
        Value::Date(when) => match serial(*when) {
            Some(serial) => format!("<c r=\"{at}\"{DATE}><v>{serial}</v></c>"),
            None => text(&when.format("%d/%m/%Y").to_string()),
        },
        Value::Uncomputed => return,
    };
    out.push_str(&words);
}

/// Days since the spreadsheets' day 0; none before 1900-03-01, where their calendar has a false day.
fn serial(when: NaiveDateTime) -> Option<f64> {
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
    let days = i32::try_from((when - start).num_days()).ok()?;
    let of_day = (when - when.date().and_hms_opt(0, 0, 0)?).num_seconds();
    let of_day = f64::from(i32::try_from(of_day).ok()?) / 86_400.0;
    (days > 60).then_some(f64::from(days) + of_day)
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push_escaped(&mut out, text);
    String::from_utf8(out).unwrap_or_default()
}
