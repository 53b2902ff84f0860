//! A table over as many pages as it needs: header repeated, rows kept whole.

use super::columns::widths;
use super::flow::Flow;
use super::font::Face;
use super::lines::mm;
use super::model::{Align, Cell, Paragraph, Row, RowKind, Table};
use super::owners::Owners;
use super::page::{Page, Rule};
use super::paragraph::Set;
use super::row::{Grid, RowLines};
use super::structure::{ElementId, Tag};
use std::collections::BTreeMap;

/// Thickness of the rules in points.
const THIN: f64 = 0.5;

/// The header as drawn at the top of a page, from height zero.
struct Header {
    drawing: Page,
    height: f64,
}

/// Puts the table into the flow; its last row stands with that much room below it.
pub(super) fn place(flow: &mut Flow<'_>, table: &Table<'_>, below: f64) {
    let (left, width) = flow.column();
    let mut edges = vec![left];
    let mut edge = left;
    for column in widths(flow.fonts, table, width) {
        edge += column;
        edges.push(edge);
    }
    let grid = Grid { edges, aligns: table.columns.clone(), size: table.size };
    let element = flow.builder.part(Tag::Table);
    let header = header(flow, table, &grid, element);
    let body = flow.builder.structure().add(element, Tag::Rows);
    let verticals = Vec::new();
    let mut set = Placement { grid, header, begun: false, body, verticals, table, below };
    set.run(flow);
}

/// Height of the header and the first row: what must not be parted from the heading above.
pub(super) fn least_height(table: &Table<'_>) -> f64 {
    let rows = u32::try_from(table.header_rows + 3).unwrap_or(8);
    f64::from(rows) * mm(table.size * 1.6)
}

struct Placement<'t, 'a> {
    grid: Grid,
    header: Header,
    /// Whether the header was drawn once; later it is there for the eye only.
    begun: bool,
    /// The element of all rows below the header.
    body: ElementId,
    /// Where each vertical rule that is being drawn stands and began.
    verticals: Vec<(f64, f64)>,
    table: &'t Table<'a>,
    /// Room that the last row wants below it.
    below: f64,
}

impl Placement<'_, '_> {
    fn run(&mut self, flow: &mut Flow<'_>) {
        let first = self.table.rows.first().map_or(0.0, |row| match row.kind {
            RowKind::Group => self.grid.height(1) + self.grid.height(2),
            _ => self.grid.height(1),
        });
        if flow.room() < self.header.height + first && !flow.fresh() {
            flow.next_page();
        }
        self.open(flow);
        let mut lines = RowLines::default();
        for (i, row) in self.table.rows.iter().enumerate() {
            lines.set(flow.fonts, &self.grid, row);
            lines.own(self.cells(flow, row));
            let height = self.grid.height(lines.lines());
            let company = match row.kind {
                _ if i + 1 == self.table.rows.len() => self.below,
                RowKind::Group => self.grid.height(2),
                _ => 0.0,
            };
            let whole = flow.page_room() - self.header.height - self.continued_height(flow);
            if height > whole {
                self.in_slices(flow, &lines);
                continue;
            }
            let would_help = i > 0 && height + company <= whole;
            if height > flow.room() || (would_help && height + company > flow.room()) {
                self.turn(flow);
            }
            self.row(flow, &lines, height, &(0..lines.lines()));
        }
        self.close(flow);
    }

    /// The elements of a row's cells: the one that names the row heads it.
    fn cells(&self, flow: &mut Flow<'_>, row: &Row<'_>) -> Vec<ElementId> {
        let structure = flow.builder.structure();
        let element = structure.add(self.body, Tag::Row);
        let mut column = 0;
        let mut cell = |cell: &Cell<'_>| {
            let names = (column..column + cell.columns).contains(&self.table.names);
            column += cell.columns;
            let tag = if names { Tag::RowHead } else { Tag::Cell };
            structure.add_cell(element, tag, (1, cell.columns))
        };
        row.cells.iter().map(&mut cell).collect()
    }

    /// A row higher than a page is the only one that is cut.
    fn in_slices(&mut self, flow: &mut Flow<'_>, lines: &RowLines) {
        let mut from = 0;
        while from < lines.lines() {
            let fit = self.grid.lines_in(flow.room());
            if fit == 0 && !flow.fresh() && flow.room() < flow.page_room() - self.header.height {
                self.turn(flow);
                continue;
            }
            let to = lines.lines().min(from + fit.max(1));
            self.row(flow, lines, self.grid.height(to - from), &(from..to));
            from = to;
            if from < lines.lines() {
                self.turn(flow);
            }
        }
    }

    fn row(
        &mut self,
        flow: &mut Flow<'_>,
        lines: &RowLines,
        height: f64,
        range: &std::ops::Range<usize>,
    ) {
        let top = flow.y();
        let (left, right) = self.grid.sides(0, self.grid.aligns.len());
        let page = flow.page();
        lines.place(page, &self.grid, (top, height), range);
        let (from, to) = ((left, top), (right, top));
        page.rules.push(Rule { from, to, thickness: THIN, owner: None });
        let edges: Vec<f64> = [left, right].into_iter().chain(lines.edges()).collect();
        let ended = |x: &f64| !edges.iter().any(|edge| (edge - x).abs() < 1e-6);
        for (x, began) in self.verticals.extract_if(.., |(x, _)| ended(x)) {
            page.rules.push(Rule { from: (x, began), to: (x, top), thickness: THIN, owner: None });
        }
        for edge in edges {
            if !self.verticals.iter().any(|(x, _)| (edge - x).abs() < 1e-6) {
                self.verticals.push((edge, top));
            }
        }
        flow.advance(height);
    }

    /// Ends the table on this page and begins it again on the next.
    fn turn(&mut self, flow: &mut Flow<'_>) {
        self.close(flow);
        flow.next_page();
        if let Some(line) = self.continued() {
            let (left, width) = flow.column();
            let set = Set::new(flow.fonts, &line, width);
            let top = flow.y();
            set.place(flow.page(), (left, top), 0..set.count(), Owners::default());
            flow.advance(set.height(set.count()) + mm(3.0));
        }
        self.open(flow);
    }

    fn continued(&self) -> Option<Paragraph<'static>> {
        if self.table.continued.is_empty() {
            return None;
        }
        let text = self.table.continued.clone().into_owned();
        let line = Paragraph::new(Face::Italic, self.table.size + 1.0, text);
        Some(Paragraph { align: Align::Right, ..line })
    }

    fn continued_height(&self, flow: &mut Flow<'_>) -> f64 {
        let (_, width) = flow.column();
        self.continued().map_or(0.0, |line| {
            let set = Set::new(flow.fonts, &line, width);
            set.height(set.count()) + mm(3.0)
        })
    }

    fn open(&mut self, flow: &mut Flow<'_>) {
        let top = flow.y();
        flow.page().stamp(&self.header.drawing, top, self.begun);
        self.begun = true;
        flow.advance(self.header.height);
    }

    fn close(&mut self, flow: &mut Flow<'_>) {
        let bottom = flow.y();
        let (left, right) = self.grid.sides(0, self.grid.aligns.len());
        let page = flow.page();
        for (x, began) in self.verticals.drain(..) {
            page.rules.push(Rule {
                from: (x, began),
                to: (x, bottom),
                thickness: THIN,
                owner: None,
            });
        }
        let (from, to) = ((left, bottom), (right, bottom));
        page.rules.push(Rule { from, to, thickness: THIN, owner: None });
    }
}

