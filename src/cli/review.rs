//! The yearly review: four quarters read, judged and written in one go.

use super::args::{Format, Input};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::report::{side_by_side, written_words};
use super::review_args::ReviewArgs;
use super::{CLEAN, Done, FINDINGS, Failure, job, print, terminal};
use qc17::aggregate::review::{Review, review as review_of};
use qc17::model::Finding;
use qc17::render::json::review::{review as json, review_to as json_to};
use qc17::render::narrative::Template;
use qc17::render::pdf::Office;
use qc17::render::pdf::review as pdf;
use qc17::render::workbook::review as workbook;
use qc17::render::write::{self, OutputSet};
use rayon::prelude::*;
use std::path::Path;

/// `qc17 review`.
pub(super) fn review(wanted: &ReviewArgs) -> Done {
    interrupt::listen();
    let own = Own::read(wanted.office.as_deref(), wanted.template.as_deref())?;
    let review = read(wanted)?;
    let written = interrupt::while_writing(|stop| {
        write::write_as_made(&wanted.out, wanted.backup, stop, |set| {
            Ok((render(&review, wanted, &own, set)?, Vec::new()))
        })
    })?;
    let Some(names) = written else { return Ok(INTERRUPTED) };
    match wanted.format {
        Format::Json => print(&json(&review))?,
        Format::Human => {
            let mut text = terminal::review(&review);
            text.push_str(&written_words(&wanted.out, &names));
            text.push_str(&dossiers_words(&wanted.out, &names));
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

/// Workbook, PDF, JSON and, where they are asked for, the files of the units, each written while it is made. Gives
/// their names.
fn render(
    review: &Review,
    wanted: &ReviewArgs,
    own: &Own,
    set: &OutputSet<'_>,
) -> Result<Vec<String>, Failure> {
    let office = own.office_of(&review.scope, review.as_of)?;
    let template = own.template(Template::review());
    let name = format!("danh-gia-{}", review.year);
    let [book, report, result] = ["xlsx", "pdf", "json"].map(|kind| format!("{name}.{kind}"));
    let dossiers = side_by_side(
        [
            (&book, &|out| Ok(workbook::review_to(review, out)?)),
            (&report, &|out| Ok(pdf::review_to(review, &office, &template, out)?)),
            (&result, &|out| {
                // Only the disk can fail, and the set knows.
                json_to(review, out).ok();
                Ok(())
            }),
        ],
        set,
        || if wanted.dossier { dossiers(review, &office, set) } else { Ok(Vec::new()) },
    )?;
    Ok([book, report, result].into_iter().chain(dossiers).collect())
}

/// The files of the units; gives their names.
fn dossiers(review: &Review, office: &Office, set: &OutputSet<'_>) -> Result<Vec<String>, Failure> {
    let named = review.units.iter().enumerate();
    let named = named.filter_map(|(at, unit)| Some((at, pdf::dossier_name(unit)?)));
    let named: Vec<(usize, String)> = named.collect();
    let drawn = named.par_iter().try_for_each(|(at, name)| {
        let dossier = pdf::dossier(review, *at, office)?;
        set.add(name, &dossier).map_err(Failure::from)
    });
    drawn.map(|()| named.into_iter().map(|(_, name)| name).collect())
}

/// The files of the units in one line; nothing where there are none.
fn dossiers_words(folder: &Path, names: &[String]) -> String {
    let mut inside = names.iter().filter_map(|name| name.split_once('/'));
    let Some((below, _)) = inside.next() else { return String::new() };
    let units = 1 + inside.count();
    format!("  {}: hồ sơ của {units} đơn vị\n", folder.join(below).display())
}
