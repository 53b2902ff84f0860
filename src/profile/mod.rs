//! The rule profile: the regulation's numbers as an office can read and change them.

pub mod model;

pub use model::{Based, Parameter, Profile};
