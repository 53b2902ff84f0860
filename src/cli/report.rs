//! The main work: `report` and `check`.

use super::args::{CheckArgs, Format, Input, ReportArgs};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::{CLEAN, Done, FINDINGS, Failure, changes, job, print, terminal};
use qc17::aggregate::Summary;
use qc17::open::Limits;
use qc17::render::json::{json, json_to};
use qc17::render::narrative::Template;
use qc17::render::write::{self, Draft, OutputSet};
use qc17::render::{feedback, pdf, workbook};
use std::path::{Path, PathBuf};

/// `qc17 check`: the findings, without outputs.
pub(super) fn check(wanted: &CheckArgs) -> Done {
    interrupt::listen();
    let earlier = changes::read(&wanted.earlier)?;
    let mut summary = read(&wanted.input, None)?;
    changes::add(earlier.as_ref(), &mut summary)?;
    tell(&summary, wanted.input.format, None)?;
    Ok(ended(summary))
}

/// `qc17 report`: the findings and the outputs.
pub(super) fn report(wanted: &ReportArgs) -> Done {
    interrupt::listen();
    let own = Own::read(wanted.office.as_deref(), wanted.template.as_deref())?;
    // Read first: the earlier result may be the very file that is about to be replaced.
    let earlier = changes::read(&wanted.earlier)?;
    let mut summary = read(&wanted.input, Some(wanted.out.clone()))?;
    changes::add(earlier.as_ref(), &mut summary)?;
    let written = interrupt::while_writing(|stop| {
        write::write_as_made(&wanted.out, wanted.backup, stop, |set| {
            let names = render(&summary, &own, wanted.feedback, set)?;
            let stale = super::feedback::stale(&wanted.out, &names);
            Ok((names, stale))
        })
    })?;
    let Some(names) = written else { return Ok(INTERRUPTED) };
    tell(&summary, wanted.input.format, Some((&wanted.out, &names)))?;
    Ok(ended(summary))
}

/// The exit status. The program ends now: taking millions of texts apart one by one would keep people waiting.
fn ended(summary: Summary) -> u8 {
    let status = status(&summary);
    std::mem::forget(summary);
    status
}

/// Reads the folders up to the summary.
pub(super) fn read(input: &Input, outputs: Option<PathBuf>) -> Result<Summary, Failure> {
    let job = job::job(input, outputs)?;
    let progress = Progress::new();
    let summary = qc17::pipeline::run(&job, &|done, all| progress.at(done, all));
    progress.done();
    Ok(summary?)
}

/// Workbook, PDF, JSON and feedback side by side, each written while it is made. Gives their names.
pub(super) fn render(
    summary: &Summary,
    own: &Own,
    with_feedback: bool,
    set: &OutputSet<'_>,
) -> Result<Vec<String>, Failure> {
    let office = own.office_of(&summary.scope, summary.as_of)?;
    let period = summary.period;
    let book = format!("tong-hop-{period}.xlsx");
    let report = format!("bao-cao-{period}.pdf");
    let result = format!("ket-qua-{period}.json");
    let template = own.template(Template::default());
    let answers = side_by_side(
        [
            (&book, &|out| Ok(workbook::workbook_to(summary, out)?)),
            (&report, &|out| Ok(pdf::pdf_to(summary, &office, &template, out)?)),
            (&result, &|out| {
                // Only the disk can fail, and the set knows.
                json_to(summary, out).ok();
                Ok(())
            }),
        ],
        set,
        || if with_feedback { answers(summary, set) } else { Ok(Vec::new()) },
    )?;
    Ok([book, report, result].into_iter().chain(answers).collect())
}

/// How one output is made.
pub(super) type Make<'a> = &'a (dyn Fn(&mut Draft<'_>) -> Result<(), Failure> + Sync);

/// Makes the outputs side by side, each written while it is made, and `more` beside them. Threads of their own,
/// for each waits for the disk in the end; the heavy work of all is shared out on the same cores.
pub(super) fn side_by_side<T>(
    outputs: [(&str, Make<'_>); 3],
    set: &OutputSet<'_>,
    more: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        let outputs = outputs.map(|(name, make)| scope.spawn(move || set.write(name, make)));
        let more = more();
        for made in outputs {
            made.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        more
    })
}

/// The feedback; gives its names.
fn answers(summary: &Summary, set: &OutputSet<'_>) -> Result<Vec<String>, Failure> {
    let drawn = feedback::feedback(summary, &Limits::default());
    let names = drawn.iter().map(|(name, _)| name.clone()).collect();
    write::together(drawn, |(name, bytes)| set.add(&name, &bytes))?;
    Ok(names)
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
                text.push_str(&written_words(folder, names));
                text.push_str(&super::feedback::shown(folder, names));
            }
            print(&text)
        }
    }
}

/// What was written, a line each; the units' files, of which there may be hundreds, are told apart.
pub(super) fn written_words(folder: &Path, names: &[String]) -> String {
    let top = names.iter().filter(|name| !name.contains('/'));
    let lines = top.map(|name| format!("  {}\n", folder.join(name).display()));
    format!("\nĐã ghi kết quả:\n{}", lines.collect::<String>())
}

/// The exit status of a run that gave a report.
pub(super) fn status(summary: &Summary) -> u8 {
    let errors = summary.findings.iter().any(qc17::model::Finding::is_held_against);
    if errors { FINDINGS } else { CLEAN }
}
