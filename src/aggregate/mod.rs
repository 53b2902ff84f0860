//! From checked submissions to one line per unit and the sums of each level.

pub mod account;
mod asked;
mod build;
pub mod changed_figures;
pub mod changes;
pub mod figure;
pub mod open_petitions;
pub mod previous;
mod reasons;
pub mod review;
#[cfg(test)]
pub(crate) mod sample;
pub mod summary;
pub mod target;
pub mod trace;

pub use crate::model::measure;
pub use crate::model::measure::{Measure, Tallies, Tally};
pub use account::{Account, HeadAccount, MeetingAccount};
pub use build::aggregate;
pub use figure::Figure;
pub use open_petitions::{HandedOn, OpenPetition, hand_on};
pub use summary::{FileLine, FileStatus, SubmissionState, Summary, UnitLine, Verdict};
pub use target::Target;
pub use trace::Trace;
