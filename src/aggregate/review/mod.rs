//! The yearly review (đánh giá năm): four quarters of every unit side by side, no official rating.

mod build;
mod criteria;
#[cfg(test)]
mod criteria_tests;
mod evidence;
mod lineage;
mod model;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod trend;
mod words;

pub use crate::model::Geography;
pub use build::{ReviewError, review};
pub use evidence::{Document, DocumentKind};
pub use model::{
    Accepted, Criterion, Named, Punctuality, Quality, Review, Share, Timing, Trend, UnitQuarter,
    UnitYear,
};
