//! The nouns of the field, right by construction: no input or output happens here.

pub mod cell;
pub mod content;
pub mod count;
pub mod explanation;
pub mod field;
pub mod finding;
pub mod measure;
pub mod meeting;
pub mod nearest;
pub mod period;
pub mod petition;
pub mod privacy;
pub mod rollup;
pub mod rule;
pub mod standing;
pub mod submission;
pub mod text;
pub mod unchecked;
pub mod unit;

pub use cell::CellRef;
pub use count::Count;
pub use field::{Field, Reading};
pub use finding::{Finding, Place};
pub use measure::{Measure, Tallies, Tally};
pub use meeting::{Chair, Head, Kind, Meeting, MeetingFormat};
pub use nearest::nearest;
pub use period::Period;
pub use petition::{Authority, CarriedPetition, Outcome, Petition, Subject};
pub use rollup::{RollUp, RollUpRow};
pub use rule::{Rule, Severity};
pub use standing::{FileStatus, SubmissionState, Verdict};
pub use submission::{Form, Submission};
pub use text::Text;
pub use unchecked::Unchecked;
pub use unit::{Level, Unit, UnitCode, UnitKind};
