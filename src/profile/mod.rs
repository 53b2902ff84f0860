//! The rule profile: the regulation's numbers as an office can read and change them.

mod embedded;
mod error;
mod labels;
mod load;
pub mod model;
mod overrides;
mod reader;
pub mod review;
mod shape;

pub use embedded::{IDS, source};
pub use error::{Mistake, Problem, ProfileError};
pub use load::Known;
pub use model::{Based, Parameter, Profile};

#[cfg(test)]
mod tests;
