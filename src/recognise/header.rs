//! Where a table's headers stand, and which column is which: by the words, never by position.

use super::forms::{Forms, TableForm, TableId};
use crate::model::text::{key, push_key};
use crate::model::{CellRef, Text};
use crate::open::{Row, Sheet, Value};
use std::collections::BTreeMap;

/// Header rows that one table can have: groups, sub-groups, headers.
const MOST_HEADER_ROWS: u32 = 4;
/// Known headers that make a row of words the header of a table.
const FEWEST_KNOWN: usize = 3;
/// A header is a few words; what is longer is data.
const LONGEST_HEADER: usize = 160;

/// One column of a header.
#[derive(Debug, Clone)]
pub struct HeaderColumn {
    /// The column.
    pub col: u32,
    /// The row of its own words, the lowest of the header.
    pub row: u32,
    /// Its words as a reader sees them, groups first.
    pub text: String,
    /// The keys of those words, from the top down.
    path: Vec<String>,
}

/// The header of one table.
#[derive(Debug, Clone)]
pub struct Header {
    /// Which table it heads.
    pub table: TableId,
    /// First header row.
    pub first_row: u32,
    /// Last header row.
    pub last_row: u32,
    /// The columns that are known, by index into the form's columns; two for one field is BM04.
    pub known: BTreeMap<usize, Vec<HeaderColumn>>,
    /// The columns that are not known.
    pub unknown: Vec<HeaderColumn>,
}

impl Header {
    fn score(&self, form: &TableForm, sheet_key: &str) -> (usize, usize, bool) {
        let required = (form.columns.iter().enumerate())
            .filter(|(at, column)| column.required && self.known.contains_key(at))
            .count();
        let fit = (self.known.len() + required).saturating_sub(self.unknown.len() / 2);
        (fit, required, form.is_named(sheet_key))
    }
}

/// Whether that row of words could belong to a header of some table.
pub fn looks_like_header(row: &Row, forms: &Forms) -> bool {
    let wordy = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    if wordy < 2 || wordy * 2 < row.cells.len() {
        return false;
    }
    let mut buffer = String::new();
    let known = row.cells.iter().filter(|cell| match &cell.value {
        Value::Text(text) if text.len() <= LONGEST_HEADER => {
            buffer.clear();
            push_key(text, &mut buffer);
            forms.tables.iter().any(|table| table.knows(&buffer))
        }
        _ => false,
    });
    known.take(2).count() >= 2
}

/// Reads the header that starts at that row: the table and height that explain most of its words.
pub fn header_at(sheet: &Sheet, forms: &Forms, sheet_key: &str, first: u32) -> Option<Header> {
    let merges: Vec<_> = (sheet.merges.iter())
        .filter(|m| m.first.row < first + MOST_HEADER_ROWS && m.last.row >= first)
        .copied()
        .collect();
    let mut best: Option<((usize, usize, bool), Header)> = None;
    let mut columns: BTreeMap<u32, HeaderColumn> = BTreeMap::new();
    for last in first..first + MOST_HEADER_ROWS {
        let added = add_row(&mut columns, sheet, &merges, last);
        if last > first && !added {
            continue;
        }
        for form in &forms.tables {
            let header = match_columns(form, &columns, first, last);
            let score = header.score(form, sheet_key);
            let fits = header.known.len() >= FEWEST_KNOWN && score.1 * 2 >= required_of(form);
            if fits && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, header));
            }
        }
    }
    best.map(|(_, header)| header)
}

fn required_of(form: &TableForm) -> usize {
    form.columns.iter().filter(|column| column.required).count()
}

