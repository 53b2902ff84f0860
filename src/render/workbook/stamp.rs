//! Puts the rows into the sheets that the library framed: its XML up to the sample rows, ours, and the rest.

use super::RenderError;
use super::package::{Entry, Writer};
use super::table::Table;
use super::xml::{RowWriter, Stamp, push_escaped};
use crate::model::CellRef;
use std::io::{Seek, Write};

/// Links that Excel keeps in one sheet; further cells stay plain text.
const MAX_LINKS: usize = 65_000;

/// The rows of one sheet, in pieces that can be written independently.
pub(super) trait Rows: Sync {
    /// How many pieces there are.
    fn pieces(&self) -> usize;
    /// Writes one piece.
    fn write(&self, piece: usize, to: &mut RowWriter<'_>);
}

/// A cell that leads to another place of the workbook.
pub(super) struct Link {
    /// The cell.
    pub(super) from: CellRef,
    /// Where it leads, as `'Hội nghị'!A7`.
    pub(super) to: String,
}

/// One sheet to be filled.
pub(super) struct Fill<'a> {
    sheet: usize,
    first_row: u32,
    last_row: u32,
    last_col: u16,
    samples: usize,
    room: Vec<usize>,
    rows: Box<dyn Rows + 'a>,
    links: Vec<Link>,
}

impl<'a> Fill<'a> {
    /// The rows and links of that table, which is the workbook's sheet of that number from one.
    pub(super) fn new(
        table: &Table<'_>,
        sheet: usize,
        rows: impl Rows + 'a,
        links: Vec<Link>,
    ) -> Self {
        Self {
            sheet,
            first_row: table.first_row(),
            last_row: table.last_row(),
            last_col: table.last_col(),
            samples: table.kinds.len(),
            room: table.room(),
            rows: Box::new(rows),
            links,
        }
    }

    /// The part of the package that holds the sheet.
    pub(super) fn part(&self) -> String {
        format!("xl/worksheets/sheet{}.xml", self.sheet)
    }

    /// Adds the part to the package, filled.
    pub(super) fn apply<W: Write + Seek>(
        &self,
        part: &Entry,
        to: &mut Writer<W>,
    ) -> Result<(), RenderError> {
        let xml = part.inflate()?;
        let frame = self.split(&xml).ok_or_else(|| RenderError::Frame(self.part()))?;
        let pieces = self.rows.pieces();
        to.fill(part.name(), pieces + 2, |piece, out| {
            if piece == 0 {
                out.extend_from_slice(frame.before.as_bytes());
            } else if piece <= pieces {
                self.rows.write(piece - 1, &mut RowWriter::new(out, &frame.stamps));
            } else {
                out.extend_from_slice(frame.after.as_bytes());
            }
        })
    }

    fn split(&self, xml: &str) -> Option<Frame> {
        let (before, rest) = xml.split_once(&format!("<row r=\"{}\"", self.first_row + 1))?;
        let (samples, after) = rest.split_once("</sheetData>")?;
        let stamps: Vec<Stamp> =
            samples.split("<row ").map(|row| Stamp::of_row(row, &self.room)).collect();
        (stamps.len() == self.samples).then_some(())?;
        let last = CellRef::new(self.last_row, u32::from(self.last_col));
        let (head, tail) = before.split_once("<dimension ref=\"")?;
        let (_, tail) = tail.split_once('"')?;
        let before = format!("{head}<dimension ref=\"A1:{last}\"{tail}");
        let at = ["<printOptions", "<pageMargins"].iter().find_map(|tag| after.find(tag))?;
        let (filter, page) = after.split_at_checked(at)?;
        let after = format!("</sheetData>{filter}{}{page}", self.links_xml());
        Some(Frame { before, stamps, after })
    }

    fn links_xml(&self) -> String {
        if self.links.is_empty() {
            return String::new();
        }
        let mut out = b"<hyperlinks>".to_vec();
        for link in self.links.iter().take(MAX_LINKS) {
            out.extend_from_slice(
                format!("<hyperlink ref=\"{}\" location=\"", link.from).as_bytes(),
            );
            push_escaped(&mut out, &link.to);
            out.extend_from_slice(b"\"/>");
        }
        out.extend_from_slice(b"</hyperlinks>");
        String::from_utf8(out).unwrap_or_default()
    }
}

/// A sheet around its rows.
struct Frame {
    before: String,
    stamps: Vec<Stamp>,
    after: String,
}

/// Rows that fit one piece, written one after the other.
pub(super) struct Few<F>(pub(super) F);

impl<F: Fn(&mut RowWriter<'_>) + Sync> Rows for Few<F> {
    fn pieces(&self) -> usize {
        1
    }

    fn write(&self, _piece: usize, to: &mut RowWriter<'_>) {
        (self.0)(to);
    }
}
