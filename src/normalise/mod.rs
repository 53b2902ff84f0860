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
#[cfg(test)]
mod identity_tests;
mod info_sheets;
mod issued;
mod listed;
mod measures;
pub mod mentions;
mod near;
mod near_code;
mod none_held;
mod offered;
mod other_figures;
mod other_sheet;
mod other_times;
mod paper;
mod people;
mod posts;
pub mod reader;
pub mod report_date;
pub mod rollup;
mod row_codes;
mod said_of_names;
mod several;
mod shared_count;
mod sheet_owner;
mod spoken_sums;
mod stated;
#[cfg(test)]
mod stated_tests;
pub mod submission;
mod ticks;
mod unit_code;
pub mod values;
mod whose_row;

pub use codes::Codes;
pub use said_of_names::folder_unit;
pub use sheet_owner::{SheetOwner, sheet_owners};
pub use submission::{Normalised, Rejection, Terms, normalise, normalise_sheets};
