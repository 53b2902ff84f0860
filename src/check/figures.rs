//! The figures of one unit from its rows: sums of what could be read, with a mark where a cell is missing.

use super::ledger::{Entry, Ledger};
use crate::model::Measure::{
    AdHoc, Attendees, ByBoth, ByChairman, ByDeputy, BySecretary, NoticesLate, NoticesMissing,
    NoticesOnTime, Opinions, Periodic,
};
use crate::model::submission::Detail;
use crate::model::{Chair, Count, Field, Kind, Measure, Meeting, Tallies, Tally};
use crate::profile::Profile;
use chrono::NaiveDate;

/// What is counted of conclusion notices.
const NOTICES: [Measure; 3] = [NoticesOnTime, NoticesLate, NoticesMissing];

/// The figures of Biểu 1.
pub fn of_detail(
    detail: &Detail,
    ledger: &Ledger,
    profile: &Profile,
    last_known_day: NaiveDate,
    as_of: NaiveDate,
) -> Tallies {
    let rows = &detail.meetings.rows;
    let mut figures = if rows.is_empty() { Tallies::zero() } else { Tallies::default() };
    start_at_zero(&mut figures, rows, &ledger.entries);
    for (meeting, entry) in rows.iter().zip(&ledger.entries) {
        if entry.day.is_none() {
            mark_all(&mut figures, meeting);
            continue;
        }
        add_kind(&mut figures, meeting);
        add_chair(&mut figures, meeting);
        add(&mut figures, Attendees, &meeting.attendees, true);
        add(&mut figures, Opinions, &meeting.opinions, true);
        for (measure, outcome) in Measure::OUTCOMES.into_iter().zip(&meeting.outcomes) {
            add(&mut figures, measure, outcome, false);
        }
        add_notice(&mut figures, meeting, profile, last_known_day, as_of);
    }
    *figures.get_mut(Measure::Required) = Tally::known(u64::from(ledger.required));
    *figures.get_mut(Measure::Counted) = Tally {
        sum: Some(u64::from(ledger.counted)),
        incomplete: ledger.possible != ledger.counted,
    };
    figures
}

/// Counts of meetings are known, zero included, as soon as one row could be read for them.
fn start_at_zero(figures: &mut Tallies, rows: &[Meeting], entries: &[Entry]) {
    let held = || rows.iter().zip(entries).filter(|(_, entry)| entry.day.is_some());
    let mut start = |known: bool, measures: &[Measure]| {
        for measure in measures.iter().filter(|_| known) {
            figures.get_mut(*measure).add(0);
        }
    };
    start(held().any(|(meeting, _)| meeting.kind.given().is_some()), &[Periodic, AdHoc]);
    start(
        held().any(|(meeting, _)| meeting.chair.given().is_some()),
        &[BySecretary, ByChairman, ByBoth, ByDeputy],
    );
    start(held().any(|(meeting, _)| meeting.tells_notice()), &NOTICES);
}

/// A meeting without a usable day leaves every count and is missing from each of them.
fn mark_all(figures: &mut Tallies, meeting: &Meeting) {
    if let Some(kind) = meeting.kind.value() {
        figures.mark(kind_measure(kind));
    } else {
        figures.mark(Periodic);
        figures.mark(AdHoc);
    }
    match meeting.chair.value() {
        Some(chair) => figures.mark(chair_measure(chair)),
        None => mark_chairs(figures),
    }
    let blank = |field: &Field<Count>| field.is_blank();
    let outcomes = Measure::OUTCOMES.into_iter().zip(&meeting.outcomes);
    for measure in outcomes.filter(|(_, field)| !blank(field)).map(|(measure, _)| measure) {
        figures.mark(measure);
    }
    let notices = NOTICES.iter().filter(|_| meeting.tells_notice());
    for measure in [Attendees, Opinions].iter().chain(notices) {
        figures.mark(*measure);
    }
}

/// Adds a cell to its sum; an unreadable one, and a blank one that is required, leaves a hole.
pub(super) fn add(figures: &mut Tallies, measure: Measure, field: &Field<Count>, required: bool) {
    match field.value() {
        Some(count) => figures.get_mut(measure).add(count.get()),
        None if field.is_unreadable() || required => figures.mark(measure),
        None => {}
    }
}

const fn kind_measure(kind: Kind) -> Measure {
    match kind {
        Kind::Periodic => Periodic,
        Kind::AdHoc => AdHoc,
    }
}

const fn chair_measure(chair: Chair) -> Measure {
    match chair {
        Chair::Secretary => BySecretary,
        Chair::Chairman => ByChairman,
        Chair::Joint | Chair::BothPosts => ByBoth,
        Chair::Deputy => ByDeputy,
    }
}

