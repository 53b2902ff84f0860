//! The main work: `report` and `check`.

use super::args::{CheckArgs, Format, Input, ReportArgs};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::{CLEAN, Done, FINDINGS, Failure, changes, job, print, terminal};
use qc17::aggregate::Summary;
use qc17::open::Limits;
use qc17::render::narrative::Template;
use qc17::render::write::Staged;
use qc17::render::{feedback, json::json, pdf, workbook};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// `qc17 check`: the findings, without outputs.
pub(super) fn check(wanted: &CheckArgs) -> Done {
    interrupt::listen();
    let earlier = changes::read(&wanted.earlier)?;
    let mut summary = read(&wanted.input, None)?;
    changes::add(earlier.as_ref(), &mut summary)?;
    tell(&summary, wanted.input.format, None)?;
    Ok(status(&summary))
}

/// `qc17 report`: the findings and the outputs.
pub(super) fn report(wanted: &ReportArgs) -> Done {
    interrupt::listen();
    let own = Own::read(wanted.office.as_deref(), wanted.template.as_deref())?;
    // Read first: the earlier result may be the very file that is about to be replaced.
    let earlier = changes::read(&wanted.earlier)?;
    let mut summary = read(&wanted.input, Some(wanted.out.clone()))?;
    changes::add(earlier.as_ref(), &mut summary)?;
    let (written, interrupted) = interrupt::while_writing(|| written(&summary, &own, wanted));
    let names = written?;
    if interrupted {
        return Ok(INTERRUPTED);
    }
    tell(&summary, wanted.input.format, Some((&wanted.out, &names)))?;
    let status = status(&summary);
    // The process ends here, and the system takes all of it back at once.
    std::mem::forget(summary);
    Ok(status)
}

/// Makes the outputs, each on its way to the disk while the next is made, and moves them into place
/// together unless the user has thought better of it; gives their names.
fn written(summary: &Summary, own: &Own, wanted: &ReportArgs) -> Result<Vec<String>, Failure> {
    let staged = Staged::open(&wanted.out)?;
    let answers = Mutex::new(Vec::new());
    make(summary, own, wanted.feedback, &|made| match made {
        Made::Output(name, pieces) => Ok(staged.put(&name, &pieces)?),
        Made::Feedback(files) => {
            staged.put_all(&files)?;
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.extend(files.into_iter().map(|(name, _)| name));
            Ok(())
        }
    })?;
    let mut names = Vec::from(names(summary));
    names.append(&mut answers.lock().unwrap_or_else(PoisonError::into_inner));
    if !interrupt::asked() {
        staged.commit(&super::feedback::stale(&wanted.out, &names), wanted.backup)?;
    }
    Ok(names)
}

/// Reads the folders up to the summary.
pub(super) fn read(input: &Input, outputs: Option<PathBuf>) -> Result<Summary, Failure> {
    let job = job::job(input, outputs)?;
    let progress = Progress::new();
    let summary = qc17::pipeline::run(&job, &|done, all| progress.at(done, all));
    progress.done();
    Ok(summary?)
}

/// Each output with its name.
pub(super) type Outputs = Vec<(String, Vec<u8>)>;

/// The names of workbook, PDF and JSON.
fn names(summary: &Summary) -> [String; 3] {
    let period = summary.period;
    [
        format!("tong-hop-{period}.xlsx"),
        format!("bao-cao-{period}.pdf"),
        format!("ket-qua-{period}.json"),
    ]
}

/// What has been made and may be written.
enum Made {
    /// One of the three, in pieces.
    Output(String, Vec<Vec<u8>>),
    /// The answers to the units.
    Feedback(Outputs),
}

/// Makes workbook, PDF, JSON and feedback side by side, and gives each away as soon as it is there.
fn make(
    summary: &Summary,
    own: &Own,
    with_feedback: bool,
    keep: &(impl Fn(Made) -> Result<(), Failure> + Sync),
) -> Result<(), Failure> {
    let office = own.office_of(&summary.scope, summary.as_of)?;
    let [book, report, result] = names(summary);
    let book = || keep(Made::Output(book, workbook::pieces(summary)?));
    let feedback = || {
        let files =
            if with_feedback { feedback::feedback(summary, &Limits::default()) } else { vec![] };
        keep(Made::Feedback(files))
    };
    let report = || {
        let template = own.template(Template::default());
        keep(Made::Output(report, vec![pdf::pdf_with(summary, &office, &template)?]))?;
        keep(Made::Output(result, vec![json(summary).into_bytes()]))
    };
    let ((book, feedback), report) = rayon::join(|| rayon::join(book, feedback), report);
    book.and(report).and(feedback)
}

/// All outputs in memory.
pub(super) fn render(
    summary: &Summary,
    own: &Own,
    with_feedback: bool,
) -> Result<Outputs, Failure> {
    let made: Mutex<Outputs> = Mutex::default();
    make(summary, own, with_feedback, &|one| {
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        match one {
            Made::Output(name, pieces) => made.push((name, pieces.concat())),
            Made::Feedback(files) => made.extend(files),
        }
        Ok(())
    })?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    // They come in the order in which they happened to be ready.
    let order = names(summary);
    made.sort_by_key(|(name, _)| {
        order.iter().position(|known| known == name).unwrap_or(order.len())
    });
    Ok(made)
}

pub(super) fn tell(
    summary: &Summary,
    format: Format,
    written: Option<(&Path, &[String])>,
) -> Result<(), Failure> {
    match format {
        Format::Json => print(&json(summary)),
        Format::Human => {
            let mut text = terminal::findings(summary);
            text.push_str(&terminal::overview(summary));
            if let Some((folder, names)) = written {
                text.push_str("\nĐã ghi kết quả:\n");
                for name in names.iter().filter(|name| !name.contains('/')) {
                    text.push_str(&format!("  {}\n", folder.join(name).display()));
                }
                text.push_str(&super::feedback::shown(folder, names));
            }
            print(&text)
        }
    }
}

/// The exit status of a run that gave a report.
pub(super) fn status(summary: &Summary) -> u8 {
    let errors = summary.findings.iter().any(qc17::model::Finding::is_held_against);
    if errors { FINDINGS } else { CLEAN }
}
