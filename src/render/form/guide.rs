//! The sheet `Hướng dẫn`: how to fill the form in, and each column in its turn.

use super::blank::Blank;
use super::layout::Layout;
use super::lists::Lists;
use super::words::{Words, shown};
use super::{FormError, look};
use crate::model::Form;
use crate::render::workbook::style::{Tab, base, header, heading, title};
use crate::render::workbook::table::{lines, page};
use rust_xlsxwriter::{FormatAlign, ProtectionOptions, Workbook, Worksheet};
use serde::Deserialize;

/// Widths of the table's columns, sheet, column and how it is filled in.
const WIDTHS: [f64; 3] = [22.0, 44.0, 84.0];

/// The sentences of both forms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    detail: Vec<String>,
    carried: Vec<String>,
    rollup: Vec<String>,
}

/// Adds the sheet.
pub(super) fn add(
    blank: &Blank<'_>,
    (tables, lists): (&[Layout<'_>], &Lists),
    to: &mut Workbook,
) -> Result<(), FormError> {
    let guide: Guide = toml::from_str(include_str!("../../../templates/huong-dan-bieu.toml"))?;
    let sheet = to.add_worksheet().set_name(&blank.setting.forms.guide_sheet)?;
    page(sheet, Tab::Grounds);
    for (col, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    sheet.write_string_with_format(0, 0, "HƯỚNG DẪN ĐIỀN BIỂU", &title())?;
    sheet.set_row_height(0, 22)?;
    let mut said = match blank.form {
        Form::Detail => guide.detail,
        Form::RollUp => guide.rollup,
    };
    if !blank.open.is_empty() {
        said.extend(guide.carried);
    }
    let mut row = 1;
    for (number, sentence) in (1u32..).zip(said) {
        paragraph(sheet, row, &format!("{number}. {}", filled(blank, &sentence)))?;
        row += 1;
    }
    columns(blank, (tables, lists), sheet, row + 1)?;
    sheet.protect_with_options(&ProtectionOptions::new());
    Ok(())
}

/// The sentence with the names and days of this form.
fn filled(blank: &Blank<'_>, sentence: &str) -> String {
    sentence
        .replace("{don_vi}", &blank.unit.full_name())
        .replace("{ky}", &blank.setting.period.label())
        .replace("{noi_nhan}", blank.receiver)
        .replace("{han}", &shown(blank.setting.deadline))
        .replace("{tep}", &blank.file_name())
}

fn paragraph(sheet: &mut Worksheet, row: u32, text: &str) -> Result<(), FormError> {
    let format = base().set_text_wrap().set_align(FormatAlign::Top);
    sheet.merge_range(row, 0, row, 2, text, &format)?;
    sheet.set_row_height(row, 15 * lines(text, WIDTHS.iter().sum::<f64>() - 4.0) + 3)?;
    Ok(())
}

/// Every column of every table. No header stands in a cell alone: this is no table of the forms.
fn columns(
    blank: &Blank<'_>,
    (tables, lists): (&[Layout<'_>], &Lists),
    sheet: &mut Worksheet,
    from: u32,
) -> Result<(), FormError> {
    sheet.write_string_with_format(from, 0, "Cách ghi từng cột", &heading())?;
    for (col, head) in (0u16..).zip(["Trang biểu", "Cột trong biểu", "Cách ghi"]) {
        sheet.write_string_with_format(from + 1, col, head, &header())?;
    }
    sheet.set_repeat_rows(from + 1, from + 1)?;
    let mut row = from + 2;
    for table in tables {
        for column in &table.columns {
            let words = Words {
                blank: column.blank,
                required: column.required,
                offered: lists.offered(&column.blank.holds),
                days: blank.setting.days,
            };
            let group = column.blank.group.iter().map(|group| format!("{group} - "));
            let name: String = group.chain([column.blank.header.clone()]).collect();
            let how = words.whole();
            let format = look::told();
            let place = table.form.id.label();
            sheet.write_string_with_format(row, 0, place, &format)?;
            let name = format!("({}) {name}", column.at + 1);
            sheet.write_string_with_format(row, 1, &name, &format)?;
            sheet.write_string_with_format(row, 2, &how, &format)?;
            let [_, second, third] = WIDTHS;
            let high = lines(&name, second - 2.0).max(lines(&how, third - 4.0));
            sheet.set_row_height(row, 15 * high + 3)?;
            row += 1;
        }
    }
    Ok(())
}
