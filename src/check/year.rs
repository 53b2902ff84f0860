//! What the quarters of a year say of one unit (kết quả cả năm): the year's sum beside four verdicts.

use super::checked::UnitLine;
use super::heads::Heads;
use super::ledger::{Entry, Ledger, Standing};
use crate::model::{Measure, Period, SubmissionState, Verdict};
use crate::profile::Profile;
use crate::profile::model::{Counted, Quota, QuotaSpan};
use crate::profile::review::YearBy;

/// One quarter of a unit's year. A quarter in which the unit did not exist is not among them.
#[derive(Debug, Clone, Copy)]
pub struct YearQuarter<'a> {
    /// The quarter.
    pub period: Period,
    /// Where the unit stood.
    pub line: &'a UnitLine,
    /// Whether nothing came and nothing was due yet: neither missing nor zero.
    pub pending: bool,
}

/// The account of one unit for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearAccount {
    /// Meetings owed in the quarters in which the unit existed.
    pub owed: u32,
    /// Meetings that count, as far as they are known: of the unit, or of the lesser head.
    pub counted: u32,
    /// How many of these surely count: without rows that repeat an earlier one.
    pub sure: u32,
    /// How many could count; none where nothing bounds it.
    pub possible: Option<u32>,
    /// What that makes of the year.
    pub verdict: Verdict,
}

impl YearAccount {
    /// Works out the account. The quota is the level's in the last of the quarters.
    pub fn of(quarters: &[YearQuarter<'_>], profile: &Profile, by: YearBy) -> Self {
        let level = quarters.first().map(|quarter| quarter.line.unit.level);
        let quota = level.and_then(|level| profile.quota(level));
        let owed =
            quarters.iter().filter_map(|quarter| quarter.line.tallies.sum(Measure::Required));
        let owed = small(owed.sum());
        let mut account = Self {
            owed,
            counted: counted(quarters, quota, profile, |entry| entry.standing == Standing::Counts),
            sure: counted(quarters, quota, profile, |entry| {
                entry.standing == Standing::Counts && !entry.repeats
            }),
            possible: possible(quarters, quota, profile),
            verdict: Verdict::Exempt,
        };
        account.verdict = match by {
            _ if owed == 0 => Verdict::Exempt,
            YearBy::Sum => account.by_sum(quarters, quota),
            YearBy::EachQuarter => by_quarter(quarters),
        };
        account
    }

    /// What holes leave open is decided only where every way to fill them gives the same answer.
    fn by_sum(self, quarters: &[YearQuarter<'_>], quota: Option<&Quota>) -> Verdict {
        if self.sure >= self.owed {
            return Verdict::Met;
        }
        if self.possible.is_none_or(|possible| possible.max(self.counted) >= self.owed) {
            return Verdict::Undetermined;
        }
        if quarters.iter().any(is_missing) {
            return Verdict::NotSubmitted;
        }
        reasoned(quarters, quota)
    }
}

/// Whether a report that is due did not come. A quota longer than a quarter needs every report.
fn is_missing(quarter: &YearQuarter<'_>) -> bool {
    quarter.line.submission == SubmissionState::Missing && !quarter.pending
}

/// A year surely short of its quota: with a reason where each quarter that is short gave one.
fn reasoned(quarters: &[YearQuarter<'_>], quota: Option<&Quota>) -> Verdict {
    if quota.is_some_and(|quota| quota.per.value == QuotaSpan::Year) {
        let due = quarters.iter().filter(|quarter| is_due(quarter.line));
        let silent = due.filter(|quarter| quarter.line.reason.is_none()).count();
        return if silent == 0 { Verdict::ShortWithReason } else { Verdict::Short };
    }
    let any = |verdict: Verdict| quarters.iter().any(|quarter| quarter.line.verdict == verdict);
    let open = |quarter: &YearQuarter<'_>| {
        quarter.line.verdict == Verdict::Undetermined && quarter.line.reason.is_none()
    };
    match (any(Verdict::Short), quarters.iter().any(open)) {
        (true, _) => Verdict::Short,
        // A quarter that may be short and gave no reason decides between the two.
        (false, true) => Verdict::Undetermined,
        (false, false) => Verdict::ShortWithReason,
    }
}

fn is_due(line: &UnitLine) -> bool {
    line.tallies.sum(Measure::Required).is_some_and(|owed| owed > 0)
}

/// Every quarter for itself: one that is surely short makes the year short, whatever the others say.
fn by_quarter(quarters: &[YearQuarter<'_>]) -> Verdict {
    let any = |verdict: Verdict| {
        quarters.iter().any(|quarter| !quarter.pending && quarter.line.verdict == verdict)
    };
    let open = quarters.iter().any(|quarter| quarter.pending && is_due(quarter.line));
    let order = [
        (any(Verdict::Short), Verdict::Short),
        (open || any(Verdict::Undetermined), Verdict::Undetermined),
        (any(Verdict::NotSubmitted), Verdict::NotSubmitted),
        (any(Verdict::ShortWithReason), Verdict::ShortWithReason),
        (any(Verdict::Met), Verdict::Met),
    ];
    let found = order.into_iter().find(|(is, _)| *is);
    found.map_or(Verdict::Exempt, |(_, verdict)| verdict)
}

fn entries<'a>(quarters: &'a [YearQuarter<'a>]) -> impl Iterator<Item = &'a Entry> {
    let ledgers = quarters.iter().filter_map(|quarter| quarter.line.ledger.as_ref());
    ledgers.flat_map(|ledger: &Ledger| &ledger.entries)
}

/// The figures of quarters of which only a district's list is known.
fn listed<'a>(quarters: &'a [YearQuarter<'a>]) -> impl Iterator<Item = &'a UnitLine> {
    let lines = quarters.iter().map(|quarter| quarter.line);
    lines.filter(|line| line.submission.has_figures() && line.ledger.is_none())
}

/// Meetings that count: heads are counted over the whole year, not quarter by quarter.
fn counted(
    quarters: &[YearQuarter<'_>],
    quota: Option<&Quota>,
    profile: &Profile,
    counts: impl Fn(&Entry) -> bool,
) -> u32 {
    let own = Heads::of(entries(quarters).filter(|entry| counts(entry)), profile, false);
    let listed = listed(quarters).filter_map(|line| line.tallies.sum(Measure::Counted));
    own.counted(quota).saturating_add(small(listed.sum()))
}

/// The most that could count; none where a report is unreadable or still to come.
fn possible(quarters: &[YearQuarter<'_>], quota: Option<&Quota>, profile: &Profile) -> Option<u32> {
    let unknown = |quarter: &YearQuarter<'_>| {
        quarter.pending || quarter.line.submission == SubmissionState::Unreadable
    };
    if quarters.iter().any(unknown) {
        return None;
    }
    let could = |entry: &&Entry| matches!(entry.standing, Standing::Counts | Standing::Unknown);
    let own = Heads::of(entries(quarters).filter(could), profile, true).counted(quota);
    let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
    let mut all = u64::from(own);
    for line in listed(quarters) {
        let known =
            |measure| Some(line.tallies.get(measure)).filter(|tally| !tally.incomplete)?.sum;
        all = all.saturating_add(if each {
            // A list does not say which head held which meeting; all of them bound the lesser head.
            known(Measure::Periodic)?.saturating_add(known(Measure::AdHoc).unwrap_or(0))
        } else {
            known(Measure::Counted)?
        });
    }
    Some(small(all))
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
