//! From blocks to pages: what stands where, and where a page ends.

use super::font::{Face, Fonts};
use super::lines::mm;
use super::model::{Beside, Block, Document, Orientation, Paragraph};
use super::owners::{Builder, Owners};
use super::page::{Entry, Layout, Page};
use super::paragraph::Set;
use super::structure::Structure;
use super::{chart, grid, table};

/// Margins in millimetres.
struct Margins {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

/// Lề của 36-HD/VPTW và Nghị định 30; neither says anything of landscape pages.
const fn margins(orientation: Orientation) -> Margins {
    match orientation {
        Orientation::Portrait => Margins { top: 20.0, bottom: 20.0, left: 30.0, right: 15.0 },
        Orientation::Landscape => Margins { top: 22.0, bottom: 15.0, left: 20.0, right: 20.0 },
    }
}

/// Fewest lines of a paragraph on either side of a page's end.
const TOGETHER: usize = 2;

/// Takes each page as soon as nothing more comes onto it.
pub(super) trait Drawing {
    /// Draws the page; what it needs no more it may take away.
    fn draw(&mut self, page: &mut Page, fonts: &Fonts, structure: &Structure);
}

/// Leaves the pages as they are.
struct Kept;

impl Drawing for Kept {
    fn draw(&mut self, _page: &mut Page, _fonts: &Fonts, _structure: &Structure) {}
}

/// Lays the whole document out and keeps its pages.
pub(super) fn lay_out(fonts: &mut Fonts, document: &Document<'_>) -> Layout {
    lay_out_to(fonts, document, &mut Kept)
}

/// Lays the whole document out, and draws each page when it is full.
pub(super) fn lay_out_to(
    fonts: &mut Fonts,
    document: &Document<'_>,
    drawing: &mut dyn Drawing,
) -> Layout {
    let mut flow = Flow::new(fonts, drawing);
    flow.mark_first_page(document);
    for (i, block) in document.blocks.iter().enumerate() {
        let after = document.blocks.get(i + 1..).unwrap_or_default();
        flow.block(block, after);
    }
    flow.end_page();
    Layout { structure: flow.builder.finish(), ..flow.layout }
}

/// The pages so far and the place where the next thing goes.
pub(super) struct Flow<'f> {
    pub(super) fonts: &'f mut Fonts,
    pub(super) builder: Builder,
    drawing: &'f mut dyn Drawing,
    layout: Layout,
    y: f64,
}

impl<'f> Flow<'f> {
    fn new(fonts: &'f mut Fonts, drawing: &'f mut dyn Drawing) -> Self {
        let layout = Layout { pages: vec![Page::default()], ..Layout::default() };
        let y = margins(Orientation::Portrait).top;
        Self { fonts, builder: Builder::default(), drawing, layout, y }
    }

