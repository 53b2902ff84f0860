//! Findings that say one thing of many cells of a column, told once: one habit of one officer is one thing to mend.

use crate::model::cell::column_letters;
use crate::model::{CellRef, Finding, Period, Severity, UnitCode};
use std::collections::BTreeMap;

/// So many cells are told one by one; beyond them the first stands for all.
const MOST_ALONE: usize = 5;
/// Runs of rows that a message lists.
const MOST_RUNS: usize = 6;

/// What findings have in common that are told once; the file and the sheet by their words.
type Key<'a> =
    (&'static str, &'a str, Option<u32>, u32, Option<UnitCode>, Severity, Option<Period>, &'a str);

/// The findings in the same order, those that say the same of many cells of a column as one.
pub(super) fn told_once(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(key) = key(finding) {
            groups.entry(key).or_default().push(at);
        }
    }
    let mut others: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for group in groups.into_values().filter(|group| group.len() > MOST_ALONE) {
        if let Some((first, rest)) = group.split_first() {
            others.insert(*first, rest.to_vec());
        }
    }
    if others.is_empty() {
        return findings;
    }
    let cell = |at: &usize| findings.get(*at).and_then(|finding| finding.place.cell);
    let cells: BTreeMap<usize, Vec<CellRef>> = others
        .iter()
        .map(|(first, rest)| (*first, rest.iter().filter_map(cell).collect()))
        .collect();
    let told: std::collections::BTreeSet<usize> = others.into_values().flatten().collect();
    let all = findings.into_iter().enumerate().filter(|(at, _)| !told.contains(at));
    all.map(|(at, finding)| match cells.get(&at) {
        Some(also) => of_all(finding, also),
        None => finding,
    })
    .collect()
}

fn key(finding: &Finding) -> Option<Key<'_>> {
    let file = finding.place.file.as_ref()?;
    let cell = finding.place.cell?;
    Some((
        finding.rule.code,
        file.as_str(),
        finding.place.sheet.as_ref().map(|sheet| sheet.order),
        cell.col,
        finding.unit,
        finding.severity,
        finding.period,
        finding.message.as_str(),
    ))
}

/// The finding with the other cells named; what it is about stays what it was.
fn of_all(mut finding: Finding, also: &[CellRef]) -> Finding {
    finding.about = Some(finding.matter());
    finding.message =
        format!("{} Cùng như vậy ở {} ô khác: {}.", finding.message, also.len(), runs(also));
    finding.also = also.to_vec();
    finding
}

/// Cells of one column as runs of rows: `E3–E52, E60`.
fn runs(cells: &[CellRef]) -> String {
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in cells {
        match runs.last_mut() {
            Some((_, last)) if last.row + 1 == cell.row => *last = *cell,
            _ => runs.push((*cell, *cell)),
        }
    }
    let one = |(first, last): &(CellRef, CellRef)| {
        let name =
            |cell: &CellRef| format!("{}{}", column_letters(cell.col), u64::from(cell.row) + 1);
        if first == last { name(first) } else { format!("{}–{}", name(first), name(last)) }
    };
    let listed: Vec<String> = runs.iter().take(MOST_RUNS).map(one).collect();
    let more = if runs.len() > MOST_RUNS { ", …" } else { "" };
    listed.join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use crate::model::submission::{FilePath, SheetName};
    use crate::rules::dl::{DL02, DL04};

    fn at(row: u32, message: &str) -> Finding {
        let sheet = SheetName::new("B2", 2);
        let place = Place::sheet(&FilePath::new("a.xlsx"), &sheet, Some(CellRef::new(row, 4)));
        Finding::new(&DL04, place, message)
    }

    #[test]
    fn one_habit_is_told_once() {
        let rows = [2, 3, 4, 6, 7, 9];
        let mut all: Vec<Finding> = rows.iter().map(|row| at(*row, "Ô ghi UBND TP.")).collect();
        all.insert(3, at(5, "Ô ghi khác."));
        let key = all[0].key();
        let told = told_once(all);
        let said: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
        let once = "Ô ghi UBND TP. Cùng như vậy ở 5 ô khác: E4–E5, E7–E8, E10.";
        assert_eq!(said, [once, "Ô ghi khác."]);
        assert_eq!(told[0].also.len(), 5);
        assert_eq!(told[0].key(), key);
    }

    #[test]
    fn few_cells_and_other_things_are_told_each() {
        let few: Vec<Finding> = (0..5).map(|row| at(row, "Ô ghi UBND TP.")).collect();
        assert_eq!(told_once(few.clone()), few);
        let mut other: Vec<Finding> = (0..6).map(|row| at(row, "Ô ghi UBND TP.")).collect();
        other[1].rule = &DL02;
        other[2].unit = UnitCode::parse("02635");
        assert_eq!(told_once(other.clone()), other);
        let mut nowhere: Vec<Finding> = (0..9).map(|row| at(row, "x")).collect();
        for one in &mut nowhere {
            one.place.cell = None;
        }
        assert_eq!(told_once(nowhere.clone()), nowhere);
    }

    #[test]
    fn many_runs_are_cut_short() {
        let cells: Vec<CellRef> = (0..20).map(|at| CellRef::new(at * 2, 0)).collect();
        assert_eq!(runs(&cells), "A1, A3, A5, A7, A9, A11, …");
    }
}