/// Draws the header once; its rows are as high as their cells need.
fn header(flow: &mut Flow<'_>, table: &Table<'_>, grid: &Grid, element: ElementId) -> Header {
    let mut cells = Vec::new();
    let head = flow.builder.structure().add(element, Tag::Head);
    let mut owners = heads(flow, table, head);
    let mut heights = vec![grid.height(1); table.header_rows];
    for cell in &table.header {
        let mut lines = RowLines::default();
        lines.clear();
        let sides = grid.sides(cell.column, cell.columns);
        lines.add(flow.fonts, grid, &cell.text, Face::Bold, (sides, Align::Centre));
        lines.own(owners.remove(&(cell.row, cell.column)));
        let end = (cell.row + cell.rows).min(heights.len());
        let covered = heights.get_mut(cell.row..end).unwrap_or_default();
        let missing = grid.height(lines.lines()) - covered.iter().sum::<f64>();
        if let Some(last) = covered.last_mut() {
            *last += missing.max(0.0);
        }
        cells.push((cell, lines));
    }
    let mut drawing = Page::default();
    for (cell, lines) in &cells {
        let top: f64 = heights.iter().take(cell.row).sum();
        let height: f64 = heights.iter().skip(cell.row).take(cell.rows).sum();
        lines.place(&mut drawing, grid, (top, height), &(0..lines.lines()));
        frame(&mut drawing, grid.sides(cell.column, cell.columns), (top, top + height));
    }
    let mut height = heights.iter().sum();
    if table.numbered {
        let mut lines = RowLines::default();
        lines.clear();
        for column in 0..grid.aligns.len() {
            let sides = grid.sides(column, 1);
            let number = (column + 1).to_string();
            lines.add(flow.fonts, grid, &number, Face::Italic, (sides, Align::Centre));
            frame(&mut drawing, sides, (height, height + grid.height(1)));
        }
        let row = flow.builder.structure().add(head, Tag::Row);
        let numbers = grid.aligns.iter().map(|_| flow.builder.structure().add(row, Tag::Cell));
        lines.own(numbers);
        lines.place(&mut drawing, grid, (height, grid.height(1)), &(0..1));
        height += grid.height(1);
    }
    Header { drawing, height }
}

/// The elements of the header cells by row and column, row after row.
fn heads(
    flow: &mut Flow<'_>,
    table: &Table<'_>,
    head: ElementId,
) -> BTreeMap<(usize, usize), ElementId> {
    let structure = flow.builder.structure();
    let mut places: Vec<(usize, usize)> =
        table.header.iter().map(|cell| (cell.row, cell.column)).collect();
    places.sort_unstable();
    let rows: Vec<ElementId> =
        (0..table.header_rows).map(|_| structure.add(head, Tag::Row)).collect();
    let mut owners = BTreeMap::new();
    for place in places {
        let cell = table.header.iter().find(|cell| (cell.row, cell.column) == place);
        let Some((row, cell)) = rows.get(place.0).zip(cell) else { continue };
        let span = (cell.rows, cell.columns);
        owners.insert(place, structure.add_cell(*row, Tag::ColumnHead, span));
    }
    owners
}

/// The left, upper and right sides of a header cell; the row below draws its foot.
fn frame(page: &mut Page, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
    for (from, to) in [
        ((left, top), (right, top)),
        ((left, top), (left, bottom)),
        ((right, top), (right, bottom)),
    ] {
        page.rules.push(Rule { from, to, thickness: THIN, owner: None });
    }
}
