//! The codes of the rows of a table, for words beside them that say otherwise.

use crate::model::submission::Body;
use crate::model::{Chair, Field, Kind, Outcome};
use crate::recognise::TableId;
use std::collections::BTreeMap;

/// What a petition is marked with that was raised before.
const REPEATED: &str = "repeated";

/// The codes of each row of that table, by row.
pub(super) fn row_codes(id: TableId, body: &Body) -> BTreeMap<u32, Vec<&'static str>> {
    let Body::Detail(detail) = body else { return BTreeMap::new() };
    let outcome = |field: &Field<Outcome>| field.value().map(Outcome::code);
    match id {
        TableId::Meetings => {
            let rows = detail.meetings.rows.iter().map(|row| {
                let (kind, chair) =
                    (row.kind.value().map(Kind::key), row.chair.value().map(Chair::key));
                (row.row, kind.into_iter().chain(chair).collect())
            });
            rows.collect()
        }
        TableId::Petitions => {
            let rows = detail.petitions.iter().flat_map(|table| &table.rows).map(|row| {
                let repeated = row.repeated.value().filter(|repeated| *repeated);
                let codes = outcome(&row.outcome).into_iter().chain(repeated.map(|_| REPEATED));
                (row.row, codes.collect())
            });
            rows.collect()
        }
        TableId::Carried => {
            let rows = detail.carried.iter().flat_map(|table| &table.rows);
            rows.map(|row| (row.row, outcome(&row.outcome).into_iter().collect())).collect()
        }
        TableId::RollUp => BTreeMap::new(),
    }
}
