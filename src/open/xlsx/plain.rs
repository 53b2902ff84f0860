//! Cells and shared strings as nearly all writers write them, told whole by their bytes; what is written otherwise is none.

use memchr::memchr3;

/// A cell without a formula, as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainCell<'t> {
    /// Its address.
    pub(super) at: &'t str,
    /// Its style; empty when it says none.
    pub(super) style: &'t str,
    /// Its type; empty when it says none.
    pub(super) kind: &'t str,
    /// Its value; none for a cell that only has a style.
    pub(super) value: Option<&'t str>,
}

/// The cell that the text begins with, and how many bytes it takes: `<c r="B2" s="1" t="s"><v>57</v></c>`.
pub(super) fn cell(text: &str) -> Option<(PlainCell<'_>, usize)> {
    let (at, rest) = quoted(text.strip_prefix("<c r=\"")?)?;
    let (style, rest) = rest.strip_prefix(" s=\"").map_or(Some(("", rest)), quoted)?;
    let (kind, rest) = rest.strip_prefix(" t=\"").map_or(Some(("", rest)), quoted)?;
    if let Some(rest) = rest.strip_prefix("/>") {
        return Some((PlainCell { at, style, kind, value: None }, text.len() - rest.len()));
    }
    let inside = rest.strip_prefix("><v>")?;
    // Numbers for the most part, shorter than what a search for several bytes at once pays for. Line ends of other
    // systems have to be made usual ones.
    let end = inside.bytes().position(|b| matches!(b, b'<' | b'&' | b'\r'))?;
    let (value, rest) = inside.split_at_checked(end)?;
    let rest = rest.strip_prefix("</v></c>")?;
    Some((PlainCell { at, style, kind, value: Some(value) }, text.len() - rest.len()))
}

/// The shared string that the text begins with, and how many bytes it takes: `<si><t>Xã</t></si>`.
pub(super) fn string(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("<si><t")?;
    let inside =
        inside.strip_prefix(" xml:space=\"preserve\"").unwrap_or(inside).strip_prefix('>')?;
    let (string, rest) = inside.split_at_checked(memchr3(b'<', b'&', b'\r', inside.as_bytes())?)?;
    let rest = rest.strip_prefix("</t></si>")?;
    Some((string, text.len() - rest.len()))
}

