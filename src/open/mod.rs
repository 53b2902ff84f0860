//! From a file's bytes to sparse grids of cells; a file that cannot be opened costs that file only.

pub mod grid;

pub use grid::{Cell, Merge, Row, Sheet, Value, Workbook};
