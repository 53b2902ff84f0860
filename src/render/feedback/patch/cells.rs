//! Where the cells to be marked stand in a sheet's XML, and the edits that give them their colour.

use super::PatchError;
use super::scan::{Edits, Role, Tag, tags};
use super::styles::Styles;
use crate::model::{CellRef, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What is marked in a sheet, by cell.
pub(super) type Colours = BTreeMap<CellRef, Severity>;

/// A row in which something is marked.
#[derive(Debug)]
struct RowSpot<'a> {
    open: Tag<'a>,
    /// Where it closes; none for an empty one.
    close: Option<usize>,
    /// The format of its blank cells.
    style: Option<usize>,
    cells: Vec<(u32, Tag<'a>)>,
}

/// The places that the marks of a sheet concern.
#[derive(Debug, Default)]
pub(super) struct Spots<'a> {
    /// The rows that are there, by index.
    rows: BTreeMap<u32, RowSpot<'a>>,
    /// For a row that is not there, the place before which it belongs.
    gaps: BTreeMap<u32, usize>,
    /// Formats of blank cells by column: first, last, format.
    columns: Vec<(u32, u32, usize)>,
    /// Cells that bear our colour from an earlier round.
    old: Vec<(CellRef, Tag<'a>)>,
    /// The sheet's block of rows: its opening tag, and where it closes.
    data: Option<(Tag<'a>, Option<usize>)>,
}

impl<'a> Spots<'a> {
    /// Goes through the sheet once.
    pub(super) fn find(
        text: &'a str,
        wanted: &Colours,
        ours: &BTreeSet<usize>,
    ) -> Result<Self, PatchError> {
        let mut spots = Self::default();
        let rows: BTreeSet<u32> = wanted.keys().map(|cell| cell.row).collect();
        let mut open_gaps = rows.clone();
        let (mut next, mut in_data, mut in_columns) = (CellRef::new(0, 0), false, false);
        let mut row = None;
        for tag in tags(text) {
            let tag = tag?;
            match (tag.role, tag.local()) {
                (Role::Close, "sheetData") => {
                    in_data = false;
                    spots.data = spots.data.map(|(open, _)| (open, Some(tag.start)));
                }
                (role, "sheetData") => {
                    in_data = role == Role::Open;
                    spots.data = Some((tag, None));
                }
                (role, "cols") => in_columns = role == Role::Open,
                (_, "col") if in_columns => spots.columns.extend(column(&tag)),
                (Role::Close, "row") if in_data => {
                    if let Some(spot) = row.take().and_then(|row| spots.rows.get_mut(&row)) {
                        spot.close = Some(tag.start);
                    }
                }
                (role, "row") if in_data => {
                    let index = number(&tag, "r").and_then(|row| row.checked_sub(1));
                    let index = index.unwrap_or(next.row);
                    next = CellRef::new(index.saturating_add(1), 0);
                    let later = open_gaps.split_off(&index);
                    for gap in std::mem::replace(&mut open_gaps, later) {
                        spots.gaps.entry(gap).or_insert(tag.start);
                    }
                    // Of two rows with one number the first is taken.
                    row = (rows.contains(&index) && !spots.rows.contains_key(&index))
                        .then_some(index);
                    if row.is_some() {
                        open_gaps.remove(&index);
                        spots.gaps.remove(&index);
                        spots.rows.insert(index, RowSpot::new(tag));
                    }
                    row = row.filter(|_| role == Role::Open);
                }
                (Role::Open | Role::Empty, "c") if in_data => {
                    let at = tag.value("r").and_then(CellRef::parse);
                    let at = at.unwrap_or(CellRef::new(next.row.saturating_sub(1), next.col));
                    next.col = at.col.saturating_add(1);
                    if let Some(spot) = row.and_then(|row| spots.rows.get_mut(&row)) {
                        spot.cells.push((at.col, tag));
                    }
                    if style(&tag).is_some_and(|style| ours.contains(&style)) {
                        spots.old.push((at, tag));
                    }
                }
                _ => {}
            }
        }
        Ok(spots)
    }

    /// Whether a cell bears our colour that is not marked any more.
    pub(super) fn is_stale(&self, wanted: &Colours) -> bool {
        self.old.iter().any(|(at, _)| !wanted.contains_key(at))
    }

    /// Writes the colours into the edits of the sheet.
    pub(super) fn colour(
        &self,
        wanted: &Colours,
        styles: &mut Styles<'_>,
        edits: &mut Edits<'_>,
    ) -> Result<(), PatchError> {
        for (at, tag) in self.old.iter().filter(|(at, _)| !wanted.contains_key(at)) {
            let plain = styles.marked(style(tag).unwrap_or_default(), None);
            edits.set(tag, "s", &plain.to_string());
            debug_assert!(!wanted.contains_key(at));
        }
        let mut rows: BTreeMap<u32, Vec<(u32, Severity)>> = BTreeMap::new();
        for (cell, severity) in wanted {
            rows.entry(cell.row).or_default().push((cell.col, *severity));
        }
        let mut new_rows: BTreeMap<usize, String> = BTreeMap::new();
        for (row, cells) in rows {
            if let Some(spot) = self.rows.get(&row) {
                self.colour_row(row, spot, &cells, styles, edits);
                continue;
            }
            let (open, close) = self.data.as_ref().ok_or(PatchError::Lacking("sheetData"))?;
            let prefix = open.prefix();
            let cells: String =
                cells.iter().map(|cell| self.blank(row, *cell, None, prefix, styles)).collect();
            let words = format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", row + 1);
            let at = self.gaps.get(&row).copied().or(*close).unwrap_or(usize::MAX);
            new_rows.entry(at).or_default().push_str(&words);
        }
        for (at, words) in new_rows {
            match (&self.data, at) {
                (Some((open, None)), usize::MAX) => edits.append(open, None, &words),
                _ => edits.insert(at, words),
            }
        }
        Ok(())
    }

    fn colour_row(
        &self,
        row: u32,
        spot: &RowSpot<'_>,
        cells: &[(u32, Severity)],
        styles: &mut Styles<'_>,
        edits: &mut Edits<'_>,
    ) {
        let prefix = spot.open.prefix();
        let mut at_end = String::new();
        for cell in cells {
            if let Some((_, tag)) = spot.cells.iter().find(|(col, _)| *col == cell.0) {
                let new = styles.marked(style(tag).unwrap_or_default(), Some(cell.1));
                edits.set(tag, "s", &new.to_string());
                continue;
            }
            let words = self.blank(row, *cell, spot.style, prefix, styles);
            match spot.cells.iter().find(|(col, _)| *col > cell.0) {
                Some((_, before)) => edits.insert(before.start, words),
                None => at_end.push_str(&words),
            }
        }
        if at_end.is_empty() {
            return;
        }
        match spot.close {
            Some(close) => edits.insert(close, at_end),
            None => edits.append(&spot.open, None, &at_end),
        }
    }

    /// A cell that was not there, in the format that its place shows.
    fn blank(
        &self,
        row: u32,
        (col, severity): (u32, Severity),
        of_row: Option<usize>,
        prefix: &str,
        styles: &mut Styles<'_>,
    ) -> String {
        let of_column = || {
            let mut columns = self.columns.iter();
            columns.find(|(first, last, _)| (*first..=*last).contains(&col)).map(|found| found.2)
        };
        let base = of_row.or_else(of_column).unwrap_or_default();
        let style = styles.marked(base, Some(severity));
        format!("<{prefix}c r=\"{}\" s=\"{style}\"/>", CellRef::new(row, col))
    }
}

impl<'a> RowSpot<'a> {
    fn new(open: Tag<'a>) -> Self {
        let custom = matches!(open.value("customFormat"), Some("1" | "true"));
        let style = style(&open).filter(|_| custom);
        Self { open, close: None, style, cells: Vec::new() }
    }
}

fn style(tag: &Tag<'_>) -> Option<usize> {
    tag.value("s")?.trim().parse().ok()
}

fn number(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.value(name)?.trim().parse().ok()
}

fn column(tag: &Tag<'_>) -> Option<(u32, u32, usize)> {
    let place = |name| number(tag, name)?.checked_sub(1);
    Some((place("min")?, place("max")?, tag.value("style")?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::styles::MINIMAL;
    use super::*;

    fn coloured(data: &str, cells: &[&str]) -> String {
        let text = format!("<worksheet>{data}</worksheet>");
        let wanted: Colours =
            cells.iter().map(|cell| (CellRef::parse(cell).unwrap(), Severity::Error)).collect();
        let mut styles = Styles::read(MINIMAL).unwrap();
        let spots = Spots::find(&text, &wanted, &BTreeSet::new()).unwrap();
        let mut edits = Edits::new(&text);
        spots.colour(&wanted, &mut styles, &mut edits).unwrap();
        let out = edits.finish();
        out["<worksheet>".len()..out.len() - "</worksheet>".len()].to_owned()
    }

    #[test]
    fn cells_rows_and_sheets_that_are_not_there() {
        for (data, cells, expected) in [
            (
                r#"<sheetData><row r="1"><c r="A1" s="1" t="s"><v>0</v></c></row></sheetData>"#,
                &["A1"][..],
                r#"<sheetData><row r="1"><c r="A1" s="2" t="s"><v>0</v></c></row></sheetData>"#,
            ),
            (
                "<sheetData><row><c><v>1</v></c><c/></row><row/></sheetData>",
                &["B1", "A2", "C2", "A9"],
                r#"<sheetData><row><c><v>1</v></c><c s="2"/></row><row><c r="A2" s="2"/><c r="C2" s="2"/></row><row r="9"><c r="A9" s="2"/></row></sheetData>"#,
            ),
            (
                r#"<sheetData><row r="2"><c r="B2"/><c r="D2"/></row><row r="5"/></sheetData>"#,
                &["A2", "C2", "E2", "B1", "B3", "A4"],
                r#"<sheetData><row r="1"><c r="B1" s="2"/></row><row r="2"><c r="A2" s="2"/><c r="B2"/><c r="C2" s="2"/><c r="D2"/><c r="E2" s="2"/></row><row r="3"><c r="B3" s="2"/></row><row r="4"><c r="A4" s="2"/></row><row r="5"/></sheetData>"#,
            ),
            (
                "<sheetData/>",
                &["B2"],
                r#"<sheetData><row r="2"><c r="B2" s="2"/></row></sheetData>"#,
            ),
            (
                r#"<x:sheetData><x:row r="3" s="1" customFormat="1"></x:row></x:sheetData>"#,
                &["A3"],
                r#"<x:sheetData><x:row r="3" s="1" customFormat="1"><x:c r="A3" s="2"/></x:row></x:sheetData>"#,
            ),
            (
                r#"<cols><col min="1" max="3" style="1"/></cols><sheetData></sheetData>"#,
                &["C7"],
                r#"<cols><col min="1" max="3" style="1"/></cols><sheetData><row r="7"><c r="C7" s="2"/></row></sheetData>"#,
            ),
        ] {
            assert_eq!(coloured(data, cells), expected, "{data}");
        }
    }
}
