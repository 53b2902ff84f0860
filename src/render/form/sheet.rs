//! One table of the blank form: title, header with notes, rows to be filled in, sums, page and protection.

use super::blank::Blank;
use super::layout::{Column, Layout};
use super::lists::Lists;
use super::rows::{self, Entry};
use super::words::Words;
use super::{FormError, look};
use crate::recognise::TableId;
use crate::recognise::blank::Holds;
use crate::render::workbook::style::{FONT, Tab, column_number, remark, title};
use crate::render::workbook::table::{lines, merge, page};
use rust_xlsxwriter::{
    ConditionalFormatFormula, Formula, IgnoreError, Note, ProtectionOptions, Workbook, Worksheet,
};

/// What a table sheet is drawn from.
pub(super) struct Drawing<'a> {
    /// The form.
    pub(super) blank: &'a Blank<'a>,
    /// The table's place on the sheet.
    pub(super) layout: &'a Layout<'a>,
    /// The lists that its columns offer.
    pub(super) lists: &'a Lists,
    /// The rows that are filled in already.
    pub(super) entries: &'a [Vec<Entry>],
}

/// How to go on, under the title.
const REMARK: &str = "Cột tiêu đề màu cam là bắt buộc. Mỗi dòng ghi một mục; thiếu dòng thì chèn thêm ở trên dòng Tổng cộng. Di chuột lên tiêu đề cột để xem cách ghi.";
const REMARK_CARRIED: &str = "Các dòng có sẵn là kiến nghị kỳ trước chưa giải quyết xong, nguồn ghi ở cột Ghi chú: hãy chọn kết quả kỳ này cho từng dòng, và thêm dòng cho kiến nghị còn thiếu.";
const REMARK_ROLLUP: &str = "Mỗi xã, phường, thị trấn một dòng; không có cuộc nào thì ghi 0, chưa có báo cáo thì để trống. Cột tiêu đề màu cam là bắt buộc. Di chuột lên tiêu đề cột để xem cách ghi.";
/// The label beside which a roll-up is dated.
const REPORT_DATE: &str = "report_date";

