//! The straight line: discover → open → recognise → normalise → check → aggregate.

mod frame;
mod join;
mod read;
mod run;
mod written;

pub use run::{Job, RunError, run};
pub use written::{Cell, Written, written};
