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

/// Extensions under which spreadsheets come that are none of theirs.
const OTHER: [&str; 12] =
    ["zip", "dat", "txt", "bin", "pdf", "doc", "docx", "rtf", "jpg", "PNG", "json", "rar"];

#[test]
fn the_content_decides_under_every_extension() {
    let extensions: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).chain(OTHER).collect();
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
        let same = *kind == extension
            || workbook(kind) && workbook(extension)
            || *kind == "csv" && extension == "txt";
        let findings = checked.findings(&file_name(commune, extension));
        let said = findings.iter().filter(|(code, ..)| *code == "TEP06").count();
        assert_eq!(said, usize::from(!same), "{kind} named .{extension}: {findings:?}");
    }
}

#[test]
fn the_content_decides_inside_an_archive_too() {
    let province = Province::new(KINDS.len() * OTHER.len());
    let pairs =
        || KINDS.iter().flat_map(|kind| OTHER.iter().skip(1).map(move |name| (kind, *name)));
    for (commune, ((_, bytes), extension)) in (1..).zip(pairs()) {
        let inside = format!("Quý I/{}", file_name(commune, extension));
        // The archive itself may be named otherwise as well.
        province.put(&format!("nop-{commune}.{extension}"), &archive(&inside, bytes));
    }
    let checked = province.check();
    for (commune, ((kind, _), extension)) in (1..).zip(pairs()) {
        let told = checked.told(commune);
        assert!(right(&told), "{kind} named .{extension} in an archive: {told:?}");
    }
}

/// What a Word document, a picture and the like hold, to their first bytes at least.
fn aliens() -> [(&'static str, Vec<u8>); 8] {
    let document = archive("word/document2.xml", b"<w:document/>");
    let page = "<html><body><p>K\u{ed}nh g\u{1eed}i</p><table><tr><td>C\u{f4}ng v\u{103}n</td></tr></table></body></html>";
    [
        ("pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< >>\nendobj\n%%EOF\n".to_vec()),
        ("jpg", b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01".to_vec()),
        ("docx", with_types(&document)),
        ("rtf", b"{\\rtf1\\ansi B\\'e1o c\\'e1o\\par}".to_vec()),
        ("doc", page.into()),
        ("md", b"# B\xC3\xA1o c\xC3\xA1o; 1, 2, 3\n\n- a; b, c, d\n- e; f, g, h\n".to_vec()),
        ("json", b"{\"a\": [1, 2, 3],\n\"b\": [4, 5, 6],\n\"c\": [7, 8, 9]}\n".to_vec()),
        ("heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic".to_vec()),
    ]
}

/// The package with the list of types that makes it one of Office's.
fn with_types(package: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new_append(Cursor::new(package.to_vec())).unwrap();
    writer.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<Types/>").unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_spreadsheet_stays_aside_under_its_own_extension() {
    let aliens = aliens();
    let province = Province::new(aliens.len() * 2);
    for (commune, (extension, bytes)) in (1..).zip(&aliens) {
        province.put(&file_name(commune, extension), bytes);
        let inside = file_name(commune + aliens.len(), extension);
        province.put(&format!("nop-{extension}.zip"), &archive(&inside, bytes));
    }
    // Under these names nothing is opened, whatever it holds.
    for name in ["~$BC_00001_2021_Q1.pdf", ".BC_00001_2021_Q1.xlsx", "BC_00001_2021_Q1.xlsx.bak"] {
        province.put(name, KINDS[0].1);
    }
    let checked = province.check();
    for (commune, (extension, _)) in (1..).zip(&aliens) {
        for (commune, file) in [
            (commune, file_name(commune, extension)),
            (commune + aliens.len(), format!("nop-{extension}.zip")),
        ] {
            // The name says whose report it is: something came, and nobody can read it.
            assert_eq!(checked.told(commune).2, "unreadable", "{extension}");
            let findings = checked.findings(&file);
            let codes: Vec<&str> = findings.iter().map(|(code, ..)| code.as_str()).collect();
            assert_eq!(codes, ["TEP09"], "{file}: {findings:?}");
        }
    }
}

/// A workbook under another name that cannot be read is what a unit sent, and is not passed over.
#[test]
fn a_spreadsheet_that_cannot_be_read_is_no_alien() {
    let of = |name: &str| KINDS.iter().find(|(kind, _)| *kind == name).unwrap().1;
    let page = of("html").get(..of("html").len() / 2).unwrap();
    // Its directory still says what it is.
    let mut blank = of("xls").to_vec();
    blank[512..2048].fill(0);
    let locked = include_bytes!("specimens/mat-khau.ods");
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("pdf", blank, "TEP01"),
        ("doc", page.to_vec(), "TEP01"),
        ("docx", locked.to_vec(), "TEP02"),
        ("doc", of("xlsx").to_vec(), "TEP06"),
    ];
    let province = Province::new(cases.len());
    for (commune, (extension, bytes, _)) in (1..).zip(&cases) {
        province.put(&file_name(commune, extension), bytes);
    }
    let checked = province.check();
    for (commune, (extension, _, code)) in (1..).zip(&cases) {
        let findings = checked.findings(&file_name(commune, extension));
        assert!(findings.iter().any(|(said, ..)| said == code), "{extension}: {findings:?}");
        let expected = if *code == "TEP06" { "undated" } else { "unreadable" };
        assert_eq!(checked.told(commune).2, expected, "{extension}: {findings:?}");
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
