//! What a writer of PDF files must be able to draw; all that ties the report to one library.

use super::RenderError;
use super::font::{Fonts, Word};
use super::model::About;
use super::page::{Area, Join, Layout, Line, Page, Rule};
use super::structure::{ElementId, Owner, Structure, Tag};

/// What is drawn next: content of the page under its number, or only an adornment of it (artifact).
pub(super) type Mark = Option<(Tag, usize)>;

/// A writer of pages. Every page is begun, filled in this order, and left by beginning the next.
pub(super) trait Canvas {
    /// Begins a page of that width and height in millimetres.
    fn page(&mut self, size: (f64, f64)) -> Result<(), RenderError>;
    /// Says what comes next.
    fn mark(&mut self, mark: Mark);
    /// Fills a rectangle.
    fn area(&mut self, area: &Area);
    /// Draws a rule.
    fn rule(&mut self, rule: &Rule);
    /// Writes a line of text.
    fn text<'w>(&mut self, line: &Line, words: impl Iterator<Item = (Join, &'w Word)>);
    /// Ends the file; `marks` says of each page whose each number is.
    fn finish(
        self,
        layout: &Layout,
        marks: &[Vec<ElementId>],
        about: &About,
    ) -> Result<Vec<u8>, RenderError>;
}

/// Draws the pages and gives the file.
pub(super) fn draw(
    mut canvas: impl Canvas,
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
) -> Result<Vec<u8>, RenderError> {
    let mut marks = Vec::with_capacity(layout.pages.len());
    let structure = &layout.structure;
    for page in &mut layout.pages {
        canvas.page(page.orientation.size())?;
        let mut numbers = Numbers { structure, owners: Vec::new(), last: None };
        for area in &page.areas {
            canvas.mark(numbers.of(area.owner));
            canvas.area(area);
        }
        numbers.last = None;
        for rule in &page.rules {
            canvas.mark(numbers.of(rule.owner));
            canvas.rule(rule);
        }
        numbers.last = None;
        for line in &page.lines {
            canvas.mark(numbers.of(line.owner));
            canvas.text(line, words(fonts, page, line));
        }
        marks.push(numbers.owners);
        page.forget_drawing();
    }
    canvas.finish(&layout, &marks, about)
}

/// Gives numbers to the content of a page: what follows in one element shares one.
struct Numbers<'s> {
    structure: &'s Structure,
    owners: Vec<ElementId>,
    last: Owner,
}

impl Numbers<'_> {
    fn of(&mut self, owner: Owner) -> Mark {
        let changed = self.last != owner;
        self.last = owner;
        let element = owner?;
        if changed {
            self.owners.push(element);
        }
        let tag = self.structure.elements().get(element.index())?.tag;
        Some((tag, self.owners.len().saturating_sub(1)))
    }
}

fn words<'w>(
    fonts: &'w Fonts,
    page: &'w Page,
    line: &Line,
) -> impl Iterator<Item = (Join, &'w Word)> {
    let (first, count) = line.tokens;
    let tokens = page.tokens.get(first..first + count).unwrap_or_default();
    tokens.iter().map(|token| (token.join, fonts.get(token.word)))
}
