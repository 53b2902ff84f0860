//! The yearly review as PDF files: the report with its lists, and two pages for each unit.

mod document;
mod dossier;
mod lists;
mod tables;
#[cfg(test)]
mod tests;

pub use document::{review, review_to};
pub use dossier::{dossier, dossier_name};
