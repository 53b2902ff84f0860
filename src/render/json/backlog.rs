//! `backlog`: the account of petitions of each unit and of all, and every petition that is open.

use super::each::Each;
use crate::aggregate::Summary;
use crate::model::backlog::{Flow, Movement, OpenPetition};
use crate::model::privacy::masked;
use crate::model::submission::FilePath;
use crate::model::{Count, Period};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// The petitions of the report: the account, and what is open.
pub(super) struct Backlog<'a>(pub(super) &'a Summary);

impl Serialize for Backlog<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let summary = self.0;
        let backlog = &summary.backlog;
        let units = || {
            summary.petition_accounts().map(|(line, account)| {
                let mut object = Map::new();
                object.insert("unit".into(), line.unit.code.as_str().into());
                object.append(&mut flow(&account));
                // Another unit may have the code of one that ended inside the span.
                let ended = line.unit.valid_to.filter(|last| *last < summary.period.last_day());
                if let Some(last) = ended {
                    object.insert("until".into(), last.to_string().into());
                }
                object
            })
        };
        let mut keys = serializer.serialize_map(Some(3))?;
        keys.serialize_entry("total", &flow(&backlog.total()))?;
        keys.serialize_entry("units", &Each(units))?;
        keys.serialize_entry("open", &Each(|| backlog.open().map(|one| open(one, summary))))?;
        keys.end()
    }
}

#[derive(Serialize)]
struct Open<'a> {
    unit: &'a str,
    origin: Option<String>,
    no: Option<u64>,
    content: Option<String>,
    subject: Option<String>,
    authority: Option<&'static str>,
    agency: Option<String>,
    outcome: Option<&'static str>,
    since: Option<String>,
    days: Option<i64>,
    overdue: Option<bool>,
    #[serde(rename = "match")]
    trace: &'static str,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

fn flow(flow: &Flow) -> Map<String, Value> {
    let of = |movement: Movement| (movement.key().to_owned(), flow.get(movement).into());
    Movement::ALL.into_iter().map(of).collect()
}

fn open<'a>(one: &'a OpenPetition, summary: &Summary) -> Open<'a> {
    let days = one.since().map(|since| (summary.as_of - since).num_days());
    let allowed = i64::from(summary.profile.petition_overdue_days.value);
    Open {
        unit: one.unit.as_str(),
        origin: one.origin.map(|origin: Period| origin.to_string()),
        no: one.number.map(Count::get),
        content: one.content.as_ref().map(|text| masked(text.as_str()).into_owned()),
        subject: one.subject.map(|code| code.to_string()),
        authority: one.authority.map(crate::model::Authority::label),
        agency: one.agency.as_ref().map(|text| masked(text.as_str()).into_owned()),
        outcome: one.outcome.map(crate::model::Outcome::code),
        since: one.since().map(|day| day.to_string()),
        days,
        overdue: days.map(|days| days > allowed),
        trace: one.trace.key(),
        file: one.place.file.as_ref().map(FilePath::as_str),
        sheet: one.place.sheet.as_ref().map(|sheet| sheet.name.as_ref()),
        cell: one.place.cell.map(|cell| cell.to_string()),
    }
}
