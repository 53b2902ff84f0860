//! From sparse grids to tables whose columns are known: which form a workbook holds, and where.

pub mod claims;
pub mod columns;
pub mod forms;
pub mod header;
mod merged;
pub mod rows;
mod marks;
mod row_words;
mod search;
mod template;
pub mod workbook;

pub use claims::{Claim, Source};
pub use forms::{Forms, TableId};
pub use merged::Merges;
pub use workbook::{FoundTable, Recognised, recognise};
