//! Builds sparse sheets out of cells that may come in any order, within the limits of one file.

use super::fault::Fault;
use super::grid::{Cell, Merge, Row, Sheet, Value};
use super::limits::{Limits, Passed};
use super::struck::Struck;
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::model::submission::SheetName;

/// What stands in a cell whose content is damaged: a hole that nothing takes for a blank.
pub(super) const UNREADABLE: &str = "không đọc được";

/// A sheet's name no longer than any program lets it grow: each finding about the sheet repeats it.
pub(super) fn label(name: &str) -> &str {
    const LONGEST: usize = 255;
    name.char_indices().nth(LONGEST).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// How much of the limits of one file is still free, all its sheets together.
#[derive(Debug)]
pub(super) struct Allowance<'a> {
    /// The limits themselves.
    pub(super) limits: &'a Limits,
    cells: usize,
    merges: usize,
    text: usize,
}

impl<'a> Allowance<'a> {
    pub(super) const fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: limits.cells, merges: limits.merges, text: limits.text_bytes }
    }

    /// Checks the text of one cell while it grows.
    pub(super) fn check_text(&self, length: usize) -> Result<(), Fault> {
        let limit = self.limits.cell_text_bytes;
        if length > limit { Err(Passed::CellText(limit).into()) } else { Ok(()) }
    }

    /// Checks text that is not yet taken against what is left for all cells.
    pub(super) fn check_texts(&self, length: usize) -> Result<(), Fault> {
        if length > self.text { Err(Passed::Text(self.limits.text_bytes).into()) } else { Ok(()) }
    }

    fn cell(&mut self, value: &Value) -> Result<(), Fault> {
        let limits = self.limits;
        self.cells = self.cells.checked_sub(1).ok_or(Passed::Cells(limits.cells))?;
        if let Value::Text(text) | Value::Error(text) = value {
            self.check_text(text.len())?;
            self.text = self.text.checked_sub(text.len()).ok_or(Passed::Text(limits.text_bytes))?;
        }
        Ok(())
    }
}

/// Cells of a sheet that were left out or could not be read, counted, with the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Losses {
    /// How many cells hold something that cannot be read.
    pub(super) unreadable: usize,
    /// The first of them.
    pub(super) first: Option<CellRef>,
    /// How many cells stand too far from the rest to be read.
    pub(super) far: usize,
    /// The first of them.
    pub(super) first_far: Option<CellRef>,
    /// How many cells stand outside A1:XFD1048576, or at no address at all.
    pub(super) outside: usize,
    /// Cells with something that is struck out; they are read all the same.
    pub(super) struck: Struck,
}

/// A sheet under construction.
#[derive(Debug, Default)]
pub(super) struct SheetBuilder {
    sheet: Sheet,
    /// The row that cells are coming in for.
    open: Row,
    disordered: bool,
    losses: Losses,
}

impl SheetBuilder {
    pub(super) fn new(name: SheetName, hidden: bool) -> Self {
        Self { sheet: Sheet { name, hidden, ..Sheet::default() }, ..Self::default() }
    }

    /// Marks the sheet as hidden.
    pub(super) fn hide(&mut self) {
        self.sheet.hidden = true;
    }

    /// Turns to a row; the rows may come in any order and more than once.
    pub(super) fn row(&mut self, index: u32, hidden: bool) {
        if self.open.index == index {
            self.open.hidden |= hidden;
            return;
        }
        self.close_row();
        self.open.index = index;
        self.open.hidden = hidden;
    }

    /// Turns to the row of a cell that names its own, whatever row encloses it.
    pub(super) fn turn_to(&mut self, index: u32) {
        if self.open.index != index {
            self.row(index, false);
        }
    }

    fn close_row(&mut self) {
        if self.open.cells.is_empty() {
            return;
        }
        // Rows of a table are alike: the next one needs about as much room.
        let next = Row { cells: Vec::with_capacity(self.open.cells.len()), ..Row::default() };
        let row = std::mem::replace(&mut self.open, next);
        self.disordered |= self.sheet.rows.last().is_some_and(|last| last.index >= row.index);
        self.sheet.rows.push(row);
    }

    /// Adds a cell of the row turned to.
    pub(super) fn cell(
        &mut self,
        col: u32,
        value: Value,
        computed: bool,
        allowance: &mut Allowance<'_>,
    ) -> Result<(), Fault> {
        allowance.cell(&value)?;
        self.disordered |= self.open.cells.last().is_some_and(|last| last.col >= col);
        self.open.cells.push(Cell { col, value, computed });
        Ok(())
    }

    /// Adds a cell of the row turned to whose content is damaged.
    pub(super) fn unreadable(
        &mut self,
        col: u32,
        allowance: &mut Allowance<'_>,
    ) -> Result<(), Fault> {
        self.lose(CellRef::new(self.open.index, col));
        self.cell(col, Value::Error(UNREADABLE.into()), false, allowance)
    }

    /// Adds a cell of the row turned to that stands too far from the others to be read.
    pub(super) fn too_far(&mut self, col: u32, allowance: &mut Allowance<'_>) -> Result<(), Fault> {
        self.count_far(1, CellRef::new(self.open.index, col));
        self.cell(col, Value::Error(UNREADABLE.into()), false, allowance)
    }

