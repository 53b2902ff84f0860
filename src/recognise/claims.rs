//! What a workbook says about itself outside its tables: unit, period, dates, in order of trust.

use super::forms::Forms;
use crate::model::text::key;
use crate::model::{CellRef, Text};
use crate::open::{Cell, Row, Sheet, Value};

/// Where a claim was found; earlier is more to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The sheet Thông tin.
    Info,
    /// A label with its value above or below a table.
    Label,
    /// A title row above a table.
    Title,
    /// The name of a sheet.
    SheetName,
    /// The name of the file.
    FileName,
}

/// The field of a claim that is free text: a title, the name of a sheet or of the file.
pub const FREE_TEXT: &str = "title";

/// One thing that the file says about itself.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Where it stands in the order of trust.
    pub source: Source,
    /// Which field of the information sheet, or [`FREE_TEXT`].
    pub field: &'static str,
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: Option<usize>,
    /// The cell of the value.
    pub cell: Option<CellRef>,
    /// The value; none when the label stands there with nothing beside it.
    pub value: Option<Value>,
}

/// The rows of a sheet that belong to its tables, first and last.
pub type Span = (u32, u32);

/// Collects the claims of one sheet: everything that stands outside the tables.
pub fn of_sheet(sheet: &Sheet, at: usize, tables: &[Span], forms: &Forms) -> Vec<Claim> {
    let is_info = forms.is_info_sheet(&key(&sheet.name.name));
    let first_table = tables.iter().map(|span| span.0).min();
    let mut claims = Vec::new();
    for row in &sheet.rows {
        if tables.iter().any(|span| (span.0..=span.1).contains(&row.index)) {
            continue;
        }
        let above = first_table.is_some_and(|first| row.index < first);
        let source = if is_info { Source::Info } else { Source::Label };
        let labelled = labels_in(row, source, at, forms);
        if labelled.is_empty() && above {
            claims.extend(titles_in(row, at));
        }
        // Under a table stands the signature block, where only a reason is to be looked for.
        let below = first_table.is_some() && !above;
        claims.extend(labelled.into_iter().filter(|c| !below || c.field == "no_meeting_reason"));
    }
    let known = claims.iter().filter(|claim| claim.source <= Source::Label).count();
    // A sheet without a table and without the sheet's name is believed only if it is full of labels.
    if !is_info && first_table.is_none() && known < 3 {
        claims.clear();
    }
    if first_table.is_some() {
        claims.push(free_text(Source::SheetName, Some(at), None, &sheet.name.name));
    }
    claims
}

/// The claim that a file's name makes.
pub fn of_file_name(name: &str) -> Claim {
    free_text(Source::FileName, None, None, name)
}

fn free_text(source: Source, sheet: Option<usize>, cell: Option<CellRef>, text: &str) -> Claim {
    Claim { source, field: FREE_TEXT, sheet, cell, value: Some(Value::Text(text.into())) }
}

fn titles_in(row: &Row, at: usize) -> Vec<Claim> {
    let texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if text.len() <= 400 => {
            Some(free_text(Source::Title, Some(at), Some(CellRef::new(row.index, cell.col)), text))
        }
        _ => None,
    });
    texts.collect()
}

fn labels_in(row: &Row, source: Source, at: usize, forms: &Forms) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (i, cell) in row.cells.iter().enumerate() {
        let Value::Text(text) = &cell.value else { continue };
        if text.len() > 400 {
            continue;
        }
        let claim = |field, value_cell: Option<&Cell>, value| Claim {
            source,
            field,
            sheet: Some(at),
            cell: Some(CellRef::new(row.index, value_cell.map_or(cell.col + 1, |c| c.col))),
            value,
        };
        if let Some((label, rest)) = text.split_once(':')
            && let Some(field) = forms.label(&key(label))
            && let Some(rest) = Text::new(rest)
        {
            claims.push(claim(field, Some(cell), Some(Value::Text(rest.as_str().into()))));
        } else if let Some(field) = forms.label(&key(text)) {
            let beside = row.cells.get(i + 1).filter(|next| !is_label(next, forms));
            claims.push(claim(field, beside, beside.map(|next| next.value.clone())));
        }
    }
    claims
}

fn is_label(cell: &Cell, forms: &Forms) -> bool {
    matches!(&cell.value, Value::Text(text) if text.trim_end().ends_with(':') || forms.label(&key(text)).is_some())
}
