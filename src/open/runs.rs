//! Stretches of a cell's text that are struck out or raised: a footnote's sign or a figure that no longer holds is no
//! digit of the number beside it.

use super::xml::attributes;
use quick_xml::events::BytesStart;

/// How a struck-out stretch begins and ends in the text of its cell.
const STRUCK: (&str, &str) = ("(gạch bỏ: ", ")");
/// What stands before a raised stretch behind a digit: `136^1`.
const RAISED: char = '^';

/// How a stretch of text stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    struck: bool,
    raised: bool,
}

impl Run {
    /// A stretch that is struck out.
    pub(super) const STRUCK: Self = Self { struck: true, raised: false };
    /// A stretch above or below the line.
    pub(super) const RAISED: Self = Self { struck: false, raised: true };

    /// A stretch in a font of a binary workbook, by its flags and its script (chỉ số trên, chỉ số dưới).
    pub(super) const fn of_font(flags: u16, script: u16) -> Self {
        Self { struck: flags & 8 != 0, raised: matches!(script, 1 | 2) }
    }

    /// The same stretch, struck out or not.
    pub(super) const fn with_struck(self, struck: bool) -> Self {
        Self { struck, ..self }
    }

    /// The same stretch, off the line or on it.
    pub(super) const fn with_raised(self, raised: bool) -> Self {
        Self { raised, ..self }
    }

    /// What both do to it.
    pub(super) const fn and(self, other: Self) -> Self {
        Self { struck: self.struck || other.struck, raised: self.raised || other.raised }
    }

    /// Whether it is struck out.
    pub(super) const fn is_struck(self) -> bool {
        self.struck
    }

    /// Whether nothing sets the stretch apart.
    pub(super) const fn is_plain(self) -> bool {
        !self.struck && !self.raised
    }

    /// Takes up a property of the stretch, as Excel's parts name it.
    pub(super) fn note(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = attributes(tag).find(|(key, _)| *key == "val").map(|(_, value)| value);
        match name {
            "strike" | "dstrike" => self.struck = !matches!(value, Some("0" | "false")),
            "vertAlign" => self.raised = matches!(value, Some("superscript" | "subscript")),
            _ => {}
        }
    }

    /// Writes what sets the stretch apart behind what the cell's text is so far.
    pub(super) fn begin(self, text: &mut String) {
        if self.struck {
            text.push_str(STRUCK.0);
        } else if self.raised && text.ends_with(|c: char| c.is_ascii_digit()) {
            text.push(RAISED);
        }
    }

    /// Writes what ends it; of a stretch without text nothing stays.
    pub(super) fn end(self, text: &mut String) {
        if self.struck && text.ends_with(STRUCK.0) {
            text.truncate(text.len() - STRUCK.0.len());
        } else if self.struck {
            text.push_str(STRUCK.1);
        }
    }
}

/// Where each stretch of a text begins, counted in UTF-16 units, and how it stands; in that order.
pub(super) type Stretches = Vec<(u16, Run)>;

/// The text of a binary workbook with its stretches set apart; before the first of them it stands as `run`.
pub(super) fn set_apart(text: &str, mut run: Run, stretches: &[(u16, Run)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut at, mut next) = (0usize, stretches.iter().peekable());
    run.begin(&mut out);
    for c in text.chars() {
        while let Some((_, new)) = next.next_if(|(start, _)| usize::from(*start) <= at) {
            run.end(&mut out);
            run = *new;
            run.begin(&mut out);
        }
        out.push(c);
        at += c.len_utf16();
    }
    run.end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{Run, set_apart};
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
            (run(out, "120") + "<rPh sb='0' eb='3'><t>đọc</t></rPh>", "(gạch bỏ: 120)"),
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
    fn stretches_of_binary_workbooks() {
        let (plain, struck, up) = (Run::default(), Run::STRUCK, Run::RAISED);
        for (text, stretches, expected) in [
            ("1361", &[(0, plain), (3, up)][..], "136^1"),
            ("120136", &[(0, struck), (3, plain)], "(gạch bỏ: 120)136"),
            ("120", &[(0, struck)], "(gạch bỏ: 120)"),
            // Letters of two units, and stretches that begin inside one, out of order or behind the end.
            ("𝟏𝟐1", &[(4, up)], "𝟏𝟐1"),
            ("a𝟏51", &[(2, struck), (4, plain)], "a𝟏(gạch bỏ: 5)1"),
            ("12", &[(1, struck), (0, plain)], "12"),
            ("12", &[(2, struck), (9, up)], "12"),
            ("12", &[(0, struck), (0, plain)], "12"),
        ] {
            assert_eq!(set_apart(text, plain, stretches), expected, "{text} {stretches:?}");
        }
        assert_eq!(set_apart("120136", struck, &[(3, plain)]), "(gạch bỏ: 120)136");
        assert_eq!(set_apart("136", struck, &[(0, plain)]), "136");
    }

    #[test]
    fn the_same_on_pages() {
        for (cell, expected) in [
            ("<span style='text-decoration:line-through'>120</span>136", "(gạch bỏ: 120)136"),
            ("136<font class=xl9>1</font>", "136^1"),
            ("<s></s>136", "136"),
            ("136<sup>1</sup>", "136^1"),
            ("<del>120</del>136", "(gạch bỏ: 120)136"),
            ("<s>120</s> 136", "(gạch bỏ: 120) 136"),
            ("m<sup>2</sup>", "m2"),
        ] {
            let page = format!(
                "<html><style>.xl9{{vertical-align:super}}</style><table><tr><td>{cell}</td><td>x</td></tr></table></html>"
            );
            assert_eq!(first("a.html", page.as_bytes()), expected);
            if cell.contains("</span>") || cell.contains("</font>") {
                continue;
            }
            let data = cell.replace("sup>", "Sup>").replace("del>", "S>").replace("s>", "S>");
            let book = format!(
                "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='a'><Table>\
                 <Row><Cell><ss:Data ss:Type='String'>{data}</ss:Data></Cell></Row></Table></Worksheet></Workbook>"
            );
            assert_eq!(first("a.xml", book.as_bytes()), expected);
        }
    }
    #[test]
    fn struck_out_cells() {
        let page = "<html><style>.x{text-decoration:line-through}</style><table><tr><td>8</td><td class=x>9</td></tr>\
            <tr style='text-decoration:line-through'><td>7</td></tr><tr><td>6</td></tr></table></html>";
        let book = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Styles>\
            <Style ss:ID='x'><Font ss:StrikeThrough='1'/></Style><Style ss:ID='y'><Font ss:Bold='1'/></Style></Styles>\
            <Worksheet ss:Name='a'><Table><Row><Cell ss:StyleID='y'><Data ss:Type='Number'>8</Data></Cell>\
            <Cell ss:StyleID='x'><Data ss:Type='Number'>9</Data></Cell></Row><Row ss:StyleID='x'><Cell><Data ss:Type='Number'>7</Data></Cell>\
            <Cell ss:StyleID='y'><Data ss:Type='Number'>6</Data></Cell></Row></Table></Worksheet></Workbook>";
        for (name, bytes) in [("a.html", page), ("a.xml", book)] {
            let opened = opened(name, bytes.as_bytes());
            let said: Vec<_> =
                opened.findings.iter().map(|f| (f.rule.code, f.place.cell)).collect();
            assert_eq!(said, [("DL08", Some(crate::model::CellRef::new(0, 1)))], "{name}");
            assert!(opened.findings[0].message.starts_with("2 ô "), "{name}");
        }
    }
}
