//! One row of a table broken into lines, ready to be drawn whole or in slices.

use super::columns::PAD;
use super::font::{Face, Fonts};
use super::lines::{Span, break_lines, cut_long_words, mm, push_words, space};
use super::model::{Align, Row, RowKind};
use super::page::{Line, Page, Token};
use super::paragraph::baseline_in;
use super::structure::{ElementId, Owner};
use std::ops::Range;

/// Space between a cell's text and the rules above and below it, in millimetres.
const PAD_ABOVE: f64 = 0.7;

/// Distance of the baselines, in parts of the size.
const LEADING: f64 = 1.16;

/// The columns of a table: left edges, one more than columns, and how their cells stand.
pub(super) struct Grid {
    /// Left edge of each column and the right edge of the last, in millimetres.
    pub(super) edges: Vec<f64>,
    /// How the cells of each column stand.
    pub(super) aligns: Vec<Align>,
    /// Size of the letters in points.
    pub(super) size: f64,
}

impl Grid {
    /// Left and right of a cell that covers columns from `first`.
    pub(super) fn sides(&self, first: usize, columns: usize) -> (f64, f64) {
        let edge = |at: usize| self.edges.get(at).or(self.edges.last()).copied().unwrap_or(0.0);
        (edge(first), edge(first + columns))
    }

    /// Distance of the baselines in millimetres.
    pub(super) fn leading(&self) -> f64 {
        mm(self.size * LEADING)
    }

    /// Height of a row of that many lines.
    pub(super) fn height(&self, lines: usize) -> f64 {
        let lines = f64::from(u32::try_from(lines).unwrap_or(u32::MAX));
        lines * self.leading() + 2.0 * PAD_ABOVE
    }

    /// How many lines fit in that height.
    pub(super) fn lines_in(&self, height: f64) -> usize {
        let lines = ((height - 2.0 * PAD_ABOVE) / self.leading() + 1e-6).floor().max(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page")]
        let lines = lines as usize;
        lines
    }
}

/// The lines of one cell.
struct CellLines {
    sides: (f64, f64),
    align: Align,
    tokens: usize,
    spans: Range<usize>,
    owner: Owner,
}

/// The lines of one row; used again for the next row.
#[derive(Default)]
pub(super) struct RowLines {
    tokens: Vec<Token>,
    spans: Vec<Span>,
    cells: Vec<CellLines>,
    scratch: Vec<Token>,
    lines: usize,
}

impl RowLines {
    /// Starts an empty row.
    pub(super) fn clear(&mut self) {
        self.tokens.clear();
        self.spans.clear();
        self.cells.clear();
        self.lines = 1;
    }

    /// Breaks all cells of a row.
    pub(super) fn set(&mut self, fonts: &mut Fonts, grid: &Grid, row: &Row<'_>) {
        self.clear();
        let face = if row.kind == RowKind::Plain { Face::Regular } else { Face::Bold };
        let mut column = 0;
        for cell in &row.cells {
            let align = grid.aligns.get(column).copied().unwrap_or_default();
            let align = if cell.columns > 1 { Align::Left } else { align };
            let sides = grid.sides(column, cell.columns);
            self.add(fonts, grid, &cell.text, face, (sides, align));
            column += cell.columns;
        }
    }

    /// Breaks one more cell.
    pub(super) fn add(
        &mut self,
        fonts: &mut Fonts,
        grid: &Grid,
        text: &str,
        face: Face,
        (sides, align): ((f64, f64), Align),
    ) {
        let width = (sides.1 - sides.0 - 2.0 * PAD).max(0.1);
        self.scratch.clear();
        push_words(fonts, face, text, false, &mut self.scratch);
        cut_long_words(fonts, &mut self.scratch, grid.size, width);
        let first = self.spans.len();
        let space = space(fonts, face, grid.size);
        break_lines(fonts, &self.scratch, grid.size, space, (width, width), &mut self.spans);
        let spans = first..self.spans.len();
        self.lines = self.lines.max(spans.len());
        let tokens = self.tokens.len();
        self.cells.push(CellLines { sides, align, tokens, spans, owner: None });
        self.tokens.append(&mut self.scratch);
    }

    /// Says whose words the cells hold, from the left.
    pub(super) fn own(&mut self, owners: impl IntoIterator<Item = ElementId>) {
        for (cell, owner) in self.cells.iter_mut().zip(owners) {
            cell.owner = Some(owner);
        }
    }

    /// How many lines the highest cell has.
    pub(super) const fn lines(&self) -> usize {
        self.lines
    }

    /// The inner edges between its cells.
    pub(super) fn edges(&self) -> impl Iterator<Item = f64> + '_ {
        self.cells.iter().skip(1).map(|cell| cell.sides.0)
    }

    /// Puts the lines of that range on the page, centred in a row of `height` that begins at `top`.
    pub(super) fn place(
        &self,
        page: &mut Page,
        grid: &Grid,
        (top, height): (f64, f64),
        range: &Range<usize>,
    ) {
        for cell in &self.cells {
            let spans = self.spans.get(cell.spans.clone()).unwrap_or_default();
            let last = range.end.min(spans.len());
            let spans = spans.get(range.start.min(last)..last).unwrap_or_default();
            let used = grid.leading() * f64::from(u32::try_from(spans.len()).unwrap_or(u32::MAX));
            let mut y = top + (height - used) / 2.0;
            for (i, span) in spans.iter().enumerate() {
                let baseline = y + baseline_in(grid.leading(), mm(grid.size));
                let left = cell.sides.0 + PAD;
                let slack = (cell.sides.1 - PAD - left - span.width).max(0.0);
                let left = left
                    + match cell.align {
                        Align::Left | Align::Justified => 0.0,
                        Align::Centre => slack / 2.0,
                        Align::Right => slack,
                    };
                let tokens = (page.tokens.len(), span.count);
                let from = cell.tokens + span.first;
                page.tokens.extend(self.tokens.iter().skip(from).take(span.count));
                let (width, size) = (span.width, grid.size);
                let goes_on = spans.get(i + 1).is_some_and(|next| {
                    let first = self.tokens.get(cell.tokens + next.first);
                    first.is_some_and(|first| first.join.has_space())
                });
                let (stretch, owner) = (0.0, cell.owner);
                page.lines.push(Line {
                    left,
                    baseline,
                    width,
                    size,
                    stretch,
                    tokens,
                    goes_on,
                    owner,
                });
                y += grid.leading();
            }
        }
    }
}
