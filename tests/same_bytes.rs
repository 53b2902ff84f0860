//! The same input gives the same bytes: twice, elsewhere, under another clock, language and number of threads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{assert_whole, checkout, content, program};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// The three outputs of the committed quarter, read from that folder, by a command made ready by `prepare`.
fn outputs(folder: &Path, prepare: impl FnOnce(&mut Command)) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let mut command = program();
    command.arg("report").arg(folder).args(["--period", "2021-Q1"]).arg("--out").arg(out.path());
    prepare(&mut command);
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert_whole(out.path())
}

fn assert_same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    for (name, bytes) in one {
        let at = bytes.iter().zip(&other[name]).position(|(a, b)| a != b);
        let (len, other_len) = (bytes.len(), other[name].len());
        assert!(
            at.is_none() && len == other_len,
            "{what}: {} differs at {at:?} ({len}, {other_len})",
            name.display()
        );
    }
}

#[test]
fn nothing_around_the_run_reaches_an_output() {
    let quarter = checkout("fixtures/2021-Q1");
    let first = outputs(&quarter, |_| {});
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = outputs(&quarter, |run| {
        run.current_dir(elsewhere.path());
    });
    assert_same(&first, &moved, "another working folder");
    for surroundings in [
        vec![],
        vec![("RAYON_NUM_THREADS", "1")],
        vec![("RAYON_NUM_THREADS", "2")],
        vec![("RAYON_NUM_THREADS", "13")],
        vec![("TZ", "Pacific/Kiritimati")],
        vec![("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        vec![("SOURCE_DATE_EPOCH", "0")],
    ] {
        let again = outputs(&quarter, |run| {
            run.envs(surroundings.clone());
        });
        assert_same(&first, &again, &format!("{surroundings:?}"));
    }
}

/// A copy has other times, another place and, from `readdir`, another order.
#[test]
fn a_copy_of_the_folder_gives_the_same() {
    let quarter = checkout("fixtures/2021-Q1");
    let copy = tempfile::tempdir().unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 365 * 30);
    for (n, (path, bytes)) in content(&quarter).into_iter().rev().enumerate() {
        let to = copy.path().join("bản sao").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(&to, bytes).unwrap();
        let day = long_ago + Duration::from_secs(86_400 * u64::try_from(n).unwrap());
        fs::File::options().write(true).open(&to).unwrap().set_modified(day).unwrap();
    }
    let first = outputs(&quarter, |_| {});
    assert_same(&first, &outputs(&copy.path().join("bản sao"), |_| {}), "a copy");
}

/// The comparison above can fail: another day of counting gives other bytes in all three files.
#[test]
fn another_question_gives_another_answer() {
    let quarter = checkout("fixtures/2021-Q1");
    let first = outputs(&quarter, |_| {});
    let later = outputs(&quarter, |run| {
        run.args(["--as-of", "2021-05-20"]);
    });
    for (name, bytes) in &first {
        assert_ne!(bytes, &later[name], "{}", name.display());
    }
}
