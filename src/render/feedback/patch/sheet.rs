//! What surrounds the cells of a sheet: merged ranges, whether it is selected, where its comments are named.

use super::PatchError;
use super::relations::TRANSITIONAL;
use super::scan::{Edits, Role, Tag, tags};
use crate::model::CellRef;
use std::ops::Range;

/// The elements that must stand behind the one that names the comments' drawing.
const BEHIND: [&str; 10] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "control",
    "controls",
    "oleObject",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The frame of one sheet.
#[derive(Debug, Default)]
pub(super) struct Frame<'a> {
    root: Option<Tag<'a>>,
    /// Merged ranges: first and last cell.
    merges: Vec<(CellRef, CellRef)>,
    /// The values that say the sheet is selected.
    selected: Vec<Range<usize>>,
    /// The relationship of the drawing that shows comments.
    pub(super) drawing: Option<&'a str>,
    /// Before which byte that drawing is named where it is not yet.
    tail: usize,
}

impl<'a> Frame<'a> {
    /// Reads the frame.
    pub(super) fn read(text: &'a str) -> Result<Self, PatchError> {
        let mut frame = Self::default();
        let mut behind_cells = false;
        let mut alternative = None;
        for tag in tags(text) {
            let tag = tag?;
            if tag.depth == 0 {
                if tag.role == Role::Close && frame.tail == 0 {
                    frame.tail = tag.start;
                } else if tag.role == Role::Open {
                    frame.root = Some(tag);
                }
            }
            if tag.role == Role::Close {
                behind_cells |= tag.local() == "sheetData";
                continue;
            }
            match tag.local() {
                "sheetData" if tag.role == Role::Empty => behind_cells = true,
                "sheetView" => frame.selected.extend(selected(&tag)),
                "mergeCell" => frame.merges.extend(merged(&tag)),
                "legacyDrawing" if tag.depth == 1 => frame.drawing = tag.value("id"),
                "AlternateContent" if tag.depth == 1 && behind_cells => {
                    alternative = Some(tag.start);
                }
                name if behind_cells && frame.tail == 0 && BEHIND.contains(&name) => {
                    match (tag.depth, alternative) {
                        (1, _) => frame.tail = tag.start,
                        (_, Some(start)) => frame.tail = start,
                        _ => {}
                    }
                }
                _ => {}
            }
            if tag.depth == 1 && tag.local() != "AlternateContent" {
                alternative = None;
            }
        }
        if frame.root.is_none() { Err(PatchError::Lacking("worksheet")) } else { Ok(frame) }
    }

    /// The cell that shows what belongs to that one: itself, or the first of its merged range.
    pub(super) fn anchor(&self, cell: CellRef) -> CellRef {
        let covers = |(first, last): &&(CellRef, CellRef)| {
            (first.row..=last.row).contains(&cell.row) && (first.col..=last.col).contains(&cell.col)
        };
        self.merges.iter().find(covers).map_or(cell, |(first, _)| *first)
    }

    /// Takes the selection away, so that two sheets are never selected together.
    pub(super) fn deselect(&self, edits: &mut Edits<'_>) {
        for place in &self.selected {
            edits.replace(place.clone(), "0");
        }
    }

    /// Names the drawing that shows the comments.
    pub(super) fn name_drawing(&self, id: &str, base: &str, edits: &mut Edits<'_>) {
        let Some(root) = self.root else { return };
        let known = root.attributes().find_map(|attribute| {
            let prefix = attribute.name.strip_prefix("xmlns:")?;
            (attribute.value == base || attribute.value == TRANSITIONAL).then_some(prefix)
        });
        let prefix = root.prefix();
        let words = match known {
            Some(own) => format!("<{prefix}legacyDrawing {own}:id=\"{id}\"/>"),
            None => format!("<{prefix}legacyDrawing xmlns:r=\"{base}\" r:id=\"{id}\"/>"),
        };
        edits.insert(self.tail, words);
    }
}

fn selected(tag: &Tag<'_>) -> Option<Range<usize>> {
    let known = tag.attribute("tabSelected")?;
    matches!(known.value, "1" | "true" | "on").then_some(known.place)
}

fn merged(tag: &Tag<'_>) -> Option<(CellRef, CellRef)> {
    let (one, other) = tag.value("ref")?.split_once(':')?;
    let (one, other) = (CellRef::parse(one)?, CellRef::parse(other)?);
    let first = CellRef::new(one.row.min(other.row), one.col.min(other.col));
    let last = CellRef::new(one.row.max(other.row), one.col.max(other.col));
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        let frame = Frame::read(text).unwrap();
        let mut edits = Edits::new(text);
        frame.deselect(&mut edits);
        frame.name_drawing("rId9", TRANSITIONAL, &mut edits);
        edits.finish()
    }

    #[test]
    fn the_drawing_is_named_at_its_place() {
        let named_here = format!("<legacyDrawing xmlns:r=\"{TRANSITIONAL}\" r:id=\"rId9\"/>");
        for (before, behind) in [
            ("<sheetData/><drawing r:id='a'/>", "<tableParts/><extLst/>"),
            ("<sheetData><row/></sheetData><pageMargins/>", ""),
            (
                "<extLst/><sheetData/>",
                "<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>",
            ),
            (
                "<sheetData/><mc:AlternateContent><mc:Choice><drawing/></mc:Choice></mc:AlternateContent>",
                "<extLst/>",
            ),
        ] {
            let text = format!("<worksheet>{before}{behind}</worksheet>");
            assert_eq!(
                named(&text),
                format!("<worksheet>{before}{named_here}{behind}</worksheet>")
            );
        }
        let text = format!(
            "<x:worksheet xmlns:rel=\"{TRANSITIONAL}\"><x:sheetViews><x:sheetView tabSelected=\"1\"/></x:sheetViews><x:sheetData/></x:worksheet>"
        );
        let expected = text
            .replace("tabSelected=\"1\"", "tabSelected=\"0\"")
            .replace("</x:worksheet>", "<x:legacyDrawing rel:id=\"rId9\"/></x:worksheet>");
        assert_eq!(named(&text), expected);
    }

    #[test]
    fn merged_cells_have_one_anchor() {
        let text =
            "<worksheet><sheetData/><mergeCells><mergeCell ref='B2:D4'/></mergeCells></worksheet>";
        let frame = Frame::read(text).unwrap();
        assert_eq!(frame.anchor(CellRef::new(3, 3)), CellRef::new(1, 1));
        assert_eq!(frame.anchor(CellRef::new(4, 3)), CellRef::new(4, 3));
    }
}
