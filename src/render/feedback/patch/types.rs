//! `[Content_Types].xml`: what kind of thing each part is.

use super::PatchError;
use super::relations::escaped;
use super::scan::{Edits, Role, tags};

/// The part.
pub(super) const PART: &str = "[Content_Types].xml";
/// What every type of a spreadsheet's part begins with.
const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// What is added to the list.
#[derive(Debug, Default)]
pub(super) struct Types {
    overrides: Vec<(String, String)>,
    drawings: bool,
}

impl Types {
    /// A part of the workbook: `worksheet`, `comments`, `styles`.
    pub(super) fn part(&mut self, name: &str, kind: &str) {
        self.overrides.push((format!("/{name}"), format!("{SHEETS}.{kind}+xml")));
    }

    /// Drawings in VML, known by their extension.
    pub(super) fn drawing(&mut self) {
        self.drawings = true;
    }

    /// The part with what is added.
    pub(super) fn apply(&self, text: &str) -> Result<String, PatchError> {
        let mut edits = Edits::new(text);
        let (mut root, mut known) = (None, false);
        for tag in tags(text) {
            let tag = tag?;
            let vml = |value: &str| value.eq_ignore_ascii_case("vml");
            known |= tag.opens("Default") && tag.value("Extension").is_some_and(vml);
            if tag.depth == 0 && tag.role == Role::Open {
                // Extensions stand before parts in the files of most programs.
                if self.drawings && !text.to_ascii_lowercase().contains("extension=\"vml\"") {
                    root = Some((tag, tag.end));
                } else {
                    root = Some((tag, 0));
                }
            }
            let Some((open, at)) = root.filter(|_| tag.depth == 0 && tag.role == Role::Close)
            else {
                continue;
            };
            let prefix = open.prefix();
            if at > 0 && !known {
                let kind = "application/vnd.openxmlformats-officedocument.vmlDrawing";
                let words = format!("<{prefix}Default Extension=\"vml\" ContentType=\"{kind}\"/>");
                edits.insert(at, words);
            }
            for (name, kind) in &self.overrides {
                let name = escaped(name);
                let words =
                    format!("<{prefix}Override PartName=\"{name}\" ContentType=\"{kind}\"/>");
                edits.insert(tag.start, words);
            }
            return Ok(edits.finish());
        }
        Err(PatchError::Lacking("list of types"))
    }
}

/// The extension that a workbook of this type must have: Excel opens no other.
pub(super) fn extension(text: &str, workbook: &str) -> &'static str {
    let wanted = format!("/{workbook}");
    let kind = tags(text).flatten().find_map(|tag| {
        let part = tag.value("PartName").filter(|_| tag.opens("Override"))?;
        part.eq_ignore_ascii_case(&wanted).then(|| tag.value("ContentType").unwrap_or_default())
    });
    match kind.unwrap_or_default() {
        kind if kind.contains("sheet.macroEnabled.main") => "xlsm",
        kind if kind.contains("template.macroEnabled.main") => "xltm",
        kind if kind.ends_with("template.main+xml") => "xltx",
        _ => "xlsx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_added_once() {
        let mut types = Types::default();
        types.part("xl/worksheets/sheet9.xml", "worksheet");
        types.drawing();
        let text =
            "<ct:Types xmlns:ct='t'><ct:Default Extension='xml' ContentType='x'/></ct:Types>";
        let once = types.apply(text).unwrap();
        assert_eq!(
            once,
            "<ct:Types xmlns:ct='t'><ct:Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/><ct:Default Extension='xml' ContentType='x'/><ct:Override PartName=\"/xl/worksheets/sheet9.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></ct:Types>"
        );
        assert_eq!(types.apply(&once).unwrap().matches("\"vml\"").count(), 1);
        assert!(types.apply("<Types/>").is_err());
    }

    #[test]
    fn macros_keep_their_extension() {
        for (kind, expected) in [
            ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
            ("application/vnd.ms-excel.template.macroEnabled.main+xml", "xltm"),
            (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
                "xltx",
            ),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xlsx"),
        ] {
            let text = format!(
                "<Types><Override PartName='/xl/workbook.xml' ContentType='{kind}'/></Types>"
            );
            assert_eq!(extension(&text, "xl/workbook.xml"), expected);
        }
    }
}
