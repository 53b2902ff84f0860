//! A text as its words, each with how it looks as it stands; and the quick look that spares clean text all of it.

use super::encoding::from_tcvn3;
use super::letters::{is_letter, is_mark};
use super::syllable::could_be_syllable;

/// Second bytes behind 0xC2 (U+0080 to U+00BF) that stand for a letter in TCVN3.
const SIGNS: u64 = bits(&[(0xA1, 0xAE), (0xB5, 0xB9), (0xBB, 0xBE)]);
/// Second bytes behind 0xC3 (U+00C0 to U+00FF) of characters that Vietnamese does not write.
const FOREIGN: u64 = bits(&[
    (0x84, 0x87),
    (0x8B, 0x8B),
    (0x8E, 0x91),
    (0x96, 0x98),
    (0x9B, 0x9C),
    (0x9E, 0x9F),
    (0xA4, 0xA7),
    (0xAB, 0xAB),
    (0xAE, 0xB1),
    (0xB6, 0xB8),
    (0xBB, 0xBC),
    (0xBE, 0xBF),
]);
/// Second bytes behind 0xC3 of capitals, suspicious behind a small letter.
const CAPITALS: u64 = bits(&[(0x80, 0x9E)]);

/// Second bytes of letters that never stand behind a plain a or e. VNI writes what stands on a vowel behind it
/// (`Xaõ`, `traán`), Windows-1258 its tone.
const BEHIND_A: u64 = bits(&[
    (0x80, 0x83),
    (0x88, 0x8A),
    (0x8C, 0x8C),
    (0x92, 0x92),
    (0x95, 0x95),
    (0x99, 0x9A),
    (0xA0, 0xA3),
    (0xA8, 0xAA),
    (0xAC, 0xAC),
    (0xB2, 0xB2),
    (0xB5, 0xB5),
    (0xB9, 0xBA),
]);
/// The same for o (`Soá` is no such pair: `xoá` is a word).
const BEHIND_O: u64 = bits(&[
    (0x82, 0x82),
    (0x8A, 0x8A),
    (0x95, 0x95),
    (0x99, 0x9A),
    (0xA2, 0xA2),
    (0xAA, 0xAA),
    (0xB5, 0xB5),
    (0xB9, 0xBA),
]);
/// The same for u and y.
const BEHIND_U: u64 = bits(&[(0x95, 0x95), (0x99, 0x9A), (0xB5, 0xB5), (0xB9, 0xBA)]);

/// Whether the letter whose bytes are these, behind one that ends so, makes up a pair that Vietnamese does not write:
/// a plain vowel with its mark behind it, or two letters with marks (which only ư and ơ are, outside this block).
fn is_twin((block, before): (u8, u8), (lead, byte): (u8, u8)) -> bool {
    let hit = |set: u64| set >> (byte & 0x3F) & 1 == 1;
    lead == 0xC3
        && match before | 0x20 {
            b'a' | b'e' => hit(BEHIND_A),
            b'o' => hit(BEHIND_O),
            b'u' | b'y' => hit(BEHIND_U),
            _ => block == 0xC3 && before >= 0x80,
        }
}

/// How many such pairs a word has.
fn twins(word: &str) -> usize {
    let (mut block, mut before, mut lead) = (0u8, 0u8, 0u8);
    let mut twins = 0;
    for byte in word.bytes() {
        twins += usize::from(is_twin((block, before), (lead, byte)));
        (block, before, lead) = (before, lead, byte);
    }
    twins
}

const fn bits(ranges: &[(u8, u8)]) -> u64 {
    let (mut set, mut rest) = (0u64, ranges);
    while let [(first, last), tail @ ..] = rest {
        let mut byte = *first;
        while byte <= *last {
            set |= 1 << (byte & 0x3F);
            byte += 1;
        }
        rest = tail;
    }
    set
}

