//! How Vietnamese offices write numbers, dates, periods and the letters themselves.

pub mod date;
pub mod legacy;
pub mod number;
pub mod period;
