//! From checked submissions to one line per unit and the sums of each level.

pub mod account;
mod asked;
mod build;
pub mod changed_figures;
pub mod changes;
pub mod previous;
mod reasons;
pub mod review;
#[cfg(test)]
pub(crate) mod sample;
pub mod summary;

pub use crate::model::measure;
pub use crate::model::measure::{Measure, Tallies, Tally};
pub use account::{Account, HeadAccount, MeetingAccount};
pub use build::aggregate;
pub use summary::{FileLine, FileStatus, SubmissionState, Summary, UnitLine, Verdict};
