//! The cells of a sheet that are struck out (ô bị gạch ngang): counted all, named as long as a reader would follow.

use crate::model::CellRef;
use std::fmt;

/// Stretches of cells that are named one by one.
const NAMED: usize = 8;

/// Struck-out cells of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Struck {
    cells: usize,
    /// Cells side by side, first and last, in the order in which they came.
    ranges: Vec<(CellRef, CellRef)>,
}

impl Struck {
    /// How many cells.
    pub(super) const fn cells(&self) -> usize {
        self.cells
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<CellRef> {
        self.ranges.first().map(|(first, _)| *first)
    }

    /// Cells side by side, first and last, as far as they are named.
    pub(super) fn ranges(&self) -> &[(CellRef, CellRef)] {
        &self.ranges
    }

    /// Takes up one cell.
    pub(super) fn add(&mut self, at: CellRef) {
        self.cells = self.cells.saturating_add(1);
        let beside = |last: &CellRef| last.row == at.row && last.col.checked_add(1) == Some(at.col);
        if let Some((_, last)) = self.ranges.last_mut().filter(|(_, last)| beside(last)) {
            *last = at;
        } else if self.ranges.len() < NAMED {
            self.ranges.push((at, at));
        }
    }

    /// Puts together what was told of them: how many, and the stretches that are named.
    pub(super) fn told(cells: usize, ranges: impl Iterator<Item = (CellRef, CellRef)>) -> Self {
        Self { cells, ranges: ranges.take(NAMED).collect() }
    }
}

impl fmt::Display for Struck {
    /// `B7, C9:E9`, with how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut named = 0usize;
        for (at, (first, last)) in self.ranges.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            write!(f, "{first}")?;
            if first != last {
                write!(f, ":{last}")?;
            }
            let across = last.col.saturating_sub(first.col);
            named = named.saturating_add(usize::try_from(across).unwrap_or_default() + 1);
        }
        match self.cells.saturating_sub(named) {
            0 => Ok(()),
            more => write!(f, " và {more} ô khác"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_stretches() {
        let many: Vec<_> = (0..9).map(|row| (row, 1)).collect();
        for (cells, said) in [
            (&[(6, 1)][..], "B7"),
            (&[(6, 1), (8, 2), (8, 3), (8, 4), (9, 5)], "B7, C9:E9, F10"),
            (&[(6, 1), (6, 3), (7, 4)], "B7, D7, E8"),
            (&many, "B1, B2, B3, B4, B5, B6, B7, B8 và 1 ô khác"),
        ] {
            let mut struck = Struck::default();
            for (row, col) in cells {
                struck.add(CellRef::new(*row, *col));
            }
            assert_eq!((struck.to_string().as_str(), struck.cells()), (said, cells.len()));
        }
    }
}
