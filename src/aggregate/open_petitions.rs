//! Petitions that a quarter leaves open (kiến nghị tồn đọng), for the units that answer for them in the next.

use super::Summary;
use crate::check::backlog::carried_into;
use crate::model::backlog::{Backlog, OpenPetition, Trace, UnitBacklog};
use crate::model::submission::{SheetName, Table};
use crate::model::{CellRef, Outcome, Period, Place, Submission, Unit, UnitCode};
use crate::register::Register;
use std::collections::BTreeMap;

/// What a quarter hands on to the next.
#[derive(Debug, Default)]
pub struct HandedOn {
    /// The open petitions of each unit of the new quarter, the oldest first.
    pub by_unit: BTreeMap<UnitCode, Vec<OpenPetition>>,
    /// Units that ended and whose petitions no single unit takes over.
    pub orphans: Vec<Orphan>,
}

/// A unit that ended, leaving petitions to nobody or to nobody in particular.
#[derive(Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The unit, as it was.
    pub unit: Unit,
    /// How many petitions it left open.
    pub petitions: usize,
    /// The units that it became.
    pub heirs: Vec<Unit>,
}

/// Shares out what is not settled at the end of a quarter among the units of the next: what is open in
/// the unit's own hands, and what was passed up to a higher level and has no answer yet.
pub fn hand_on(summary: &Summary, (from, to): (Period, Period), register: &Register) -> HandedOn {
    let mut left = summary.backlog.clone();
    for submission in &summary.submissions {
        let up = passed_up(submission);
        if !up.is_empty() {
            left.units.entry(submission.unit).or_default().open.extend(up);
        }
    }
    left.units.retain(|_, unit| !unit.open.is_empty());
    let carried = carried_into(&left, (from, to), register).units.into_iter();
    let by_unit = carried.map(|(code, unit)| (code, in_order(unit))).collect();
    HandedOn { by_unit, orphans: orphans(&left, (from, to), register) }
}

/// The oldest first, then as they stand in the tables: what was carried already before what is new.
fn in_order(unit: UnitBacklog) -> Vec<OpenPetition> {
    let mut open = unit.open;
    open.sort_by_key(|one| {
        let sheet = one.place.sheet.as_ref().map(|sheet| sheet.order);
        let row = one.place.cell.map(|cell| cell.row);
        (one.origin.is_none(), one.origin, one.unit, one.place.file.clone(), sheet, row)
    });
    open
}

fn orphans(left: &Backlog, (from, to): (Period, Period), register: &Register) -> Vec<Orphan> {
    let (then, now) = (from.last_day(), to.last_day());
    let of = |(code, backlog): (&UnitCode, &UnitBacklog)| {
        let unit = register.get(*code, then)?;
        let heirs = register.heirs(unit, now);
        let alone = !unit.in_force_on(now) && heirs.len() != 1;
        alone.then(|| Orphan {
            unit: unit.clone(),
            petitions: backlog.open.len(),
            heirs: heirs.into_iter().cloned().collect(),
        })
    };
    left.units.iter().filter_map(of).collect()
}

/// Petitions that left the unit's own account for a higher level (K5).
fn passed_up(submission: &Submission) -> Vec<OpenPetition> {
    let Some(detail) = submission.detail() else { return Vec::new() };
    let place =
        |sheet: &SheetName, cell: CellRef| Place::sheet(&submission.file, sheet, Some(cell));
    let up = |outcome: Option<Outcome>| outcome == Some(Outcome::K5);
    let carried = detail.carried.iter().flat_map(|table: &Table<_>| {
        table.rows.iter().filter(|row| up(row.outcome.value())).map(|row| OpenPetition {
            unit: submission.unit,
            origin: row.origin.value(),
            number: row.no.value(),
            content: row.content.given().cloned(),
            subject: row.subject.value(),
            authority: row.authority.value(),
            agency: None,
            received: None,
            outcome: row.outcome.value(),
            place: place(&table.sheet, CellRef::new(row.row, 0)),
            trace: Trace::Stated,
        })
    });
    let raised = detail.petitions.iter().flat_map(|table| {
        table.rows.iter().filter(|row| up(row.outcome.value())).map(|row| OpenPetition {
            unit: submission.unit,
            origin: Some(submission.period),
            number: row.no.value(),
            content: row.content.given().cloned(),
            subject: row.subject.value(),
            authority: row.authority.value(),
            agency: row.agency.given().cloned(),
            received: row.received.value(),
            outcome: row.outcome.value(),
            place: place(&table.sheet, row.cell()),
            trace: Trace::New,
        })
    });
    carried.chain(raised).collect()
}
