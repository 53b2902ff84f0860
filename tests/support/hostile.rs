//! Files that mean harm: each small on the disk, and what must be said of it.

use super::biff;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One hostile file: its name, its bytes, and the code that must be said; none when it is read in peace.
pub(crate) struct Hostile {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) code: Option<&'static str>,
}

pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip whose directory lists these names, all of the one member that lies in it.
fn overlapping(names: impl Iterator<Item = String>, member: &[u8]) -> Vec<u8> {
    let whole = zipped(&[("a", member)]);
    let start = whole.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = whole.len() - 22;
    let (mut out, record) = (whole[..start].to_vec(), &whole[start..end]);
    let mut count = 0u16;
    for name in names {
        out.extend(&record[..28]);
        out.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        out.extend(&record[30..46]);
        out.extend(name.bytes());
        count += 1;
    }
    let length = u32::try_from(out.len() - start).unwrap();
    out.extend(&whole[end..end + 8]);
    out.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
    out.extend(length.to_le_bytes());
    out.extend(&whole[end + 16..]);
    out
}

/// A zip that holds the same member under each of these names, each with bytes of its own.
fn repeating(names: impl Iterator<Item = String>, member: &[u8]) -> Vec<u8> {
    let whole = zipped(&[("a", member)]);
    let start = whole.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = whole.len() - 22;
    let (local, record) = (&whole[..start], &whole[start..end]);
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0u16);
    for name in names {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let offset = u32::try_from(out.len()).unwrap().to_le_bytes();
        directory
            .extend([&record[..28], &length, &record[30..42], &offset, name.as_bytes()].concat());
        out.extend([&local[..26], &length, &local[28..30], name.as_bytes(), &local[31..]].concat());
        count += 1;
    }
    let begin = u32::try_from(out.len()).unwrap();
    let length = u32::try_from(directory.len()).unwrap();
    out.extend(directory);
    out.extend(&whole[end..end + 8]);
    out.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
    out.extend([length, begin].into_iter().flat_map(u32::to_le_bytes));
    out.extend([0, 0]);
    out
}

/// An `.xlsx` of one sheet with these parts in it.
fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    zipped(&parts(sheet, strings, styles).each_ref().map(|(name, part)| (*name, &part[..])))
}

/// The same, not packed, so that no ratio tells it.
fn stored(sheet: &str, strings: &str) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(sheet, strings, "") {
        writer.start_file(name, options).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn parts(sheet: &str, strings: &str, styles: &str) -> [(&'static str, Vec<u8>); 6] {
    let workbook =
        "<workbook><sheets><sheet name='Biểu 1' sheetId='1' r:id='r1'/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>\
        <Relationship Id='r2' Type='x/sharedStrings' Target='t.xml'/><Relationship Id='r3' Type='x/styles' Target='y.xml'/></Relationships>";
    [
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", relations.into()),
        ("xl/s.xml", format!("<worksheet>{sheet}</worksheet>").into()),
        ("xl/t.xml", strings.into()),
        ("xl/y.xml", styles.into()),
    ]
}

/// An `.ods` of one sheet with these rows.
fn ods(rows: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            format!("<d><spreadsheet><table name='a'>{rows}</table></spreadsheet></d>").as_bytes(),
        ),
        ("META-INF/manifest.xml", b"<m/>"),
    ])
}

/// A shared string without an end: the library looks through what it has at every further piece.
pub(crate) fn endless() -> Vec<u8> {
    let cell = biff::record(0x00FD, &[0; 10]);
    let table = biff::record(0x00FC, b"\x01\0\0\0\x01\0\0\0\xFF\xFF\0abc");
    biff::workbook(&cell, &[table, biff::record(0x003C, b"\0abc").repeat(200_000)].concat())
}

/// Cells all the way from corner to corner, for which the library makes room for all between them.
pub(crate) fn greedy() -> Vec<u8> {
    let cells = (0..3_000u16).map(|n| biff::number(n * 21, n % 256));
    biff::workbook(&cells.collect::<Vec<_>>().concat(), &[])
}

