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

#[cfg(test)]
mod tests {
    use crate::check::trials::{Batch, code};
    use crate::model::submission::{Body, FilePath, Table};
    use crate::model::{Count, RollUpRow};
    use crate::rules::testing::{count, set};

    /// Communes with their attendees and notices; of nobody is the row without a code.
    type Version<'a> = &'a [(&'a str, u32, u32)];

    /// What is said to have changed from one version of the district's roll-up to the next.
    fn told(versions: [Version<'_>; 2]) -> String {
        let mut batch = Batch::empty();
        for (name, version) in ["a.xlsx", "b.xlsx"].into_iter().zip(versions) {
            let row = |(unit, attendees, notices): &(&str, u32, u32)| {
                let unit = (!unit.is_empty()).then(|| code(unit));
                let mut row = RollUpRow { unit, ..RollUpRow::default() };
                set(&mut row.ad_hoc, Count::ZERO);
                count(&mut row.attendees, *attendees);
                count(&mut row.notices, *notices);
                row
            };
            let rows = version.iter().map(row).collect();
            batch.send("087", |t| {
                t.submission.file = FilePath::new(name);
                t.submission.body = Body::RollUp(Table { rows, ..Table::default() });
            });
        }
        let summary = batch.summary();
        let told = summary.findings.iter().find(|finding| finding.rule.code == "DV05").unwrap();
        let changes = told.message.split_once(" Số liệu thay đổi: ");
        changes.map_or(String::new(), |(_, changes)| changes.to_owned())
    }

    #[test]
    fn versions_of_a_roll_up_are_told_apart_commune_by_commune() {
        let first: Version<'_> = &[("02947", 10, 1), ("02950", 20, 1)];
        let many = |more: u32| {
            let communes = ["02947", "02950", "02953", "02956", "02959", "02965", "02989"];
            communes.map(|commune| (commune, 10 + more, 1))
        };
        let cases: [([Version<'_>; 2], &str); 7] = [
            ([first, first], ""),
            (
                [first, &[("02947", 10, 1), ("02950", 25, 1)]],
                "Số lượt người tham gia 30 → 35; Xã Tân Tiến: Số lượt người tham gia 20 → 25.",
            ),
            (
                [first, &[("02947", 15, 1), ("02950", 15, 1)]],
                "Thị trấn Phố Ràng: Số lượt người tham gia 10 → 15; \
                 Xã Tân Tiến: Số lượt người tham gia 20 → 15.",
            ),
            (
                [first, &[("02947", 10, 2), ("02953", 20, 1)]],
                "Số thông báo kết luận 2 → 3; không còn Xã Tân Tiến; thêm Xã Nghĩa Đô; \
                 Thị trấn Phố Ràng: Số thông báo kết luận 1 → 2.",
            ),
            (
                [first, &[("02947", 10, 1)]],
                "Số lượt người tham gia 30 → 10; Số thông báo kết luận 2 → 1; \
                 số dòng Biểu 02 2 → 1; không còn Xã Tân Tiến.",
            ),
            // Of a commune's rows the first stands for it; the sums have all.
            (
                [first, &[("02947", 10, 1), ("02950", 20, 1), ("02950", 5, 0), ("", 5, 0)]],
                "Số lượt người tham gia 30 → 40; số dòng Biểu 02 2 → 4.",
            ),
            (
                [&many(0), &many(1)],
                "Số lượt người tham gia 70 → 77; Thị trấn Phố Ràng: Số lượt người tham gia 10 → 11; \
                 Xã Tân Tiến: Số lượt người tham gia 10 → 11; Xã Nghĩa Đô: Số lượt người tham gia 10 → 11; \
                 Xã Vĩnh Yên: Số lượt người tham gia 10 → 11; Xã Điện Quan: Số lượt người tham gia 10 → 11; \
                 cũng thay đổi ở Xã Tân Dương, Xã Bảo Hà.",
            ),
        ];
        for (versions, expected) in cases {
            assert_eq!(told(versions), expected);
        }
    }
}
