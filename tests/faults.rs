//! Hostile input folders: links in circles, pipes, files that vanish, thousands of junk files, names in no encoding.

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

use program::{Small, assert_whole, checkout, content, program, ran, skip, submission};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The result of a command that must come to its end by itself, and soon.
fn result(command: &mut Command) -> Value {
    command.args(["--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let id = child.id().to_string();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(child.wait_with_output()));
    let Ok(done) = told.recv_timeout(Duration::from_secs(60)) else {
        Command::new("kill").args(["-KILL", &id]).status().ok();
        panic!("it hangs");
    };
    let done = program::Ran::of(&done.unwrap());
    assert!(matches!(done.status, Some(0 | 1)), "{:?} {}", done.status, done.err);
    assert_eq!(done.err, "");
    serde_json::from_str(&done.out).unwrap()
}

/// The findings about a file: code and message.
fn about<'a>(result: &'a Value, file: &str) -> Vec<(&'a str, &'a str)> {
    let findings = result["diagnostics"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["file"] == file)
        .map(|finding| (finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap()))
        .collect()
}

fn state<'a>(result: &'a Value, unit: &str) -> &'a str {
    let units = result["units"].as_array().unwrap();
    units.iter().find(|line| line["code"] == unit).unwrap()["submission"].as_str().unwrap()
}

#[test]
fn links_are_followed_to_files_only() {
    let small = Small::new();
    let at = |name: &str| small.input().join(name);
    symlink(small.input(), at("vòng")).unwrap();
    symlink("..", at("080/lên")).unwrap();
    symlink("tự mình.xlsx", at("tự mình.xlsx")).unwrap();
    symlink(small.path("đã xóa"), at("080/BC_02638_2021_Q1.xlsx")).unwrap();
    symlink("/dev/zero", at("vô tận.xlsx")).unwrap();
    let found = result(&mut small.check());
    for folder in ["vòng", "080/lên"] {
        assert_eq!(about(&found, folder).len(), 1, "{found:#}");
        assert_eq!(about(&found, folder)[0].0, "TEP09");
    }
    assert_eq!(about(&found, "tự mình.xlsx")[0].0, "TEP01");
    assert_eq!(
        about(&found, "080/BC_02638_2021_Q1.xlsx"),
        [("TEP01", "Không đọc được tệp: đường dẫn không tồn tại.")]
    );
    assert_eq!(about(&found, "vô tận.xlsx"), [("TEP09", "Không phải là tệp thường; không đọc.")]);
    assert_eq!(state(&found, "02635"), "on_time");

    // A link to a file elsewhere is that file.
    fs::rename(at("080/BC_02635_2021_Q1.xlsx"), small.path("nơi khác.xlsx")).unwrap();
    symlink(small.path("nơi khác.xlsx"), at("080/BC_02635_2021_Q1.xlsx")).unwrap();
    assert_eq!(state(&result(&mut small.check()), "02635"), "on_time");
}

/// A pipe that nobody writes to must not be waited for.
#[test]
fn a_pipe_is_not_read() {
    let small = Small::new();
    let pipe = small.input().join("ống.xlsx");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        skip("a named pipe: there is no mkfifo here");
        return;
    }
    let found = result(&mut small.check());
    assert_eq!(about(&found, "ống.xlsx"), [("TEP09", "Không phải là tệp thường; không đọc.")]);
    assert_eq!(state(&found, "02635"), "on_time");
}

/// Neither is one that bears the name of a list of the office's own, which is read before all others.
#[test]
fn a_pipe_in_place_of_a_list_is_not_read() {
    for name in ["nhan.csv", "giai-trinh.csv", "co-quan.toml", "bien-nhan.csv"] {
        let small = Small::new();
        fs::remove_file(small.input().join("nhan.csv")).unwrap();
        let pipe = small.input().join(name);
        if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            skip("a named pipe: there is no mkfifo here");
            return;
        }
        let found = result(&mut small.check());
        assert_eq!(about(&found, name), [("TEP09", "Không phải là tệp thường; không đọc.")]);
        fs::remove_file(&pipe).unwrap();
        symlink("/dev/zero", &pipe).unwrap();
        assert_eq!(about(&result(&mut small.check()), name).len(), 1);
    }
}

