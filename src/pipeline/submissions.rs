//! The submissions in one file: mostly one, but a district may send both its forms in one workbook, or a sheet for each
//! of its communes.

use super::Job;
use super::read::{name_owner, unread};
use crate::check::{Content, ReadFile};
use crate::model::{Span, Text};
use crate::normalise::{Normalised, SheetOwner, Terms, normalise, normalise_sheets, sheet_owners};
use crate::open::{Sheet, Workbook};
use crate::recognise::{Recognised, TableId, recognise};
use std::collections::{BTreeMap, BTreeSet};

/// Recognises and types a workbook: the first submission is put into `read`, the others are given back with
/// the tables that were found. `original` is a further name of the file.
pub(super) fn understood(
    read: &mut ReadFile,
    workbook: &mut Workbook,
    original: Option<&Text>,
    job: &Job,
) -> (BTreeSet<TableId>, Vec<ReadFile>) {
    let mut recognised = recognise(&read.path, workbook, &job.forms);
    if let Some(original) = original {
        recognised.also_named(original.as_str());
    }
    let tables = recognised.tables.iter().map(|table| table.id).collect();
    let owners = sheet_owners(&read.path, workbook, &recognised, terms(job));
    let further = if owners.is_empty() {
        typed_by_form(read, workbook, recognised, job)
    } else {
        of_owners(read, workbook, owners, job)
    };
    (tables, further)
}

fn terms(job: &Job) -> Terms<'_> {
    let asked = job.period.map(Span::last);
    let (forms, codes, register) = (&job.forms, &job.codes, &job.register);
    Terms { forms, codes, register, asked, scope: job.scope }
}

/// Types each form of a workbook.
fn typed_by_form(
    read: &mut ReadFile,
    workbook: &Workbook,
    recognised: Recognised,
    job: &Job,
) -> Vec<ReadFile> {
    let (first, second) = recognised.by_form(&read.path, workbook, &job.forms);
    typed(read, workbook, first, job);
    let second = second.map(|second| {
        let mut other = further_in(read);
        typed(&mut other, workbook, second, job);
        // What is said of the whole file is said once.
        other.findings.retain(|finding| !read.findings.contains(finding));
        other
    });
    second.into_iter().collect()
}

/// Types what was recognised.
pub(super) fn typed(read: &mut ReadFile, workbook: &Workbook, recognised: Recognised, job: &Job) {
    let normalised = normalise(&read.path, workbook, recognised, terms(job));
    take(read, normalised);
}

fn take(read: &mut ReadFile, normalised: Normalised) {
    read.form = normalised.form;
    read.findings.extend(normalised.findings);
    read.content = match normalised.outcome {
        Ok(submission) => Content::Submission(Box::new(submission)),
        Err(rejection) => Content::Rejected(rejection),
    };
    name_owner(read);
}

/// The file once more, for a further submission in it.
fn further_in(read: &ReadFile) -> ReadFile {
    ReadFile {
        kind: read.kind,
        size: read.size,
        sha256: read.sha256.clone(),
        ..unread(&read.path, read.received)
    }
}

/// Sheets in front, without tables of their own, that may tell the quarter of all: more are no title pages.
const MOST_SHARED: usize = 20;
/// Rows of the longest of them.
const LONGEST_SHARED: usize = 60;

/// Types what no unit owns, and then the sheets of each owner as if those of the others were not there.
fn of_owners(
    read: &mut ReadFile,
    workbook: &mut Workbook,
    owners: Vec<SheetOwner>,
    job: &Job,
) -> Vec<ReadFile> {
    let mut owned: BTreeMap<usize, Sheet> = BTreeMap::new();
    for at in owners.iter().flat_map(|owner| &owner.sheets) {
        let sheet = workbook.sheets.get_mut(*at).map(std::mem::take);
        owned.extend(sheet.map(|sheet| (*at, sheet)));
    }
    let rest = recognise(&read.path, workbook, &job.forms);
    let has_rest = !rest.tables.is_empty();
    let mut further = if has_rest { typed_by_form(read, workbook, rest, job) } else { Vec::new() };
    let is_short = |sheet: &&Sheet| (1..=LONGEST_SHARED).contains(&sheet.rows.len());
    let shared: Vec<Sheet> =
        workbook.sheets.iter().filter(is_short).take(MOST_SHARED).cloned().collect();
    for (number, owner) in owners.into_iter().enumerate() {
        let own = owner.sheets.iter().filter_map(|at| owned.remove(at));
        let book = Workbook { sheets: shared.iter().cloned().chain(own).collect() };
        let mut recognised = recognise(&read.path, &book, &job.forms);
        // A reason on another sheet is of whoever compiled the workbook.
        recognised.claims.retain(|claim| {
            let is_shared = claim.sheet.is_some_and(|at| at < shared.len());
            claim.field != "no_meeting_reason" || !is_shared
        });
        let normalised = normalise_sheets(&read.path, &book, recognised, owner, terms(job));
        if number == 0 && !has_rest {
            read.is_compiled = true;
            take(read, normalised);
            continue;
        }
        let mut other = ReadFile { is_compiled: true, ..further_in(read) };
        take(&mut other, normalised);
        further.push(other);
    }
    further
}
