//! Sheets with tables of one kind in one workbook: each may be of a unit of its own.

use super::claims::Claim;
use super::forms::{Forms, TableId};
use super::left_over::is_old;
use super::other_quarter::OtherQuarter;
use super::workbook::{FoundTable, Recognised};
use crate::open::Workbook;

/// A sheet with a table of a kind that stands on other sheets of the workbook too.
#[derive(Debug, Clone)]
pub struct AlikeSheet {
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: usize,
    /// Which table.
    pub id: TableId,
    /// What the sheet says about itself.
    pub claims: Vec<Claim>,
}

/// The sheets that could each be a submission of their own, in the workbook's order; none where there are
/// not two of them.
pub(super) fn alike_sheets(
    workbook: &Workbook,
    forms: &Forms,
    found: &Recognised,
    leftovers: &[FoundTable],
) -> Vec<AlikeSheet> {
    let stands = |table: &&FoundTable| {
        !table.rows.data.is_empty()
            && table.other_quarter == OtherQuarter::No
            && !is_old(workbook, forms, table)
    };
    let also_left = |table: &&FoundTable| leftovers.iter().filter(stands).any(|o| o.id == table.id);
    let kept = found.tables.iter().filter(stands).filter(also_left);
    let mut tables: Vec<&FoundTable> = kept.chain(leftovers.iter().filter(stands)).collect();
    tables.sort_by_key(|table| (table.sheet, table.id));
    tables.dedup_by_key(|table| table.sheet);
    if tables.len() < 2 {
        return Vec::new();
    }
    let of_sheet = |table: &FoundTable| {
        let own = found.claims.iter().filter(|claim| claim.sheet == Some(table.sheet));
        AlikeSheet { sheet: table.sheet, id: table.id, claims: own.cloned().collect() }
    };
    tables.into_iter().map(of_sheet).collect()
}
