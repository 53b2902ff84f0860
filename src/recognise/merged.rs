//! Merged ranges of a sheet, found by row or by cell without looking at all of them.

use crate::model::CellRef;
use crate::open::{Merge, Sheet};

/// Merged ranges that one header may have; what is more is no header.
const MOST_IN_HEADER: usize = 2_000;

/// The merged ranges of one sheet.
#[derive(Debug, Default)]
pub struct Merges {
    /// By first row, then column.
    by_row: Vec<Merge>,
    /// Ranges of several rows, by their first column, then first row.
    tall: Vec<Merge>,
}

impl Merges {
    /// Indexes the merged ranges of a sheet.
    pub fn of(sheet: &Sheet) -> Self {
        Self::below(sheet, 0)
    }

    /// Indexes the ranges that begin in that row or further down.
    pub fn below(sheet: &Sheet, first: u32) -> Self {
        let merges = sheet.merges.iter().filter(|merge| merge.first.row >= first);
        let mut by_row: Vec<Merge> = merges.copied().collect();
        by_row.sort_unstable_by_key(|merge| (merge.first, merge.last));
        let tall = by_row.iter().filter(|merge| merge.last.row > merge.first.row);
        let mut tall: Vec<Merge> = tall.copied().collect();
        tall.sort_by_key(|merge| merge.first.col);
        Self { by_row, tall }
    }

    /// The ranges that begin in rows `first` to `last`.
    pub fn beginning_in(&self, first: u32, last: u32) -> &[Merge] {
        let start = self.by_row.partition_point(|merge| merge.first.row < first);
        let end = self.by_row.partition_point(|merge| merge.first.row <= last);
        self.by_row.get(start..end.min(start + MOST_IN_HEADER)).unwrap_or_default()
    }

    /// The cell that holds the value of a cell lying further down in a range of several rows.
    pub fn anchor_above(&self, at: CellRef) -> Option<CellRef> {
        let before = |merge: &Merge| (merge.first.col, merge.first.row) < (at.col, at.row);
        let merge = self.tall.get(self.tall.partition_point(before).checked_sub(1)?)?;
        (merge.first.col == at.col && merge.last.row >= at.row).then_some(merge.first)
    }

    /// The last column of the range of several columns that begins in that cell.
    pub fn wide_from(&self, at: CellRef) -> Option<u32> {
        let start = self.by_row.partition_point(|merge| merge.first < at);
        let merge = self.by_row.get(start).filter(|merge| merge.first == at)?;
        (merge.last.col > at.col).then_some(merge.last.col)
    }

    /// Whether no range covers several rows.
    pub fn is_flat(&self) -> bool {
        self.tall.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_further_down_leads_to_the_first() {
        let cell = |text: &str| CellRef::parse(text).unwrap();
        let merge = |first: &str, last: &str| Merge { first: cell(first), last: cell(last) };
        let sheet = Sheet {
            merges: vec![
                merge("B9", "B10"),
                merge("B2", "B4"),
                merge("D1", "F1"),
                merge("C2", "D3"),
            ],
            ..Sheet::default()
        };
        let merges = Merges::of(&sheet);
        for (at, anchor) in [
            ("B2", None),
            ("B3", Some("B2")),
            ("B4", Some("B2")),
            ("B5", None),
            ("B10", Some("B9")),
            ("C3", Some("C2")),
            ("D3", None),
            ("E1", None),
        ] {
            assert_eq!(merges.anchor_above(cell(at)), anchor.map(cell), "{at}");
        }
        assert_eq!(merges.beginning_in(0, 1).len(), 3);
    }
}
