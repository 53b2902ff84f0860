//! What is still owed on a day (còn nợ): meetings, the report, notices and replies of each unit, with the days left.

use super::account::Account;
use super::summary::{Summary, UnitLine};
use crate::calendar::Calendar;
use crate::check::SoFar;
use crate::check::figures::{Notice, notice_of};
use crate::model::backlog::{OpenPetition, Trace};
use crate::model::privacy::masked;
use crate::model::submission::Detail;
use crate::model::{
    Count, Field, Head, Outcome, Period, Petition, Place, Span, Submission, SubmissionState, Text,
    Unit, UnitCode, Verdict,
};
use crate::profile::model::{Counted, Quota};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// What all units owe on the day of the run.
#[derive(Debug)]
pub struct Owed<'a> {
    /// The quarter.
    pub period: Period,
    /// "Today" of the run.
    pub as_of: NaiveDate,
    /// The unit whose area it covers.
    pub scope: &'a Unit,
    /// Every unit of the scope, those that owe nothing among them, in the official order.
    pub units: Vec<UnitOwed<'a>>,
}

/// The quarter was not one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Việc còn nợ được xét cho từng quý, không xét cho {}. Hãy ghi một quý, ví dụ --period 2021-Q1; chỉ tiêu dài hơn một quý thì thêm các quý trước bằng --history.",
    .0.label()
)]
pub struct NotAQuarter(pub Span);

/// What one unit owes.
#[derive(Debug)]
pub struct UnitOwed<'a> {
    /// The unit with its figures.
    pub line: &'a UnitLine,
    /// Its meetings; none where no quota binds it.
    pub meetings: Option<MeetingsOwed<'a>>,
    /// The last day for its report, where none that can be read has come.
    pub report: Option<Due>,
    /// Notices, acknowledgements and replies, the earliest due first within each kind.
    pub items: Vec<Item>,
    /// What of the unit is not known, so that it may owe more than is listed.
    pub unseen: Vec<Unseen>,
}

/// A last day, and how many days are left until it; negative once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day.
    pub day: NaiveDate,
    /// Days left.
    pub left: i64,
}

/// The meetings that a unit still owes.
#[derive(Debug)]
pub struct MeetingsOwed<'a> {
    /// The quota of its level.
    pub quota: &'a Quota,
    /// What it lacks.
    pub lack: Lack,
    /// What each head lacks, where the quota is the heads'; none inside while that is not certain.
    pub heads: Option<[(Head, Option<u32>); 2]>,
    /// The count of a quota longer than the quarter.
    pub so_far: Option<&'a SoFar>,
    /// The last day whose meetings count.
    pub due: Due,
}

/// How many meetings are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The quota is met.
    Nothing,
    /// So many.
    Short(u32),
    /// A cell, a file or an earlier quarter that is not known could decide it.
    Unknown,
    /// The unit has sent nothing.
    NotReported,
}

/// A thing to be done about one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub duty: Duty,
    /// The row.
    pub place: Place,
    /// STT.
    pub number: Option<Count>,
    /// Where the meeting was, or what the petition says; personal numbers masked.
    pub content: Option<String>,
    /// The day from which the time runs.
    pub since: Option<NaiveDate>,
    /// The last day; none where it cannot be told.
    pub due: Option<Due>,
    /// Whether it surely is owed: the cells that would tell can be read.
    pub is_certain: bool,
}

/// What a row asks of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Thông báo kết luận.
    Notice,
    /// Báo nhận, chuyển kiến nghị.
    Acknowledgement,
    /// Giải quyết, trả lời kiến nghị (K3, K4).
    Reply,
}

impl Duty {
    /// All of them, in the order of a reminder.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Acknowledgement, Self::Reply];
}

/// A part of a unit's work of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// No file has come.
    NotSent,
    /// A file came and could not be read.
    File,
    /// Only the figures of a roll-up (Biểu 02) are known.
    Rows,
    /// The file has no sheet of petitions (Biểu 2).
    Petitions,
    /// The file has no sheet of petitions carried over (Biểu 3).
    Carried,
}

impl<'a> Owed<'a> {
    /// Works out what is owed on the summary's day.
    pub fn of(summary: &'a Summary, calendar: &Calendar) -> Result<Self, NotAQuarter> {
        let period = summary.period.as_quarter().ok_or(NotAQuarter(summary.period))?;
        let desk = Desk { summary, period, calendar };
        let own: BTreeMap<UnitCode, (&Submission, &Detail)> = (summary.submissions.iter())
            .filter_map(|submission| Some((submission.unit, (submission, submission.detail()?))))
            .collect();
        let units = (summary.accounts().iter())
            .map(|account| desk.unit(account, own.get(&account.line.unit.code).copied()))
            .collect();
        Ok(Self { period, as_of: summary.as_of, scope: &summary.scope, units })
    }
}

