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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trials::{Batch, code};
    use crate::model::submission::FilePath;
    use crate::model::{CarriedPetition, Field, Petition, Text};

    type Row<'a> = (&'a str, &'a str, Option<Outcome>);

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    fn field<T>(row: u32, col: u32, value: Option<T>) -> Field<T> {
        let cell = CellRef::new(row, col);
        value.map_or(Field::blank(cell), |value| Field::new(cell, value))
    }

    /// A quarter in which these units report these rows: of Biểu 3 with an origin, else of Biểu 2.
    fn quarter(when: &str, scope: &str, sent: &[(&str, &[Row<'_>])]) -> (Summary, Register) {
        let mut batch = Batch::of(Register::embedded().unwrap(), scope, period(when));
        for (unit, rows) in sent {
            batch.send(unit, |trial| {
                let (old, new): (Vec<_>, Vec<_>) =
                    (4..).zip(*rows).partition(|(_, (origin, ..))| !origin.is_empty());
                let detail = trial.detail();
                let new = new.into_iter().map(|(row, (_, content, outcome))| Petition {
                    row,
                    content: field(row, 2, Text::new(content)),
                    outcome: field(row, 8, *outcome),
                    ..Petition::default()
                });
                let old =
                    old.into_iter().map(|(row, (origin, content, outcome))| CarriedPetition {
                        row,
                        origin: field(row, 1, Period::parse(origin)),
                        content: field(row, 2, Text::new(content)),
                        outcome: field(row, 6, *outcome),
                        ..CarriedPetition::default()
                    });
                let petitions = detail.petitions.take().unwrap();
                detail.petitions = Some(Table { rows: new.collect(), ..petitions });
                let carried = detail.carried.take().unwrap();
                detail.carried = Some(Table { rows: old.collect(), ..carried });
            });
        }
        let register = Register::embedded().unwrap();
        (batch.summary(), register)
    }

    fn contents(handed: &HandedOn, unit: &str) -> Vec<String> {
        let open = handed.by_unit.get(&code(unit)).map_or(&[][..], Vec::as_slice);
        open.iter().map(|one| one.content.as_ref().unwrap().to_string()).collect()
    }

    #[test]
    fn what_is_not_settled_goes_on_the_oldest_first() {
        let rows: &[Row<'_>] = &[
            ("", "trả lời ngay", Some(Outcome::K1)),
            ("", "xong", Some(Outcome::K2)),
            ("", "mới, đang", Some(Outcome::K3)),
            ("", "mới, chưa", Some(Outcome::K4)),
            ("", "mới, lên trên", Some(Outcome::K5)),
            ("", "mới, không rõ", None),
            ("2020-Q4", "cũ, đang", Some(Outcome::K3)),
            ("2020-Q3", "cũ nhất, lên trên", Some(Outcome::K5)),
            ("2020-Q3", "cũ, xong", Some(Outcome::K2)),
        ];
        let (summary, register) = quarter("2021-Q1", "10", &[("02989", rows)]);
        let handed = hand_on(&summary, (period("2021-Q1"), period("2021-Q2")), &register);
        let expected = [
            "cũ nhất, lên trên",
            "cũ, đang",
            "mới, đang",
            "mới, chưa",
            "mới, lên trên",
            "mới, không rõ",
        ];
        assert_eq!(contents(&handed, "02989"), expected);
        assert_eq!((handed.by_unit.len(), handed.orphans.as_slice()), (1, &[][..]));
        let place = &handed.by_unit[&code("02989")][2].place;
        assert_eq!(place.file, Some(FilePath::new("xa/02989.xlsx")));
        assert_eq!(place.cell.map(|cell| cell.row), Some(6));
    }

    /// On 01/07/2025 communes became others, under codes that were others' before, and districts ended.
    #[test]
    fn heirs_take_over_and_what_nobody_takes_over_is_named() {
        let rows: &[Row<'_>] = &[("", "đường", Some(Outcome::K3)), ("", "điện", Some(Outcome::K5))];
        let sent = [("02977", rows), ("02947", rows), ("087", rows)];
        let (summary, register) = quarter("2025-Q2", "10", &sent);
        let span = (period("2025-Q2"), period("2025-Q3"));
        let handed = hand_on(&summary, span, &register);
        let heir = |old: &str| {
            let unit = register.get(code(old), span.0.last_day()).unwrap();
            register.heirs(unit, span.1.last_day()).iter().map(|unit| unit.code).collect::<Vec<_>>()
        };
        let all: usize = handed.by_unit.values().map(Vec::len).sum();
        assert_eq!(all, 4, "two communes with two petitions each");
        for old in ["02977", "02947"] {
            let [only] = heir(old)[..] else { panic!("{old} has one heir") };
            assert!(handed.by_unit.contains_key(&only), "{old} → {only}");
        }
        let [orphan] = handed.orphans.as_slice() else { panic!("{:?}", handed.orphans) };
        assert_eq!((orphan.unit.code, orphan.petitions), (code("087"), 2));
        assert!(orphan.heirs.is_empty());
    }
}
