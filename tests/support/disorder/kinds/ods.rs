//! The grid as an `OpenDocument` spreadsheet.

use super::cell::{Stored, escaped};
use qc17::open::{Sheet, Value, Workbook};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"";
const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

pub fn bytes(book: &Workbook) -> Vec<u8> {
    let tables: String = book.sheets.iter().map(table).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {SPACES}><office:automatic-styles>\
         <style:style style:name=\"hidden\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
         <style:style style:name=\"T2\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{TYPE}\"/></manifest:manifest>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let packed = SimpleFileOptions::default();
    for (name, part, options) in [
        ("mimetype", TYPE, stored),
        ("content.xml", &content, packed),
        ("META-INF/manifest.xml", &manifest, packed),
    ] {
        writer.start_file(name, options).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn table(sheet: &Sheet) -> String {
    let style = if sheet.hidden { " table:style-name=\"hidden\"" } else { "" };
    let mut out = format!("<table:table table:name=\"{}\"{style}>", escaped(&sheet.name.name));
    let mut next = 0;
    for (first, last) in &sheet.hidden_cols {
        if *first > next {
            out += &format!(
                "<table:table-column table:number-columns-repeated=\"{}\"/>",
                first - next
            );
        }
        let many = last - first + 1;
        out += &format!(
            "<table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"{many}\"/>"
        );
        next = last + 1;
    }
    let mut next = 0;
    for row in &sheet.rows {
        if row.index > next {
            let many = row.index - next;
            out += &format!(
                "<table:table-row table:number-rows-repeated=\"{many}\"><table:table-cell/></table:table-row>"
            );
        }
        next = row.index + 1;
        let hidden = if row.hidden { " table:visibility=\"collapse\"" } else { "" };
        out += &format!("<table:table-row{hidden}>");
        let mut col = 0;
        for cell in &row.cells {
            if cell.col > col {
                let many = cell.col - col;
                out += &format!("<table:table-cell table:number-columns-repeated=\"{many}\"/>");
            }
            col = cell.col + 1;
            let merge =
                sheet.merges.iter().find(|m| (m.first.row, m.first.col) == (row.index, cell.col));
            let spans = merge.map_or(String::new(), |merge| {
                format!(
                    " table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
                    merge.last.col - merge.first.col + 1,
                    merge.last.row - merge.first.row + 1
                )
            });
            out += &written(&cell.value, &spans);
        }
        out += "</table:table-row>";
    }
    out + "</table:table>"
}

fn written(value: &Value, spans: &str) -> String {
    let cell = |kind: &str, text: &str| {
        let lines = text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line)));
        let lines = lines.collect::<Vec<_>>().concat();
        format!("<table:table-cell{spans} {kind}>{lines}</table:table-cell>")
    };
    match value.into() {
        Stored::Text(text) => cell("office:value-type=\"string\"", text),
        Stored::Rich(stretches) => {
            let spans_of = stretches.iter().map(|(text, stand)| {
                let style = *stand as u8;
                format!("<text:span text:style-name=\"T{style}\">{}</text:span>", escaped(text))
            });
            let inside: String = spans_of.collect();
            format!(
                "<table:table-cell{spans} office:value-type=\"string\"><text:p>{inside}</text:p></table:table-cell>"
            )
        }
        Stored::Number(n) => {
            cell(&format!("office:value-type=\"float\" office:value=\"{n}\""), &n.to_string())
        }
        Stored::Share(n) => cell(
            &format!("office:value-type=\"percentage\" office:value=\"{n}\""),
            &format!("{}%", n * 100.0),
        ),
        Stored::Day(day) => {
            let kind = format!(
                "office:value-type=\"date\" office:date-value=\"{}\"",
                day.format("%Y-%m-%d")
            );
            cell(&kind, &day.format("%d/%m/%y").to_string())
        }
        Stored::Truth(set) => {
            cell(&format!("office:value-type=\"boolean\" office:boolean-value=\"{set}\""), "")
        }
        Stored::Failed(fault) => {
            let kind = "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"";
            cell(kind, fault)
        }
        Stored::Uncomputed => cell("table:formula=\"of:=SUM([.A1])\"", ""),
    }
}