/// Whether the text holds anything that composed Vietnamese does not: most text is done with after this.
pub fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let leads = bytes.iter().enumerate();
    let mut leads = leads.filter(|(_, lead)| matches!(lead, 0xC2 | 0xC3 | 0xCC | 0xCD));
    leads.any(|(at, &lead)| {
        let there = |at: usize| bytes.get(at).copied().unwrap_or_default();
        let back = |by: usize| at.checked_sub(by).map_or(0, there);
        let (block, before, byte) = (back(2), back(1), there(at + 1));
        let hit = |set: u64| set >> (byte & 0x3F) & 1 == 1;
        match lead {
            0xC2 => hit(SIGNS),
            0xC3 => {
                hit(FOREIGN)
                    || (before.is_ascii_lowercase() && hit(CAPITALS))
                    || is_twin((block, before), (lead, byte))
            }
            // Marks of their own, U+0300 to U+036F.
            0xCC => true,
            _ => byte < 0xB0,
        }
    })
}

/// A stretch of letters, old ones included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// The stretch itself.
    pub(super) text: &'a str,
    /// What stands between it and the next word.
    pub(super) gap: &'a str,
    /// How it looks as it stands.
    pub(super) look: Look,
}

/// How a word looks before anything is done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Plain letters, which read the same in every encoding.
    Ascii,
    /// A Vietnamese word as it should be.
    Proper,
    /// One character that Vietnamese does not write: a letter of an old encoding, or a sign (§, ½, Ø).
    Lone,
    /// The same as part of an abbreviation or a name: đ/c, T.Ư, Ê-đê.
    Initial,
    /// What Vietnamese does not write, so often in it: characters of other alphabets, capitals behind small letters.
    Strange(usize),
    /// Vietnamese letters that make up no word.
    Odd,
    /// As [`Look::Strange`], but rather a unit of measure, a size or a quotation: `5µm`, `»x«`.
    Measure,
}

/// The words of a text, and what stands before the first one.
pub(super) fn split(text: &str) -> (&str, Vec<Word<'_>>) {
    let start = text.find(in_word).unwrap_or(text.len());
    let (before, mut rest) = text.split_at(start);
    let mut words = Vec::new();
    let mut last = before;
    let quoted = opens_quotes(text);
    while !rest.is_empty() {
        let (word, tail) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
        let (gap, tail) = tail.split_at(tail.find(in_word).unwrap_or(tail.len()));
        let look = match look(word, last.ends_with(|c: char| c.is_ascii_digit())) {
            Look::Lone if is_initial(word) && (joins(last) || joins(gap)) => Look::Initial,
            Look::Strange(_) if quoted && word.ends_with('«') => Look::Measure,
            look => look,
        };
        words.push(Word { text: word, gap, look });
        last = gap;
        rest = tail;
    }
    (before, words)
}

/// Whether the character stands for a letter without a tone in TCVN3 or VNI: đ/c, T.Ư, Ê-đê.
fn is_initial(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{A1}'..='\u{AE}' | 'Ñ' | 'ñ' | 'Ö'))
}

fn joins(gap: &str) -> bool {
    matches!(gap, "." | "/" | "-")
}

/// Whether the text »quotes« so: no word of TCVN3 begins with that letter (ằ).
fn opens_quotes(text: &str) -> bool {
    text.match_indices('»').any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_ascii_alphabetic())
    })
}

/// The signs of TCVN3 belong to its words.
fn in_word(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii() && (c.is_alphabetic() || from_tcvn3(c).is_some() || is_mark(c)))
}

fn look(word: &str, behind_digit: bool) -> Look {
    if word.is_ascii() {
        return Look::Ascii;
    }
    let foreign = word.chars().filter(|c| !is_letter(*c) && !matches!(c, 'Ð' | 'ð')).count();
    if foreign == 0 && is_evenly_cased(word) && could_be_syllable(word) {
        return Look::Proper;
    }
    let eths = word.chars().filter(|c| matches!(c, 'Ð' | 'ð')).count();
    let strange = foreign + eths + usize::from(!is_evenly_cased(word)) + twins(word);
    let one = word.chars().nth(1).is_none();
    match strange {
        0 => Look::Odd,
        _ if one => Look::Lone,
        _ if behind_digit || is_unit_of_measure(word) => Look::Measure,
        _ => Look::Strange(strange),
    }
}

