//! Tables that may outgrow one sheet: how their rows are shared out, and the names of their columns.

use super::RenderError;
use super::table::Table;
use crate::model::cell::{MAX_ROWS, column_letters};
use rust_xlsxwriter::Workbook;
use std::ops::Range;

/// Rows that are written and compressed as one piece.
const PIECE: usize = 1_000;

/// Rows of data that fit below the headers of one sheet.
pub(super) fn capacity(first_row: u32) -> usize {
    usize::try_from(MAX_ROWS - first_row).unwrap_or(usize::MAX)
}

/// Which rows stand on which sheet; one empty sheet where there is none.
pub(super) fn split(rows: usize, capacity: usize) -> Vec<Range<usize>> {
    let sheets = rows.div_ceil(capacity).max(1);
    (0..sheets).map(|at| at * capacity..rows.min((at + 1) * capacity)).collect()
}

/// The name of one of these sheets.
pub(super) fn name(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name} ({})", at + 1) }
}

/// Where a row stands: the number of its sheet and the row in it, counted from zero.
pub(super) fn place(row: usize, capacity: usize, first_row: u32) -> (usize, u32) {
    let below = u32::try_from(row % capacity).unwrap_or_default();
    (row / capacity, first_row + below)
}

/// The first cell of a row, as links name it.
pub(super) fn cell(of: &str, row: usize, capacity: usize, first_row: u32) -> String {
    let (sheet, below) = place(row, capacity, first_row);
    format!("'{}'!A{}", name(of, sheet), below + 1)
}

/// How many pieces these rows make.
pub(super) fn pieces(rows: &Range<usize>) -> usize {
    rows.len().div_ceil(PIECE)
}

/// The rows of one piece, and the row of the sheet in which the first one stands.
pub(super) fn piece(rows: &Range<usize>, piece: usize, first_row: u32) -> (Range<usize>, u32) {
    let start = rows.start + piece * PIECE;
    let skipped = u32::try_from(piece * PIECE).unwrap_or_default();
    (start..rows.end.min(start + PIECE), first_row + skipped)
}

/// Names the columns that formulas read.
pub(super) fn define(
    book: &mut Workbook,
    table: &Table<'_>,
    sheet: &str,
    names: &[(&str, u16)],
    suffix: &str,
) -> Result<(), RenderError> {
    let (first, last) = (table.first_row() + 1, table.last_row() + 1);
    for (name, col) in names {
        let col = column_letters(u32::from(*col));
        let range = format!("='{sheet}'!${col}${first}:${col}${last}");
        book.define_name(format!("{name}{suffix}"), &range)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_out_without_loss() {
        let cases: [(usize, &[(usize, usize)]); 3] =
            [(0, &[(0, 0)]), (10, &[(0, 10)]), (21, &[(0, 10), (10, 20), (20, 21)])];
        for (rows, sheets) in cases {
            let ends: Vec<_> = split(rows, 10).iter().map(|s| (s.start, s.end)).collect();
            assert_eq!(ends, sheets);
        }
        assert_eq!(place(20, 10, 4), (2, 4));
        assert_eq!(cell("Kiến nghị", 20, 10, 4), "'Kiến nghị (3)'!A5");
        assert_eq!(name("Kiến nghị", 0), "Kiến nghị");
        assert_eq!(name("Kiến nghị", 2), "Kiến nghị (3)");
    }

    #[test]
    fn pieces_cover_the_rows_of_a_sheet() {
        let rows = 5_000..7_500;
        let all: Vec<_> = (0..pieces(&rows)).map(|at| piece(&rows, at, 6)).collect();
        assert_eq!(all, [(5_000..6_000, 6), (6_000..7_000, 1_006), (7_000..7_500, 2_006)]);
    }
}
