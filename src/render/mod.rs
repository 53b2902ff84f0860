//! The outputs, all drawn from one summary: nothing here computes a figure of its own.

pub mod narrative;
pub mod pdf;
mod spelling;

pub use spelling::Spelling;
