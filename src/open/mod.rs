//! From a file's bytes to sparse grids of cells; a file that cannot be opened costs that file only.

pub mod archive;
mod csv;
mod directory;
mod disguise;
mod fault;
pub mod grid;
#[cfg(test)]
mod hostile;
mod html;
pub mod limits;
mod ods;
mod ole;
mod opened;
mod package;
mod relations;
mod repair;
mod runs;
mod seen;
mod serial;
pub mod sniff;
mod sparse;
#[cfg(test)]
mod specimen;
mod spreadsheetml;
mod struck;
pub mod worker;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml_tokens;

pub use archive::{Archive, Member};
pub use grid::{Cell, Merge, Row, Sheet, Value, Workbook};
pub use limits::Limits;
pub use opened::{Entry, Opened, open, open_entry, too_large};
pub use repair::{Repaired, repair_sheet, repair_workbook};
pub use sniff::{Kind, begins_otherwise};
