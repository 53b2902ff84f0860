//! One report in every kind of file gives the same figures, under whatever extension it comes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]

#[path = "support/province.rs"]
mod province;

use province::{KINDS, Province, Told, file_name};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The sums of the report, written down by hand: kinds, chairs, people, opinions and what became of them, notices.
const FIGURES: [u64; 15] = [2, 2, 1, 0, 3, 0, 541, 69, 24, 15, 11, 6, 13, 2, 2];

fn right(told: &Told) -> bool {
    let (figures, holes, state) = told;
    figures.iter().map(|figure| figure.unwrap_or(u64::MAX)).eq(FIGURES)
        && holes.is_empty()
        && state == "undated"
}

fn archive(inside: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(inside, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_content_decides_under_every_extension() {
    let extensions: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).chain(["zip", "dat"]).collect();
    let province = Province::new(KINDS.len() * extensions.len());
    let pairs = || KINDS.iter().flat_map(|kind| extensions.iter().map(move |name| (kind, *name)));
    for (commune, ((_, bytes), extension)) in (1..).zip(pairs()) {
        province.put(&file_name(commune, extension), bytes);
    }
    let checked = province.check();
    for (commune, ((kind, _), extension)) in (1..).zip(pairs()) {
        let told = checked.told(commune);
        assert!(right(&told), "{kind} named .{extension}: {told:?}");
        let workbook = |name: &str| matches!(name, "xlsx" | "xlsm");
        let same = *kind == extension || workbook(kind) && workbook(extension);
        let findings = checked.findings(&file_name(commune, extension));
        let said = findings.iter().filter(|(code, ..)| *code == "TEP06").count();
        assert_eq!(said, usize::from(!same), "{kind} named .{extension}: {findings:?}");
    }
}

#[test]
fn every_kind_is_read_inside_an_archive() {
    let province = Province::new(KINDS.len());
    for (commune, (kind, bytes)) in (1..).zip(KINDS) {
        let inside = format!("Quý I/{}", file_name(commune, kind));
        province.put(&format!("nop-{kind}.zip"), &archive(&inside, bytes));
    }
    let checked = province.check();
    for (commune, (kind, _)) in (1..).zip(KINDS) {
        let told = checked.told(commune);
        assert!(right(&told), "{kind} in a .zip: {told:?}");
        assert_eq!(checked.findings(&format!("nop-{kind}.zip")), [], "{kind}");
    }
}