fn add_kind(figures: &mut Tallies, meeting: &Meeting) {
    if let Some(kind) = meeting.kind.value() {
        figures.get_mut(kind_measure(kind)).add(1);
    } else {
        figures.mark(Periodic);
        figures.mark(AdHoc);
    }
}

fn add_chair(figures: &mut Tallies, meeting: &Meeting) {
    match meeting.chair.value() {
        Some(chair) => figures.get_mut(chair_measure(chair)).add(1),
        None => mark_chairs(figures),
    }
}

fn mark_chairs(figures: &mut Tallies) {
    for measure in [BySecretary, ByChairman, ByBoth, ByDeputy] {
        figures.mark(measure);
    }
}

/// How the conclusion notice (thông báo kết luận) of a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Issued within the days of the profile.
    OnTime,
    /// Issued after them.
    Late,
    /// Not issued although the days are over.
    Missing,
    /// Not issued, and not yet due.
    NotDue,
    /// What is written does not tell.
    Unknown,
    /// The form has no column for it: not reported.
    NotReported,
}

/// The notice of a meeting that was held on that day.
pub fn notice_of(
    meeting: &Meeting,
    day: NaiveDate,
    profile: &Profile,
    last_known_day: NaiveDate,
    as_of: NaiveDate,
) -> Notice {
    let allowed = i64::from(profile.conclusion_days.value);
    match meeting.notice_date.value() {
        None if !meeting.tells_notice() => Notice::NotReported,
        // A notice before its meeting or in the future has a finding of its own.
        Some(issued) if issued < day || issued > last_known_day => Notice::Unknown,
        Some(issued) if (issued - day).num_days() <= allowed => Notice::OnTime,
        Some(_) => Notice::Late,
        None if meeting.notice_date.is_unreadable() => Notice::Unknown,
        None if !meeting.notice_no.is_blank() => Notice::Unknown,
        None if (as_of - day).num_days() > allowed => Notice::Missing,
        None => Notice::NotDue,
    }
}

fn add_notice(
    figures: &mut Tallies,
    meeting: &Meeting,
    profile: &Profile,
    last_known_day: NaiveDate,
    as_of: NaiveDate,
) {
    let Some(day) = meeting.date.value() else { return };
    match notice_of(meeting, day, profile, last_known_day, as_of) {
        Notice::OnTime => figures.get_mut(NoticesOnTime).add(1),
        Notice::Late => figures.get_mut(NoticesLate).add(1),
        Notice::Missing => figures.get_mut(NoticesMissing).add(1),
        Notice::NotDue | Notice::NotReported => {}
        Notice::Unknown => {
            for measure in NOTICES {
                figures.mark(measure);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{Trial, blank, date, day, spoil};

    /// The clean meeting of 10/03/2021, seen on 05/04/2021.
    #[test]
    fn how_a_notice_stands() {
        type Change = fn(&mut Meeting);
        let none: Change = |m| {
            blank(&mut m.notice_no);
            blank(&mut m.notice_date);
        };
        for (change, expected) in [
            ((|m| date(&mut m.notice_date, "2021-03-10")) as Change, Notice::OnTime),
            (|m| date(&mut m.notice_date, "2021-03-20"), Notice::OnTime),
            (|m| date(&mut m.notice_date, "2021-03-21"), Notice::Late),
            (|m| date(&mut m.notice_date, "2021-03-09"), Notice::Unknown),
            (|m| date(&mut m.notice_date, "2021-04-05"), Notice::Late),
            (|m| date(&mut m.notice_date, "2021-04-06"), Notice::Unknown),
            (none, Notice::Missing),
            (|m| blank(&mut m.notice_date), Notice::Unknown),
            (
                |m| {
                    m.notice_no = Field::absent();
                    m.notice_date = Field::absent();
                },
                Notice::NotReported,
            ),
            (
                |m| {
                    blank(&mut m.notice_no);
                    m.notice_date = Field::absent();
                },
                Notice::Missing,
            ),
            (
                |m| {
                    blank(&mut m.notice_no);
                    spoil(&mut m.notice_date);
                },
                Notice::Unknown,
            ),
        ] {
            let mut trial = Trial::clean();
            change(trial.meeting(0));
            let as_of = trial.as_of;
            let found = notice_of(
                trial.meeting(0),
                day("2021-03-10"),
                &Trial::clean().profile,
                as_of,
                as_of,
            );
            assert_eq!(found, expected);
        }
        for (as_of, expected) in [("2021-03-20", Notice::NotDue), ("2021-03-21", Notice::Missing)] {
            let mut trial = Trial::clean();
            none(trial.meeting(0));
            let (held, as_of) = (day("2021-03-10"), day(as_of));
            let profile = Trial::clean().profile;
            assert_eq!(notice_of(trial.meeting(0), held, &profile, as_of, as_of), expected);
        }
    }
}
