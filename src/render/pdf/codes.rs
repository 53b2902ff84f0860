//! The letters that a face draws as the codes of its glyphs, and how texts hold them (ISO 32000-1, 7.3.4.2 and 9.4.3).

use crate::render::digits::push_decimal;
use harfrust::font::charmap::Charmap;
use std::collections::{BTreeMap, HashMap};

/// The letters of a face that are drawn, with the codes of their glyphs: numbers in the order of first use.
#[derive(Default)]
pub(super) struct Used {
    letters: BTreeMap<char, u16>,
    known: HashMap<u16, u16>,
    glyphs: Vec<u16>,
}

impl Used {
    /// The letters in their order.
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        self.letters.keys().copied()
    }

    /// The letters with their codes.
    pub(super) fn codes(&self) -> impl Iterator<Item = (char, u16)> {
        self.letters.iter().map(|(c, code)| (*c, *code))
    }

    /// The glyphs of the whole face in the order of their codes, which begin with one.
    pub(super) fn glyphs(&self) -> &[u16] {
        &self.glyphs
    }

    /// The code of a letter, a new one at its first use.
    pub(super) fn code(&mut self, charmap: Charmap<'_>, letter: char) -> u16 {
        if let Some(code) = self.letters.get(&letter) {
            return *code;
        }
        let glyph =
            charmap.map_unicode(letter).and_then(|glyph| u16::try_from(glyph.to_u32()).ok());
        let code = match glyph {
            // The first glyph of every face is for letters that it lacks.
            None | Some(0) => 0,
            Some(glyph) => *self.known.entry(glyph).or_insert_with(|| {
                self.glyphs.push(glyph);
                u16::try_from(self.glyphs.len()).unwrap_or_default()
            }),
        };
        self.letters.insert(letter, code);
        code
    }
}

/// The code of the space, which is every face's first.
pub(super) const SPACE: [u8; 2] = [0, 1];

/// A code as a literal string holds it: brackets, backslash and the end of a line are escaped.
pub(super) fn push_code(out: &mut Vec<u8>, code: u16) {
    for byte in code.to_be_bytes() {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(byte),
        }
    }
}

/// Ends the piece of text, moves the pen by that many thousandths of the size to the left, and goes on.
pub(super) fn push_shift(out: &mut Vec<u8>, by: i64) {
    out.extend_from_slice(if by < 0 { b")-" } else { b")" });
    push_decimal(out, by.unsigned_abs());
    out.push(b'(');
}
