//! From found tables to typed rows, every value with its cell; what cannot be read is a hole and a finding.

mod attending;
mod cautions;
mod chair;
mod coded;
pub mod codes;
pub mod detail;
mod free_text;
mod head_doubts;
pub mod identity;
mod issued;
mod measures;
pub mod mentions;
mod near;
mod near_code;
mod none_held;
mod offered;
mod other_figures;
mod other_times;
mod paper;
mod people;
mod posts;
pub mod reader;
pub mod rollup;
mod row_codes;
mod shared_count;
mod spoken_sums;
mod stated;
pub mod submission;
mod ticks;
mod unit_code;
pub mod values;
mod whose_row;

pub use codes::Codes;
pub use submission::{Normalised, Rejection, Terms, normalise};
