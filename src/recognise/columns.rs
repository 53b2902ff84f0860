//! From a header to the columns that can be read, and a finding for each that cannot.

use super::forms::{ColumnForm, Forms, TableForm};
use super::header::{Header, HeaderColumn};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{CellRef, Finding, Place};
use crate::open::Sheet;
use crate::rules::bm::{BM02, BM03, BM04};
use std::collections::BTreeMap;

/// How alike an unknown header must be to a known one to be named as its neighbour (0 to 1).
const NEAR: f64 = 0.80;

/// Where the fields of a table stand.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The column of each field that was found once.
    pub at: BTreeMap<&'static str, u32>,
    /// Fields that the sheet has no column for.
    pub absent: Vec<&'static str>,
    /// Fields that cannot be read although the form needs them or the sheet has them twice.
    pub lost: Vec<&'static str>,
}

/// Decides every column of a header; what is doubled, unknown or missing is said.
pub fn decide(
    file: &FilePath,
    sheet: &Sheet,
    header: &Header,
    forms: &Forms,
    findings: &mut Vec<Finding>,
) -> Columns {
    let mut columns = Columns::default();
    let Some(form) = forms.table(header.table) else { return columns };
    let place = |col: Option<&HeaderColumn>| {
        let cell = col.map_or(CellRef::new(header.first_row, 0), |c| CellRef::new(c.row, c.col));
        Place::sheet(file, &sheet.name, Some(cell))
    };
    let used: Vec<&HeaderColumn> =
        header.unknown.iter().filter(|column| has_data(sheet, header, column.col)).collect();
    for (at, column) in form.columns.iter().enumerate() {
        match header.known.get(&at).map(Vec::as_slice) {
            Some([only]) => {
                columns.at.insert(column.field, only.col);
            }
            Some([first, .., last]) => {
                columns.lost.push(column.field);
                findings.push(doubled(place(Some(last)), column, first, last));
            }
            _ if column.required => {
                columns.lost.push(column.field);
                findings.push(missing(place(None), form, column, &used));
            }
            _ => columns.absent.push(column.field),
        }
    }
    for column in used {
        findings.push(unknown(place(Some(column)), form, column));
    }
    columns
}

fn has_data(sheet: &Sheet, header: &Header, col: u32) -> bool {
    let below = sheet.rows.iter().filter(|row| row.index > header.last_row);
    below.filter(|row| !super::header::numbers_columns(row)).any(|row| row.get(col).is_some())
}

fn doubled(
    place: Place,
    column: &ColumnForm,
    first: &HeaderColumn,
    last: &HeaderColumn,
) -> Finding {
    let letters = crate::model::cell::column_letters;
    let message = format!(
        "Hai cột cùng ghi \u{201c}{}\u{201d}: cột {} và cột {}. Không đọc cột nào.",
        column.label,
        letters(first.col),
        letters(last.col)
    );
    Finding::new(&BM04, place, message).value(last.text.clone())
}

fn missing(
    place: Place,
    form: &TableForm,
    column: &ColumnForm,
    unknown: &[&HeaderColumn],
) -> Finding {
    let mut message =
        format!("{} không có cột bắt buộc \u{201c}{}\u{201d}.", form.id.label(), column.label);
    let candidates: Vec<String> = unknown
        .iter()
        .filter(|c| nearest(form, c).is_some_and(|near| near.field == column.field))
        .map(|c| {
            format!(
                "\u{201c}{}\u{201d} (cột {})",
                c.text,
                crate::model::cell::column_letters(c.col)
            )
        })
        .collect();
    if !candidates.is_empty() {
        message.push_str(" Có thể là cột ");
        message.push_str(&candidates.join(", "));
        message.push('.');
    }
    Finding::new(&BM02, place, message)
}

fn unknown(place: Place, form: &TableForm, column: &HeaderColumn) -> Finding {
    let mut message =
        format!("Không nhận ra cột \u{201c}{}\u{201d}, nên không đọc cột này.", column.text);
    if let Some(near) = nearest(form, column) {
        message.push_str(&format!(" Cột gần nhất trong mẫu là \u{201c}{}\u{201d}.", near.label));
    }
    Finding::new(&BM03, place, message).value(column.text.clone())
}

/// The known column whose name is most like this header, when any is alike enough.
fn nearest<'a>(form: &'a TableForm, column: &HeaderColumn) -> Option<&'a ColumnForm> {
    let words = key(&column.text);
    let (likeness, at) = form
        .names()
        .map(|(name, at)| (strsim::jaro_winkler(name, &words), at))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    (likeness >= NEAR).then(|| form.columns.get(at)).flatten()
}
