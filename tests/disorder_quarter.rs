//! A quarter of submissions in disorder through the whole line: each unit's figures as if all were clean.

#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "support/disorder/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::trivially_copy_pass_by_ref,
    reason = "part of a test: what it builds is small, and a fault in it may end it"
)]
mod disorder;

use disorder::dice::Dice;
use disorder::draft::{Datum, Draft, Kind};
use disorder::judge::Court;
use disorder::mutation::{Mutation, all};
use disorder::{clean, kinds, render};
use qc17::aggregate::{Figure, Summary, Target, Trace};
use qc17::model::{Measure, Period, UnitCode};
use qc17::pipeline::{Job, run, written};
use std::collections::BTreeMap;

/// Seeds that are looked through for submissions of the quarter.
const SEEDS: u64 = 600;

/// A submission of the quarter with disorders that are all read through.
fn submission(court: &Court, period: Period, seed: u64) -> Option<Draft> {
    let mut dice = Dice::new(seed ^ 0x17_0C_70);
    let mut draft = clean::detail(&court.register, &mut dice);
    if draft.truth.period != period {
        return None;
    }
    let harmless =
        |m: &&&Mutation| m.exact && m.of.contains(&Kind::Detail) && m.name != "formula-unstored";
    let list = all();
    let list: Vec<_> = list.iter().filter(harmless).collect();
    for _ in 0..dice.within(2, 6) {
        let mut next = draft.clone();
        if (dice.pick(&list).apply)(&mut next, &mut dice) {
            draft = next;
        }
    }
    Some(draft)
}

fn sum(draft: &Draft, field: &str) -> u64 {
    let rows = draft.truth.tables.get("meetings").expect("Biểu 1");
    rows.iter()
        .map(|row| match row.get(field) {
            Some(Datum::Count(n)) => u64::from(*n),
            _ => 0,
        })
        .sum()
}

fn meetings(draft: &Draft, kind: &'static str) -> u64 {
    let rows = draft.truth.tables.get("meetings").expect("Biểu 1");
    rows.iter().filter(|row| row.get("kind") == Some(&Datum::Code(kind))).map(|_| 1).sum()
}

#[test]
fn every_unit_has_the_figures_of_its_clean_submission() {
    let court = Court::new();
    let period = Period::quarter(2021, 1).expect("a quarter");
    let folder = tempfile::tempdir().expect("a folder");
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    for draft in (0..SEEDS).filter_map(|seed| submission(&court, period, seed)) {
        drafts.entry(draft.truth.unit.clone()).or_insert(draft);
    }
    qc17::open::worker::set_program(env!("CARGO_BIN_EXE_qc17").into());
    for ((unit, draft), (extension, write)) in drafts.iter().zip(kinds::ALL.iter().cycle()) {
        let own = folder.path().join(unit);
        std::fs::create_dir(&own).expect("a folder");
        let name = draft.file.replace(".xlsx", &format!(".{extension}"));
        std::fs::write(own.join(name), write(&render::written(draft).book)).expect("a file");
    }
    let job = court.job(folder.path(), period);
    let summary = run(&job, &|_, _| {}).expect("a summary");
    let mut compared = 0;
    for (unit, draft) in &drafts {
        let Some(line) = UnitCode::parse(unit).and_then(|code| summary.unit(code)) else {
            continue;
        };
        compared += 1;
        for (measure, expected) in [
            (Measure::Periodic, meetings(draft, "periodic")),
            (Measure::AdHoc, meetings(draft, "ad_hoc")),
            (Measure::Attendees, sum(draft, "attendees")),
            (Measure::Opinions, sum(draft, "opinions")),
            (Measure::Answered, sum(draft, "answered")),
            (Measure::Forwarded, sum(draft, "forwarded")),
        ] {
            let tally = line.tallies.get(measure);
            assert_eq!(tally.sum, Some(expected), "{measure:?} of {unit} ({})", draft.file);
        }
    }
    // The sums written in the tables are right, so each must be read with the rows it covers.
    let sums: Vec<_> = summary.findings.iter().filter(|f| f.rule.code == "SL05").collect();
    assert!(sums.is_empty(), "{sums:#?}");
    assert!(compared > 30, "only {compared} units");
    every_figure_is_traced(&job, &summary);
}

/// The cells that make up a figure, as the files have them, add up to it, however the file was disturbed.
fn every_figure_is_traced(job: &Job, summary: &Summary) {
    for figure in Figure::ALL {
        let trace = Trace::of(summary, Target::All, figure);
        let mut cells = Vec::new();
        for unit in &trace.units {
            let sum = i64::try_from(unit.tally.sum.unwrap_or(0)).expect("a small figure");
            assert_eq!(unit.sum(), sum, "{figure:?} of {}: {unit:#?}", unit.code);
            let places = unit.parts.iter().map(|part| &part.place);
            cells.extend(places.filter_map(|place| {
                Some((place.file.clone()?, place.sheet.clone()?, place.cell?))
            }));
        }
        let written = written(job, &cells).expect("the files are still there");
        // Nothing adds to a figure but what stands in a file; what is missing stands in none.
        let blank = [Figure::Of(Measure::Required), Figure::Of(Measure::NoticesMissing)];
        for (file, sheet, cell) in cells.iter().filter(|_| !blank.contains(&figure)) {
            let text = written.get(file, sheet, *cell);
            assert!(text.is_some(), "{figure:?}: {file} {} {cell} is blank", sheet.name);
        }
    }
}
