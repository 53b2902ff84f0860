//! Counts of meetings, people and opinions: the cells of Biểu 1, row by row.

use super::item::Item;
use super::whole::{Source, UnitTrace};
use crate::check::ledger::{Entry, Gap};
use crate::model::count::grouped;
use crate::model::submission::Detail;
use crate::model::{
    CellRef, Chair, Count, Field, Kind, Measure, Meeting, Outcome, Place, Submission,
};
use crate::rules::case::shown;

/// Adds the cells of that measure.
pub(super) fn add(
    source: &Source<'_>,
    (submission, detail): (&Submission, &Detail),
    measure: Measure,
    to: &mut UnitTrace,
) {
    let sheet = &detail.meetings.sheet;
    let entries = source.line.ledger.iter().flat_map(|ledger| &ledger.entries);
    for (meeting, entry) in detail.meetings.rows.iter().zip(entries) {
        // Without a column there is no cell to point at, only the sheet.
        let place = |cell: Option<CellRef>| Place::sheet(&submission.file, sheet, cell);
        let Some(cell) = Cell::of(meeting, measure) else { continue };
        let here = place(cell.at);
        if entry.day.is_none() {
            if let Some(value) = cell.could_add {
                let why = format!("cuộc không vào số liệu nào: {}", no_day(entry, meeting));
                let item = Item::at(here, why).read_as(value).opening();
                to.left_out.push(item.said(source.spoken(), &place(meeting.date.cell())));
            }
            continue;
        }
        match cell.adds {
            Some((understood, adds)) => {
                let item = Item::adding(here.clone(), understood, adds);
                to.parts.push(item.said(source.spoken(), &here));
            }
            None => to.missing.extend(
                cell.lacks
                    .map(|why| Item::at(here.clone(), why).opening().said(source.spoken(), &here)),
            ),
        }
    }
}

/// What stands in the way of a meeting's day.
pub(super) fn no_day(entry: &Entry, meeting: &Meeting) -> String {
    let cell = meeting.date.cell().map(|cell| format!(" (ô {cell})")).unwrap_or_default();
    let gap = entry.holes.iter().find_map(|hole| match hole.gap {
        Gap::OutOfSpan(day) => Some(day),
        Gap::Blank | Gap::Unreadable => None,
    });
    match gap.or(meeting.date.value()) {
        Some(day) => format!("ngày tổ chức {}{cell} ngoài kỳ hoặc sau ngày tổng hợp", shown(day)),
        None if meeting.date.is_unreadable() => format!("ngày tổ chức{cell} không đọc được"),
        None => format!("chưa ghi ngày tổ chức{cell}"),
    }
}

/// What one cell of a row means for a measure.
struct Cell {
    at: Option<CellRef>,
    /// What it adds, and how it was understood.
    adds: Option<(String, u64)>,
    /// What it would add if the row had a day; none where it would add nothing.
    could_add: Option<String>,
    /// Why it is missing from the figure, where it is.
    lacks: Option<&'static str>,
}

impl Cell {
    /// None where the row has nothing to do with the measure.
    fn of(meeting: &Meeting, measure: Measure) -> Option<Self> {
        let outcome = |outcome| Some(Self::counted(meeting.outcome(outcome), false));
        match measure {
            Measure::Periodic => Self::kind(meeting, Kind::Periodic),
            Measure::AdHoc => Self::kind(meeting, Kind::AdHoc),
            Measure::BySecretary => Self::chair(meeting, &[Chair::Secretary]),
            Measure::ByChairman => Self::chair(meeting, &[Chair::Chairman]),
            Measure::ByBoth => Self::chair(meeting, &[Chair::Joint, Chair::BothPosts]),
            Measure::ByDeputy => Self::chair(meeting, &[Chair::Deputy]),
            Measure::Attendees => Some(Self::counted(&meeting.attendees, true)),
            Measure::Opinions => Some(Self::counted(&meeting.opinions, true)),
            Measure::Answered => outcome(Outcome::K1),
            Measure::Resolved => outcome(Outcome::K2),
            Measure::Pending => outcome(Outcome::K3),
            Measure::Unresolved => outcome(Outcome::K4),
            Measure::Forwarded => outcome(Outcome::K5),
            Measure::Required
            | Measure::Counted
            | Measure::NoticesOnTime
            | Measure::NoticesLate
            | Measure::NoticesMissing => None,
        }
    }

    fn counted(field: &Field<Count>, required: bool) -> Self {
        let blank = (required || !field.is_blank()).then(|| words(field).to_owned());
        Self {
            at: field.cell(),
            adds: field.value().map(|count| (grouped(count.get()), count.get())),
            could_add: field.value().map(|count| grouped(count.get())).or(blank),
            lacks: (required || field.is_unreadable()).then(|| words(field)),
        }
    }

    fn kind(meeting: &Meeting, wanted: Kind) -> Option<Self> {
        let word = meeting.kind.value().map(|kind| (kind == wanted, kind.label()));
        Self::coded(&meeting.kind, word)
    }

    fn chair(meeting: &Meeting, wanted: &[Chair]) -> Option<Self> {
        let word = meeting.chair.value().map(|chair| (wanted.contains(&chair), chair.label()));
        Self::coded(&meeting.chair, word)
    }

    /// A coded cell adds one meeting where it has the code that is looked for.
    fn coded<T>(field: &Field<T>, word: Option<(bool, &'static str)>) -> Option<Self> {
        match word {
            Some((false, _)) => None,
            Some((true, word)) => Some(Self {
                at: field.cell(),
                adds: Some((word.to_owned(), 1)),
                could_add: Some(word.to_owned()),
                lacks: None,
            }),
            None => Some(Self {
                at: field.cell(),
                adds: None,
                could_add: Some(words(field).to_owned()),
                lacks: Some(words(field)),
            }),
        }
    }
}

fn words<T>(field: &Field<T>) -> &'static str {
    match (field.is_unreadable(), field.cell()) {
        (_, None) => "biểu không có cột này",
        (true, Some(_)) => "không đọc được",
        (false, Some(_)) => "chưa ghi",
    }
}
