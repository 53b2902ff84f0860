//! Vietnamese text that was stored in an old encoding (bảng mã cũ), brought back to composed Unicode on evidence.

mod cell;
mod common;
mod encoding;
mod letters;
mod sheet;
mod syllable;
mod words;

pub use cell::repair_text;
pub use encoding::Encoding;
pub use sheet::{Repaired, repair_sheet, repair_workbook};
pub use syllable::is_vietnamese_syllable;
