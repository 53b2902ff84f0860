//! An earlier result of the same quarter, as much of it as a comparison needs.

use crate::model::{Level, Measure, Severity, UnitCode};
use std::collections::BTreeMap;

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
}
