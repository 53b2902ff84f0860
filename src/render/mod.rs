//! The outputs, all drawn from one summary and written together or not at all.

mod digits;
pub mod feedback;
pub mod form;
pub mod json;
pub mod narrative;
mod other_periods;
pub mod pdf;
pub mod reminder;
mod spelling;
pub mod workbook;
pub mod write;

pub use spelling::Spelling;