    /// Counts cells that stood too far off, the first of them there.
    pub(super) fn count_far(&mut self, cells: usize, first: CellRef) {
        self.losses.far = self.losses.far.saturating_add(cells);
        self.losses.first_far.get_or_insert(first);
    }

    fn lose(&mut self, at: CellRef) {
        self.losses.unreadable += 1;
        self.losses.first.get_or_insert(at);
    }

    /// Counts a cell that stands outside the sheet.
    pub(super) fn outside(&mut self) {
        self.losses.outside += 1;
    }

    /// Notes a cell that is struck out.
    pub(super) fn strike(&mut self, at: CellRef) {
        self.losses.struck.add(at);
    }

    /// Takes the struck-out cells as they were told.
    pub(super) fn struck(&mut self, told: Struck) {
        self.losses.struck = told;
    }

    /// Adds a merged range; one cell alone is none.
    pub(super) fn merge(
        &mut self,
        one: CellRef,
        other: CellRef,
        allowance: &mut Allowance<'_>,
    ) -> Result<(), Fault> {
        let first = CellRef::new(one.row.min(other.row), one.col.min(other.col));
        let last = CellRef::new(
            one.row.max(other.row).min(MAX_ROWS - 1),
            one.col.max(other.col).min(MAX_COLS - 1),
        );
        if first == last {
            return Ok(());
        }
        allowance.merges =
            allowance.merges.checked_sub(1).ok_or(Passed::Merges(allowance.limits.merges))?;
        self.sheet.merges.push(Merge { first, last });
        Ok(())
    }

    /// Marks columns as hidden, first and last counted from zero.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        // A sheet has no more columns than this, so honest ranges never reach it.
        let full = self.sheet.hidden_cols.len() >= MAX_COLS as usize;
        if first <= last && first < MAX_COLS && !full {
            self.sheet.hidden_cols.push((first, last.min(MAX_COLS - 1)));
        }
    }

    /// The finished sheet: rows ascend, cells ascend, each place once.
    pub(super) fn finish(mut self) -> (Sheet, Losses) {
        self.close_row();
        if self.disordered {
            self.put_in_order();
        }
        (self.sheet, self.losses)
    }

    fn put_in_order(&mut self) {
        let mut rows: Vec<Row> = Vec::with_capacity(self.sheet.rows.len());
        self.sheet.rows.sort_by_key(|row| row.index);
        for row in self.sheet.rows.drain(..) {
            match rows.last_mut() {
                Some(last) if last.index == row.index => {
                    last.hidden |= row.hidden;
                    last.cells.extend(row.cells);
                }
                _ => rows.push(row),
            }
        }
        let mut torn = Vec::new();
        for row in &mut rows {
            row.cells.sort_by_key(|cell| cell.col);
            row.cells.dedup_by(|later, first| {
                let again = later.col == first.col;
                // Two values for one place: neither may be believed.
                if again && later.value != first.value {
                    first.value = Value::Error(UNREADABLE.into());
                    torn.push(CellRef::new(row.index, first.col));
                }
                again
            });
        }
        for at in torn {
            self.lose(at);
        }
        self.sheet.rows = rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: f64) -> Value {
        Value::Number(n)
    }

    #[test]
    fn disorder_is_put_in_order_and_contradictions_become_holes() {
        let limits = Limits::default();
        let mut allowance = Allowance::new(&limits);
        let mut sheet = SheetBuilder::default();
        for (row, col, value) in
            [(5, 1, 1.0), (2, 3, 2.0), (2, 0, 3.0), (5, 0, 4.0), (2, 3, 9.0), (5, 1, 1.0)]
        {
            sheet.row(row, row == 5);
            sheet.cell(col, number(value), false, &mut allowance).unwrap();
        }
        let (sheet, losses) = sheet.finish();
        let seen: Vec<_> = (sheet.rows.iter())
            .map(|row| (row.index, row.hidden, row.cells.iter().map(|c| c.col).collect::<Vec<_>>()))
            .collect();
        assert_eq!(seen, [(2, false, vec![0, 3]), (5, true, vec![0, 1])]);
        assert_eq!(sheet.cell(CellRef::new(5, 1)).unwrap().value, number(1.0));
        assert_eq!(sheet.cell(CellRef::new(2, 3)).unwrap().value, Value::Error(UNREADABLE.into()));
        assert_eq!((losses.unreadable, losses.first), (1, Some(CellRef::new(2, 3))));
    }

    #[test]
    fn limits_hold_for_all_sheets_together() {
        let limits =
            Limits { cells: 3, text_bytes: 4, cell_text_bytes: 3, merges: 0, ..Limits::default() };
        let mut allowance = Allowance::new(&limits);
        let mut sheet = SheetBuilder::default();
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(
            sheet.cell(0, text("abcd"), false, &mut allowance),
            Err(Passed::CellText(3).into())
        );
        assert_eq!(sheet.cell(0, text("abc"), false, &mut allowance), Ok(()));
        assert_eq!(sheet.cell(1, text("de"), false, &mut allowance), Err(Passed::Text(4).into()));
        let mut next = SheetBuilder::default();
        assert_eq!(next.cell(0, number(1.0), false, &mut allowance), Err(Passed::Cells(3).into()));
        let (a, b) = (CellRef::new(0, 0), CellRef::new(1, 0));
        assert_eq!(next.merge(a, a, &mut allowance), Ok(()));
        assert_eq!(next.merge(a, b, &mut allowance), Err(Passed::Merges(0).into()));
    }
}
