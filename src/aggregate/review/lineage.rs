//! Which lines of different quarters are one unit, and which unit went into which (đơn vị kế tục).

use crate::aggregate::{Summary, UnitLine};
use crate::model::{Level, Period, Unit, UnitCode};
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One unit through all quarters that are known.
pub(super) struct Row<'a> {
    /// The unit as it last stood.
    pub(super) unit: &'a Unit,
    /// Its lines, by quarter.
    pub(super) lines: BTreeMap<Period, &'a UnitLine>,
    /// What it has become by the year's end; empty while it lasts, or where nothing came after it.
    pub(super) heirs: Vec<&'a Unit>,
    /// Whether it still exists at the year's end.
    pub(super) lasts: bool,
}

/// A unit is known by its code together with the first day of its stretch: codes are used again.
pub(super) type Key = (UnitCode, NaiveDate);

/// The key of a unit.
pub(super) const fn key(unit: &Unit) -> Key {
    (unit.code, unit.valid_from)
}

/// One row for each unit. A unit that became another one whole and alone goes on as that one.
pub(super) fn rows<'a>(
    quarters: &'a [Summary],
    register: &'a Register,
    end: NaiveDate,
) -> Vec<Row<'a>> {
    let days: Vec<NaiveDate> = quarters.iter().map(|q| q.period.last_day()).collect();
    let mut rows: BTreeMap<Key, Row<'a>> = BTreeMap::new();
    for (quarter, day) in quarters.iter().zip(&days) {
        for line in &quarter.units {
            let unit = last_stretch(register, &line.unit, *day, &days);
            let row = rows.entry(key(unit)).or_insert_with(|| {
                let lasts = unit.in_force_on(end);
                let heirs = if lasts { Vec::new() } else { register.heirs(unit, end) };
                Row { unit, lines: BTreeMap::new(), heirs, lasts }
            });
            row.lines.insert(quarter.period.last(), line);
        }
    }
    rows.into_values().collect()
}

/// The unit as it stands in the last of those days up to which it stayed the same unit.
fn last_stretch<'a>(
    register: &'a Register,
    unit: &'a Unit,
    from: NaiveDate,
    days: &[NaiveDate],
) -> &'a Unit {
    let (mut at, mut day) = (unit, from);
    for later in days.iter().copied().filter(|later| *later > from) {
        if !at.in_force_on(later) {
            let Some(next) = goes_on(register, at, day, later) else { break };
            at = next;
        }
        day = later;
    }
    at
}

/// What a unit goes on as: its only heir, when it is all that went into it; the same name otherwise.
fn goes_on<'a>(
    register: &'a Register,
    unit: &Unit,
    day: NaiveDate,
    later: NaiveDate,
) -> Option<&'a Unit> {
    match register.heirs(unit, later).as_slice() {
        [only] => {
            let origins = register.origins(only, day);
            matches!(origins.as_slice(), [origin] if key(origin) == key(unit)).then_some(*only)
        }
        // A change of parent alone is no succession.
        [] => register
            .get(unit.code, later)
            .filter(|next| next.name == unit.name && next.level == unit.level),
        _ => None,
    }
}

/// The rows in the order of the tables: level by level, communes by district, and after each unit
/// those that it was made of. Gives places among `rows`.
pub(super) fn order(rows: &[Row<'_>]) -> Vec<usize> {
    let places: BTreeMap<Key, usize> =
        rows.iter().enumerate().map(|(at, row)| (key(row.unit), at)).collect();
    let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut top = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        // Under several heirs a unit stands at the first; its figures stay its own. Heirs are in force
        // at the year's end, so none of them stands below another.
        match row.heirs.first().and_then(|heir| places.get(&key(heir))) {
            Some(heir) => below.entry(*heir).or_default().push(at),
            None => top.push(at),
        }
    }
    let rank = |at: &usize| {
        rows.get(*at).map(|row| {
            let parent = row.unit.parent.filter(|_| row.unit.level == Level::Commune);
            (row.unit.level, parent, row.unit.code, row.unit.valid_from)
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
