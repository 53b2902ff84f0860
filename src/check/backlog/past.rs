//! What a quarter hands on to the next: open and closed petitions, under the units of that day.

use super::matching::words_of;
use crate::model::backlog::{Backlog, ClosedPetition, Fingerprint, Flow, Trace, UnitBacklog};
use crate::model::{Outcome, Period, Submission, UnitCode};
use crate::register::Register;
use std::collections::BTreeMap;

/// The petitions of an earlier quarter as the next one finds them: under the units that exist then.
/// What was open at a unit that left several heirs, or none, stays under its old code.
pub fn carried_into(
    earlier: &Backlog,
    (from, to): (Period, Period),
    register: &Register,
) -> Backlog {
    let (then, now) = (from.last_day(), to.last_day());
    let mut carried = Backlog::default();
    for (code, backlog) in &earlier.units {
        let heir = match register.get(*code, then) {
            Some(unit) if unit.in_force_on(now) => unit.code,
            Some(unit) => match register.heirs(unit, now).as_slice() {
                [only] => only.code,
                _ => continue,
            },
            None => continue,
        };
        let into = carried.units.entry(heir);
        match into {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(backlog.clone());
            }
            std::collections::btree_map::Entry::Occupied(taken) => {
                join(taken.into_mut(), backlog);
            }
        }
    }
    carried
}

/// Two units that became one: what the heir takes over is known only when both reported.
fn join(heir: &mut UnitBacklog, other: &UnitBacklog) {
    heir.flow = heir.flow.zip(other.flow).map(|(mut both, other): (Flow, Flow)| {
        both.merge(&other);
        both
    });
    heir.open.extend(other.open.iter().cloned());
    heir.closed.extend(other.closed.iter().cloned());
}

/// Petitions of units that ended without one clear heir: they are handed to nobody, and not dropped.
pub(super) fn left_behind(
    earlier: &Backlog,
    (from, to): (Period, Period),
    register: &Register,
) -> BTreeMap<UnitCode, UnitBacklog> {
    let (then, now) = (from.last_day(), to.last_day());
    let alone = |code: &UnitCode| match register.get(*code, then) {
        Some(unit) => !unit.in_force_on(now) && register.heirs(unit, now).len() != 1,
        None => true,
    };
    let left = earlier.units.iter().filter(|(code, unit)| alone(code) && !unit.open.is_empty());
    left.map(|(code, unit)| {
        let mut unit = UnitBacklog { flow: None, ..unit.clone() };
        for one in &mut unit.open {
            one.trace = Trace::Silent;
        }
        (*code, unit)
    })
    .collect()
}

/// What ended in this quarter, by the key of its words, for the quarters to come.
pub(super) fn closed_in(submission: &Submission, period: Period) -> Vec<ClosedPetition> {
    let Some(detail) = submission.detail() else { return Vec::new() };
    let new = detail.petitions.iter().flat_map(|table| &table.rows);
    let new = new.map(|row| (&row.content, row.outcome.value()));
    let carried = detail.carried.iter().flat_map(|table| &table.rows);
    let carried = carried.map(|row| (&row.content, row.outcome.value()));
    new.chain(carried)
        .filter(|(_, outcome)| matches!(outcome, Some(Outcome::K1 | Outcome::K2 | Outcome::K5)))
        .filter_map(|(content, outcome)| {
            let key = words_of(content.given()?);
            let words = Fingerprint::of(&key);
            (!key.is_empty()).then_some(ClosedPetition { words, period, outcome })
        })
        .collect()
}
