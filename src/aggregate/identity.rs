//! One unit through the quarters of a span: its figures, its verdict, its submission state.

use super::summary::{QuarterLine, SubmissionState, Summary, UnitLine, Verdict};
use crate::check::so_far::counted_over;
use crate::model::{Level, Measure, Period, Tallies, Text, Unit, UnitCode};
use crate::profile::Profile;
use crate::profile::model::Counted;
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A unit, a code and its first day, with its quarters.
pub(super) struct Identity {
    /// The unit as it was last.
    pub(super) unit: Unit,
    /// Its quarters, oldest first.
    pub(super) parts: Vec<QuarterLine>,
}

/// Takes the lines of all quarters apart by unit, in the order of codes and first days.
pub(super) fn identities(quarters: &mut [Summary], register: &Register) -> Vec<Identity> {
    let mut found: BTreeMap<(UnitCode, NaiveDate), Identity> = BTreeMap::new();
    for quarter in quarters {
        let period = quarter.period.last();
        let stood: Vec<_> = (quarter.accounts().iter())
            .map(|one| (one.short, one.heads.map(|head| head.short), one.standing()))
            .collect();
        for (line, stood) in std::mem::take(&mut quarter.units).into_iter().zip(stood) {
            let (short, heads_short, standing) = stood;
            let key = (line.unit.code, register.began(&line.unit));
            let days = line.submitted.map(|day| (day - quarter.deadline).num_days());
            let unit = line.unit.clone();
            let part = QuarterLine {
                period,
                line,
                days_late: days.filter(|days| *days > 0),
                short,
                heads_short,
                standing,
                is_carried: false,
            };
            let identity = found
                .entry(key)
                .or_insert_with(|| Identity { unit: unit.clone(), parts: Vec::new() });
            identity.unit = unit;
            identity.parts.push(part);
        }
    }
    found.into_values().collect()
}

/// The worst first. No report beats a bad one, and a form without meetings beside one with meetings
/// is not what the span is about.
const STATES: [SubmissionState; 7] = [
    SubmissionState::Missing,
    SubmissionState::Unreadable,
    SubmissionState::Late,
    SubmissionState::Undated,
    SubmissionState::OnTime,
    SubmissionState::NothingToReport,
    SubmissionState::NotOwed,
];

/// What decides first: one quota that is surely missed, one of which nothing is known, one that is
/// uncertain, one missed for a reason; met when at least one fell due and all were met.
const VERDICTS: [Verdict; 6] = [
    Verdict::Short,
    Verdict::NotSubmitted,
    Verdict::Undetermined,
    Verdict::ShortWithReason,
    Verdict::Met,
    Verdict::Exempt,
];

impl Identity {
    /// Its figures over the span.
    pub(super) fn tallies(&self, profile: &Profile) -> Tallies {
        let lines: Vec<&UnitLine> = self.parts.iter().map(|part| &part.line).collect();
        sums(&lines, self.unit.level, profile)
    }

    /// Its line over the span, without anything of units before it.
    pub(super) fn line(self, profile: &Profile) -> UnitLine {
        let tallies = self.tallies(profile);
        let Self { unit, parts } = self;
        let existed_days = parts.iter().map(|part| part.line.existed_days).sum();
        let mut line = UnitLine::unsent(unit, existed_days);
        let states: Vec<_> = parts.iter().map(|part| part.line.submission).collect();
        let verdicts: Vec<_> = parts.iter().map(|part| part.line.verdict).collect();
        line.submission = first_of(STATES, &states, SubmissionState::NotOwed);
        line.verdict = first_of(VERDICTS, &verdicts, Verdict::Exempt);
        line.tallies = tallies;
        line.reason = reasons(&parts);
        let mut files = parts.iter().rev();
        line.file = files.find_map(|part| part.line.file.clone());
        if let Some(last) = parts.last() {
            line.so_far.clone_from(&last.line.so_far);
        }
        line.quarters = parts;
        line
    }
}

/// The figures of one unit's quarters together; a quarter without figures beside one that has some is a
/// hole.
pub(super) fn sums(lines: &[&UnitLine], level: Level, profile: &Profile) -> Tallies {
    let mut sums = Tallies::default();
    for line in lines {
        sums.merge(&line.tallies);
    }
    let per_head = profile.quota(level).filter(|quota| quota.counted.value == Counted::EachHead);
    if let Some(quota) = per_head.filter(|_| sums.sum(Measure::Counted).is_some()) {
        // Of the two heads the one with fewer over the whole span, not in each quarter anew.
        let adds = lines.iter().map(|line| &line.adds);
        sums.get_mut(Measure::Counted).sum = Some(u64::from(counted_over(adds, quota)));
    }
    let silent = |line: &&UnitLine| line.submission == SubmissionState::Missing;
    let speaks = |line: &&UnitLine| line.submission.has_figures();
    if lines.iter().any(silent) && lines.iter().any(speaks) {
        let all = Measure::ALL.into_iter().filter(|measure| *measure != Measure::Required);
        all.for_each(|measure| sums.mark(measure));
    }
    sums
}

fn first_of<T: Copy + PartialEq, const N: usize>(order: [T; N], found: &[T], none: T) -> T {
    order.into_iter().find(|one| found.contains(one)).unwrap_or(none)
}

/// The reasons of the quarters, each with its quarter.
fn reasons(parts: &[QuarterLine]) -> Option<Text> {
    let given = parts.iter().filter_map(|part| Some((part.period, part.line.reason.as_ref()?)));
    let given: Vec<String> = given
        .map(|(period, reason): (Period, &Text)| format!("{}: {reason}", capital(&period.label())))
        .collect();
    Text::new(&given.join("; "))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
