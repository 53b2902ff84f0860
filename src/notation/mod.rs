//! How Vietnamese offices write numbers, dates and periods, and how the system's failures are told to them.

pub mod date;
pub mod number;
pub mod period;
pub mod system;
