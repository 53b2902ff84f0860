//! A paragraph broken into lines for one width, ready to be put on a page or on two.

use super::font::Fonts;
use super::lines::{Span, break_lines, cut_long_words, mm, push_words, space};
use super::model::{Align, Paragraph};
use super::owners::Owners;
use super::page::{Line, Link, Page, Rule, Token};
use super::structure::Owner;
use std::ops::Range;

/// The paragraph with its lines.
pub(super) struct Set<'p, 'a> {
    /// What it was made from.
    pub(super) source: &'p Paragraph<'a>,
    tokens: Vec<Token>,
    spans: Vec<Span>,
    width: f64,
    /// Width of its first word and of a space.
    dash: f64,
    space: f64,
}

impl<'p, 'a> Set<'p, 'a> {
    /// Breaks the paragraph for that width in millimetres.
    pub(super) fn new(fonts: &mut Fonts, source: &'p Paragraph<'a>, width: f64) -> Self {
        let mut tokens = Vec::new();
        let mut glued = false;
        for run in &source.runs {
            let starts_glued = glued && !run.text.starts_with(' ');
            push_words(fonts, run.face, &run.text, starts_glued, &mut tokens);
            glued = !run.text.ends_with(' ');
        }
        let face = source.runs.first().map(|run| run.face).unwrap_or_default();
        let inner = width - source.indent;
        let first = inner - source.first;
        cut_long_words(fonts, &mut tokens, source.size, first.min(inner));
        let space = space(fonts, face, source.size);
        let mut spans = Vec::new();
        break_lines(fonts, &tokens, source.size, space, (first, inner), &mut spans);
        let dash = tokens.first().map_or(0.0, |first| fonts.width(first.word, source.size));
        Self { source, tokens, spans, width, dash, space }
    }

    /// How many lines it has.
    pub(super) fn count(&self) -> usize {
        self.spans.len()
    }

    /// Width of its longest line with plain spaces.
    pub(super) fn widest(&self) -> f64 {
        self.spans.iter().map(|span| span.width).fold(0.0, f64::max)
    }

    /// Distance of its baselines in millimetres.
    pub(super) fn leading(&self) -> f64 {
        mm(self.source.leading)
    }

    /// Height of that many of its lines.
    pub(super) fn height(&self, lines: usize) -> f64 {
        let rule = if self.source.rule.is_some() { mm(RULE_BELOW * 2.0) } else { 0.0 };
        self.leading() * f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) + rule
    }

    /// Puts the lines of that range on the page, the first with its top at `top`.
    pub(super) fn place(
        &self,
        page: &mut Page,
        at: (f64, f64),
        range: Range<usize>,
        owners: Owners,
    ) {
        let (left, top) = at;
        let (mut start, mut end) = (f64::MAX, f64::MIN);
        let mut y = top;
        for (i, span) in self.spans.iter().enumerate().take(range.end).skip(range.start) {
            let line = self.line(span, i, left, y);
            start = start.min(line.left);
            end = end.max(line.left + line.width);
            let label = owners.label.filter(|_| i == 0 && span.count > 1);
            self.push(page, span, Line { owner: owners.words, ..line }, label);
            if let (Some(to), Some(element)) = (self.source.link, owners.words) {
                let (at, size) = ((line.left, y), (line.width, self.leading()));
                page.links.push(Link { at, size, to, element });
            }
            y += self.leading();
        }
        if let Some(share) = self.source.rule {
            let (middle, half) = (f64::midpoint(start, end), (end - start) * share / 2.0);
            let y = y + mm(RULE_BELOW);
            let (from, to) = ((middle - half, y), (middle + half, y));
            page.rules.push(Rule { from, to, thickness: 0.75, owner: None });
        }
    }

    fn line(&self, span: &Span, i: usize, left: f64, top: f64) -> Line {
        let source = self.source;
        let first = if i == 0 { source.first } else { 0.0 };
        let room = self.width - source.indent - first;
        let start = left + source.indent + first;
        let slack = (room - span.width).max(0.0);
        let last = i + 1 == self.spans.len();
        let (shift, stretch) = match source.align {
            Align::Left => (0.0, 0.0),
            Align::Centre => (slack / 2.0, 0.0),
            Align::Right => (slack, 0.0),
            Align::Justified if last || span.spaces == 0 => (0.0, 0.0),
            Align::Justified => (0.0, slack / f64::from(span.spaces)),
        };
        let width = span.width + stretch * f64::from(span.spaces);
        let baseline = top + baseline_in(self.leading(), mm(source.size));
        Line {
            left: start + shift,
            baseline,
            width,
            size: source.size,
            stretch,
            tokens: (0, 0),
            goes_on: self.goes_on(i),
            owner: None,
        }
    }

    /// Whether another word follows that line, and not the rest of a word that was cut.
    fn goes_on(&self, line: usize) -> bool {
        let next = self.spans.get(line + 1).and_then(|next| self.tokens.get(next.first));
        next.is_none_or(|first| first.join.has_space())
    }

    /// Puts one line on the page; an item's dash as a line of its own, for it has another owner.
    fn push(&self, page: &mut Page, span: &Span, mut line: Line, label: Owner) {
        let mut first = page.tokens.len();
        let mut count = span.count;
        let tokens = self.tokens.get(span.first..span.first + count).unwrap_or_default();
        page.tokens.extend_from_slice(tokens);
        if let (Some(_), Some([_, after])) = (label, tokens.first_chunk::<2>()) {
            let width = self.dash;
            let (tokens, owner) = ((first, 1), label);
            page.lines.push(Line { width, tokens, owner, goes_on: true, ..line });
            let gap = if after.join.has_space() { self.space + line.stretch } else { 0.0 };
            line.left += width + gap;
            line.width -= width + gap;
            (first, count) = (first + 1, count - 1);
        }
        line.tokens = (first, count);
        page.lines.push(line);
    }
}

/// Distance of a rule from the line above it, in points.
const RULE_BELOW: f64 = 2.0;

/// Where the baseline stands in a line of that height: letters in the middle.
pub(super) fn baseline_in(leading: f64, size: f64) -> f64 {
    use super::font::{ASCENT, DESCENT};
    (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size
}
