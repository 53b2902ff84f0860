//! How Vietnamese offices write letters, numbers, dates and periods, and how failures are told to them.

pub mod date;
pub mod legacy;
pub mod number;
pub mod period;
pub mod system;
