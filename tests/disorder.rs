//! Submissions in disorder: read as if they were clean, or the departure is named. Never a silent difference.

#[path = "support/disorder/mod.rs"]
#[allow(clippy::too_many_lines, reason = "one clean form is one long list of values")]
#[allow(
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
use disorder::draft::{Draft, Kind};
use disorder::judge::{Court, Verdict, judge_read};
use disorder::mutation::{Mutation, all};
use disorder::{clean, kinds, render};
use std::collections::BTreeSet;

/// Seeds of each single mutation.
const SINGLE: u64 = 12;
/// Other combinations than the usual ones, as `first..end`: `DISORDER=30000..90000 cargo test --test disorder`.
const OTHER_SEEDS: &str = "DISORDER";
/// Combinations of several mutations.
const COMBINED: u64 = 3_000;
/// Combinations that go through real files, of each kind in turn.
const FILES: u64 = 500;

fn clean_draft(court: &Court, kind: Kind, dice: &mut Dice) -> Draft {
    match kind {
        Kind::Detail => clean::detail(&court.register, dice),
        Kind::RollUp => clean::rollup(&court.register, dice),
    }
}

fn codes(verdict: &Verdict) -> BTreeSet<&'static str> {
    verdict.findings.iter().map(|finding| finding.rule.code).collect()
}

