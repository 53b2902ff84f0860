//! Sheets with tables of one kind in one workbook: each may be of a unit of its own.

use super::claims::Claim;
use super::forms::{Forms, TableId};
use super::left_over::is_old;
use super::other_quarter::OtherQuarter;
use super::workbook::{FoundTable, Recognised};
use crate::model::text::key;
use crate::open::Workbook;
use std::collections::BTreeMap;

/// A sheet with a table of a kind that stands on other sheets of the workbook too.
#[derive(Debug, Clone)]
pub struct AlikeSheet {
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: usize,
    /// Which table.
    pub id: TableId,
    /// What the sheet says about itself.
    pub claims: Vec<Claim>,
    /// The information sheet that was copied with it, where the workbook has several (`Thông tin (2)` with
    /// `Biểu 1 (2)`).
    pub info: Option<usize>,
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
    let copies = info_sheets(workbook, forms);
    let of_sheet = |table: &FoundTable| {
        let name = workbook.sheets.get(table.sheet).map(|sheet| copy_of(&sheet.name.name).1);
        let info = name.and_then(|copy| copies.get(&copy).copied());
        let says = |claim: &&Claim| {
            claim.sheet == Some(table.sheet) || info.is_some() && claim.sheet == info
        };
        let claims = found.claims.iter().filter(says).cloned().collect();
        AlikeSheet { sheet: table.sheet, id: table.id, claims, info }
    };
    tables.into_iter().map(of_sheet).collect()
}

/// The information sheets by the number of their copy; none where there is but one.
fn info_sheets(workbook: &Workbook, forms: &Forms) -> BTreeMap<u32, usize> {
    let named = workbook.sheets.iter().enumerate().filter_map(|(at, sheet)| {
        let (base, copy) = copy_of(&sheet.name.name);
        forms.is_info_sheet(&key(base)).then_some((copy, at))
    });
    let copies: BTreeMap<u32, usize> = named.collect();
    if copies.len() > 1 { copies } else { BTreeMap::new() }
}

/// The name of a sheet, and which copy it is: programs name the second `Biểu 1 (2)` or `Biểu 1_2`.
fn copy_of(name: &str) -> (&str, u32) {
    let name = name.trim();
    let parted = || match name.strip_suffix(')') {
        Some(rest) => rest.rsplit_once('('),
        None => name.rsplit_once('_'),
    };
    let numbered = parted().and_then(|(base, copy)| Some((base.trim_end(), copy.parse().ok()?)));
    numbered.unwrap_or((name, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copied_sheets() {
        for (name, base, copy) in [
            ("Thông tin", "Thông tin", 1),
            ("Thông tin (2)", "Thông tin", 2),
            ("Thông tin_3", "Thông tin", 3),
            ("Biểu 1 - Hội nghị (12) ", "Biểu 1 - Hội nghị", 12),
            ("Biểu 1 (cũ)", "Biểu 1 (cũ)", 1),
            ("Q1_2021", "Q1", 2021),
            (")", ")", 1),
        ] {
            assert_eq!(copy_of(name), (base, copy), "{name}");
        }
    }
}
