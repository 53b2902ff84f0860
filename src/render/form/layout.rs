//! Where the rows and columns of a table stand on its sheet.

use crate::model::cell::column_letters;
use crate::recognise::TableId;
use crate::recognise::blank::{BlankColumn, Holds};
use crate::recognise::forms::TableForm;

/// Rows kept free below those that are filled in beforehand.
const SPARE: u32 = 20;

/// One column of the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    /// Its place on the sheet, from zero.
    pub(super) at: u16,
    /// The field.
    pub(super) field: &'static str,
    /// Whether a row cannot be used without it.
    pub(super) required: bool,
    /// What the blank form shows.
    pub(super) blank: &'a BlankColumn,
}

/// A table of the blank form.
pub(super) struct Layout<'a> {
    /// The table.
    pub(super) form: &'a TableForm,
    /// Its columns, from the left.
    pub(super) columns: Vec<Column<'a>>,
    /// The lines above the header: title, unit and quarter, how to go on.
    head: u32,
    /// Rows ready to be filled in.
    ready: u32,
}

impl<'a> Layout<'a> {
    /// The table with `filled` rows that stand there already; Form 02 has no other rows.
    pub(super) fn new(form: &'a TableForm, filled: usize) -> Self {
        let blank = form.columns.iter().filter_map(|column| Some((column, column.blank.as_ref()?)));
        let columns = (0u16..).zip(blank).map(|(at, (column, blank))| Column {
            at,
            field: column.field,
            required: column.required,
            blank,
        });
        let filled = u32::try_from(filled).unwrap_or(u32::MAX);
        let ready = match form.id {
            TableId::RollUp => filled.max(1),
            _ if filled == 0 => form.rows,
            _ => form.rows.max(filled.saturating_add(SPARE)),
        };
        let head = if form.id == TableId::RollUp { 4 } else { 3 };
        Self { form, columns: columns.collect(), head, ready }
    }

    /// The row of group headers.
    pub(super) const fn groups(&self) -> u32 {
        self.head
    }

    /// The row of headers.
    pub(super) const fn headers(&self) -> u32 {
        self.head + 1
    }

    /// The row of column numbers.
    pub(super) const fn numbers(&self) -> u32 {
        self.head + 2
    }

    /// The first row to be filled in.
    pub(super) const fn first(&self) -> u32 {
        self.head + 3
    }

    /// The last row that is ready.
    pub(super) const fn last(&self) -> u32 {
        self.first() + self.ready - 1
    }

    /// The row of sums.
    pub(super) const fn total(&self) -> u32 {
        self.last() + 1
    }

    /// The last column.
    pub(super) fn last_col(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// The column of that field.
    pub(super) fn column(&self, field: &str) -> Option<&Column<'a>> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The sum of a column down to the row above the sum, wherever that row comes to stand. It begins
    /// in the row of column numbers, which are text, so that a row inserted below it is in as well.
    pub(super) fn sum_of(&self, column: &Column<'_>) -> String {
        format!("=SUM({})", self.above(column.at))
    }

    /// How many cells of a column are filled; the column's own number is one of them.
    pub(super) fn filled_in(&self, column: &Column<'_>) -> String {
        format!("COUNTA({})-1", self.above(column.at))
    }

    fn above(&self, col: u16) -> String {
        let letters = column_letters(u32::from(col));
        let from = self.numbers() + 1;
        format!("{letters}${from}:INDEX({letters}:{letters},ROW()-1)")
    }

    /// Holds in a row that was begun and lacks this column.
    pub(super) fn lacking(&self, column: &Column<'_>) -> Option<String> {
        let entered = |other: &&Column<'_>| match self.form.id {
            TableId::RollUp => other.blank.holds == Holds::Count,
            _ => other.field != "no",
        };
        let letters = |col: u16| column_letters(u32::from(col));
        let first = self.columns.iter().find(entered)?.at;
        let row = self.first() + 1;
        let (from, to, own) = (letters(first), letters(self.last_col()), letters(column.at));
        Some(format!("=AND(COUNTA(${from}{row}:${to}{row})>0,${own}{row}=\"\")"))
    }
}
