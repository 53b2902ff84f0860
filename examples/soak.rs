//! Many runs in one process, each on a folder in random disorder: the same seed gives the same outputs, and
//! memory stays flat.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a trial: it may stop where something is wrong"
)]

#[path = "../tests/support/disorder/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::trivially_copy_pass_by_ref,
    clippy::wildcard_imports,
    reason = "the generator of the tests"
)]
mod disorder;

use disorder::dice::Dice;
use disorder::draft::Draft;
use disorder::judge::Court;
use disorder::mutation::all;
use disorder::{clean, kinds, render as draw};
use qc17::model::{Period, hex};
use qc17::open::{Limits, worker};
use qc17::pipeline::run;
use qc17::render::{feedback, json, pdf, workbook};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::panic;
use std::path::Path;

/// Submissions in a folder.
const FILES: u64 = 12;
/// Every folder is run this often, each time long after the last.
const ROUNDS: u64 = 4;

fn main() {
    // Files of Excel 97-2003 are read by this program called once more, as the real one does it.
    if std::env::args().nth(1).is_some_and(|word| word == worker::ARGUMENT) {
        return worker::serve().expect("files to read");
    }
    worker::set_program(std::env::current_exe().expect("this program"));
    let runs: u64 =
        std::env::args().nth(1).map_or(1_000, |runs| runs.parse().expect("a number of runs"));
    let seeds = (runs / ROUNDS).max(1);
    panic::set_hook(Box::new(|panicked| println!("{panicked}")));
    let court = Court::new();
    let mut answers: BTreeMap<u64, String> = BTreeMap::new();
    let mut memory = Vec::new();
    for at in 0..runs {
        let seed = at % seeds;
        let folder = tempfile::tempdir().expect("a scratch folder");
        fill(folder.path(), &court, seed);
        let answer = answer(folder.path());
        let known = answers.entry(seed).or_insert_with(|| answer.clone());
        assert_eq!(*known, answer, "run {at}: seed {seed} gave something else before");
        if (at + 1) % (runs / 10).max(1) == 0 {
            let resident = resident();
            println!("{:>6} runs  {:>6} KiB resident", at + 1, resident);
            memory.push(resident);
        }
    }
    let different: std::collections::BTreeSet<_> = answers.values().collect();
    println!(
        "{} folders, {} different answers, each the same {ROUNDS} times",
        answers.len(),
        different.len()
    );
    assert!(different.len() * 2 > answers.len(), "the folders hardly differ");
    // The first tenth fills what stays in use; from there on nothing may pile up.
    let (first, last) = (memory[0], memory[memory.len() - 1]);
    assert!(last <= first + first / 4, "memory grew from {first} to {last} KiB");
}

/// Submissions of any unit and quarter in any kind of file, each with a few things wrong, some of them beyond
/// reading.
fn fill(folder: &Path, court: &Court, seed: u64) {
    for n in 0..FILES {
        let mut dice = Dice::new(seed * FILES + n);
        let mut draft = clean::detail(&court.register, &mut dice);
        let list = all();
        for _ in 0..dice.within(0, 6) {
            let mut next: Draft = draft.clone();
            if (dice.pick(&list).apply)(&mut next, &mut dice) {
                draft = next;
            }
        }
        // Two disorders may ask for what no workbook can hold; such a unit sends nothing.
        let (_, written) = dice.pick(&kinds::ALL);
        let drawn = panic::catch_unwind(|| written(&draw::written(&draft).book));
        let Ok(mut bytes) = drawn else { continue };
        if dice.below(12) == 0 {
            bytes.truncate(dice.below(bytes.len()));
        }
        let own = folder.join(n.to_string());
        fs::create_dir(&own).expect("a folder");
        fs::write(own.join(&draft.file), bytes).expect("a file");
    }
}

/// The digest of everything that a run gives, or of its refusal.
fn answer(folder: &Path) -> String {
    let period = Period::quarter(2021, 1).expect("a quarter");
    let job = Court::new().job(folder, period);
    let summary = run(&job, &|_, _| {}).expect("a summary");
    let mut digest = Sha256::new();
    digest.update(json::json(&summary));
    digest.update(workbook::workbook(&summary).expect("a workbook"));
    digest.update(
        pdf::pdf(&summary, &pdf::Office::usual(&summary.scope, summary.as_of)).expect("a report"),
    );
    for (name, bytes) in feedback::feedback(&summary, &Limits::default()) {
        digest.update(name);
        digest.update(bytes);
    }
    hex(&digest.finalize())
}

/// What of this process lies in memory now, in KiB, as the system counts it.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}
