//! The key `ledger` of the result: the account of every unit, of each head, of every meeting.

use crate::aggregate::{Account, HeadAccount, MeetingAccount, Summary, Tally};
use crate::check::SoFar;
use crate::model::Head;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The accounts of all units, by code.
pub(super) struct Ledger<'a>(pub(super) &'a Summary);

impl Serialize for Ledger<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.accounts().iter().map(|one| account(one, self.0)))
    }
}

/// The account of one unit.
pub(super) fn account(account: &Account<'_>, summary: &Summary) -> Value {
    let [periodic, ad_hoc] = account.held.map(|tally: Tally| tally.sum);
    let mut value = json!({
        "unit": account.line.unit.code.to_string(),
        "quota": account.quota.map(|quota| json!({
            "min": quota.min.value,
            "per": quota.per.value.key(),
            "counted": quota.counted.value.key(),
        })),
        "owed": account.owed,
        "held": {"periodic": periodic, "ad_hoc": ad_hoc},
        "counted": account.counted.sum,
        "short": account.short,
        "heads": account.heads.iter().map(head).collect::<Vec<_>>(),
        "meetings": account.meetings().map(|meeting| self::meeting(&meeting)).collect::<Vec<_>>(),
        "note": account.note,
        "so_far": account.so_far.map(so_far),
    });
    // Another unit may have the code of one that ended inside the span.
    let ended = account.line.unit.valid_to.filter(|last| *last < summary.period.last_day());
    if let (Value::Object(object), Some(last)) = (&mut value, ended) {
        object.insert("until".into(), last.to_string().into());
    }
    value
}

/// The running count of a longer quota.
fn so_far(so_far: &SoFar) -> Value {
    let (secretary, chairman) = so_far.by_head;
    let unknown: Vec<String> = so_far.unknown.iter().map(ToString::to_string).collect();
    json!({
        "since": so_far.since.to_string(),
        "counted": so_far.counted,
        "possible": so_far.possible,
        "secretary": secretary,
        "chairman": chairman,
        "unknown": unknown,
    })
}

fn head(account: &HeadAccount) -> Value {
    json!({
        "head": account.head.key(),
        "owed": account.owed,
        "held": account.held,
        "counted": account.counted,
        "short": account.short,
    })
}

fn meeting(account: &MeetingAccount<'_>) -> Value {
    let credits: Vec<&str> = account.entry.credits.iter().copied().map(Head::key).collect();
    json!({
        "file": account.file.as_str(),
        "sheet": account.sheet.name.as_ref(),
        "cell": account.cell.to_string(),
        "date": account.meeting.date.value().map(|day| day.to_string()),
        "kind": account.meeting.kind.value().map(crate::model::Kind::key),
        "chair": account.entry.chair.map(crate::model::Chair::key),
        "counted": account.counts,
        "heads": credits,
        "reason": account.reason,
        "held_by": account.unit.to_string(),
        "period": account.period.to_string(),
    })
}
