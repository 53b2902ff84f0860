//! A page with everything in its place, in millimetres from the upper left corner.

#[cfg(test)]
use super::MM_PER_PT;
use super::font::WordId;
#[cfg(test)]
use super::font::{ASCENT, DESCENT, Fonts};
use super::model::{Orientation, Target};
use super::structure::{ElementId, Owner, Structure};

/// How a word follows the one before it on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// After a space, where a line may end.
    Spaced,
    /// After a space, but always on the same line.
    Tied,
    /// Without a space, and never on another line.
    Glued,
    /// Without a space, but a line may end before it: a word too long for any line.
    Breakable,
}

impl Join {
    /// Whether a space stands before the word.
    pub(super) const fn has_space(self) -> bool {
        matches!(self, Self::Spaced | Self::Tied)
    }

    /// Whether a line may end before the word.
    pub(super) const fn may_break(self) -> bool {
        matches!(self, Self::Spaced | Self::Breakable)
    }
}

/// A word and how it follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// The word.
    pub(super) word: WordId,
    /// How it follows.
    pub(super) join: Join,
}

/// One line of text in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// Where it begins.
    pub(super) left: f64,
    /// Its baseline.
    pub(super) baseline: f64,
    /// How wide it is drawn.
    pub(super) width: f64,
    /// Size of the letters in points.
    pub(super) size: f64,
    /// What each space is wider than usual, in millimetres.
    pub(super) stretch: f64,
    /// Its words: first in the page's tokens, and how many.
    pub(super) tokens: (usize, usize),
    /// Whether the next line goes on with another word, so that a space parts the two for readers.
    pub(super) goes_on: bool,
    /// Whose words they are.
    pub(super) owner: Owner,
}

impl Line {
    /// Top and bottom of its letters.
    #[cfg(test)]
    pub(super) fn extent(&self) -> (f64, f64) {
        let size = self.size * MM_PER_PT;
        (self.baseline - ASCENT * size, self.baseline + DESCENT * size)
    }
}

/// A straight rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// One end.
    pub(super) from: (f64, f64),
    /// The other end.
    pub(super) to: (f64, f64),
    /// Its thickness in points.
    pub(super) thickness: f64,
    /// The drawing it belongs to.
    pub(super) owner: Owner,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Upper left corner.
    pub(super) at: (f64, f64),
    /// Width and height.
    pub(super) size: (f64, f64),
    /// From 0 black to 1 white.
    pub(super) grey: f64,
    /// The drawing it belongs to.
    pub(super) owner: Owner,
}

/// A place that leads elsewhere in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    /// Upper left corner.
    pub(super) at: (f64, f64),
    /// Width and height.
    pub(super) size: (f64, f64),
    /// Where it leads.
    pub(super) to: Target,
    /// The words that are clicked.
    pub(super) element: ElementId,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Page {
    /// How it lies.
    pub(super) orientation: Orientation,
    /// The words of all its lines.
    pub(super) tokens: Vec<Token>,
    /// Its lines of text in reading order.
    pub(super) lines: Vec<Line>,
    /// Its rules.
    pub(super) rules: Vec<Rule>,
    /// Its filled rectangles, drawn before all else.
    pub(super) areas: Vec<Area>,
    /// Its links.
    pub(super) links: Vec<Link>,
}

impl Page {
    /// Draws another page's content at that height; what is drawn `again` says nothing new to readers.
    pub(super) fn stamp(&mut self, other: &Self, top: f64, again: bool) {
        let base = self.tokens.len();
        self.tokens.extend_from_slice(&other.tokens);
        self.lines.extend(other.lines.iter().map(|line| {
            let tokens = (line.tokens.0 + base, line.tokens.1);
            let owner = line.owner.filter(|_| !again);
            Line { baseline: line.baseline + top, tokens, owner, ..*line }
        }));
        self.rules.extend(other.rules.iter().map(|rule| {
            let down = |(x, y): (f64, f64)| (x, y + top);
            Rule { from: down(rule.from), to: down(rule.to), ..*rule }
        }));
    }

    /// Frees what has been drawn; links are for the file's end.
    pub(super) fn forget_drawing(&mut self) {
        let (orientation, links) = (self.orientation, std::mem::take(&mut self.links));
        *self = Self { orientation, links, ..Self::default() };
    }

    /// Draws a rectangle of rules.
    pub(super) fn frame(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        thickness: f64,
        owner: Owner,
    ) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        for (from, to) in corners.into_iter().zip(corners.into_iter().skip(1)) {
            self.rules.push(Rule { from, to, thickness, owner });
        }
    }

    /// The words of a line as plain text.
    #[cfg(test)]
    pub(super) fn text(&self, fonts: &Fonts, line: &Line) -> String {
        let (first, count) = line.tokens;
        let mut out = String::new();
        for (i, token) in self.tokens.iter().skip(first).take(count).enumerate() {
            if i > 0 && token.join.has_space() {
                out.push(' ');
            }
            out.push_str(&fonts.get(token.word).text);
        }
        out
    }
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its words.
    pub(super) title: String,
    /// Its depth, from zero.
    pub(super) depth: u8,
    /// The page, from zero.
    pub(super) page: usize,
    /// How far down the page, in whole millimetres.
    pub(super) top: i64,
}

/// The document laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layout {
    /// Its pages.
    pub(super) pages: Vec<Page>,
    /// What each part is.
    pub(super) structure: Structure,
    /// Its outline in reading order.
    pub(super) outline: Vec<Entry>,
    /// Where the named places are: name, page from zero, whole millimetres from the top.
    pub(super) anchors: Vec<(&'static str, usize, i64)>,
}
