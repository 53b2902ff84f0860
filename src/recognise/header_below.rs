//! Rows right below a header that still belong to it, and those that only look so.

use super::forms::{Forms, TableForm};
use super::header::{HeaderColumn, match_columns};
use super::header_words::cell_text;
use super::marks::numbers_columns;
use super::row_cells::{first_words, is_figure};
use super::row_words::{begins_foot, counts_sections};
use crate::model::text::key;
use crate::notation::number::{self, CountReading, Measure};
use crate::open::{Cell, Sheet, Value};
use std::collections::BTreeMap;

/// Whether the row holds nothing but one word that is else written over a column of ticks: the title of a section,
/// `Định kỳ`, for such columns come in twos.
pub(super) fn lone_tick(sheet: &Sheet, row: u32, forms: &Forms) -> bool {
    let Some(row) = sheet.row(row) else { return false };
    matches!(row.cells.as_slice(), [only] if forms.is_tick(&key(cell_text(&only.value))))
}

/// Whether a row below the header goes on with it: nothing but words, and words under a count.
pub(super) fn refines(
    sheet: &Sheet,
    row: u32,
    form: &TableForm,
    forms: &Forms,
    columns: &BTreeMap<u32, HeaderColumn>,
) -> bool {
    let Some(row) = sheet.row(row) else { return false };
    let section = |cell: &Cell| matches!(&cell.value, Value::Text(text) if counts_sections(text));
    if row.cells.iter().any(|cell| is_figure(cell) || section(cell))
        || numbers_columns(row, true)
        || first_words(row).is_some_and(|words| begins_foot(&words))
    {
        return false;
    }
    let found = match_columns(form, forms, columns);
    // Words in the first column alone are a section's title.
    let counts = columns.keys().zip(&found).filter_map(|(col, at)| {
        if row.cells.len() == 1 && columns.keys().next() == Some(col) {
            return None;
        }
        let column = form.columns.get((*at)?)?;
        (column.tick.is_none() && COUNTS.contains(&column.field)).then_some(*col)
    });
    counts.filter_map(|col| row.get(col)).any(|cell| {
        let words = cell_text(&cell.value).trim();
        let remark = words.trim_matches(['(', ')']);
        !key(words).is_empty()
            && !forms.is_remark(remark)
            && number::from_text(words, Measure::Any) == CountReading::Invalid
    })
}

/// Whether a row only says in which unit each column is, or how to fill it in: `(người)`, `dd/mm/yyyy`.
pub(super) fn says_units(sheet: &Sheet, row: u32, forms: &Forms) -> bool {
    let remark = |cell: &Cell| match &cell.value {
        Value::Text(text) => forms.is_remark(text.trim().trim_matches(['(', ')'])),
        _ => false,
    };
    let words = |cell: &Cell| !cell_text(&cell.value).bytes().all(|b| b.is_ascii_digit());
    sheet.row(row).is_some_and(|row| {
        row.cells.iter().all(remark) && row.cells.iter().any(words) && !row.cells.is_empty()
    })
}

/// The fields that hold counts.
const COUNTS: [&str; 18] = [
    "attendees",
    "women",
    "minority",
    "speakers",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "periodic",
    "ad_hoc",
    "total",
    "by_secretary",
    "by_chairman",
    "by_both",
    "by_deputy",
    "notices",
];
