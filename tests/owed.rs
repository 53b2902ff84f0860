//! What is still owed, as the program lists it and writes it into reminders.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Small, checkout, content, program, qc17, ran};
use std::process::Command;

/// `qc17 owed` of a district in the committed quarter, three weeks before it ends.
fn owed() -> Command {
    let mut command = program();
    command.arg("owed").arg(checkout("fixtures/2021-Q1"));
    command.args(["--period", "2021-Q1", "--scope", "082", "--as-of", "2021-03-10"]);
    command
}

#[test]
fn the_list_and_the_reminders_read_as_agreed() {
    let small = Small::new();
    let done = ran(owed().arg("--out").arg(small.output()));
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    let (list, told) = done.out.rsplit_once("\nĐã ghi dự thảo nhắc việc cho ").unwrap();
    let files = content(&small.output());
    assert!(told.starts_with(&format!("{} đơn vị", files.len())), "{told}");
    let mut all = list.to_owned();
    for (name, text) in &files {
        let name = name.to_str().unwrap().replace('\\', "/");
        all.push_str(&format!("\n=== {name}\n{}", String::from_utf8(text.clone()).unwrap()));
    }
    let file = checkout("tests/golden/owed.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &all).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(all, kept, "UPDATE=1 cargo test --test owed rewrites it");
    assert_eq!(ran(&mut owed()).out, list, "without a folder only the list is shown");
}

#[test]
fn a_day_and_a_quarter_are_needed() {
    let folder = checkout("fixtures/2021-Q1");
    let folder = folder.to_str().unwrap();
    for (words, told) in [
        (&["--period", "2021-Q1"][..], "--as-of"),
        (&["--period", "2021-H1", "--as-of", "2021-03-10"], "--history"),
    ] {
        let done = qc17(["owed", folder].iter().chain(words));
        assert!(done.refusal().contains(told), "{}", done.err);
    }
}
