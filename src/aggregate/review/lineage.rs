//! Which lines of different quarters are one unit, and which unit went into which (đơn vị kế tục).

use crate::aggregate::{Summary, UnitLine};
use crate::model::{Level, Period, Unit, UnitCode};
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A unit is known by its code together with its first day: codes are used again.
pub(super) type Key = (UnitCode, NaiveDate);

/// One unit through all quarters that are known.
pub(super) struct Row<'a> {
    /// What tells it apart.
    pub(super) key: Key,
    /// The unit as it last stood.
    pub(super) unit: &'a Unit,
    /// Its lines, by quarter.
    pub(super) lines: BTreeMap<Period, &'a UnitLine>,
    /// What it has become by the year's end; empty while it lasts, or where nothing came after it.
    pub(super) heirs: Vec<Key>,
    /// Whether it still exists at the year's end.
    pub(super) lasts: bool,
}

impl Row<'_> {
    /// The unit that it became part of whole; of several nobody knows which share is whose.
    pub(super) fn heir(&self) -> Option<Key> {
        match self.heirs.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// One row for each unit.
pub(super) fn rows<'a>(
    quarters: &'a [Summary],
    register: &Register,
    end: NaiveDate,
) -> Vec<Row<'a>> {
    let key = |unit: &Unit| (unit.code, register.began(unit));
    let mut rows: BTreeMap<Key, Row<'a>> = BTreeMap::new();
    for quarter in quarters {
        for line in &quarter.units {
            let (unit, key) = (&line.unit, key(&line.unit));
            let (lines, heirs) = (BTreeMap::new(), Vec::new());
            let row = rows.entry(key).or_insert(Row { key, unit, lines, heirs, lasts: true });
            row.unit = unit;
            row.lines.insert(quarter.period.last(), line);
        }
    }
    for row in rows.values_mut() {
        row.lasts = row.unit.in_force_on(end)
            || register.get(row.unit.code, end).is_some_and(|now| key(now) == row.key);
        if !row.lasts {
            let heirs = register.heirs(row.unit, end);
            let same_level = heirs.iter().all(|heir| heir.level == row.unit.level);
            row.heirs = heirs.into_iter().filter(|_| same_level).map(key).collect();
        }
    }
    rows.into_values().collect()
}

/// The units that each unit was made of, where they became part of it whole.
pub(super) fn origins<'r, 'a>(rows: &'r [Row<'a>]) -> BTreeMap<Key, Vec<&'r Row<'a>>> {
    let mut origins: BTreeMap<Key, Vec<&Row<'a>>> = BTreeMap::new();
    for row in rows {
        if let Some(heir) = row.heir() {
            origins.entry(heir).or_default().push(row);
        }
    }
    origins
}

/// The rows in the order of the tables: level by level, communes by district, and after each unit
/// those that it was made of. Gives places among `rows`.
pub(super) fn order(rows: &[Row<'_>]) -> Vec<usize> {
    let places: BTreeMap<Key, usize> =
        rows.iter().enumerate().map(|(at, row)| (row.key, at)).collect();
    let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut top = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        // Under several heirs a unit stands at the first; its figures stay its own. Heirs are in force
        // at the year's end, so none of them stands below another.
        match row.heirs.first().and_then(|heir| places.get(heir)) {
            Some(heir) => below.entry(*heir).or_default().push(at),
            None => top.push(at),
        }
    }
    let rank = |at: &usize| {
        rows.get(*at).map(|row| {
            let parent = row.unit.parent.filter(|_| row.unit.level == Level::Commune);
            (row.unit.level, parent, row.key)
        })
    };
    top.sort_by_key(rank);
    let mut ordered = Vec::new();
    for at in top {
        ordered.push(at);
        ordered.extend(below.remove(&at).unwrap_or_default());
    }
    ordered
}