fn told(verdict: &Verdict) -> String {
    let lines = verdict.findings.iter().map(|finding| {
        let cell = finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("  {} {cell} {}", finding.rule.code, finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn clean_submissions_are_read_without_a_word() {
    let court = Court::new();
    for seed in 0..40 {
        for kind in [Kind::Detail, Kind::RollUp] {
            let draft = clean_draft(&court, kind, &mut Dice::new(seed));
            let verdict = court.judge(&draft);
            assert!(verdict.silent.is_empty(), "{kind:?} {seed}: {:?}", verdict.silent);
            assert!(verdict.exact && verdict.findings.is_empty(), "{seed}:\n{}", told(&verdict));
        }
    }
}

#[test]
fn the_judge_sees_a_figure_that_changed_without_a_word() {
    use qc17::open::Value;
    let court = Court::new();
    for seed in 0..20 {
        let mut draft = clean_draft(&court, Kind::Detail, &mut Dice::new(seed));
        let cells = draft.main().rows().next().unwrap();
        cells.insert("opinions".to_owned(), Value::Number(777.0));
        assert_eq!(court.judge(&draft).silent.len(), 1, "seed {seed}");
        let mut draft = clean_draft(&court, Kind::RollUp, &mut Dice::new(seed));
        draft.main().items.pop();
        assert_eq!(court.judge(&draft).silent.len(), 1, "seed {seed}");
    }
}

#[test]
fn each_disorder_alone_is_read_through_or_named() {
    let court = Court::new();
    let mut faults = Vec::new();
    for mutation in all() {
        let mut applied = 0;
        for seed in 0..SINGLE {
            for kind in mutation.of {
                let mut dice = Dice::new(seed);
                let mut draft = clean_draft(&court, *kind, &mut dice);
                if !(mutation.apply)(&mut draft, &mut dice) {
                    continue;
                }
                applied += 1;
                let verdict = court.judge(&draft);
                let expected: BTreeSet<&str> = mutation.codes.iter().copied().collect();
                let right = codes(&verdict) == expected && (verdict.exact || !mutation.exact);
                if !right || !verdict.silent.is_empty() {
                    faults.push(format!(
                        "{} {kind:?} seed {seed}: exact {}, silent {:#?}\n{}",
                        mutation.name,
                        verdict.exact,
                        verdict.silent,
                        told(&verdict)
                    ));
                    break;
                }
            }
        }
        assert!(applied > 0, "{} was never applied", mutation.name);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What parts a table in two, or leaves no room for other rows or titles, comes last.
const LAST: [&str; 5] = [
    "own-quarter",
    "file-of-other-unit",
    "rows-on-next-sheet",
    "roman-numbers",
    "title-other-span",
];

/// A clean draft with several mutations, and those that were applied.
fn combined(court: &Court, seed: u64) -> (Draft, Vec<&'static Mutation>) {
    let mut dice = Dice::new(seed ^ 0xD150_4DE4);
    let kind = if dice.below(4) == 0 { Kind::RollUp } else { Kind::Detail };
    let mut draft = clean_draft(court, kind, &mut dice);
    let list = all();
    let mut applied: Vec<&Mutation> = Vec::new();
    let mut picked: Vec<&Mutation> = (0..dice.within(2, 6)).map(|_| *dice.pick(&list)).collect();
    // Lines stand at the left of whatever order the columns have.
    picked.sort_by_key(|mutation| (mutation.name != "reordered", LAST.contains(&mutation.name)));
    for mutation in picked {
        let twice = applied.iter().any(|other| other.name == mutation.name);
        let mut next = draft.clone();
        if !twice && mutation.of.contains(&kind) && (mutation.apply)(&mut next, &mut dice) {
            draft = next;
            applied.push(mutation);
        }
    }
    (draft, applied)
}

/// What is wrong with the reading of a combination; none when all is well.
fn fault(seed: u64, applied: &[&Mutation], verdict: &Verdict) -> Option<String> {
    let names: Vec<_> = applied.iter().map(|mutation| mutation.name).collect();
    let allowed: BTreeSet<&str> = applied.iter().flat_map(|m| m.codes).copied().collect();
    let alarms: Vec<_> = codes(verdict).difference(&allowed).copied().collect();
    let exact = verdict.exact || applied.iter().any(|mutation| !mutation.exact);
    (!verdict.silent.is_empty() || !alarms.is_empty() || !exact).then(|| {
        format!(
            "seed {seed} {names:?}: exact {}, false alarms {alarms:?}, silent {:#?}\n{}",
            verdict.exact,
            verdict.silent,
            told(verdict)
        )
    })
}

/// The seeds that are asked for.
fn asked() -> Option<std::ops::Range<u64>> {
    let asked = std::env::var(OTHER_SEEDS).ok()?;
    let (first, end) = asked.split_once("..")?;
    Some(first.parse().ok()?..end.parse().ok()?)
}

#[test]
fn disorders_together_are_read_through_or_named() {
    let court = Court::new();
    let mut faults = Vec::new();
    for seed in asked().unwrap_or(0..COMBINED) {
        let (draft, applied) = combined(&court, seed);
        let verdict = court.judge(&draft);
        faults.extend(fault(seed, &applied, &verdict));
    }
    let few: Vec<_> = faults.iter().take(12).cloned().collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), few.join("\n"));
}

/// What is wrong with the reading of a draft that was written down as a file of that kind.
fn fault_in_file(
    court: &Court,
    draft: &Draft,
    (extension, write): (&str, kinds::Writer),
    (seed, applied): (u64, &[&Mutation]),
) -> Option<String> {
    use qc17::model::submission::FilePath;
    let written = render::written(draft);
    let bytes = write(&written.book);
    let path = FilePath::new(&draft.file.replace(".xlsx", &format!(".{extension}")));
    let opened = qc17::open::open(&path, &bytes, &qc17::open::Limits::default());
    let Some(book) = opened.workbook else {
        return Some(format!("{extension}, seed {seed}: {:?}", opened.findings));
    };
    let verdict = judge_read(draft, &written.places, court.read(draft.kind, path.as_str(), &book));
    fault(seed, applied, &verdict).map(|fault| format!("{extension}, {fault}"))
}

#[test]
fn disorder_in_files_of_every_kind_is_read_as_in_grids() {
    qc17::open::worker::set_program(env!("CARGO_BIN_EXE_qc17").into());
    let court = Court::new();
    let mut faults = Vec::new();
    let seeds = asked().unwrap_or(10_000..10_000 + FILES);
    for (seed, kind) in seeds.zip(kinds::ALL.iter().cycle()) {
        let (draft, applied) = combined(&court, seed);
        // The writers store a result with every formula.
        if applied.iter().all(|mutation| mutation.name != "formula-unstored") {
            faults.extend(fault_in_file(&court, &draft, *kind, (seed, &applied)));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What reads as `85,5%` is stored as a number that its format shows so: no kind of file may give it away as a count.
#[test]
fn a_percentage_is_no_count_in_any_kind_of_file() {
    qc17::open::worker::set_program(env!("CARGO_BIN_EXE_qc17").into());
    let court = Court::new();
    let share = all().into_iter().find(|mutation| mutation.name == "share-of-hundred").unwrap();
    let mut faults = Vec::new();
    for (seed, kind) in (0..60).flat_map(|seed| kinds::ALL.iter().map(move |kind| (seed, *kind))) {
        let mut dice = Dice::new(seed);
        let form = if seed % 2 == 0 { Kind::Detail } else { Kind::RollUp };
        let mut draft = clean_draft(&court, form, &mut dice);
        assert!((share.apply)(&mut draft, &mut dice));
        faults.extend(fault_in_file(&court, &draft, kind, (seed, &[share])));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_page_of_disorder_shows_the_real_messages() {
    let court = Court::new();
    let page = disorder::page::page(&court, |kind, dice| clean_draft(&court, kind, dice));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/so-lieu-lon-xon.md");
    // The part about hostile files is written by their own test.
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let hostile = kept.find("\n## Tệp hỏng").and_then(|at| kept.get(at..)).unwrap_or_default();
    let page = page + hostile;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page, "the page is not up to date: UPDATE=1 cargo test --test disorder");
}
