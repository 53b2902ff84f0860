//! What is still owed, as `qc17 owed --format json` shows it.

use crate::aggregate::owed::{Due, Duty, Item, Lack, MeetingsOwed, Owed, UnitOwed, Unseen};
use crate::model::submission::FilePath;
use serde_json::{Value, json};

/// All units of the scope as one object, with a line end.
pub fn owed(owed: &Owed<'_>) -> String {
    let value = json!({
        "period": owed.period.to_string(),
        "as_of": owed.as_of.to_string(),
        "scope": owed.scope.code.to_string(),
        "units": owed.units.iter().map(unit).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn unit(unit: &UnitOwed<'_>) -> Value {
    json!({
        "code": unit.line.unit.code.to_string(),
        "name": unit.line.unit.full_name(),
        "clear": unit.is_clear(),
        "submission": unit.line.submission.key(),
        "meetings": unit.meetings.as_ref().map(meetings),
        "report": unit.report.map(due),
        "items": unit.items.iter().map(item).collect::<Vec<_>>(),
        "unknown": unit.unseen.iter().copied().map(unseen).collect::<Vec<_>>(),
    })
}

fn meetings(owed: &MeetingsOwed<'_>) -> Value {
    let (state, short) = match owed.lack {
        Lack::Nothing => ("met", Some(0)),
        Lack::Short(short) => ("short", Some(short)),
        Lack::Unknown => ("unknown", None),
        Lack::NotReported => ("not_reported", None),
    };
    let heads = owed.heads.map(|heads| {
        heads.map(|(head, short)| json!({"head": head.key(), "short": short})).to_vec()
    });
    json!({
        "state": state,
        "quota": owed.quota.min.value,
        "per": owed.quota.per.value.key(),
        "short": short,
        "heads": heads,
        "counted_so_far": owed.so_far.map(|so_far| so_far.counted),
        "due": due(owed.due),
    })
}

fn due(due: Due) -> Value {
    json!({"day": due.day.to_string(), "days_left": due.left})
}

fn item(item: &Item) -> Value {
    let place = &item.place;
    json!({
        "duty": match item.duty {
            Duty::Notice => "notice",
            Duty::Acknowledgement => "acknowledgement",
            Duty::Reply => "reply",
        },
        "certain": item.is_certain,
        "no": item.number.map(crate::model::Count::get),
        "content": item.content,
        "since": item.since.map(|day| day.to_string()),
        "due": item.due.map(due),
        "file": place.file.as_ref().map(FilePath::as_str),
        "sheet": place.sheet.as_ref().map(|sheet| sheet.name.as_ref()),
        "cell": place.cell.map(|cell| cell.to_string()),
    })
}

const fn unseen(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::NotSent => "not_sent",
        Unseen::File => "unreadable",
        Unseen::Rows => "figures_only",
        Unseen::Petitions => "no_petitions",
        Unseen::Carried => "no_carried",
    }
}
