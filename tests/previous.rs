//! A second run over files that changed: which findings are new, still there and gone, which figures moved.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Ran, program};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const MEETINGS: &str = "STT;Ngày tổ chức;Địa điểm;Hình thức;Loại cuộc;Chủ trì;Họ tên, chức vụ người chủ trì;\
Chủ đề, nội dung;Ngày thông báo trước;Số lượt người tham gia;Nữ;Tổng số ý kiến;Trả lời tại hội nghị;\
Đã giải quyết sau hội nghị;Đang giải quyết;Chưa giải quyết;Chuyển cấp trên;Số kế hoạch;Ngày kế hoạch;\
Ngày biên bản;Số thông báo kết luận;Ngày thông báo kết luận;Ngày công khai";
const PETITIONS: &str = "STT;Cuộc số;Nội dung ý kiến, kiến nghị;Lĩnh vực;Thẩm quyền giải quyết;\
Cơ quan giải quyết;Ngày tiếp nhận;Ngày báo nhận, chuyển;Kết quả;Số văn bản trả lời;Ngày văn bản trả lời;\
Kiến nghị lặp lại";

/// Columns of Biểu 1 that are changed below.
const DATE: usize = 1;
const PEOPLE: usize = 9;
const WOMEN: usize = 10;
const MINUTES: usize = 19;

/// What a commune sends: two text files, one for each table.
#[derive(Clone)]
struct Commune {
    unit: [&'static str; 2],
    files: [&'static str; 2],
    /// Empty lines above the tables.
    above: usize,
    meetings: Vec<Vec<String>>,
    petitions: Vec<Vec<String>>,
    /// The people at all meetings, as the row of sums says.
    people: u32,
}

fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    let cells = |line: &&str| line.split(';').map(str::to_owned).collect();
    lines.iter().map(cells).collect()
}

impl Commune {
    /// SL03 in the first meeting, CT02, HS02 and TH01 in the second, CT02, HS02, SL02, HS05 and TH02 in the
    /// third, HS03 in the last petition, SL05 below the table.
    fn faulty() -> Self {
        Self {
            unit: ["02989", "Xã Bảo Hà"],
            files: ["BC_02989_bieu1.csv", "BC_02989_bieu2.csv"],
            above: 0,
            meetings: rows(&[
                "1;10/03/2021;Nhà văn hóa thôn 1;Trực tiếp;Định kỳ;Bí thư;Nguyễn Văn An;Đường;01/03/2021;85;40;3;3;0;0;0;0;12-KH;18/02/2021;10/03/2021;01-TB;17/03/2021;18/03/2021",
                "2;15/02/2021;Nhà văn hóa thôn 2;Trực tiếp;Đột xuất;Bí thư;Nguyễn Văn An;Nước;01/02/2021;60;20;1;1;0;0;0;0;12-KH;18/01/2021;;02-TB;17/03/2021;18/03/2021",
                "3;20/02/2021;Nhà văn hóa thôn 3;Trực tiếp;Đột xuất;Bí thư;Nguyễn Văn An;Chợ;01/02/2021;50;70;1;0;1;0;0;0;12-KH;18/01/2021;;;;",
            ]),
            petitions: rows(&[
                "1;1;Sửa cầu thôn 1;L05;Xã;UBND xã;10/03/2021;12/03/2021;K1;21/UBND;19/03/2021;Không",
                "2;1;Cấp đổi sổ đất;L01;Xã;UBND xã;10/03/2021;12/03/2021;K1;22/UBND;19/03/2021;Không",
                "3;2;Nước sạch thôn 2;L05;Xã;UBND xã;15/02/2021;16/02/2021;K1;23/UBND;19/02/2021;Không",
                "4;3;Sửa chợ;L05;Xã;UBND xã;20/02/2021;22/02/2021;K2;;;Không",
            ]),
            people: 190,
        }
    }

