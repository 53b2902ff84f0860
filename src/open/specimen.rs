//! Packages made on the spot for the tests of this stage.

use super::{Limits, Opened, Sheet, open};
use crate::model::submission::FilePath;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip of these members, deflated.
pub(super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
}

/// A zip of these members, with options of its own.
pub(super) fn zip_with(members: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const ROOT: &str = "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";

/// The parts of a workbook with one sheet, whose inner XML is given, and these shared strings.
pub(super) fn parts(sheet: &str, strings: &str) -> Vec<(&'static str, Vec<u8>)> {
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>\
        <Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.xml'/>\
        <Relationship Id='r3' Type='x/styles' Target='/xl/styles.xml'/></Relationships>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[$-42A]dd/mm/yyyy;@'/></numFmts>\
        <cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs></styleSheet>";
    let workbook =
        "<workbook><sheets><sheet name='Biểu 1' sheetId='1' r:id='r1'/></sheets></workbook>";
    vec![
        ("_rels/.rels", ROOT.into()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", relations.into()),
        ("xl/styles.xml", styles.into()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").into()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>").into()),
    ]
}

/// Zips parts with owned contents.
pub(super) fn packed(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    zip(&parts.iter().map(|(name, content)| (*name, &content[..])).collect::<Vec<_>>())
}

/// A workbook with one sheet.
pub(super) fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    packed(&parts(sheet, strings))
}

/// A sheet that was read from a workbook with everything in it.
pub(super) fn rich_sheet() -> Sheet {
    let cells = "<c t='str'><v>Xã</v></c><c t='e'><v>#REF!</v></c><c><f>1</f><v>2.5</v></c><c s='1'><v>44270.25</v></c>\
        <c t='b'><v>1</v></c><c><f>1</f></c>";
    let sheet = format!(
        "<cols><col min='2' max='3' hidden='1'/></cols><sheetData><row hidden='1'>{cells}</row><row r='1048576'>{cells}</row></sheetData><mergeCells><mergeCell ref='A3:B4'/></mergeCells>"
    );
    opened("a.xlsx", &workbook(&sheet, "")).workbook.unwrap().sheets.remove(0)
}

/// Opens the bytes under that name within the usual limits.
pub(super) fn opened(name: &str, bytes: &[u8]) -> Opened {
    open(&FilePath::new(name), bytes, &Limits::default())
}

/// The codes of what was noticed; a rejected file has its code in brackets.
pub(super) fn codes(opened: &Opened) -> String {
    let codes: Vec<_> = opened.findings.iter().map(|finding| finding.rule.code).collect();
    if opened.workbook.is_some() { codes.join(" ") } else { format!("[{}]", codes.join(" ")) }
}
