//! From sparse grids to tables whose columns are known: which form a workbook holds, and where.

pub mod claims;
pub mod columns;
pub mod forms;
pub mod header;
mod own;
pub mod rows;
pub mod workbook;

pub use claims::{Claim, Source};
pub use forms::{Forms, TableId};
pub use own::is_own_workbook;
pub use workbook::{FoundTable, Recognised, recognise};
