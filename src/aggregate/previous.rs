//! An earlier result of the same quarter, as much of it as a comparison needs.

use super::summary::Summary;
use crate::model::content::{Matter, RowMarks};
use crate::model::{Level, Measure, Severity, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

/// The earlier result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Previous {
    /// The quarter, as the result writes it.
    pub period: String,
    /// The code of the scope.
    pub scope: String,
    /// "Today" of that run.
    pub as_of: String,
    /// SHA-256 of the profile.
    pub profile: String,
    /// The input files.
    pub files: Vec<PastFile>,
    /// The figures of each unit.
    pub units: Vec<PastUnit>,
    /// The sums of each level, in the order of [`Measure::ALL`].
    pub totals: BTreeMap<Level, [Option<u64>; Measure::COUNT]>,
    /// The findings in their order.
    pub findings: Vec<PastFinding>,
}

/// A file of the earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFile {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// Whose it was.
    pub unit: Option<UnitCode>,
    /// Whether its figures were in the report.
    pub used: bool,
}

/// A unit of the earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastUnit {
    /// Its code.
    pub code: UnitCode,
    /// Its figures, in the order of [`Measure::ALL`].
    pub figures: [Option<u64>; Measure::COUNT],
}

/// A finding of the earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFinding {
    /// The code of its rule.
    pub code: String,
    /// How grave it was.
    pub severity: Severity,
    /// Whose it was.
    pub unit: Option<UnitCode>,
    /// Where: file, sheet, cell.
    pub place: [Option<String>; 3],
    /// The value as read.
    pub value: Option<String>,
    /// What it said.
    pub message: String,
    /// Of which quarter, in a report over several.
    pub period: Option<String>,
    /// What it was about; none in the result of a program that did not write it.
    pub about: Option<Matter>,
    /// The row that it was about.
    pub row: Option<RowMarks>,
}

/// Files of the earlier run that bear another name now, known by their bytes.
#[derive(Debug, Default)]
pub(super) struct Renamed<'a> {
    now: BTreeMap<&'a str, &'a str>,
    before: BTreeMap<&'a str, &'a str>,
}

impl<'a> Renamed<'a> {
    /// Pairs what went with what came, in the order of their paths.
    pub(super) fn of(previous: &'a Previous, summary: &'a Summary) -> Self {
        let was: BTreeSet<&str> = previous.files.iter().map(|file| file.path.as_str()).collect();
        let is: BTreeSet<&str> = summary.files.iter().map(|file| file.path.as_str()).collect();
        let mut came: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for file in summary.files.iter().rev().filter(|file| !was.contains(file.path.as_str())) {
            if let Some(sha256) = &file.sha256 {
                came.entry(sha256).or_default().push(file.path.as_str());
            }
        }
        let went = previous.files.iter().filter(|file| !is.contains(file.path.as_str()));
        let paired = went.filter_map(|file| {
            let now = came.get_mut(file.sha256.as_deref()?)?.pop()?;
            Some((file.path.as_str(), now))
        });
        let now: BTreeMap<&str, &str> = paired.collect();
        Self { before: now.iter().map(|(was, is)| (*is, *was)).collect(), now }
    }

    /// The name now of a file of the earlier run.
    pub(super) fn now<'b>(&'b self, path: &'b str) -> &'b str {
        self.now.get(path).copied().unwrap_or(path)
    }

    /// The name in the earlier run of a file of this one.
    pub(super) fn before<'b>(&'b self, path: &'b str) -> &'b str {
        self.before.get(path).copied().unwrap_or(path)
    }
}
