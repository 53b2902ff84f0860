//! What the quarters of a year say of one unit (kết quả cả năm): the year's sum beside four verdicts.

use super::checked::UnitLine;
use super::so_far::Adds;
use crate::model::{Measure, Period, SubmissionState, Verdict};
use crate::profile::Profile;
use crate::profile::model::{Quota, QuotaSpan};
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
        let adds = adds(quarters);
        // Heads are counted over the whole year, not quarter by quarter.
        let mut account = Self {
            owed,
            counted: adds.counted.counted(quota),
            sure: adds.once.counted(quota),
            possible: adds.possible.map(|heads| heads.counted(quota)),
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

/// What the quarters add to the year. A report that did not come, or was not owed, adds no meeting;
/// one that is unreadable or still to come may add any number.
fn adds(quarters: &[YearQuarter<'_>]) -> Adds {
    let mut sum = Adds::nothing();
    for quarter in quarters {
        let adds = match quarter.line.submission {
            SubmissionState::Missing if quarter.pending => Adds::default(),
            SubmissionState::Missing | SubmissionState::NotOwed => Adds::nothing(),
            _ => quarter.line.adds,
        };
        sum.add(adds);
    }
    sum
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
