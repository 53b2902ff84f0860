//! What changed between two versions of one submission, in words: figures, rows, communes.

use super::batch::Frame;
use super::figures;
use super::ledger::Ledger;
use super::rollup::listed;
use crate::model::count::grouped;
use crate::model::{Count, Field, Measure, RollUp, RollUpRow, Submission, Tallies, Unit, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

/// Communes whose figures are told one by one; of more the names are enough, for the sums are told.
const MOST_COMMUNES: usize = 5;

/// The figures that differ, and how many rows each file has.
pub(super) fn changes(new: &Submission, old: &Submission, frame: Frame<'_>) -> Vec<String> {
    match (new.roll_up(), old.roll_up()) {
        (Some(after), Some(before)) => of_roll_ups(after, before, frame),
        _ => of_details(new, old, frame),
    }
}

fn of_details(new: &Submission, old: &Submission, frame: Frame<'_>) -> Vec<String> {
    let mut changes = Vec::new();
    let (Some(after), Some(before)) = (figures_of(new, frame), figures_of(old, frame)) else {
        return changes;
    };
    for measure in Measure::ALL {
        changes.extend(change(measure.label(), before.sum(measure), after.sum(measure)));
    }
    let rows = |submission: &Submission| {
        let detail = submission.detail()?;
        let petitions = detail.petitions.as_ref().map_or(0, |table| table.rows.len());
        let carried = detail.carried.as_ref().map_or(0, |table| table.rows.len());
        Some([detail.meetings.rows.len(), petitions, carried])
    };
    if let (Some(is), Some(was)) = (rows(new), rows(old)) {
        for ((table, was), is) in ["Biểu 1", "Biểu 2", "Biểu 3"].into_iter().zip(was).zip(is)
        {
            if was != is {
                changes.push(format!("số dòng {table} {was} → {is}"));
            }
        }
    }
    changes
}

fn change(what: &str, was: Option<u64>, is: Option<u64>) -> Option<String> {
    let figure = |sum: Option<u64>| sum.map_or("không có".to_owned(), grouped);
    (was != is).then(|| format!("{what} {} → {}", figure(was), figure(is)))
}

fn figures_of(submission: &Submission, frame: Frame<'_>) -> Option<Tallies> {
    let unit = frame.unit(submission.unit)?;
    let detail = submission.detail()?;
    let last_day = submission.last_known_day(frame.as_of);
    let days = frame.existed_days(unit);
    let ledger =
        Ledger::of(&detail.meetings.rows, unit, days, (frame.period, last_day), frame.profile);
    Some(figures::of_detail(detail, &ledger, frame.profile, last_day, frame.as_of))
}

/// The sums of all communes, those that came or went, and of those in both what changed.
fn of_roll_ups(after: &RollUp, before: &RollUp, frame: Frame<'_>) -> Vec<String> {
    let mut changes = Vec::new();
    for (at, (label, ..)) in counts(&RollUpRow::default()).into_iter().enumerate() {
        let sum = |table: &RollUp| {
            let given = table.rows.iter().filter_map(|row| value(counts(row).get(at)?.1));
            given.reduce(u64::saturating_add)
        };
        changes.extend(change(label, sum(before), sum(after)));
    }
    if before.rows.len() != after.rows.len() {
        changes.push(format!("số dòng Biểu 02 {} → {}", before.rows.len(), after.rows.len()));
    }
    let (was, is) = (by_unit(before), by_unit(after));
    let all: BTreeSet<UnitCode> = was.keys().chain(is.keys()).copied().collect();
    let name =
        |unit: &UnitCode| frame.unit(*unit).map_or_else(|| unit.to_string(), Unit::full_name);
    let (mut gone, mut come, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for unit in &all {
        match (was.get(unit), is.get(unit)) {
            (Some(_), None) => gone.push(name(unit)),
            (None, Some(_)) => come.push(name(unit)),
            (Some(was), Some(is)) => {
                let figures: Vec<String> = counts(was)
                    .into_iter()
                    .zip(counts(is))
                    .filter_map(|((label, was), (_, is))| change(label, value(was), value(is)))
                    .collect();
                if !figures.is_empty() {
                    changed.push((name(unit), figures));
                }
            }
            (None, None) => {}
        }
    }
    for (words, names) in [("không còn", gone), ("thêm", come)] {
        if !names.is_empty() {
            changes.push(format!("{words} {}", names.join(", ")));
        }
    }
    let rest = changed.split_off(changed.len().min(MOST_COMMUNES));
    changes.extend(changed.into_iter().map(|(name, all)| format!("{name}: {}", all.join(", "))));
    if !rest.is_empty() {
        let names: Vec<String> = rest.into_iter().map(|(name, _)| name).collect();
        changes.push(format!("cũng thay đổi ở {}", names.join(", ")));
    }
    changes
}

/// The first row of each commune.
fn by_unit(table: &RollUp) -> BTreeMap<UnitCode, &RollUpRow> {
    table.rows.iter().rev().filter_map(|row| Some((row.unit?, row))).collect()
}

/// All counts of a row, with their names.
fn counts(row: &RollUpRow) -> Vec<(&'static str, &Field<Count>)> {
    let mut all: Vec<_> =
        listed(row).into_iter().map(|(measure, field)| (measure.label(), field)).collect();
    all.push(("Tổng số cuộc", &row.total));
    all.push(("Số thông báo kết luận", &row.notices));
    all
}

fn value(field: &Field<Count>) -> Option<u64> {
    field.given().map(|count| count.get())
}
