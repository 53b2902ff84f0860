//! What became of a unit, and what it was made of (đơn vị kế tục, đơn vị tiền thân).

use super::Register;
use crate::model::{Unit, UnitCode};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A change from one unit to another, as positions in the register.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) day: NaiveDate,
    pub(super) basis: String,
}

impl Register {
    pub(super) fn with_changes(mut self, mut changes: Vec<Change>) -> Self {
        changes.sort_by_key(|change| (change.old, change.new, change.day));
        self.onward.clone_from(&changes);
        changes.sort_by_key(|change| (change.new, change.old, change.day));
        self.backward = changes;
        self
    }

    /// What the last unit of that code before `day` has become by then; empty when the code still
    /// means the same unit, never meant one before, or left no successor.
    pub fn successors(&self, code: UnitCode, day: NaiveDate) -> Vec<&Unit> {
        let ended = self.ever(code).filter(|unit| unit.valid_to.is_some_and(|last| last < day));
        ended.last().map(|unit| self.heirs(unit, day)).unwrap_or_default()
    }

    /// Which units of `day` the first later unit of that code was made of; empty when there is none.
    pub fn predecessors(&self, code: UnitCode, day: NaiveDate) -> Vec<&Unit> {
        let later = self.ever(code).find(|unit| unit.valid_from > day);
        later.map(|unit| self.origins(unit, day)).unwrap_or_default()
    }

    /// What a unit that ended before `day` has become by then, through all changes between, by code.
    pub fn heirs(&self, unit: &Unit, day: NaiveDate) -> Vec<&Unit> {
        self.follow(unit, day, |unit| self.next(unit, day))
    }

    /// Which units of `day` a later unit was made of, through all changes between, by code.
    pub fn origins(&self, unit: &Unit, day: NaiveDate) -> Vec<&Unit> {
        self.follow(unit, day, |unit| self.before(unit, day))
    }

    /// Whether the later of two adjoining stretches of a code is the same unit as the earlier one.
    pub(super) fn continues(&self, earlier: &Unit, later: &Unit) -> bool {
        let eve = later.valid_from.pred_opt().unwrap_or(later.valid_from);
        let givers: Vec<&Unit> =
            self.before(later, eve).into_iter().filter_map(|index| self.unit(index)).collect();
        let whole = |giver: &&&Unit| {
            giver.valid_to == Some(eve) && self.heirs(giver, later.valid_from).len() == 1
        };
        let others = givers.iter().filter(|giver| giver.code != later.code).filter(whole).count();
        let own = givers.iter().any(|giver| giver.code == earlier.code);
        others == 0 && (earlier.name == later.name || own && givers.len() == 1)
    }

    /// The legal text by which the unit ended.
    pub fn ended_by(&self, unit: &Unit) -> Option<&str> {
        let (index, day) = (self.index_of(unit.code, unit.valid_from)?, unit.valid_to?.succ_opt()?);
        let start = self.onward.partition_point(|change| change.old < index);
        (self.onward.iter().skip(start))
            .take_while(|change| change.old == index)
            .find(|change| change.day == day)
            .map(|change| change.basis.as_str())
            .filter(|basis| !basis.is_empty())
    }

    fn follow(
        &self,
        unit: &Unit,
        day: NaiveDate,
        step: impl Fn(&Unit) -> Vec<usize>,
    ) -> Vec<&Unit> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<usize> = step(unit);
        while let Some(index) = open.pop() {
            let Some(unit) = self.unit(index) else { continue };
            // Each stretch is entered once, so merged and split again ends all the same.
            if seen.insert(index) {
                open.extend(step(unit));
            }
        }
        seen.into_iter().filter_map(|i| self.unit(i)).filter(|unit| unit.in_force_on(day)).collect()
    }

    /// Where the unit went when it ended by `day`; a unit that only gave land away did not end.
    fn next(&self, unit: &Unit, day: NaiveDate) -> Vec<usize> {
        let index = self.index_of(unit.code, unit.valid_from);
        let end = unit.valid_to.and_then(|last| last.succ_opt()).filter(|end| *end <= day);
        let (Some(index), Some(end)) = (index, end) else { return Vec::new() };
        let start = self.onward.partition_point(|change| change.old < index);
        (self.onward.iter().skip(start))
            .take_while(|change| change.old == index)
            .filter(|change| change.day == end)
            .map(|change| change.new)
            .collect()
    }

    /// What went into the unit after `day`: all that it began with, and whole units that joined it later.
    fn before(&self, unit: &Unit, day: NaiveDate) -> Vec<usize> {
        let Some(index) = self.index_of(unit.code, unit.valid_from) else { return Vec::new() };
        let start = self.backward.partition_point(|change| change.new < index);
        (self.backward.iter().skip(start))
            .take_while(|change| change.new == index)
            .filter(|change| change.day > day)
            .filter(|change| {
                let giver_lasts = self.unit(change.old).is_some_and(|u| u.in_force_on(change.day));
                change.day == unit.valid_from || !giver_lasts
            })
            .map(|change| change.old)
            .collect()
    }
}
