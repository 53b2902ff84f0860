//! The outputs, each drawn from the one summary and written together or not at all.

pub mod workbook;
pub mod write;
