//! One line of a trace: a cell or a file, what it adds, and why; with the findings of that very place.

use crate::aggregate::Summary;
use crate::model::submission::{FilePath, SheetName};
use crate::model::{CellRef, Finding, Place};
use std::collections::BTreeMap;

/// A cell, a file, or a number of the rule profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Where it stands; nowhere for what no file says.
    pub place: Place,
    /// What is written there, filled in from the file itself; none where it was not looked up.
    pub written: Option<String>,
    /// How that was understood.
    pub understood: String,
    /// What it adds to the figure; a part that is taken off is negative.
    pub adds: i64,
    /// Why, in Vietnamese; empty where the cell says it all.
    pub why: String,
    /// What was found at that place.
    pub findings: Vec<Said>,
    /// Whether the figure is incomplete for it.
    pub opens: bool,
}

/// A finding, as far as a trace tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The rule's code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Item {
    /// A cell that adds so much.
    pub(super) fn adding(place: Place, understood: impl Into<String>, adds: u64) -> Self {
        let adds = i64::try_from(adds).unwrap_or(i64::MAX);
        Self { place, understood: understood.into(), adds, ..Self::default() }
    }

    /// A place that adds nothing.
    pub(super) fn at(place: Place, why: impl Into<String>) -> Self {
        Self { place, why: why.into(), ..Self::default() }
    }

    /// With how it was understood.
    pub(super) fn read_as(mut self, understood: impl Into<String>) -> Self {
        self.understood = understood.into();
        self
    }

    /// With why.
    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// With what was found in a cell: its own, or one that decides over it.
    pub(super) fn said(mut self, said: &Spoken<'_>, place: &Place) -> Self {
        self.findings = said.at(place);
        self
    }

    /// As something for which the figure is incomplete.
    pub(super) fn opening(mut self) -> Self {
        self.opens = true;
        self
    }
}

type Key<'a> = (Option<&'a FilePath>, Option<u32>, Option<CellRef>);

/// The findings of a run by their place.
pub(super) struct Spoken<'a>(BTreeMap<Key<'a>, Vec<&'a Finding>>);

impl<'a> Spoken<'a> {
    pub(super) fn of(summary: &'a Summary) -> Self {
        let mut by_place: BTreeMap<Key<'a>, Vec<&'a Finding>> = BTreeMap::new();
        for finding in &summary.findings {
            by_place.entry(key(&finding.place)).or_default().push(finding);
            for cell in &finding.also {
                let (file, sheet, _) = key(&finding.place);
                by_place.entry((file, sheet, Some(*cell))).or_default().push(finding);
            }
        }
        Self(by_place)
    }

    /// What was found at exactly that place.
    pub(super) fn at(&self, place: &Place) -> Vec<Said> {
        let found = self.0.get(&key(place)).into_iter().flatten();
        found.map(|finding| said(finding)).collect()
    }

    /// What was found of a file as a whole.
    pub(super) fn of_file(&self, file: &FilePath) -> Vec<Said> {
        self.at(&Place::file(file.clone()))
    }
}

fn key(place: &Place) -> Key<'_> {
    let sheet = place.sheet.as_ref().map(|sheet: &SheetName| sheet.order);
    (place.file.as_ref(), sheet, place.cell)
}

fn said(finding: &Finding) -> Said {
    Said { code: finding.rule.code, message: finding.message.clone() }
}
