//! Every figure followed back to the cells of the submitted files, and how the program shows it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;
#[path = "support/quarter.rs"]
#[allow(dead_code, reason = "each file of tests needs some of it")]
mod quarter;

use program::{Ran, Small, checkout, qc17};
use qc17::aggregate::{Figure, Measure, Target, Trace};
use qc17::pipeline::{run, written};
use serde_json::Value;

/// `qc17 trace` over the committed quarter.
fn traced(unit: &str, field: &str, further: &[&str]) -> Ran {
    let folder = checkout("fixtures/2021-Q1");
    let mut words = vec!["trace", unit, field, folder.to_str().unwrap(), "--period", "2021-Q1"];
    words.extend(further);
    qc17(words)
}

#[test]
fn the_cells_of_the_committed_quarter_add_up_to_its_figures() {
    let job = quarter::job();
    let summary = run(&job, &|_, _| {}).unwrap();
    let counts = [Measure::Attendees, Measure::Opinions].into_iter().chain(Measure::OUTCOMES);
    let counts: Vec<Figure> = counts.map(Figure::Of).collect();
    for figure in Figure::ALL {
        let trace = Trace::of(&summary, Target::All, figure);
        assert_eq!(trace.units.len(), summary.units.len());
        assert_eq!(u64::try_from(trace.sum()).unwrap(), trace.tally.sum.unwrap_or(0), "{figure:?}");
        let parts = trace.units.iter().flat_map(|unit| &unit.parts);
        let cells: Vec<_> = parts
            .clone()
            .filter_map(|part| {
                let place = &part.place;
                Some((place.file.clone()?, place.sheet.clone()?, place.cell?))
            })
            .collect();
        let written = written(&job, &cells).unwrap();
        for part in parts.filter(|_| counts.contains(&figure)) {
            let place = &part.place;
            let (file, sheet) = (place.file.as_ref().unwrap(), place.sheet.as_ref().unwrap());
            let text = written.get(file, sheet, place.cell.unwrap()).unwrap();
            // `1.078`, `7 ý kiến`, `05`: what stands there is the number that is added.
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let same = digits.parse() == Ok(part.adds);
            assert!(same || (digits.is_empty() && part.adds == 0), "{place:?}: {text}");
        }
    }
}

/// Units and sums with what the committed quarter has of faults: one figure each.
const SHOWN: [(&str, &str); 12] = [
    ("Phường Duyên Hải", "Số lượt người tham gia"),
    ("02635", "required"),
    ("10", "counted"),
    ("02725", "14"),
    ("02662", "Ý kiến, kiến nghị"),
    ("02704", "attendees"),
    ("02953", "cột 13"),
    ("02677", "held"),
    ("02755", "opinions"),
    ("02755", "notices_missing"),
    ("Mường Khương các xã", "ad_hoc"),
    ("tinh", "12"),
];

#[test]
fn a_trace_reads_as_agreed() {
    let mut all = String::new();
    for (unit, field) in SHOWN {
        let done = traced(unit, field, &[]);
        assert_eq!((done.status, done.err.as_str()), (Some(0), ""), "{unit} {field}");
        all.push_str(&format!("$ qc17 trace \"{unit}\" \"{field}\"\n{}\n", done.out));
    }
    let file = checkout("tests/golden/trace.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &all).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(all, kept, "UPDATE=1 cargo test --test trace rewrites it");
}

#[test]
fn programs_get_the_same_trace() {
    let done = traced("02725", "opinions", &["--format", "json"]);
    let trace: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&trace["field"], &trace["column"]), (&"opinions".into(), &14.into()));
    assert_eq!((&trace["sum"], &trace["incomplete"]), (&3.into(), &true.into()));
    let unit = &trace["units"][0];
    let part = &unit["parts"][0];
    assert_eq!(
        (&part["cell"], &part["written"], &part["adds"]),
        (&"O6".into(), &"3".into(), &3.into())
    );
    let out = &unit["left_out"][0];
    assert_eq!((&out["cell"], &out["written"]), (&"O7".into(), &"8".into()));
    assert_eq!((&out["adds"], &out["findings"][0]["code"]), (&0.into(), &"DL02".into()));
    let all: Value =
        serde_json::from_str(&traced("tong", "13", &["--format", "json"]).out).unwrap();
    let parts = all["units"].as_array().unwrap().iter();
    let sum: i64 = parts
        .flat_map(|unit| unit["parts"].as_array().unwrap())
        .map(|part| part["adds"].as_i64().unwrap())
        .sum();
    assert_eq!(Some(sum), all["sum"].as_i64());
}

