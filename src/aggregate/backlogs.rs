//! The petitions of a span: what moved in each quarter one after the other, what is open at the end.

use super::summary::{Summary, UnitLine};
use crate::model::Period;
use crate::model::backlog::{Backlog, Flow, UnitBacklog};
use std::collections::BTreeMap;

/// The account of every line, its quarters joined. Where a code was given to another unit, the accounts
/// of both stand under it; each line has its own.
pub(super) fn over(quarters: &[Summary], lines: &mut [UnitLine]) -> Backlog {
    let of: BTreeMap<Period, &Backlog> =
        quarters.iter().map(|quarter| (quarter.period.last(), &quarter.backlog)).collect();
    let mut all = Backlog::default();
    for line in lines {
        let mut flows: BTreeMap<Period, Flow> = BTreeMap::new();
        let mut last = UnitBacklog::default();
        let ends = line.quarters.iter().map(|part| part.period).max();
        for part in &line.quarters {
            let known = of.get(&part.period).and_then(|one| one.units.get(&part.line.unit.code));
            let Some(known) = known else { continue };
            if let Some(flow) = &known.flow {
                flows.entry(part.period).or_default().merge(flow);
            }
            if Some(part.period) == ends {
                last.open.extend(known.open.iter().cloned());
            }
        }
        last.flow = flows.into_values().reduce(|before, flow| before.then(&flow));
        line.flow = last.flow;
        let unit = all.units.entry(line.unit.code).or_default();
        unit.open.append(&mut last.open);
        match (&mut unit.flow, last.flow) {
            (Some(sum), Some(more)) => sum.merge(&more),
            (sum @ None, more) => *sum = more,
            (Some(_), None) => {}
        }
    }
    all
}
