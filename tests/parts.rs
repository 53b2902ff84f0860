//! A unit that sends each table as a text file of its own sends one submission.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

const MEETINGS: &str =
    "STT;Ngày tổ chức;Loại cuộc;Chủ trì;Chủ đề, nội dung;Số lượt người tham gia;Tổng số ý kiến
1;15/03/2021;Định kỳ;Bí thư;Đường liên thôn;85;2
";
const PETITIONS: &str =
    "STT;Cuộc số;Nội dung ý kiến, kiến nghị;Lĩnh vực;Thẩm quyền giải quyết;Kết quả
1;1;Đề nghị sửa cầu treo thôn Bản Lùng;Giao thông;Xã;Đang GQ
2;9;Đề nghị cấp nước sạch cho điểm trường;Nước sạch;Xã;Chưa GQ
";

fn check(folder: &Path) -> Value {
    let output = Command::cargo_bin("qc17")
        .unwrap()
        .args(["check", "--period", "2021-Q1", "--scope", "087", "--format", "json"])
        .arg(folder)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn statuses(result: &Value) -> Vec<(&str, &str)> {
    let files = result["files"].as_array().unwrap().iter();
    files.map(|f| (f["path"].as_str().unwrap(), f["status"].as_str().unwrap())).collect()
}

fn of_files<'r>(result: &'r Value, code: &str) -> Vec<(&'r str, &'r str)> {
    let found = result["diagnostics"].as_array().unwrap().iter();
    let found = found.filter(|d| d["code"] == code && d["file"].is_string());
    found.map(|d| (d["file"].as_str().unwrap(), d["cell"].as_str().unwrap_or_default())).collect()
}

#[test]
fn different_tables_are_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = ("BC_02989_2021_Q1_Bieu1.csv", "BC_02989_2021_Q1_Bieu2.csv");
    std::fs::write(folder.path().join(one), MEETINGS).unwrap();
    std::fs::write(folder.path().join(two), PETITIONS).unwrap();
    let result = check(folder.path());
    assert_eq!(statuses(&result), [(one, "used"), (two, "used")]);
    assert_eq!(result["totals"]["communes"]["opinions"], 2);
    assert_eq!(of_files(&result, "BM01"), []);
    // The petition of a meeting that is not there is found, in its own file.
    assert_eq!(of_files(&result, "SL08"), [(two, "B3")]);
}

#[test]
fn the_same_table_twice_is_two_versions() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("BC_02989_2021_Q1.csv"), MEETINGS).unwrap();
    let later = MEETINGS.replace(";85;", ";90;");
    std::fs::write(folder.path().join("BC_02989_2021_Q1 lần 2.csv"), later).unwrap();
    let result = check(folder.path());
    assert_eq!(result["totals"]["communes"]["attendees"], 90);
    assert_eq!(of_files(&result, "DV05").len(), 1);
}

#[test]
fn petitions_alone_are_no_report() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("BC_02989_2021_Q1_Bieu2.csv"), PETITIONS).unwrap();
    let result = check(folder.path());
    assert_eq!(of_files(&result, "BM01").len(), 1);
    assert_eq!(statuses(&result), [("BC_02989_2021_Q1_Bieu2.csv", "rejected")]);
}
