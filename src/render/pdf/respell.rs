//! The office's spelling for the program's own words in tables.

use super::model::Table;
use crate::render::Spelling;
use std::borrow::Cow;

/// Respells the header and what stands above the table; rows are made in the spelling, for they hold
/// names and what units wrote, which stay.
pub(super) fn table(table: &mut Table<'_>, spelling: Spelling) {
    for cell in &mut table.header {
        if let Cow::Owned(text) = spelling.apply(&cell.text) {
            cell.text = text.into();
        }
    }
}
