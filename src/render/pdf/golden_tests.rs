//! The report's text as it reads, kept in files: `UPDATE=1 cargo test` rewrites them for review.

use super::model::{Block, Document, Paragraph};
use super::{Office, report};
use crate::aggregate::sample;
use crate::render::narrative::{Template, narrative};
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
            Block::Table(_) | Block::Page(_) => break,
        }
    }
    out
}

#[test]
fn every_kind_of_quarter_reads_as_agreed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bao-cao");
    for (name, summary) in [
        ("thuong", sample::province()),
        ("chua-ai-nop", sample::empty()),
        ("deu-dat", sample::perfect()),
        ("mot-huyen", sample::district()),
        ("hai-cap", sample::two_tier()),
    ] {
        let party = Office::usual(&summary.scope, summary.as_of);
        for (form, office) in [("dang", party), ("nha-nuoc", Office::usual_state(&summary.scope))] {
            let parts = narrative(&summary, &Template::default(), office.spelling).unwrap();
            let text = text_of(&report::document(&summary, &office, &parts));
            let path = folder.join(format!("{name}-{form}.txt"));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &text).unwrap();
            }
            let agreed = std::fs::read_to_string(&path).unwrap();
            assert_eq!(text, agreed.replace("\r\n", "\n"), "{}", path.display());
        }
    }
}
