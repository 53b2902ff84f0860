//! What is drawn on one page, as the operators of its content stream (ISO 32000-1, 8 and 9).

use super::MM_PER_PT;
use super::canvas::{Canvas, Mark};
use super::codes::{SPACE, push_shift};
use super::font::{Face, Fonts};
use super::lines::mm;
use super::page::{Area, Line, Rule, Token};
use crate::render::digits::push_decimal;
use std::io::Write;

/// A place on the page in hundredths of a point, from the lower left corner.
type Place = (i64, i64);

/// The operators of one page so far, and what they left set.
pub(super) struct Content<'f> {
    out: Vec<u8>,
    fonts: &'f Fonts,
    height: f64,
    thickness: i64,
    cursor: Option<Place>,
    font: Option<(Face, i64)>,
    wanted: Mark,
    open: Option<Mark>,
}

impl<'f> Content<'f> {
    /// An empty page of that height in millimetres.
    pub(super) fn new(height: f64, fonts: &'f Fonts) -> Self {
        Self {
            out: Vec::with_capacity(16 * 1024),
            fonts,
            height,
            thickness: -1,
            cursor: None,
            font: None,
            wanted: None,
            open: None,
        }
    }

    /// The whole stream.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.close_mark();
        if self.cursor.take().is_some() {
            self.put(b"ET\n");
        }
        self.out
    }
}

impl Canvas for Content<'_> {
    fn mark(&mut self, mark: Mark) {
        self.wanted = mark;
    }

    fn area(&mut self, area: &Area) {
        self.open_mark("Layout");
        self.number(whole(area.grey * 100.0));
        self.put(b"g\n");
        self.place(self.at(area.at.0, area.at.1 + area.size.1));
        self.place((hundredths(area.size.0), hundredths(area.size.1)));
        self.put(b"re\nf\n0 g\n");
    }

    fn rule(&mut self, rule: &Rule) {
        self.open_mark("Layout");
        let thickness = whole(rule.thickness * 100.0);
        if thickness != self.thickness {
            self.number(thickness);
            self.put(b"w\n");
            self.thickness = thickness;
        }
        self.place(self.at(rule.from.0, rule.from.1));
        self.put(b"m\n");
        self.place(self.at(rule.to.0, rule.to.1));
        self.put(b"l\nS\n");
    }

    fn text(&mut self, line: &Line, tokens: &[Token]) {
        let Some(first) = tokens.first() else { return };
        let (x, y) = self.at(line.left, line.baseline);
        let (left, below) = self.cursor.unwrap_or_else(|| {
            self.close_mark();
            self.put(b"BT\n");
            (0, 0)
        });
        self.open_mark("Pagination");
        self.place((x - left, y - below));
        self.put(b"Td\n");
        self.cursor = Some((x, y));
        let fonts = self.fonts;
        let mut face = fonts.get(first.word).face;
        self.choose(face, line.size);
        let gap = -whole(line.stretch / mm(line.size) * 1000.0);
        self.put(b"[(");
        for (i, token) in tokens.iter().enumerate() {
            let word = fonts.get(token.word);
            if i > 0 && token.join.has_space() {
                self.put(&SPACE);
                self.shift(gap);
            }
            if word.face != face {
                self.put(b")]TJ\n");
                face = word.face;
                self.choose(face, line.size);
                self.put(b"[(");
            }
            self.put(&word.codes);
        }
        if line.goes_on {
            self.put(&SPACE);
        }
        self.put(b")]TJ\n");
    }
}

impl Content<'_> {
    fn put(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// A number of hundredths and a space.
    fn number(&mut self, hundredths: i64) {
        push_hundredths(&mut self.out, hundredths);
        self.out.push(b' ');
    }

    fn place(&mut self, (x, y): Place) {
        self.number(x);
        self.number(y);
    }

    /// Moves the pen by that many thousandths of the size to the left, inside a text.
    fn shift(&mut self, by: i64) {
        if by != 0 {
            push_shift(&mut self.out, by);
        }
    }

    /// Opens the mark that is wanted unless it is open; `kind` says what an adornment is.
    fn open_mark(&mut self, kind: &str) {
        if self.open == Some(self.wanted) {
            return;
        }
        self.close_mark();
        match self.wanted {
            Some((tag, number)) => {
                self.print(format_args!("/{}<</MCID {number}>>BDC\n", tag.name()));
            }
            None => self.print(format_args!("/Artifact<</Type/{kind}>>BDC\n")),
        }
        self.open = Some(self.wanted);
    }

    fn close_mark(&mut self) {
        if self.open.take().is_some() {
            self.put(b"EMC\n");
        }
    }

    fn at(&self, x: f64, y: f64) -> Place {
        (hundredths(x), hundredths(self.height - y))
    }

    fn choose(&mut self, face: Face, size: f64) {
        let wanted = (face, whole(size * 100.0));
        if self.font != Some(wanted) {
            self.print(format_args!("/{} ", face.resource()));
            self.number(wanted.1);
            self.put(b"Tf\n");
            self.font = Some(wanted);
        }
    }

    /// Writing to memory does not fail.
    fn print(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }
}

/// A number of hundredths as a decimal without needless zeros.
fn push_hundredths(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let value = value.unsigned_abs();
    push_decimal(out, value / 100);
    let digit = |value: u64| b'0' + u8::try_from(value % 10).unwrap_or_default();
    if !value.is_multiple_of(100) {
        out.extend_from_slice(&[b'.', digit(value / 10)]);
    }
    if !value.is_multiple_of(10) {
        out.push(digit(value));
    }
}

/// Millimetres in hundredths of a point.
fn hundredths(mm: f64) -> i64 {
    whole(mm / MM_PER_PT * 100.0)
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    let whole = value.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        for (value, text) in
            [(0, "0"), (5, "0.05"), (50, "0.5"), (100, "1"), (-1_205, "-12.05"), (84_190, "841.9")]
        {
            let mut out = Vec::new();
            push_hundredths(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}
