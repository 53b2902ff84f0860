//! A finding (lỗi số liệu): what was noticed, where, and what to do about it.

use super::content::{Matter, RowMarks};
use super::explanation::{Decision, Explanation};
use super::submission::{FilePath, SheetName};
use super::{CellRef, Period, Rule, Severity, UnitCode};
use std::cmp::Ordering;
use std::sync::Arc;

/// Where a finding points: as much of file, sheet and cell as is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file; none for what concerns a unit that sent nothing.
    pub file: Option<FilePath>,
    /// The sheet.
    pub sheet: Option<SheetName>,
    /// The cell.
    pub cell: Option<CellRef>,
}

impl Place {
    /// A whole file.
    pub const fn file(file: FilePath) -> Self {
        Self { file: Some(file), sheet: None, cell: None }
    }

    /// A cell, or the whole sheet, of a file.
    pub fn sheet(file: &FilePath, sheet: &SheetName, cell: Option<CellRef>) -> Self {
        let file = sheet.file.as_ref().unwrap_or(file);
        Self { file: Some(file.clone()), sheet: Some(sheet.clone()), cell }
    }
}

/// One thing noticed. The same finding reads the same wherever it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How grave it is, the profile's word included.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Whose.
    pub unit: Option<UnitCode>,
    /// Other cells of the same column of which it holds as well.
    pub also: Vec<CellRef>,
    /// The value as read.
    pub value: Option<String>,
    /// What is wrong, in Vietnamese, with the figures.
    pub message: String,
    /// What the unit should do, in Vietnamese.
    pub help: String,
    /// The explanation that the office keeps for it.
    pub explanation: Option<Arc<Explanation>>,
    /// Of which quarter, in a report over several.
    pub period: Option<Period>,
    /// What it is about, where the rule names it; else what it says tells.
    pub about: Option<Matter>,
    /// The row that it is about, where it is about one.
    pub row: Option<RowMarks>,
}

impl Finding {
    /// A finding of that rule with the rule's own severity and remedy.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            place,
            unit: None,
            also: Vec::new(),
            value: None,
            message: message.into(),
            help: rule.mend.to_owned(),
            explanation: None,
            period: None,
            about: None,
            row: None,
        }
    }

    /// Every cell of which it holds.
    pub fn cells(&self) -> impl Iterator<Item = CellRef> {
        self.place.cell.into_iter().chain(self.also.iter().copied())
    }

    /// Whether it is an error that no accepted explanation excuses.
    pub fn is_held_against(&self) -> bool {
        let excused = self.explanation.as_ref().map(|one| one.decision) == Some(Decision::Accepted);
        self.severity == Severity::Error && !excused
    }

    /// Whether the two say the same of the same place.
    pub fn says(&self, other: &Self) -> bool {
        (self.rule, &self.place, self.unit, &self.value, &self.message)
            == (other.rule, &other.place, other.unit, &other.value, &other.message)
    }

    /// What it is about, whoever it belongs to and whichever row it is in.
    pub fn matter(&self) -> Matter {
        let said = || Matter::said(self.rule.code, self.value.as_deref(), &self.message);
        self.about.clone().unwrap_or_else(said)
    }

    /// What it is known by, wherever it stands: the same key before and after rows were moved.
    pub fn key(&self) -> String {
        let owner = match (&self.unit, &self.place.file) {
            (Some(unit), _) => unit.as_str(),
            (None, Some(file)) => file.as_str(),
            (None, None) => "",
        };
        self.matter().key(owner, self.row)
    }

    /// Of that severity in place of its rule's own.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// About that matter, whatever figures the message quotes.
    #[must_use]
    pub fn about(mut self, name: &str) -> Self {
        self.about = Some(Matter::named(self.rule.code, name));
        self
    }

    /// With the value as it was read.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// With the unit it concerns.
    #[must_use]
    pub fn unit(mut self, unit: UnitCode) -> Self {
        self.unit = Some(unit);
        self
    }

    /// With a remedy that fits this case better than the rule's own.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The official order: by file, sheet, row, column, code; findings without a file first, by unit.
    pub fn official_order(&self, other: &Self) -> Ordering {
        let key = |finding: &Self| {
            let cell = finding.place.cell;
            (
                finding.place.sheet.as_ref().map(|sheet| sheet.order),
                cell.map(|cell| cell.row),
                cell.map(|cell| cell.col),
                finding.rule.code,
            )
        };
        (self.place.file.cmp(&other.place.file))
            .then_with(|| match self.place.file {
                Some(_) => Ordering::Equal,
                None => self.unit.cmp(&other.unit),
            })
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| self.message.cmp(&other.message))
    }
}
