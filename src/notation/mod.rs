//! How Vietnamese offices write letters, numbers, dates and periods, and how failures are told to them.

pub mod code_page;
pub mod date;
mod date_words;
pub mod legacy;
pub mod line_number;
pub mod number;
pub mod period;
mod period_apart;
pub mod period_other;
pub mod period_part;
mod period_span;
pub mod signed;
pub mod system;
pub mod version;
