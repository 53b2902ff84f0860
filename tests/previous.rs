//! A second run over files that changed: which findings are new, still there and gone, which figures moved.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/commune.rs"]
mod commune;
#[path = "support/program.rs"]
mod program;

use commune::{Commune, DATE, MINUTES, PEOPLE, WOMEN, further};
use program::{Ran, program};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// Runs over a folder with these communes; the earlier result beside it, where there is one.
struct Runs {
    root: TempDir,
}

impl Runs {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    fn earlier(&self) -> PathBuf {
        self.root.path().join("ket-qua-2021-Q1.json")
    }

    fn run(&self, communes: &[&Commune], further: &[&str]) -> Ran {
        let folder = self.root.path().join("nop");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir(&folder).unwrap();
        for commune in communes {
            commune.write(&folder);
        }
        let mut command = program();
        command.arg("check").arg(folder).args(["--period", "2021-Q1", "--scope", "087"]);
        if self.earlier().exists() {
            command.arg("--previous").arg(self.earlier());
        }
        let as_of = if further.contains(&"--as-of") { &[][..] } else { &["--as-of", "2021-04-05"] };
        Ran::of(&command.args(as_of).args(further).output().unwrap())
    }

    /// The first run, kept for the second.
    fn keep(&self, communes: &[&Commune]) -> Value {
        let ran = self.run(communes, &["--format", "json"]);
        fs::write(self.earlier(), &ran.out).unwrap();
        serde_json::from_str(&ran.out).unwrap()
    }

    fn result(&self, communes: &[&Commune], further: &[&str]) -> Value {
        let ran = self.run(communes, &[&["--format", "json"], further].concat());
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("–")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key}: {value}"))
}

/// New, gone, and how many are still there; each by its code and cell.
fn findings(result: &Value) -> (Vec<String>, Vec<String>, usize) {
    let shown = |one: &Value| format!("{} {}", word(one, "code"), word(one, "cell"));
    let mut by_key: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in list(result, "diagnostics") {
        by_key.entry(word(one, "key")).or_default().push(shown(one));
    }
    let changes = &result["changes"];
    let new =
        list(changes, "new").iter().map(|key| match by_key[key.as_str().unwrap()].as_slice() {
            [one] => one.clone(),
            several => panic!("one key for {several:?}"),
        });
    let gone = list(changes, "gone").iter().map(shown);
    (new.collect(), gone.collect(), list(changes, "still").len())
}

/// The figures of units that changed.
fn figures(result: &Value) -> Vec<String> {
    let units = list(&result["changes"], "figures").iter().filter(|one| one["unit"].is_string());
    let shown = |one: &Value| {
        let asked = match one["asked"].as_bool() {
            Some(true) => "asked",
            Some(false) => "unasked",
            None => "–",
        };
        let (unit, figure) = (word(one, "unit"), word(one, "figure"));
        let cause = if one["file"].is_string() { word(one, "file") } else { word(one, "cause") };
        format!("{unit} {figure} {}→{} {cause} {asked}", one["before"], one["after"])
    };
    units.map(shown).collect()
}

const NONE: [&str; 0] = [];

type Edit = fn(&mut Commune);

#[test]
fn rows_and_files_that_move_make_nothing_new() {
    let runs = Runs::new();
    let base = Commune::faulty();
    let first = runs.keep(&[&base, &Commune::clean()]);
    let all = list(&first, "diagnostics").len();
    let own = list(&first, "diagnostics").iter().filter(|one| one["unit"] == "02989");
    let own: Vec<&str> = own.map(|one| word(one, "code")).collect();
    let expected = ["CT02", "HS02", "HS05", "SL02", "SL03", "SL05", "TH01", "TH02", "HS03"];
    assert!(expected.iter().all(|code| own.contains(code)), "{own:?}");
    for (what, edit) in [
        ("the same again", (|_| {}) as Edit),
        ("a row above", Commune::insert_above),
        ("two rows swapped", |one| {
            one.meetings.swap(1, 2);
            one.put(1, 0, "2");
            one.put(2, 0, "3");
            "3".clone_into(&mut one.petitions[2][1]);
            "2".clone_into(&mut one.petitions[3][1]);
        }),
        ("petitions swapped", |one| one.petitions.swap(0, 3)),
        ("other names of files", |one| {
            one.files = ["xã Bảo Hà - biểu 1.csv", "xã Bảo Hà - biểu 2.csv"];
        }),
        ("the tables further down", |one| one.above = 7),
        ("all at once", |one| {
            one.insert_above();
            one.above = 3;
            one.files = ["bảo hà 1.csv", "bảo hà 2.csv"];
        }),
        ("a meeting's day corrected", |one| one.put(2, DATE, "21/02/2021")),
        ("more people, still fewer than women", |one| one.put(2, PEOPLE, "55")),
    ] {
        let mut again = base.clone();
        edit(&mut again);
        let result = runs.result(&[&again, &Commune::clean()], &[]);
        let (new, gone, still) = findings(&result);
        assert_eq!((new, gone, still), (Vec::new(), Vec::new(), all), "{what}");
    }
}

