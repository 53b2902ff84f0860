//! From text to lines: words, spaces, line breaks, and words too long for any line.

use super::MM_PER_PT;
use super::font::{Face, Fonts};
use super::page::{Join, Token};

/// Which tokens make a line, and how wide they are with plain spaces.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Span {
    /// The first token.
    pub(super) first: usize,
    /// How many.
    pub(super) count: usize,
    /// How wide, in millimetres.
    pub(super) width: f64,
    /// How many spaces.
    pub(super) spaces: u32,
}

/// Adds the words of a text to the tokens; `glued` when it follows without a space.
pub(super) fn push_words(
    fonts: &mut Fonts,
    face: Face,
    text: &str,
    glued: bool,
    tokens: &mut Vec<Token>,
) {
    let mut join = if glued { Join::Glued } else { Join::Spaced };
    let mut rest = Some(text);
    while let Some(from) = rest {
        // None of these bytes is part of another character.
        let end = from.bytes().position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
        let word = end.map_or(from, |end| from.get(..end).unwrap_or_default());
        rest = end.and_then(|end| from.get(end + 1..));
        if word.as_bytes().contains(&0xC2) {
            for part in word.split('\u{A0}').filter(|part| !part.is_empty()) {
                tokens.push(Token { word: fonts.word(face, part), join });
                join = Join::Tied;
            }
        } else if !word.is_empty() {
            tokens.push(Token { word: fonts.word(face, word), join });
        }
        join = Join::Spaced;
    }
}

/// The width of a space in millimetres.
pub(super) fn space(fonts: &mut Fonts, face: Face, size: f64) -> f64 {
    let id = fonts.word(face, "\u{2007}");
    fonts.width(id, size)
}

/// Cuts words that are wider than the line into pieces that fit.
pub(super) fn cut_long_words(fonts: &mut Fonts, tokens: &mut Vec<Token>, size: f64, width: f64) {
    if tokens.iter().all(|token| fonts.width(token.word, size) <= width) {
        return;
    }
    let mut out = Vec::with_capacity(tokens.len() + 8);
    for token in tokens.iter() {
        if fonts.width(token.word, size) <= width {
            out.push(*token);
            continue;
        }
        let (text, face) = {
            let word = fonts.get(token.word);
            (word.text.clone(), word.face)
        };
        let mut join = token.join;
        let mut rest = &*text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(fitting(fonts, face, rest, size, width));
            out.push(Token { word: fonts.word(face, piece), join });
            join = Join::Breakable;
            rest = after;
        }
    }
    *tokens = out;
}

/// How many bytes of a word fit, at least one letter; behind a mark of punctuation where there is one.
fn fitting(fonts: &mut Fonts, face: Face, text: &str, size: f64, width: f64) -> usize {
    let (mut used, mut end, mut marked) = (0.0, 0, 0);
    for (at, c) in text.char_indices() {
        let mut letter = [0; 4];
        let id = fonts.word(face, c.encode_utf8(&mut letter));
        used += fonts.width(id, size);
        if used > width && end > 0 {
            return if marked > end / 2 { marked } else { end };
        }
        end = at + c.len_utf8();
        if matches!(c, '/' | '-' | '_' | '.' | ',' | ';' | ')') {
            marked = end;
        }
    }
    end
}

/// Breaks the tokens into lines, as many words on each as fit; the first may be narrower.
pub(super) fn break_lines(
    fonts: &Fonts,
    tokens: &[Token],
    size: f64,
    space: f64,
    widths: (f64, f64),
    spans: &mut Vec<Span>,
) {
    let before = spans.len();
    let mut line = Span::default();
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let mut unit = fonts.width(first.word, size);
        let mut end = at + 1;
        let mut ties = 0;
        while let Some(next) = tokens.get(end).filter(|next| !next.join.may_break()) {
            ties += u32::from(next.join.has_space());
            unit += fonts.width(next.word, size) + if next.join.has_space() { space } else { 0.0 };
            end += 1;
        }
        let spaced = line.count > 0 && first.join.has_space();
        let gap = if spaced { space } else { 0.0 };
        let room = if spans.len() == before { widths.0 } else { widths.1 };
        if line.count > 0 && line.width + gap + unit > room + 1e-6 {
            spans.push(line);
            line = Span { first: at, count: end - at, width: unit, spaces: ties };
        } else {
            line.count += end - at;
            line.width += gap + unit;
            line.spaces += u32::from(spaced) + ties;
        }
        at = end;
    }
    if line.count > 0 {
        spans.push(line);
    }
}

/// Points as millimetres.
pub(super) const fn mm(points: f64) -> f64 {
    points * MM_PER_PT
}
