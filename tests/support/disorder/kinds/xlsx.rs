//! The grid as Excel's workbook.

use super::cell::Stored;
use qc17::open::{Value, Workbook};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatScript, Formula, Workbook as Writer, Worksheet,
};

/// The bytes of a workbook.
pub fn bytes(book: &Workbook) -> Vec<u8> {
    let mut writer = Writer::new();
    // The library's own date is that of the moment; the same draft shall have the same bytes.
    let made = ExcelDateTime::from_ymd(2021, 4, 1).unwrap();
    writer.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for sheet in &book.sheets {
        let out = writer.add_worksheet();
        out.set_name(&*sheet.name.name).unwrap();
        out.set_hidden(sheet.hidden);
        if !sheet.hidden && book.sheets.iter().take_while(|s| s.hidden).count() > 0 {
            out.set_active(true);
        }
        for merge in &sheet.merges {
            let (first, last) = (merge.first, merge.last);
            let (left, right) = (first.col as u16, last.col as u16);
            out.merge_range(first.row, left, last.row, right, "", &Format::new()).unwrap();
        }
        for row in &sheet.rows {
            if row.hidden {
                out.set_row_hidden(row.index).unwrap();
            }
            for cell in &row.cells {
                put(out, row.index, cell.col as u16, &cell.value, &day);
            }
        }
        for (first, last) in &sheet.hidden_cols {
            out.set_column_range_hidden(*first as u16, *last as u16).unwrap();
        }
    }
    writer.save_to_buffer().unwrap()
}

fn put(out: &mut Worksheet, row: u32, col: u16, value: &Value, day: &Format) {
    let done = match value.into() {
        Stored::Text(text) => out.write_string(row, col, text),
        Stored::Rich(stretches) => {
            let formats = [
                Format::new().set_bold(),
                Format::new().set_font_strikethrough(),
                Format::new().set_font_script(FormatScript::Superscript),
            ];
            let runs: Vec<_> = (stretches.iter())
                .map(|(text, stand)| (&formats[*stand as usize], *text))
                .collect();
            out.write_rich_string(row, col, &runs)
        }
        Stored::Number(n) => out.write_number(row, col, n),
        Stored::Share(n) => {
            out.write_number_with_format(row, col, n, &Format::new().set_num_format("0.0%"))
        }
        Stored::Day(when) => {
            let date = ExcelDateTime::parse_from_str(&when.format("%Y-%m-%d").to_string()).unwrap();
            out.write_datetime_with_format(row, col, &date, day)
        }
        Stored::Truth(set) => out.write_boolean(row, col, set),
        Stored::Failed(fault) => {
            out.write_formula(row, col, Formula::new("=1/0").set_result(fault))
        }
        Stored::Uncomputed => out.write_formula(row, col, Formula::new("=SUM(A1)").set_result("")),
    };
    done.unwrap();
}
