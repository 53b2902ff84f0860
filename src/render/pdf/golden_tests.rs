//! The report's text as it reads, kept in files: `UPDATE=1 cargo test` rewrites them for review.

use super::model::{Block, Document, Paragraph};
use super::{Office, report};
use crate::aggregate::{Verdict, sample, sample_open, sample_past};
use crate::model::explanation::{Decision, Explanation};
use crate::model::submission::FilePath;
use crate::model::{Finding, Place, Text};
use crate::render::narrative::{Template, narrative};
use crate::rules::ct_quota::CT01;
use std::fmt::Write;

/// The text of everything before the annexes, a line for each paragraph.
pub(super) fn text_of(document: &Document<'_>) -> String {
    let words = |paragraph: &Paragraph<'_>| -> String {
        let text: String = paragraph.runs.iter().map(|run| &*run.text).collect();
        text.replace('\u{A0}', " ").replace('\u{2007}', "_")
    };
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => writeln!(out, "{}", words(paragraph)).unwrap(),
            Block::Beside(beside) => {
                for (side, column) in [("trái", &beside.left), ("phải", &beside.right)] {
                    let lines: Vec<String> = column.iter().map(words).collect();
                    writeln!(out, "[{side}] {}", lines.join(" | ")).unwrap();
                }
            }
            Block::Chart(chart) => {
                writeln!(out, "[{}]", chart.title).unwrap();
                for bar in &chart.bars {
                    writeln!(out, "    {}: {:?} {}", bar.label, bar.parts, bar.note).unwrap();
                }
            }
            Block::Space(_) => {}
            Block::Table(_) | Block::Grid(_) | Block::Page(_) => break,
        }
    }
    out
}

/// The text of the annexes, a line for each row.
fn annexes_of(document: &Document<'_>) -> String {
    let annexes = document.blocks.iter().skip_while(|block| !matches!(block, Block::Page(_)));
    let mut out = String::new();
    for block in annexes {
        match block {
            Block::Paragraph(paragraph) => {
                let text: String = paragraph.runs.iter().map(|run| &*run.text).collect();
                writeln!(out, "{}", text.replace('\u{2007}', "_")).unwrap();
            }
            Block::Table(table) => {
                let mut heads: Vec<_> = table.header.iter().collect();
                heads.sort_by_key(|cell| (cell.row, cell.column));
                let heads: Vec<&str> = heads.iter().map(|cell| &*cell.text).collect();
                writeln!(out, "[{}]", heads.join(" | ")).unwrap();
                for row in &table.rows {
                    let cells: Vec<&str> = row.cells.iter().map(|cell| &*cell.text).collect();
                    writeln!(out, "{}", cells.join(" | ")).unwrap();
                }
            }
            Block::Grid(grid) => {
                writeln!(out, "{} [{}]", grid.title, grid.quarters.join(" | ")).unwrap();
                for row in &grid.rows {
                    writeln!(out, "{}: {:?}", row.name, row.standings).unwrap();
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn annexes_read_as_agreed_and_show_what_was_explained() {
    let mut summary = sample::district();
    sample_open::leave_open(&mut summary);
    let line = summary.units.iter().find(|line| line.verdict == Verdict::Short).unwrap();
    let explanation = Explanation {
        file: FilePath::new("giai-trinh.csv"),
        line: 2,
        code: Text::new("CT01").unwrap(),
        unit: line.unit.code,
        period: None,
        about: crate::model::explanation::About::Every,
        reason: Text::new("mưa lũ, đường sạt lở").unwrap(),
        decision: Decision::Accepted,
        by: Text::new("Thường trực Huyện ủy"),
        date: None,
        until: None,
    };
    let mut finding = Finding::new(&CT01, Place::default(), "thiếu 1 cuộc").unit(line.unit.code);
    finding.explanation = Some(std::sync::Arc::new(explanation));
    summary.findings.push(finding);
    let office = Office::usual(&summary.scope, summary.as_of);
    let parts = narrative(&summary, &Template::default(), office.spelling).unwrap();
    assert!(parts.iter().any(|part| part.text().contains("01 nội dung đã có giải trình")));
    let text = annexes_of(&report::document(&summary, &office, &parts));
    assert!(text.contains("Giải trình được chấp nhận (Thường trực Huyện ủy): mưa lũ"));
    agreed("mot-huyen-phu-luc.txt", &text);
}

#[test]
fn the_annex_of_comparisons_reads_as_agreed() {
    let summary = sample_past::province_with_past();
    let office = Office::usual(&summary.scope, summary.as_of);
    let text = annexes_of(&report::document(&summary, &office, &[]));
    let from = text.find("Phụ lục 5\n").unwrap();
    let to = text.find("Phụ lục 6\n").unwrap();
    agreed("so-sanh-phu-luc-5.txt", &text[from..to]);
}

/// Compares with the file, or writes it.
fn agreed(name: &str, text: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bao-cao");
    let path = folder.join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, kept.replace("\r\n", "\n"), "{}", path.display());
}

#[test]
fn every_kind_of_quarter_reads_as_agreed() {
    for (name, summary) in [
        ("thuong", sample::province()),
        ("chua-ai-nop", sample::empty()),
        ("deu-dat", sample::perfect()),
        ("mot-huyen", sample::district()),
        ("hai-cap", sample::two_tier()),
        ("so-sanh", sample_past::province_with_past()),
    ] {
        let party = Office::usual(&summary.scope, summary.as_of);
        for (form, office) in [("dang", party), ("nha-nuoc", Office::usual_state(&summary.scope))] {
            let parts = narrative(&summary, &Template::default(), office.spelling).unwrap();
            let text = text_of(&report::document(&summary, &office, &parts));
            agreed(&format!("{name}-{form}.txt"), &text);
        }
    }
}
