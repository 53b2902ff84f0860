//! Writes a grid down as a real file of each kind, so that the whole line reads it.

mod cell;
mod ods;
mod spreadsheetml;
mod xls;
mod xlsb;
mod xlsx;

use qc17::open::Workbook;

/// Writes a workbook down as bytes.
pub type Writer = fn(&Workbook) -> Vec<u8>;

/// Every kind of file with several sheets, by its extension.
pub const ALL: [(&str, Writer); 5] = [
    ("xlsx", xlsx::bytes),
    ("xlsb", xlsb::bytes),
    ("xls", xls::bytes),
    ("ods", ods::bytes),
    ("xml", spreadsheetml::bytes),
];