    /// The page being filled.
    pub(super) fn page(&mut self) -> &mut Page {
        if self.layout.pages.is_empty() {
            self.layout.pages.push(Page::default());
        }
        let last = self.layout.pages.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "a page was just made sure of")]
        &mut self.layout.pages[last]
    }

    fn orientation(&self) -> Orientation {
        self.layout.pages.last().map(|page| page.orientation).unwrap_or_default()
    }

    /// Left edge and width of the text.
    pub(super) fn column(&self) -> (f64, f64) {
        let orientation = self.orientation();
        let margins = margins(orientation);
        let (width, _) = orientation.size();
        (margins.left, width - margins.left - margins.right)
    }

    /// Where the next thing goes.
    pub(super) const fn y(&self) -> f64 {
        self.y
    }

    /// Moves down.
    pub(super) fn advance(&mut self, height: f64) {
        self.y += height;
    }

    /// Height left on this page.
    pub(super) fn room(&self) -> f64 {
        let (_, height) = self.orientation().size();
        height - margins(self.orientation()).bottom - self.y
    }

    /// Height of an empty page.
    pub(super) fn page_room(&self) -> f64 {
        let (_, height) = self.orientation().size();
        let margins = margins(self.orientation());
        height - margins.top - margins.bottom
    }

    /// Whether nothing stands on the page yet.
    pub(super) fn fresh(&self) -> bool {
        self.y <= margins(self.orientation()).top
    }

    /// Begins a page that lies like this one.
    pub(super) fn next_page(&mut self) {
        self.turn(self.orientation());
    }

    fn turn(&mut self, orientation: Orientation) {
        self.end_page();
        self.layout.pages.push(Page { orientation, ..Page::default() });
        self.y = margins(orientation).top;
    }

    fn block(&mut self, block: &Block<'_>, after: &[Block<'_>]) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, after),
            Block::Beside(beside) => self.beside(beside),
            Block::Table(table) => {
                let remark = self.remark_height(after);
                table::place(self, table, remark);
            }
            Block::Chart(chart) => chart::place(self, chart),
            Block::Grid(grid) => grid::place(self, grid),
            Block::Space(points) => {
                if !self.fresh() {
                    self.advance(mm(*points).min(self.room().max(0.0)));
                }
            }
            Block::Page(orientation) => {
                self.builder.end_section();
                if self.fresh() {
                    self.page().orientation = *orientation;
                    self.y = margins(*orientation).top;
                } else {
                    self.turn(*orientation);
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph<'_>, after: &[Block<'_>]) {
        let (left, width) = self.column();
        let set = Set::new(self.fonts, paragraph, width);
        let count = set.count();
        if count == 0 {
            return;
        }
        if !self.fresh() {
            self.advance(mm(paragraph.before));
        }
        let company = if paragraph.keep { self.least_height(after) } else { 0.0 };
        let whole = set.height(count) + mm(paragraph.after) + company;
        if paragraph.keep && whole > self.room() && whole <= self.page_room() {
            self.next_page();
        }
        self.note(paragraph);
        let mut owners = self.builder.paragraph(paragraph);
        let mut from = 0;
        while from < count {
            let to = from + self.lines_here(&set, count - from);
            let top = self.y;
            set.place(self.page(), (left, top), from..to, owners);
            owners.label = None;
            self.advance(set.height(to - from));
            from = to;
            if from < count {
                self.next_page();
            }
        }
        self.advance(mm(paragraph.after).min(self.room().max(0.0)));
    }

    /// How many of the remaining lines stand on this page: no lone first or last line.
    fn lines_here(&mut self, set: &Set<'_, '_>, left: usize) -> usize {
        let mut fit = 0;
        while fit < left && set.height(fit + 1) <= self.room() + 1e-6 {
            fit += 1;
        }
        if fit == left {
            return left;
        }
        if left - fit < TOGETHER {
            fit = left.saturating_sub(TOGETHER);
        }
        if fit >= TOGETHER {
            return fit;
        }
        if self.fresh() {
            return fit.max(1);
        }
        self.next_page();
        self.lines_here(set, left)
    }

    /// What must follow a heading on its page: two lines, a table's header, the next heading's company.
    fn least_height(&mut self, after: &[Block<'_>]) -> f64 {
        let Some((block, rest)) = after.split_first() else { return 0.0 };
        let (_, width) = self.column();
        match block {
            Block::Paragraph(next) => {
                let set = Set::new(self.fonts, next, width);
                // Three lines cannot be parted: either side would be left with one.
                let whole = next.keep || set.count() < 2 * TOGETHER;
                let lines = if whole { set.count() } else { TOGETHER };
                let company =
                    if next.keep { mm(next.after) + self.least_height(rest) } else { 0.0 };
                mm(next.before) + set.height(lines) + company
            }
            Block::Table(table) => table::least_height(table),
            Block::Chart(chart) => chart::measure(self.fonts, chart, width).height(),
            Block::Beside(beside) => self.beside_height(beside, width),
            Block::Page(_) | Block::Grid(_) => 0.0,
            Block::Space(points) => mm(*points) + self.least_height(rest),
        }
    }

    /// Height of the remark below a table, which does not stand on a page alone.
    fn remark_height(&mut self, after: &[Block<'_>]) -> f64 {
        match after.first() {
            Some(Block::Paragraph(remark)) if !remark.keep => self.least_height(after),
            _ => 0.0,
        }
    }

    fn note(&mut self, paragraph: &Paragraph<'_>) {
        let page = self.layout.pages.len().saturating_sub(1);
        #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
        let top = self.y.floor() as i64;
        if let Some((depth, title)) = paragraph.outline.clone() {
            self.layout.outline.push(Entry { title, depth, page, top });
        }
        if let Some(anchor) = paragraph.anchor {
            self.layout.anchors.push((anchor, page, top));
        }
    }

    fn beside(&mut self, beside: &Beside<'_>) {
        let (left, width) = self.column();
        let split = width * beside.share;
        let tallest = self.beside_height(beside, width);
        if tallest > self.room() && !self.fresh() {
            self.next_page();
        }
        let top = self.y;
        self.stack(&beside.left, (left, top), split);
        self.stack(&beside.right, (left + split, top), width - split);
        self.y = top + tallest;
    }

    fn beside_height(&mut self, beside: &Beside<'_>, width: f64) -> f64 {
        let split = width * beside.share;
        let mut height = |column: &[Paragraph<'_>], width: f64| -> f64 {
            column.iter().map(|part| part_height(self.fonts, part, width)).sum()
        };
        height(&beside.left, split).max(height(&beside.right, width - split))
    }

    fn stack(&mut self, column: &[Paragraph<'_>], (left, top): (f64, f64), width: f64) {
        let mut y = top;
        for part in column {
            let set = Set::new(self.fonts, part, width);
            let owners = self.builder.paragraph(part);
            set.place(self.page(), (left, y + mm(part.before)), 0..set.count(), owners);
            y += part_height(self.fonts, part, width);
        }
    }

    /// Số trang: in the middle of the top margin, from the second page; then the page is drawn.
    fn end_page(&mut self) {
        let number = self.layout.pages.len();
        let Some(page) = self.layout.pages.last_mut() else { return };
        if number > 1 {
            let words = Paragraph::centred(Face::Regular, 14.0, number.to_string());
            let margins = margins(page.orientation);
            let (width, _) = page.orientation.size();
            let set = Set::new(self.fonts, &words, width - margins.left - margins.right);
            set.place(page, (margins.left, 10.0), 0..set.count(), Owners::default());
        }
        self.drawing.draw(page, self.fonts, self.builder.structure());
    }

    /// Dự thảo: in a frame in the first page's top margin.
    fn mark_first_page(&mut self, document: &Document<'_>) {
        let Some(text) = &document.mark else { return };
        let mark = Paragraph::new(Face::Bold, 13.0, text.clone());
        let set = Set::new(self.fonts, &mark, 100.0);
        let owners = self.builder.paragraph(&mark);
        let Some(page) = self.layout.pages.first_mut() else { return };
        let (left, top) = (margins(page.orientation).left, 9.0);
        set.place(page, (left + 2.0, top), 0..1, owners);
        if let Some(line) = page.lines.last().copied() {
            page.frame((left, top - 0.5), (line.width + 4.0, set.leading() + 1.0), 0.75, None);
        }
    }
}

fn part_height(fonts: &mut Fonts, part: &Paragraph<'_>, width: f64) -> f64 {
    let set = Set::new(fonts, part, width);
    mm(part.before) + set.height(set.count()) + mm(part.after)
}
