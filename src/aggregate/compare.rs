//! The periods that a report is set beside: each only when all of its quarters are really given.

use super::identity::sums;
use super::summary::{SubmissionState, Summary, UnitLine};
use crate::model::{
    Comparison, Level, Past, PastQuarter, Period, Span, Tallies, UnitCode, UnitStanding,
};
use crate::profile::Profile;
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How many earlier quarters a trend goes back.
const TREND: usize = 8;

/// A code and the first day of the unit that has it.
type Identity = (UnitCode, NaiveDate);

/// Sets the report's period beside those that the quarters give, oldest first, its own among them.
pub fn comparison(span: Span, quarters: &[Summary], register: &Register) -> Comparison {
    let given = Given { quarters, register, now: identities(span.last(), quarters, register) };
    let since_january = match span {
        Span::Quarter(period) => since_january(period),
        Span::HalfYear { year, second: true } => Some(Span::Year { year }),
        _ => None,
    };
    let asked = [span.previous(), span.year_before(), since_january];
    let found = asked.map(|other| other.and_then(|other| given.past(other)));
    let absent = asked.into_iter().flatten().filter(|other| given.past(*other).is_none());
    let mut absent: Vec<Span> = absent.collect();
    absent.dedup();
    let [previous, same_last_year, since_january] = found;
    let first = span.quarters().first().copied();
    let mut before: Vec<&Summary> = quarters
        .iter()
        .filter(|quarter| first.is_some_and(|first| quarter.period.last() < first))
        .filter(|quarter| is_given(quarter))
        .collect();
    before.drain(..before.len().saturating_sub(TREND));
    let quarters = before.into_iter().filter_map(|quarter| given.quarter(quarter)).collect();
    Comparison { previous, same_last_year, since_january, quarters, absent }
}

/// From January to the end of the quarter, for any but the first.
fn since_january(period: Period) -> Option<Span> {
    let year = period.year();
    match period.number() {
        2 => Some(Span::HalfYear { year, second: false }),
        3 => Some(Span::NineMonths { year }),
        4 => Some(Span::Year { year }),
        _ => None,
    }
}

/// Whether anything was really sent for the quarter.
fn is_given(quarter: &Summary) -> bool {
    !quarter.submissions.is_empty()
}

fn identities(period: Period, quarters: &[Summary], register: &Register) -> BTreeSet<Identity> {
    let of = quarters.iter().filter(|quarter| quarter.period.last() == period);
    let lines = of.flat_map(|quarter| &quarter.units);
    lines.map(|line| identity(line, register)).collect()
}

fn identity(line: &UnitLine, register: &Register) -> Identity {
    (line.unit.code, register.began(&line.unit))
}

/// The quarters of the run, and the units of the report's last one.
struct Given<'a> {
    quarters: &'a [Summary],
    register: &'a Register,
    now: BTreeSet<Identity>,
}

impl Given<'_> {
    /// The sums of a period; none unless every one of its quarters is given.
    fn past(&self, span: Span) -> Option<Past> {
        let known = self.quarters.iter().filter(|quarter| is_given(quarter));
        let of: BTreeMap<Period, &Summary> =
            known.map(|quarter| (quarter.period.last(), quarter)).collect();
        let of: Option<Vec<&Summary>> =
            span.quarters().iter().map(|period| of.get(period).copied()).collect();
        let of = of?;
        let mut units: BTreeMap<Identity, Vec<&UnitLine>> = BTreeMap::new();
        for line in of.iter().flat_map(|quarter| &quarter.units) {
            units.entry(identity(line, self.register)).or_default().push(line);
        }
        let profile = &of.last()?.profile;
        let count = |is: fn(SubmissionState) -> bool| {
            let any = |lines: &&Vec<&UnitLine>| lines.iter().any(|line| is(line.submission));
            u64::try_from(units.values().filter(any).count()).unwrap_or(u64::MAX)
        };
        Some(Past {
            period: span,
            totals: totals(&units, profile),
            owed: count(|state| state != SubmissionState::NotOwed),
            reported: count(SubmissionState::has_figures),
            rearranged: units.keys().any(|unit| !self.now.contains(unit)),
        })
    }

    /// One quarter of a trend, with the standing then of each unit that is still the same.
    fn quarter(&self, quarter: &Summary) -> Option<PastQuarter> {
        let past = self.past(quarter.period)?;
        let accounts = quarter.accounts();
        let same = accounts
            .iter()
            .filter(|account| self.now.contains(&identity(account.line, self.register)));
        let standings: BTreeMap<UnitCode, UnitStanding> =
            same.map(|account| (account.line.unit.code, account.standing())).collect();
        Some(PastQuarter { past, standings })
    }
}

fn totals(
    units: &BTreeMap<Identity, Vec<&UnitLine>>,
    profile: &Profile,
) -> BTreeMap<Level, Tallies> {
    let mut totals: BTreeMap<Level, Tallies> = BTreeMap::new();
    for lines in units.values() {
        let Some(level) = lines.last().map(|line| line.unit.level) else { continue };
        totals.entry(level).or_default().merge(&sums(lines, level, profile));
    }
    totals
}
