//! Files that are broken or mean harm: each costs itself, with one finding, and no more than a moment.

use super::specimen::{codes, opened, packed, parts, workbook, zip, zip_with};
use super::{Limits, open};
use crate::model::submission::FilePath;
use proptest::prelude::*;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const ROW: &str = "<sheetData><row><c><v>1</v></c></row></sheetData>";

#[test]
fn what_cannot_be_read_is_named() {
    let sound = workbook(ROW, "");
    let mut lying = sound.clone();
    // The directory's inflated size of the last part, halved.
    let at = lying.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap() + 24;
    lying[at] /= 2;
    let encrypted: Vec<u8> = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied())
        .chain([0; 504])
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .chain([0; 32])
        .chain([34, 0, 2])
        .chain([0; 61])
        .collect();
    for (what, bytes, expected) in [
        ("empty", vec![], "[TEP01]"),
        ("blank", b" \r\n".to_vec(), "[TEP01]"),
        ("truncated", sound[..sound.len() / 2].to_vec(), "[TEP01]"),
        ("zip without members", zip(&[]), "[TEP01]"),
        ("plain text", "Kính gửi Văn phòng".into(), "[TEP03]"),
        ("pdf", b"%PDF-1.7 ...".to_vec(), "[TEP03]"),
        ("image", b"\xFF\xD8\xFF\xE0....".to_vec(), "[TEP03]"),
        ("word", zip(&[("word/document.xml", b"<a/>"), ("[Content_Types].xml", b"")]), "[TEP03]"),
        (
            "word with numbered parts",
            zip(&[("word/document2.xml", b"<a/>"), ("[Content_Types].xml", b"")]),
            "[TEP03]",
        ),
        ("numbers", zip(&[("Index/Document.iwa", b"x"), ("preview.jpg", b"x")]), "[TEP01]"),
        ("noise", (0..=255).collect(), "[TEP01]"),
        ("size that lies", lying, "[TEP01]"),
        ("encrypted", encrypted, "[TEP02]"),
        ("no workbook part", zip(&[("[Content_Types].xml", b"<a/>")]), "[TEP01]"),
        ("bytes before the zip", [b"\r\n junk".as_slice(), &sound].concat(), ""),
        ("sound", sound, ""),
    ] {
        let opened = opened("bieu.xlsx", &bytes);
        assert_eq!(codes(&opened), expected, "{what}: {:?}", opened.findings);
    }
}

#[test]
fn limits_reject_the_file_and_say_which() {
    let small = Limits {
        cells: 2,
        merges: 1,
        sheets: 1,
        shared_strings: 2,
        styles: 3,
        text_bytes: 40,
        cell_text_bytes: 20,
        xml_depth: 6,
        ..Limits::default()
    };
    let cell = "<sheetData><row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row></sheetData>";
    let merges = "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/></mergeCells>";
    let long =
        format!("<sheetData><row><c t='str'><v>{}</v></c></row></sheetData>", "&#97;".repeat(21));
    let deep = format!("{}{}", "<a>".repeat(9), "</a>".repeat(9));
    let mut sheets = parts(ROW, "");
    sheets[1].1 =
        b"<workbook><sheets><sheet r:id='r1'/><sheet r:id='r1'/></sheets></workbook>".to_vec();
    let mut styles = parts(ROW, "");
    styles[3].1 =
        format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(4)).into();
    for (bytes, words) in [
        (workbook(cell, ""), "quá 2 ô"),
        (workbook(merges, ""), "quá 1 vùng"),
        (workbook(&long, ""), "dài quá 20 byte"),
        (workbook(&deep, ""), "quá 6 lớp"),
        (workbook(ROW, &"<si/>".repeat(3)), "quá 2 chuỗi"),
        (workbook(ROW, &format!("<si><t>{}</t></si>", "a".repeat(41))), "quá 40 byte"),
        (packed(&sheets), "quá 1 trang"),
        (packed(&styles), "quá 3 kiểu"),
    ] {
        let opened = open(&FilePath::new("a.xlsx"), &bytes, &small);
        assert_eq!(codes(&opened), "[TEP04]", "{words}");
        assert!(opened.findings[0].message.contains(words), "{}", opened.findings[0].message);
    }
}

