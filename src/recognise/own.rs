//! Tells the program's own workbook, left in an input folder, from a submission.

use crate::open::Workbook;

/// Sheets that no form has and that every aggregated workbook has.
const SHEETS: [&str; 2] = ["PL1 - Theo đơn vị", "Nguồn"];

/// Whether a workbook is what an earlier run wrote. Its sheet of meetings would pass for Biểu 1.
pub fn is_own_workbook(workbook: &Workbook) -> bool {
    let has = |name: &&str| workbook.sheets.iter().any(|sheet| *sheet.name.name == **name);
    SHEETS.iter().all(has)
}
