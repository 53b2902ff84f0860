//! The grid as a workbook of Excel 97, record by record.

use super::super::biff::{compound, record};
use super::cell::{Stored, error_code, runs, serial};
use qc17::open::{Sheet, Value, Workbook};

pub fn bytes(book: &Workbook) -> Vec<u8> {
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(worksheet).collect();
    // General, a date, a percentage.
    let formats = [0u8, 14, 9].map(|number| record(0x00E0, &format(number))).concat();
    // A plain font, one that strikes out, one that raises.
    let font = |flags: u16, script: u16| {
        record(0x0031, &shorts(&[220, flags, 0x7FFF, 400, script, 0, 0, 1, u16::from(b'A')]))
    };
    let fonts = [font(0, 0), font(8, 0), font(0, 1)].concat();
    let first = [begin(5), record(0x0042, &1200u16.to_le_bytes()), fonts, formats].concat();
    let listed = |starts: &[usize]| -> Vec<u8> {
        let each = book.sheets.iter().zip(starts).flat_map(|(sheet, start)| {
            let name: Vec<u16> = sheet.name.name.encode_utf16().collect();
            let mut data = (*start as u32).to_le_bytes().to_vec();
            data.extend([u8::from(sheet.hidden), 0, name.len() as u8, 1]);
            data.extend(name.iter().flat_map(|unit| unit.to_le_bytes()));
            record(0x0085, &data)
        });
        each.collect()
    };
    let end = record(0x000A, &[]);
    let mut at = first.len() + listed(&vec![0; sheets.len()]).len() + end.len();
    let mut starts = Vec::new();
    for sheet in &sheets {
        starts.push(at);
        at += sheet.len();
    }
    compound(&[first, listed(&starts), end, sheets.concat()].concat())
}

fn begin(kind: u8) -> Vec<u8> {
    record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

fn format(number: u8) -> [u8; 20] {
    let mut data = [0; 20];
    data[2] = number;
    data
}

fn worksheet(sheet: &Sheet) -> Vec<u8> {
    let mut out = begin(16);
    for (first, last) in &sheet.hidden_cols {
        let data = [*first as u16, *last as u16, 2560, 0, 1, 0];
        out.extend(record(0x007D, &shorts(&data)));
    }
    for row in sheet.rows.iter().filter(|row| row.hidden) {
        out.extend(record(0x0208, &shorts(&[row.index as u16, 0, 256, 255, 0, 0, 0x20, 0])));
    }
    for row in &sheet.rows {
        for cell in &row.cells {
            let place = (row.index as u16, cell.col as u16);
            out.extend(written(place, &cell.value));
        }
    }
    if !sheet.merges.is_empty() {
        let corners = sheet.merges.iter().flat_map(|merge| {
            let (first, last) = (merge.first, merge.last);
            [first.row as u16, last.row as u16, first.col as u16, last.col as u16]
        });
        let data: Vec<u16> = [sheet.merges.len() as u16].into_iter().chain(corners).collect();
        out.extend(record(0x00E5, &shorts(&data)));
    }
    out.extend(record(0x000A, &[]));
    out
}

fn written((row, col): (u16, u16), value: &Value) -> Vec<u8> {
    let cell = |id: u16, style: u16, data: &[u8]| {
        record(id, &[&shorts(&[row, col, style]), data].concat())
    };
    match value.into() {
        Stored::Rich(stretches) => {
            let (text, runs) = runs(&stretches);
            let runs: Vec<u16> = runs.iter().flat_map(|(at, font)| [*at, *font]).collect();
            let many = (runs.len() / 2) as u16;
            cell(0x00D6, 0, &[wide(&text), shorts(&[many]), shorts(&runs)].concat())
        }
        Stored::Text(text) => cell(0x0204, 0, &wide(text)),
        Stored::Number(n) => cell(0x0203, 0, &n.to_le_bytes()),
        Stored::Share(n) => cell(0x0203, 2, &n.to_le_bytes()),
        Stored::Day(day) => cell(0x0203, 1, &serial(day).to_le_bytes()),
        Stored::Truth(set) => cell(0x0205, 0, &[u8::from(set), 0]),
        Stored::Failed(fault) => cell(0x0205, 0, &[error_code(fault), 1]),
        // Its result is empty, and it has no tokens.
        Stored::Uncomputed => {
            cell(0x0006, 0, &[&[3, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 8]].concat())
        }
    }
}

/// A text with its length before it, two bytes for each letter.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [&shorts(&[units.len() as u16]), &[1][..], &shorts(&units)].concat()
}

fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}
