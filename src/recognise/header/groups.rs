//! Groups over columns: whose a column is where the group's cell is not merged, and what is of no group of the form.

use super::{Header, HeaderColumn, TableForm, Words};
use std::collections::BTreeMap;

/// For each column the one whose group it stands under: a group's name that was not merged stands over its
/// first column only.
pub(super) fn lenders(columns: &BTreeMap<u32, HeaderColumn>) -> Vec<Option<&HeaderColumn>> {
    let mut open: Option<&HeaderColumn> = None;
    let lender = |column| {
        match open {
            _ if !HeaderColumn::groups(column).is_empty() => open = Some(column),
            // A header on the group's own row ends the group.
            Some(lender) if column.row < lender.row && !column.known.is_empty() => open = None,
            _ => {}
        }
        open.filter(|_| column.groups().is_empty())
    };
    columns.values().map(lender).collect()
}

/// The group above a column that the form does not know, with its key; its own or a lent one.
pub(super) fn strange_group<'a>(
    form: &TableForm,
    column: &'a HeaderColumn,
    lender: Option<&'a HeaderColumn>,
) -> Option<&'a Words> {
    let above = lender.filter(|lender| !lender.drawn).unwrap_or(column);
    let at = above.groups().iter().position(|name| !form.knows(*name))?;
    above.words.get(at)
}

/// Of several columns for one field, those under an unknown group are some other matter; the groups over
/// what is read are told.
pub(super) fn set_strangers_aside(header: &mut Header) {
    for columns in header.known.values_mut().filter(|columns| columns.len() > 1) {
        let own = |column: &HeaderColumn| column.strange.is_none();
        if columns.iter().any(own) {
            let (kept, strange) = std::mem::take(columns).into_iter().partition(own);
            *columns = kept;
            header.unknown.extend::<Vec<_>>(strange);
        }
    }
    for column in &mut header.unknown {
        // A lent group is part of what the reader sees.
        let lent =
            column.strange.take().filter(|group| column.path().all(|key| *key != *group.key));
        column.words.splice(..0, lent);
    }
    header.unknown.sort_by_key(|column| column.col);
    let mut read: Vec<&HeaderColumn> = header.known.values().flatten().collect();
    read.sort_by_key(|column| column.col);
    for column in read {
        let Some(Words { text: group, .. }) = &column.strange else { continue };
        if !header.unknown_groups.iter().any(|(_, said)| said == group) {
            header.unknown_groups.push((column.clone(), group.clone()));
        }
    }
}
