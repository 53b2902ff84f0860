//! Headings of groups of rows with the sums of their rows beside them, and without a number.

use super::super::row_cells::{first_words, is_empty, is_figure};
use super::super::row_words::is_group_name;
use super::{RowKind, Sorter};
use crate::model::CellRef;
use crate::open::{Cell, Row, Sheet, Value};

/// Headings of one table that are held against their rows.
const MOST_HEADINGS: usize = 50;

/// Tells the headings among the rows that were taken for data: words in one cell and figures that add up the
/// rows below, or the name of a kind or a month.
pub(super) fn find_headings(sheet: &Sheet, kinds: &mut [(u32, RowKind)], sorter: &Sorter<'_>) {
    let may_be = |(at, kind): &(u32, RowKind)| {
        *kind == RowKind::Data && sheet.row(*at).is_some_and(|row| sorter.may_head(row))
    };
    let all = kinds.iter().enumerate().filter(|(_, one)| may_be(one));
    let places: Vec<usize> = all.map(|(place, _)| place).take(MOST_HEADINGS).collect();
    for (n, place) in places.iter().enumerate() {
        let next = places.get(n + 1).copied().unwrap_or(kinds.len());
        let below = kinds.get(place + 1..next).unwrap_or_default();
        let below = below.iter().take_while(|(_, kind)| *kind == RowKind::Data);
        let rows: Vec<u32> = below.map(|(at, _)| *at).collect();
        let Some((at, kind)) = kinds.get_mut(*place) else { continue };
        let Some(row) = sheet.row(*at) else { continue };
        let named = first_words(row).is_some_and(|words| is_group_name(&words));
        if !rows.is_empty() && (named || adds_up(sheet, row, &rows)) {
            *kind = RowKind::SectionTitle;
        }
    }
}

impl Sorter<'_> {
    /// Whether a row without a number, in a table of numbered ones, is words in one cell and else figures.
    fn may_head(&self, row: &Row) -> bool {
        // Nearly every row has its number, and is done with here.
        if !self.numbered || self.is_numbered(row) {
            return false;
        }
        let own =
            |cell: &&Cell| self.shape.columns.binary_search(&cell.col).is_ok() && !is_empty(cell);
        let words = row.cells.iter().filter(own).filter(|cell| !is_figure(cell)).count();
        let numbers = |cell: &&Cell| matches!(cell.value, Value::Number(_));
        let figures = row.cells.iter().filter(own).filter(numbers).count();
        let all = row.cells.iter().filter(own).count();
        words == 1 && figures >= 2 && words + figures == all
    }

    fn is_numbered(&self, row: &Row) -> bool {
        let number = self.shape.number.and_then(|col| row.get(col));
        number.is_some_and(|cell| !is_empty(cell) && is_figure(cell))
    }
}

/// Whether every figure of the row is the sum of those below it, and one of them at least is not zero.
fn adds_up(sheet: &Sheet, row: &Row, below: &[u32]) -> bool {
    let figure = |cell: &Cell| match cell.value {
        Value::Number(n) => Some(n),
        _ => None,
    };
    let sum = |col: u32| -> f64 {
        let cells = below.iter().filter_map(|at| sheet.cell(CellRef::new(*at, col)));
        cells.filter_map(figure).sum()
    };
    let mut own = row.cells.iter().filter_map(|cell| Some((cell.col, figure(cell)?)));
    own.clone().any(|(_, n)| n != 0.0) && own.all(|(col, n)| (n - sum(col)).abs() < 0.5)
}
