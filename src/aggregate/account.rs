//! The account that a unit is given (sổ chỉ tiêu): owed, held, counted, short, and why, cell by cell.

pub use super::reasons::quota as quota_words;

use super::reasons;
use super::summary::{Summary, UnitLine, Verdict};
use crate::check::ledger::{Entry, Ledger, Standing};
use crate::model::measure::{Measure, Tally};
use crate::model::submission::{FilePath, SheetName};
use crate::model::{CellRef, Head, Meeting, Submission, UnitCode, UnitStanding};
use crate::profile::model::{Counted, Quota};
use std::collections::BTreeMap;

/// The account of one unit for one quarter.
#[derive(Debug)]
pub struct Account<'a> {
    /// The unit with its figures.
    pub line: &'a UnitLine,
    /// The quota of its level; none where the level owes nothing.
    pub quota: Option<&'a Quota>,
    /// Meetings that fall due in the quarter.
    pub owed: u32,
    /// Periodic and ad hoc meetings held.
    pub held: [Tally; 2],
    /// Meetings that count: of the unit, or of the lesser head.
    pub counted: Tally,
    /// How many are missing; none while that is not certain.
    pub short: Option<u32>,
    /// The same for each head.
    pub heads: [HeadAccount; 2],
    /// What else there is to know, in Vietnamese.
    pub note: Option<String>,
    ledger: Option<(&'a Ledger, &'a Submission)>,
}

/// The account of one head. What is owed and short is none where the quota is the unit's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadAccount {
    /// Which head.
    pub head: Head,
    /// Meetings that fall due.
    pub owed: Option<u32>,
    /// Meetings held in the quarter, of any kind, that the head chaired.
    pub held: Option<u32>,
    /// Those that count for the head.
    pub counted: Option<u32>,
    /// How many are missing.
    pub short: Option<u32>,
}

/// One meeting of the account.
#[derive(Debug)]
pub struct MeetingAccount<'a> {
    /// The file.
    pub file: &'a FilePath,
    /// The sheet.
    pub sheet: &'a SheetName,
    /// The cell that stands for its row.
    pub cell: CellRef,
    /// The row as read.
    pub meeting: &'a Meeting,
    /// The row in the ledger.
    pub entry: &'a Entry,
    /// Whether it counts; none while that is not certain.
    pub counts: Option<bool>,
    /// Why, in Vietnamese.
    pub reason: String,
}

impl Summary {
    /// The accounts of all units, by code.
    pub fn accounts(&self) -> Vec<Account<'_>> {
        let own: BTreeMap<UnitCode, &Submission> = (self.submissions.iter())
            .filter(|submission| submission.detail().is_some())
            .map(|submission| (submission.unit, submission))
            .collect();
        self.units
            .iter()
            .map(|line| self.account(line, own.get(&line.unit.code).copied()))
            .collect()
    }

    fn account<'a>(&'a self, line: &'a UnitLine, own: Option<&'a Submission>) -> Account<'a> {
        let quota = self.profile.quota(line.unit.level);
        let ledger = line.ledger.as_ref().zip(own);
        let owed = line.tallies.sum(Measure::Required).and_then(|owed| u32::try_from(owed).ok());
        let owed = owed.unwrap_or(0);
        let counted = line.tallies.get(Measure::Counted);
        let short = |counted: u32| match line.verdict {
            Verdict::Met | Verdict::Exempt => Some(0),
            Verdict::Short | Verdict::ShortWithReason => Some(owed.saturating_sub(counted)),
            Verdict::Undetermined | Verdict::NotSubmitted => None,
        };
        let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
        let heads = Head::ALL.map(|head| {
            let counted = ledger.map(|(ledger, _)| match head {
                Head::Secretary => ledger.by_head.0,
                Head::Chairman => ledger.by_head.1,
            });
            HeadAccount {
                head,
                owed: each.then_some(owed),
                held: ledger.map(|(ledger, _)| held_by(head, ledger)),
                counted,
                short: counted.filter(|_| each).and_then(short),
            }
        });
        Account {
            line,
            quota,
            owed,
            held: [Measure::Periodic, Measure::AdHoc].map(|measure| line.tallies.get(measure)),
            counted,
            short: counted.sum.and_then(|counted| u32::try_from(counted).ok()).and_then(short),
            heads,
            note: reasons::note(line, quota, self),
            ledger,
        }
    }
}

fn held_by(head: Head, ledger: &Ledger) -> u32 {
    let held = ledger.entries.iter().filter(|entry| entry.day.is_some());
    let chaired = held.filter(|entry| entry.chair.is_some_and(|chair| head.chaired(chair)));
    u32::try_from(chaired.count()).unwrap_or(u32::MAX)
}

impl<'a> Account<'a> {
    /// How the unit stood, and each head where the quota is the heads'.
    pub fn standing(&self) -> UnitStanding {
        let unit = self.line.verdict;
        let of = |head: &HeadAccount| match (unit, head.short) {
            (Verdict::NotSubmitted | Verdict::Exempt, _) => unit,
            (_, None) => Verdict::Undetermined,
            (_, Some(0)) => Verdict::Met,
            (Verdict::ShortWithReason, Some(_)) => Verdict::ShortWithReason,
            (_, Some(_)) => Verdict::Short,
        };
        let each = self.heads.iter().all(|head| head.owed.is_some());
        UnitStanding { unit, heads: each.then(|| self.heads.each_ref().map(of)) }
    }

    /// The meetings in the order of the form; none where only figures are known.
    pub fn meetings(&self) -> impl Iterator<Item = MeetingAccount<'a>> + use<'a> {
        let quota = self.quota;
        self.ledger.into_iter().flat_map(move |(ledger, submission)| {
            let table = submission.detail().map(|detail| &detail.meetings);
            let rows = table
                .into_iter()
                .flat_map(|table| table.rows.iter().map(move |meeting| (&table.sheet, meeting)));
            rows.zip(&ledger.entries).map(move |((sheet, meeting), entry)| MeetingAccount {
                file: &submission.file,
                sheet,
                cell: meeting.cell(),
                meeting,
                entry,
                counts: match entry.standing {
                    Standing::Counts => Some(true),
                    Standing::AdHoc | Standing::Deputy | Standing::Combined => Some(false),
                    Standing::Unknown => None,
                },
                reason: reasons::of(meeting, entry, quota),
            })
        })
    }
}