    /// A commune without a fault.
    fn clean() -> Self {
        Self {
            unit: ["02977", "Xã Minh Tân"],
            files: ["BC_02977_bieu1.csv", "BC_02977_bieu2.csv"],
            above: 0,
            meetings: rows(&[
                "1;10/03/2021;Nhà văn hóa thôn 9;Trực tiếp;Định kỳ;Bí thư;Lò Văn Cha;Đường;01/03/2021;70;30;1;1;0;0;0;0;9-KH;18/02/2021;10/03/2021;08-TB;17/03/2021;18/03/2021",
            ]),
            petitions: rows(&[
                "1;1;Sửa kênh thôn 9;L05;Xã;UBND xã;10/03/2021;12/03/2021;K1;4/UBND;19/03/2021;Không",
            ]),
            people: 70,
        }
    }

    fn texts(&self) -> [String; 2] {
        let [code, name] = self.unit;
        let head = format!(
            "Đơn vị;{name}\nMã đơn vị;{code}\nKỳ báo cáo;Quý I/2021\nNgày báo cáo;02/04/2021\n"
        );
        let head = head + &"\n".repeat(1 + self.above);
        let body = |rows: &[Vec<String>]| {
            rows.iter().map(|row| format!("{}\n", row.join(";"))).collect::<String>()
        };
        let total = format!("Tổng cộng;;;;;;;;;{}\n", self.people);
        [
            format!("{head}{MEETINGS}\n{}{total}", body(&self.meetings)),
            format!("{head}{PETITIONS}\n{}", body(&self.petitions)),
        ]
    }

    /// A clean meeting without opinions in front of all others, and the numbers that follow from it.
    fn insert_above(&mut self) {
        for row in &mut self.meetings {
            row[0] = (row[0].parse::<u32>().unwrap() + 1).to_string();
        }
        for row in &mut self.petitions {
            row[1] = (row[1].parse::<u32>().unwrap() + 1).to_string();
        }
        self.meetings.insert(0, further("1", "08/03/2021", "Nhà văn hóa thôn 7", "08/03/2021"));
        self.people += 40;
    }
}

/// A meeting without opinions.
fn further(no: &str, day: &str, place: &str, minutes: &str) -> Vec<String> {
    let line = format!(
        "{no};{day};{place};Trực tiếp;Định kỳ;Chủ tịch UBND;Trần Thị Bình;Rừng;20/02/2021;40;20;0;0;0;0;0;0;12-KH;18/02/2021;{minutes};07-TB;12/03/2021;13/03/2021"
    );
    rows(&[&line]).remove(0)
}

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
            for (name, text) in commune.files.iter().zip(commune.texts()) {
                fs::write(folder.join(name), text).unwrap();
            }
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
            (one.meetings[1][0], one.meetings[2][0]) = ("2".to_owned(), "3".to_owned());
            (one.petitions[2][1], one.petitions[3][1]) = ("3".to_owned(), "2".to_owned());
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
        ("a meeting's day corrected", |one| one.meetings[2][DATE] = "21/02/2021".to_owned()),
        ("more people, still fewer than women", |one| one.meetings[2][PEOPLE] = "55".to_owned()),
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
        (
            "one figure",
            (|one| one.meetings[2][WOMEN] = "30".to_owned()) as Edit,
            &NONE[..],
            &["SL02 K9"][..],
        ),
        ("the sum", |one| one.people = 195, &NONE, &["SL05 J10"]),
        (
            "one of two equal gaps",
            |one| one.meetings[1][MINUTES] = "15/02/2021".to_owned(),
            &NONE,
            &["HS02 T8"],
        ),
        (
            "the other one",
            |one| one.meetings[2][MINUTES] = "20/02/2021".to_owned(),
            &NONE,
            &["HS02 T9"],
        ),
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
                one.meetings[1][MINUTES] = "15/02/2021".to_owned();
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
    unasked.meetings[0][PEOPLE] = "170".to_owned();
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
    again.meetings[3][WOMEN] = "30".to_owned();
    let (new, gone, _) = findings(&runs.result(&[&again], &[]));
    assert_eq!((new, gone), (Vec::new(), strings(&["SL02 K9"])));
}
