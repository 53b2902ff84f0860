//! The main work: `report` and `check`.

use super::args::{CheckArgs, Format, Input, ReportArgs};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::{CLEAN, Done, FINDINGS, Failure, changes, job, print, terminal};
use qc17::aggregate::Summary;
use qc17::open::Limits;
use qc17::render::narrative::Template;
use qc17::render::{feedback, json::json, pdf, workbook};
use std::path::{Path, PathBuf};

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
    let mut outputs = render(&summary, &own, wanted.feedback)?;
    let interrupted = interrupt::while_writing(|stop| {
        super::feedback::write(&wanted.out, &outputs, wanted.backup, stop)
    })?;
    if interrupted {
        return Ok(INTERRUPTED);
    }
    // What is written needs its names only; a nation's outputs are some hundred megabytes.
    for (_, bytes) in &mut outputs {
        *bytes = Vec::new();
    }
    tell(&summary, wanted.input.format, Some((&wanted.out, &outputs)))?;
    Ok(status(&summary))
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

/// Workbook, PDF, JSON and feedback side by side.
pub(super) fn render(
    summary: &Summary,
    own: &Own,
    with_feedback: bool,
) -> Result<Outputs, Failure> {
    let office = own.office_of(&summary.scope, summary.as_of)?;
    let ((workbook, feedback), (pdf, json)) = rayon::join(
        || {
            let feedback = || {
                if with_feedback { feedback::feedback(summary, &Limits::default()) } else { vec![] }
            };
            rayon::join(|| workbook::workbook(summary), feedback)
        },
        || (pdf::pdf_with(summary, &office, &own.template(Template::default())), json(summary)),
    );
    let period = summary.period;
    let mut outputs = vec![
        (format!("tong-hop-{period}.xlsx"), workbook?),
        (format!("bao-cao-{period}.pdf"), pdf?),
        (format!("ket-qua-{period}.json"), json.into_bytes()),
    ];
    outputs.extend(feedback);
    Ok(outputs)
}

pub(super) fn tell(
    summary: &Summary,
    format: Format,
    written: Option<(&Path, &Outputs)>,
) -> Result<(), Failure> {
    match format {
        Format::Json => print(&json(summary)),
        Format::Human => {
            let mut text = terminal::findings(summary);
            text.push_str(&terminal::overview(summary));
            if let Some((folder, outputs)) = written {
                text.push_str("\nĐã ghi kết quả:\n");
                for (name, _) in outputs.iter().filter(|(name, _)| !name.contains('/')) {
                    text.push_str(&format!("  {}\n", folder.join(name).display()));
                }
                text.push_str(&super::feedback::shown(folder, outputs));
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
