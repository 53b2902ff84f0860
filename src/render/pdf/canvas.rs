//! What a writer of PDF files must be able to draw; all that ties the report to one library.

use super::RenderError;
use super::font::{Fonts, Word};
use super::model::About;
use super::page::{Area, Join, Layout, Line, Page, Rule};

/// A writer of pages. Every page is begun, filled in this order, and left by beginning the next.
pub(super) trait Canvas {
    /// Begins a page of that width and height in millimetres.
    fn page(&mut self, size: (f64, f64));
    /// Fills a rectangle.
    fn area(&mut self, area: &Area);
    /// Draws a rule.
    fn rule(&mut self, rule: &Rule);
    /// Writes a line of text.
    fn text<'w>(&mut self, line: &Line, words: impl Iterator<Item = (Join, &'w Word)>);
    /// Ends the file.
    fn finish(self, fonts: &Fonts, layout: &Layout, about: &About) -> Result<Vec<u8>, RenderError>;
}

/// Draws the pages and gives the file.
pub(super) fn draw(
    mut canvas: impl Canvas,
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
) -> Result<Vec<u8>, RenderError> {
    for page in &mut layout.pages {
        canvas.page(page.orientation.size());
        page.areas.iter().for_each(|area| canvas.area(area));
        page.rules.iter().for_each(|rule| canvas.rule(rule));
        page.lines.iter().for_each(|line| canvas.text(line, words(fonts, page, line)));
        page.forget_drawing();
    }
    canvas.finish(fonts, &layout, about)
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
