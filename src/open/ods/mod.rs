//! Workbooks of `LibreOffice` and its kin (`OpenDocument`, `.ods`), read in one pass.

mod sheet;
mod styles;

use super::fault::Fault;
use super::limits::{Limits, Passed};
use super::opened::Contents;
use super::package::Package;
use super::sparse::{Allowance, SheetBuilder, label};
use super::xml::{Xml, attributes, unescaped};
use crate::model::submission::SheetName;
use crate::notation::code_page;
use quick_xml::events::{BytesStart, Event};
use sheet::SheetReader;
use styles::Styles;

/// Reads all sheets.
pub(super) fn read(package: &mut Package<'_>, limits: &Limits) -> Result<Contents, Fault> {
    let mut buffer = Vec::new();
    if is_encrypted(package.xml("META-INF/manifest.xml", &mut buffer)?)? {
        return Err(Fault::Password);
    }
    let mut styles = Styles::default();
    if package.has("styles.xml") {
        styles.read(package.xml("styles.xml", &mut buffer)?, limits)?;
    }
    read_content(package.xml("content.xml", &mut buffer)?, styles, limits)
}

/// Reads all sheets of a workbook that is one XML file (`.fods`).
pub(super) fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    let text = code_page::decode_declared(bytes);
    read_content(Xml::whole(text.as_bytes(), limits), Styles::default(), limits)
}

/// Reads the tables; `styles` are those that stand in a part of their own.
fn read_content(mut xml: Xml<'_>, mut styles: Styles, limits: &Limits) -> Result<Contents, Fault> {
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    let (mut order, mut in_sheets) = (0u32, false);
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "spreadsheet" => in_sheets = true,
                "table" if in_sheets => {
                    if usize::try_from(order).unwrap_or(usize::MAX) >= limits.sheets {
                        return Err(Passed::Sheets(limits.sheets).into());
                    }
                    let name = attribute(&tag, "name").unwrap_or_default();
                    let name = SheetName::new(label(&name), order);
                    let builder = SheetBuilder::new(name.clone(), styles.hide(&tag));
                    order += 1;
                    let read = SheetReader::new(builder, &styles, &mut allowance).read(&mut xml)?;
                    contents.add(name, Ok(read))?;
                }
                _ => styles.note(&tag, limits)?,
            },
            Event::Empty(tag) => styles.note(&tag, limits)?,
            Event::Eof => return Ok(contents),
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(tag).find(|(key, _)| *key == name).map(|(_, value)| unescaped(value).into_owned())
}

