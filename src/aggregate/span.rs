//! Several quarters as one summary: a half-year, nine months, a year, several years.

use super::backlogs;
use super::identity::{Identity, identities};
use super::summary::{Rearranged, SubjectTable, Summary, UnitLine};
use crate::model::{Comparison, Finding, Geography, Level, Period, Span, Tallies, Unchecked};
use crate::profile::Profile;
use crate::register::Register;
use std::collections::{BTreeMap, BTreeSet};

/// Adds the quarters of the span up, oldest first. Figures of a unit that has ended go to its only
/// heir when the geography is the present one; the sums of the levels are the same in both.
pub fn over_span(
    span: Span,
    mut quarters: Vec<Summary>,
    register: &Register,
    geography: Geography,
) -> Option<Summary> {
    if span.as_quarter().is_some() {
        return quarters.pop();
    }
    let own = identities(&mut quarters, register);
    let rearranged = rearranged(&own, &quarters);
    let profile = quarters.last()?.profile.clone();
    let totals = totals(&own, &profile);
    let petitions = backlogs::total(&own, &quarters, (register, span));
    let mut units = super::carried::lines(own, &profile, (register, span), geography);
    let backlog = backlogs::over(&mut quarters, &mut units, petitions);
    let last = quarters.last()?;
    let mut merged = Summary {
        period: span,
        as_of: last.as_of,
        deadline: last.deadline,
        scope: last.scope.clone(),
        profile,
        profiles: quarters.iter().map(|one| (one.period.last(), one.profile.clone())).collect(),
        files: Vec::new(),
        units,
        totals,
        subjects: SubjectTable::default(),
        subject_names: last.subject_names.clone(),
        submissions: Vec::new(),
        findings: Vec::new(),
        unchecked: Vec::new(),
        explanations: super::explained::over(&quarters),
        backlog,
        comparison: Comparison::default(),
        changes: None,
        geography: Some(geography),
        rearranged,
    };
    for quarter in quarters {
        take(&mut merged, quarter);
    }
    merged.files.sort_by(|a, b| a.path.cmp(&b.path));
    merged.submissions.sort_by_key(|one| (one.unit, one.period, one.form()));
    merged.findings.sort_by(Finding::official_order);
    // What is wrong with the office's own lists is wrong once, not once in each quarter.
    merged.findings.dedup_by(|again, first| again.period != first.period && again.says(first));
    merged.unchecked.sort_by(Unchecked::official_order);
    Some(merged)
}

/// Moves what is listed of a quarter, each thing with its quarter.
fn take(merged: &mut Summary, quarter: Summary) {
    let period = Some(quarter.period.last());
    merged.files.extend(quarter.files.into_iter().map(|mut file| {
        file.period = period;
        file
    }));
    merged.findings.extend(quarter.findings.into_iter().map(|mut finding| {
        finding.period = period;
        finding
    }));
    merged.submissions.extend(quarter.submissions);
    merged.unchecked.extend(quarter.unchecked);
    merged.subjects.unclassified += quarter.subjects.unclassified;
    for (subject, line) in quarter.subjects.lines {
        let sum = merged.subjects.lines.entry(subject).or_default();
        sum.unread += line.unread;
        for (sum, more) in sum.outcomes.iter_mut().zip(line.outcomes) {
            *sum += more;
        }
    }
}

/// A level's own meetings, whichever unit they are shown with.
fn totals(own: &[Identity], profile: &Profile) -> BTreeMap<Level, Tallies> {
    let mut totals: BTreeMap<Level, Tallies> = BTreeMap::new();
    for identity in own {
        let sums = identity.tallies(profile);
        totals.entry(identity.unit.level).or_default().merge(&sums);
    }
    totals
}

/// The quarters in which the units are others than in the quarter before.
fn rearranged(own: &[Identity], quarters: &[Summary]) -> Vec<Rearranged> {
    let mut of: BTreeMap<Period, BTreeSet<usize>> = BTreeMap::new();
    for (at, identity) in own.iter().enumerate() {
        for part in &identity.parts {
            of.entry(part.period).or_default().insert(at);
        }
    }
    let counts = |units: &BTreeSet<usize>| {
        Level::ALL.map(|level| {
            units
                .iter()
                .filter(|at| own.get(**at).is_some_and(|one| one.unit.level == level))
                .count()
        })
    };
    let pairs = quarters.iter().zip(quarters.iter().skip(1));
    let changed = pairs.filter_map(|(before, after)| {
        let (before, after) = (before.period.last(), after.period.last());
        let (old, new) = (of.get(&before)?, of.get(&after)?);
        let (before, units) = ((before, counts(old)), (after, counts(new)));
        (old != new).then_some(Rearranged { before, after: units })
    });
    changed.collect()
}

impl UnitLine {
    /// The unit's lines of single quarters: its own, or the one it is.
    pub fn parts(&self, period: Period) -> Vec<(Period, &Self)> {
        if self.quarters.is_empty() {
            return vec![(period, self)];
        }
        self.quarters.iter().map(|part| (part.period, &part.line)).collect()
    }
}
