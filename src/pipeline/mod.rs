//! The straight line: discover → open → recognise → normalise → check → aggregate.

mod frame;
mod join;
mod quarters;
mod read;
mod run;

pub use run::{Job, RunError, Series, run, series};
