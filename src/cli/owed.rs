//! `qc17 owed`: what each unit still has to do before the quarter ends, and a draft reminder to each.

use super::args::Format;
use super::interrupt::{self, INTERRUPTED};
use super::owed_args::OwedArgs;
use super::progress::Progress;
use super::{CLEAN, Done, job, print};
use qc17::aggregate::Owed;
use qc17::render::reminder::{self, FOLDER};
use qc17::render::write::{self, Stop, WriteError};
use std::path::Path;

/// Shows what is owed, and writes the reminders where a folder is named.
pub(super) fn owed(wanted: &OwedArgs) -> Done {
    interrupt::listen();
    let job = job::job(&wanted.input, wanted.out.clone())?;
    let progress = Progress::new();
    let summary = qc17::pipeline::run(&job, &|done, all| progress.at(done, all));
    progress.done();
    let summary = summary?;
    let owed = Owed::of(&summary, &job.calendar)?;
    let mut text = match wanted.input.format {
        Format::Human => reminder::list(&owed),
        Format::Json => qc17::render::json::owed::owed(&owed),
    };
    if let Some(folder) = &wanted.out {
        let outputs = reminder::reminders(&owed);
        let written =
            interrupt::while_writing(|stop| Ok(replace(folder, &outputs, wanted.backup, stop)?))?;
        if written.is_none() {
            return Ok(INTERRUPTED);
        }
        if wanted.input.format == Format::Human {
            let below = folder.join(FOLDER);
            let count = outputs.len();
            text.push_str(&format!(
                "\nĐã ghi dự thảo nhắc việc cho {count} đơn vị: {}\n",
                below.display()
            ));
        }
    }
    print(&text)?;
    Ok(CLEAN)
}

/// Writes the reminders, and puts away those of units that now owe nothing.
fn replace(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    backup: bool,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    let entries = std::fs::read_dir(folder.join(FOLDER));
    let names = (entries.into_iter().flatten().flatten())
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut stale: Vec<String> = names
        .filter(|name| reminder::is_reminder(name))
        .map(|name| format!("{FOLDER}/{name}"))
        .filter(|name| !outputs.iter().any(|(output, _)| output == name))
        .collect();
    stale.sort();
    write::write_set(folder, outputs, &stale, backup, stop)
}
