//! Reads one cell of a table as the type its column asks for, or leaves a hole and says why.

use super::chair::Home;
use super::measures::measure;
use super::values::{date_of, folded, is_blank, shown};
use crate::model::submission::{FilePath, SheetName};
use crate::model::{CellRef, Count, Field, Finding, Level, Place, Text};
use crate::notation::date::{self, DateReading};
use crate::notation::line_number::numbers_line;
use crate::notation::number::{self, CountReading};
use crate::open::{Cell, Row, Sheet, Value};
use crate::recognise::forms::TableForm;
use crate::recognise::{FoundTable, Merges};
use crate::rules::dl::{DL01, DL02, DL03, DL04, DL05, DL06, DL08};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Findings about the cells of one table that are named one by one; the rest is counted.
const MOST_FINDINGS: usize = 2_000;

/// What is said beside a date that makes sense with the month before the day only.
const MONTH_FIRST: &str = " Nếu tệp ghi tháng trước ngày thì các ngày khác trong tệp cũng đã bị hiểu là ngày trước tháng: cần ghi lại tất cả.";

/// What every reader of a file shares.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a FilePath,
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The year of the file's period, for dates without one.
    pub year: Option<i32>,
    /// The level of the unit whose file it is.
    pub level: Option<Level>,
    /// That unit among the others.
    pub home: Home<'a>,
}

impl Source<'_> {
    /// A place in this sheet.
    pub fn place(&self, cell: CellRef) -> Place {
        Place::sheet(self.file, &self.sheet.name, Some(cell))
    }

    /// The sheet's name.
    pub fn sheet_name(&self) -> &SheetName {
        &self.sheet.name
    }
}

/// Reads the rows of one table.
#[derive(Debug)]
pub struct TableReader<'a> {
    pub(super) source: Source<'a>,
    pub(super) table: &'a FoundTable,
    form: &'a TableForm,
    /// Cells of a range merged over several rows: each row reads the range's one value.
    pub(super) merges: Merges,
    /// The row being read, and its cells.
    row: u32,
    cells: Option<&'a Row>,
    findings: Vec<Finding>,
    /// Findings made so far, those beyond the limit included.
    said: usize,
}

impl<'a> TableReader<'a> {
    /// A reader for that table.
    pub fn new(source: Source<'a>, table: &'a FoundTable, form: &'a TableForm) -> Self {
        let merges = Merges::below(source.sheet, table.data_from);
        Self { source, table, form, merges, row: 0, cells: None, findings: Vec::new(), said: 0 }
    }

    /// Goes to that row.
    pub fn go_to(&mut self, row: u32) {
        self.row = row;
        self.cells = self.source.sheet.row(row);
    }

    /// The findings made so far, with a last one for those that were only counted.
    pub fn into_findings(mut self) -> Vec<Finding> {
        let rest = self.said - self.findings.len();
        if let Some(last) = self.findings.last().filter(|_| rest > 0) {
            let message = format!(
                "Bảng này còn {rest} chỗ khác không đọc được, không nêu từng chỗ; số liệu ở đó không được tính."
            );
            let place = Place { cell: Some(self.table.anchor), ..last.place.clone() };
            self.findings.push(Finding::new(&DL03, place, message));
        }
        self.findings
    }

    /// The cell of that field in this row; `None` when there is no such column.
    pub(super) fn at(&self, field: &str) -> Option<CellRef> {
        self.table.columns.at.get(field).map(|col| CellRef::new(self.row, col))
    }

    /// What a field is when its column is not there: a hole where the form needs it.
    fn without_column<T>(&self, field: &str) -> Field<T> {
        if self.table.columns.lost.contains(&field) {
            return Field::placed(None, crate::model::Reading::Unreadable);
        }
        Field::absent()
    }