#[test]
fn exactly_what_was_mended_is_gone_and_what_came_is_new() {
    let runs = Runs::new();
    let base = Commune::faulty();
    let all = list(&runs.keep(&[&base]), "diagnostics").len();
    for (what, edit, new, gone) in [
        ("one figure", (|one| one.put(2, WOMEN, "30")) as Edit, &NONE[..], &["SL02 K9"][..]),
        ("the sum", |one| one.people = 195, &NONE, &["SL05 J10"]),
        ("one of two equal gaps", |one| one.put(1, MINUTES, "15/02/2021"), &NONE, &["HS02 T8"]),
        ("the other one", |one| one.put(2, MINUTES, "20/02/2021"), &NONE, &["HS02 T9"]),
        (
            "a row that goes with its petition",
            |one| {
                one.meetings.pop();
                one.petitions.pop();
            },
            &NONE,
            &["CT02 E9", "SL02 K9", "HS02 T9", "TH02 V9", "HS05 W9", "HS03 J10"],
        ),
        (
            "the same gap filled here and new there",
            |one| {
                one.put(1, MINUTES, "15/02/2021");
                one.meetings.push(further("4", "09/03/2021", "Nhà văn hóa thôn 4", ""));
                one.people += 40;
            },
            &["HS02 T10"],
            &["HS02 T8"],
        ),
        (
            "another row in the same place",
            |one| one.meetings[2] = further("3", "09/03/2021", "Nhà văn hóa thôn 4", ""),
            &["SL03 L9", "HS02 T9"],
            &["CT02 E9", "SL02 K9", "HS02 T9", "TH02 V9", "HS05 W9"],
        ),
    ] {
        let mut again = base.clone();
        edit(&mut again);
        let found = findings(&runs.result(&[&again], &[]));
        assert_eq!((&found.0[..], &found.1[..]), (&strings(new)[..], &strings(gone)[..]), "{what}");
        assert_eq!(found.2, all - gone.len(), "{what}");
    }
}

