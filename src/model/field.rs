//! A value together with the cell it came from, and with the hole where nothing could be read.

use super::CellRef;

/// What one cell said. *Blank*, *unreadable* and a zero are three things.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// Nothing was written: not reported.
    #[default]
    Blank,
    /// Something was written that could not be read; a finding names the cell.
    Unreadable,
    /// The value.
    Given(T),
}

/// A cell or none, in eight bytes in place of the twelve of an `Option`: a province's year has millions of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    row: u32,
    /// The column, or [`Spot::NONE`].
    col: u32,
}

impl Spot {
    /// A column that no sheet has.
    const NONE: u32 = u32::MAX;

    const fn of(cell: Option<CellRef>) -> Self {
        match cell {
            Some(CellRef { row, col }) => Self { row, col },
            None => Self { row: 0, col: Self::NONE },
        }
    }

    const fn cell(self) -> Option<CellRef> {
        if self.col == Self::NONE { None } else { Some(CellRef::new(self.row, self.col)) }
    }
}

/// One value of a row, with its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    at: Spot,
    /// What it said.
    pub reading: Reading<T>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self::absent()
    }
}

impl<T> Field<T> {
    /// The sheet has no such column.
    pub const fn absent() -> Self {
        Self::placed(None, Reading::Blank)
    }

    /// A blank cell.
    pub const fn blank(cell: CellRef) -> Self {
        Self::placed(Some(cell), Reading::Blank)
    }

    /// A cell that could not be read.
    pub const fn unreadable(cell: CellRef) -> Self {
        Self::placed(Some(cell), Reading::Unreadable)
    }

    /// A value and its cell.
    pub const fn new(cell: CellRef, value: T) -> Self {
        Self::placed(Some(cell), Reading::Given(value))
    }

    /// A reading with its cell, or without one where the sheet has no such column.
    pub const fn placed(cell: Option<CellRef>, reading: Reading<T>) -> Self {
        Self { at: Spot::of(cell), reading }
    }

    /// The cell, or `None` where the sheet has no such column.
    pub const fn cell(&self) -> Option<CellRef> {
        self.at.cell()
    }

    /// The value, when there is one.
    pub const fn given(&self) -> Option<&T> {
        match &self.reading {
            Reading::Given(value) => Some(value),
            Reading::Blank | Reading::Unreadable => None,
        }
    }

    /// Whether nothing was reported.
    pub const fn is_blank(&self) -> bool {
        matches!(self.reading, Reading::Blank)
    }

    /// Whether something stands here that could not be read.
    pub const fn is_unreadable(&self) -> bool {
        matches!(self.reading, Reading::Unreadable)
    }
}

impl<T: Copy> Field<T> {
    /// The value itself, for values that are cheap to copy.
    pub fn value(&self) -> Option<T> {
        self.given().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cell::{MAX_COLS, MAX_ROWS};

    #[test]
    fn a_cell_comes_back_as_it_went_in() {
        let last = CellRef::new(MAX_ROWS - 1, MAX_COLS - 1);
        for cell in [None, Some(CellRef::new(0, 0)), Some(last)] {
            assert_eq!(Field::placed(cell, Reading::Given(1)).cell(), cell);
        }
        assert_eq!(Field::<u8>::absent().cell(), None);
        assert_eq!(size_of::<Field<bool>>(), 12);
        assert_eq!(Field::<u8>::blank(last).cell(), Some(last));
    }
}
