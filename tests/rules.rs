//! The literate examples of `fixtures/rules`: each is one change to a clean submission and every
//! finding that it must set off. `UPDATE=1 cargo test --test rules` writes what a run found.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod support;

use qc17::model::Rule;
use qc17::rules::catalogue::CATALOGUE;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::clean;
use support::document::Document;
use support::example::Example;
use support::expected::{Expected, NONE, differences, rewritten};
use support::run::{Outcome, outcome};

/// Pages that are about no rule.
const OTHER_PAGES: [&str; 2] = [clean::PAGE, "README.md"];
/// How a page says that nothing raises its rule yet.
const WAITING: &str = "Chưa dùng: ";

fn pages() -> Vec<Document> {
    let mut paths: Vec<_> =
        std::fs::read_dir(clean::folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let is_page = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        !OTHER_PAGES.contains(&name.as_ref())
    };
    paths.iter().filter(|path| is_page(path)).map(|path| Document::read(path)).collect()
}

fn code_of(page: &Document) -> String {
    page.path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Every rule by its code.
fn rules() -> BTreeMap<&'static str, &'static Rule> {
    CATALOGUE.iter().map(|rule| (rule.code, *rule)).collect()
}

/// An example with what its run gave.
type Tried = Result<(Example, Outcome), String>;

fn tried(page: &Document) -> Vec<Tried> {
    let sections = page.sections();
    let name = code_of(page);
    let try_one = |section: (String, usize, usize)| {
        let title = section.0.clone();
        let example = Example::parse(page, section);
        let result = example.and_then(|example| {
            let outcome = outcome(&example)?;
            Ok((example, outcome))
        });
        result.map_err(|error| format!("{name}.md, \"{title}\": {error}"))
    };
    sections.into_par_iter().map(try_one).collect()
}

#[test]
fn every_example_holds() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    for page in pages() {
        let tried = tried(&page);
        let written = rewritten_page(&page, &tried);
        let mut holds = true;
        for result in tried {
            let fault = match result {
                Ok((example, outcome)) => unlike(&page, &example, &outcome),
                Err(error) => Some(error),
            };
            holds &= fault.is_none();
            faults.extend(fault);
        }
        let same = written.lines().eq(page.lines.iter());
        if update && !same {
            std::fs::write(&page.path, &written).unwrap();
            eprintln!("Đã ghi lại {}.md", code_of(&page));
        }
        assert!(
            same || update || !holds,
            "{}.md holds, and UPDATE would change it",
            code_of(&page)
        );
    }
    assert!(faults.is_empty() || update, "\n{}\n", faults.join("\n"));
}

/// How a run differs from what its example says.
fn unlike(page: &Document, example: &Example, outcome: &Outcome) -> Option<String> {
    let mut said = differences(&example.expected, outcome);
    for figure in &example.figures {
        let actual = figure.actual(outcome);
        if actual != figure.value {
            said.push(format!(
                "{} của {}: {actual}, không phải {}",
                figure.label, figure.unit, figure.value
            ));
        }
    }
    let head = format!("{}.md, \"{}\":", code_of(page), example.title);
    (!said.is_empty()).then(|| format!("{head}\n  {}", said.join("\n  ")))
}

/// The page with the findings and figures of the runs in it.
fn rewritten_page(page: &Document, tried: &[Tried]) -> String {
    let mut lines = page.lines.clone();
    for (example, outcome) in tried.iter().rev().flatten() {
        for figure in &example.figures {
            lines[figure.line] = format!("- {}: {}", figure.label, figure.actual(outcome));
        }
        let found = rewritten(&example.expected, outcome);
        let mut list: Vec<String> = found.iter().map(Expected::line).collect();
        if list.is_empty() {
            list.push(format!("- {NONE}"));
        }
        let (from, to) = example.expected_lines;
        let (from, to) = (from.min(lines.len()), to.min(lines.len()));
        if from == to {
            list.push(String::new());
        }
        lines.splice(from..to, list);
    }
    format!("{}\n", lines.join("\n").trim_end())
}

#[test]
fn every_rule_has_its_page_and_every_page_its_rule() {
    let rules = rules();
    let pages = pages();
    let codes: BTreeSet<String> = pages.iter().map(code_of).collect();
    let expected: BTreeSet<String> = rules.keys().map(|&code| code.to_owned()).collect();
    assert_eq!(codes, expected);
    for page in &pages {
        let code = code_of(page);
        assert_eq!(page.title(), format!("{code} – {}", rules[code.as_str()].title));
    }
}

/// A rule that is never broken, or never kept, is not shown.
#[test]
fn every_page_breaks_its_rule_and_keeps_it() {
    let mut waiting = Vec::new();
    for page in pages() {
        let code = code_of(&page);
        if page.lines.iter().any(|line| line.starts_with(WAITING)) {
            assert!(page.sections().is_empty(), "{code} has examples and says that it waits");
            waiting.push(code);
            continue;
        }
        let examples =
            page.sections().into_iter().map(|section| Example::parse(&page, section).unwrap());
        let head = format!("{code} (");
        let (broken, kept): (Vec<_>, Vec<_>) = examples.partition(|example| {
            example.expected.iter().any(|expected| expected.head.starts_with(&head))
        });
        assert!(
            !broken.is_empty() && !kept.is_empty(),
            "{code}: {} / {}",
            broken.len(),
            kept.len()
        );
    }
    assert_eq!(waiting, [""; 0], "a rule that nothing raises yet");
}
