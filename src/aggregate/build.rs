//! Sums: each level's own meetings, and petitions by field; nothing is added twice.

use super::summary::{SubjectLine, SubjectTable, Summary};
use crate::check::{Checked, Frame, UnitLine};
use crate::model::{
    Comparison, Level, Measure, Outcome, Petition, Reading, Subject, Submission, Tallies,
};
use rayon::prelude::*;
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
    let of_each = submissions.par_iter().fold(SubjectTable::default, |mut table, submission| {
        let rows = submission.detail().and_then(|detail| detail.petitions.as_ref());
        rows.iter().flat_map(|table| &table.rows).for_each(|petition| table.add(petition));
        table
    });
    let mut table = of_each.reduce(SubjectTable::default, SubjectTable::merged);
    let described: u64 = table.lines.values().map(SubjectLine::total).sum();
    let opinions: u64 = units.iter().filter_map(|line| line.tallies.sum(Measure::Opinions)).sum();
    table.unclassified = opinions.saturating_sub(described);
    table
}

impl SubjectTable {
    fn add(&mut self, petition: &Petition) {
        let subject = petition.subject.value().unwrap_or(Subject::OTHER);
        let line = self.lines.entry(subject).or_default();
        match petition.outcome.reading {
            Reading::Given(outcome) => line.add(outcome),
            Reading::Blank | Reading::Unreadable => line.unread += 1,
        }
    }

    fn merged(mut self, other: Self) -> Self {
        for (subject, more) in other.lines {
            let line = self.lines.entry(subject).or_default();
            line.unread += more.unread;
            for (slot, count) in line.outcomes.iter_mut().zip(more.outcomes) {
                *slot += count;
            }
        }
        self
    }
}

impl SubjectLine {
    fn add(&mut self, outcome: Outcome) {
        let slots = Outcome::ALL.into_iter().zip(&mut self.outcomes);
        for (_, slot) in slots.filter(|(other, _)| *other == outcome) {
            *slot += 1;
        }
    }
}