impl Drawing<'_> {
    /// Adds the sheet.
    pub(super) fn add(&self, to: &mut Workbook) -> Result<(), FormError> {
        let sheet = to.add_worksheet().set_name(&self.layout.form.sheet)?;
        page(sheet, Tab::Rows);
        for column in &self.layout.columns {
            sheet.set_column_width(column.at, column.blank.width)?;
        }
        self.titles(sheet)?;
        self.headers(sheet)?;
        rows::add(self, sheet)?;
        self.sums(sheet)?;
        self.warn(sheet)?;
        let layout = self.layout;
        sheet.set_repeat_rows(layout.groups(), layout.numbers())?;
        let kept = if layout.form.id == TableId::RollUp { 3 } else { 2 };
        sheet.set_freeze_panes(layout.first(), kept)?;
        sheet.ignore_error_range(
            layout.numbers(),
            0,
            layout.last(),
            layout.last_col(),
            IgnoreError::NumberStoredAsText,
        )?;
        sheet.set_selection(layout.first(), 0, layout.first(), 0)?;
        sheet.protect_with_options(&protection(layout.form.id));
        Ok(())
    }

    fn titles(&self, sheet: &mut Worksheet) -> Result<(), FormError> {
        let layout = self.layout;
        let last = layout.last_col();
        sheet.write_string_with_format(0, 0, &layout.form.title, &title())?;
        sheet.set_row_height(0, 22)?;
        sheet.merge_range(1, 0, 1, last, &self.identity(), &remark().set_bold().unset_italic())?;
        let text = match layout.form.id {
            TableId::RollUp => REMARK_ROLLUP,
            TableId::Carried if !self.entries.is_empty() => REMARK_CARRIED,
            _ => REMARK,
        };
        sheet.merge_range(2, 0, 2, last, text, &remark())?;
        let width: f64 = layout.columns.iter().map(|column| column.blank.width).sum();
        sheet.set_row_height(2, 15 * lines(text, width) + 2)?;
        if layout.form.id == TableId::RollUp {
            self.report_date(sheet)?;
        }
        Ok(())
    }

    /// A roll-up has no information sheet; its date decides between on time and late.
    fn report_date(&self, sheet: &mut Worksheet) -> Result<(), FormError> {
        let labels = &self.blank.setting.forms.labels;
        let label = labels.iter().find(|label| label.field == REPORT_DATE);
        let Some(blank) = label.and_then(|label| label.blank.as_ref()) else {
            return Err(FormError::Template(REPORT_DATE));
        };
        sheet.merge_range(3, 0, 3, 1, &format!("{}:", blank.label), &look::told().set_bold())?;
        sheet.write_blank(3, 2, &look::open(&Holds::Date))?;
        sheet.add_data_validation(3, 2, 3, 2, &rows::any_date(&blank.label, &blank.hint)?)?;
        sheet.set_row_height(3, 20)?;
        Ok(())
    }

    /// Whose table it is and of which quarter, in the words of the information sheet, so that a sheet
    /// that is sent alone still says so.
    fn identity(&self) -> String {
        let blank = self.blank;
        let said = [
            ("unit_name", Some(blank.unit.full_name())),
            ("unit_code", Some(blank.unit.code.to_string())),
            ("district", blank.district().map(crate::model::Unit::full_name)),
            ("period", Some(blank.quarter())),
        ];
        let label = |field: &str| {
            let labels = blank.setting.forms.labels.iter();
            let own = labels.filter(|label| label.field == field);
            own.filter_map(|label| label.blank.as_ref()).map(|blank| blank.label.as_str()).next()
        };
        let said = said.into_iter().filter_map(|(field, value)| {
            Some(format!("{}: {}", label(field).unwrap_or_default(), value?))
        });
        said.collect::<Vec<_>>().join("; ")
    }

    fn headers(&self, sheet: &mut Worksheet) -> Result<(), FormError> {
        let layout = self.layout;
        let (top, low) = (layout.groups(), layout.headers());
        let mut height = 2;
        let mut open = 0..0u16;
        for column in &layout.columns {
            let (at, blank) = (column.at, column.blank);
            height = height.max(lines(&blank.header, blank.width - 1.0));
            let format = look::head(column.required);
            let first = if let Some(group) = &blank.group {
                if at >= open.end {
                    let rest = layout.columns.iter().skip(usize::from(at));
                    let span = rest.take_while(|next| next.blank.group.as_ref() == Some(group));
                    open = at..at + u16::try_from(span.count()).unwrap_or(1);
                    merge(sheet, (top, at, top, open.end - 1), group, &look::head(false))?;
                }
                sheet.write_string_with_format(low, at, &blank.header, &format)?;
                low
            } else {
                merge(sheet, (top, at, low, at), &blank.header, &format)?;
                top
            };
            sheet.insert_note(first, at, &note(&self.words(column).whole()))?;
            let number = format!("({})", at + 1);
            sheet.write_string_with_format(layout.numbers(), at, number, &column_number())?;
        }
        sheet.set_row_height(top, 20)?;
        sheet.set_row_height(low, 15 * height.saturating_sub(1).max(2) + 4)?;
        Ok(())
    }

    /// What is said of a column.
    pub(super) fn words<'w>(&'w self, column: &Column<'w>) -> Words<'w> {
        Words {
            blank: column.blank,
            required: column.required,
            offered: self.lists.offered(&column.blank.holds),
            days: self.blank.setting.days,
        }
    }

    fn sums(&self, sheet: &mut Worksheet) -> Result<(), FormError> {
        let layout = self.layout;
        let row = layout.total();
        for column in &layout.columns {
            sheet.write_blank(row, column.at, &look::sum())?;
        }
        let counts = || layout.columns.iter().filter(|column| column.blank.holds == Holds::Count);
        for column in counts() {
            let formula = Formula::new(layout.sum_of(column)).set_result("0");
            sheet.write_formula_with_format(row, column.at, formula, &look::sum())?;
        }
        if counts().next().is_none() {
            let column = layout.column("content").ok_or(FormError::Template("content"))?;
            let filled = self.entries.len();
            let formula = format!("=\"Tổng cộng: \"&{}&\" kiến nghị\"", layout.filled_in(column));
            let formula =
                Formula::new(formula).set_result(format!("Tổng cộng: {filled} kiến nghị"));
            sheet.write_formula_with_format(row, column.at, formula, &look::sum_name())?;
        } else {
            // The first column that is wide enough for the words.
            let named = |column: &&Column<'_>| column.blank.width >= 10.0;
            let column = layout.columns.iter().find(named).map_or(0, |column| column.at);
            sheet.write_string_with_format(row, column, "Tổng cộng", &look::sum_name())?;
        }
        Ok(())
    }

    /// Shows required cells that are still blank in rows that were begun.
    fn warn(&self, sheet: &mut Worksheet) -> Result<(), FormError> {
        let layout = self.layout;
        for column in layout.columns.iter().filter(|column| column.required) {
            let Some(rule) = layout.lacking(column) else { continue };
            let rule =
                ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(look::wanting());
            let (first, last) = (layout.first(), layout.last());
            sheet.add_conditional_format(first, column.at, last, column.at, &rule)?;
        }
        Ok(())
    }
}

/// Nobody moves the columns; rows may be added, and be made wider and higher.
fn protection(table: TableId) -> ProtectionOptions {
    ProtectionOptions {
        insert_rows: table != TableId::RollUp,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    }
}

/// A note that shows all of its text.
fn note(text: &str) -> Note {
    let lines = u32::try_from(text.chars().count().div_ceil(36)).unwrap_or(8);
    Note::new(text)
        .add_author_prefix(false)
        .set_author("qc17")
        .set_font_name(FONT)
        .set_font_size(11)
        .set_width(240)
        .set_height(24 + 19 * lines.max(1))
}
