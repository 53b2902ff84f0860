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
    let (first, second) = recognised.by_form(&read.path, workbook);
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

/// Types the sheets of each owner as if the others were not there, and then what is left of the workbook.
fn of_owners(
    read: &mut ReadFile,
    workbook: &mut Workbook,
    owners: Vec<SheetOwner>,
    job: &Job,
) -> Vec<ReadFile> {
    let mut owned: BTreeMap<usize, Sheet> = BTreeMap::new();
    for at in owners.iter().flat_map(|owner| &owner.sheets) {
        owned.extend(workbook.sheets.get_mut(*at).map(|sheet| (*at, emptied(sheet))));
    }
    let mut further = Vec::new();
    let rest = recognise(&read.path, workbook, &job.forms);
    let rest = (!rest.tables.is_empty()).then_some(rest);
    let has_rest = rest.is_some();
    if let Some(rest) = rest {
        further.extend(typed_by_form(read, workbook, rest, job));
    }
    for (number, owner) in owners.into_iter().enumerate() {
        let sheets = owner.sheets.clone();
        swap(workbook, &mut owned, &sheets);
        let mut recognised = recognise(&read.path, workbook, &job.forms);
        // A reason on another sheet is of whoever compiled the workbook.
        recognised.claims.retain(|claim| {
            claim.field != "no_meeting_reason" || claim.sheet.is_none_or(|at| sheets.contains(&at))
        });
        let normalised = normalise_sheets(&read.path, workbook, recognised, owner, terms(job));
        swap(workbook, &mut owned, &sheets);
        if number == 0 && !has_rest {
            read.is_compiled = true;
            take(read, normalised);
            continue;
        }
        let mut other = ReadFile { is_compiled: true, ..further_in(read) };
        take(&mut other, normalised);
        further.push(other);
    }
    for (at, sheet) in owned {
        if let Some(place) = workbook.sheets.get_mut(at) {
            *place = sheet;
        }
    }
    further
}

/// Takes a sheet out of its workbook; its name stays, so that places and numbers of sheets hold.
fn emptied(sheet: &mut Sheet) -> Sheet {
    let shell = Sheet { name: sheet.name.clone(), ..Sheet::default() };
    std::mem::replace(sheet, shell)
}

/// Puts those sheets in, or takes them out again.
fn swap(workbook: &mut Workbook, owned: &mut BTreeMap<usize, Sheet>, sheets: &BTreeSet<usize>) {
    for at in sheets {
        if let (Some(inside), Some(outside)) = (workbook.sheets.get_mut(*at), owned.get_mut(at)) {
            std::mem::swap(inside, outside);
        }
    }
}