/// Whether the word holds what no language writes inside a word: a sign of print between letters, a pair that only
/// old encodings have, a capital behind a small letter where no slip of the hand explains it.
pub(super) fn is_telling(word: &str) -> bool {
    // These stand behind letters elsewhere: `x·y`, `Mª José`, `nº`.
    let sign = |c: char| matches!(c, '\u{A1}'..='\u{BE}') && !"·ªº²³¹».".contains(c);
    let slip = || could_be_syllable(&word.to_lowercase());
    let mark = |pair: &[u8]| matches!(pair, [b'a' | b'e' | b'o' | b'u' | b'y', 0xC3]);
    let foreign = |c: char| c.is_alphabetic() && !is_letter(c) && u32::from(c) > 0xBF;
    word.chars().any(sign)
        || twins(word) > 0
        || word.contains(foreign) && word.as_bytes().windows(2).any(mark)
        || !is_evenly_cased(word) && !slip()
}

/// Units of measure whose signs could pass for letters: µm, N·m.
fn is_unit_of_measure(word: &str) -> bool {
    let length = word.chars().count();
    (length == 2 && word.starts_with('µ')) || (length == 3 && word.chars().nth(1) == Some('·'))
}

/// Whether the word is in small letters, in capitals, or has one capital in front.
pub(super) fn is_evenly_cased(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_mark(*c));
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut small, mut large) = (false, false);
    for letter in letters {
        small |= letter.is_lowercase();
        large |= letter.is_uppercase();
    }
    !large || (first && !small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::legacy::letters;

    #[test]
    fn clean_text_is_never_suspicious() {
        for letter in letters::all_accented() {
            assert!(!is_suspicious(&format!("{letter} {letter}a B{letter}")), "{letter}");
        }
        assert!(!is_suspicious(
            "Xã Bảo Hà – “Quý I/2021” … 12 m² 30°C\u{A0}ƯỜNG e\u{2011}mail 中文"
        ));
    }

    #[test]
    fn every_sign_of_an_old_encoding_is_suspicious() {
        for code in 0xA1..=0xFF {
            let c = char::from_u32(code).unwrap();
            let old = from_tcvn3(c).is_some() || code >= 0xC0;
            assert_eq!(is_suspicious(&format!("B{c}o")), old && !is_letter(c), "{c} {code:x}");
        }
        for text in ["tÕ", "a\u{301}", "o\u{31B}", "\u{AD}"] {
            assert!(is_suspicious(text), "{text}");
        }
    }

    #[test]
    fn looks_of_words() {
        for (text, looks) in [
            ("Xa Bao", "[Ascii, Ascii]"),
            ("Xã Bảo Hà", "[Proper, Proper, Proper]"),
            ("Ðà ÐẾN", "[Proper, Proper]"),
            ("X· B¶o", "[Strange(1), Strange(1)]"),
            ("tÕ café §", "[Strange(1), Odd, Lone]"),
            ("T.¦ §/c § 5", "[Ascii, Initial, Initial, Ascii, Lone]"),
            ("5µm Ø20 2½m N·m µm", "[Measure, Lone, Measure, Measure, Measure]"),
        ] {
            let seen: Vec<Look> = split(text).1.iter().map(|word| word.look).collect();
            assert_eq!(format!("{seen:?}"), looks, "{text}");
        }
    }

    #[test]
    fn nothing_is_lost() {
        for text in ["", "–", "1. Xã (Bảo Hà): 12\n", "a", "\u{301}a"] {
            let (before, words) = split(text);
            let joined: String = words.iter().flat_map(|word| [word.text, word.gap]).collect();
            assert_eq!(format!("{before}{joined}"), text);
        }
    }
}
