//! The account that a unit is given (sổ chỉ tiêu): owed, held, counted, short, and why, cell by cell.

pub use super::reasons::quota as quota_words;

use super::reasons;
use super::summary::{Summary, UnitLine, Verdict};
use crate::check::SoFar;
use crate::check::ledger::{Entry, Ledger, Standing};
use crate::model::measure::{Measure, Tally};
use crate::model::submission::{FilePath, SheetName};
use crate::model::{CellRef, Head, Meeting, Period, Submission, UnitCode, UnitStanding};
use crate::profile::model::{Counted, Quota};
use std::collections::BTreeMap;

/// The account of one unit for the report's period.
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
    /// The count of a quota longer than the quarter, since it began.
    pub so_far: Option<&'a SoFar>,
    /// The same for each head.
    pub heads: [HeadAccount; 2],
    /// What else there is to know, in Vietnamese.
    pub note: Option<String>,
    sheets: Vec<Sheet<'a>>,
}

/// One quarter's rows of meetings with their ledger.
#[derive(Debug, Clone, Copy)]
struct Sheet<'a> {
    ledger: &'a Ledger,
    submission: &'a Submission,
    quota: Option<&'a Quota>,
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
    /// The unit that held it.
    pub unit: UnitCode,
    /// The quarter.
    pub period: Period,
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
    /// The accounts of all units, in their order.
    pub fn accounts(&self) -> Vec<Account<'_>> {
        let own: BTreeMap<(UnitCode, Period), &Submission> = (self.submissions.iter())
            .filter(|submission| submission.detail().is_some())
            .map(|submission| ((submission.unit, submission.period), submission))
            .collect();
        self.units.iter().map(|line| self.account(line, &own)).collect()
    }

    fn account<'a>(
        &'a self,
        line: &'a UnitLine,
        own: &BTreeMap<(UnitCode, Period), &'a Submission>,
    ) -> Account<'a> {
        let quota = self.profile.quota(line.unit.level);
        let parts = line.parts(self.period.last());
        let sheets: Vec<Sheet<'a>> = (parts.iter())
            .filter_map(|(period, part)| {
                let submission = own.get(&(part.unit.code, *period))?;
                let quota = self.profile_of(*period).quota(line.unit.level);
                Some(Sheet { ledger: part.ledger.as_ref()?, submission, quota })
            })
            .collect();
        let owed = line.tallies.sum(Measure::Required).and_then(|owed| u32::try_from(owed).ok());
        let owed = owed.unwrap_or(0);
        let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
        let (short, heads_short) =
            if line.quarters.is_empty() { shortfall(line, owed, each) } else { over_span(line) };
        let heads = std::array::from_fn(|at| {
            let head = if at == 0 { Head::Secretary } else { Head::Chairman };
            let sum = |of: &dyn Fn(&Ledger) -> u32| -> Option<u32> {
                let all = sheets.iter().map(|sheet| of(sheet.ledger));
                (!sheets.is_empty()).then(|| all.fold(0, u32::saturating_add))
            };
            HeadAccount {
                head,
                owed: each.then_some(owed),
                held: sum(&|ledger| held_by(head, ledger)),
                counted: sum(&|ledger| of_head(head, ledger.by_head)),
                short: heads_short.get(at).copied().flatten(),
            }
        });
        Account {
            line,
            quota,
            owed,
            held: [Measure::Periodic, Measure::AdHoc].map(|measure| line.tallies.get(measure)),
            counted: line.tallies.get(Measure::Counted),
            short,
            so_far: line.so_far.as_ref(),
            heads,
            note: reasons::note(line, quota, self),
            sheets,
        }
    }
}

const fn of_head(head: Head, (secretary, chairman): (u32, u32)) -> u32 {
    match head {
        Head::Secretary => secretary,
        Head::Chairman => chairman,
    }
}

/// What a unit and each of its heads lack in a quarter. A quota that is longer than the quarter is
/// held against all its quarters.
fn shortfall(line: &UnitLine, owed: u32, each: bool) -> (Option<u32>, [Option<u32>; 2]) {
    let short = |counted: Option<u32>| match line.verdict {
        Verdict::Met | Verdict::Exempt => counted.map(|_| 0),
        Verdict::Short | Verdict::ShortWithReason => Some(owed.saturating_sub(counted?)),
        Verdict::Undetermined | Verdict::NotSubmitted => None,
    };
    let so_far = line.so_far.as_ref();
    let counted = line.tallies.get(Measure::Counted).sum.and_then(|sum| u32::try_from(sum).ok());
    let by_head = so_far.map(|so_far| so_far.by_head);
    let by_head = by_head.or(line.ledger.as_ref().map(|ledger| ledger.by_head));
    let known = line.ledger.is_some();
    let heads = Head::ALL
        .map(|head| short(by_head.filter(|_| each && known).map(|by_head| of_head(head, by_head))));
    (short(so_far.map(|so_far| so_far.counted).or(counted)), heads)
}

/// The shortfalls of a unit's own quarters together; none where one is not certain.
fn over_span(line: &UnitLine) -> (Option<u32>, [Option<u32>; 2]) {
    // A quarter in which nothing fell due adds nothing, whether or not it is known.
    let due = |part: &&crate::check::QuarterLine| {
        !part.is_carried && part.line.verdict != Verdict::Exempt
    };
    let own = || line.quarters.iter().filter(due);
    let heads = [0, 1].map(|at| {
        own().map(|part| part.heads_short.get(at).copied().flatten()).sum::<Option<u32>>()
    });
    (own().map(|part| part.short).sum(), heads)
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

    /// The meetings in the order of the quarters and of the form; none where only figures are known.
    pub fn meetings(&self) -> impl Iterator<Item = MeetingAccount<'a>> + use<'a> {
        self.sheets.clone().into_iter().flat_map(|sheet| {
            let Sheet { ledger, submission, quota } = sheet;
            let table = submission.detail().map(|detail| &detail.meetings);
            let rows = table
                .into_iter()
                .flat_map(|table| table.rows.iter().map(move |meeting| (&table.sheet, meeting)));
            rows.zip(&ledger.entries).map(move |((sheet, meeting), entry)| MeetingAccount {
                unit: submission.unit,
                period: submission.period,
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
