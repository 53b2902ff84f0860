//! The office's spelling for the program's own words in tables and charts.

use super::model::{Chart, Table};
use crate::render::Spelling;
use std::borrow::Cow;

/// Respells the header; the rows hold names and what units wrote, which stay.
pub(super) fn table(table: &mut Table<'_>, spelling: Spelling) {
    for cell in &mut table.header {
        if let Cow::Owned(text) = spelling.apply(&cell.text) {
            cell.text = text.into();
        }
    }
}

/// Respells the title.
pub(super) fn chart(chart: &mut Chart, spelling: Spelling) {
    chart.title = spelling.apply(&chart.title).into_owned();
}
