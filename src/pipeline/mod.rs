//! The straight line: discover → open → recognise → normalise → check → aggregate.

mod doubtful;
mod frame;
mod join;
mod quarters;
mod read;
mod run;
mod submissions;
mod written;

pub use run::{Job, RunError, Series, run, series};
pub use written::{Cell, Written, written};
