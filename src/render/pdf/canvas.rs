//! What a writer of pages must be able to draw; all that ties the report's look to one way of writing.

use super::page::{Area, Line, Page, Rule, Token};
use super::structure::{ElementId, Owner, Structure, Tag};

/// What is drawn next: content of the page under its number, or only an adornment of it (artifact).
pub(super) type Mark = Option<(Tag, usize)>;

/// A writer of one page, which is filled in this order.
pub(super) trait Canvas {
    /// Says what comes next.
    fn mark(&mut self, mark: Mark);
    /// Fills a rectangle.
    fn area(&mut self, area: &Area);
    /// Draws a rule.
    fn rule(&mut self, rule: &Rule);
    /// Writes a line of text.
    fn text(&mut self, line: &Line, words: &[Token]);
}

/// Draws the page; says of each number whose content it is.
pub(super) fn draw(canvas: &mut impl Canvas, structure: &Structure, page: &Page) -> Vec<ElementId> {
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
        let (first, count) = line.tokens;
        canvas.text(line, page.tokens.get(first..first + count).unwrap_or_default());
    }
    numbers.owners
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