/// A socket and a device are no submissions either, nor is a list that leads nowhere one that is empty.
#[test]
fn what_is_no_plain_file_is_said() {
    let small = Small::new();
    let _socket = std::os::unix::net::UnixListener::bind(small.input().join("ổ cắm.xlsx")).unwrap();
    fs::remove_file(small.input().join("nhan.csv")).unwrap();
    symlink("đã xóa", small.input().join("nhan.csv")).unwrap();
    let found = result(&mut small.check());
    assert_eq!(about(&found, "ổ cắm.xlsx"), [("TEP09", "Không phải là tệp thường; không đọc.")]);
    assert_eq!(
        about(&found, "nhan.csv"),
        [("TEP01", "Không đọc được danh sách nhận báo cáo: đường dẫn không tồn tại.")]
    );
}

/// Files that are named on the command line may be pipes or devices as well.
#[test]
fn a_device_in_place_of_an_own_file_ends_the_run() {
    let small = Small::new();
    for option in ["--office", "--template", "--profile", "--previous"] {
        let mut command = small.report();
        let refused = ran(command.arg(option).arg("/dev/zero"));
        assert!(refused.refusal().contains("/dev/zero"), "{option}: {}", refused.err);
    }
    let told = ran(small.report().args(["--office", "/dev/zero"]));
    assert!(told.err.contains("tệp quá lớn"), "{}", told.err);
}

/// The path of a folder is longer than the system takes: the rest of it is lost, and said to be.
#[test]
fn paths_too_long_for_the_system_cost_themselves() {
    let small = Small::new();
    let name = "d".repeat(250);
    // Each is made inside the one before, so that no path is ever longer than a name.
    let script = format!(
        "cd \"$0\" && for n in $(seq 20); do mkdir {name} && cd {name}; done; echo x > x.xlsx"
    );
    let made = Command::new("sh").args(["-c", &script]).arg(small.input()).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let found = result(&mut small.check());
    let said = found["diagnostics"].as_array().unwrap().iter();
    let said: Vec<_> = said.filter(|finding| finding["code"] == "TEP01").collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0]["message"].as_str().unwrap().contains("quá dài"), "{said:?}");
    assert_eq!(state(&found, "02635"), "on_time");
    Command::new("rm").arg("-rf").arg(small.input()).status().unwrap();
}

/// A file is overwritten and cut short while it is read and once more while its copy is marked: what comes
/// out is about one state of it, or says that it cannot be read.
#[test]
fn a_file_that_changes_meanwhile_is_one_state_of_it() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let small = Small::new();
    let file = small.input().join("080/BC_02635_2021_Q1.xlsx");
    let whole = fs::read(&file).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for cut in (0..).map(|n: usize| n * 7919 % whole.len()) {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                fs::write(&file, &whole[..cut]).unwrap();
                fs::write(&file, &whole).unwrap();
            }
        });
        for _ in 0..12 {
            let found = result(small.report().arg("--feedback"));
            let state = state(&found, "02635");
            assert!(["on_time", "unreadable"].contains(&state), "{state}");
            let files = found["files"].as_array().unwrap();
            let read =
                files.iter().find(|file| file["unit"] == "02635" || file["status"] == "rejected");
            assert!(read.is_some(), "{found:#}");
        }
        over.store(true, Ordering::SeqCst);
    });
}

/// Its unit sent something: it is not one that sent nothing.
#[test]
fn a_file_that_cannot_be_opened_leaves_its_unit_unreadable() {
    let small = Small::new();
    let file = small.input().join("080/BC_02635_2021_Q1.xlsx");
    fs::remove_file(&file).unwrap();
    symlink(small.path("đã xóa"), &file).unwrap();
    assert_eq!(state(&result(&mut small.check()), "02635"), "unreadable");
}

/// Files are deleted and come back while the folder is read, again and again.
#[test]
fn files_that_vanish_meanwhile_cost_themselves() {
    let quarter = content(&checkout("fixtures/2021-Q1"));
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &Path, bytes: &[u8]| {
        let to = folder.path().join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    };
    for round in 0..4 {
        for (path, bytes) in &quarter {
            put(path, bytes);
        }
        let mut command = program();
        command.args(["check", "--period=2021-Q1", "--scope=10"]).arg(folder.path());
        let found = std::thread::scope(|scope| {
            let reader = scope.spawn(|| result(&mut command));
            std::thread::sleep(Duration::from_millis(15 * (round + 1)));
            for district in ["080", "082", "083", "084", "085", "086"] {
                fs::remove_dir_all(folder.path().join(district)).ok();
            }
            reader.join().unwrap()
        });
        assert_eq!(state(&found, "10"), "on_time");
        assert_eq!(found["units"].as_array().unwrap().len(), 162);
    }
}

