//! From checked submissions to one line per unit and the sums of each level.

mod build;
pub mod summary;

pub use build::aggregate;

pub use crate::model::measure;
pub use crate::model::measure::{Measure, Tallies, Tally};
pub use summary::{FileLine, FileStatus, SubmissionState, Summary, UnitLine, Verdict};
