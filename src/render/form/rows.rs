//! The rows of a table: blank cells with what they accept, and the rows that are filled in beforehand.

use super::FormError;
use super::blank::quarter;
use super::layout::{Column, Layout};
use super::look;
use super::sheet::Drawing;
use crate::model::backlog::OpenPetition;
use crate::model::privacy::masked;
use crate::model::{Period, Place, Unit};
use crate::normalise::Codes;
use crate::recognise::TableId;
use crate::recognise::blank::Holds;
use crate::render::workbook::table::lines;
use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};

/// Characters that a cell can hold.
const MAX_TEXT: usize = 32_767;

/// One cell that is filled in beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The field.
    pub(super) field: &'static str,
    /// What stands there.
    pub(super) text: String,
    /// Whether the unit may change it.
    pub(super) open: bool,
}

/// An open petition as a row of Biểu 3: everything but what became of it since.
pub(super) fn carried(open: &OpenPetition, codes: &Codes) -> Vec<Entry> {
    let cells = [
        ("origin", open.origin.map(quarter)),
        ("content", open.content.as_ref().map(|text| masked(text.as_str()).into_owned())),
        ("field", open.subject.map(|subject| codes.subject.with_code(subject))),
        ("authority", open.authority.map(|authority| codes.authority.name(authority).to_owned())),
        ("before", open.outcome.map(|outcome| codes.outcome.with_code(outcome))),
        ("note", Some(source(open))),
    ];
    let cells = cells.into_iter();
    cells.filter_map(|(field, text)| Some(Entry { field, text: text?, open: true })).collect()
}

/// Where an open petition was last reported, and what is not known of it.
fn source(open: &OpenPetition) -> String {
    let Place { file, sheet, cell } = &open.place;
    let sheet = sheet.as_ref().map(|sheet| sheet.name.to_string());
    let row = cell.map(|cell| format!("hàng {}", cell.row + 1));
    let file = file.as_ref().map(|file| format!("tệp {}", file.file_name()));
    let parts: Vec<String> = [sheet, row, file].into_iter().flatten().collect();
    let known = if open.outcome.is_some() { "" } else { "; kỳ trước chưa rõ kết quả" };
    format!("{}{known}", parts.join(", "))
}

/// A commune as a row of Biểu 02.
pub(super) fn commune(unit: &Unit) -> Vec<Entry> {
    let cells = [("unit_code", unit.code.to_string()), ("unit_name", unit.full_name())];
    cells.into_iter().map(|(field, text)| Entry { field, text, open: false }).collect()
}

/// Writes the rows.
pub(super) fn add(drawing: &Drawing<'_>, sheet: &mut Worksheet) -> Result<(), FormError> {
    let layout = drawing.layout;
    let rollup = layout.form.id == TableId::RollUp;
    for column in &layout.columns {
        let holds = &column.blank.holds;
        // On a roll-up the communes are the register's, not the district's.
        let given = |field| drawing.entries.iter().flatten().any(|e| e.field == field && !e.open);
        let locked = given(column.field) || (rollup && column.field == "no");
        let format = if locked { look::fixed(holds) } else { look::open(holds) };
        let mut entries = drawing.entries.iter();
        for (row, number) in (layout.first()..=layout.last()).zip(1u32..) {
            let entry = entries.next().and_then(|row| row.iter().find(|e| e.field == column.field));
            match entry {
                Some(entry) => {
                    sheet.write_string_with_format(
                        row,
                        column.at,
                        fitting(&entry.text),
                        &format,
                    )?;
                }
                None if column.field == "no" => {
                    sheet.write_number_with_format(row, column.at, number, &format)?;
                }
                None => {
                    sheet.write_blank(row, column.at, &format)?;
                }
            }
        }
        if !locked {
            accept(drawing, column, sheet)?;
        }
    }
    for (row, entries) in (layout.first()..=layout.last()).zip(drawing.entries) {
        sheet.set_row_height(row, 15 * height(layout, entries) + 2)?;
    }
    Ok(())
}

/// How many lines the longest text of a row takes; not every program finds out by itself.
fn height(layout: &Layout<'_>, entries: &[Entry]) -> u32 {
    let of = |entry: &Entry| {
        let column = layout.column(entry.field)?;
        Some(lines(&entry.text, column.blank.width))
    };
    // No row is higher than a page's half.
    entries.iter().filter_map(of).max().unwrap_or(1).clamp(1, 20)
}

/// What the cells of a column accept. The row of sums is in, so that a row inserted above it is.
fn accept(
    drawing: &Drawing<'_>,
    column: &Column<'_>,
    sheet: &mut Worksheet,
) -> Result<(), FormError> {
    let words = drawing.words(column);
    let rule =
        match &column.blank.holds {
            Holds::Text => return Ok(()),
            Holds::Code(offers) => {
                let list = Formula::new(format!("={}", super::lists::defined(offers)));
                DataValidation::new().allow_list_formula(list)
            }
            Holds::Count => DataValidation::new()
                .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            Holds::Ordinal => DataValidation::new()
                .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(1)),
            Holds::Date => dates(any_day()),
            Holds::DayOfPeriod => dates(drawing.blank.setting.days),
            Holds::Quarter => DataValidation::new().allow_any_value(),
        };
    let prompt = words.prompt().filter(|_| column.field != "no");
    let rule = told(rule, &column.blank.header, prompt.as_deref(), &words.refusal())?;
    let layout = drawing.layout;
    sheet.add_data_validation(layout.first(), column.at, layout.total(), column.at, &rule)?;
    Ok(())
}

/// A cell that takes any day that a report can speak of.
pub(super) fn any_date(title: &str, hint: &str) -> Result<DataValidation, XlsxError> {
    let refusal = "Không phải ngày có trong lịch. Hãy ghi ngày/tháng/năm; nếu máy vẫn không nhận, ghi năm-tháng-ngày, ví dụ 2021-05-15.";
    let prompt = format!("{hint} Ghi ngày/tháng/năm.");
    told(dates(any_day()), title, Some(&prompt), refusal)
}

fn dates((first, last): (NaiveDate, NaiveDate)) -> DataValidation {
    DataValidation::new().allow_date(DataValidationRule::Between(first, last))
}

/// From the first to the last day of the years that a report can be about.
fn any_day() -> (NaiveDate, NaiveDate) {
    let years = Period::YEARS;
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    (
        day(*years.start(), 1, 1).unwrap_or(NaiveDate::MIN),
        day(*years.end(), 12, 31).unwrap_or(NaiveDate::MAX),
    )
}

fn told(
    rule: DataValidation,
    title: &str,
    prompt: Option<&str>,
    refusal: &str,
) -> Result<DataValidation, XlsxError> {
    let mut rule = rule;
    if let Some(prompt) = prompt {
        rule = rule.set_input_title(title)?.set_input_message(prompt)?;
    }
    if !refusal.is_empty() {
        rule = rule.set_error_title(title)?.set_error_message(refusal)?;
    }
    Ok(rule)
}

/// A text cut to what a cell can hold.
fn fitting(text: &str) -> &str {
    let mut left = MAX_TEXT;
    let end = text.char_indices().find(|(_, c)| {
        let fits = left.checked_sub(c.len_utf16());
        left = fits.unwrap_or(0);
        fits.is_none()
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}
