//! The workbook as a whole, taken apart again.

use super::sample::{HOSTILE, Sample, day};
use super::workbook;
use crate::aggregate::{Measure, Summary, Tally};
use crate::model::{Level, UnitCode};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Every part of the package as text.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

fn sheet(summary: &Summary, number: usize) -> String {
    parts(&workbook(summary).unwrap()).remove(&format!("xl/worksheets/sheet{number}.xml")).unwrap()
}

const PL1: usize = 2;
const PL2: usize = 3;
const MEETINGS: usize = 6;
const PETITIONS: usize = 7;
const FINDINGS: usize = 10;

/// The cells of the row that holds that text, by column letter.
fn row_with(xml: &str, text: &str) -> BTreeMap<String, String> {
    let row = xml.split("<row ").find(|row| row.contains(&format!(">{text}</t>"))).unwrap();
    let cells = row.split("<c r=\"").skip(1);
    cells
        .map(|cell| {
            let (address, rest) = cell.split_once('"').unwrap();
            let column = address.trim_end_matches(|c: char| c.is_ascii_digit());
            (column.to_owned(), rest.to_owned())
        })
        .collect()
}

#[test]
fn equal_summaries_give_equal_bytes_on_any_number_of_threads() {
    let summary = Sample { communes: 40, meetings: 3, petitions: 60 }.summary();
    let first = workbook(&summary).unwrap();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| workbook(&summary).unwrap()) == first, "{threads} threads");
    }
}

#[test]
fn every_part_is_well_formed_and_the_sheets_stand_in_order() {
    let parts = parts(&workbook(&Sample::SMALL.summary()).unwrap());
    for (name, xml) in &parts {
        let mut reader = quick_xml::Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                event => assert!(event.is_ok(), "{name}: {event:?}"),
            }
        }
    }
    let book = &parts["xl/workbook.xml"];
    let names: Vec<&str> =
        book.split("<sheet name=\"").skip(1).map(|s| s.split('"').next().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Tổng quan",
            "PL1 - Theo đơn vị",
            "PL2 - Lĩnh vực",
            "PL3 - Chưa nộp, chưa đạt",
            "PL4 - Kiến nghị tồn đọng",
            "Hội nghị",
            "Kiến nghị",
            "Sổ chỉ tiêu",
            "Sổ kiến nghị",
            "Lỗi số liệu",
            "PL6 - Quy tắc",
            "Nguồn"
        ]
    );
    assert_eq!(parts.keys().filter(|name| name.starts_with("xl/charts/chart")).count(), 4);
}

#[test]
fn nothing_that_was_sent_becomes_a_formula_or_a_web_link() {
    let summary = Sample::SMALL.summary();
    let parts = parts(&workbook(&summary).unwrap());
    for number in [MEETINGS, PETITIONS, FINDINGS] {
        let xml = &parts[&format!("xl/worksheets/sheet{number}.xml")];
        assert!(!xml.contains("<f>"), "sheet {number}");
    }
    let petitions = &parts[&format!("xl/worksheets/sheet{PETITIONS}.xml")];
    for text in &HOSTILE[1..4] {
        assert!(petitions.contains(&format!("t=\"inlineStr\"><is><t>{text}</t>")), "{text}");
    }
    assert!(!parts.values().any(|xml| xml.contains("TargetMode=\"External\"")));
}

#[test]
fn a_unit_with_rows_has_formulas_and_one_without_has_values() {
    let summary = Sample::SMALL.summary();
    let xml = sheet(&summary, PL1);
    for line in &summary.units {
        let row = row_with(&xml, line.unit.code.as_str());
        let own =
            summary.submissions.iter().any(|s| s.unit == line.unit.code && s.detail().is_some());
        let periodic = &row["F"];
        match line.tallies.sum(Measure::Periodic) {
            None => assert!(periodic.contains("–"), "{}", line.unit.code),
            Some(value) => {
                assert!(
                    periodic.contains(&format!("<v>{value}</v>")),
                    "{}: {periodic}",
                    line.unit.code
                );
                assert_eq!(periodic.contains("<f>COUNTIFS(HN_TT,$A"), own, "{}", line.unit.code);
            }
        }
    }
}

