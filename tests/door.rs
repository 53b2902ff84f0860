//! Without a command: a folder dragged onto the program, typed alone, or asked for in a window.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{OUTPUTS, Ran, Small, content, program, ran, submission};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The results of a run, without the mark by which the next one knows them.
fn results(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = content(folder);
    assert!(found.remove(Path::new(".qc17-da-ghi")).is_some(), "{:?}", found.keys());
    let (answers, own): (Vec<_>, Vec<_>) = found.keys().partition(|p| p.starts_with("phan-hoi"));
    let names: Vec<_> = own.into_iter().map(|path| path.to_string_lossy().into_owned()).collect();
    assert_eq!(names, OUTPUTS);
    assert!(!answers.is_empty(), "an answer to the units");
    found
}

/// `qc17 <inputs>` with the register of the small input.
fn door<P: AsRef<Path>>(small: &Small, inputs: &[P]) -> Command {
    let mut command = program();
    command.args(inputs.iter().map(AsRef::as_ref)).arg("--units").arg(small.path("units.csv"));
    command
}

#[test]
fn a_folder_alone_is_its_report_beside_it() {
    let small = Small::new();
    let before = content(&small.input());
    let done = ran(&mut door(&small, &[small.input()]));
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    let beside = small.path("nop-ket-qua");
    let written = results(&beside);
    ran(small.report().arg("--feedback"));
    assert_eq!(written, content(&small.output()), "the same as with a command");
    assert_eq!(content(&small.input()), before);
    for words in
        ["Tỉnh Lào Cai, quý I/2021", "Đã nộp: 3", "Phải sửa: 0 chỗ", &beside.display().to_string()]
    {
        assert!(done.out.contains(words), "{words}: {}", done.out);
    }
    // Again, from inside, and as a result for programs.
    let again = ran(door(&small, &["."]).current_dir(small.input()));
    assert_eq!((again.status, &again.out), (Some(0), &done.out));
    assert_eq!(results(&beside), written);
    let json = ran(door(&small, &[small.input()]).args(["--yes", "--format", "json"]));
    assert_eq!(json.out.as_bytes(), written[Path::new("ket-qua-2021-Q1.json")]);
    assert_eq!(ran(&mut door(&small, &[&beside])).refusal().matches("thư mục kết quả").count(), 1);
}

#[test]
fn several_folders_and_single_files_are_read_together() {
    let small = Small::new();
    let file = small.path("BC_10_2021_Q1.xlsx");
    fs::rename(small.input().join("BC_10_2021_Q1.xlsx"), &file).unwrap();
    let district = small.input().join("080");
    for inputs in
        [vec![district.clone(), file.clone()], vec![file.clone(), district.clone(), district]]
    {
        let mut command = door(&small, &inputs);
        let done = ran(command.args(["--format", "json"]));
        assert_eq!((done.status, done.err.as_str()), (Some(0), ""), "{inputs:?}");
        let result: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let paths = result["files"].as_array().unwrap().iter();
        let paths: Vec<_> = paths.map(|file| file["path"].as_str().unwrap()).collect();
        let expected =
            ["080/BC_02635_2021_Q1.xlsx", "080/BC_080_2021_Q1.xlsx", "BC_10_2021_Q1.xlsx"];
        assert_eq!(paths, expected, "each once, whatever was named twice");
    }
    results(&small.input().join("080-ket-qua"));
    results(&small.path("BC_10_2021_Q1-ket-qua"));
}

#[test]
fn what_others_left_in_the_folder_of_results_is_not_touched() {
    let small = Small::new();
    let beside = small.path("nop-ket-qua");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("tong-hop-2021-Q1.xlsx.txt"), "ghi chú của tôi").unwrap();
    let before = content(&beside);
    assert_eq!(ran(&mut door(&small, &[small.input()])).status, Some(0));
    assert_eq!(content(&beside), before);
    let second = small.path("nop-ket-qua-2");
    let written = results(&second);
    // A workbook in which somebody has worked since stays; one as it was left is replaced.
    assert_eq!(ran(&mut door(&small, &[small.input()])).status, Some(0));
    assert!(!small.path("nop-ket-qua-3").exists());
    let workbook = second.join(OUTPUTS[2]);
    fs::write(&workbook, "đã sửa").unwrap();
    assert_eq!(ran(&mut door(&small, &[small.input()])).status, Some(0));
    assert_eq!(fs::read_to_string(&workbook).unwrap(), "đã sửa");
    assert_eq!(results(&small.path("nop-ket-qua-3")), written);
}

