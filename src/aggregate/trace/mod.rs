//! Where a figure comes from (truy nguồn): the cells that make it up, what is missing, what was left out.

mod files;
mod held;
mod item;
mod listed;
mod notices;
mod quota;
#[cfg(test)]
mod tests;
mod whole;

pub use item::{Item, Said};
pub use whole::{Trace, UnitTrace};
