//! `qc17 feedback`: the answer to each unit, without the report.

use super::args::FeedbackArgs;
use super::interrupt::{self, INTERRUPTED};
use super::report::{Outputs, read, status, tell};
use super::{Done, Failure};
use qc17::open::Limits;
use qc17::render::{feedback as render, write};
use std::path::Path;

/// Reads the folders and writes the feedback.
pub(super) fn feedback(wanted: &FeedbackArgs) -> Done {
    interrupt::listen();
    let summary = read(&wanted.input, Some(wanted.out.clone()))?;
    let outputs = render::feedback(&summary, &Limits::default());
    let (written, interrupted) =
        interrupt::while_writing(|| write::write_all(&wanted.out, &outputs, wanted.backup));
    written.map_err(Failure::from)?;
    if interrupted {
        return Ok(INTERRUPTED);
    }
    tell(&summary, wanted.input.format, Some((&wanted.out, &outputs)))?;
    Ok(status(&summary))
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