fn is_encrypted(mut xml: Xml<'_>) -> Result<bool, Fault> {
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().into_inner() == "encryption-data" =>
            {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::CellRef;
    use crate::open::Kind;
    use crate::open::specimen::{codes, opened, zip};

    const TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

    fn ods(content: &str) -> Vec<u8> {
        zip(&[
            ("mimetype", TYPE),
            ("content.xml", content.as_bytes()),
            ("META-INF/manifest.xml", b"<m/>"),
        ])
    }

    fn table(rows: &str) -> Vec<u8> {
        ods(&format!(
            "<o:d><o:spreadsheet><t:table t:name='Biểu 1'>{rows}</t:table></o:spreadsheet></o:d>"
        ))
    }

    fn seen(bytes: &[u8]) -> String {
        let opened = opened("a.ods", bytes);
        let kind = if bytes.starts_with(b"<?xml") { Kind::FlatOds } else { Kind::Ods };
        let other_name = if kind == Kind::Ods { "" } else { "TEP06" };
        assert_eq!((codes(&opened).as_str(), opened.kind), (other_name, Some(kind)));
        let sheet = &opened.workbook.unwrap().sheets[0];
        let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        let cells = cells.map(|(row, cell)| {
            let marks = format!(
                "{}{}",
                if row.hidden { "~" } else { "" },
                if cell.computed { "!" } else { "" }
            );
            format!("{marks}{}={:?}", CellRef::new(row.index, cell.col), cell.value)
        });
        let merges = sheet.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last));
        let columns =
            sheet.hidden_cols.iter().map(|(first, last)| format!("hidden {first}-{last}"));
        cells.chain(merges).chain(columns).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cells_as_they_come() {
        for (cell, expected) in [
            (
                "<c v-type='string'><p>Xã<s c='2'/>Bảo</p> <p>H&#224;</p><annotation><p>no</p></annotation></c>",
                r#"A1=Text("Xã  Bảo\nHà")"#,
            ),
            ("<c v-type='string' string-value='a'/>", r#"A1=Text("a")"#),
            ("<c v-type='float' value='12'><p>12 cuộc</p></c>", "A1=Number(12.0)"),
            ("<c v-type='percentage' value='0.5'><p>50%</p></c>", r#"A1=Text("50%")"#),
            ("<c v-type='date' date-value='2021-03-15'/>", "A1=Date(2021-03-15T00:00:00)"),
            ("<c v-type='time' time-value='PT08H00M00S'><p>08:00</p></c>", r#"A1=Text("08:00")"#),
            ("<c v-type='boolean' boolean-value='true'/>", "A1=Bool(true)"),
            ("<c formula='of:=1+1' v-type='float' value='2'/>", "!A1=Number(2.0)"),
            ("<c formula='of:=1+1'/>", "A1=Uncomputed"),
            (
                "<c v-type='string' calcext:value-type='error' formula='x'><p>#DIV/0!</p></c>",
                "!A1=Error(\"#DIV/0!\")",
            ),
            (
                "<c number-columns-repeated='2'/><c number-columns-repeated='2' v-type='float' value='1'/>",
                "C1=Number(1.0) D1=Number(1.0)",
            ),
            (
                "<c number-columns-spanned='2' number-rows-spanned='2' v-type='float' value='1'/><covered-table-cell/><c v-type='float' value='2'/>",
                "A1=Number(1.0) C1=Number(2.0) A1:B2",
            ),
            (
                "<c number-columns-repeated='16383'/><c v-type='float' value='1'/>",
                "XFD1=Number(1.0)",
            ),
            ("<c style-name='x'><p> </p></c>", ""),
        ] {
            let cell = cell
                .replace("<c ", "<table-cell ")
                .replace("</c>", "</table-cell>")
                .replace("v-type", "office:value-type");
            assert_eq!(seen(&table(&format!("<table-row>{cell}</table-row>"))), expected, "{cell}");
        }
    }

    #[test]
    fn rows_and_columns() {
        let cell = "<table-cell office:value-type='float' value='1'/>";
        let rows = format!(
            "<table-column number-columns-repeated='2'/><table-column visibility='collapse' number-columns-repeated='99999'/>\
             <table-row number-rows-repeated='3'/> <table-header-rows><table-row number-rows-repeated='2' visibility='filter'>{cell}</table-row></table-header-rows>\
             <table-row number-rows-repeated='1048000'><table-cell number-columns-repeated='16384'/></table-row>"
        );
        assert_eq!(seen(&table(&rows)), "~A4=Number(1.0) ~A5=Number(1.0) hidden 2-16383");
    }

    #[test]
    fn what_repeats_without_end_or_is_locked() {
        let row = "<table-row number-rows-repeated='1048576'><table-cell number-columns-repeated='16384' office:value-type='float' value='1'/></table-row>";
        assert_eq!(codes(&opened("a.ods", &table(row))), "[TEP04]");
        let locked = zip(&[
            ("mimetype", TYPE),
            ("content.xml", b"\x01"),
            ("META-INF/manifest.xml", b"<m><encryption-data/></m>"),
        ]);
        assert_eq!(codes(&opened("a.ods", &locked)), "[TEP02]");
        let text = b"application/vnd.oasis.opendocument.text";
        let other = crate::open::specimen::zip_with(
            &[("mimetype", text), ("content.xml", b"<a/>"), ("META-INF/manifest.xml", b"<m/>")],
            zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored),
        );
        assert_eq!(codes(&opened("a.ods", &other)), "[TEP03]");
        let bad = "<table-row><table-cell office:value-type='float' value='x'/></table-row>";
        assert_eq!(codes(&opened("a.ods", &table(bad))), "TEP01");
        assert_eq!(codes(&opened("a.ods", &ods("<a><spreadsheet><table name='a'>"))), "[TEP01]");
    }

    #[test]
    fn a_workbook_that_is_one_xml_file() {
        let content = "<?xml version='1.0' encoding='UTF-8'?>\n<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'\
            office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:body><office:spreadsheet><table:table table:name='a'>\
            <table:table-row><table:table-cell office:value-type='float' office:value='7'/></table:table-row></table:table></office:spreadsheet></office:body></office:document>";
        assert_eq!(seen(content.as_bytes()), "A1=Number(7.0)");
        let text = content.replace("opendocument.spreadsheet", "opendocument.text");
        assert_eq!(codes(&opened("a.fods", text.as_bytes())), "[TEP03]");
    }

    #[test]
    fn hidden_sheets() {
        let content = "<d><automatic-styles><style name='ta1' family='table'><table-properties display='true'/></style><style name='ta2' family='table'><table-properties display='false'/></style><style name='ta3' family='table-cell'><table-properties display='false'/></style></automatic-styles>\
            <spreadsheet><table name='Một' style-name='ta1'/><table name='Hai' style-name='ta2'></table><table name='Ba' style-name='ta1'></table></spreadsheet></d>";
        let book = opened("a.ods", &ods(content)).workbook.unwrap();
        let sheets: Vec<_> =
            book.sheets.iter().map(|sheet| (&*sheet.name.name, sheet.hidden)).collect();
        assert_eq!(sheets, [("Hai", true), ("Ba", false)]);
    }
}
