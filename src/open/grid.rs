//! A workbook as it was found: sparse rows of cells, counted from zero, nothing interpreted yet.

use crate::model::CellRef;
use crate::model::submission::SheetName;
use chrono::NaiveDateTime;
use smol_str::SmolStr;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text as stored; not yet composed or trimmed. Most are short and need no memory of their own.
    Text(SmolStr),
    /// A number.
    Number(f64),
    /// A number that the workbook shows as a date, already counted from the workbook's own epoch.
    Date(NaiveDateTime),
    /// A truth value.
    Bool(bool),
    /// An error value such as `#REF!`, as the workbook writes it.
    Error(SmolStr),
    /// A formula whose result was never stored.
    Uncomputed,
}

/// One cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Column, counted from zero.
    pub col: u32,
    /// What stands in it.
    pub value: Value,
    /// Whether the value is the stored result of a formula.
    pub computed: bool,
}

/// One row that holds something; its cells ascend by column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Row, counted from zero.
    pub index: u32,
    /// Whether the row is hidden.
    pub hidden: bool,
    /// The cells that hold something.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The value in that column.
    pub fn get(&self, col: u32) -> Option<&Cell> {
        // In a row without a gap a cell stands at its column's place.
        let there = usize::try_from(col).ok().and_then(|at| self.cells.get(at));
        there.filter(|cell| cell.col == col).or_else(|| {
            let found = self.cells.binary_search_by_key(&col, |cell| cell.col).ok()?;
            self.cells.get(found)
        })
    }
}

/// A merged range, corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Top left corner, the only cell that holds the value.
    pub first: CellRef,
    /// Bottom right corner.
    pub last: CellRef,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Name and order in the workbook.
    pub name: SheetName,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Rows that hold something, ascending.
    pub rows: Vec<Row>,
    /// Merged ranges.
    pub merges: Vec<Merge>,
    /// Hidden columns, first and last, counted from zero.
    pub hidden_cols: Vec<(u32, u32)>,
}

impl Sheet {
    /// The row of that index, when it holds something.
    pub fn row(&self, index: u32) -> Option<&Row> {
        let found = self.rows.binary_search_by_key(&index, |row| row.index).ok()?;
        self.rows.get(found)
    }

    /// The cell at that place, when it holds something.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.row(at.row)?.get(at.col)
    }
}

/// One opened file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Worksheets in the workbook's order; chart sheets and macros are left out.
    pub sheets: Vec<Sheet>,
}
