//! From input folders to a list of files in a fixed order; what is no submission is set aside and said.

mod explanations;
mod inputs;
mod office_list;
mod receipts;
mod walk;

pub use receipts::Receipts;
pub use walk::{DiscoverError, FoundFile, Inventory, discover, is_output, why_set_aside};
