//! The petitions of a span: what moved in each quarter one after the other, what is open at the end.

use super::carried::heir;
use super::identity::Identity;
use super::summary::{Summary, UnitLine};
use crate::model::backlog::{Backlog, Flow, Movement};
use crate::model::{Period, Span, Unit, UnitCode};
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The quarters' petitions, by quarter.
type Quarters<'a> = BTreeMap<Period, &'a Backlog>;

/// A unit's quarters, oldest first, each with the code under which its account stands.
type Parts = Vec<(Period, UnitCode)>;

fn by_period(quarters: &[Summary]) -> Quarters<'_> {
    quarters.iter().map(|quarter| (quarter.period.last(), &quarter.backlog)).collect()
}

/// The account of all units over the span, whichever units it is shown by: each unit's together with
/// those of the units that it was made of.
pub(super) fn total(
    own: &[Identity],
    quarters: &[Summary],
    (register, span): (&Register, Span),
) -> Flow {
    let of = by_period(quarters);
    let mut families: BTreeMap<(UnitCode, NaiveDate), Vec<Parts>> = BTreeMap::new();
    for identity in own {
        let last: &Unit = heir(&identity.unit, register, span.last_day()).unwrap_or(&identity.unit);
        let parts = identity.parts.iter().map(|part| (part.period, part.line.unit.code));
        families.entry((last.code, register.began(last))).or_default().push(parts.collect());
    }
    let mut total = Flow::default();
    families.values().filter_map(|family| chained(family, &of)).for_each(|one| total.merge(&one));
    total
}

/// What is open at the end of the last quarter, and the account of every line.
pub(super) fn over(quarters: &mut [Summary], lines: &mut [UnitLine], total: Flow) -> Backlog {
    let of = by_period(quarters);
    for line in lines {
        let mut family: BTreeMap<(bool, UnitCode), Parts> = BTreeMap::new();
        for part in &line.quarters {
            // A predecessor may have had the code that the unit has now.
            let key = (part.is_carried, part.line.unit.code);
            family.entry(key).or_default().push((part.period, part.line.unit.code));
        }
        line.flow = chained(&family.into_values().collect::<Vec<_>>(), &of);
    }
    let last = quarters.last_mut().map(|quarter| std::mem::take(&mut quarter.backlog));
    let mut all = last.unwrap_or_default();
    // The accounts of a span stand at its lines; here they were those of the last quarter.
    all.units.values_mut().for_each(|unit| unit.flow = None);
    all.units.retain(|_, unit| !unit.open.is_empty());
    all.over = Some(total);
    all
}

/// The accounts of units that are shown as one: those of a quarter added up, one quarter after the
/// other; none where none of them gave one.
fn chained(family: &[Parts], of: &Quarters<'_>) -> Option<Flow> {
    let mut flows: BTreeMap<Period, Flow> = BTreeMap::new();
    for parts in family {
        for (period, flow) in rested(parts, of) {
            flows.entry(period).or_default().merge(&flow);
        }
    }
    flows.into_values().reduce(|before, flow| before.then(&flow))
}

/// One unit's accounts; in a quarter in which it gave none, what was open rests. Otherwise what it
/// still has would be missing from the sum of that quarter, as if it had been lost and found again.
fn rested(parts: &Parts, of: &Quarters<'_>) -> Vec<(Period, Flow)> {
    let given = |(period, code): &(Period, UnitCode)| of.get(period)?.units.get(code)?.flow;
    let Some(first) = parts.iter().find_map(given) else { return Vec::new() };
    let mut open = first.get(Movement::Opening);
    let mut flows = Vec::with_capacity(parts.len());
    for part in parts {
        let flow = given(part).unwrap_or_else(|| Flow::resting(open));
        open = flow.get(Movement::Closing);
        flows.push((part.0, flow));
    }
    flows
}
