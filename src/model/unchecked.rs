//! What could not be checked (chưa kiểm tra được), because something else is wrong first.

use super::finding::Place;
use super::{CellRef, Rule, UnitCode};

/// A rule that had nothing to go by at one place. It is neither kept nor broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// The rule.
    pub rule: &'static Rule,
    /// Whose.
    pub unit: UnitCode,
    /// Where it would have looked: the row's own cell.
    pub place: Place,
    /// The cells of the same sheet that stand in its way, each with a finding of its own or empty.
    pub blocked_by: Vec<CellRef>,
    /// Why, in Vietnamese.
    pub reason: String,
}

impl Unchecked {
    /// A rule that these cells keep from being checked.
    pub fn cells(
        rule: &'static Rule,
        unit: UnitCode,
        place: Place,
        blocked_by: Vec<CellRef>,
    ) -> Self {
        let cells: Vec<String> = blocked_by.iter().map(ToString::to_string).collect();
        let reason = format!(
            "Chưa kiểm tra được vì ô {} không đọc được, chưa ghi hoặc có ngày không dùng được.",
            cells.join(", ")
        );
        Self { rule, unit, place, blocked_by, reason }
    }

    /// The order of the result: by unit, file, sheet, row, column, code.
    pub fn official_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |one: &Self| {
            let cell = one.place.cell;
            (
                one.unit,
                one.place.file.clone(),
                one.place.sheet.as_ref().map(|sheet| sheet.order),
                cell.map(|cell| (cell.row, cell.col)),
                one.rule.code,
            )
        };
        key(self).cmp(&key(other)).then_with(|| self.blocked_by.cmp(&other.blocked_by))
    }
}
