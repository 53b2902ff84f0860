//! How Vietnamese offices write numbers, dates and periods.

pub mod date;
pub mod number;
pub mod period;
