//! Sums without their name: rows of nothing but figures that add up what stands above or below them.

use super::{RowKind, Sorter};
use crate::model::CellRef;
use crate::open::{Cell, Row, Sheet, Value};

/// Rows of nothing but figures of one table that are compared with the rows above them.
pub(super) const MOST_WORDLESS: usize = 50;

/// The sum of the whole table above its rows and without its name.
pub(super) fn find_sum_above(sheet: &Sheet, kinds: &mut [(u32, RowKind)], sorter: &Sorter<'_>) {
    let above = kinds.iter().take_while(|(_, kind)| *kind != RowKind::Data).count();
    let (head, rows) = kinds.split_at_mut(above);
    let wordless = |row: &&Row| sorter.is_wordless(row);
    for (at, kind) in
        head.iter_mut().filter(|(_, kind)| *kind == RowKind::Unclear).take(MOST_WORDLESS)
    {
        let row = sheet.row(*at).filter(wordless);
        let sum = row.and_then(|row| wordless_sum(sheet, rows, row));
        *kind = sum.map_or(*kind, |_| RowKind::Total);
    }
}

/// A sum without its name: every figure is the sum of the rows above it, or of its section's.
pub(super) fn wordless_sum(sheet: &Sheet, kinds: &[(u32, RowKind)], row: &Row) -> Option<RowKind> {
    let sum = |kind| matches!(kind, RowKind::SectionSum | RowKind::SectionTitle | RowKind::Total);
    let last = kinds.iter().rposition(|(_, kind)| sum(*kind)).map_or(0, |at| at + 1);
    let figure = |cell: &Cell| match cell.value {
        Value::Number(n) => Some(n),
        _ => None,
    };
    let sums = |from: usize| {
        let rows = || kinds.iter().skip(from).filter(|(_, kind)| *kind == RowKind::Data);
        let above = |col: u32| -> f64 {
            let cells = rows().filter_map(|(at, _)| sheet.cell(CellRef::new(*at, col)));
            cells.filter_map(figure).sum()
        };
        let is_sum =
            |cell: &Cell| figure(cell).is_none_or(|sum| (sum - above(cell.col)).abs() < 0.5);
        rows().count() > 0 && row.cells.iter().all(is_sum)
    };
    if sums(last) {
        return Some(RowKind::SectionSum);
    }
    sums(0).then_some(RowKind::Total)
}
