//! Holds every submission against the rules and decides what each unit's figures may stand for.

mod alike;
pub mod backlog;
pub mod batch;
pub mod checked;
mod choose;
mod explain;
pub mod figures;
mod files;
mod heads;
pub mod ledger;
pub mod rollup;
mod rows;
mod run;
pub mod so_far;
mod unit;
mod versions;
pub mod year;

#[cfg(test)]
mod choose_tests;
#[cfg(test)]
mod ledger_tests;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
pub(crate) mod profile_tests;
#[cfg(test)]
mod seed_tests;
#[cfg(test)]
mod so_far_tests;
#[cfg(test)]
mod state_tests;
#[cfg(test)]
pub(crate) mod trials;
#[cfg(test)]
mod year_tests;

pub use batch::{Answer, Content, Frame, ReadFile};
pub use checked::{Checked, FileLine, QuarterLine, UnitLine};
pub use run::check;
pub use so_far::{Earlier, SoFar};
