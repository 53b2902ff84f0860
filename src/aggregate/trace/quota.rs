//! What is owed, from the rule profile, and what counts towards it, from the ledger.

use super::item::Item;
use super::whole::{Source, UnitTrace};
use crate::aggregate::reasons;
use crate::check::ledger::{Entry, Standing};
use crate::model::submission::Detail;
use crate::model::{Head, Measure, Meeting, Place, Submission};
use crate::profile::model::Counted;
use crate::rules::case::shown;

/// What is owed stands in the profile, not in any file.
pub(super) fn required(source: &Source<'_>, to: &mut UnitTrace) {
    let (profile, line) = (source.profile(), source.line);
    let owed = line.tallies.sum(Measure::Required).unwrap_or(0);
    let Some(quota) = profile.quota(line.unit.level) else {
        to.left_out.push(Item::at(
            Place::default(),
            format!(
                "hồ sơ quy tắc {} không đặt chỉ tiêu cho {}",
                profile.id,
                line.unit.level.label()
            ),
        ));
        return;
    };
    let key = format!("quota.{}.min", line.unit.level.key());
    let status = if quota.min.assumed {
        ", giả định chờ đối chiếu văn bản gốc"
    } else {
        ""
    };
    let ground =
        format!("hồ sơ quy tắc {}, {key}; căn cứ: {}{status}", profile.id, quota.min.basis);
    let item = Item::at(Place::default(), ground).read_as(reasons::quota(quota));
    if owed > 0 {
        to.parts.push(Item { adds: i64::try_from(owed).unwrap_or(i64::MAX), ..item });
        return;
    }
    to.left_out.push(item);
    to.left_out.extend(
        reasons::note(line, Some(quota), source.summary)
            .map(|note| Item::at(Place::default(), note)),
    );
}

/// The meetings that count, and each other one with the reason why it does not.
pub(super) fn counted(
    source: &Source<'_>,
    (submission, detail): (&Submission, &Detail),
    to: &mut UnitTrace,
) {
    let Some(ledger) = &source.line.ledger else { return };
    let quota = source.profile().quota(source.line.unit.level);
    let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
    let (secretary, chairman) = ledger.by_head;
    let lesser = if secretary <= chairman { Head::Secretary } else { Head::Chairman };
    let opens = source.line.tallies.get(Measure::Counted).incomplete;
    for (meeting, entry) in detail.meetings.rows.iter().zip(&ledger.entries) {
        let place = |cell| Place::sheet(&submission.file, &detail.meetings.sheet, Some(cell));
        let here = place(meeting.date.cell().unwrap_or_else(|| meeting.cell()));
        let words = words(meeting, entry);
        let why = reasons::of(meeting, entry, quota);
        match entry.standing {
            Standing::Counts if !each || entry.credits.contains(&lesser) => {
                let item = Item::adding(here.clone(), words, 1).because(why);
                to.parts.push(item.said(source.spoken(), &here));
            }
            // It would count for either head if the form said for whom the deputy stood.
            Standing::Counts if entry.credits.is_empty() => {
                let item = Item::at(here, why).read_as(words);
                to.missing.push(Item { opens, ..item });
            }
            Standing::Counts => {
                let why =
                    format!("{why}; số ở PL1 là của người có ít cuộc hơn ({})", lesser.label());
                to.left_out.push(Item::at(here, why).read_as(words));
            }
            Standing::Unknown => {
                for hole in &entry.holes {
                    let cell = place(hole.cell.unwrap_or_else(|| meeting.cell()));
                    let item = Item::at(cell.clone(), why.clone()).said(source.spoken(), &cell);
                    to.missing.push(Item { opens, ..item });
                }
            }
            Standing::AdHoc | Standing::Deputy | Standing::Combined => {
                to.left_out.push(Item::at(here, why).read_as(words));
            }
        }
    }
}

fn words(meeting: &Meeting, entry: &Entry) -> String {
    let day = meeting.date.value().map(shown);
    let kind = meeting.kind.value().map(|kind| kind.label().to_lowercase());
    let chair = entry.chair.map(|chair| chair.label().to_owned());
    day.into_iter().chain(kind).chain(chair).collect::<Vec<_>>().join(", ")
}