#[test]
fn no_formula_stands_where_it_would_give_another_figure() {
    let mut summary = Sample::SMALL.summary();
    let code = UnitCode::parse("00080").unwrap();
    let line = summary.units.iter_mut().find(|line| line.unit.code == code).unwrap();
    *line.tallies.get_mut(Measure::Attendees) = Tally::known(7_654);
    let row = row_with(&sheet(&summary, PL1), "00080");
    assert!(row["M"].contains("><v>7654</v>"), "{}", row["M"]);
}

#[test]
fn a_hole_is_marked_without_colour_and_blank_is_not_zero() {
    let summary = Sample::SMALL.summary();
    let line = |hole: fn(Tally) -> bool| {
        let found = summary.units.iter().find(|line| hole(line.tallies.get(Measure::Attendees)));
        found.unwrap().unit.code.to_string()
    };
    let xml = sheet(&summary, PL1);
    let styles =
        |cell: &str| cell.split("s=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let whole = row_with(&xml, &line(|tally| tally.sum.is_some() && !tally.incomplete));
    let holed = row_with(&xml, &line(|tally| tally.incomplete));
    assert_ne!(styles(&whole["M"]), styles(&holed["M"]));
    assert!(holed["Z"].contains("Chưa đủ số liệu"));
    let parts = parts(&workbook(&summary).unwrap());
    assert!(parts["xl/styles.xml"].contains("#,##0&quot;*&quot;"));
    let meetings = &parts[&format!("xl/worksheets/sheet{MEETINGS}.xml")];
    assert!(meetings.contains("không đọc được"));
}

#[test]
fn sums_hold_each_meeting_once() {
    let summary = Sample::SMALL.summary();
    let xml = sheet(&summary, PL1);
    let held = |line: &crate::aggregate::UnitLine| line.tallies.sum(Measure::Periodic).unwrap_or(0);
    let all: u64 = summary.units.iter().map(held).sum();
    let communes = summary.units.iter().filter(|line| line.unit.level == Level::Commune);
    let total = row_with(&xml, "TỔNG CỘNG CÁC CẤP");
    let level = row_with(&xml, "CẤP XÃ");
    assert!(total["F"].contains(&format!("<v>{all}</v>")), "{}", total["F"]);
    assert!(level["F"].contains(&format!("<v>{}</v>", communes.map(held).sum::<u64>())));
    for sum in [&total["F"], &level["F"]] {
        assert!(sum.contains("<f>SUMIFS(F"), "{sum}");
    }
}

#[test]
fn fields_are_counted_from_the_rows() {
    let summary = Sample { petitions: 4, ..Sample::SMALL }.summary();
    let xml = sheet(&summary, PL2);
    assert!(row_with(&xml, "L01")["D"].contains("<f>COUNTIFS(KN_LINHVUC,$B"));
    let rest = &row_with(&xml, "Chưa phân lĩnh vực")["J"];
    let value = summary.subjects.unclassified;
    assert!(
        value > 0 && rest.contains("<f>MAX(0,") && rest.contains(&format!("<v>{value}</v>")),
        "{rest}"
    );
}

#[test]
fn a_period_without_districts_has_no_groups() {
    let mut summary = Sample::SMALL.summary();
    summary.units.retain(|line| line.unit.level != Level::District);
    summary.totals.remove(&Level::District);
    for line in &mut summary.units {
        line.unit.parent = line.unit.parent.and(UnitCode::parse("10"));
    }
    let parts = parts(&workbook(&summary).unwrap());
    assert!(!parts[&format!("xl/worksheets/sheet{PL1}.xml")].contains("(các xã)"));
    assert_eq!(parts.keys().filter(|name| name.starts_with("xl/charts/chart")).count(), 3);
}

#[test]
fn a_quarter_of_which_nothing_came_is_still_a_workbook() {
    let mut summary = Sample { communes: 0, meetings: 0, petitions: 0 }.summary();
    summary.files.clear();
    summary.submissions.clear();
    summary.findings.clear();
    summary.as_of = day("2021-04-06");
    let parts = parts(&workbook(&summary).unwrap());
    assert!(parts["xl/worksheets/sheet2.xml"].contains("Tỉnh Lào Cai"));
    assert!(!parts["xl/workbook.xml"].contains("#REF"));
}

#[test]
#[ignore = "writes the workbook named in QC17_SAMPLE, to be looked at and timed"]
fn sample_on_disk() {
    let path = std::env::var("QC17_SAMPLE").unwrap();
    let number = |name: &str, default| {
        std::env::var(name).map_or(default, |value| value.parse::<usize>().unwrap())
    };
    let small = Sample::SMALL;
    let sample = Sample {
        communes: number("QC17_COMMUNES", small.communes),
        meetings: number("QC17_MEETINGS", small.meetings),
        petitions: number("QC17_PETITIONS", small.petitions),
    };
    let mut summary = sample.summary();
    if std::env::var("QC17_TWO_TIERS").is_ok() {
        summary.units.retain(|line| line.unit.level != Level::District);
        summary.totals.remove(&Level::District);
    }
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let bytes = workbook(&summary).unwrap();
        println!("{} bytes in {:?}", bytes.len(), start.elapsed());
        std::fs::write(&path, bytes).unwrap();
    }
}