impl UnitOwed<'_> {
    /// Whether surely nothing is owed.
    pub fn is_clear(&self) -> bool {
        let met = |owed: &MeetingsOwed<'_>| owed.lack == Lack::Nothing;
        self.meetings.as_ref().is_none_or(met)
            && self.report.is_none()
            && self.items.is_empty()
            && self.unseen.is_empty()
    }

    /// Its rows of one kind.
    pub fn items_of(&self, duty: Duty) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.duty == duty)
    }
}

/// What is looked at to tell what a unit owes.
struct Desk<'a, 'b> {
    summary: &'a Summary,
    period: Period,
    calendar: &'b Calendar,
}

impl<'a> Desk<'a, '_> {
    fn unit(&self, account: &Account<'a>, own: Option<(&Submission, &Detail)>) -> UnitOwed<'a> {
        let line = account.line;
        // A form that nobody filled in tells as little as none.
        let own = own.filter(|_| line.ledger.is_some());
        let mut items = Vec::new();
        if let Some((submission, detail)) = own {
            self.notices(line, submission, detail, &mut items);
            self.acknowledgements(submission, detail, &mut items);
        }
        let backlog = self.summary.backlog.units.get(&line.unit.code);
        let open = backlog.map_or(&[][..], |unit| &unit.open);
        items.extend(open.iter().map(|petition| self.reply(petition)));
        items.sort_by_key(|item| (item.duty, item.due.is_none(), item.due));
        let owes_report =
            matches!(line.submission, SubmissionState::Missing | SubmissionState::Unreadable);
        UnitOwed {
            line,
            meetings: self.meetings(account),
            report: owes_report.then(|| self.due(self.summary.deadline)),
            items,
            unseen: unseen(line, own.map(|(_, detail)| detail)),
        }
    }

    fn due(&self, day: NaiveDate) -> Due {
        Due { day, left: (day - self.summary.as_of).num_days() }
    }

    fn due_after(&self, since: NaiveDate, days: u32) -> Option<Due> {
        since.checked_add_days(Days::new(u64::from(days))).map(|day| self.due(day))
    }

    fn meetings(&self, account: &Account<'a>) -> Option<MeetingsOwed<'a>> {
        let (quota, line) = (account.quota?, account.line);
        let end = last_quarter(quota, self.period);
        let (lack, heads) = if end == self.period {
            if line.verdict == Verdict::Exempt {
                return None;
            }
            (of_verdict(account), account.heads.map(|head| head.short))
        } else {
            running(line, quota)
        };
        let each = quota.counted.value == Counted::EachHead;
        let [secretary, chairman] = heads;
        Some(MeetingsOwed {
            quota,
            lack,
            heads: each.then_some([(Head::Secretary, secretary), (Head::Chairman, chairman)]),
            so_far: account.so_far,
            due: self.due(self.summary.profile.span(end).1),
        })
    }

    /// Notices of meetings that were held and have none; of a meeting without a usable day it is not known.
    fn notices(
        &self,
        line: &UnitLine,
        submission: &Submission,
        detail: &Detail,
        items: &mut Vec<Item>,
    ) {
        let profile = &self.summary.profile;
        let (as_of, known) = (self.summary.as_of, submission.last_known_day(self.summary.as_of));
        let entries = line.ledger.iter().flat_map(|ledger| &ledger.entries);
        for (meeting, entry) in detail.meetings.rows.iter().zip(entries) {
            let is_certain = match entry.day {
                Some(day) => match notice_of(meeting, day, profile, known, as_of) {
                    Notice::OnTime | Notice::Late => continue,
                    Notice::Missing | Notice::NotDue => true,
                    Notice::Unknown | Notice::NotReported => false,
                },
                // A meeting that is yet to come owes no notice; one that is issued is not owed.
                None if meeting.date.value().is_some_and(|day| day > known) => continue,
                None if meeting.notice_date.value().is_some() => continue,
                None => false,
            };
            items.push(Item {
                duty: Duty::Notice,
                place: Place::sheet(&submission.file, &detail.meetings.sheet, Some(meeting.cell())),
                number: meeting.no.value(),
                content: shown(meeting.place.given()),
                since: entry.day,
                due: entry.day.and_then(|day| self.due_after(day, profile.conclusion_days.value)),
                is_certain,
            });
        }
    }

    fn acknowledgements(&self, submission: &Submission, detail: &Detail, items: &mut Vec<Item>) {
        let known = submission.last_known_day(self.summary.as_of);
        let Some(table) = &detail.petitions else { return };
        for petition in table.rows.iter().filter(|petition| may_owe_acknowledgement(petition)) {
            let since = petition.received.value().filter(|day| *day <= known);
            let allowed = self.summary.profile.ack_working_days.value;
            // None where the holidays are not known.
            let due = since.and_then(|day| self.calendar.last_day_within(day, allowed).ok());
            let told = &petition.acknowledged;
            let outcome_known = petition.outcome.given().is_some();
            items.push(Item {
                duty: Duty::Acknowledgement,
                place: Place::sheet(&submission.file, &table.sheet, Some(petition.cell())),
                number: petition.no.value(),
                content: shown(petition.content.given()),
                since,
                due: due.map(|day| self.due(day)),
                // A form without the column does not say whether it was done.
                is_certain: told.is_blank() && told.cell().is_some() && outcome_known,
            });
        }
    }

    /// A petition that is open, or of which it cannot be read whether it is.
    fn reply(&self, petition: &OpenPetition) -> Item {
        // The quarter that is still running is no day of receipt.
        let this_quarter = petition.origin == Some(self.period) && petition.received.is_none();
        let since = petition.since().filter(|_| !this_quarter);
        let allowed = self.summary.profile.petition_overdue_days.value;
        let open = matches!(petition.outcome, Some(Outcome::K3 | Outcome::K4));
        Item {
            duty: Duty::Reply,
            place: petition.place.clone(),
            number: petition.number,
            content: shown(petition.content.as_ref()),
            since,
            due: since.and_then(|day| self.due_after(day, allowed)),
            is_certain: open && !matches!(petition.trace, Trace::Silent | Trace::Unsure),
        }
    }
}

/// The quarter in which the span of a quota ends.
fn last_quarter(quota: &Quota, from: Period) -> Period {
    let next = |period: &Period| Period::containing(period.last_day().succ_opt()?);
    std::iter::successors(Some(from), next)
        .take(12)
        .find(|period| quota.per.value.ends_with(*period))
        .unwrap_or(from)
}

fn of_verdict(account: &Account<'_>) -> Lack {
    match account.line.verdict {
        Verdict::Met | Verdict::Exempt => Lack::Nothing,
        Verdict::Short | Verdict::ShortWithReason => {
            account.short.map_or(Lack::Unknown, Lack::Short)
        }
        Verdict::Undetermined => Lack::Unknown,
        Verdict::NotSubmitted => Lack::NotReported,
    }
}

/// How a quota stands that ends in a later quarter: as its verdict will be worked out, from what is known so far.
fn running(line: &UnitLine, quota: &Quota) -> (Lack, [Option<u32>; 2]) {
    let Some(so_far) = &line.so_far else { return (Lack::Unknown, [None; 2]) };
    let min = quota.min.value;
    let most = so_far.possible.map(|most| most.max(so_far.counted));
    let lack = if so_far.counted_once >= min {
        Lack::Nothing
    } else if line.submission == SubmissionState::Missing {
        Lack::NotReported
    } else if most.is_none_or(|most| most >= min) {
        Lack::Unknown
    } else {
        Lack::Short(min.saturating_sub(so_far.counted))
    };
    let (secretary, chairman) = so_far.by_head;
    let heads = [secretary, chairman].map(|counted| match lack {
        Lack::Nothing => Some(0),
        Lack::Short(_) if line.ledger.is_some() => Some(min.saturating_sub(counted)),
        _ => None,
    });
    (lack, heads)
}

fn unseen(line: &UnitLine, own: Option<&Detail>) -> Vec<Unseen> {
    let Some(detail) = own else {
        return match line.submission {
            SubmissionState::Missing => vec![Unseen::NotSent],
            SubmissionState::Unreadable => vec![Unseen::File],
            SubmissionState::NotOwed => Vec::new(),
            _ => vec![Unseen::Rows],
        };
    };
    let petitions = detail.petitions.is_none().then_some(Unseen::Petitions);
    let carried = detail.carried.is_none().then_some(Unseen::Carried);
    petitions.into_iter().chain(carried).collect()
}

/// Answered and settled petitions need none any more; the paper by which one was passed up shows the day.
fn may_owe_acknowledgement(petition: &Petition) -> bool {
    let ended = match petition.outcome.value() {
        Some(Outcome::K1 | Outcome::K2) => true,
        Some(Outcome::K5) => petition.reply_no.given().is_some(),
        Some(Outcome::K3 | Outcome::K4) | None => false,
    };
    !ended && Field::given(&petition.acknowledged).is_none()
}

fn shown(text: Option<&Text>) -> Option<String> {
    text.map(|text| masked(text.as_str()).into_owned())
}

#[cfg(test)]
#[path = "owed_tests.rs"]
mod tests;
