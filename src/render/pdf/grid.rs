//! Draws a grid of marks in columns of units side by side, each mark a letter on a shade of its own.

use super::flow::Flow;
use super::font::Face;
use super::lines::mm;
use super::model::{Align, Grid, GridRow, Paragraph};
use super::page::{Area, Rule};
use super::paragraph::Set;
use super::pen::Pen;
use super::structure::{ElementId, Owner, Tag};
use crate::model::{UnitStanding, Verdict};

/// Sizes of the letters in points; the largest with which all units stand on one page is taken.
const SIZES: [f64; 5] = [10.0, 9.0, 8.0, 7.0, 6.0];

/// Space between two columns of units, in millimetres.
const GAP: f64 = 2.6;

/// Widest that a mark gets when there is room.
const WIDEST: f64 = 8.0;

/// Distance of the baselines, in parts of the size.
const LEADING: f64 = 1.2;

/// Lines of the header: the quarter on up to two, and the heads.
const HEADER: f64 = 3.0;

/// How the grid is cut up, in millimetres.
struct Plan {
    /// Size of the letters in points.
    size: f64,
    /// Width of the names, and of one mark.
    name: f64,
    mark: f64,
    /// How many marks a unit has.
    marks: f64,
    /// How many columns of units stand side by side, and the distance of their left edges.
    across: u16,
    pitch: f64,
}

/// Puts the grid into the flow.
pub(super) fn place(flow: &mut Flow<'_>, grid: &Grid) {
    let title = Paragraph::centred(Face::Bold, 12.0, grid.title.as_str());
    let legend = Paragraph::new(Face::Italic, 9.0, grid.legend.as_str());
    for paragraph in [&title, &Paragraph { align: Align::Justified, ..legend }] {
        let (left, width) = flow.column();
        let owners = flow.builder.paragraph(paragraph);
        let set = Set::new(flow.fonts, paragraph, width);
        let top = flow.y();
        set.place(flow.page(), (left, top), 0..set.count(), owners);
        flow.advance(set.height(set.count()) + 1.5);
    }
    let [largest, smaller @ ..] = SIZES;
    let mut plan = Plan::new(flow, grid, largest);
    for size in smaller {
        if plan.fits(flow, grid) {
            break;
        }
        plan = Plan::new(flow, grid, size);
    }
    let table = flow.builder.part(Tag::Table);
    let head = Some(flow.builder.structure().add(table, Tag::Head));
    let body = flow.builder.structure().add(table, Tag::Rows);
    let mut rest = grid.rows.as_slice();
    let mut begun = false;
    while !rest.is_empty() {
        if begun {
            flow.next_page();
        }
        let (left, top) = (flow.column().0, flow.y());
        let mut lowest = top;
        for column in 0..plan.across {
            if rest.is_empty() {
                break;
            }
            let left = left + plan.pitch * f64::from(column);
            let drawing = Drawing { grid, plan: &plan, left, body };
            let y = drawing.header(flow, top, head.filter(|_| !begun));
            begun = true;
            let bottom;
            (rest, bottom) = drawing.rows(flow, y, rest);
            drawing.rules(flow, top, bottom);
            lowest = lowest.max(bottom);
        }
        flow.advance((lowest - top).min(flow.room().max(0.0)));
    }
}

impl Plan {
    fn new(flow: &mut Flow<'_>, grid: &Grid, size: f64) -> Self {
        let (_, width) = flow.column();
        let mut widest = |text: &str| {
            let paragraph = Paragraph::new(Face::Bold, size, text);
            Set::new(flow.fonts, &paragraph, 1e6).widest()
        };
        let names = grid.rows.iter().map(|row| widest(&row.name)).fold(0.0, f64::max);
        let name = names.clamp(mm(size * 5.0), mm(size * 10.0)) + 1.4;
        let quarters = grid.quarters.iter().flat_map(|text| text.split(' '));
        let quarter = quarters.map(widest).fold(0.0, f64::max);
        let mark = (quarter / 2.0 + 0.3).max(mm(size * 1.15));
        let marks = f64::from(u16::try_from(grid.quarters.len() * 2).unwrap_or(u16::MAX));
        let least = name + marks * mark + GAP;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns")]
        let across = ((width + GAP) / least).floor().max(1.0) as u16;
        let pitch = (width + GAP) / f64::from(across);
        // What is left over makes the marks wider, and a single column never gets wider than the page.
        let mark = ((pitch - GAP - name) / marks).min(mark.max(WIDEST));
        Self { size, name, mark, marks, across, pitch }
    }

