//! Runs that are killed, interrupted, crowded or out of disk: the folder holds all old outputs or all new ones.

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

use program::{OUTPUTS, Small, assert_whole, content, program, ran, skip};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

type Outputs = BTreeMap<PathBuf, Vec<u8>>;

/// Two days of counting, so that what an old run wrote differs from what a new one writes.
const DAYS: [&str; 2] = ["--as-of=2021-04-05", "--as-of=2021-04-06"];

/// The outputs of each day, as an undisturbed run writes them.
fn undisturbed(small: &Small) -> [Outputs; 2] {
    DAYS.map(|day| {
        assert_eq!(ran(small.report().arg(day)).status, Some(0));
        let written = assert_whole(&small.output());
        fs::remove_dir_all(small.output()).unwrap();
        written
    })
}

fn spawn(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Numbers without a pattern, the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Every output is whole; they are of one run unless a marker promises that the next one finishes.
fn assert_old_or_new(folder: &Path, days: &[Outputs; 2], when: &str) {
    let found = OUTPUTS.map(|name| fs::read(folder.join(name)).ok());
    let of = |day: &Outputs| OUTPUTS.map(|name| day.get(Path::new(name)).cloned());
    let [old, new] = [of(&days[0]), of(&days[1])];
    for (n, file) in found.iter().enumerate() {
        let whole = file.is_none() || *file == old[n] || *file == new[n];
        assert!(whole, "{} is half-written, killed {when}", OUTPUTS[n]);
    }
    let promised = folder.join(".qc17-tam/du").exists();
    let agreed = found == old || found == new || found == [None, None, None];
    assert!(agreed || promised, "old and new outputs stand side by side, killed {when}");
}

#[test]
fn a_killed_run_leaves_old_or_new() {
    let small = Small::new();
    let days = undisturbed(&small);
    let mut dice = Dice(17);
    let mut during = 0;
    for round in 0..60 {
        let mut child = spawn(small.report().arg(DAYS[round % 2]));
        let started = Instant::now();
        let staging = small.output().join(".qc17-tam");
        // Two of three are killed while they write, the others anywhere.
        while round % 3 != 0 && !staging.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let longest = if round % 3 == 0 { 200_000 } else { 6_000 };
        let pause = Duration::from_micros(dice.below(longest));
        sleep(pause);
        child.kill().unwrap();
        child.wait().unwrap();
        during += usize::from(staging.exists());
        let when = format!("{:?} after its start", started.elapsed());
        assert_old_or_new(&small.output(), &days, &when);
        if round % 3 == 2 {
            let next = ran(small.report().arg(DAYS[0]));
            assert_eq!((next.status, next.err.as_str()), (Some(0), ""), "killed {when}");
            assert_eq!(assert_whole(&small.output()), days[0], "the next run clears up");
        }
    }
    assert!(during > 0, "only {during} runs were caught writing");
}

#[test]
fn runs_at_once_write_one_after_the_other() {
    let small = Small::new();
    let days = undisturbed(&small);
    for _ in 0..3 {
        let children: Vec<Child> = (0..6).map(|n| spawn(small.report().arg(DAYS[n % 2]))).collect();
        for mut child in children {
            assert_eq!(child.wait().unwrap().code(), Some(0));
        }
        let written = assert_whole(&small.output());
        assert!(days.contains(&written), "outputs of two runs are mixed");
    }
}

/// Ctrl-C ends the run with 130 and leaves nothing or everything.
#[test]
fn an_interrupted_run_is_tidy() {
    let small = Small::new();
    let days = undisturbed(&small);
    let mut dice = Dice(4);
    let mut interrupted = 0;
    for round in 0..25 {
        let mut child = spawn(small.report().arg(DAYS[0]));
        let staging = small.output().join(".qc17-tam");
        while round % 2 == 0 && !staging.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        sleep(Duration::from_micros(dice.below(if round % 2 == 0 { 5_000 } else { 150_000 })));
        // A run that has ended and was asked for its end is gone, and nobody is there to interrupt.
        if child.try_wait().unwrap().is_none() {
            let signal = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
            assert!(signal.unwrap().success());
        }
        let ended = child.wait().unwrap();
        interrupted += usize::from(ended.code() == Some(130));
        // No code: it ended before it listened. 0: it ended before it was asked to.
        assert!(matches!(ended.code(), Some(130 | 0) | None), "{ended}");
        if small.output().exists() && !content(&small.output()).is_empty() {
            assert_eq!(assert_whole(&small.output()), days[0]);
        }
        fs::remove_dir_all(small.output()).ok();
    }
    assert!(interrupted > 0, "only {interrupted} runs were interrupted");
}

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
