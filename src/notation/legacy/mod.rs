//! Vietnamese text that was stored in an old encoding (bảng mã cũ), brought back to composed Unicode on evidence.

mod cell;
mod encoding;
mod frequent;
mod letters;
mod syllable;
mod words;

pub use cell::{Reading, Settled, Settlement, guess, is_unicode, judge, repair_text, settle};
pub use encoding::Encoding;
pub use syllable::is_vietnamese_syllable;
pub use words::is_suspicious;