    /// Width of one column of units.
    fn width(&self) -> f64 {
        self.name + self.marks * self.mark
    }

    fn leading(&self) -> f64 {
        mm(self.size * LEADING)
    }

    /// Height of a unit's row: its name may need several lines.
    fn height(&self, flow: &mut Flow<'_>, row: &GridRow) -> f64 {
        let name = name(row, self.size);
        let set = Set::new(flow.fonts, &name, self.name - 1.2);
        set.height(set.count()).max(self.leading()) + 0.4
    }

    /// Whether all units stand on the rest of this page.
    fn fits(&self, flow: &mut Flow<'_>, grid: &Grid) -> bool {
        let header = HEADER * (self.leading() + 0.4);
        let (mut column, mut used) = (1, header);
        for row in &grid.rows {
            let height = self.height(flow, row);
            if used + height > flow.room() {
                (column, used) = (column + 1, header);
            }
            used += height;
        }
        column <= self.across
    }
}

/// One column of units.
struct Drawing<'g> {
    grid: &'g Grid,
    plan: &'g Plan,
    left: f64,
    body: ElementId,
}

impl Drawing<'_> {
    /// The names of the quarters and of the heads; what is drawn again belongs to nobody.
    fn header(&self, flow: &mut Flow<'_>, top: f64, head: Owner) -> f64 {
        let height = self.plan.leading() + 0.4;
        let [unit, secretary, chairman] = self.grid.heads.each_ref();
        let rows = head.map(|head| {
            let structure = flow.builder.structure();
            [structure.add(head, Tag::Row), structure.add(head, Tag::Row)]
        });
        let own = |flow: &mut Flow<'_>, row: usize, span| {
            let row = rows.and_then(|rows| rows.get(row).copied())?;
            Some(flow.builder.structure().add_cell(row, Tag::ColumnHead, span))
        };
        let size = self.plan.size;
        let owner = own(flow, 0, (2, 1));
        let words = Paragraph::centred(Face::Bold, size, unit.as_str());
        let room = (self.plan.name, HEADER * height);
        Pen { flow, owner }.write(&words, (self.left, top), room);
        let quarters = self.grid.quarters.iter();
        for (quarter, x) in quarters.clone().zip(self.marks().step_by(2)) {
            let owner = own(flow, 0, (1, 2));
            let words = Paragraph::centred(Face::Bold, size, quarter.as_str());
            let words = Paragraph { leading: size * 1.12, ..words };
            Pen { flow, owner }.write(&words, (x, top), (2.0 * self.plan.mark, 2.0 * height));
        }
        let heads = quarters.flat_map(|_| [secretary, chairman]);
        for (head, x) in heads.zip(self.marks()) {
            let owner = own(flow, 1, (1, 1));
            let words = Paragraph::centred(Face::Regular, size * 0.8, head.as_str());
            Pen { flow, owner }.write(&words, (x, top + 2.0 * height), (self.plan.mark, height));
        }
        top + HEADER * height
    }

    /// Left edge of each mark.
    fn marks(&self) -> impl Iterator<Item = f64> + use<> {
        let (first, mark) = (self.left + self.plan.name, self.plan.mark);
        (0..).map(move |i| first + mark * f64::from(i))
    }

    /// As many units as stand below that height; gives the others and where the last ends.
    fn rows<'r>(
        &self,
        flow: &mut Flow<'_>,
        mut y: f64,
        rows: &'r [GridRow],
    ) -> (&'r [GridRow], f64) {
        let bottom = flow.y() + flow.room();
        for (i, row) in rows.iter().enumerate() {
            let height = self.plan.height(flow, row);
            // A name higher than a page would never fit, so the first always stands.
            if i > 0 && y + height > bottom + 1e-6 {
                return (rows.get(i..).unwrap_or_default(), y);
            }
            self.row(flow, row, y, height);
            y += height;
            let right = self.left + self.plan.width();
            Pen { flow, owner: None }.rule((self.left, y), (right, y), 0.15);
        }
        (&[], y)
    }

    fn row(&self, flow: &mut Flow<'_>, row: &GridRow, top: f64, height: f64) {
        let structure = flow.builder.structure();
        let element = structure.add(self.body, Tag::Row);
        let owner = Some(structure.add(element, Tag::RowHead));
        let words = name(row, self.plan.size);
        let room = (self.plan.name - 1.2, height);
        Pen { flow, owner }.write(&words, (self.left + 0.6, top), room);
        for (standing, x) in row.standings.iter().zip(self.marks().step_by(2)) {
            let heads = standing.and_then(|UnitStanding { heads, .. }| heads);
            let Some(heads) = heads else {
                let owner = flow.builder.structure().add_cell(element, Tag::Cell, (1, 2));
                let verdict = standing.map(|standing| standing.unit);
                self.mark(flow, owner, verdict, ((x, top), (2.0 * self.plan.mark, height)));
                continue;
            };
            for (head, x) in heads.into_iter().zip([x, x + self.plan.mark]) {
                let owner = flow.builder.structure().add(element, Tag::Cell);
                self.mark(flow, owner, Some(head), ((x, top), (self.plan.mark, height)));
            }
        }
    }

    fn mark(
        &self,
        flow: &mut Flow<'_>,
        owner: ElementId,
        verdict: Option<Verdict>,
        (at, size): ((f64, f64), (f64, f64)),
    ) {
        let page = flow.page();
        // The line between two heads' marks; a mark of both has none.
        let (from, to) = ((at.0, at.1), (at.0, at.1 + size.1));
        page.rules.push(Rule { from, to, thickness: 0.3, owner: None });
        let Some(verdict) = verdict else { return };
        let (letter, grey) = look(verdict);
        if let Some(grey) = grey {
            page.areas.push(Area { at, size, grey, owner: None });
        }
        let face = if grey.is_some_and(|grey| grey < 0.8) { Face::Bold } else { Face::Regular };
        let words = Paragraph::centred(face, self.plan.size * 0.9, letter);
        Pen { flow, owner: Some(owner) }.write(&words, at, size);
        if verdict == Verdict::Undetermined {
            // A stroke through the cell tells it from the others without any shade.
            let (from, to) = ((at.0, at.1 + size.1), (at.0 + size.0, at.1));
            Pen { flow, owner: None }.rule(from, to, 0.3);
        }
    }

    /// The frame of the column and the lines below its header; rows are told apart by their marks.
    fn rules(&self, flow: &mut Flow<'_>, top: f64, bottom: f64) {
        let middle = self.left + self.plan.name;
        let right = self.left + self.plan.width();
        let height = self.plan.leading() + 0.4;
        let mut pen = Pen { flow, owner: None };
        for y in [top, top + HEADER * height, bottom] {
            pen.rule((self.left, y), (right, y), 0.5);
        }
        pen.rule((middle, top + 2.0 * height), (right, top + 2.0 * height), 0.3);
        for x in [self.left, middle, right] {
            pen.rule((x, top), (x, bottom), 0.5);
        }
    }
}

fn name(row: &GridRow, size: f64) -> Paragraph<'_> {
    let face = if row.upper { Face::Bold } else { Face::Regular };
    Paragraph::new(face, size, row.name.as_str())
}

/// The letter of a verdict and its shade, dark where something must be done.
const fn look(verdict: Verdict) -> (&'static str, Option<f64>) {
    match verdict {
        Verdict::Met => ("Đ", None),
        Verdict::Short => ("C", Some(0.62)),
        Verdict::ShortWithReason => ("L", Some(0.84)),
        Verdict::Undetermined => ("?", None),
        Verdict::NotSubmitted => ("K", Some(0.48)),
        Verdict::Exempt => ("–", None),
    }
}
