//! The workbook of the yearly review: units and years over the rows of their quarters.

mod book;
mod criteria;
mod evidence;
mod figures;
mod findings;
mod list;
mod overview;
mod quarters;
mod record;
#[cfg(test)]
mod tests;
mod trend;
mod verdicts;

pub use book::{review, review_to};
