//! One unit may send each table as a text file of its own (.csv): those files are put together.

use super::Job;
use super::read::unread;
use super::submissions::typed;
use crate::check::{Content, ReadFile};
use crate::model::submission::FilePath;
use crate::model::{Period, UnitCode};
use crate::open::Workbook;
use crate::recognise::{TableId, recognise};
use std::collections::{BTreeMap, BTreeSet};

/// A file after reading; the grid of a text file is kept until it is known whether others belong to it.
pub(super) struct Reading {
    /// The file.
    pub(super) file: ReadFile,
    /// Its grid and the tables in it, for a text file.
    pub(super) part: Option<Part>,
}

/// One text file that may be a part of a submission.
pub(super) struct Part {
    workbook: Workbook,
    tables: BTreeSet<TableId>,
}

impl Part {
    /// The part that a recognised text file is; one with several tables needs no others, and a roll-up is a
    /// form of its own.
    pub(super) fn of(workbook: Workbook, tables: BTreeSet<TableId>) -> Option<Self> {
        let whole = tables.len() > 1 || tables.contains(&TableId::RollUp);
        (!whole).then_some(Self { workbook, tables })
    }
}

/// What is said of a file before its tables are looked for.
const OPENING: [&str; 6] = ["TEP01", "TEP02", "TEP03", "TEP04", "TEP06", "TEP07"];

/// Puts files with different tables of one unit and quarter together; two files with the same table
/// are two versions, and stay apart.
pub(super) fn join(mut readings: Vec<Reading>, job: &Job) -> Vec<ReadFile> {
    let mut groups: BTreeMap<(UnitCode, Period), Vec<usize>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        if let (Some(_), Some(unit), Some(period)) =
            (&reading.part, reading.file.unit(), reading.file.period())
        {
            groups.entry((unit, period)).or_default().push(at);
        }
    }
    for group in groups.into_values() {
        join_group(&mut readings, &group, job);
    }
    readings.into_iter().map(|reading| reading.file).collect()
}

fn join_group(readings: &mut [Reading], group: &[usize], job: &Job) {
    let mut tables = BTreeSet::new();
    let mut main = None;
    let mut whole = Workbook::default();
    for at in group {
        let Some(Reading { file, part: Some(part) }) = readings.get(*at) else { return };
        if !part.tables.iter().all(|table| tables.insert(*table)) {
            return;
        }
        if part.tables.contains(&TableId::Meetings) {
            main = Some((*at, file.path.clone()));
        }
        for sheet in &part.workbook.sheets {
            let mut sheet = sheet.clone();
            sheet.name.file = Some(file.path.clone());
            sheet.name.order = u32::try_from(whole.sheets.len()).unwrap_or(u32::MAX);
            whole.sheets.push(sheet);
        }
    }
    let Some((main, path)) = main.filter(|_| group.len() > 1) else { return };
    let recognised = recognise(&path, &whole, &job.forms);
    let mut joined = unread(&path, None);
    typed(&mut joined, &whole, recognised, job);
    // What was noticed while opening stays; what was said of the parts alone is said again of the whole.
    let mut noticed: BTreeMap<FilePath, Vec<_>> = BTreeMap::new();
    for finding in std::mem::take(&mut joined.findings) {
        let of = finding.place.file.clone().unwrap_or_else(|| path.clone());
        noticed.entry(of).or_default().push(finding);
    }
    for at in group {
        let Some(reading) = readings.get_mut(*at) else { continue };
        let file = &mut reading.file;
        file.findings.retain(|finding| OPENING.contains(&finding.rule.code));
        file.findings.extend(noticed.remove(&file.path).unwrap_or_default());
        if *at != main {
            let Some(unit) = joined.unit() else { continue };
            file.form = joined.form;
            file.content = Content::PartOf(unit, path.clone());
        }
    }
    if let Some(reading) = readings.get_mut(main) {
        reading.file.form = joined.form;
        reading.file.content = joined.content;
    }
}
