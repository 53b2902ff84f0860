//! Follows each petition from quarter to quarter: what was open, what became of it, what is open now.

mod follow;
mod matching;
mod past;
mod unit;

#[cfg(test)]
mod tests;

pub use follow::follow;
pub use past::carried_into;
