//! From a header to the columns that can be read, and a finding for each that cannot.

use super::forms::{ColumnForm, TableForm};
use super::header::doubled::SetAside;
use super::header::{Header, HeaderColumn};
use crate::model::cell::column_letters;
use crate::model::submission::FilePath;
use crate::model::text::begins_plainly;
use crate::model::{CellRef, Finding, Place};
use crate::open::{Sheet, Value};
use crate::rules::bm::{BM02, BM03, BM04};
use std::collections::BTreeMap;

/// How alike an unknown header must be to a known one to be named as its neighbour (0 to 1).
const NEAR: f64 = 0.80;
/// Columns that no table of the forms comes near to.
const USUAL_WIDTH: usize = 64;
/// Unknown columns of one table that are named one by one; the rest is counted.
const MOST_NAMED: usize = 40;

/// A column to be ticked: the code that a tick stands for, and where it is.
pub type Tick = (&'static str, u32);

/// Where the fields of a table stand.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The column of each field that was found once.
    pub at: Places,
    /// The columns to be ticked in place of a coded column.
    pub ticks: BTreeMap<&'static str, Vec<Tick>>,
    /// Fields that the sheet has no column for.
    pub absent: Vec<&'static str>,
    /// Fields that cannot be read although the form needs them or the sheet has them twice.
    pub lost: Vec<&'static str>,
}

/// Fields with their columns, by the fields' names: so few that looking them through is the fastest.
#[derive(Debug, Clone, Default)]
pub struct Places(Vec<(&'static str, u32)>);

impl Places {
    /// The column of that field.
    pub fn get(&self, field: &str) -> Option<u32> {
        self.all().find(|(name, _)| *name == field).map(|(_, col)| col)
    }

    /// All fields, in the order of their names.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.0.iter().copied()
    }

    fn insert(&mut self, field: &'static str, col: u32) {
        match self.0.binary_search_by_key(&field, |(name, _)| *name) {
            Ok(at) => self.0.splice(at..=at, [(field, col)]).for_each(drop),
            Err(at) => self.0.insert(at, (field, col)),
        }
    }

    fn remove(&mut self, field: &str) {
        self.0.retain(|(name, _)| *name != field);
    }
}

impl Columns {
    /// All columns that are read.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        self.at.all().map(|(_, col)| col).chain(self.ticks.values().flatten().map(|(_, col)| *col))
    }
}

/// Which column holds which field.
pub fn locate(header: &Header, form: &TableForm) -> Columns {
    let mut columns = Columns::default();
    for (at, column) in form.columns.iter().enumerate() {
        match (header.known.get(&at).map(Vec::as_slice), column.tick) {
            (Some([only]), Some(code)) => {
                columns.ticks.entry(column.field).or_default().push((code, only.col));
            }
            (Some([only]), None) => {
                columns.at.insert(column.field, only.col);
            }
            (Some(_), _) => columns.lost.push(column.field),
            (None, Some(_)) => {}
            (None, None) if ticked(form, header, column.field) => {}
            (None, None) if is_missing(form, header, column) => columns.lost.push(column.field),
            (None, None) => columns.absent.push(column.field),
        }
    }
    // A field of which one column is doubled is lost as a whole.
    for field in &columns.lost {
        columns.at.remove(field);
        columns.ticks.remove(field);
    }
    columns
}

/// What is to be said about a header: columns doubled, missing, unknown or without words.
pub fn report(
    file: &FilePath,
    sheet: &Sheet,
    header: &Header,
    form: &TableForm,
    data: &[u32],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = |at: CellRef| Place::sheet(file, &sheet.name, Some(at));
    let head = |column: &HeaderColumn| place(CellRef::new(column.row, column.col));
    let filled = filled_columns(sheet, data);
    let used: Vec<&HeaderColumn> =
        header.unknown.iter().filter(|c| filled.binary_search(&c.col).is_ok()).collect();
    for (at, column) in form.columns.iter().enumerate() {
        match header.known.get(&at).map(Vec::as_slice) {
            Some([first, .., last]) => findings.push(doubled(head(last), column, first, last)),
            None if is_missing(form, header, column) && !ticked(form, header, column.field) => {
                let corner = place(CellRef::new(header.first_row, header.span().0));
                findings.push(missing(corner, form, column, &used));
            }
            _ => {}
        }
    }
    findings.extend(used.iter().take(MOST_NAMED).map(|column| unknown(head(column), form, column)));
    if let Some(next) = used.get(MOST_NAMED) {
        let rest = used.len() - MOST_NAMED;
        let message = format!("Còn {rest} cột khác không nhận ra, không đọc.");
        findings.push(Finding::new(&BM03, head(next), message));
    }
    findings.extend(header.unknown_groups.iter().map(|(column, group)| {
        let message = format!(
            "Không nhận ra nhóm cột \u{201c}{group}\u{201d}; các cột trong nhóm được đọc theo tiêu đề riêng."
        );
        Finding::new(&BM03, head(column), message).value(group.as_str())
    }));
    let filled_aside = |aside: &&SetAside| filled.binary_search(&aside.column.col).is_ok();
    findings.extend(header.set_aside.iter().filter(filled_aside).map(|aside| {
        let text = aside.column.text();
        let label = form.columns.get(aside.at).map_or("", |column| column.label.as_str());
        let message = format!(
            "Cột \u{201c}{text}\u{201d} cũng là một tên của \u{201c}{label}\u{201d}: đã đọc cột {}, không đọc cột này.",
            column_letters(aside.read)
        );
        Finding::new(&BM03, head(&aside.column), message).value(text)
    }));
    findings.extend(headerless(header, &filled).into_iter().map(|col| {
        let letters = column_letters(col);
        let message =
            format!("Cột {letters} có số liệu nhưng không có tiêu đề, nên không đọc cột này.");
        Finding::new(&BM03, place(CellRef::new(header.last_row, col)), message)
    }));
    findings
}

