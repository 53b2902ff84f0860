//! Which findings of two runs are one: the same rule about the same matter, wherever it stands by now.

use super::previous::{PastFinding, Previous, Renamed};
use super::summary::Summary;
use crate::model::content::{Matter, RowMarks};
use crate::model::submission::FilePath;
use crate::model::{Finding, UnitCode};
use std::collections::BTreeMap;

/// What a finding is known by.
struct Known {
    /// The quarter, in a report over several; the owner, a unit or a file of nobody; the matter.
    group: (Option<String>, String, Matter),
    /// The row.
    row: Option<RowMarks>,
}

impl Known {
    fn now(finding: &Finding, by_words: bool) -> Self {
        let file = finding.place.file.as_ref().map(FilePath::as_str);
        let unit = finding.unit.as_ref().map(UnitCode::as_str);
        let said = || Matter::said(finding.rule.code, finding.value.as_deref(), &finding.message);
        let period = finding.period.map(|period| period.to_string());
        let matter = if by_words { said() } else { finding.matter() };
        let owner = unit.or(file).unwrap_or_default().to_owned();
        Self { group: (period, owner, matter), row: finding.row.filter(|_| !by_words) }
    }

    fn before(finding: &PastFinding, renamed: &Renamed<'_>) -> Self {
        let [file, ..] = &finding.place;
        let file = file.as_deref().map(|path| renamed.now(path));
        let owner = finding.unit.as_ref().map(UnitCode::as_str).or(file).unwrap_or_default();
        let said = || Matter::said(&finding.code, finding.value.as_deref(), &finding.message);
        let matter = finding.about.clone().unwrap_or_else(said);
        Self { group: (finding.period.clone(), owner.to_owned(), matter), row: finding.row }
    }

    /// Whether they are of one row: its words are the same, or all but one of them.
    fn is_like(&self, other: &Self) -> bool {
        matches!((self.row, other.row), (Some(one), Some(two)) if one.is_like(two))
    }

    fn key(&self) -> String {
        let (_, owner, matter) = &self.group;
        matter.key(owner, self.row)
    }
}

/// For each finding of this run whether it is new, and for each of the earlier run whether it is gone.
/// First what is the same to the word is paired, then what differs by one correction in its row; of
/// equals the later are left over.
pub(super) fn compare(previous: &Previous, summary: &Summary) -> (Vec<bool>, Vec<bool>) {
    let renamed = Renamed::of(previous, summary);
    // An older program told by words alone.
    let by_words = previous.findings.iter().all(|finding| finding.about.is_none());
    let now: Vec<Known> =
        summary.findings.iter().map(|finding| Known::now(finding, by_words)).collect();
    let before: Vec<Known> =
        previous.findings.iter().map(|finding| Known::before(finding, &renamed)).collect();
    let mut pairs = Pairs { is_new: vec![true; now.len()], is_gone: vec![true; before.len()] };
    pairs.take(&now, &before, Known::key, |_, _| true);
    pairs.take(&now, &before, |_| String::new(), Known::is_like);
    (pairs.is_new, pairs.is_gone)
}

/// What is still without its other.
struct Pairs {
    is_new: Vec<bool>,
    is_gone: Vec<bool>,
}

impl Pairs {
    /// Pairs what is in one group, has one key and goes together.
    fn take(
        &mut self,
        now: &[Known],
        before: &[Known],
        key: impl Fn(&Known) -> String,
        like: impl Fn(&Known, &Known) -> bool,
    ) {
        let mut left: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, one) in before.iter().enumerate().filter(|(at, _)| is(&self.is_gone, *at)) {
            left.entry((&one.group, key(one))).or_default().push(at);
        }
        for (at, one) in now.iter().enumerate() {
            let Some(others) =
                left.get_mut(&(&one.group, key(one))).filter(|_| is(&self.is_new, at))
            else {
                continue;
            };
            let found = others.iter().position(|at| before.get(*at).is_some_and(|o| like(one, o)));
            if let Some(found) = found.map(|found| others.remove(found)) {
                self.is_new.get_mut(at).into_iter().for_each(|new| *new = false);
                self.is_gone.get_mut(found).into_iter().for_each(|gone| *gone = false);
            }
        }
    }
}

fn is(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or_default()
}