#[test]
fn bombs_are_stopped_before_they_swell() {
    let spaces = |megabytes: usize| format!("{}{ROW}", " ".repeat(megabytes << 20));
    let many = "<row><c><v>1</v></c></row>".repeat(300_000);
    let tag = format!("<sheetData a='{}'/>", "x".repeat(3 << 20));
    let stored = zip_with(
        &[("xl/workbook.xml", &vec![b'<'; 3 << 20])],
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
    );
    for (what, bytes, expected) in [
        ("ratio", workbook(&spaces(9), ""), "[TEP04]"),
        ("a long text in a stream", workbook(&spaces(3), ""), "[TEP04]"),
        ("a long tag in a stream", workbook(&tag, ""), "[TEP04]"),
        (
            "many cells in a stream",
            workbook(&format!("<sheetData>{many}</sheetData>"), ""),
            "[TEP04]",
        ),
        ("a stored part of nothing but brackets", stored, "[TEP01]"),
        (
            "a million empty rows",
            workbook(
                &format!(
                    "<sheetData>{}<row><c><v>1</v></c></row></sheetData>",
                    "<row/>".repeat(1_000_000)
                ),
                "",
            ),
            "",
        ),
    ] {
        assert_eq!(codes(&opened("a.xlsx", &bytes)), expected, "{what}");
    }
    let limits = Limits { inflated_bytes: 100, ..Limits::default() };
    assert_eq!(codes(&open(&FilePath::new("a.xlsx"), &workbook(ROW, ""), &limits)), "[TEP04]");
    let limits = Limits { part_bytes: 50, ..Limits::default() };
    assert_eq!(codes(&open(&FilePath::new("a.xlsx"), &workbook(ROW, ""), &limits)), "[TEP04]");
    let limits = Limits { parts: 4, ..Limits::default() };
    assert_eq!(codes(&open(&FilePath::new("a.xlsx"), &workbook(ROW, ""), &limits)), "[TEP04]");
}

#[test]
fn a_large_sheet_is_read_as_a_stream_like_a_small_one() {
    let rows: Vec<_> = (0..30_000)
        .map(|i| format!("<row><c><v>{i}</v></c><c t='str'><v>Xã &amp; {i}</v></c></row>"))
        .collect();
    let rows = rows.concat();
    let filler = "<!-- -->".repeat(100_000);
    let sheet = opened("a.xlsx", &workbook(&format!("<sheetData>{rows}</sheetData>{filler}"), ""))
        .workbook
        .unwrap()
        .sheets
        .remove(0);
    assert_eq!(sheet.rows.len(), 30_000);
    let last = sheet.rows.last().unwrap();
    assert_eq!(
        (last.index, &last.get(1).unwrap().value),
        (29_999, &super::Value::Text("Xã & 29999".into()))
    );
}

#[test]
fn the_extension_is_only_a_hint() {
    for (name, expected) in
        [("a.xlsx", ""), ("a.XLSM", ""), ("a.xls", "TEP06"), ("a", "TEP06"), ("a.pdf", "TEP06")]
    {
        assert_eq!(codes(&opened(name, &workbook(ROW, ""))), expected, "{name}");
    }
}

/// A workbook with everything in it that the reader looks at.
fn rich() -> Vec<(&'static str, Vec<u8>)> {
    parts(
        "<cols><col min='2' max='3' hidden='1'/></cols><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>\
         <c r='B1' s='1'><v>44270</v></c></row><row r='2' hidden='1'><c r='A2'><f>1+1</f><v>2</v></c>\
         <c r='B2' t='inlineStr'><is><t>Xã &amp; huyện</t></is></c></row></sheetData>\
         <mergeCells><mergeCell ref='A3:B4'/></mergeCells>",
        "<si><t>Biểu 1</t></si>",
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn bytes_of_the_file_may_flip(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5)) {
        let mut bytes = packed(&rich());
        let sound = opened("a.xlsx", &bytes).workbook;
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let opened = opened("a.xlsx", &bytes);
        if let Some(workbook) = opened.workbook {
            // The checksums leave no way for a flipped byte to change a figure in silence.
            prop_assert!(Some(workbook) == sound || !opened.findings.is_empty());
        } else {
            prop_assert_eq!(opened.findings.len(), 1);
        }
    }

    #[test]
    fn bytes_inside_a_part_may_flip(part in 0usize..6, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5)) {
        let mut parts = rich();
        for (at, byte) in flips {
            let content = &mut parts[part].1;
            let at = at.index(content.len());
            content[at] = byte;
        }
        let opened = opened("a.xlsx", &packed(&parts));
        prop_assert!(opened.workbook.is_some() || opened.findings.len() == 1);
    }

    #[test]
    fn other_kinds_may_flip_and_end_too(
        kind in 0usize..4,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        end in any::<prop::sample::Index>(),
    ) {
        let ods: &[u8] = include_bytes!("../../tests/specimens/bieu.ods");
        let xml = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='a'>\
            <Table><Row Index='2'><Cell Index='3' MergeAcross='2'><Data Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>";
        let html = b"<html><table><tr><td rowspan=2 colspan='3'>a&nbsp;<td>b<tr><td>c<br>d</table></html>";
        let csv = b"sep=;\r\na;b;\"c\"\"d\"\r\n1;2;3\r\n";
        let mut bytes = [ods, xml, html, csv][kind].to_vec();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len() * 2).max(1));
        let opened = opened("a.ods", &bytes);
        prop_assert!(opened.workbook.is_some() || opened.findings.len() == 1);
    }

    #[test]
    fn the_file_may_end_anywhere(end in any::<prop::sample::Index>()) {
        let bytes = packed(&rich());
        let opened = opened("a.xlsx", &bytes[..end.index(bytes.len())]);
        prop_assert_eq!(codes(&opened), "[TEP01]");
    }
}
