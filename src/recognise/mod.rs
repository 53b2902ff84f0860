//! From sparse grids to tables whose columns are known: which form a workbook holds, and where.

mod alike;
pub mod blank;
pub mod claims;
pub mod columns;
mod form_of_file;
pub mod forms;
pub mod header;
mod header_below;
mod header_quarter;
mod header_words;
mod left_over;
mod marks;
mod merged;
mod met;
mod met_headers;
mod none_words;
mod other_quarter;
mod own;
pub mod returned;
mod row_cells;
mod row_words;
pub mod rows;
mod search;
mod table_form;
mod template;
mod unread;
mod unread_sheet;
pub mod workbook;

pub use alike::AlikeSheet;
pub use claims::{Claim, Source};
pub use forms::{Forms, TableId};
pub use merged::Merges;
pub use none_words::NoneWords;
pub use own::is_own_workbook;
pub use returned::{Returned, take_returned};
pub use workbook::{FoundTable, Recognised, recognise};
