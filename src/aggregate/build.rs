//! Sums: each level's own meetings, and petitions by field; nothing is added twice.

use super::summary::{SubjectLine, SubjectTable, Summary};
use crate::check::{Checked, Frame, UnitLine};
use crate::model::{Comparison, Level, Measure, Outcome, Reading, Subject, Submission, Tallies};
use std::collections::BTreeMap;

/// Sums up a checked quarter.
pub fn aggregate(
    checked: Checked,
    frame: Frame<'_>,
    subject_names: Vec<(Subject, String)>,
) -> Summary {
    let Checked { files, units, submissions, findings, unchecked, explanations, backlog } = checked;
    Summary {
        period: frame.period.into(),
        as_of: frame.as_of,
        deadline: frame.profile.deadline(frame.period),
        scope: frame.scope.clone(),
        profile: frame.profile.clone(),
        totals: totals(&units),
        subjects: subjects(&submissions, &units),
        subject_names,
        files,
        units,
        submissions,
        findings,
        unchecked,
        explanations,
        backlog,
        comparison: Comparison::default(),
        changes: None,
        profiles: BTreeMap::new(),
        geography: None,
        rearranged: Vec::new(),
    }
}

/// A level's own meetings only; what the level below held stays there.
fn totals(units: &[UnitLine]) -> BTreeMap<Level, Tallies> {
    let mut totals: BTreeMap<Level, Tallies> = BTreeMap::new();
    for line in units {
        totals.entry(line.unit.level).or_default().merge(&line.tallies);
    }
    totals
}

/// Counts come from Biểu 1, fields from Biểu 2; what Biểu 2 does not describe stays unclassified.
fn subjects(submissions: &[Submission], units: &[UnitLine]) -> SubjectTable {
    let mut table = SubjectTable::default();
    let mut described = 0;
    for submission in submissions {
        let rows = submission.detail().and_then(|detail| detail.petitions.as_ref());
        for petition in rows.iter().flat_map(|table| &table.rows) {
            described += 1;
            let subject = petition.subject.value().unwrap_or(Subject::OTHER);
            let line = table.lines.entry(subject).or_default();
            match petition.outcome.reading {
                Reading::Given(outcome) => line.add(outcome),
                Reading::Blank | Reading::Unreadable => line.unread += 1,
            }
        }
    }
    let opinions: u64 = units.iter().filter_map(|line| line.tallies.sum(Measure::Opinions)).sum();
    table.unclassified = opinions.saturating_sub(described);
    table
}

impl SubjectLine {
    fn add(&mut self, outcome: Outcome) {
        let slots = Outcome::ALL.into_iter().zip(&mut self.outcomes);
        for (_, slot) in slots.filter(|(other, _)| *other == outcome) {
            *slot += 1;
        }
    }
}
