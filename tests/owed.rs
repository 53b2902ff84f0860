//! What is still owed, as the program lists it and writes it into reminders.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use program::{Small, checkout, content, program, qc17, ran, submission};
use serde_json::Value;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

/// `qc17 owed` of a district in the committed quarter, three weeks before it ends.
fn owed() -> Command {
    let mut command = program();
    command.arg("owed").arg(checkout("fixtures/2021-Q1"));
    command.args(["--period", "2021-Q1", "--scope", "082", "--as-of", "2021-03-10"]);
    command
}

#[test]
fn the_list_and_the_reminders_read_as_agreed() {
    let small = Small::new();
    let done = ran(owed().arg("--out").arg(small.output()));
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    let (list, told) = done.out.rsplit_once("\nĐã ghi dự thảo nhắc việc cho ").unwrap();
    let files = content(&small.output());
    assert!(told.starts_with(&format!("{} đơn vị", files.len())), "{told}");
    let mut all = list.to_owned();
    for (name, text) in &files {
        let name = name.to_str().unwrap().replace('\\', "/");
        all.push_str(&format!("\n=== {name}\n{}", String::from_utf8(text.clone()).unwrap()));
    }
    let file = checkout("tests/golden/owed.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &all).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(all, kept, "UPDATE=1 cargo test --test owed rewrites it");
    assert_eq!(ran(&mut owed()).out, list, "without a folder only the list is shown");
}

#[test]
fn a_day_and_a_quarter_are_needed() {
    let folder = checkout("fixtures/2021-Q1");
    let folder = folder.to_str().unwrap();
    for (words, told) in [
        (&["--period", "2021-Q1"][..], "--as-of"),
        (&["--period", "2021-H1", "--as-of", "2021-03-10"], "--history"),
    ] {
        let done = qc17(["owed", folder].iter().chain(words));
        assert!(done.refusal().contains(told), "{}", done.err);
    }
}

/// The result of a command over a folder, as programs read it.
fn read(command: &str, folder: &Path, further: &[&str]) -> Value {
    let mut words = program();
    words.arg(command).arg(folder).args(["--period", "2021-Q1", "--format", "json"]).args(further);
    let done = ran(&mut words);
    serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err))
}

/// On the quarter's last day the files give what the final ledger of the same files says, unit for unit.
#[test]
fn on_the_last_day_the_files_owe_what_the_final_ledger_lacks() {
    let folder = checkout("fixtures/2021-Q1");
    let owed = read("owed", &folder, &["--as-of", "2021-03-31"]);
    let last = read("check", &folder, &[]);
    let of = |list: &str, key: &str, code: &Value| -> Value {
        let found = last[list].as_array().unwrap().iter().find(|one| one[key] == *code);
        found.unwrap_or_else(|| panic!("{list} {code}")).clone()
    };
    let mut seen = std::collections::BTreeSet::new();
    for unit in owed["units"].as_array().unwrap() {
        let (ledger, line) =
            (of("ledger", "unit", &unit["code"]), of("units", "code", &unit["code"]));
        let verdict = line["verdict"].as_str().unwrap().to_owned();
        // The province's quota falls due at the year's end.
        if verdict == "khong_thuoc_dien" {
            continue;
        }
        let state = unit["meetings"]["state"].as_str().unwrap();
        let expected = match verdict.as_str() {
            "dat" => "met",
            "chua_nop" => "not_reported",
            "chua_xac_dinh" => "unknown",
            _ => "short",
        };
        assert_eq!((state, &unit["meetings"]["short"]), (expected, &ledger["short"]), "{unit}");
        seen.insert(expected);
    }
    assert_eq!(seen.len(), 4, "the quarter has every state: {seen:?}");
}

/// The file of a unit with other days of receipt and acknowledgement for its second petition.
fn acknowledged(folder: &Path, received: NaiveDate, told: Option<NaiveDate>) {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let serial = |day: NaiveDate| (day - epoch).num_days();
    let cell = |at: &str, day: i64| format!("<c r=\"{at}\" s=\"3\"><v>{day}</v></c>");
    let told = told.map_or("<c r=\"H6\" s=\"3\"/>".to_owned(), |day| cell("H6", serial(day)));
    let package = std::fs::read(submission("080/BC_02641_2021_Q1.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        if name.ends_with("sheet3.xml") {
            for (from, to) in [
                (cell("G6", 44260), cell("G6", serial(received))),
                (cell("H6", 44264), told.clone()),
            ] {
                assert_eq!(text.matches(&from).count(), 1, "{from}");
                text = text.replace(&from, &to);
            }
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    let bytes = out.finish().unwrap().into_inner();
    std::fs::write(folder.join("BC_02641_2021_Q1.xlsx"), bytes).unwrap();
}

/// The last day that is owed is the last day that TH07 takes, whatever weekends lie between.
#[test]
fn the_last_day_of_an_acknowledgement_is_that_of_its_rule() {
    for received in ["2021-03-05", "2021-03-09", "2021-03-13", "2021-03-19", "2021-03-31"] {
        let received: NaiveDate = received.parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        acknowledged(folder.path(), received, None);
        let owed = read("owed", folder.path(), &["--scope", "080", "--as-of", "2021-03-31"]);
        let units = owed["units"].as_array().unwrap().iter();
        let items = units.flat_map(|unit| unit["items"].as_array().unwrap());
        let found: Vec<&Value> = items.filter(|item| item["duty"] == "acknowledgement").collect();
        let [item] = found.as_slice() else { panic!("{received}: {found:?}") };
        let last: NaiveDate = item["due"]["day"].as_str().unwrap().parse().unwrap();
        for later in 0..=3 {
            let told = last + Days::new(later);
            acknowledged(folder.path(), received, Some(told));
            let result = read("check", folder.path(), &["--scope", "080", "--as-of", "2021-06-30"]);
            let late = result["diagnostics"].as_array().unwrap().iter();
            let late = late.filter(|one| one["code"] == "TH07" && one["cell"] == "H6").count();
            let rests = matches!(told.weekday(), Weekday::Sat | Weekday::Sun);
            let in_time = later == 0 || (rests && (told - last).num_days() < 3);
            assert_eq!(late, usize::from(!in_time), "{received}, told {told}, due {last}");
        }
    }
}
