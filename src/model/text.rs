//! Text as it may travel through the program: NFC, trimmed, never empty.

use std::fmt;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A non-empty piece of text in composed Unicode (dựng sẵn), inner white space folded to single spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// Cleans white space and composes; `None` when nothing is left.
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim_matches(is_space);
        if raw.is_empty() {
            return None;
        }
        if is_clean(raw) {
            return Some(Self(raw.into()));
        }
        let mut out = String::with_capacity(raw.len());
        let mut spaced = false;
        for c in raw.nfc() {
            if is_space(c) {
                spaced = true;
                continue;
            }
            if spaced && !out.is_empty() {
                out.push(' ');
            }
            spaced = false;
            out.push(c);
        }
        (!out.is_empty()).then(|| Self(out.into_boxed_str()))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text only marks where something is to be written: `…`, `......`, `____`. A single dash is
/// a zero in some columns, so it is none.
pub fn is_filler(text: &str) -> bool {
    let mut marks = 0usize;
    for c in text.chars().filter(|c| !is_space(*c)) {
        marks += match c {
            '…' => 2,
            '.' | '_' => 1,
            _ => return false,
        };
    }
    marks >= 2
}

/// The key under which names are compared: without case, diacritics, tone placement, punctuation and
/// spacing, so that `Uỷ  ban`, `ủy ban` and `UY BAN` are one.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_key(text, &mut out);
    out
}

/// As [`key`], appended to a buffer that the caller reuses.
pub fn push_key(text: &str, out: &mut String) {
    for c in text.chars() {
        match fold(c) {
            Folded::Letter(letter) => out.push(char::from(letter)),
            Folded::Mark | Folded::Gap => {}
            Folded::Foreign => push_decomposed(c, out),
        }
    }
}

/// As [`key`], but the words stay apart by one space: thôn 2 (26) is not thôn 22 (6).
pub fn word_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let folded = fold(c);
        match folded {
            Folded::Gap => gap = true,
            Folded::Mark => {}
            Folded::Letter(_) | Folded::Foreign => {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push(' ');
                }
                match folded {
                    Folded::Letter(letter) => out.push(char::from(letter)),
                    _ => push_decomposed(c, &mut out),
                }
            }
        }
    }
    out
}

/// What a character is to a key.
#[derive(Debug, Clone, Copy)]
enum Folded {
    /// A lower-case letter or a digit.
    Letter(u8),
    /// A mark over a letter: nothing, and no end of a word.
    Mark,
    /// Punctuation or space.
    Gap,
    /// A letter of another script, or one that stands for several.
    Foreign,
}

fn fold(c: char) -> Folded {
    if c.is_ascii() {
        let letter = u8::try_from(c).unwrap_or_default().to_ascii_lowercase();
        return if letter.is_ascii_alphanumeric() { Folded::Letter(letter) } else { Folded::Gap };
    }
    let slot = usize::try_from(u32::from(c)).ok().and_then(|at| LATIN.get(at));
    slot.copied().unwrap_or_else(|| fold_slowly(c))
}

/// Every Latin letter that Vietnamese is written with lies below this code point; looking the base
/// letter up once for all keeps keys cheap.
const LATIN_END: u32 = 0x1F00;

static LATIN: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    (0..LATIN_END).map(|code| char::from_u32(code).map_or(Folded::Gap, fold_slowly)).collect()
});

fn fold_slowly(c: char) -> Folded {
    if matches!(c, 'đ' | 'Đ' | 'ð' | 'Ð') {
        return Folded::Letter(b'd');
    }
    if is_combining_mark(c) {
        return Folded::Mark;
    }
    let mut decomposed = String::new();
    push_decomposed(c, &mut decomposed);
    match decomposed.as_bytes() {
        [] => Folded::Gap,
        [letter] => Folded::Letter(*letter),
        _ => Folded::Foreign,
    }
}

fn push_decomposed(c: char, out: &mut String) {
    decompose_compatible(c, |part| {
        // Some marks count as letters in other scripts.
        if part.is_alphanumeric() && !is_combining_mark(part) {
            out.extend(part.to_lowercase());
        }
    });
}

/// Whether a text is composed Vietnamese or plain ASCII with single spaces, as nearly all cells are; a
/// look at the bytes tells. `false` means only that a closer look is needed.
fn is_clean(text: &str) -> bool {
    let mut last = 0;
    for &byte in text.as_bytes() {
        let fits = match byte {
            b' ' => last != b' ',
            b'\t' | b'\n' | 0x0B | 0x0C | b'\r' => false,
            // U+1E00 to U+1EFF: the Vietnamese letters with two marks.
            _ if last == 0xE1 => (0xB8..=0xBB).contains(&byte),
            // Letters from U+00C0 to U+02FF, and what follows a lead byte.
            0x00..=0xBF | 0xC3..=0xCB | 0xE1 => true,
            _ => false,
        };
        if !fits {
            return false;
        }
        last = byte;
    }
    true
}

/// White space of every kind that spreadsheets bring along, zero-width ones included.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_key_for_one_name() {
        for text in
            ["Ủy  ban - ND", "Uỷ ban ND", "UY BAN ND", "U\u{309}y ban\u{A0}ND", "uỷ-ban (nd)"]
        {
            assert_eq!(key(text), "uybannd", "{text}");
        }
        assert_eq!(key("Đường ２"), "duong2");
        assert_eq!(key("\u{FBEA}"), key("\u{64A}\u{654}\u{627}"));
        assert_eq!(word_key("Đề nghị: thôn 2  (26)"), "de nghi thon 2 26");
        assert_eq!(word_key("De\u{302}\u{300} nghi\u{323}"), "de nghi");
    }

    proptest! {
        #[test]
        fn a_clean_look_is_never_wrong(raw in "([a-zA-Zàếữợđ .]|\\PC|\\s){0,30}") {
            let slowly: String = raw.nfc().map(|c| if is_space(c) { ' ' } else { c }).collect();
            let slowly = slowly.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            let text = Text::new(&raw);
            prop_assert_eq!(text.as_ref().map_or("", Text::as_str), slowly);
        }
    }

    #[test]
    fn cleans_and_composes() {
        for (raw, clean) in [
            ("  Xã  Bảo Hà ", Some("Xã Bảo Hà")),
            ("Xa\u{303}\u{A0}Bảo\nHà", Some("Xã Bảo Hà")),
            (" \u{200B}\t", None),
            ("", None),
        ] {
            assert_eq!(Text::new(raw).as_ref().map(Text::as_str), clean, "{raw:?}");
        }
    }
}
