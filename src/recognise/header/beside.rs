//! The date of a paper in the column right behind its number, under a name that says no more: `Số thông báo`, `Ngày ban hành`.

use super::{HeaderColumn, TableForm};
use std::collections::BTreeMap;

/// Takes such columns for the dates, where no other column is that date and the name is not needed elsewhere.
pub(super) fn dates_beside(
    form: &TableForm,
    columns: &BTreeMap<u32, HeaderColumn>,
    found: &mut [Option<usize>],
) {
    let columns: Vec<&HeaderColumn> = columns.values().collect();
    for (at, two) in columns.windows(2).enumerate() {
        let [number, date] = two else { continue };
        let [leaf] = date.known.as_slice() else { continue };
        let before = found.get(at).copied().flatten();
        let meant = before.and_then(|number| form.column_beside(number, *leaf));
        let Some(meant) = meant.filter(|_| number.col + 1 == date.col) else { continue };
        let has = |wanted: usize, found: &[Option<usize>]| {
            found.iter().enumerate().any(|(other, is)| other != at + 1 && *is == Some(wanted))
        };
        // `Ngày` alone is the day of the meeting as well: where no other column is, it is neither.
        let else_needed = found.get(at + 1).copied().flatten().is_some_and(|other| {
            form.columns.get(other).is_some_and(|column| column.required) && !has(other, found)
        });
        if has(meant, found) {
            continue;
        }
        if let Some(slot) = found.get_mut(at + 1) {
            *slot = Some(meant).filter(|_| !else_needed);
        }
    }
}
