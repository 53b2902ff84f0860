//! Exit statuses, and how each failure of a run is told: one clear sentence, nothing written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{OUTPUTS, Ran, Small, assert_whole, content, program, qc17, ran, submission};
use std::fs;
use std::path::Path;

#[test]
fn the_exit_status_tells_errors_from_warnings_from_failure() {
    let small = Small::new();
    assert_eq!(ran(small.check().arg("--period").arg("2021-Q1")).status, Some(0), "no error");
    fs::remove_file(small.input().join("080/BC_02635_2021_Q1.xlsx")).unwrap();
    let short = ran(&mut small.check());
    assert_eq!(short.status, Some(1), "a unit is missing");
    assert!(short.out.contains("TH05") && short.err.is_empty(), "{}", short.err);
    fs::remove_dir_all(small.input()).unwrap();
    ran(&mut small.check()).refusal();
}

#[test]
fn report_writes_three_files_and_says_where() {
    let small = Small::new();
    let done = ran(&mut small.report());
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    assert_whole(&small.output());
    for name in OUTPUTS {
        assert!(
            done.out.contains(&small.output().join(name).display().to_string()),
            "{}",
            done.out
        );
    }
    assert!(done.out.contains("quý I/2021"), "the period understood is printed: {}", done.out);
}

#[test]
fn check_writes_nothing() {
    let small = Small::new();
    let here = tempfile::tempdir().unwrap();
    let before = content(&small.path(""));
    assert_eq!(ran(small.check().current_dir(here.path())).status, Some(0));
    assert_eq!(content(&small.path("")), before);
    assert!(content(here.path()).is_empty());
}

/// The sentence with which `report` of that folder fails; it must leave no output folder behind.
fn refused(folder: &Path, more: &[&str]) -> String {
    let small = Small::new();
    let mut command = program();
    command.arg("report").arg(folder).arg("--out").arg(small.output()).args(more);
    let done = ran(&mut command);
    assert!(!small.output().exists(), "{more:?} left something behind");
    done.refusal().to_owned()
}

#[test]
fn what_cannot_be_run_is_told_in_one_sentence() {
    let small = Small::new();
    let wrong = small.path("quy-che.toml");
    let profile =
        String::from_utf8(program().args(["profile", "init"]).output().unwrap().stdout).unwrap();
    let (right, mistake) = ("cutoff = { value = \"calendar\"", "cutoff = { value = \"lịch\"");
    let line = profile.lines().position(|line| line.starts_with(right)).unwrap() + 1;
    fs::write(&wrong, profile.replace(right, mistake)).unwrap();
    let (input, at_fault) = (small.input(), format!("dòng {line}, cột 20, khóa cutoff"));
    let (wrong, units) = (wrong.to_str().unwrap(), small.path("none.csv"));
    for (folder, more, words) in [
        (small.path("không có"), vec![], "Không tìm thấy thư mục"),
        (small.path("units.csv"), vec![], "Không có tệp nào cho biết kỳ báo cáo"),
        (input.clone(), vec!["--period", "2021-Q5"], "2021-Q5"),
        (input.clone(), vec!["--as-of", "31/02/2021"], "31/02/2021"),
        (input.clone(), vec!["--profile", "quy-che-71"], "quy-che-17"),
        (input.clone(), vec!["--profile", wrong], at_fault.as_str()),
        (input.clone(), vec!["--profile", wrong], "day14"),
        (input.clone(), vec!["--units", units.to_str().unwrap()], "danh mục đơn vị"),
        (input.clone(), vec!["--scope", "99"], "99"),
        (input.clone(), vec!["--scope", "02635"], "cấp xã"),
        (input.clone(), vec!["--format", "xml"], "human, json"),
        (input, vec!["--nhanh"], "--nhanh"),
    ] {
        let sentence = refused(&folder, &more);
        assert!(sentence.contains(words), "{more:?}: {sentence}");
    }
}

#[test]
fn words_that_are_missing_or_unknown_are_told() {
    for (words, told) in [
        (vec!["explain", "CT0"], "CT01"),
        (vec!["explain", "ct01x"], "CT01"),
        (vec!["explain", "XX99"], "qc17 rules"),
        (vec!["bao-cao"], "bao-cao"),
        (vec!["check"], "THƯ MỤC"),
        (vec!["report", "nop"], "--out"),
        (vec!["profile", "show", "x"], "quy-che-17"),
    ] {
        let done = qc17(&words);
        assert!(done.refusal().contains(told), "{words:?}: {}", done.err);
    }
}

