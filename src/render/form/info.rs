//! The sheet `Thông tin`: whose report it is and of which quarter, filled in; who signs it, to be filled in.

use super::blank::Blank;
use super::rows::any_date;
use super::{FormError, look};
use crate::model::Unit;
use crate::recognise::blank::{BlankLabel, Holds};
use crate::render::workbook::style::{Tab, remark, title};
use crate::render::workbook::table::{lines, page};
use rust_xlsxwriter::{DataValidation, FormatAlign, ProtectionOptions, Workbook, XlsxError};

/// The first label.
const FIRST: u32 = 3;
/// Width of the values.
const VALUES: f64 = 66.0;
const TITLE: &str = "BÁO CÁO KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI TRỰC TIẾP VỚI NHÂN DÂN";
/// Nothing may stand to the right of the values: a reader would take it for the value of a blank cell.
const REMARK: &str = "Ô nền xám đã điền sẵn. Hãy ghi các ô nền trắng, rồi nhập Biểu 1, Biểu 2, Biểu 3. Cách ghi xem trang Hướng dẫn.";

/// Adds the sheet.
pub(super) fn add(blank: &Blank<'_>, to: &mut Workbook) -> Result<(), FormError> {
    let forms = blank.setting.forms;
    let sheet = to.add_worksheet().set_name(&forms.info_sheet)?;
    page(sheet, Tab::Overview);
    sheet.set_column_width(0, 30)?.set_column_width(1, VALUES)?;
    sheet.merge_range(0, 0, 0, 1, TITLE, &title().set_align(FormatAlign::Center))?;
    sheet.set_row_height(0, 28)?;
    sheet.merge_range(1, 0, 1, 1, REMARK, &remark())?;
    sheet.set_row_height(1, 34)?;
    let mut row = FIRST;
    for label in &forms.labels {
        let Some(own) = &label.blank else { continue };
        let height = match (&own.holds, filled(blank, label.field)) {
            (Some(holds), _) => {
                sheet.write_blank(row, 1, &look::open(holds).set_align(FormatAlign::Left))?;
                sheet.add_data_validation(row, 1, row, 1, &accepted(own, holds)?)?;
                if label.field == "no_meeting_reason" { 50 } else { 20 }
            }
            (None, Some(value)) => {
                sheet.write_string_with_format(row, 1, &value, &look::fixed(&Holds::Text))?;
                15 * lines(&value, VALUES - 2.0) + 5
            }
            // Where there is no district there is no such line.
            (None, None) => continue,
        };
        let format = look::head(false).set_align(FormatAlign::Left);
        sheet.write_string_with_format(row, 0, &own.label, &format)?;
        sheet.set_row_height(row, height)?;
        row += 1;
    }
    sheet.set_selection(FIRST, 1, FIRST, 1)?;
    let protection =
        ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&protection);
    Ok(())
}

fn accepted(label: &BlankLabel, holds: &Holds) -> Result<DataValidation, XlsxError> {
    if *holds == Holds::Date {
        return any_date(&label.label, &label.hint);
    }
    let rule = DataValidation::new().allow_any_value();
    rule.set_input_title(&label.label)?.set_input_message(&label.hint)
}

fn filled(blank: &Blank<'_>, field: &str) -> Option<String> {
    match field {
        "unit_code" => Some(blank.unit.code.to_string()),
        "unit_name" => Some(blank.unit.full_name()),
        "district" => blank.district().map(Unit::full_name),
        "period" => Some(blank.quarter()),
        _ => None,
    }
}
