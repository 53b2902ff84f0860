//! Text as it may travel through the program: NFC, trimmed, never empty.

use super::word_map::WordHasher;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::fmt;
use std::hash::Hasher;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A non-empty piece of text in composed Unicode (dựng sẵn), inner white space folded to single spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(SmolStr);

impl Text {
    /// Cleans white space and composes; `None` when nothing is left.
    pub fn new(raw: &str) -> Option<Self> {
        let clean = cleaned(raw);
        (!clean.is_empty()).then(|| Self(clean.into()))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text in composed Unicode with single spaces inside and none around it, as a reader sees it; nearly
/// all texts are so already.
pub fn cleaned(raw: &str) -> Cow<'_, str> {
    let raw = raw.trim_matches(is_space);
    if is_clean(raw) {
        return Cow::Borrowed(raw);
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
    Cow::Owned(out)
}

/// Whether nothing is written there: white space of any kind, or dots and lines to write on.
pub fn is_blank(text: &str) -> bool {
    !begins_plainly(text) && (text.chars().all(is_space) || is_filler(text))
}

/// Whether the first byte tells that something is written: a letter, a digit or a sign that is neither white space nor
/// a mark to write on. `false` means only that a closer look is needed.
pub fn begins_plainly(text: &str) -> bool {
    let first = text.as_bytes().first();
    // From 0xC3 on: the letters from U+00C0 to U+02FF.
    first.is_some_and(|b| matches!(b, b'!'..=b'-' | b'/'..=b'^' | b'`'..=b'~' | 0xC3..=0xCB))
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
    let latin: &[Folded] = &LATIN;
    for c in text.chars() {
        match fold_by(latin, c) {
            Folded::Letter(letter) => out.push(char::from(letter)),
            Folded::Mark | Folded::Gap => {}
            Folded::Foreign => push_decomposed(c, out),
        }
    }
}

/// The [`key`] of a text, built in a buffer that the caller reuses; `None` when it is longer than so many bytes.
pub fn key_within<'b>(text: &str, longest: usize, buffer: &'b mut String) -> Option<&'b str> {
    buffer.clear();
    // A long text is left as soon as its first words are too long.
    for piece in text.split_inclusive(char::is_whitespace) {
        push_key(piece, buffer);
        if buffer.len() > longest {
            return None;
        }
    }
    Some(buffer)
}

/// Whether two texts have one key, told without building either: most differ in their first letter.
pub fn same_key(one: &str, other: &str) -> bool {
    if let ([a, ..], [b, ..]) = (one.as_bytes(), other.as_bytes())
        && a.is_ascii_alphanumeric()
        && b.is_ascii_alphanumeric()
        && !a.eq_ignore_ascii_case(b)
    {
        return false;
    }
    let (mut left, mut right) = (Letters(one.chars()), Letters(other.chars()));
    loop {
        match (left.next(), right.next()) {
            (Some(Folded::Letter(a)), Some(Folded::Letter(b))) if a == b => {}
            (None, None) => return true,
            // Letters that stand for several are compared as what they stand for.
            (Some(Folded::Foreign), _) | (_, Some(Folded::Foreign)) => {
                return key(one) == key(other);
            }
            _ => return false,
        }
    }
}

/// Whether their first letters let two texts have one key, or begin with one.
pub fn may_begin_alike(one: &str, other: &str) -> bool {
    match (Letters(one.chars()).next(), Letters(other.chars()).next()) {
        (Some(Folded::Letter(a)), Some(Folded::Letter(b))) => a == b,
        (Some(Folded::Foreign), _) | (_, Some(Folded::Foreign)) | (None, None) => true,
        _ => false,
    }
}

/// The letters of a text as keys see them.
struct Letters<'a>(std::str::Chars<'a>);

impl Iterator for Letters<'_> {
    type Item = Folded;

    fn next(&mut self) -> Option<Folded> {
        self.0.by_ref().map(fold).find(|folded| !matches!(folded, Folded::Mark | Folded::Gap))
    }
}

/// As [`key`], but the words stay apart by one space: thôn 2 (26) is not thôn 22 (6).
pub fn word_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each_of_word_key(text, |c| out.push(c));
    out
}

/// A number that two texts share when they have one [`word_key`], told without building it. Texts that share it may
/// still differ.
pub fn word_key_mark(text: &str) -> u64 {
    let mut mark = WordHasher::default();
    each_of_word_key(text, |c| mark.step(c));
    mark.finish()
}

fn each_of_word_key(text: &str, mut each: impl FnMut(char)) {
    let (mut begun, mut gap) = (false, false);
    let latin: &[Folded] = &LATIN;
    for c in text.chars() {
        let folded = fold_by(latin, c);
        let written = matches!(folded, Folded::Letter(_) | Folded::Foreign);
        if gap && written {
            gap = false;
            if begun {
                each(' ');
            }
        }
        match folded {
            Folded::Letter(letter) => {
                begun = true;
                each(char::from(letter));
            }
            Folded::Mark => {}
            Folded::Gap => gap = true,
            Folded::Foreign => each_decomposed(c, |part| {
                begun = true;
                each(part);
            }),
        }
    }
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
    fold_by(&LATIN, c)
}

