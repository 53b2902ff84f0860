//! The straight line: discover → open → recognise → normalise → check → aggregate.

mod frame;
mod join;
mod read;
mod run;

pub use run::{Job, RunError, run};