#[test]
fn what_the_files_do_not_agree_on_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refused(folder.path(), &[]).contains("--period"));
    assert!(refused(folder.path(), &["--period", "2021-Q1"]).contains("--scope"));
    // One district is enough to go on: everybody is missing, which is a result.
    let missing = qc17([
        Path::new("check"),
        folder.path(),
        Path::new("--period=2021-Q1"),
        Path::new("--scope=080"),
    ]);
    assert_eq!(missing.status, Some(1));

    // This unit sent its report of the quarter before.
    for path in ["085/BC_02893_2021_Q1.xlsx", "080/BC_02635_2021_Q1.xlsx"] {
        fs::copy(submission(path), folder.path().join(path.rsplit('/').next().unwrap())).unwrap();
    }
    let sentence = refused(folder.path(), &[]);
    assert!(
        sentence.contains("quý IV/2020, quý I/2021") && sentence.contains("--period"),
        "{sentence}"
    );
    fs::remove_file(folder.path().join("BC_02893_2021_Q1.xlsx")).unwrap();

    let header = "STT,Ngày tổ chức,Loại cuộc,Chủ trì,Chủ đề,Số lượt người tham gia,Ý kiến\n";
    let row = "1,15/03/2021,Định kỳ,Bí thư,Đất đai,50,2\n";
    let title = "Đơn vị,Tỉnh Yên Bái\nMã đơn vị,15\nKỳ báo cáo,Quý I/2021\n\n";
    fs::write(folder.path().join("yen-bai.csv"), format!("{title}{header}{row}")).unwrap();
    let sentence = refused(folder.path(), &["--period", "2021-Q1"]);
    assert!(sentence.contains("Tỉnh Lào Cai (10), Tỉnh Yên Bái (15)"), "{sentence}");
    assert!(sentence.contains("--scope"), "{sentence}");
}

/// A file that is no submission costs itself only: its unit is unreadable, the others are reported.
#[test]
fn a_ruined_file_costs_itself() {
    let sound = fs::read(submission("080/BC_02635_2021_Q1.xlsx")).unwrap();
    for (bytes, code) in [
        (&sound[..sound.len() / 2], "TEP01"),
        (&sound[..40], "TEP01"),
        (&[][..], "TEP01"),
        (b"%PDF-1.4\n".as_slice(), "TEP03"),
        ("Kính gửi Ban Dân vận.\n".as_bytes(), "TEP03"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "TEP01"),
        (&[0; 5_000], "TEP01"),
    ] {
        let small = Small::new();
        fs::write(small.input().join("080/BC_02635_2021_Q1.xlsx"), bytes).unwrap();
        let done = ran(small.report().args(["--format", "json"]));
        assert_eq!((done.status, done.err.as_str()), (Some(1), ""), "{code}");
        let result: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let errors: Vec<_> = result["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| (finding["code"].as_str().unwrap(), finding["unit"].as_str().unwrap()))
            .collect();
        assert_eq!(
            errors,
            [(code, "02635")],
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(9)])
        );
        let states: Vec<_> = result["units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unit| unit["submission"].as_str().unwrap())
            .collect();
        assert_eq!(states, ["unreadable", "on_time", "on_time"]);
        assert_whole(&small.output());
    }
}

#[test]
fn an_output_folder_that_cannot_be_used_is_told_and_left_alone() {
    let small = Small::new();
    fs::write(small.output(), "đây là một tệp").unwrap();
    let done = ran(&mut small.report());
    assert!(done.refusal().contains("là một tệp, không phải thư mục"), "{}", done.err);
    assert_eq!(fs::read_to_string(small.output()).unwrap(), "đây là một tệp");

    fs::remove_file(small.output()).unwrap();
    fs::create_dir_all(small.output().join(OUTPUTS[2])).unwrap();
    let done = ran(&mut small.report());
    assert!(done.refusal().contains("là một thư mục"), "{}", done.err);
    assert!(content(&small.output()).is_empty());
}

/// A folder without the right to write; root may write everywhere, so root becomes nobody for it.
#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let small = Small::new();
    let open = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir(small.output()).unwrap();
    let copy = small.path("qc17");
    fs::copy(env!("CARGO_BIN_EXE_qc17"), &copy).unwrap();
    open(&small.path(""), 0o755);
    let is_root = fs::metadata(small.path("")).unwrap().uid() == 0;
    let run = |arguments: &[&Path]| -> Ran {
        let mut command = std::process::Command::new(&copy);
        if is_root {
            command.uid(65_534);
        }
        let units = small.path("units.csv");
        ran(command
            .args(arguments)
            .args([Path::new("--units"), &units])
            .current_dir(small.path("")))
    };
    let report = [Path::new("report"), Path::new("nop"), Path::new("--out"), Path::new("kết quả")];

    open(&small.output(), 0o555);
    let sentence = run(&report);
    assert!(sentence.refusal().contains("không có quyền"), "{}", sentence.err);
    assert!(content(&small.output()).is_empty());

    // An input that can only be read is all that is needed.
    for folder in ["nop/080", "nop"] {
        open(&small.path(folder), 0o555);
    }
    open(&small.output(), 0o777);
    assert_eq!(run(&report).status, Some(0));
    assert_whole(&small.output());

    // A file and a folder that cannot be read cost themselves.
    open(&small.path("nop/080/BC_02635_2021_Q1.xlsx"), 0o000);
    let closed = run(&[Path::new("check"), Path::new("nop")]);
    assert_eq!(closed.status, Some(1));
    assert!(closed.out.contains("Không đọc được tệp: không có quyền."), "{}", closed.out);
    open(&small.path("nop/080"), 0o000);
    let closed = run(&[Path::new("check"), Path::new("nop")]);
    assert!(closed.out.contains("Không mở được thư mục: không có quyền."), "{}", closed.out);
    open(&small.path("nop"), 0o000);
    let closed = run(&[Path::new("check"), Path::new("nop")]);
    assert!(closed.refusal().contains("không có quyền"), "{}", closed.err);
    for folder in ["nop", "nop/080"] {
        open(&small.path(folder), 0o755);
    }
}

