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

use program::{DAYS, OUTPUTS, Outputs, Small, assert_whole, content, ran, skip, undisturbed};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

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

/// Other signals that ask for the end are as good as Ctrl-C.
#[test]
fn a_polite_end_is_tidy() {
    let small = Small::new();
    let days = undisturbed(&small);
    for signal in ["-TERM", "-HUP"] {
        let mut ended = Vec::new();
        for round in 0..12 {
            let mut child = spawn(small.report().arg(DAYS[0]));
            sleep(Duration::from_millis(5 + round * 12));
            if child.try_wait().unwrap().is_none() {
                Command::new("kill").arg(signal).arg(child.id().to_string()).status().unwrap();
            }
            ended.push(child.wait().unwrap().code());
            if small.output().exists() && !content(&small.output()).is_empty() {
                assert_eq!(assert_whole(&small.output()), days[0], "{signal}");
            }
            fs::remove_dir_all(small.output()).ok();
        }
        assert!(ended.contains(&Some(130)), "{signal}: {ended:?}");
    }
}

/// The exit status of a process that ends by itself; none when it does not.
fn ended(child: &mut Child, within: Duration) -> Option<i32> {
    let started = Instant::now();
    while started.elapsed() < within {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

fn interrupt(child: &Child) {
    assert!(
        Command::new("kill").arg("-INT").arg(child.id().to_string()).status().unwrap().success()
    );
}

/// Another run holds the folder: nobody has to wait for it in order to stop.
#[test]
fn a_run_that_waits_for_another_can_be_interrupted() {
    let small = Small::new();
    fs::create_dir(small.output()).unwrap();
    let other = fs::File::open(small.output()).unwrap();
    other.lock().unwrap();
    let mut child = spawn(&mut small.report());
    // Long enough for it to come to the lock on a busy machine, shorter than its patience.
    sleep(Duration::from_secs(4));
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    interrupt(&child);
    assert_eq!(ended(&mut child, Duration::from_secs(15)), Some(130));
    assert!(content(&small.output()).is_empty());
}

/// Everything is written, and nobody reads what is printed: Ctrl-C ends that as well.
#[test]
fn a_run_that_prints_can_be_interrupted() {
    let small = Small::new();
    let mut command = program::program();
    // Its result is larger than a pipe holds.
    command.arg("report").arg(program::checkout("fixtures/2021-Q1")).args(["--format", "json"]);
    command.args(["--period", "2021-Q1"]).arg("--out").arg(small.output());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let whole = || OUTPUTS.iter().all(|name| small.output().join(name).exists());
    let written = || whole() && !small.output().join(".qc17-tam").exists();
    while !written() && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(10));
    }
    sleep(Duration::from_secs(1));
    assert!(child.try_wait().unwrap().is_none(), "it waits for its reader");
    interrupt(&child);
    assert_eq!(ended(&mut child, Duration::from_secs(15)), Some(130));
    assert_whole(&small.output());
}

/// The worker that reads `.xls` does not outlive a program that was killed, whatever keeps it busy: here it
/// cannot get rid of its answers.
#[test]
fn a_busy_worker_ends_with_its_program() {
    use std::io::Write;
    let file = fs::read(program::checkout("tests/specimens/bieu-xlwt.xls")).unwrap();
    let mut command = program::program();
    let mut worker =
        command.arg("--worker").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = worker.stdin.take().unwrap();
    // The limits, then the file: see `src/open/worker/wire.rs`.
    let limits = [1_u64 << 30; 9].iter().flat_map(|limit| limit.to_le_bytes());
    let request: Vec<u8> = limits.chain(file).collect();
    for _ in 0..200 {
        input.write_all(&(request.len() as u64).to_le_bytes()).unwrap();
        input.write_all(&request).unwrap();
    }
    assert!(worker.try_wait().unwrap().is_none(), "it is busy");
    drop(input);
    assert_eq!(ended(&mut worker, Duration::from_secs(20)), Some(0));
}

/// Killed at each system call in turn that changes the disk, by the tracer itself.
#[cfg(target_os = "linux")]
#[test]
fn a_run_killed_at_every_change_of_the_disk_leaves_old_or_new() {
    let small = Small::new();
    let days = undisturbed(&small);
    let calls = ["mkdir", "mkdirat", "rename", "renameat", "link", "linkat", "unlink", "unlinkat"];
    let traced = |call: &str, nth: usize, day: &str| {
        let mut strace = Command::new("strace");
        // A call of that name may not be there on every processor.
        let (trace, inject) =
            (format!("trace=?{call}"), format!("inject=?{call}:signal=KILL:when={nth}"));
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
        let report = small.report();
        strace.arg(report.get_program()).args(report.get_args()).arg(day);
        strace.stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    if !traced("rename", 10_000, DAYS[0]).is_ok_and(|status| status.code() == Some(0)) {
        skip("killing a run at every change of the disk: strace is not here or may not trace");
        return;
    }
    let mut killed = 0;
    for call in calls {
        for nth in 1.. {
            let ended = traced(call, nth, DAYS[1]).unwrap();
            let when = format!("at {call} number {nth}");
            assert_old_or_new(&small.output(), &days, &when);
            let next = ran(small.report().arg(DAYS[0]));
            assert_eq!((next.status, next.err.as_str()), (Some(0), ""), "killed {when}");
            assert_eq!(assert_whole(&small.output()), days[0], "the next run clears up");
            if ended.code() == Some(0) {
                break;
            }
            killed += 1;
        }
    }
    assert!(killed > 15, "only {killed} changes of the disk were seen");
}
