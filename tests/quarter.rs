//! A whole committed quarter through the library: equal to a truth that was counted apart from the program,
//! and to texts kept for review, which `UPDATE=1 cargo test --test quarter` rewrites.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]

#[path = "support/quarter.rs"]
mod quarter;

use qc17::aggregate::{Measure, Summary, Tallies};
use qc17::model::Level;
use quarter::{checkout, summary};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

fn truth() -> Value {
    let text = std::fs::read_to_string(checkout("fixtures/2021-Q1.truth.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn result() -> Value {
    serde_json::from_str(&qc17::render::json::json(&summary())).unwrap()
}

#[test]
fn every_unit_has_the_figures_of_the_truth() {
    let (result, truth) = (result(), truth());
    let (units, expected) =
        (result["units"].as_array().unwrap(), truth["units"].as_array().unwrap());
    assert_eq!(units.len(), expected.len());
    for (unit, expected) in units.iter().zip(expected) {
        let mut expected = expected.as_object().unwrap().clone();
        let case = expected.shift_remove("case");
        for (key, value) in &expected {
            assert_eq!(&unit[key], value, "{key} of {} ({case:?})", expected["code"]);
        }
    }
}

#[test]
fn every_level_has_the_sums_of_the_truth() {
    let (result, truth) = (result(), truth());
    for key in ["period", "scope", "as_of"] {
        assert_eq!(result[key], truth[key], "{key}");
    }
    for level in ["province", "districts", "communes"] {
        for (key, value) in truth["totals"][level].as_object().unwrap() {
            assert_eq!(&result["totals"][level][key], value, "{key} of {level}");
        }
    }
}

#[test]
fn exactly_the_findings_of_the_truth_are_made() {
    let (result, truth) = (result(), truth());
    let found = result["diagnostics"].as_array().unwrap();
    let expected = truth["findings"].as_array().unwrap();
    let about = |finding: &Value| (finding["code"].to_string(), finding["unit"].to_string());
    let kinds = |findings: &[Value]| findings.iter().map(about).collect::<BTreeSet<_>>();
    assert_eq!(kinds(found), kinds(expected));
    for wanted in expected {
        let fits = |finding: &&Value| {
            let same = |key: &str| wanted[key].is_null() || finding[key] == wanted[key];
            about(finding) == about(wanted) && same("file") && same("cell")
        };
        assert!(found.iter().any(|finding| fits(&finding)), "{wanted}");
    }
}

/// What each file of the quarter became; the truth names only those with a fault.
#[test]
fn every_file_is_accounted_for() {
    let summary = summary();
    let mut on_disk = BTreeSet::new();
    let mut open = vec![checkout("fixtures/2021-Q1")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(checkout("fixtures/2021-Q1")).unwrap();
                on_disk.insert(below.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let listed: BTreeSet<_> =
        summary.files.iter().map(|file| file.path.as_str().to_owned()).collect();
    assert_eq!(listed, on_disk);
    let of = |status: &str| summary.files.iter().filter(|f| f.status.key() == status).count();
    assert_eq!(
        ["used", "superseded", "rejected", "ignored"].map(of),
        [157, 1, 4, 2],
        "a truncated, an empty, a text file and one of another quarter; receipts and a lock file"
    );
}

#[test]
fn the_quarter_reads_as_agreed() {
    let summary = summary();
    for (name, text) in
        [("findings", findings(&summary)), ("units", units(&summary)), ("totals", totals(&summary))]
    {
        let path = checkout("tests/golden/2021-Q1").join(name).with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let agreed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert_eq!(text, agreed, "{}: review with UPDATE=1 and git diff", path.display());
    }
}

/// Every finding with all that it carries, by file.
fn findings(summary: &Summary) -> String {
    let mut out = String::new();
    let mut last = None;
    for finding in &summary.findings {
        let file = finding.place.file.as_ref().map_or("(không có tệp)", |file| file.as_str());
        if last != Some(file) {
            writeln!(out, "{file}").unwrap();
            last = Some(file);
        }
        let sheet = finding.place.sheet.as_ref().map_or("", |sheet| &sheet.name);
        let cell = finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        let unit = finding.unit.map(|unit| unit.to_string()).unwrap_or_default();
        let rule = finding.rule;
        writeln!(
            out,
            "  {} {} | {} | {unit} | {sheet} | {cell} | {}\n    {}\n    {}",
            rule.code,
            rule.slug,
            finding.severity.label(),
            finding.value.as_deref().unwrap_or_default(),
            finding.message,
            finding.help
        )
        .unwrap();
    }
    out
}

/// Every unit in one line; `*` marks a figure with a hole, `-` one that is not reported.
fn units(summary: &Summary) -> String {
    let mut out = String::new();
    for line in &summary.units {
        let day = line.submitted.map(|day| day.to_string()).unwrap_or_default();
        writeln!(
            out,
            "{} {} | {} {day} | {} | {}",
            line.unit.code,
            line.unit.full_name(),
            line.submission.label(),
            line.verdict.label(),
            figures(&line.tallies)
        )
        .unwrap();
    }
    out
}

fn totals(summary: &Summary) -> String {
    let mut out = String::new();
    for level in Level::ALL {
        writeln!(out, "{}", level.label()).unwrap();
        let tallies = &summary.totals[&level];
        for measure in Measure::ALL {
            writeln!(out, "  {} = {}", measure.label(), figure(tallies, measure)).unwrap();
        }
    }
    writeln!(out, "lĩnh vực: K1 K2 K3 K4 K5 không rõ").unwrap();
    for (subject, name) in &summary.subject_names {
        let line = summary.subjects.lines.get(subject).cloned().unwrap_or_default();
        writeln!(out, "  {name} = {:?} {}", line.outcomes, line.unread).unwrap();
    }
    writeln!(out, "  Chưa phân lĩnh vực = {}", summary.subjects.unclassified).unwrap();
    out
}

fn figures(tallies: &Tallies) -> String {
    let all: Vec<String> =
        Measure::ALL.into_iter().map(|measure| figure(tallies, measure)).collect();
    all.join(" ")
}

fn figure(tallies: &Tallies, measure: Measure) -> String {
    let tally = tallies.get(measure);
    let sum = tally.sum.map_or("-".to_owned(), |sum| sum.to_string());
    if tally.incomplete { format!("{sum}*") } else { sum }
}