#[test]
fn thousands_of_junk_files_are_told_one_by_one() {
    let small = Small::new();
    let sound = fs::read(submission("080/BC_02635_2021_Q1.xlsx")).unwrap();
    let kinds = ["xlsx", "xls", "csv", "ods", "html", "txt", "zip", "", "xlsb"];
    let junk = small.input().join("rác");
    fs::create_dir(&junk).unwrap();
    for n in 0..5_000_usize {
        let name = format!("{n:04}.{}", kinds[n % kinds.len()]);
        // Noise, noise behind a true beginning, or text.
        let noise: Vec<u8> =
            (0..97).map(|i| u8::try_from((i * n * 7919 + n) % 251).unwrap()).collect();
        let bytes = match n % 3 {
            0 => noise,
            1 => [&sound[..60], &noise[..]].concat(),
            _ => format!("dòng {n};a;b\n1;2;3\n").into_bytes(),
        };
        fs::write(junk.join(name), bytes).unwrap();
    }
    let started = Instant::now();
    let found = result(&mut small.check());
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    assert_eq!(found["files"].as_array().unwrap().len(), 5_004);
    assert_eq!(state(&found, "02635"), "on_time");
    let told: std::collections::BTreeSet<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| finding["file"].as_str().unwrap())
        .collect();
    assert_eq!(told.len(), 5_000, "each says what is wrong with it");
}

#[test]
fn folders_without_an_end_are_left() {
    let small = Small::new();
    let mut deep = small.input();
    for _ in 0..60 {
        deep.push("sâu");
    }
    fs::create_dir_all(&deep).unwrap();
    fs::copy(submission("080/BC_02635_2021_Q1.xlsx"), deep.join("x.xlsx")).unwrap();
    let found = result(&mut small.check());
    let said = found["diagnostics"].as_array().unwrap().iter();
    let said: Vec<_> = said.filter(|finding| finding["code"] == "TEP09").collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0]["message"].as_str().unwrap().contains("quá sâu"));
}

/// Unix names are bytes. One in an old encoding is read, shown as well as can be, and kept apart.
#[test]
fn names_in_no_encoding_are_read() {
    let small = Small::new();
    let from = small.input().join("080/BC_02635_2021_Q1.xlsx");
    for name in [&b"b\xe1o c\xe1o.xlsx"[..], b"b\xe2o c\xe2o.xlsx"] {
        if fs::copy(&from, small.input().join(OsStr::from_bytes(name))).is_err() {
            skip("names that are not UTF-8: this file system takes none");
            return;
        }
    }
    fs::remove_file(&from).unwrap();
    let found = result(&mut small.report());
    let files = found["files"].as_array().unwrap();
    let odd: Vec<_> =
        files.iter().filter(|file| file["path"] == "b\u{FFFD}o c\u{FFFD}o.xlsx").collect();
    let statuses: Vec<_> = odd.iter().map(|file| file["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["superseded", "used"], "two files of one unit, none forgotten");
    assert_eq!(state(&found, "02635"), "on_time");
    assert_whole(&small.output());
}

/// Two names that look the same, one composed and one not, are two files.
#[test]
fn names_that_differ_in_composition_only_are_two() {
    let small = Small::new();
    let from = small.input().join("080/BC_02635_2021_Q1.xlsx");
    fs::copy(&from, small.input().join("xã.xlsx")).unwrap();
    fs::copy(&from, small.input().join("xa\u{303}.xlsx")).unwrap();
    if content(&small.input()).len() < 6 {
        skip("composed and decomposed names: one file on this file system");
        return;
    }
    fs::remove_file(&from).unwrap();
    let found = result(&mut small.check());
    let files = found["files"].as_array().unwrap();
    assert_eq!(files.iter().filter(|file| file["path"] == "xã.xlsx").count(), 2);
    assert!(ran(&mut small.report()).out.contains("DV05"));
}
