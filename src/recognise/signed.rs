//! The lines of a signature block that tell its day.

use super::claims::{Claim, SIGNED, Source};
use crate::model::CellRef;
use crate::notation::signed::day_of_signature;
use crate::open::{Row, Value};

/// Cells of a row beyond which it is no line of a signature.
const WIDEST: usize = 4;

/// What the cells of a row below a table say of the day on which the report was signed.
pub(super) fn signed_in(row: &Row, sheet: usize) -> Vec<Claim> {
    let cells = if row.cells.len() <= WIDEST { row.cells.as_slice() } else { &[] };
    let signed = cells.iter().filter(|cell| match &cell.value {
        Value::Text(text) => day_of_signature(text).is_some(),
        _ => false,
    });
    let claim = |cell: &crate::open::Cell| Claim {
        source: Source::Label,
        field: SIGNED,
        sheet: Some(sheet),
        cell: Some(CellRef::new(row.index, cell.col)),
        value: Some(cell.value.clone()),
    };
    signed.map(claim).collect()
}
