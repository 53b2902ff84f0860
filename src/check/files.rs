//! What becomes of each file: its fate, its line in the list, and what of it goes on.

use super::batch::{Content, Frame, ReadFile};
use super::checked::FileLine;
use super::choose::version;
use crate::model::{FileStatus, Finding, Submission};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The day on which it came, for the first time, with what it says now.
pub(super) type Received = (Option<NaiveDate>, Box<Submission>);

/// What of each file goes on: what was said of it, and its submission when it is used. On all cores, for much is left
/// behind.
pub(super) fn taken_apart(
    files: Vec<ReadFile>,
    lines: &[FileLine],
    came: &BTreeMap<usize, NaiveDate>,
) -> Vec<(Vec<Finding>, Option<Received>)> {
    let parts = files.into_par_iter().zip(lines).enumerate().map(|(at, (file, line))| {
        let used = line.status == FileStatus::Used;
        // Reading faults of a submission that is not used for this quarter change nothing.
        let counts = used || !matches!(file.content, Content::Submission(_) | Content::PartOf(..));
        let said = if counts { file.findings } else { Vec::new() };
        let submission = match file.content {
            Content::Submission(submission) if used => Some((came.get(&at).copied(), submission)),
            _ => None,
        };
        (said, submission)
    });
    parts.collect()
}

/// The fate of a file that is in use, or replaced by another.
pub(super) fn status_of(
    file: &ReadFile,
    (in_use, replaced): (bool, bool),
    frame: Frame<'_>,
) -> FileStatus {
    match &file.content {
        Content::SetAside | Content::Paper(_) => FileStatus::Ignored,
        Content::Submission(_) if in_use => FileStatus::Used,
        Content::Submission(_) if replaced => FileStatus::Superseded,
        // A good file of the quarter that is not ours to count (DV06).
        Content::Submission(submission) if submission.period == frame.period => FileStatus::Ignored,
        Content::Submission(_) | Content::Rejected(_) | Content::PartOf(..) => FileStatus::Rejected,
    }
}

/// Its line in the list of files.
pub(super) fn file_line(file: &ReadFile, status: FileStatus) -> FileLine {
    FileLine {
        path: file.path.clone(),
        disk: file.disk.clone(),
        sha256: file.sha256.clone(),
        size: file.size,
        form: file.form,
        unit: file.unit(),
        status,
        kind: file.kind,
        answer_sheet: file.answer.sheet,
        version: version(file).max(1),
        received: file.received,
        received_last: file.received_last,
        period: None,
    }
}