/// The links of a sheet: from which cell to which.
fn links(xml: &str) -> BTreeMap<String, String> {
    let links = xml.split("<hyperlink ref=\"").skip(1);
    links
        .map(|link| {
            let (from, rest) = link.split_once("\" location=\"").unwrap();
            (from.to_owned(), rest.split('"').next().unwrap().to_owned())
        })
        .collect()
}

/// What is written in a cell, number or text.
fn written(xml: &str, at: &str) -> String {
    let (_, cell) = xml.split_once(&format!("<c r=\"{at}\"")).unwrap();
    let cell = cell.split("</c>").next().unwrap();
    let inner = cell.split("<v>").nth(1).or_else(|| cell.split("<t>").nth(1)).unwrap_or_default();
    inner.split("</").next().unwrap().to_owned()
}

#[test]
fn links_lead_from_a_unit_to_its_rows_and_from_a_finding_to_its_file() {
    let summary = Sample::SMALL.summary();
    let parts = parts(&workbook(&summary).unwrap());
    let sheet = |number: usize| &parts[&format!("xl/worksheets/sheet{number}.xml")];
    let book = &parts["xl/workbook.xml"];
    let names: Vec<&str> =
        book.split("<sheet name=\"").skip(1).map(|s| s.split('"').next().unwrap()).collect();
    let follow = |location: &str| {
        let (name, cell) = location.rsplit_once("'!").unwrap();
        let at = names.iter().position(|known| *known == name.trim_start_matches('\'')).unwrap();
        (sheet(at + 1).as_str(), cell.trim_start_matches('A').to_owned())
    };
    let (mut own, mut opinions, mut files) = (0, 0, 0);
    for (from, to) in links(sheet(PL1)) {
        let row = from.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let (target, at) = follow(&to);
        if to.starts_with("'Nguồn'") {
            assert!(written(target, &format!("B{at}")).contains('.'), "{to}: no file");
            continue;
        }
        assert_eq!(written(sheet(PL1), &format!("A{row}")), written(target, &format!("A{at}")));
        let first = at.parse::<u32>().unwrap() - 1;
        let above = format!("<c r=\"A{first}\"");
        if target.contains(&above) {
            let before = written(target, &format!("A{first}"));
            assert_ne!(before, written(target, &format!("A{at}")), "{from}: the first of its rows");
        }
        own += usize::from(to.contains("Hội nghị"));
        opinions += usize::from(to.contains("Kiến nghị") && from.starts_with('N'));
    }
    let with = |has: fn(&crate::model::submission::Detail) -> bool| {
        let details = summary.submissions.iter().filter_map(|s| s.detail());
        details.filter(|detail| has(detail)).count()
    };
    assert_eq!(own, with(|detail| !detail.meetings.rows.is_empty()));
    let petitions = |detail: &crate::model::submission::Detail| {
        detail.petitions.as_ref().is_some_and(|table| !table.rows.is_empty())
    };
    assert_eq!(opinions, with(petitions));
    for (from, to) in links(sheet(FINDINGS)) {
        let (target, at) = follow(&to);
        assert_eq!(written(sheet(FINDINGS), &from), written(target, &format!("B{at}")));
        files += 1;
    }
    assert!(own > 0 && opinions > 0 && files > 0);
}
