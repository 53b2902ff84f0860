//! Fields that may stand in a column whose header was not known: unreadable there, not left out by the unit.

use super::columns::{Columns, filled_columns};
use super::header::{Header, HeaderColumn};
use super::table_form::TableForm;
use crate::open::Sheet;
use std::sync::Arc;

/// Letters of the shortest name that is looked for inside another.
const SHORTEST: usize = 6;
/// How alike two names must be for the one to be taken for the other (0 to 1).
const ALIKE: f64 = 0.90;

/// The columns with those fields lost of which a filled column that is not read may be the one.
pub(super) fn with_unread(
    columns: Arc<Columns>,
    header: &Header,
    form: &TableForm,
    (sheet, data): (&Sheet, &[u32]),
) -> Arc<Columns> {
    if header.unknown.is_empty() || columns.absent.is_empty() {
        return columns;
    }
    let filled = filled_columns(sheet, data);
    let unread: Vec<&HeaderColumn> =
        header.unknown.iter().filter(|column| filled.contains(&column.col)).collect();
    let may_be = |field: &&str| unread.iter().any(|column| speaks_of(form, column, field));
    let (lost, absent): (Vec<_>, Vec<_>) = columns.absent.iter().copied().partition(may_be);
    if lost.is_empty() {
        return columns;
    }
    let mut columns = (*columns).clone();
    columns.absent = absent;
    columns.lost.extend(lost);
    Arc::new(columns)
}

/// Whether the words of a column that is not known are like the names of a paper, or of the group it is in.
fn speaks_of(form: &TableForm, column: &HeaderColumn, field: &str) -> bool {
    form.names_of_paper(field).any(|name| {
        column.path().any(|words| {
            let within = words.len() >= SHORTEST && name.len() >= SHORTEST;
            within && (words.contains(name) || name.contains(words))
                || strsim::jaro_winkler(words, name) >= ALIKE
        })
    })
}