/// Whether a column that is not there is one that the form cannot do without.
fn is_missing(form: &TableForm, header: &Header, column: &ColumnForm) -> bool {
    let mut known = header.known.keys().filter_map(|at| form.columns.get(*at));
    column.required && !known.any(|other| Some(other.field) == column.or)
}

fn ticked(form: &TableForm, header: &Header, field: &str) -> bool {
    header
        .known
        .keys()
        .filter_map(|at| form.columns.get(*at))
        .any(|column| column.tick.is_some() && column.field == field)
}

/// The columns that hold something in the rows of data, ascending.
pub(super) fn filled_columns(sheet: &Sheet, data: &[u32]) -> Vec<u32> {
    // Sheets are so wide at most that a mark for each column is cheaper than a look-up for each cell.
    let mut filled: Vec<bool> = Vec::with_capacity(USUAL_WIDTH);
    for cell in data.iter().filter_map(|row| sheet.row(*row)).flat_map(|row| &row.cells) {
        let is_blank = |text: &str| !begins_plainly(text) && text.trim_start().is_empty();
        if matches!(&cell.value, Value::Text(text) if is_blank(text)) {
            continue;
        }
        let col = cell.col as usize;
        if col >= filled.len() {
            filled.resize(col + 1, false);
        }
        if let Some(mark) = filled.get_mut(col) {
            *mark = true;
        }
    }
    (0u32..).zip(filled).filter_map(|(col, filled)| filled.then_some(col)).collect()
}

/// Filled columns without any words above them, inside the table or right beside it.
fn headerless(header: &Header, filled: &[u32]) -> Vec<u32> {
    let (first, last) = header.span();
    let aside = header.set_aside.iter().map(|aside| &aside.column);
    let named = header.known.values().flatten().chain(&header.unknown).chain(aside);
    let named = named.map(|column| column.col);
    let mut named: Vec<u32> = named.collect();
    named.sort_unstable();
    let inside = filled.iter().filter(|col| (first..=last.saturating_add(1)).contains(*col));
    let bare = inside.filter(|col| named.binary_search(col).is_err());
    bare.copied().take(MOST_NAMED).collect()
}

fn doubled(
    place: Place,
    column: &ColumnForm,
    first: &HeaderColumn,
    last: &HeaderColumn,
) -> Finding {
    let message = format!(
        "Hai cột cùng ghi \u{201c}{}\u{201d}: cột {} và cột {}. Không đọc cột nào.",
        column.label,
        column_letters(first.col),
        column_letters(last.col)
    );
    Finding::new(&BM04, place, message).value(last.text())
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
        .map(|c| format!("\u{201c}{}\u{201d} (cột {})", c.text(), column_letters(c.col)))
        .collect();
    if !candidates.is_empty() {
        message.push_str(" Có thể là cột ");
        message.push_str(&candidates.join(", "));
        message.push('.');
    }
    Finding::new(&BM02, place, message)
}

fn unknown(place: Place, form: &TableForm, column: &HeaderColumn) -> Finding {
    let text = column.text();
    let mut message = format!("Không nhận ra cột \u{201c}{text}\u{201d}, nên không đọc cột này.");
    if let Some(near) = nearest(form, column) {
        message.push_str(&format!(" Cột gần nhất trong mẫu là \u{201c}{}\u{201d}.", near.label));
    }
    Finding::new(&BM03, place, message).value(text)
}

/// The known column whose name is most like this header, when any is alike enough.
fn nearest<'a>(form: &'a TableForm, column: &HeaderColumn) -> Option<&'a ColumnForm> {
    let whole: String = column.path().collect();
    let leaf = column.path().next_back()?;
    let likeness =
        |name: &str| strsim::jaro_winkler(name, &whole).max(strsim::jaro_winkler(name, leaf));
    let (likeness, at) = form
        .names()
        .filter(|(_, at)| form.columns.get(*at).is_some_and(|column| column.tick.is_none()))
        .map(|(name, at)| (likeness(name), at))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    (likeness >= NEAR).then(|| form.columns.get(at)).flatten()
}