/// What stands before the closing quotation mark, and what comes behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| b == b'"')?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Shared, SheetReader};
    use super::super::{Strings, Styles};
    use super::*;
    use crate::open::limits::Limits;
    use crate::open::serial::Epoch;
    use crate::open::sparse::{Allowance, SheetBuilder};
    use crate::open::xml::Xml;
    use proptest::prelude::*;

    fn read(xml: &str) -> String {
        let limits = Limits { cell_text_bytes: 9, xml_depth: 9, ..Limits::default() };
        let mut strings = Strings::default();
        strings.add("Xã", &limits).unwrap();
        let shared = Shared { strings: &strings, styles: &Styles::default(), epoch: Epoch::Y1900 };
        let mut allowance = Allowance::new(&limits);
        let reader = SheetReader::new(SheetBuilder::default(), &shared, &mut allowance);
        format!("{:?}", reader.read(Xml::whole(xml.as_bytes(), &limits)))
    }

    fn read_strings(xml: &str) -> String {
        let limits = Limits { text_bytes: 40, ..Limits::default() };
        format!("{:?}", Strings::read(Xml::whole(xml.as_bytes(), &limits), &limits))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        /// Two spaces are nothing to a reader of tags, and no cell with them is told whole.
        #[test]
        fn what_is_told_whole_is_what_the_tags_say(
            pieces in prop::collection::vec(prop::sample::select(vec![
                r#"<c r="B2" t="s"><v>0</v></c>"#, r#"<c r="C2"><v>7</v></c>"#, r#"<c r="D2" s="1"/>"#, "<c r=\"E2\" t=\"str\"><v>a\r\nb</v></c>",
                r#"<c r="F2" t="s"><v>9</v></c>"#, r#"<c r="XFE1"><v>7</v></c>"#, r#"<c r="G2" t="str"><v>0123456789</v></c>"#,
                r#"<c r="B3">"#, "<c>", "</c>", "<v>", "</v>", "<f>", "</f>", "<is>", "</is>", "<t>", "</t>", "<rPh>", "</rPh>", "7", "a&amp;b",
                "<row>", "<row r='2'>", "</row>", "</sheetData>", "<sheetData>", "<x>", "</x>", "<cols>", "</cols>",
            ]), 0..12),
        ) {
            for frame in [("<sheetData>", "</sheetData>"), ("", ""), ("<sheetData><row r='2'>", "</row></sheetData>")] {
                let xml = format!("{}{}{}", frame.0, pieces.concat(), frame.1);
                prop_assert_eq!(read(&xml), read(&xml.replace("<c ", "<c  ")), "{}", xml);
            }
        }

        #[test]
        fn strings_told_whole_are_what_the_tags_say(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<si><t>Xã</t></si>", r#"<si><t xml:space="preserve"> a </t></si>"#, "<si><t>a_x000D_</t></si>", "<si><t>0123456789</t></si>",
                "<si>", "</si>", "<t>", "</t>", "<t/>", "<r>", "</r>", "<rPh>", "</rPh>", "a", "&amp;", "\r", " ",
            ]), 0..12),
        ) {
            let xml = format!("<sst>{}</sst>", pieces.concat());
            prop_assert_eq!(read_strings(&xml), read_strings(&xml.replace("<si>", "<si >")), "{}", xml);
        }
    }

    #[test]
    fn cells_that_are_told_whole() {
        let told = |at, style, kind, value| Some(PlainCell { at, style, kind, value });
        for (text, expected) in [
            (r#"<c r="B2" s="1" t="s"><v>57</v></c>"#, told("B2", "1", "s", Some("57"))),
            (r#"<c r="B2" t="s"><v>57</v></c>"#, told("B2", "", "s", Some("57"))),
            (r#"<c r="B2"><v></v></c>"#, told("B2", "", "", Some(""))),
            (r#"<c r="B2" s="1"/>"#, told("B2", "1", "", None)),
            (r#"<c r=">" s="<"/>"#, told(">", "<", "", None)),
            (r#"<c r="B2" t="s" s="1"><v>57</v></c>"#, None),
            ("<c r='B2'><v>57</v></c>", None),
            ("<c><v>57</v></c>", None),
            (r#"<c r="B2"><f>A1</f><v>57</v></c>"#, None),
            (r#"<c r="B2"><v>5&amp;7</v></c>"#, None),
            (r#"<c r="B2"><v>57</v> </c>"#, None),
            (r#"<c r="B2"><v>57"#, None),
            (r#"<c r="B2" "#, None),
        ] {
            let whole = format!("{text}<d/>");
            let found = cell(&whole);
            assert_eq!(
                found.as_ref().map(|(_, length)| *length),
                expected.as_ref().map(|_| text.len())
            );
            assert_eq!(found.map(|(cell, _)| cell), expected, "{text}");
        }
    }

    #[test]
    fn strings_that_are_told_whole() {
        for (text, expected) in [
            ("<si><t>Xã</t></si>", Some("Xã")),
            ("<si><t></t></si>", Some("")),
            (r#"<si><t xml:space="preserve"> a </t></si>"#, Some(" a ")),
            ("<si><t/></si>", None),
            ("<si><t>a&lt;</t></si>", None),
            ("<si><r><t>a</t></r></si>", None),
            ("<si><t>a</t><rPh/></si>", None),
            ("<si><t>a", None),
        ] {
            let whole = format!("{text}<d/>");
            assert_eq!(string(&whole), expected.map(|string| (string, text.len())), "{text}");
        }
    }
}
