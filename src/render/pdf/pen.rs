//! What drawings are made of: words, rectangles and rules that all belong to one element.

use super::flow::Flow;
use super::model::Paragraph;
use super::owners::Owners;
use super::page::{Area, Rule};
use super::paragraph::Set;
use super::structure::Owner;

/// Draws for one element.
pub(super) struct Pen<'p, 'f> {
    /// Where it draws.
    pub(super) flow: &'p mut Flow<'f>,
    /// For whom.
    pub(super) owner: Owner,
}

impl Pen<'_, '_> {
    /// Writes the words in the middle of a row; gives their width.
    pub(super) fn write(
        &mut self,
        words: &Paragraph<'_>,
        (left, top): (f64, f64),
        (width, height): (f64, f64),
    ) -> f64 {
        let set = Set::new(self.flow.fonts, words, width);
        let top = top + (height - set.height(set.count())) / 2.0;
        let owners = Owners::one(self.owner);
        set.place(self.flow.page(), (left, top), 0..set.count(), owners);
        set.widest()
    }

    /// Draws a rule.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), thickness: f64) {
        let owner = self.owner;
        self.flow.page().rules.push(Rule { from, to, thickness, owner });
    }

    /// Fills a rectangle and frames it.
    pub(super) fn framed(&mut self, at: (f64, f64), size: (f64, f64), grey: f64) {
        let owner = self.owner;
        let page = self.flow.page();
        page.areas.push(Area { at, size, grey, owner });
        page.frame(at, size, 0.4, owner);
    }
}
