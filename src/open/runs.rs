//! Stretches of a cell's text that are struck out or raised: a footnote's sign or a figure that no longer holds is no
//! digit of the number beside it.

use super::xml::attributes;
use quick_xml::events::BytesStart;

/// How a struck-out stretch begins and ends in the text of its cell.
const STRUCK: (&str, &str) = ("(gạch bỏ: ", ")");
/// What stands before a raised stretch behind a digit: `136^1`.
const RAISED: char = '^';

/// The stretch being read.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Run {
    struck: bool,
    raised: bool,
}

impl Run {
    /// A stretch that is struck out.
    pub(super) const STRUCK: Self = Self { struck: true, raised: false };
    /// A stretch above or below the line.
    pub(super) const RAISED: Self = Self { struck: false, raised: true };

    /// Takes up a property of the stretch, as Excel's parts name it.
    pub(super) fn note(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = attributes(tag).find(|(key, _)| *key == "val").map(|(_, value)| value);
        match name {
            "strike" | "dstrike" => self.struck = !matches!(value, Some("0" | "false")),
            "vertAlign" => self.raised = matches!(value, Some("superscript" | "subscript")),
            _ => {}
        }
    }

    /// Writes what sets the stretch apart before its text; the cell's text begins at that place.
    pub(super) fn begin(self, text: &mut String, start: usize) {
        let before = text.get(start..).unwrap_or_default();
        if self.struck {
            text.push_str(STRUCK.0);
        } else if self.raised && before.ends_with(|c: char| c.is_ascii_digit()) {
            text.push(RAISED);
        }
    }

    /// Writes what ends it.
    pub(super) fn end(self, text: &mut String) {
        if self.struck {
            text.push_str(STRUCK.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::open::Value;
    use crate::open::specimen::{opened, workbook};

    fn first(name: &str, bytes: &[u8]) -> String {
        let book = opened(name, bytes).workbook.unwrap();
        match &book.sheets[0].rows[0].cells[0].value {
            Value::Text(text) => text.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_footnote_and_what_was_struck_out_are_no_digits() {
        let run = |properties: &str, text: &str| {
            format!("<r><rPr><b/>{properties}</rPr><t>{text}</t></r>")
        };
        let (up, out) = ("<vertAlign val='superscript'/>", "<strike/>");
        for (runs, expected) in [
            (run("", "136") + &run(up, "1"), "136^1"),
            (run("", "100 m") + &run(up, "2"), "100 m2"),
            (run("<vertAlign val='baseline'/>", "13") + &run("<strike val='0'/>", "6"), "136"),
            (run(out, "120") + &run("", "136"), "(gạch bỏ: 120)136"),
            (run(out, "120") + "<r><t>136</t></r>", "(gạch bỏ: 120)136"),
            (run(out, "120") + "<rPh sb='0' eb='1'><t>1</t></rPh>", "(gạch bỏ: 120)"),
        ] {
            let shared = format!("<si><t>9</t></si><si>{runs}</si>");
            let cell = "<sheetData><row><c t='s'><v>1</v></c></row></sheetData>";
            assert_eq!(first("a.xlsx", &workbook(cell, &shared)), expected, "shared");
            let inline =
                format!("<sheetData><row><c t='inlineStr'><is>{runs}</is></c></row></sheetData>");
            assert_eq!(first("a.xlsx", &workbook(&inline, "")), expected, "inline");
        }
        // A struck-out cell is read, and said.
        let cells = "<sheetData><row><c><v>80</v></c><c s='1'><v>120</v></c></row></sheetData>";
        let mut parts = crate::open::specimen::parts(cells, "");
        for (name, part) in &mut parts {
            if *name == "xl/styles.xml" {
                *part = b"<styleSheet><fonts><font><b/></font><font><strike/></font></fonts><cellXfs><xf numFmtId='0' fontId='0'/>\
                    <xf numFmtId='0' fontId='1'/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>".to_vec();
            }
        }
        let opened = opened("a.xlsx", &crate::open::specimen::packed(&parts));
        let said: Vec<_> = opened.findings.iter().map(|f| (f.rule.code, f.place.cell)).collect();
        assert_eq!(said, [("DL08", Some(crate::model::CellRef::new(0, 1)))]);
    }

    #[test]
    fn the_same_on_pages() {
        for (cell, expected) in [
            ("136<sup>1</sup>", "136^1"),
            ("<del>120</del>136", "(gạch bỏ: 120)136"),
            ("<s>120</s> 136", "(gạch bỏ: 120) 136"),
            ("m<sup>2</sup>", "m2"),
        ] {
            let page = format!("<html><table><tr><td>{cell}</td><td>x</td></tr></table></html>");
            assert_eq!(first("a.html", page.as_bytes()), expected);
            let data = cell.replace("sup>", "Sup>").replace("del>", "S>").replace("s>", "S>");
            let book = format!(
                "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='a'><Table>\
                 <Row><Cell><ss:Data ss:Type='String'>{data}</ss:Data></Cell></Row></Table></Worksheet></Workbook>"
            );
            assert_eq!(first("a.xml", book.as_bytes()), expected);
        }
    }
}