/// Adds one more header row below the ones already read; whether it held any words.
fn add_row(
    columns: &mut BTreeMap<u32, HeaderColumn>,
    sheet: &Sheet,
    merges: &[crate::open::Merge],
    row: u32,
) -> bool {
    let mut labels: BTreeMap<u32, (String, bool)> = BTreeMap::new();
    if let Some(found) = sheet.row(row) {
        for cell in &found.cells {
            match &cell.value {
                Value::Text(text) if text.len() <= LONGEST_HEADER => {
                    labels.insert(cell.col, (text.to_string(), true));
                }
                // Numbers and dates are data or the row of column numbers: no header goes on there.
                Value::Text(_) => {}
                _ => return false,
            }
        }
    }
    for merge in merges.iter().filter(|m| (m.first.row..=m.last.row).contains(&row)) {
        let anchor = sheet.cell(merge.first).map(|cell| &cell.value);
        if let Some(Value::Text(text)) = anchor {
            let own = merge.first.row == row;
            // A merge wider than any table is a title.
            for col in merge.first.col..=merge.last.col.min(merge.first.col + 200) {
                labels.entry(col).or_insert_with(|| (text.to_string(), own));
            }
        }
    }
    let mut added = false;
    for (col, (text, own)) in labels {
        let Some(text) = Text::new(&text) else { continue };
        let name = key(text.as_str());
        let column = columns.entry(col).or_insert_with(|| HeaderColumn {
            col,
            row,
            text: String::new(),
            path: Vec::new(),
        });
        if column.path.last() == Some(&name) {
            continue;
        }
        added |= own;
        if !column.text.is_empty() {
            column.text.push_str(" - ");
        }
        column.text.push_str(text.as_str());
        column.path.push(name);
        column.row = row;
    }
    added
}

fn match_columns(
    form: &TableForm,
    columns: &BTreeMap<u32, HeaderColumn>,
    first_row: u32,
    last_row: u32,
) -> Header {
    let mut header =
        Header { table: form.id, first_row, last_row, known: BTreeMap::new(), unknown: Vec::new() };
    let mut group: Option<&String> = None;
    for column in columns.values() {
        // A group's name that was not merged stands over its first column only.
        match column.path.first() {
            Some(name) if column.path.len() > 1 => group = Some(name),
            _ => {}
        }
        let found = form.column(&column.path).or_else(|| {
            let inherited = std::iter::once(group?.clone()).chain(column.path.iter().cloned());
            form.column(&inherited.collect::<Vec<_>>())
        });
        match found {
            Some(at) => header.known.entry(at).or_default().push(column.clone()),
            None => header.unknown.push(column.clone()),
        }
    }
    header
}

/// Whether a row only numbers the columns: `1 2 3`, `(1)`, `A B 1 2`, `3=4+5`.
pub fn numbers_columns(row: &Row) -> bool {
    let mut last = 0.0;
    let mut seen = 0;
    for cell in &row.cells {
        let fits = match &cell.value {
            Value::Number(n) => {
                let ascends = *n > last && n.fract() == 0.0;
                last = *n;
                ascends
            }
            Value::Text(text) => is_column_mark(text.trim()),
            _ => false,
        };
        if !fits {
            return false;
        }
        seen += 1;
    }
    seen >= 3
}

fn is_column_mark(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', ' ']);
    let formula =
        bare.contains('=') && bare.chars().all(|c| c.is_ascii_digit() || "=+-()[], .".contains(c));
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_uppercase());
    let number = !bare.is_empty() && bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    formula || letter || number
}

/// Whether a row repeats the words of the header further down the table.
pub fn repeats(row: &Row, sheet: &Sheet, header: &Header) -> bool {
    let same = row.cells.iter().filter(|cell| match &cell.value {
        Value::Text(text) => (header.first_row..=header.last_row).any(|above| {
            let here = sheet.cell(CellRef::new(above, cell.col)).map(|cell| &cell.value);
            matches!(here, Some(Value::Text(words)) if words == text)
        }),
        _ => false,
    });
    same.take(3).count() >= 3.min(row.cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_number_the_columns() {
        let row = |marks: &[&str]| Row {
            cells: (0u32..)
                .zip(marks)
                .map(|(col, mark)| crate::open::Cell {
                    col,
                    value: mark.parse().map_or_else(|_| Value::Text((*mark).into()), Value::Number),
                    computed: false,
                })
                .collect(),
            ..Row::default()
        };
        for (marks, expected) in [
            (&["1", "2", "3", "4"][..], true),
            (&["(1)", "(2)", "(3)=(4)+(5)"], true),
            (&["A", "B", "1", "2", "3=4+5"], true),
            (&["1", "2"], false),
            (&["1", "1", "85"], false),
            (&["1", "Thôn 1", "3"], false),
            (&["3", "2", "1"], false),
        ] {
            assert_eq!(numbers_columns(&row(marks)), expected, "{marks:?}");
        }
    }
}
