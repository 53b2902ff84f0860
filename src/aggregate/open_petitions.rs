//! Petitions that a quarter leaves open (kiến nghị tồn đọng), for the unit that answers for them in the next.

use crate::model::privacy::masked;
use crate::model::submission::FilePath;
use crate::model::{Authority, Outcome, Period, Subject, Submission, Text, Unit, UnitCode};
use crate::recognise::TableId;
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One petition that was not settled when its unit last reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPetition {
    /// The quarter in which it was raised, when that is known.
    pub origin: Option<Period>,
    /// What it is about, personal data masked.
    pub content: Option<Text>,
    /// Lĩnh vực.
    pub subject: Option<Subject>,
    /// Thẩm quyền giải quyết.
    pub authority: Option<Authority>,
    /// Kết quả; none when it was not given or could not be read, so that nobody can say it is settled.
    pub outcome: Option<Outcome>,
    /// Where it was reported.
    pub source: Source,
}

/// The row in which a petition was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The unit that reported it.
    pub unit: UnitCode,
    /// Its file.
    pub file: FilePath,
    /// Biểu 2 or Biểu 3.
    pub table: TableId,
    /// The row in its sheet, counted from zero.
    pub row: u32,
}

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

/// Shares out the open petitions of these submissions among the units of `day`.
pub fn hand_on(submissions: &[Submission], register: &Register, day: NaiveDate) -> HandedOn {
    let mut handed = HandedOn::default();
    for submission in submissions {
        let open = open_in(submission);
        let Some(unit) = register.get(submission.unit, submission.period.last_day()) else {
            continue;
        };
        if open.is_empty() {
            continue;
        }
        match answering(unit, register, day).as_slice() {
            [only] => handed.by_unit.entry(only.code).or_default().extend(open),
            heirs => handed.orphans.push(Orphan {
                unit: unit.clone(),
                petitions: open.len(),
                heirs: heirs.iter().map(|heir| (*heir).clone()).collect(),
            }),
        }
    }
    for open in handed.by_unit.values_mut() {
        open.sort_by_key(|one| {
            let Source { unit, table, row, .. } = one.source;
            // What is carried on already stands before what is new.
            (one.origin.is_none(), one.origin, unit, table != TableId::Carried, row)
        });
    }
    handed
}

/// The units of `day` that answer for what a unit left.
fn answering<'a>(unit: &'a Unit, register: &'a Register, day: NaiveDate) -> Vec<&'a Unit> {
    if unit.in_force_on(day) {
        return vec![unit];
    }
    let heirs = register.heirs(unit, day);
    if !heirs.is_empty() {
        return heirs;
    }
    // A change of parent alone begins a new stretch of the same unit.
    let same = register.get(unit.code, day).filter(|later| later.name == unit.name);
    same.into_iter().filter(|later| later.level == unit.level).collect()
}

/// The petitions that are not known to be settled: K3, K4, K5, and those without a readable outcome.
fn open_in(submission: &Submission) -> Vec<OpenPetition> {
    let Some(detail) = submission.detail() else { return Vec::new() };
    let is_open = |outcome: &Option<Outcome>| !matches!(outcome, Some(Outcome::K1 | Outcome::K2));
    let text = |text: &Text| Text::new(&masked(text.as_str()));
    let source = |table, file: &Option<FilePath>, row| {
        let file = file.clone().unwrap_or_else(|| submission.file.clone());
        Source { unit: submission.unit, file, table, row }
    };
    let carried = detail.carried.iter().flat_map(|table| {
        table.rows.iter().map(|row| OpenPetition {
            origin: row.origin.value(),
            content: row.content.given().and_then(text),
            subject: row.subject.value(),
            authority: row.authority.value(),
            outcome: row.outcome.value(),
            source: source(TableId::Carried, &table.sheet.file, row.row),
        })
    });
    let raised = detail.petitions.iter().flat_map(|table| {
        table.rows.iter().map(|row| OpenPetition {
            origin: Some(submission.period),
            content: row.content.given().and_then(text),
            subject: row.subject.value(),
            authority: row.authority.value(),
            outcome: row.outcome.value(),
            source: source(TableId::Petitions, &table.sheet.file, row.row),
        })
    });
    carried.chain(raised).filter(|one| is_open(&one.outcome)).collect()
}
