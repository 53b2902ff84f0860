//! From found tables to typed rows, every value with its cell; what cannot be read is a hole and a finding.

pub mod codes;
pub mod date;
pub mod number;
pub mod period;
