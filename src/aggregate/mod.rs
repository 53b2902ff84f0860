//! From checked submissions to one line per unit and the sums of each level.

pub mod account;
mod asked;
mod backlogs;
mod build;
mod carried;
mod cause;
pub mod changed_figures;
pub mod changes;
mod compare;
pub mod explained;
pub mod figure;
mod identity;
mod known;
pub mod open_petitions;
pub mod owed;
pub mod previous;
#[cfg(test)]
mod profile_tests;
mod quarters;
mod reasons;
pub mod review;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod sample_open;
#[cfg(test)]
pub(crate) mod sample_past;
mod span;
#[cfg(test)]
mod span_tests;
pub mod summary;
pub mod target;
pub mod trace;

pub use crate::model::measure;
pub use crate::model::measure::{Measure, Tallies, Tally};
pub use account::{Account, HeadAccount, MeetingAccount};
pub use build::aggregate;
pub use carried::{each_alone, without_until};
pub use compare::comparison;
pub use figure::Figure;
pub use open_petitions::{HandedOn, hand_on};
pub use owed::Owed;
pub use span::over_span;
pub use summary::{
    FileLine, FileStatus, QuarterLine, Rearranged, SubmissionState, Summary, UnitLine, Verdict,
};
pub use target::{Target, Whose};
pub use trace::Trace;
