//! Every word of the report as the codes of its glyphs, made once: most words are drawn many times.

use super::content::push_shift;
use super::faces::Cut;
use super::font::{Face, Fonts, Word, WordId};
use rayon::prelude::*;

/// One word, ready to stand between the brackets of a text.
pub(super) struct Shown {
    /// Its face.
    pub(super) face: Face,
    /// Its codes, two bytes each, and the shifts between them.
    pub(super) codes: Box<[u8]>,
}

/// All words in codes.
pub(super) struct Glyphs {
    words: Vec<Shown>,
    spaces: [Vec<u8>; 4],
    none: Shown,
}

impl Glyphs {
    /// The words met, in the codes of the faces as they are cut.
    pub(super) fn new(fonts: &Fonts, cuts: &[Cut]) -> Self {
        let of = |face: Face| cuts.iter().find(|cut| cut.face == face);
        let words = fonts.words().par_iter().map(|word| Shown::new(word, of(word.face))).collect();
        let spaces = Face::ALL.map(|face| {
            let mut space = Vec::new();
            push_codes(&mut space, " ", of(face));
            space
        });
        let none = Shown { face: Face::Regular, codes: Box::default() };
        Self { words, spaces, none }
    }

    /// The word.
    pub(super) fn get(&self, id: WordId) -> &Shown {
        self.words.get(id.index()).unwrap_or(&self.none)
    }

    /// A space of that face.
    pub(super) fn space(&self, face: Face) -> &[u8] {
        self.spaces.get(face as usize).map_or(&[], Vec::as_slice)
    }
}

impl Shown {
    fn new(word: &Word, cut: Option<&Cut>) -> Self {
        let mut codes = Vec::with_capacity(2 * word.text.len());
        let mut from = 0;
        for kern in &word.kerns {
            push_codes(&mut codes, word.text.get(from..kern.after).unwrap_or_default(), cut);
            push_shift(&mut codes, -i64::from(kern.by));
            from = kern.after;
        }
        push_codes(&mut codes, word.text.get(from..).unwrap_or_default(), cut);
        Self { face: word.face, codes: codes.into_boxed_slice() }
    }
}

/// The codes as a literal string holds them: brackets, backslash and the end of a line are escaped.
fn push_codes(out: &mut Vec<u8>, text: &str, cut: Option<&Cut>) {
    for letter in text.chars() {
        let code = cut.and_then(|cut| cut.codes.get(&letter)).copied().unwrap_or_default();
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                b'\r' => out.extend_from_slice(b"\\r"),
                _ => out.push(byte),
            }
        }
    }
}
