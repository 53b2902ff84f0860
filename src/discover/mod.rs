//! From input folders to a list of files in a fixed order; what is no submission is set aside and said.

mod explanations;
mod inputs;
mod office_list;
mod receipts;
mod walk;

pub use receipts::Receipts;
pub use walk::{
    DiscoverError, Fate, FoundFile, Inventory, discover, fate_of_name, is_other_archive, is_output,
};
