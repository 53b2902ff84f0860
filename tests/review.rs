//! `qc17 review` as a user runs it: what it writes, what it refuses, and the same bytes each time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Small, content, program, ran};
use std::fs;
use std::process::Command;

const OUTPUTS: [&str; 3] = ["danh-gia-2021.json", "danh-gia-2021.pdf", "danh-gia-2021.xlsx"];

fn review(small: &Small) -> Command {
    let mut command = program();
    command.arg("review").arg(small.input()).args(["--year", "2021"]);
    command.arg("--units").arg(small.path("units.csv")).arg("--out").arg(small.output());
    command
}

fn names(small: &Small) -> Vec<String> {
    let found = content(&small.output());
    found.keys().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
}

#[test]
fn three_files_together_and_the_units_on_request() {
    let small = Small::new();
    let done = ran(&mut review(&small));
    assert_eq!((done.status, done.err.as_str()), (Some(1), ""), "three quarters did not come");
    assert_eq!(names(&small), OUTPUTS);
    assert!(
        done.out.contains("năm 2021") && done.out.contains("1 chưa nộp báo cáo"),
        "{}",
        done.out
    );
    let first = content(&small.output());
    let done = ran(review(&small).arg("--dossier"));
    let mut expected: Vec<String> = [
        "ho-so/02635-phuong-duyen-hai.pdf",
        "ho-so/080-thanh-pho-lao-cai.pdf",
        "ho-so/10-tinh-lao-cai.pdf",
    ]
    .map(str::to_owned)
    .to_vec();
    expected.splice(0..0, OUTPUTS.map(str::to_owned));
    assert_eq!(names(&small), expected, "{}", done.out);
    let second = content(&small.output());
    for (path, bytes) in first {
        assert!(second[&path] == bytes, "{} differs between two runs", path.display());
    }
}

#[test]
fn the_result_goes_to_the_terminal_as_json() {
    let small = Small::new();
    let done = ran(review(&small).args(["--format", "json", "--as-of", "2021-04-10"]));
    let result: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(result["year"], 2021);
    let commune = &result["units"][2];
    assert_eq!(commune["code"], "02635");
    // Quarters that are not over are neither missing nor zero, and nothing is wrong yet.
    let timing: Vec<&str> = (commune["quarters"].as_array().unwrap().iter())
        .map(|quarter| quarter["timing"].as_str().unwrap())
        .collect();
    assert_eq!(timing, ["on_time", "pending", "pending", "pending"]);
    assert_eq!(commune["verdict"], "chua_xac_dinh");
    assert_eq!(done.status, Some(0), "{}", done.out);
    let written = fs::read_to_string(small.output().join("danh-gia-2021.json")).unwrap();
    assert_eq!(written, done.out);
}

#[test]
fn nothing_is_written_where_one_file_cannot_be() {
    let small = Small::new();
    fs::create_dir_all(small.output().join("danh-gia-2021.pdf")).unwrap();
    let refused = ran(&mut review(&small));
    assert!(refused.refusal().contains("danh-gia-2021.pdf"));
    assert!(content(&small.output()).is_empty());
}

#[test]
fn what_cannot_be_reviewed_is_told_in_one_sentence() {
    let small = Small::new();
    let profile = program().args(["profile", "init"]).output().unwrap().stdout;
    let profile = String::from_utf8(profile).unwrap();
    let (old, broken) = (small.path("cu.toml"), small.path("hong.toml"));
    fs::write(&old, &profile[..profile.find("\n[review]").unwrap()]).unwrap();
    fs::write(
        &broken,
        profile.replace("settled_percent = { value = 90", "settled_percent = { value = 190"),
    )
    .unwrap();
    let template = small.path("danh-gia.jinja");
    fs::write(&template, "một\n{{ khong_co }}\n").unwrap();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    for (more, words) in [
        (vec!["--year".to_owned(), "2021-Q1".to_owned()], "cần ghi một năm"),
        (vec!["--profile".to_owned(), text(&old)], "[review]"),
        (vec!["--profile".to_owned(), text(&broken)], "review.commend.settled_percent"),
        (vec!["--template".to_owned(), text(&template)], "dòng 2"),
        (vec!["--geography".to_owned(), "mai".to_owned()], "then, now"),
        (vec!["--history".to_owned(), text(&small.path("không có"))], "Không tìm thấy thư mục"),
    ] {
        let mut command = program();
        command.arg("review").arg(small.input()).arg("--out").arg(small.output());
        command.arg("--units").arg(small.path("units.csv"));
        if more[0] != "--year" {
            command.args(["--year", "2021"]);
        }
        let done = ran(command.args(&more));
        assert!(done.refusal().contains(words), "{more:?}: {}", done.err);
        assert!(!small.output().exists(), "{more:?} left something behind");
    }
}

#[test]
fn the_wording_that_comes_along_can_be_made_ones_own() {
    let small = Small::new();
    let words = program().args(["office", "review-template"]).output().unwrap().stdout;
    let words = String::from_utf8(words).unwrap();
    let own = small.path("rieng.jinja");
    fs::write(&own, words.replace("# VIII- Minh chứng", "# VIII- Văn bản kèm theo")).unwrap();
    let usual = ran(&mut review(&small));
    let before = content(&small.output());
    let done = ran(review(&small).arg("--template").arg(&own));
    assert_eq!((usual.status, done.status), (Some(1), Some(1)), "{}", done.err);
    let after = content(&small.output());
    let pdf = std::path::Path::new("danh-gia-2021.pdf");
    assert_ne!(before[pdf], after[pdf]);
}