/// Two cells in opposite corners.
fn corners() -> Vec<u8> {
    biff::workbook(&[biff::number(0, 0), biff::number(u16::MAX, 255)].concat(), &[])
}

/// An `.xlsb` of one sheet with these records in it, and these records of shared strings.
fn xlsb(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&u32::try_from(units.len() / 2).unwrap().to_le_bytes(), &units[..]].concat()
    };
    let listed = [&[0, 0, 0, 0, 1, 0, 0, 0][..], &text("r1"), &text("Biểu 1")].concat();
    let workbook = [&[0x9C, 1, u8::try_from(listed.len()).unwrap()], &listed[..]].concat();
    let relations = b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.bin'/>\
        <Relationship Id='r2' Type='x/sharedStrings' Target='t.bin'/></Relationships>";
    zipped(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/s.bin", &[sheet, &[0x82, 1, 0]].concat()),
        ("xl/t.bin", strings),
    ])
}

/// A compound file of three sectors whose directory, tables and streams lead back to themselves.
fn looping_ole() -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    // One table in sector 0, the directory in sector 1, more tables in sector 1 again.
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[68..76].copy_from_slice(&[1, 0, 0, 0, 0xFF, 0xFF, 0, 0]);
    bytes[76..512].fill(0xFF);
    bytes[76..80].fill(0);
    // Every sector follows itself.
    for (at, word) in bytes[512..1024].chunks_mut(4).enumerate() {
        word.copy_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
    }
    let name: Vec<u8> = "Workbook\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024..1024 + name.len()].copy_from_slice(&name);
    bytes[1088] = u8::try_from(name.len()).unwrap();
    bytes[1090] = 2;
    bytes[1140] = 1;
    bytes[1144..1148].fill(0xFE);
    bytes
}

const CELL: &str = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>";

fn one(name: &'static str, code: Option<&'static str>, bytes: Vec<u8>) -> Hostile {
    Hostile { name, bytes, code }
}

