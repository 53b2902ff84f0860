//! Cells as their files have them: what a figure was read from, looked up again in the file itself.

use super::Job;
use super::read::bytes_of;
use super::run::RunError;
use crate::discover::{FoundFile, discover};
use crate::model::CellRef;
use crate::model::privacy::masked;
use crate::model::submission::{FilePath, SheetName};
use crate::normalise::values::shown;
use crate::open::{Archive, Sheet, Value, Workbook, open, repair_workbook};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A cell of a sheet of a file; the sheet by its place among those of its file.
pub type Cell = (FilePath, SheetName, CellRef);

/// What is written in some cells; a blank one has no entry.
#[derive(Debug, Default)]
pub struct Written(BTreeMap<FilePath, Vec<(SheetName, CellRef, String)>>);

impl Written {
    /// What is written in that cell.
    pub fn get(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> Option<&str> {
        let found = self.0.get(file)?.iter().find(|(name, at, _)| name == sheet && *at == cell);
        found.map(|(_, _, text)| text.as_str())
    }
}

/// Looks the cells up. Telephone and identity numbers are masked as everywhere.
pub fn written(job: &Job, cells: &[Cell]) -> Result<Written, RunError> {
    let mut wanted: BTreeMap<&str, BTreeSet<&FilePath>> = BTreeMap::new();
    let mut of_file: BTreeMap<&FilePath, Vec<(&SheetName, CellRef)>> = BTreeMap::new();
    for (file, sheet, cell) in cells {
        let outer = file.as_str().split("!/").next().unwrap_or_default();
        wanted.entry(outer).or_default().insert(file);
        of_file.entry(file).or_default().push((sheet, *cell));
    }
    let (inventory, _) = discover(&job.folders, &[], job.outputs.as_deref())?;
    let files: Vec<&FoundFile> =
        (inventory.files.iter()).filter(|file| wanted.contains_key(file.path.as_str())).collect();
    let read = files.par_iter().flat_map_iter(|file| {
        let inner = wanted.get(file.path.as_str()).into_iter().flatten();
        let asked = inner.filter_map(|path| Some((*path, of_file.get(*path)?.as_slice())));
        looked_up(file, job, &asked.collect::<Vec<_>>())
    });
    Ok(Written(read.collect()))
}

type Found = (FilePath, Vec<(SheetName, CellRef, String)>);

/// What stands in the cells of one file on disk, or of the files in it when it is an archive.
fn looked_up(
    file: &FoundFile,
    job: &Job,
    asked: &[(&FilePath, &[(&SheetName, CellRef)])],
) -> Vec<Found> {
    let Ok(bytes) = bytes_of(file, &job.limits) else { return Vec::new() };
    let mut archive = Archive::open(&file.path, &bytes, &job.limits);
    let mut found = Vec::new();
    for (path, cells) in asked {
        let inner = archive.as_mut().and_then(|archive| {
            let member = archive.members().iter().find(|member| member.path == **path)?.clone();
            archive.read(&member).ok()
        });
        let opened = match (&inner, archive.is_some()) {
            (Some(bytes), _) => open(path, bytes, &job.limits),
            (None, false) => open(path, &bytes, &job.limits),
            (None, true) => continue,
        };
        let Some(mut workbook) = opened.workbook else { continue };
        // As the sender sees it on the screen, whatever the font behind it encodes.
        repair_workbook(path, &mut workbook);
        let texts = cells.iter().filter_map(|(sheet, cell)| {
            let text = text(&workbook, sheet, *cell)?;
            Some(((*sheet).clone(), *cell, masked(&text).into_owned()))
        });
        found.push(((*path).clone(), texts.collect()));
    }
    found
}

fn text(workbook: &Workbook, name: &SheetName, at: CellRef) -> Option<String> {
    // A text file that was put together with others stands at another place than in its own workbook.
    let sheet = match workbook.sheets.as_slice() {
        [only] => Some(only),
        sheets => sheets.iter().find(|sheet| sheet.name.order == name.order),
    };
    let value = value(sheet?, at)?;
    Some(match value {
        Value::Uncomputed => "(công thức chưa có giá trị)".to_owned(),
        value => shown(value).into_owned(),
    })
    .filter(|text| !text.is_empty())
}

/// A merged range shows the value of its first cell wherever one looks.
fn value(sheet: &Sheet, at: CellRef) -> Option<&Value> {
    let within = |first: CellRef, last: CellRef| {
        (first.row..=last.row).contains(&at.row) && (first.col..=last.col).contains(&at.col)
    };
    let merge = sheet.merges.iter().find(|merge| within(merge.first, merge.last));
    let at = merge.map_or(at, |merge| merge.first);
    sheet.cell(at).map(|cell| &cell.value)
}
