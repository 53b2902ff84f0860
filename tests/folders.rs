//! Input folders as people have them: results among them, several at once, temporary files, odd names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Small, content, program, ran, submission};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn result(command: &mut Command) -> Value {
    let done = ran(command.args(["--format", "json"]));
    serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err))
}

/// The paths of the files with what became of each.
fn files(result: &Value) -> Vec<(String, String)> {
    let files = result["files"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    files.map(|file| (text(&file["path"]), text(&file["status"]))).collect()
}

fn statuses(result: &Value) -> Vec<(String, String)> {
    let mut all = files(result);
    all.retain(|(path, _)| !Small::FILES.contains(&path.as_str()));
    all
}

/// `qc17 report` of the small input into that folder below its root.
fn report_into(small: &Small, out: &str) -> Command {
    let mut command = program();
    command.arg("report").arg(small.input()).arg("--units").arg(small.path("units.csv"));
    command.arg("--out").arg(small.path(out));
    command
}

#[test]
fn results_in_the_input_folder_are_not_read_as_input() {
    for out in ["nop", "nop/kết quả", "nop/080", "nop/a/b/c", "kết quả"] {
        let small = Small::new();
        let first = result(report_into(&small, out).arg("--backup"));
        assert_eq!(files(&first).len(), 4, "{out}: a submission beside the results counts");
        let written = content(&small.path(out));
        fs::create_dir(small.path(out).join(".qc17-tam")).unwrap();
        fs::write(small.path(out).join(".qc17-tam/x.xlsx"), "of a run that was killed").unwrap();
        for _ in 0..2 {
            assert_eq!(result(report_into(&small, out).arg("--backup")), first, "{out}");
            let mut again = content(&small.path(out));
            again.retain(|path, _| path.extension().is_none_or(|extension| extension != "bak"));
            assert_eq!(again, written, "{out}: the same bytes again");
        }
    }
}

#[test]
fn an_earlier_workbook_never_stands_for_a_unit() {
    let small = Small::new();
    report_into(&small, "cũ").output().unwrap();
    let old = small.path("cũ/tong-hop-2021-Q1.xlsx");
    for name in ["nop/kỳ trước/tong-hop-2021-Q1.xlsx", "nop/BC_10_2021_Q1 (lần 2).xlsx"] {
        let copy = small.path(name);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&old, copy).unwrap();
    }
    let own = result(&mut small.check());
    assert_eq!(
        statuses(&own).iter().map(|(_, status)| status.as_str()).collect::<Vec<_>>(),
        ["ignored"; 2]
    );
    let findings = own["diagnostics"].as_array().unwrap();
    let about = findings.iter().filter(|finding| finding["code"] == "TEP09");
    assert_eq!(
        about.map(|finding| finding["severity"].as_str().unwrap()).collect::<Vec<_>>(),
        ["info"; 2]
    );
    let attendees =
        own["units"].as_array().unwrap().iter().find(|unit| unit["code"] == "10").unwrap();
    assert_eq!(attendees["attendees"], 44);
}

#[test]
fn several_folders_are_told_apart() {
    let small = Small::new();
    for folder in ["A/xa", "B/xa", "B/huyen"] {
        fs::create_dir_all(small.path(folder)).unwrap();
    }
    fs::copy(submission("080/BC_02635_2021_Q1.xlsx"), small.path("A/xa/x.xlsx")).unwrap();
    fs::copy(submission("080/BC_080_2021_Q1.xlsx"), small.path("B/xa/x.xlsx")).unwrap();
    let check = |folders: &[&str]| {
        let mut command = program();
        command.args(["check", "--scope=10"]).arg("--units").arg(small.path("units.csv"));
        command.args(folders.iter().map(|folder| small.path(folder)));
        let paths: Vec<String> =
            files(&result(&mut command)).into_iter().map(|(path, _)| path).collect();
        paths
    };
    assert_eq!(check(&["A"]), ["xa/x.xlsx"]);
    assert_eq!(check(&["B", "A"]), ["A/xa/x.xlsx", "B/xa/x.xlsx"]);
    assert_eq!(check(&["B/xa", "A/xa"]), ["xa (2)/x.xlsx", "xa/x.xlsx"]);
}

#[test]
fn what_is_no_submission_is_set_aside_and_said() {
    let small = Small::new();
    for (name, expected) in [
        ("~$BC_10_2021_Q1.xlsx", Some("TEP09")),
        ("tải dở.xlsx.tmp", Some("TEP09")),
        ("Thumbs.db", Some("TEP09")),
        (".DS_Store", Some("TEP09")),
        ("BC_10_2021_Q1.xlsx.bak", Some("TEP09")),
        ("giai-trinh.csv", Some("BM02")),
        ("co-quan.toml", None),
    ] {
        let file = small.input().join(name);
        fs::copy(submission("BC_10_2021_Q1.xlsx"), &file).unwrap();
        let found = result(&mut small.check());
        assert_eq!(statuses(&found), [(name.to_owned(), "ignored".to_owned())]);
        let own = |finding: &&Value| finding["file"] == name;
        let said = found["diagnostics"].as_array().unwrap().iter().find(own);
        assert_eq!(said.map(|finding| finding["code"].as_str().unwrap()), expected, "{name}");
        fs::remove_file(file).unwrap();
    }
}

/// The name is written as people write it, and the unit is found all the same.
#[test]
fn odd_names_are_names() {
    let long = format!("{}.xlsx", "x".repeat(250));
    for name in [
        "báo cáo quý I.xlsx",
        "ba\u{301}o ca\u{301}o.xlsx",
        "a b'c \"d\".xlsx",
        "-rf.xlsx",
        "báo cáo",
        "x.XLSX",
        "=HYPERLINK(\"http:x\").xlsx",
        "đuôi sai.xls",
        long.as_str(),
    ] {
        let small = Small::new();
        fs::remove_file(small.input().join("080/BC_02635_2021_Q1.xlsx")).unwrap();
        let copied = fs::copy(submission("080/BC_02635_2021_Q1.xlsx"), small.input().join(name));
        if copied.is_err() {
            program::skip(&format!("this file system takes no file named {name}"));
            continue;
        }
        let found = result(&mut small.report());
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(name).collect();
        assert_eq!(statuses(&found), [(composed, "used".to_owned())]);
        assert_eq!(found["units"][0]["submission"], "on_time", "{name}");
        program::assert_whole(&small.output());
    }
}

/// The command line takes folders of any name, one that looks like an option after `--`.
#[test]
fn folders_of_any_name_are_taken() {
    let small = Small::new();
    for name in ["thư mục 'có' \"dấu\"", "-x", "thu\u{301} mu\u{323}c"] {
        fs::rename(small.input(), small.path(name)).unwrap();
        let mut command = program();
        command.args(["check", "--units", "units.csv", "--", name]).current_dir(small.path(""));
        assert_eq!(ran(&mut command).status, Some(0), "{name}");
        fs::rename(small.path(name), small.input()).unwrap();
    }
    let mut here = program();
    here.args(["check", ".", "--units", "../units.csv"]).current_dir(small.input());
    assert_eq!(ran(&mut here).status, Some(0));
    assert!(Path::new(&small.input()).is_dir());
}
