//! The register itself: look-ups by code, by name and by place in the hierarchy, each on a day.

use super::key::spelling_key;
use super::succession::Change;
use crate::model::text::key;
use crate::model::{Level, Text, Unit, UnitCode, UnitKind};
use chrono::NaiveDate;

/// All units with their dates. A code or a name means a unit only together with a day.
#[derive(Debug)]
pub struct Register {
    /// By code, then first day.
    units: Vec<Unit>,
    /// (parent, unit), sorted.
    children: Vec<(UnitCode, usize)>,
    /// (name key, unit) for names and aliases, sorted.
    names: Vec<(Box<str>, usize)>,
    /// Changes by the unit that ended or gave.
    pub(super) onward: Vec<Change>,
    /// The same by the unit that received.
    pub(super) backward: Vec<Change>,
}

impl Register {
    /// Indexes units that are sorted by code and first day.
    pub(super) fn new(units: Vec<Unit>) -> Self {
        let mut children: Vec<_> =
            (units.iter().enumerate()).filter_map(|(i, unit)| Some((unit.parent?, i))).collect();
        children.sort_unstable();
        let mut names: Vec<_> = (units.iter().enumerate())
            .flat_map(|(i, unit)| spellings(unit).map(move |name| (key(name).into(), i)))
            .collect();
        names.sort_unstable();
        names.dedup();
        Self { units, children, names, onward: Vec::new(), backward: Vec::new() }
    }

    /// Every stretch of every unit, by code and first day.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }

    /// The unit that the code means on that day.
    pub fn get(&self, code: UnitCode, day: NaiveDate) -> Option<&Unit> {
        self.unit(self.index_of(code, day)?)
    }

    /// Every unit that the code ever meant, oldest first.
    pub fn ever(&self, code: UnitCode) -> impl Iterator<Item = &Unit> {
        let start = self.units.partition_point(|unit| unit.code < code);
        self.units.iter().skip(start).take_while(move |unit| unit.code == code)
    }

    /// The first day of a unit, over all its unbroken stretches: a change of parent, kind or name alone
    /// does not make a new unit, a merger with others under an old name does.
    pub fn began(&self, unit: &Unit) -> NaiveDate {
        let mut first = unit;
        let stretches: Vec<&Unit> = self.ever(unit.code).collect();
        for earlier in stretches.iter().rev().filter(|other| other.valid_from < unit.valid_from) {
            let joins = earlier.valid_to.and_then(|day| day.succ_opt()) == Some(first.valid_from);
            if !joins || !self.continues(earlier, first) {
                break;
            }
            first = earlier;
        }
        first.valid_from
    }

    /// The units that exist on that day, by code.
    pub fn in_force(&self, day: NaiveDate) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| unit.in_force_on(day))
    }

    /// The units directly below, by code.
    pub fn children(&self, code: UnitCode, day: NaiveDate) -> impl Iterator<Item = &Unit> {
        let start = self.children.partition_point(|(parent, _)| *parent < code);
        (self.children.iter().skip(start))
            .take_while(move |(parent, _)| *parent == code)
            .filter_map(|(_, i)| self.unit(*i))
            .filter(move |unit| unit.in_force_on(day))
    }

    /// The units of that bare name on that day, by code; several when the name alone does not decide.
    ///
    /// Case, diacritics, spaces and tone placement do not matter, but where some candidates are spelled
    /// exactly as written, only those are given. `within` is a unit above, at any distance.
    pub fn named(
        &self,
        name: &str,
        day: NaiveDate,
        kind: Option<UnitKind>,
        within: Option<UnitCode>,
    ) -> Vec<&Unit> {
        let mut found = self.alike(name, day, kind);
        found.retain(|unit| within.is_none_or(|code| self.is_within(unit, code, day)));
        if found.iter().any(|unit| spelled_as(unit, name)) {
            found.retain(|unit| spelled_as(unit, name));
        }
        found
    }

    /// As [`Register::named`] without the preference: of a name typed without diacritics nobody can tell which of them is
    /// meant, though one be spelled so.
    pub fn alike(&self, name: &str, day: NaiveDate, kind: Option<UnitKind>) -> Vec<&Unit> {
        let wanted = key(name);
        let start = self.names.partition_point(|(other, _)| **other < *wanted);
        (self.names.iter().skip(start))
            .take_while(|(other, _)| **other == *wanted && !wanted.is_empty())
            .filter_map(|(_, i)| self.unit(*i))
            .filter(|unit| unit.in_force_on(day))
            .filter(|unit| kind.is_none_or(|kind| unit.kind == kind))
            .collect()
    }

    /// The units that a name means in that text: all alike where the text is written without diacritics.
    pub fn named_in_text(
        &self,
        name: &str,
        is_plain: bool,
        day: NaiveDate,
        kind: Option<UnitKind>,
    ) -> Vec<&Unit> {
        if is_plain { self.alike(name, day, kind) } else { self.named(name, day, kind, None) }
    }

    /// The name keys of the units that exist on that day, for a search of what is near.
    pub fn all_names(&self, day: NaiveDate) -> impl Iterator<Item = (&str, &Unit)> {
        (self.names.iter())
            .filter_map(|(key, i)| Some((&**key, self.unit(*i)?)))
            .filter(move |(_, unit)| unit.in_force_on(day))
    }

    /// The province that the code lies in on that day; a province lies in itself.
    pub fn province_of(&self, code: UnitCode, day: NaiveDate) -> Option<&Unit> {
        let mut unit = self.get(code, day)?;
        // The parent always stands at a higher level, so three levels take two steps.
        for _ in Level::ALL {
            let Some(parent) = unit.parent else { break };
            unit = self.get(parent, day)?;
        }
        Some(unit)
    }

    /// Whether the unit lies in the unit of that code, or is it.
    pub fn is_within(&self, unit: &Unit, code: UnitCode, day: NaiveDate) -> bool {
        let mut at = Some(unit);
        for _ in Level::ALL {
            match at {
                Some(unit) if unit.code == code => return true,
                Some(unit) => at = unit.parent.and_then(|parent| self.get(parent, day)),
                None => return false,
            }
        }
        false
    }

    pub(super) fn unit(&self, index: usize) -> Option<&Unit> {
        self.units.get(index)
    }

    pub(super) fn index_of(&self, code: UnitCode, day: NaiveDate) -> Option<usize> {
        let after = self.units.partition_point(|unit| (unit.code, unit.valid_from) <= (code, day));
        let index = after.checked_sub(1)?;
        let unit = self.unit(index)?;
        (unit.code == code && unit.in_force_on(day)).then_some(index)
    }
}

/// Whether the unit's bare name, or an official other spelling of it, is written with these very letters.
pub fn spelled_as(unit: &Unit, name: &str) -> bool {
    let wanted = spelling_key(name);
    spellings(unit).any(|known| spelling_key(known) == wanted)
}

/// The name and its other spellings.
fn spellings(unit: &Unit) -> impl Iterator<Item = &str> {
    std::iter::once(&unit.name).chain(&unit.aliases).map(Text::as_str)
}