fn strings(of: &[&str]) -> Vec<String> {
    of.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn a_day_later_the_same_is_overdue_by_more() {
    let runs = Runs::new();
    let communes = [&Commune::faulty(), &Commune::clean()];
    runs.keep(&communes);
    let result = runs.result(&communes, &["--as-of", "2021-04-06"]);
    let (new, gone, _) = findings(&result);
    assert_eq!((new, gone), (Vec::new(), Vec::new()));
}

#[test]
fn every_changed_figure_names_its_file_and_who_asked() {
    let runs = Runs::new();
    let (faulty, clean) = (Commune::faulty(), Commune::clean());
    runs.keep(&[&faulty, &clean]);
    let (mut more, mut unasked) = (faulty.clone(), clean.clone());
    more.insert_above();
    unasked.put(0, PEOPLE, "170");
    unasked.people = 170;
    let result = runs.result(&[&more, &unasked], &[]);
    assert_eq!(
        figures(&result),
        [
            "02977 attendees 70→170 BC_02977_bieu1.csv unasked",
            "02989 counted 1→2 BC_02989_bieu1.csv asked",
            "02989 periodic 1→2 BC_02989_bieu1.csv asked",
            "02989 by_chairman 0→1 BC_02989_bieu1.csv asked",
            "02989 attendees 195→235 BC_02989_bieu1.csv asked",
            "02989 notices_on_time 1→2 BC_02989_bieu1.csv asked",
        ]
    );
    let sums: Vec<String> = list(&result["changes"], "figures")
        .iter()
        .filter(|one| one["figure"] == "attendees" && one["unit"].is_null())
        .map(|one| {
            format!("{} {}→{} {}", word(one, "total"), one["before"], one["after"], one["files"])
        })
        .collect();
    let files = "[\"BC_02977_bieu1.csv\",\"BC_02989_bieu1.csv\"]";
    assert_eq!(sums, [format!("communes 265→405 {files}"), format!("all 265→405 {files}")]);
    let shown = runs.run(&[&more, &unasked], &[]).out;
    for words in [
        "0 lỗi mới",
        "không ai yêu cầu  02977: ",
        "70 → 170, do tệp BC_02977_bieu1.csv",
        "195 → 235, do tệp BC_02989_bieu1.csv",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

/// A meeting that differs from one that is still there in its day alone is another meeting, whether it comes or
/// goes, below that one or above it.
#[test]
fn a_row_like_one_that_is_still_there_is_another() {
    let mut one = Commune::clean();
    one.put(0, MINUTES, "");
    let mut two = one.clone();
    let mut row = one.meetings[0].clone();
    for (column, text) in [(0, "2"), (DATE, "11/03/2021"), (11, "0"), (12, "0")] {
        text.clone_into(&mut row[column]);
    }
    two.meetings.push(row);
    two.people = 140;
    let mut turned = two.clone();
    turned.meetings.swap(0, 1);
    for (first, second, new, gone) in [
        (&one, &two, &["HS02 T8"][..], &NONE[..]),
        (&one, &turned, &["HS02 T7"], &NONE),
        (&two, &one, &NONE, &["HS02 T8"]),
        (&turned, &one, &NONE, &["HS02 T7"]),
        (&two, &turned, &NONE, &NONE),
    ] {
        let runs = Runs::new();
        runs.keep(&[first]);
        let found = findings(&runs.result(&[second], &[]));
        assert_eq!((&found.0[..], &found.1[..]), (&strings(new)[..], &strings(gone)[..]));
    }
}

/// A row of sums that says 71 of 70 people asks about the people, and about nothing else while the meetings
/// stay as many.
#[test]
fn a_wrong_sum_asks_for_its_own_column() {
    const OPINIONS: usize = 11;
    let runs = Runs::new();
    let mut first = Commune::clean();
    first.people = 71;
    runs.keep(&[&first]);
    let mut opinions = first.clone();
    opinions.put(0, OPINIONS, "2");
    opinions.put(0, OPINIONS + 1, "2");
    let mut people = first.clone();
    people.put(0, PEOPLE, "71");
    let mut row = first.clone();
    row.insert_above();
    for (changed, expected) in [
        (
            opinions,
            vec![
                "opinions 1→2 BC_02977_bieu1.csv unasked",
                "answered 1→2 BC_02977_bieu1.csv unasked",
            ],
        ),
        (people, vec!["attendees 70→71 BC_02977_bieu1.csv asked"]),
        (
            row,
            vec![
                "counted 1→2 BC_02977_bieu1.csv asked",
                "periodic 1→2 BC_02977_bieu1.csv asked",
                "by_chairman 0→1 BC_02977_bieu1.csv asked",
                "attendees 70→110 BC_02977_bieu1.csv asked",
                "notices_on_time 1→2 BC_02977_bieu1.csv asked",
            ],
        ),
    ] {
        let found = figures(&runs.result(&[&changed], &[]));
        let expected: Vec<String> = expected.iter().map(|line| format!("02977 {line}")).collect();
        assert_eq!(found, expected);
    }
}

/// A result of a program that did not write what its findings are about.
#[test]
fn an_older_result_is_told_by_its_words() {
    let runs = Runs::new();
    let base = Commune::faulty();
    let mut first = runs.keep(&[&base]);
    for one in first["diagnostics"].as_array_mut().unwrap() {
        let one = one.as_object_mut().unwrap();
        one.remove("about");
        one.remove("row");
    }
    fs::write(runs.earlier(), first.to_string()).unwrap();
    let mut again = base.clone();
    again.insert_above();
    again.put(3, WOMEN, "30");
    let (new, gone, _) = findings(&runs.result(&[&again], &[]));
    assert_eq!((new, gone), (Vec::new(), strings(&["SL02 K9"])));
}
