//! From checked submissions to one line per unit and the sums of each level.

pub mod measure;
#[cfg(test)]
pub(crate) mod sample;
pub mod summary;

pub use measure::{Measure, Tallies, Tally};
pub use summary::{FileLine, FileStatus, SubmissionState, Summary, UnitLine, Verdict};
