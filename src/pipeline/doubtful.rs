//! Files that are named as no spreadsheet is (`.pdf`, `.doc`): read when their content is one all the same.

use super::Job;
use super::join::Reading;
use super::read::{
    alone, bytes_of, digest, identify, name_owner, read_archive, read_file, rejected_by_name,
    set_aside_file,
};
use crate::check::batch::Content;
use crate::discover::{FoundFile, Receipts, is_other_archive};
use crate::model::submission::FilePath;
use crate::model::text::word_key;
use crate::model::{Finding, Place, Severity};
use crate::open::{Entry, Kind, Opened, begins_otherwise, open_entry};
use crate::rules::tep::TEP09;
use chrono::NaiveDate;
use std::io::Read;
use std::path::Path;

/// How much of a file is looked at before any more of it is read.
const HEAD: u64 = 4096;

/// What such a file holds; `why` is said when that is no spreadsheet.
pub(super) fn read_doubtful(
    file: &FoundFile,
    why: &str,
    job: &Job,
    receipts: &Receipts,
) -> Vec<Reading> {
    let received = receipts.of(&file.path);
    let may_be = !head(&file.disk).is_some_and(|head| begins_otherwise(&head));
    let Some(bytes) = may_be.then(|| bytes_of(file, &job.limits).ok()).flatten() else {
        let mut aside = left_out(&file.path, why, job);
        if let Some((size, sha256)) = digest(&file.disk, job.limits.file_bytes) {
            (aside.file.size, aside.file.sha256) = (size, sha256);
        }
        return vec![aside];
    };
    match open_entry(&file.path, &bytes, &job.limits) {
        Entry::Archive(archive) => read_archive(file, &bytes, *archive, job, receipts),
        Entry::File(opened) => {
            let open = || opened;
            read_doubtful_member(&file.path, why, &bytes, received, open, job)
        }
    }
}

/// As [`read_doubtful`], for bytes that are there, as those out of an archive are; `open` is asked only where the bytes may be a spreadsheet.
pub(super) fn read_doubtful_member(
    path: &FilePath,
    why: &str,
    bytes: &[u8],
    received: Option<NaiveDate>,
    open: impl FnOnce() -> Opened,
    job: &Job,
) -> Vec<Reading> {
    let opened = (!begins_otherwise(bytes)).then(open);
    let read = opened.and_then(|opened| if_spreadsheet(path, bytes, received, opened, job));
    read.unwrap_or_else(|| {
        let mut aside = left_out(path, why, job);
        identify(&mut aside.file, bytes);
        vec![aside]
    })
}

/// The file as any other, when it is a spreadsheet. Much text could pass for a table, so there only a form is proof.
fn if_spreadsheet(
    path: &FilePath,
    bytes: &[u8],
    received: Option<NaiveDate>,
    opened: Opened,
    job: &Job,
) -> Option<Vec<Reading>> {
    let (kind, lost) = (opened.kind?, opened.workbook.is_none());
    let needs_form = match kind {
        Kind::Csv => true,
        // Of a page that lost its end nobody can tell what it held.
        Kind::Html => !lost,
        _ => false,
    };
    if needs_form && lost {
        return None;
    }
    let read = read_file(path, bytes, received, opened, job);
    let has_form = || read.iter().any(|one| one.file.form.is_some());
    (!needs_form || has_form()).then_some(read)
}

/// The file set aside with what is said of it. Of the unit whose report it is by its name something came, though
/// nobody knows what.
pub(super) fn left_out(path: &FilePath, why: &str, job: &Job) -> Reading {
    let packed = is_other_archive(path.file_name());
    let mut finding = Finding::new(&TEP09, Place::file(path.clone()), why);
    if packed {
        finding = finding.with_severity(Severity::Warning);
    }
    let mut file = set_aside_file(path.clone(), vec![finding]);
    let named = rejected_by_name(path, job);
    if !named.could_be.is_empty() && (packed || named.period.is_some() || is_report(path)) {
        file.content = Content::Paper(named);
        name_owner(&mut file);
    }
    alone(file)
}

/// Whether a file's name speaks of a report.
fn is_report(path: &FilePath) -> bool {
    let words = format!(" {} ", word_key(&path.file_name().replace('_', " ")));
    [" bc ", " bao cao ", " bieu "].iter().any(|word| words.contains(word))
}

fn head(disk: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(disk).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(head)
}
