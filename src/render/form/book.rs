//! The workbook of a blank form: its sheets in their order, its properties.

use super::blank::{Blank, VERSION};
use super::layout::Layout;
use super::lists::Lists;
use super::rows::{self, Entry};
use super::sheet::Drawing;
use super::{FormError, guide, info, lock};
use crate::model::{Form, Level};
use crate::recognise::TableId;
use crate::recognise::forms::TableForm;
use crate::render::workbook::style;
use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Draws the workbook.
pub(super) fn draw(blank: &Blank<'_>) -> Result<Vec<u8>, FormError> {
    let entries = entries(blank);
    let mut tables = Vec::new();
    for id in tables_of(blank.form) {
        tables.push(Layout::new(table(blank, *id)?, filled(&entries, *id).len()));
    }
    let lists = Lists::of(blank, &tables);
    let mut book = Workbook::new();
    book.set_default_format(&style::base(), 20, 64)?;
    book.set_properties(&properties(blank)?);
    if blank.form == Form::Detail {
        info::add(blank, &mut book)?;
    }
    for layout in &tables {
        let entries = filled(&entries, layout.form.id);
        Drawing { blank, layout, lists: &lists, entries }.add(&mut book)?;
    }
    guide::add(blank, (&tables, &lists), &mut book)?;
    lists.add(&blank.setting.forms.lists_sheet, &mut book)?;
    lock::structure(&book.save_to_buffer()?)
}

const fn tables_of(form: Form) -> &'static [TableId] {
    match form {
        Form::Detail => &[TableId::Meetings, TableId::Petitions, TableId::Carried],
        Form::RollUp => &[TableId::RollUp],
    }
}

fn table<'a>(blank: &Blank<'a>, id: TableId) -> Result<&'a TableForm, FormError> {
    blank.setting.forms.table(id).ok_or(FormError::Template(id.label()))
}

/// The rows that are filled in beforehand, and their table.
fn entries(blank: &Blank<'_>) -> (TableId, Vec<Vec<Entry>>) {
    let setting = &blank.setting;
    match blank.form {
        Form::Detail => {
            let rows = blank.open.iter().map(|open| rows::carried(open, setting.codes));
            (TableId::Carried, rows.collect())
        }
        Form::RollUp => {
            let day = setting.period.last_day();
            let below = setting.register.children(blank.unit.code, day);
            let communes = below.filter(|unit| unit.level == Level::Commune);
            (TableId::RollUp, communes.map(rows::commune).collect())
        }
    }
}

fn filled(entries: &(TableId, Vec<Vec<Entry>>), id: TableId) -> &[Vec<Entry>] {
    if entries.0 == id { &entries.1 } else { &[] }
}

/// The form's version stands here, and whose it is; the day is the quarter's first, for no clock is asked.
fn properties(blank: &Blank<'_>) -> Result<DocProperties, XlsxError> {
    let first = blank.setting.period.first_day();
    let year = u16::try_from(first.year()).unwrap_or(1980);
    let made = ExcelDateTime::from_ymd(year, u8::try_from(first.month()).unwrap_or(1), 1)?;
    let title = format!(
        "Biểu {} {}, {}",
        blank.form.key(),
        blank.unit.full_name(),
        blank.setting.period.label()
    );
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject("Quy chế 17-QC/TU")
        .set_author("qc17")
        .set_creation_datetime(&made)
        .set_custom_property("qc17-bieu", blank.form.key())
        .set_custom_property("qc17-phien-ban", VERSION)
        .set_custom_property("qc17-don-vi", blank.unit.code.as_str())
        .set_custom_property("qc17-ky", blank.setting.period.to_string().as_str()))
}
