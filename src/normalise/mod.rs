//! From found tables to typed rows, every value with its cell; what cannot be read is a hole and a finding.

mod attending;
mod cautions;
mod chair;
pub mod codes;
pub mod detail;
mod free_text;
mod head_doubts;
pub mod identity;
#[cfg(test)]
mod identity_tests;
mod info_sheets;
mod issued;
mod listed;
mod measures;
pub mod mentions;
mod near;
mod near_code;
mod offered;
mod other_figures;
mod other_sheet;
mod other_times;
mod posts;
pub mod reader;
pub mod report_date;
mod rollup;
mod said_of_names;
mod several;
mod shared_count;
mod stated;
#[cfg(test)]
mod stated_tests;
pub mod submission;
mod ticks;
mod unit_code;
pub mod values;

pub use codes::Codes;
pub use submission::{Normalised, Rejection, Terms, normalise};
