//! From sparse grids to tables whose columns are known: which form a workbook holds, and where.

pub mod blank;
pub mod claims;
pub mod columns;
mod form_of_file;
pub mod forms;
pub mod header;
mod header_below;
mod header_words;
mod marks;
mod merged;
mod met;
mod met_headers;
mod other_quarter;
mod own;
pub mod returned;
mod row_cells;
mod row_words;
pub mod rows;
mod search;
mod signed;
mod table_form;
mod template;
mod unread;
pub mod workbook;

pub use claims::{Claim, Source};
pub use forms::{Forms, TableId};
pub use merged::Merges;
pub use own::is_own_workbook;
pub use returned::{Returned, take_returned};
pub use workbook::{FoundTable, Recognised, recognise};
