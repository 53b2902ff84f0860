//! Reads one cell of a table as the type its column asks for, or leaves a hole and says why.

use super::codes::CodeList;
use crate::model::submission::{FilePath, SheetName};
use crate::model::{CellRef, Count, Field, Finding, Place, Text};
use crate::notation::date::{self, DateReading};
use crate::notation::number::{self, CountReading};
use crate::open::{Cell, Sheet, Value};
use crate::recognise::FoundTable;
use crate::recognise::forms::TableForm;
use crate::rules::dl::{DL01, DL02, DL03, DL04, DL05, DL06, DL08};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What every reader of a file shares.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a FilePath,
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The year of the file's period, for dates without one.
    pub year: Option<i32>,
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
    source: Source<'a>,
    table: &'a FoundTable,
    form: &'a TableForm,
    /// Cells of a range merged over several rows: each row reads the range's one value.
    merged: HashMap<CellRef, CellRef>,
    /// The row being read.
    row: u32,
    findings: Vec<Finding>,
}

impl<'a> TableReader<'a> {
    /// A reader for that table.
    pub fn new(source: Source<'a>, table: &'a FoundTable, form: &'a TableForm) -> Self {
        let merged = merged_cells(source.sheet, table);
        Self { source, table, form, merged, row: 0, findings: Vec::new() }
    }

    /// Goes to that row.
    pub fn go_to(&mut self, row: u32) {
        self.row = row;
    }

    /// The findings made so far.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The cell of that field in this row; `None` when there is no such column.
    fn at(&self, field: &str) -> Option<CellRef> {
        self.table.columns.at.get(field).map(|col| CellRef::new(self.row, *col))
    }

    /// What a field is when its column is not there: a hole where the form needs it.
    fn without_column<T>(&self, field: &str) -> Field<T> {
        if self.table.columns.lost.contains(&field) {
            return Field { cell: None, reading: crate::model::Reading::Unreadable };
        }
        Field::absent()
    }

    fn cell(&self, at: CellRef) -> Option<&'a Cell> {
        let at = self.merged.get(&at).copied().unwrap_or(at);
        self.source.sheet.cell(at).filter(|cell| !is_blank(&cell.value))
    }

    /// The common part of every reading: no column, blank, formula faults; else the value.
    fn value<T>(&mut self, field: &str) -> Result<(CellRef, &'a Value), Field<T>> {
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
        let required = self.form.columns.iter().any(|c| c.field == field && c.required);
        if required {
            let message = format!("Chưa ghi \u{201c}{}\u{201d}.", self.label(field));
            self.say(Finding::new(&DL03, self.source.place(at), message));
        }
    }

    fn label(&self, field: &str) -> &'a str {
        let column = self.form.columns.iter().find(|column| column.field == field);
        column.map_or("", |column| column.label.as_str())
    }

    fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A whole number.
    pub fn count(&mut self, field: &str) -> Field<Count> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        let reading = match value {
            Value::Number(n) => number::from_number(*n),
            Value::Text(text) => number::from_text(text),
            _ => CountReading::Invalid,
        };
        match reading {
            CountReading::Plain(count) => Field::new(at, count),
            CountReading::Thousands(count) => {
                let raw = shown(value);
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi {raw}: đã hiểu là {count} (một nghìn trở lên), không phải số thập phân.",
                    self.label(field)
                );
                self.say(Finding::new(&DL08, self.source.place(at), message).value(raw));
                Field::new(at, count)
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
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, không phải ngày có trong lịch.",
            self.label(field)
        );
        self.say(Finding::new(&DL02, self.source.place(at), message).value(raw));
        Field::unreadable(at)
    }

    /// Text.
    pub fn text(&mut self, field: &str) -> Field<Text> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        match Text::new(&shown(value)) {
            Some(text) => Field::new(at, text),
            None => Field::blank(at),
        }
    }

    /// A code of a list; a word that the list does not know is DL04 and a hole.
    pub fn code<T: Copy + PartialEq>(&mut self, field: &str, list: &CodeList<T>) -> Field<T> {
        self.code_or(field, list, None)
    }

    /// As [`TableReader::code`], but an unknown word counts under `other` and is still named.
    pub fn code_or<T: Copy + PartialEq>(
        &mut self,
        field: &str,
        list: &CodeList<T>,
        other: Option<T>,
    ) -> Field<T> {
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        let raw = shown(value);
        if let Some(code) = list.read(&raw) {
            return Field::new(at, code);
        }
        let mut message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, không có trong danh mục.",
            self.label(field)
        );
        if let Some(near) = list.nearest(&raw) {
            message.push_str(&format!(" Gần nhất là \u{201c}{near}\u{201d}."));
        }
        if let Some(other) = other {
            message.push_str(&format!(" Tạm tính vào \u{201c}{}\u{201d}.", list.name(other)));
        }
        self.say(Finding::new(&DL04, self.source.place(at), message).value(raw));
        other.map_or(Field::unreadable(at), |other| Field::new(at, other))
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
        if let Some(parsed) = parse(&raw) {
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

fn merged_cells(sheet: &Sheet, table: &FoundTable) -> HashMap<CellRef, CellRef> {
    let (Some(first), Some(last)) = (table.rows.data.first(), table.rows.data.last()) else {
        return HashMap::new();
    };
    let mut merged = HashMap::new();
    for merge in &sheet.merges {
        let tall = merge.last.row > merge.first.row;
        if !tall || merge.last.row < *first || merge.first.row > *last {
            continue;
        }
        for row in merge.first.row + 1..=merge.last.row.min(*last) {
            merged.insert(CellRef::new(row, merge.first.col), merge.first);
        }
    }
    merged
}

/// Reads a value as a date.
pub fn date_of(value: &Value, year: Option<i32>) -> DateReading {
    match value {
        Value::Date(when) => date::plausible(Some(when.date())),
        Value::Number(serial) => date::from_serial(*serial),
        Value::Text(text) => date::from_text(text, year),
        Value::Bool(_) | Value::Error(_) | Value::Uncomputed => DateReading::Invalid,
    }
}

/// A value as a reader of the sheet would say it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => Text::new(text).map(|text| text.to_string()).unwrap_or_default(),
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Value::Number(n) => n.to_string().replace('.', ","),
        Value::Date(when) => when.format("%d/%m/%Y").to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Error(error) => error.to_string(),
        Value::Uncomputed => String::new(),
    }
}

/// Whether nothing is written there, white space of any kind included.
pub fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if Text::new(text).is_none())
}
