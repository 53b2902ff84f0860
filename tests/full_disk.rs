//! A disk without room: the old outputs stand, and it is said what to do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]
#![cfg(unix)]

#[path = "support/program.rs"]
mod program;

use program::{DAYS, OUTPUTS, Small, assert_whole, content, program, ran, skip, undisturbed};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A small disk of its own, given back when the test is over.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(at: &'a Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "qc17-test"]).arg(at);
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        mounted.then_some(Self(at))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0).status().ok();
    }
}

#[test]
fn a_full_disk_leaves_the_old_outputs() {
    let small = Small::new();
    let days = undisturbed(&small);
    let disk_at = small.output();
    let size: usize = days[0].values().map(Vec::len).sum();
    // Room for one set of outputs and a part of the second.
    let Some(_disk) = Disk::mount(&disk_at, &format!("{}k", size * 3 / 2 / 1024)) else {
        skip("a full disk: this user may not mount a small one");
        return;
    };
    assert_eq!(ran(small.report().arg(DAYS[0])).status, Some(0));
    let full = ran(small.report().arg(DAYS[1]));
    assert!(full.refusal().contains("đã đầy"), "{}", full.err);
    assert_eq!(assert_whole(&small.output()), days[0]);
    for name in OUTPUTS {
        fs::remove_file(small.output().join(name)).unwrap();
    }
    assert_eq!(ran(small.report().arg(DAYS[1])).status, Some(0), "room again, works again");
    assert_eq!(assert_whole(&small.output()), days[1]);
}

/// A disk with room for nothing at all: not even a folder is left behind in it.
#[test]
fn a_disk_full_from_the_start_is_told() {
    let small = Small::new();
    let at = small.path("đĩa");
    let Some(_disk) = Disk::mount(&at, "16k") else {
        skip("a disk that is full from the start: this user may not mount one");
        return;
    };
    let mut command = program();
    command.arg("report").arg(small.input()).arg("--units").arg(small.path("units.csv"));
    let full = ran(command.arg("--out").arg(&at));
    assert!(full.refusal().contains("đã đầy"), "{}", full.err);
    assert!(content(&at).is_empty());
    assert!(!at.join(".qc17-tam").exists());
}
