//! Writes the sheets of a submission as a real workbook, laid out as the blank forms are.

use super::forms::FORMS;
use super::sheet::{INFO_VALUE, Sheet, SheetRow, TOTAL};
use super::value::Value;
use rust_xlsxwriter::{CalculationMode, Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Read, Write};

/// The bytes of the workbook.
pub(crate) fn bytes(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // As Excel saves it: what is stored beside a formula was computed.
    book.set_calculation_mode(CalculationMode::Manual);
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        page.set_hidden(sheet.hidden);
        if sheet.is_info() {
            for (at, row) in (0..).zip(&sheet.rows) {
                page.write_string(at, 0, &row.key)?;
                let value = row.cells.get(INFO_VALUE).unwrap_or(&Value::Blank);
                write(page, at, 1, value, "")?;
            }
        } else {
            table(page, sheet)?;
        }
    }
    let bytes = book.save_to_buffer()?;
    let open = sheets
        .iter()
        .flat_map(|sheet| &sheet.rows)
        .any(|row| row.cells.values().any(|value| *value == Value::Uncomputed));
    Ok(if open { without_stored_results(&bytes) } else { bytes })
}

/// The library always stores a result; this one stands for none.
const NO_RESULT: &str = "31415926535";

/// The package with the results that stand for none taken out, as programs leave them that never
/// compute.
fn without_stored_results(bytes: &[u8]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        let content = content.replace(&format!("<v>{NO_RESULT}</v>"), "<v></v>");
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn table(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last = u16::try_from(sheet.columns.len()).unwrap_or(1).saturating_sub(1);
    let title = FORMS.table(&sheet.form).map_or("", |form| form.title.as_str());
    let plain = Format::new();
    page.merge_range(0, 0, 0, last, title, &plain)?;
    page.merge_range(1, 0, 1, last, sheet.subtitle.as_deref().unwrap_or_default(), &plain)?;
    let first = header(page, sheet)?;
    for (label, (from, to)) in &sheet.merges {
        let col = sheet.columns.iter().position(|column| column.label == *label).unwrap_or(0);
        let col = u16::try_from(col).unwrap_or(0);
        let [from, to] = [from, to].map(|at| first + u32::try_from(*at).unwrap_or(0));
        page.merge_range(from, col, to, col, "", &plain)?;
    }
    for (at, row) in (first..).zip(&sheet.rows) {
        for (col, column) in (0..).zip(&sheet.columns) {
            let value = row.cells.get(&column.label).unwrap_or(&Value::Blank);
            let sum = || summed(&sheet.rows, &column.label);
            let stored = if *value == Value::Sum { sum() } else { String::new() };
            write(page, at, col, value, &stored)?;
        }
        if row.key == TOTAL {
            page.write_string(at, 0, TOTAL)?;
        }
        if row.hidden {
            page.set_row_hidden(at)?;
        }
    }
    for (col, column) in (0..).zip(&sheet.columns) {
        if column.hidden {
            page.set_column_hidden(col)?;
        }
    }
    let foot = first + u32::try_from(sheet.rows.len()).unwrap_or(0) + 1;
    page.write_string(foot, 1, "NGƯỜI LẬP BIỂU")?;
    page.write_string(foot, last - last / 3, "T/M BAN THƯỜNG VỤ")?;
    page.write_string(foot + 4, 1, "Lê Thị Bình")?;
    page.write_string(foot + 4, last - last / 3, "Nguyễn Văn An")?;
    Ok(())
}

/// One header row, or two where columns stand in groups, and the row of column numbers.
fn header(page: &mut Worksheet, sheet: &Sheet) -> Result<u32, XlsxError> {
    let plain = Format::new();
    let grouped = sheet.columns.iter().any(|column| column.column.group.is_some());
    let lower = if grouped { 3 } else { 2 };
    let mut col = 0;
    for run in
        sheet.columns.chunk_by(|a, b| a.column.group.is_some() && a.column.group == b.column.group)
    {
        let end = col + u16::try_from(run.len()).unwrap_or(1) - 1;
        match &run[0].column.group {
            Some(group) if end > col => {
                page.merge_range(2, col, 2, end, group, &plain)?;
            }
            Some(group) => {
                page.write_string(2, col, group)?;
            }
            None if grouped => {
                page.merge_range(2, col, lower, col, &run[0].column.header, &plain)?;
            }
            None => {
                page.write_string(2, col, &run[0].column.header)?;
            }
        }
        for (at, column) in (col..).zip(run).filter(|(_, column)| column.column.group.is_some()) {
            page.write_string(lower, at, &column.column.header)?;
        }
        col = end + 1;
    }
    for at in 0..col {
        page.write_number(lower + 1, at, f64::from(at + 1))?;
    }
    Ok(lower + 2)
}

fn write(
    page: &mut Worksheet,
    row: u32,
    col: u16,
    value: &Value,
    stored: &str,
) -> Result<(), XlsxError> {
    match value {
        Value::Blank => {}
        Value::Text(text) => {
            page.write_string(row, col, text)?;
        }
        Value::Number(number) => {
            page.write_number(row, col, *number)?;
        }
        Value::Date(day) => {
            page.write_with_format(row, col, day, &Format::new().set_num_format("dd/mm/yyyy"))?;
        }
        Value::Error(error) => {
            page.write_formula(row, col, Formula::new("=A1").set_result(error))?;
        }
        Value::Uncomputed => {
            page.write_formula(row, col, Formula::new("=A1+1").set_result(NO_RESULT))?;
        }
        Value::Sum => {
            page.write_formula(row, col, Formula::new("=SUM(A1)").set_result(stored))?;
        }
    }
    Ok(())
}

/// What a spreadsheet program would have stored for the sum of a column.
fn summed(rows: &[SheetRow], column: &str) -> String {
    let mut sum = 0.0;
    for row in rows {
        match row.cells.get(column) {
            Some(Value::Number(number)) if row.key != TOTAL => sum += number,
            Some(Value::Error(error)) => return error.clone(),
            _ => {}
        }
    }
    sum.to_string()
}
