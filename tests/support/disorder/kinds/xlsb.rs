//! The grid as Excel's binary workbook, record by record.

use super::cell::{Stored, error_code, runs, serial};
use qc17::open::{Row, Sheet, Value, Workbook};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub fn bytes(book: &Workbook) -> Vec<u8> {
    let (mut listed, mut relations) = (Vec::new(), String::new());
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (sheet, number) in book.sheets.iter().zip(1u32..) {
        let id = format!("r{number}");
        let about = [longs(&[u32::from(sheet.hidden), number]), text(&id), text(&sheet.name.name)];
        listed.push(record(156, &about.concat()));
        relations += &format!(
            "<Relationship Id=\"{id}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{number}.bin\"/>"
        );
        parts.push((format!("xl/worksheets/sheet{number}.bin"), worksheet(sheet)));
    }
    relations += "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.bin\"/>";
    let workbook = [
        record(131, &[]),
        record(153, &longs(&[0, 0])),
        record(143, &[]),
        listed.concat(),
        record(144, &[]),
        record(132, &[]),
    ];
    let format = |number: u8| record(47, &[0, 0, number, 0]);
    // A plain font, one that strikes out, one that raises.
    let font = |flags: u8, script: u8| record(43, &[220, 0, flags, 0, 144, 1, script, 0, 0, 0, 0]);
    let fonts = [record(611, &longs(&[3])), font(0, 0), font(8, 0), font(0, 1), record(612, &[])];
    // General, a date, a percentage.
    let styles = [
        fonts.concat(),
        record(617, &longs(&[3])),
        format(0),
        format(14),
        format(9),
        record(618, &[]),
    ];
    parts.push(("xl/workbook.bin".to_owned(), workbook.concat()));
    parts.push(("xl/styles.bin".to_owned(), styles.concat()));
    parts.push((
        "xl/_rels/workbook.bin.rels".to_owned(),
        format!("<Relationships>{relations}</Relationships>").into_bytes(),
    ));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn worksheet(sheet: &Sheet) -> Vec<u8> {
    let mut out = record(129, &[]);
    for (first, last) in &sheet.hidden_cols {
        out.extend(record(60, &[longs(&[*first, *last, 2560, 0]), vec![1, 0]].concat()));
    }
    out.extend(record(145, &[]));
    sheet.rows.iter().for_each(|row| written(row, &mut out));
    out.extend(record(146, &[]));
    for merge in &sheet.merges {
        let (first, last) = (merge.first, merge.last);
        out.extend(record(176, &longs(&[first.row, last.row, first.col, last.col])));
    }
    out.extend(record(130, &[]));
    out
}

fn written(row: &Row, out: &mut Vec<u8>) {
    let flags = if row.hidden { 0x1000u16 } else { 0 };
    let head =
        [longs(&[row.index, 0]), 300u16.to_le_bytes().to_vec(), flags.to_le_bytes().to_vec()];
    out.extend(record(0, &[head.concat(), vec![0]].concat()));
    for cell in &row.cells {
        let (id, style, data) = content(&cell.value);
        out.extend(record(id, &[longs(&[cell.col, style]), data].concat()));
    }
}

/// The number of the record, the style, and what follows.
fn content(value: &Value) -> (u16, u32, Vec<u8>) {
    match value.into() {
        Stored::Text(words) => (6, 0, text(words)),
        Stored::Rich(stretches) => {
            let (words, runs) = runs(&stretches);
            let many = longs(&[runs.len() as u32]);
            let runs = runs.iter().flat_map(|(at, font)| [*at, *font]).flat_map(u16::to_le_bytes);
            (62, 0, [vec![1], text(&words), many, runs.collect()].concat())
        }
        Stored::Number(n) => (5, 0, n.to_le_bytes().to_vec()),
        Stored::Share(n) => (5, 2, n.to_le_bytes().to_vec()),
        Stored::Day(day) => (5, 1, serial(day).to_le_bytes().to_vec()),
        Stored::Truth(set) => (4, 0, vec![u8::from(set)]),
        Stored::Failed(fault) => (3, 0, vec![error_code(fault)]),
        // A formula with an empty text for its result.
        Stored::Uncomputed => (8, 0, [text(""), vec![0; 10]].concat()),
    }
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for mut number in [usize::from(id), data.len()] {
        while number > 0x7F {
            out.push(number as u8 & 0x7F | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    }
    out.extend(data);
    out
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}