    pub(super) fn cell(&self, at: CellRef) -> Option<&'a Cell> {
        let filled = |cell: &&Cell| !is_blank(&cell.value);
        let own = self.cells.and_then(|row| row.get(at.col)).filter(filled);
        if self.merges.is_flat() {
            return own;
        }
        // What a merged range covers may still be there, though nobody sees it.
        let anchor = self.anchor_above(at).and_then(|anchor| self.source.sheet.cell(anchor));
        anchor.filter(filled).or(own)
    }

    /// The cell of a row of the table above with which this one is merged.
    pub(super) fn anchor_above(&self, at: CellRef) -> Option<CellRef> {
        self.merges.anchor_above(at)
    }

    /// The common part of every reading: no column, blank, formula faults; else the value.
    pub(super) fn value<T>(&mut self, field: &str) -> Result<(CellRef, &'a Value), Field<T>> {
        let Some(at) = self.at(field) else { return Err(self.without_column(field)) };
        let Some(cell) = self.cell(at) else {
            self.require(field, at);
            return Err(Field::blank(at));
        };
        match &cell.value {
            Value::Error(error) => {
                let label = self.label(field);
                let message = format!("Ô \u{201c}{label}\u{201d} là lỗi công thức {error}.");
                self.say(
                    Finding::new(&DL05, self.source.place(at), message).value(error.to_string()),
                );
                Err(Field::unreadable(at))
            }
            Value::Uncomputed => {
                let label = self.label(field);
                let message = format!("Ô \u{201c}{label}\u{201d} là công thức chưa có giá trị.");
                self.say(Finding::new(&DL06, self.source.place(at), message));
                Err(Field::unreadable(at))
            }
            value => Ok((at, value)),
        }
    }

    fn require(&mut self, field: &str, at: CellRef) {
        if self.is_required(field) {
            let message = format!("Chưa ghi \u{201c}{}\u{201d}.", self.label(field));
            self.say(Finding::new(&DL03, self.source.place(at), message));
        }
    }

    pub(super) fn label(&self, field: &str) -> &'a str {
        let column = self.form.columns.iter().find(|column| column.field == field);
        column.map_or("", |column| column.label.as_str())
    }

    /// A coded column beside the columns to be ticked: its cell and what it says.
    pub(super) fn coded_beside(&self, field: &str) -> Option<(CellRef, Cow<'a, str>)> {
        let at = self.at(field)?;
        Some((at, shown(&self.cell(at)?.value)))
    }

    /// The cell of this row in that column.
    pub(super) const fn here(&self, col: u32) -> CellRef {
        CellRef::new(self.row, col)
    }

    /// The place of a cell, for a finding.
    pub(super) fn place(&self, at: CellRef) -> Place {
        self.source.place(at)
    }

    pub(super) fn is_required(&self, field: &str) -> bool {
        self.form.columns.iter().any(|column| column.field == field && column.required)
    }

    pub(super) fn say(&mut self, finding: Finding) {
        self.said += 1;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// A whole number.
    pub fn count(&mut self, field: &str) -> Field<Count> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        let reading = match value {
            Value::Number(n) => number::from_number(*n),
            Value::Text(text) => number::from_text(&folded(text), measure(field)),
            _ => CountReading::Invalid,
        };
        match reading {
            CountReading::Plain(count) => {
                self.note_shared(field, at, count);
                Field::new(at, count)
            }
            CountReading::Thousands(count) => {
                let raw = shown(value);
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi {raw}: đã hiểu là {count} (một nghìn trở lên), không phải số thập phân.",
                    self.label(field)
                );
                self.say(Finding::new(&DL08, self.source.place(at), message).value(raw));
                Field::new(at, count)
            }
            CountReading::OtherMeasure => {
                let raw = shown(value);
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}: đơn vị tính không phải của cột này (cột này đếm {}).",
                    self.label(field),
                    measure(field).word()
                );
                self.say(Finding::new(&DL01, self.source.place(at), message).value(raw));
                Field::unreadable(at)
            }
            CountReading::Invalid => {
                let raw = shown(value);
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, không phải số nguyên từ 0 trở lên.",
                    self.label(field)
                );
                self.say(Finding::new(&DL01, self.source.place(at), message).value(raw));
                Field::unreadable(at)
            }
        }
    }

    /// A number that counts rows or meetings: `2`, `(2)`, `2/`, `Cuộc 2`, `II`.
    pub fn ordinal(&mut self, field: &str) -> Field<Count> {
        let text = |cell: &Cell| match &cell.value {
            Value::Text(text) => number::ordinal(&folded(text)),
            _ => None,
        };
        let at = self.at(field);
        let read = at.and_then(|at| Some((at, text(self.cell(at)?)?)));
        read.map_or_else(|| self.count(field), |(at, number)| Field::new(at, number))
    }

    /// The number of a row of which nothing depends: as an ordinal, or none where it only numbers the line (`1.1`).
    pub fn line_number(&mut self, field: &str) -> Field<Count> {
        let at = self.at(field);
        let of_list = |value: &Value| match value {
            Value::Text(text) => {
                let text = folded(text);
                number::ordinal(&text).is_none() && numbers_line(&text)
            }
            Value::Number(n) => *n > 0.0 && *n < 1000.0 && n.fract() != 0.0,
            _ => false,
        };
        match at.and_then(|at| Some((at, self.cell(at)?))) {
            Some((at, cell)) if of_list(&cell.value) => Field::blank(at),
            _ => self.ordinal(field),
        }
    }

    /// A date.
    pub fn date(&mut self, field: &str) -> Field<NaiveDate> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        if let DateReading::Day(day) = date_of(value, self.source.year) {
            return Field::new(at, day);
        }
        let raw = shown(value);
        let mut message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, không phải ngày có trong lịch.",
            self.label(field)
        );
        // Where one day is written behind its month, the days up to the twelfth may be too.
        if date::month_first(&raw) {
            message.push_str(MONTH_FIRST);
        }
        self.say(Finding::new(&DL02, self.source.place(at), message).value(raw));
        Field::unreadable(at)
    }

    /// Text.
    pub fn text(&mut self, field: &str) -> Field<Text> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        let text = match value {
            Value::Text(text) => Text::new(text),
            other => Text::new(&shown(other)),
        };
        match text {
            Some(text) => Field::new(at, text),
            None => Field::blank(at),
        }
    }

    /// A value of another kind, read from its text; `expected` says what the cell should hold.
    pub fn parsed<T>(
        &mut self,
        field: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Field<T> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        let raw = shown(value);
        if let Some(parsed) = parse(&folded(&raw)) {
            return Field::new(at, parsed);
        }
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, cần ghi {expected}.",
            self.label(field)
        );
        self.say(Finding::new(&DL04, self.source.place(at), message).value(raw));
        Field::unreadable(at)
    }
}
