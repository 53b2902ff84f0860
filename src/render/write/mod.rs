//! Writes all outputs into a folder or none of them, and cleans up after a run that was killed.
//!
//! Everything goes to a hidden staging folder first. A marker file in it says that it is complete;
//! from then on the set counts as written, and whoever comes next finishes the renames.

mod disk;
mod draft;
mod error;
#[cfg(test)]
mod kill_tests;
mod lock;
mod name;
mod set;
mod staging;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial;

pub use draft::Draft;
pub use error::WriteError;
pub use set::{OutputSet, Stop, together, write_all, write_as_made, write_set};
