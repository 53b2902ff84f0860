//! Text as it may travel through the program: NFC, trimmed, never empty.

use std::fmt;
use unicode_normalization::char::decompose_compatible;
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

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
        let plain = !raw.contains(|c: char| is_space(c) && c != ' ') && !raw.contains("  ");
        let composed =
            is_nfc_quick(raw.chars()) == unicode_normalization::IsNormalized::Yes && plain;
        if composed {
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
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            _ => decompose_compatible(c, |part| {
                if part.is_alphanumeric() {
                    out.extend(part.to_lowercase());
                }
            }),
        }
    }
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

    #[test]
    fn one_key_for_one_name() {
        for text in
            ["Ủy  ban - ND", "Uỷ ban ND", "UY BAN ND", "U\u{309}y ban\u{A0}ND", "uỷ-ban (nd)"]
        {
            assert_eq!(key(text), "uybannd", "{text}");
        }
        assert_eq!(key("Đường ２"), "duong2");
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
