//! `qc17 feedback`: the answer to each unit, without the report.

use super::Done;
use super::args::FeedbackArgs;
use super::interrupt::{self, INTERRUPTED};
use super::report::{read, status, tell};
use qc17::open::Limits;
use qc17::render::feedback as render;
use qc17::render::write;
use std::path::Path;

/// Reads the folders and writes the feedback.
pub(super) fn feedback(wanted: &FeedbackArgs) -> Done {
    interrupt::listen();
    let summary = read(&wanted.input, Some(wanted.out.clone()))?;
    let outputs = render::feedback(&summary, &Limits::default());
    let names: Vec<String> = outputs.iter().map(|(name, _)| name.clone()).collect();
    let stale = stale(&wanted.out, &names);
    let written = interrupt::while_writing(|stop| {
        Ok(write::write_set(&wanted.out, &outputs, &stale, wanted.backup, stop)?)
    })?;
    if written.is_none() {
        return Ok(INTERRUPTED);
    }
    tell(&summary, wanted.input.format, Some((&wanted.out, &names)))?;
    Ok(status(&summary))
}

/// The feedback to units that now have nothing to correct; none where no feedback is written.
pub(super) fn stale(folder: &Path, names: &[String]) -> Vec<String> {
    let prefix = format!("{}/", render::FOLDER);
    if !names.iter().any(|name| name.starts_with(&prefix)) {
        return Vec::new();
    }
    let entries = std::fs::read_dir(folder.join(render::FOLDER));
    let entries = entries.into_iter().flatten().flatten();
    let there = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let there = there.filter(|name| render::is_feedback(name)).map(|n| format!("{prefix}{n}"));
    let mut stale: Vec<String> = there.filter(|name| !names.contains(name)).collect();
    stale.sort();
    stale
}

/// Where the feedback lies; nothing where there is none.
pub(super) fn shown(folder: &Path, names: &[String]) -> String {
    let inside = names.iter().filter_map(|name| name.split_once('/'));
    let (mut below, mut texts) = (None, 0);
    for (name, file) in inside {
        below = Some(folder.join(name));
        texts += usize::from(Path::new(file).extension().is_some_and(|kind| kind == "txt"));
    }
    below.map_or_else(String::new, |below| {
        format!("  {}: phản hồi cho {texts} tệp của đơn vị, biên nhận\n", below.display())
    })
}
