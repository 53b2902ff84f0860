//! What the rules say of one submission: what is wrong, and what could not be checked.

use super::case::{Case, held_on};
use crate::model::submission::SheetName;
use crate::model::{CellRef, Field, Finding, Meeting, Place, Rule, Unchecked};

/// The findings of the rules, and the places where a rule had nothing to go by.
#[derive(Debug, Default)]
pub struct Noticed {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What could not be checked.
    pub unchecked: Vec<Unchecked>,
}

impl Noticed {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds what was noticed elsewhere.
    pub fn absorb(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.unchecked.extend(other.unchecked);
    }

    /// Notes that the rule could not be checked at `at` when one of these cells cannot be read.
    /// Whether there is such a cell.
    pub fn blocked(
        &mut self,
        case: &Case<'_>,
        rule: &'static Rule,
        (sheet, at): (&SheetName, CellRef),
        cells: impl IntoIterator<Item = Option<CellRef>>,
    ) -> bool {
        let cells: Vec<CellRef> = cells.into_iter().flatten().collect();
        if cells.is_empty() {
            return false;
        }
        let place = Place::sheet(&case.submission.file, sheet, Some(at));
        self.unchecked.push(Unchecked::cells(rule, case.unit.code, place, cells));
        true
    }

    /// Notes that the rule could not be checked at that very field, when it cannot be read.
    pub fn unread<T>(
        &mut self,
        case: &Case<'_>,
        rule: &'static Rule,
        sheet: &SheetName,
        field: &Field<T>,
    ) -> bool {
        let cell = hole(field);
        cell.is_some_and(|cell| self.blocked(case, rule, (sheet, cell), [Some(cell)]))
    }

    /// Notes that the rule could not be checked at `at` for a reason that is in no cell.
    pub fn open(
        &mut self,
        case: &Case<'_>,
        rule: &'static Rule,
        (sheet, at): (&SheetName, CellRef),
        reason: impl Into<String>,
    ) {
        self.unchecked.push(Unchecked {
            rule,
            unit: case.unit.code,
            place: Place::sheet(&case.submission.file, sheet, Some(at)),
            blocked_by: Vec::new(),
            reason: reason.into(),
        });
    }
}

impl Extend<Finding> for Noticed {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        self.findings.extend(findings);
    }
}

/// The cell of a field that cannot be read.
pub fn hole<T>(field: &Field<T>) -> Option<CellRef> {
    field.cell().filter(|_| field.is_unreadable())
}

/// The cell of a field that cannot be read or is empty, for rules that need every cell of a row.
pub fn lack<T>(field: &Field<T>) -> Option<CellRef> {
    field.cell().filter(|_| field.given().is_none())
}

/// The cell of a meeting's day when it gives no day that lies in the quarter and has come.
pub fn no_day(case: &Case<'_>, meeting: &Meeting) -> Option<CellRef> {
    let held = held_on(meeting, case.span, case.last_known_day());
    meeting.date.cell().filter(|_| held.is_none())
}
