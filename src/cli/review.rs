//! The yearly review: four quarters read, judged and written in one go.

use super::args::{Format, Input};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::review_args::ReviewArgs;
use super::{CLEAN, Done, FINDINGS, Failure, job, print, terminal};
use qc17::aggregate::review::{Review, review as review_of};
use qc17::model::Finding;
use qc17::render::json::review::review as json;
use qc17::render::narrative::Template;
use qc17::render::pdf::Office;
use qc17::render::pdf::review as pdf;
use qc17::render::workbook::review as workbook;
use qc17::render::write;
use rayon::prelude::*;

type Outputs = Vec<(String, Vec<u8>)>;

/// `qc17 review`.
pub(super) fn review(wanted: &ReviewArgs) -> Done {
    interrupt::listen();
    let own = Own::read(wanted.office.as_deref(), wanted.template.as_deref())?;
    let review = read(wanted)?;
    let outputs = render(&review, wanted, &own)?;
    let written = interrupt::while_writing(|stop| {
        Ok(write::write_all(&wanted.out, &outputs, wanted.backup, stop)?)
    })?;
    if written.is_none() {
        return Ok(INTERRUPTED);
    }
    match wanted.format {
        Format::Json => print(&json(&review))?,
        Format::Human => {
            let mut text = terminal::review(&review);
            text.push_str("\nĐã ghi kết quả:\n");
            for (name, _) in &outputs {
                text.push_str(&format!("  {}\n", wanted.out.join(name).display()));
            }
            print(&text)?;
        }
    }
    let held = review.all_findings().any(|(_, finding)| Finding::is_held_against(finding));
    Ok(if held { FINDINGS } else { CLEAN })
}

fn read(wanted: &ReviewArgs) -> Result<Review, Failure> {
    let input = Input {
        folders: wanted.folders.clone(),
        period: Some(wanted.year),
        history: wanted.history.clone(),
        geography: wanted.geography,
        as_of: wanted.as_of,
        profile: wanted.profile.clone(),
        units: wanted.units.clone(),
        scope: wanted.scope,
        format: wanted.format,
        limits: Vec::new(),
    };
    let job = job::job(&input, Some(wanted.out.clone()))?;
    let progress = Progress::new();
    let series = qc17::pipeline::series(&job, &|done, all| progress.at(done, all));
    progress.done();
    Ok(review_of(series?.quarters, &job.register, wanted.year.year(), job.geography)?)
}

/// Workbook, PDF, JSON and, where they are asked for, the files of the units.
fn render(review: &Review, wanted: &ReviewArgs, own: &Own) -> Result<Outputs, Failure> {
    let office = own.office_of(&review.scope, review.as_of)?;
    let template = own.template(Template::review());
    let (book, (report, units)) = rayon::join(
        || workbook::review(review),
        || {
            rayon::join(
                || pdf::review(review, &office, &template),
                || dossiers(review, &office, wanted.dossier),
            )
        },
    );
    let name = format!("danh-gia-{}", review.year);
    let mut outputs = vec![
        (format!("{name}.xlsx"), book?),
        (format!("{name}.pdf"), report?),
        (format!("{name}.json"), json(review).into_bytes()),
    ];
    outputs.extend(units?);
    Ok(outputs)
}

fn dossiers(review: &Review, office: &Office, asked: bool) -> Result<Outputs, Failure> {
    let units = review.units.par_iter().enumerate().filter(|_| asked);
    let files = units.filter_map(|(at, unit)| {
        let name = pdf::dossier_name(unit)?;
        Some(pdf::dossier(review, at, office).map(|bytes| (name, bytes)))
    });
    Ok(files.collect::<Result<Outputs, _>>()?)
}
