//! The key `ledger` of the result: the account of every unit, of each head, of every meeting.

use crate::aggregate::{Account, HeadAccount, MeetingAccount, Summary, Tally};
use crate::check::SoFar;
use crate::model::Head;
use serde::{Serialize, Serializer};

/// The accounts of all units, by code.
pub(super) struct Ledger<'a>(pub(super) &'a Summary);

impl Serialize for Ledger<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.accounts().iter().map(|one| account(one, self.0)))
    }
}

/// The account of one unit.
#[derive(Serialize)]
pub(super) struct Unit<'a> {
    unit: &'a str,
    quota: Option<Quota>,
    owed: u32,
    held: Held,
    counted: Option<u64>,
    short: Option<u32>,
    heads: [OfHead; 2],
    meetings: Vec<Meeting<'a>>,
    note: Option<&'a str>,
    so_far: Option<Running>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

#[derive(Serialize)]
struct Quota {
    min: u32,
    per: &'static str,
    counted: &'static str,
}

#[derive(Serialize)]
struct Held {
    periodic: Option<u64>,
    ad_hoc: Option<u64>,
}

/// The running count of a longer quota.
#[derive(Serialize)]
struct Running {
    since: String,
    counted: u32,
    possible: Option<u32>,
    secretary: u32,
    chairman: u32,
    unknown: Vec<String>,
}

#[derive(Serialize)]
struct OfHead {
    head: &'static str,
    owed: Option<u32>,
    held: Option<u32>,
    counted: Option<u32>,
    short: Option<u32>,
}

#[derive(Serialize)]
struct Meeting<'a> {
    file: &'a str,
    sheet: &'a str,
    cell: String,
    date: Option<String>,
    kind: Option<&'static str>,
    chair: Option<&'static str>,
    counted: Option<bool>,
    heads: Vec<&'static str>,
    reason: String,
    held_by: String,
    period: String,
}

pub(super) fn account<'a>(account: &'a Account<'_>, summary: &Summary) -> Unit<'a> {
    let [periodic, ad_hoc] = account.held.map(|tally: Tally| tally.sum);
    // Another unit may have the code of one that ended inside the span.
    let ended = account.line.unit.valid_to.filter(|last| *last < summary.period.last_day());
    Unit {
        unit: account.line.unit.code.as_str(),
        quota: account.quota.map(|quota| Quota {
            min: quota.min.value,
            per: quota.per.value.key(),
            counted: quota.counted.value.key(),
        }),
        owed: account.owed,
        held: Held { periodic, ad_hoc },
        counted: account.counted.sum,
        short: account.short,
        heads: account.heads.map(head),
        meetings: account.meetings().map(meeting).collect(),
        note: account.note.as_deref(),
        so_far: account.so_far.map(so_far),
        until: ended.map(|last| last.to_string()),
    }
}

fn so_far(so_far: &SoFar) -> Running {
    let (secretary, chairman) = so_far.by_head;
    Running {
        since: so_far.since.to_string(),
        counted: so_far.counted,
        possible: so_far.possible,
        secretary,
        chairman,
        unknown: so_far.unknown.iter().map(ToString::to_string).collect(),
    }
}

fn head(account: HeadAccount) -> OfHead {
    let HeadAccount { head, owed, held, counted, short } = account;
    OfHead { head: head.key(), owed, held, counted, short }
}

fn meeting(account: MeetingAccount<'_>) -> Meeting<'_> {
    Meeting {
        file: account.file.as_str(),
        sheet: account.sheet.name.as_ref(),
        cell: account.cell.to_string(),
        date: account.meeting.date.value().map(|day| day.to_string()),
        kind: account.meeting.kind.value().map(crate::model::Kind::key),
        chair: account.entry.chair.map(crate::model::Chair::key),
        counted: account.counts,
        heads: account.entry.credits.iter().copied().map(Head::key).collect(),
        reason: account.reason,
        held_by: account.unit.to_string(),
        period: account.period.to_string(),
    }
}
