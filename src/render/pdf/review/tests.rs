//! The yearly review as it reads, kept in files: `UPDATE=1 cargo test` rewrites them for review.

use super::document::document;
use super::{dossier, dossier_name, review};
use crate::aggregate::review::sample::{Year, mixed, reorganised};
use crate::aggregate::review::{Geography, Review};
use crate::render::narrative::{Template, review_narrative};
use crate::render::pdf::Office;
use crate::render::pdf::golden_tests::text_of;
use crate::render::pdf::model::{Block, Document, RowKind, Table};
use std::fmt::Write;

/// The years that are kept: every answer; a merger on either map, after a year that is known.
fn years() -> [(&'static str, Review); 3] {
    let before = || {
        let mut year = Year::empty(2024, crate::aggregate::review::sample::merged);
        for unit in ["10", "087", "02986", "02989", "03004"] {
            year.send(unit, &[1, 2, 3, 4], |_| {});
        }
        year.summaries()
    };
    [
        ("du-ket-luan", mixed().review()),
        ("sap-xep-khi-do", reorganised().review_after(before(), Geography::Then)),
        ("sap-xep-hien-nay", reorganised().review_after(before(), Geography::Now)),
    ]
}

fn agreed(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/danh-gia");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join(name), text).unwrap();
    }
    let kept = std::fs::read_to_string(path.join(name)).unwrap().replace("\r\n", "\n");
    assert_eq!(text, kept, "{name}");
}

/// The rows of the annexes, a line for each.
fn annexes(document: &Document<'_>) -> String {
    let mut out = String::new();
    let mut table = |table: &Table<'_>| {
        for row in &table.rows {
            let cells: Vec<&str> = row.cells.iter().map(|cell| &*cell.text).collect();
            let mark = if row.kind == RowKind::Group { "## " } else { "" };
            writeln!(out, "{mark}{}", cells.join(" | ")).unwrap();
        }
        out.push('\n');
    };
    for block in &document.blocks {
        // Phụ lục 6 is the profile itself, which has tests of its own.
        let is_profile = |one: &Table<'_>| one.header.iter().any(|cell| cell.text == "Căn cứ");
        if let Block::Table(one) = block
            && !is_profile(one)
        {
            table(one);
        }
    }
    out
}

#[test]
fn the_report_and_its_annexes_read_as_agreed() {
    for (name, year) in years() {
        let office = Office::usual(&year.scope, year.as_of);
        let parts = review_narrative(&year, &Template::review(), office.spelling).unwrap();
        let document = document(&year, &office, &parts);
        let text = format!("{}\n{}", text_of(&document), annexes(&document));
        assert!(
            !text.contains("none") && text.contains("không phải xếp loại chính thức"),
            "{name}"
        );
        agreed(&format!("{name}.txt"), &text);
    }
}

/// The result without what changes with every edit of a profile, and with two items of each long list.
#[test]
fn the_result_has_the_agreed_keys_and_values() {
    let [_, (name, year), _] = years();
    let mut result: serde_json::Value =
        serde_json::from_str(&crate::render::json::review::review(&year)).unwrap();
    result["tool"]["version"].take();
    for quarter in result["quarters"].as_array_mut().unwrap() {
        quarter["profile"]["sha256"].take();
        quarter["files"].as_array_mut().unwrap().truncate(1);
    }
    for list in ["evidence", "diagnostics"] {
        result[list].as_array_mut().unwrap().truncate(2);
    }
    for unit in result["units"].as_array_mut().unwrap() {
        // Two quarters of each unit show every key, and where a unit did not exist.
        unit["quarters"].as_array_mut().unwrap().drain(1..3);
    }
    agreed(&format!("{name}.json"), &format!("{result:#}\n"));
}

#[test]
fn the_same_review_gives_the_same_bytes_and_no_unit_more_than_two_pages() {
    let [(_, year), (_, merged), _] = years();
    let office = Office::usual(&year.scope, year.as_of);
    let whole = || review(&year, &office, &Template::review()).unwrap();
    assert_eq!(whole(), whole());
    for year in [&year, &merged] {
        for at in 0..year.units.len() {
            let bytes = dossier(year, at, &office).unwrap();
            assert_eq!(bytes, dossier(year, at, &office).unwrap());
            assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), 2);
        }
    }
    let names: Vec<String> = merged.units.iter().filter_map(dossier_name).collect();
    assert_eq!(
        names,
        [
            "ho-so/15-tinh-lao-cai.pdf",
            "ho-so/087-huyen-bao-yen-den-2025-06-30.pdf",
            "ho-so/02989-xa-bao-ha.pdf",
            "ho-so/03004-xa-thuong-ha.pdf",
        ]
    );
}

#[test]
fn a_unit_with_hundreds_of_documents_keeps_its_two_pages_and_says_what_is_left() {
    use crate::rules::testing::text;
    let mut year = Year::of_2021();
    year.send("02947", &[1, 2, 3, 4], |t| {
        for at in 1..60 {
            t.add_meeting();
            text(&mut t.meeting(at).plan_no, &format!("{at}-KH/ĐU"));
            text(&mut t.meeting(at).notice_no, &format!("{at}-TB/ĐU"));
        }
    });
    let review = year.review();
    let at = review.units.iter().position(|unit| unit.unit.code.as_str() == "02947").unwrap();
    let office = Office::usual(&review.scope, review.as_of);
    let bytes = dossier(&review, at, &office).unwrap();
    assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), 2);
}