#[test]
fn what_cannot_be_understood_alone_is_said_and_nothing_is_written() {
    let small = Small::new();
    let only = |done: Ran, words: &[&str]| {
        let sentence = done.refusal().to_owned();
        assert!(words.iter().all(|word| sentence.contains(word)), "{sentence}");
        assert!(!small.path("nop-ket-qua").exists());
    };
    only(ran(program().arg("--yes")), &["Chưa chỉ ra thư mục nào", "qc17 <thư mục"]);
    only(ran(program().arg("/không/có")), &["Không tìm thấy", "/không/có"]);
    only(ran(program().arg("bao-cao")), &["Không có lệnh", "bao-cao"]);
    only(ran(program().args(["--nhanh"]).arg(small.input())), &["--nhanh"]);
    let other = small.input().join("BC_02893_2021_Q1.xlsx");
    fs::copy(submission("085/BC_02893_2021_Q1.xlsx"), &other).unwrap();
    only(ran(&mut door(&small, &[small.input()])), &["quý IV/2020, quý I/2021", "--period"]);
    assert_eq!(ran(door(&small, &[small.input()]).args(["--period", "2021-Q1"])).status, Some(1));
    fs::remove_dir_all(small.path("nop-ket-qua")).unwrap();
    fs::remove_file(other).unwrap();

    let rows = "Đơn vị,Tỉnh Yên Bái\nMã đơn vị,15\nKỳ báo cáo,Quý I/2021\n\n\
        STT,Ngày tổ chức,Loại cuộc,Chủ trì,Chủ đề,Số lượt người tham gia,Tổng số ý kiến\n\
        1,15/03/2021,Định kỳ,Bí thư,Đất đai,50,2\n";
    fs::write(small.input().join("yen-bai.csv"), rows).unwrap();
    let both = ran(program().arg(small.input()));
    only(both, &["Tỉnh Lào Cai (10), Tỉnh Yên Bái (15)", "--scope"]);
}

/// The office's own file among the submissions is used, and a fault in it is told.
#[test]
fn the_office_among_the_submissions_issues_the_report() {
    let small = Small::new();
    let plain = ran(&mut door(&small, &[small.input()]));
    let without = results(&small.path("nop-ket-qua"));
    let file = small.input().join("co-quan.toml");
    fs::write(&file, "so = \"12\"\nngay = \"05/04/2021\"\n").unwrap();
    let done = ran(&mut door(&small, &[small.input()]));
    assert_eq!(done.status, Some(0), "{}", done.err);
    let with = results(&small.path("nop-ket-qua"));
    assert_ne!(with[Path::new(OUTPUTS[0])], without[Path::new(OUTPUTS[0])]);
    assert_eq!(done.out, plain.out);
    fs::write(&file, "so = [").unwrap();
    let refused = ran(&mut door(&small, &[small.input()]));
    assert!(refused.refusal().contains("co-quan.toml"), "{}", refused.err);
}