#[test]
fn a_limit_of_safety_is_changed_by_name() {
    let small = Small::new();
    let tight = ["--limit", "cells=10", "--period=2021-Q1", "--scope=10", "--format=json"];
    let tight = ran(small.check().args(tight));
    let found: serde_json::Value = serde_json::from_str(&tight.out).unwrap();
    let said = found["diagnostics"].as_array().unwrap().iter();
    let said: Vec<_> = said.filter(|finding| finding["code"] == "TEP04").collect();
    assert_eq!(said.len(), 3, "{}", tight.out);
    assert_eq!(said[0]["message"], "Vượt giới hạn an toàn: tệp có quá 10 ô có dữ liệu.");
    assert!(
        said[0]["help"].as_str().unwrap().ends_with("--limit cells=SỐ."),
        "{}",
        said[0]["help"]
    );
    let wide = ["--limit", "cells=500000", "--limit=file-mb=64", "--period=2021-Q1"];
    assert_eq!(ran(small.check().args(wide)).status, Some(0));
    for (limit, why) in
        [("o=5", "file-mb, plain-mb"), ("cells", "cells=500000"), ("cells=0", "từ 1")]
    {
        let sentence = ran(small.check().args(["--limit", limit])).refusal().to_owned();
        assert!(sentence.contains(why), "{sentence}");
    }
}

#[test]
fn the_offices_own_files_are_told_with_their_digests() {
    let small = Small::new();
    fs::write(small.input().join("~$tạm.xlsx"), b"x").unwrap();
    let done = ran(small.check().args(["--period=2021-Q1", "--format=json"]));
    let found: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    let files = found["files"].as_array().unwrap();
    for path in ["nhan.csv", "~$tạm.xlsx"] {
        let file = files.iter().find(|file| file["path"] == path).unwrap();
        assert_eq!(file["status"], "ignored");
        assert_eq!(file["sha256"].as_str().map(str::len), Some(64), "{path}");
    }
}

/// Half a year of which one quarter came: the same exit status rules, the names of the span.
#[test]
fn a_longer_period_is_reported_with_its_quarters() {
    let small = Small::new();
    let done = ran(small.report().args(["--period", "2021-H1", "--format", "json"]));
    assert_eq!(done.status, Some(1), "the second quarter is missing: {}", done.err);
    let result: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(result["period"], "2021-H1");
    assert_eq!(result["geography"], "now");
    let unit = &result["units"].as_array().unwrap()[0];
    let quarters = unit["quarters"].as_array().unwrap();
    assert_eq!(quarters.len(), 2);
    assert_eq!(
        (&quarters[0]["period"], &quarters[1]["period"]),
        (&"2021-Q1".into(), &"2021-Q2".into())
    );
    assert_eq!(unit["submission"], "missing");
    assert!(small.output().join("tong-hop-2021-H1.xlsx").is_file());
}

/// Each quarter takes the profile in force on its last day; none or two is an error that says so.
#[test]
fn one_profile_for_each_quarter() {
    let small = Small::new();
    let run = |profiles: &[&str]| {
        let mut command = small.check();
        for profile in profiles {
            command.args(["--profile", profile]);
        }
        ran(&mut command)
    };
    assert_eq!(run(&["quy-che-17"]).status, Some(0));
    let two = run(&["quy-che-17", "nua-nam"]);
    let two = two.refusal();
    assert!(two.contains("quý I/2021") && two.contains("quy-che-17, nua-nam"), "{two}");
    assert_eq!(run(&["quy-che-17", "luat-toi-thieu"]).status, Some(0), "the law is of 2025");
    let none = run(&["luat-toi-thieu", "luat-toi-thieu"]);
    let none = none.refusal();
    assert!(none.contains("không có hồ sơ nào có hiệu lực"), "{none}");
}
