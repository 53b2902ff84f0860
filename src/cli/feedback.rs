//! `qc17 feedback`: the answer to each unit, without the report.

use super::Done;
use super::args::FeedbackArgs;
use super::interrupt::{self, INTERRUPTED};
use super::report::{Outputs, read, status, tell};
use qc17::open::Limits;
use qc17::render::feedback as render;
use qc17::render::write::{self, Stop, WriteError};
use std::path::Path;

/// Reads the folders and writes the feedback.
pub(super) fn feedback(wanted: &FeedbackArgs) -> Done {
    interrupt::listen();
    let summary = read(&wanted.input, Some(wanted.out.clone()))?;
    let outputs = render::feedback(&summary, &Limits::default());
    let interrupted =
        interrupt::while_writing(|stop| write(&wanted.out, &outputs, wanted.backup, stop))?;
    if interrupted {
        return Ok(INTERRUPTED);
    }
    tell(&summary, wanted.input.format, Some((&wanted.out, &outputs)))?;
    Ok(status(&summary))
}

/// Writes the outputs, and puts away the feedback of units that now have nothing to correct.
pub(super) fn write(
    folder: &Path,
    outputs: &Outputs,
    backup: bool,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    let prefix = format!("{}/", render::FOLDER);
    let is_new = |name: &str| outputs.iter().any(|(output, _)| output == name);
    let mut stale = Vec::new();
    if outputs.iter().any(|(name, _)| name.starts_with(&prefix)) {
        let entries = std::fs::read_dir(folder.join(render::FOLDER));
        let entries = entries.into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        stale
            .extend(names.filter(|name| render::is_feedback(name)).map(|n| format!("{prefix}{n}")));
    }
    stale.retain(|name| !is_new(name));
    stale.sort();
    write::write_set(folder, outputs, &stale, backup, stop)
}

/// Where the feedback lies; nothing where there is none.
pub(super) fn shown(folder: &Path, outputs: &Outputs) -> String {
    let inside = outputs.iter().filter_map(|(name, _)| name.split_once('/'));
    let (mut below, mut texts) = (None, 0);
    for (name, file) in inside {
        below = Some(folder.join(name));
        texts += usize::from(Path::new(file).extension().is_some_and(|kind| kind == "txt"));
    }
    below.map_or_else(String::new, |below| {
        format!("  {}: phản hồi cho {texts} tệp của đơn vị, biên nhận\n", below.display())
    })
}