/// As [`fold`], for those who look the table up once for many letters.
fn fold_by(latin: &[Folded], c: char) -> Folded {
    let code = u32::from(c);
    let at = match code {
        0..LATIN_END => Some(code),
        _ => code.checked_sub(TWO_MARKS).map(|above| above + LATIN_END),
    };
    let slot = at.and_then(|at| latin.get(usize::try_from(at).ok()?));
    slot.copied().unwrap_or_else(|| fold_slowly(c))
}

/// Latin letters and the marks that may stand behind them lie below this code point.
const LATIN_END: u32 = 0x370;
/// The Vietnamese letters with two marks are the block that begins here.
const TWO_MARKS: u32 = 0x1E00;

/// Every letter that Vietnamese is written with: looking the base letter up once for all keeps keys cheap.
static LATIN: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    let codes = (0..LATIN_END).chain(TWO_MARKS..TWO_MARKS + 0x100);
    codes.map(|code| char::from_u32(code).map_or(Folded::Gap, fold_slowly)).collect()
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
    each_decomposed(c, |part| out.push(part));
}

fn each_decomposed(c: char, mut each: impl FnMut(char)) {
    decompose_compatible(c, |part| {
        // Some marks count as letters in other scripts.
        if part.is_alphanumeric() && !is_combining_mark(part) {
            part.to_lowercase().for_each(&mut each);
        }
    });
}

/// Whether a text is composed Vietnamese or plain ASCII with single spaces, as nearly all cells are; a
/// look at the bytes tells. `false` means only that a closer look is needed.
fn is_clean(text: &str) -> bool {
    let kinds: &[(u8, u8); 256] = &KINDS;
    let (mut unfit, mut misfits) = (OTHER, 0);
    // Nothing is decided on the way: nearly all texts are gone through to the end.
    for &byte in text.as_bytes() {
        let (kind, behind) = kinds.get(usize::from(byte)).copied().unwrap_or((OTHER, OTHER));
        misfits |= kind & unfit;
        unfit = behind;
    }
    misfits == 0
}

/// What bytes are to that look, a bit each.
const USUAL: u8 = 1;
const SPACE: u8 = 1 << 1;
/// What begins the Vietnamese letters with two marks, U+1E00 to U+1EFF, and what may follow it.
const TWO_MARKS_LEAD: u8 = 1 << 2;
const TWO_MARKS_NEXT: u8 = 1 << 3;
/// What needs a closer look.
const OTHER: u8 = 1 << 4;

/// What each byte is, and what may not stand behind it.
static KINDS: LazyLock<[(u8, u8); 256]> = LazyLock::new(|| {
    let mut byte = 0u8..=u8::MAX;
    std::array::from_fn(|_| match byte.next().unwrap_or_default() {
        b' ' => (SPACE, OTHER | SPACE),
        b'\t' | b'\n' | 0x0B | 0x0C | b'\r' => (OTHER, OTHER),
        0xE1 => (TWO_MARKS_LEAD, !TWO_MARKS_NEXT),
        0xB8..=0xBB => (TWO_MARKS_NEXT, OTHER),
        // Letters from U+00C0 to U+02FF, and what follows a lead byte.
        0x00..=0xBF | 0xC3..=0xCB => (USUAL, OTHER),
        _ => (OTHER, OTHER),
    })
});

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
    fn the_table_of_letters_says_what_a_closer_look_says() {
        let key_slowly = |c: char| match fold_slowly(c) {
            Folded::Letter(letter) => char::from(letter).to_string(),
            Folded::Mark | Folded::Gap => String::new(),
            Folded::Foreign => {
                let mut out = String::new();
                push_decomposed(c, &mut out);
                out
            }
        };
        for c in (0x80..0x3000).chain([0xFB01, 0xFF21, 0x1D400]).filter_map(char::from_u32) {
            assert_eq!(key(&c.to_string()), key_slowly(c), "{c:?}");
        }
    }

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
        fn one_key_is_told_without_building_it(text in "(Giải trình|\\PC|\\s|[a-zđ]){0,9}", other in "\\PC{0,9}") {
            prop_assert!(same_key(&text, &key(&text)));
            let mut letters = 0xcbf2_9ce4_8422_2325u64;
            word_key(&text).chars().for_each(|c| letters = (letters ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3));
            prop_assert_eq!(word_key_mark(&text), letters);
            prop_assert_eq!(same_key(&text, &other), key(&text) == key(&other));
            prop_assert!(may_begin_alike(&text, &other) || !same_key(&text, &other));
            let longer = format!("{text}{other}");
            prop_assert!(may_begin_alike(&text, &longer) || key(&text).is_empty());
        }

        #[test]
        fn a_key_is_built_as_far_as_it_may_go(text in "(\\PC|\\s|[a-zđ]){0,12}", longest in 0usize..20) {
            let whole = key(&text);
            let expected = (whole.len() <= longest).then_some(whole);
            prop_assert_eq!(key_within(&text, longest, &mut "x".to_owned()).map(str::to_owned), expected);
        }

        #[test]
        fn what_begins_plainly_is_not_blank(text in "(\\PC|\\s|[.…_]){0,5}") {
            let blank = text.trim_start().is_empty() || text.chars().all(is_space) || is_filler(&text);
            prop_assert!(!(blank && begins_plainly(&text)));
        }

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