/// A parent folder without the right to write; root may write everywhere, so root becomes nobody for it.
#[cfg(unix)]
#[test]
fn a_place_that_takes_no_files_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let small = Small::new();
    let copy = small.path("qc17");
    fs::copy(env!("CARGO_BIN_EXE_qc17"), &copy).unwrap();
    let is_root = fs::metadata(small.path("")).unwrap().uid() == 0;
    fs::set_permissions(small.path(""), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = Command::new(&copy);
    if is_root {
        command.uid(65_534);
    }
    command.arg(small.input()).arg("--units").arg(small.path("units.csv"));
    let done = ran(command.stdin(std::process::Stdio::null()));
    fs::set_permissions(small.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(done.refusal().contains("--out"), "{}", done.err);
    assert!(!small.path("nop-ket-qua").exists());
}

/// In a terminal, by way of `script`, which gives a program one: what is typed, and what is then shown.
#[cfg(unix)]
mod terminal {
    use super::*;
    use std::io::{Read, Write};
    use std::process::Stdio;

    /// Types these keys at the program, each after these words were shown. Started by a shell that waits for it, or in a window of its own.
    fn typed(
        small: &Small,
        own_window: bool,
        words: &str,
        keys: &[(&str, &str)],
    ) -> Option<(i32, String)> {
        if Command::new("script").arg("--version").output().is_err() {
            program::skip("no `script`: the questions in a terminal were not tried");
            return None;
        }
        let units = small.path("units.csv");
        let run = format!("'{}' {words} --units '{}'", env!("CARGO_BIN_EXE_qc17"), units.display());
        let run = if own_window { format!("exec {run}") } else { format!("{run}; exit $?") };
        let mut child = Command::new("script")
            .args(["-qec", &run, "/dev/null"])
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut to, mut from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut shown = Vec::new();
        // Ctrl-C throws away what was typed ahead, so each word is typed when it is asked for.
        for (question, keys) in keys {
            while !String::from_utf8_lossy(&shown).contains(question) {
                let mut byte = [0];
                assert_eq!(from.read(&mut byte).unwrap(), 1, "{question}: {shown:?}");
                shown.extend(byte);
            }
            to.write_all(keys.as_bytes()).unwrap();
        }
        drop(to);
        from.read_to_end(&mut shown).unwrap();
        let status = child.wait().unwrap().code().unwrap_or(-1);
        Some((status, String::from_utf8_lossy(&shown).replace('\r', "")))
    }

    fn folder(small: &Small) -> PathBuf {
        small.path("nop-ket-qua")
    }

    #[test]
    fn the_folder_is_asked_for_and_the_plan_shown_before_anything_is_written() {
        let small = Small::new();
        let dragged = format!("/khong/co\n '{}' \n", small.input().display());
        let Some((status, shown)) = typed(&small, false, "", &[("> ", &format!("{dragged}k\n"))])
        else {
            return;
        };
        assert_eq!(status, 2, "{shown}");
        for words in [
            "Kéo thư mục",
            "Không thấy “/khong/co”",
            "Hiểu là: Tỉnh Lào Cai, quý I/2021",
            "Đã thôi",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!folder(&small).exists());
        for (words, keys) in [("", format!("{dragged}\n")), ("--yes", dragged)] {
            let (status, shown) = typed(&small, false, words, &[("> ", &keys)]).unwrap();
            assert_eq!(status, 0, "{shown}");
            let plan = shown.find("Vào:     ").expect("the plan");
            assert!(plan < shown.find("Kết quả ở thư mục").expect("the results"), "{shown}");
            assert_eq!(shown.contains("Nhấn Enter để làm"), words.is_empty(), "{shown}");
            results(&folder(&small));
            fs::remove_dir_all(folder(&small)).unwrap();
        }
    }

    #[test]
    fn no_answer_is_no() {
        let small = Small::new();
        for keys in ["\n", "\u{4}"] {
            let Some((status, shown)) = typed(&small, false, "", &[("> ", keys)]) else { return };
            assert_eq!(status, 2, "{shown}");
            assert!(shown.contains("không ghi gì"), "{shown}");
        }
        let folder_line = format!("{}\n", small.input().display());
        let keys = [("> ", folder_line.as_str()), ("để thôi: ", "\u{3}")];
        let (status, shown) = typed(&small, false, "", &keys).unwrap();
        assert_eq!(status, 130, "{shown}");
        assert!(!folder(&small).exists());
    }

    #[test]
    fn of_several_quarters_one_is_chosen() {
        let small = Small::new();
        let other = small.input().join("BC_02893_2021_Q1.xlsx");
        fs::copy(submission("085/BC_02893_2021_Q1.xlsx"), other).unwrap();
        let words = format!("'{}' --scope 10", small.input().display());
        let Some((status, shown)) = typed(&small, false, &words, &[("để thôi): ", "7\n2\n")])
        else {
            return;
        };
        assert_eq!(status, 1, "a file of another quarter is an error: {shown}");
        for words in ["1. quý IV/2020 (1 tệp)", "2. quý I/2021 (3 tệp)", "Không có số 7"]
        {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        results(&folder(&small));
    }

    #[test]
    fn a_window_of_its_own_stays_open() {
        let small = Small::new();
        let words = format!("'{}'", small.input().display());
        let Some((status, shown)) = typed(&small, true, &words, &[("cửa sổ này. ", "\n")])
        else {
            return;
        };
        assert_eq!(status, 0, "{shown}");
        let last = shown.find("Nhấn Enter để đóng cửa sổ này");
        assert!(last > shown.find("Kết quả ở thư mục"), "{shown}");
        let (_, shown) = typed(&small, false, &words, &[]).unwrap();
        assert!(!shown.contains("đóng cửa sổ"), "{shown}");
        // A failure stays to be read, too.
        let (status, shown) = typed(&small, true, "/khong/co", &[("cửa sổ này. ", "\n")]).unwrap();
        assert_eq!(status, 2);
        assert!(shown.find("Không tìm thấy") < shown.find("đóng cửa sổ"), "{shown}");
    }
}