#[test]
fn what_is_not_there_is_told_with_the_nearest() {
    for (unit, field, told) in [
        ("02635", "atendees", "attendees, cột 13"),
        ("02635", "Tổng số", "held, cột 8"),
        ("02635", "24", "tình trạng nộp"),
        ("Duyên Hải Phố", "13", "Duyên Hải Phố"),
        ("Phường Duyên Hảii", "13", "Có phải Phường Duyên Hải?"),
    ] {
        let done = traced(unit, field, &[]);
        assert!(done.refusal().contains(told), "{unit} {field}: {}", done.err);
    }
}

/// Over several quarters each one's cells are named, and a quarter without a report is missing.
#[test]
fn a_longer_span_is_traced_quarter_by_quarter() {
    let folder = tempfile::tempdir().unwrap();
    for (quarter, day, people) in [("I", "15/03/2021", 50), ("II", "15/06/2021", 70)] {
        let rows = format!(
            "Đơn vị,Phường Duyên Hải\nMã đơn vị,02635\nKỳ báo cáo,Quý {quarter}/2021\n\n\
             STT,Ngày tổ chức,Loại cuộc,Chủ trì,Chủ đề,Số lượt người tham gia,Tổng số ý kiến\n\
             1,{day},Định kỳ,Bí thư,Đất đai,{people},2\n"
        );
        std::fs::write(folder.path().join(format!("{quarter}.csv")), rows).unwrap();
    }
    let of = |unit: &str, field: &str, period: &str| {
        let folder = folder.path().to_str().unwrap();
        let words = ["trace", unit, field, folder, "--period", period, "--scope", "10"];
        let done = qc17(words.into_iter().chain(["--format", "json"]));
        assert_eq!(done.status, Some(0), "{}", done.err);
        serde_json::from_str::<Value>(&done.out).unwrap()
    };
    let adds = |trace: &Value| -> i64 {
        let units = trace["units"].as_array().unwrap().iter();
        let parts = units.flat_map(|unit| unit["parts"].as_array().unwrap());
        parts.map(|part| part["adds"].as_i64().unwrap()).sum()
    };
    for (period, people, silent) in [("2021-H1", 120, 0), ("2021-9M", 120, 1), ("2021", 120, 2)] {
        let trace = of("02635", "attendees", period);
        assert_eq!(trace["sum"].as_i64(), Some(people), "{period}");
        let missing = trace["units"][0]["missing"].as_array().unwrap();
        assert_eq!(missing.len(), silent, "{period}: {trace:#}");
        for field in ["required", "counted", "notices_missing"] {
            let trace = of("tong", field, period);
            assert_eq!(adds(&trace), trace["sum"].as_i64().unwrap_or(0), "{field} of {period}");
        }
    }
}

/// In an archive, and with a telephone number in the cell.
#[test]
fn a_cell_in_an_archive_is_found_and_masked() {
    let small = Small::new();
    let folder = small.path("nén");
    std::fs::create_dir(&folder).unwrap();
    let rows = "Đơn vị,Phường Duyên Hải\nMã đơn vị,02635\nKỳ báo cáo,Quý I/2021\n\n\
        STT,Ngày tổ chức,Loại cuộc,Chủ trì,Chủ đề,Số lượt người tham gia,Tổng số ý kiến\n\
        1,15/03/2021,Định kỳ,Bí thư,Đất đai,hỏi 0912345678,2\n";
    let bytes = qc17_zip("xa/Duyên Hải.csv", rows.as_bytes());
    std::fs::write(folder.join("nop.zip"), bytes).unwrap();
    let words = ["--scope", "10", "--period", "2021-Q1"];
    let of = |field: &str| {
        let mut all = vec!["trace", "02635", field, folder.to_str().unwrap()];
        all.extend(words);
        qc17(all)
    };
    let people = of("attendees");
    assert_eq!(people.status, Some(0), "{}", people.err);
    assert!(
        people.out.contains("Tệp nop.zip!/xa/Duyên Hải.csv, trang Duyên Hải"),
        "{}",
        people.out
    );
    assert!(people.out.contains("ghi “hỏi ••••••••••”"), "{}", people.out);
    assert!(!people.out.contains("0912345678"), "{}", people.out);
    let opinions = of("opinions").out;
    assert!(opinions.contains("ô G6  ghi “2”  hiểu là 2  +2"), "{opinions}");
}

/// An archive with one stored file in it.
fn qc17_zip(name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content).unwrap();
    archive.finish().unwrap().into_inner()
}