/// Files whose reading would take time or memory out of all proportion to their bytes.
fn disproportionate() -> Vec<Hostile> {
    let many = |text: &str, times: usize| text.repeat(times);
    let spread = "<r a='b'/>".repeat(90_000);
    let wide = xlsx(&spread, "", "");
    let runs = many(&format!("<r><t>{}</t></r>", many("_x", 480_000)), 7);
    let zeros = many(
        "<table-cell number-columns-repeated='0' office:value-type='float' value='1'/>",
        90_000,
    );
    let hidden = (0..38_000).map(|n| {
        format!("<style name='{}{n}'><table-properties display='false'/></style>", "s".repeat(150))
    });
    let styled = format!("<d>{}<spreadsheet/></d>", hidden.collect::<String>());
    let name = |n: usize| format!("{n:05}.xlsx");
    vec![
        one("escapes.xlsx", Some("TEP05"), xlsx(CELL, &format!("<sst><si>{runs}</si></sst>"), "")),
        one(
            "blanks.xlsx",
            Some("TEP05"),
            xlsx(
                &format!(
                    "<sheetData><row>{}</row></sheetData>",
                    many("<c t='s'><v>0</v></c>", 330_000)
                ),
                &format!("<sst><si><t>{}</t></si></sst>", many(" ", 1_000_000)),
                "",
            ),
        ),
        one(
            "stored.xlsx",
            Some("TEP04"),
            stored(CELL, &format!("<sst><si><t>{}</t></si></sst>", many("a\r", 15_000_000))),
        ),
        one(
            "ampersands.html",
            Some("TEP04"),
            many(&format!("<table><tr><td>{}", many("&", 120_000)), 60).into(),
        ),
        one(
            "columns.html",
            Some("TEP05"),
            (many("<table><tr><td colspan=16384>a", 49_000) + "</body>").into(),
        ),
        one(
            "reaching.html",
            Some("TEP04"),
            format!(
                "<table><tr>{}{}</table>",
                many("<td rowspan=65534>", 16_000),
                many("<tr><td>b", 300_000)
            )
            .into(),
        ),
        one(
            "zeros.ods",
            Some("TEP04"),
            ods(&format!("<table-row number-rows-repeated='1048576'>{zeros}</table-row>")),
        ),
        one(
            "styles.ods",
            Some("TEP01"),
            zipped(&[("content.xml", styled.as_bytes()), ("META-INF/manifest.xml", b"<m/>")]),
        ),
        one(
            "classes.html",
            Some("TEP04"),
            format!(
                "<html><style>{}</style><table><tr><td>1</table></html>",
                (0..200_001).fold(String::new(), |page, n| page
                    + &format!(".a{n}{{text-decoration:line-through}}"))
            )
            .into(),
        ),
        one("columns.csv", Some("TEP05"), format!("1;2\n3;4\n{}", many(";", 7_900_000)).into()),
        one("long.csv", Some("TEP04"), format!("1;2\n3;4\n{}", many("a;", 15_000_000)).into()),
        one(
            "wide.csv.txt",
            Some("TEP04"),
            format!("\u{FEFF}1;2\n3;4\n{}", many("ấ;", 9_000_000))
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        one(
            "names.zip",
            Some("TEP04"),
            overlapping((0..480).map(|n| format!("{n}{}", many("n", 60_000))), b"a;b\n1;2\n"),
        ),
        one(
            "name.zip",
            Some("TEP04"),
            overlapping((0..9).map(|n| format!("{n}{}", many("n", 60_000))), b"a;b\n1;2\n"),
        ),
        one("members.zip", Some("TEP04"), overlapping((0..3_000).map(name), b"a;b\n1;2\n")),
        one("overlap.zip", Some("TEP01"), overlapping((0..3).map(name), b"a;b\n1;2\n")),
        one("again.zip", Some("TEP04"), repeating((0..1_200).map(name), &wide)),
        one(
            "killers.zip",
            Some("TEP04"),
            repeating((0..600).map(|n| format!("{n:05}.xls")), &endless()),
        ),
        one("endless.xls", Some("TEP04"), endless()),
        one("greedy.xls", Some("TEP01"), greedy()),
        one("corners.xls", Some("TEP05"), corners()),
        one(
            "xor.xls",
            Some("TEP02"),
            biff::workbook(&biff::number(0, 0), &biff::record(0x002F, &[0, 0, 1, 2, 3, 4])),
        ),
        one("long.xls", Some("TEP04"), [greedy(), vec![0; 9 << 20]].concat()),
    ]
}

/// Every attack that is known, one file each.
pub(crate) fn all() -> Vec<Hostile> {
    disproportionate().into_iter().chain(blunt()).collect()
}

fn blunt() -> Vec<Hostile> {
    let many = |text: &str, times: usize| text.repeat(times);
    let laughs = format!(
        "<!DOCTYPE s [<!ENTITY a0 'ha'>{}]>",
        (1..40)
            .map(|n| format!("<!ENTITY a{n} '&a{m};&a{m};'>", m = n - 1))
            .collect::<Vec<_>>()
            .concat()
    );
    let spaces = vec![b' '; 60 << 20];
    let sound = xlsx(CELL, "<sst/>", "<styleSheet/>");
    let mut lying = sound.clone();
    let directory = lying.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    vec![
        one("bomb.xlsx", Some("TEP04"), xlsx(&many(" ", 60 << 20), "<sst/>", "")),
        one("bomb.zip", Some("TEP04"), zipped(&[("a.csv", &spaces)])),
        one("nested.zip", Some("TEP04"), zipped(&[("b.zip", &zipped(&[("a.csv", b"a;b\n1;2\n")]))])),
        one("upwards.zip", Some("TEP04"), zipped(&[("../../a.csv", b"a;b\n1;2\n")])),
        one("absolute.zip", Some("TEP04"), zipped(&[("/etc/a.csv", b"a;b\n1;2\n")])),
        one("lying.xlsx", Some("TEP04"), lying),
        one("laughs.xlsx", Some("TEP05"), xlsx(CELL, &format!("{laughs}<sst><si><t>&a39;</t></si></sst>"), "")),
        one(
            "laughs.xml",
            Some("TEP05"),
            format!("<?xml version='1.0'?>{laughs}<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='a'><Table><Row><Cell><Data Type='String'>&a39;</Data></Cell></Row></Table></Worksheet></Workbook>").into(),
        ),
        one("far.xlsx", Some("TEP05"), xlsx("<dimension ref='A1:XFD1048576'/><sheetData><row><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row></sheetData>", "", "")),
        one("beyond.xlsx", Some("TEP01"), xlsx("<sheetData><row r='16777217'><c r='XFE16777217'><v>1</v></c></row></sheetData>", "", "")),
        one("far.xlsb", Some("TEP05"), xlsb(&[&[0u8, 12, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 0, 0, 1, 0, 0][..], &[4, 9, 0xFF, 0x3F, 0, 0, 0, 0, 0, 0, 1]].concat(), &[])),
        one("dimension.xlsx", Some("TEP05"), xlsx("<dimension ref='A1:Z1000000'/><sheetData/>", "", "")),
        one("counts.xlsx", Some("TEP05"), xlsx(CELL, "<sst count='4294967295' uniqueCount='4294967295'><si><t>a</t></si></sst>", "")),
        one("counts.xlsb", Some("TEP05"), xlsb(&[0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 4, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], &[0x9F, 1, 8, 255, 255, 255, 255, 255, 255, 255, 255])),
        one("records.xlsb", Some("TEP04"), xlsb(&[6, 0xFF, 0xFF, 0xFF, 0x7F], &[])),
        one("looping.xls", Some("TEP01"), looping_ole()),
        one("styles.xlsx", Some("TEP05"), xlsx(CELL, "", &format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", many("<xf numFmtId='14'/>", 100_000)))),
        one("cycle.xlsx", Some("TEP05"), xlsx("<sheetData><row><c r='A1'><f>B1</f></c><c r='B1'><f>A1</f></c></row></sheetData>", "", "")),
        one("cells.xlsx", Some("TEP04"), xlsx(&format!("<sheetData>{}</sheetData>", many("<row><c><v>1</v></c></row>", 2_000_000)), "", "")),
        one("string.xlsx", Some("TEP04"), xlsx(CELL, &format!("<sst><si><t>{}</t></si></sst>", many("chữ ", 12 << 20)), "")),
        one("deep.xlsx", Some("TEP04"), xlsx(&many("<a>", 1_000_000), "", "")),
        one("merges.xlsx", Some("TEP04"), xlsx(&format!("{CELL}<mergeCells>{}</mergeCells>", many("<mergeCell ref='A1:XFD1048576'/>", 100_000)), "", "")),
        one(
            "rows.fods",
            Some("TEP04"),
            format!("<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:spreadsheet><table:table table:name='a'>{}</table:table></office:spreadsheet></office:document>", "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>").into(),
        ),
        one("spans.html", Some("TEP05"), many("<table><tr><td rowspan=4294967295 colspan=4294967295>a<td>b</table>", 2_000).into()),
        one("open.html", Some("TEP04"), many("<table><tr><td>a<td>b", 100_000).into()),
        one("wide.csv", Some("TEP03"), many("1;2;", 4_000_000).into()),
        one("cells.csv", Some("TEP04"), many("1;2;3\n", 1_000_000).into()),
        one("quote.csv", Some("TEP04"), format!("a;b\n\"{}", many("x;\n", 5_000_000)).into()),
        one("spans.xml", Some("TEP05"), format!("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='a'><Table>{}</Table></Worksheet></Workbook>", many("<Row Index='4294967295' Span='4294967295'><Cell Index='4294967295' MergeAcross='4294967295' MergeDown='4294967295'><Data Type='String'>a</Data></Cell></Row>", 2_000)).into()),
    ]
}
