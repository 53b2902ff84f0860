//! The tables of the old encodings, as their bytes look once a program took them for Windows-1252.

use super::letters::{self, cased_like, lower, split, with_tone};
use unicode_normalization::UnicodeNormalization;

/// How a text was stored before it was brought to composed Unicode (Unicode dựng sẵn).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// TCVN 5712:1993 VN3, "ABC": one character for one letter, fonts named `.Vn…`.
    Tcvn3,
    /// VNI for Windows: the plain vowel, then a character for what stands on it; fonts named `VNI-…`.
    Vni,
    /// Windows-1258: the vowel, then its tone as a mark of its own.
    Windows1258,
    /// Unicode with separate marks (Unicode tổ hợp).
    Decomposed,
}

/// TCVN3 from U+00A1 on, as a code table has it; a dot where the encoding has no letter.
/// The letter ư is U+00AD, which Unicode calls a soft hyphen and programs like to drop.
#[rustfmt::skip]
const TCVN3: [char; 94] = [
         'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '.', // A
    '.', '.', '.', '.', '.', 'à', 'ả', 'ã', 'á', 'ạ', '.', 'ằ', 'ẳ', 'ẵ', 'ắ', '.', // B
    '.', '.', '.', '.', '.', '.', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '.', 'ẻ', 'ẽ', // C
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '.', '.', '.', 'ĩ', 'í', 'ị', 'ò', // D
    '.', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', // E
    '.', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',      // F
];

/// VNI letters that stand for themselves; capitals mirror them.
const VNI_ALONE: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('í', 'í'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];
/// VNI tones behind a plain vowel, ơ and ư, in the order of the tones; nothing for the level one.
const VNI_TONES: [char; 6] = ['\0', 'ø', 'û', 'õ', 'ù', 'ï'];
/// The same with a circumflex, behind a, e, o.
const VNI_HATS: [char; 6] = ['â', 'à', 'å', 'ã', 'á', 'ä'];
/// The same with a breve, behind a.
const VNI_BREVES: [char; 6] = ['ê', 'è', 'ú', 'ü', 'é', 'ë'];

/// Where Windows-1258 differs from Windows-1252: what the one shows, what the other.
pub(super) const WINDOWS_1258: [(char, char); 14] = [
    ('Ã', 'Ă'),
    ('Ì', '\u{300}'),
    ('Ð', 'Đ'),
    ('Ò', '\u{309}'),
    ('Õ', 'Ơ'),
    ('Ý', 'Ư'),
    ('Þ', '\u{303}'),
    ('ã', 'ă'),
    ('ì', '\u{301}'),
    ('ð', 'đ'),
    ('ò', '\u{323}'),
    ('õ', 'ơ'),
    ('ý', 'ư'),
    ('þ', '₫'),
];
/// The marks of the tones after the level one.
const MARKS: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

impl Encoding {
    /// The name that users know.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Windows1258 => "Windows-1258",
            Self::Decomposed => "Unicode tổ hợp",
        }
    }

    /// The word in composed Unicode; `None` when the encoding has no such characters.
    pub(super) fn decode(self, word: &str) -> Option<String> {
        match self {
            Self::Tcvn3 => word.chars().map(from_tcvn3).collect(),
            Self::Vni => from_vni(word),
            Self::Windows1258 => from_1258(word),
            Self::Decomposed => Some(word.nfc().collect()),
        }
    }

    /// The way back: what an old editor stored, by which readers of old text can be measured.
    ///
    /// `None` when the encoding cannot hold the text. TCVN3 has no capitals with a tone; inside words
    /// in capitals their small letters stand for them, as its users typed.
    pub fn encode(self, text: &str) -> Option<String> {
        let text: String = text.nfc().collect();
        let mut out = String::with_capacity(text.len() * 2);
        for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            for letter in word.chars() {
                match self {
                    _ if letter.is_ascii() => out.push(letter),
                    Self::Tcvn3 => out.push(to_tcvn3(letter, capitals)?),
                    Self::Vni => push_vni(letter, &mut out)?,
                    Self::Windows1258 => push_1258(letter, &mut out)?,
                    Self::Decomposed => out.extend(letter.nfd()),
                }
            }
        }
        Some(out)
    }
}

/// The code table's letter for that character.
pub(super) fn from_tcvn3(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let at = u32::from(c).checked_sub(0xA1).and_then(|at| usize::try_from(at).ok())?;
    TCVN3.get(at).copied().filter(|letter| *letter != '.')
}

fn to_tcvn3(letter: char, capitals: bool) -> Option<char> {
    let at = |letter| TCVN3.iter().position(|known| *known == letter);
    let found = at(letter).or_else(|| capitals.then(|| at(lower(letter)))?)?;
    char::from_u32(u32::try_from(found).ok()? + 0xA1)
}

fn from_vni(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(first) = rest.next() {
        let base = match vni_alone(lower(first)) {
            Some(letter) => letter,
            None if first.is_ascii() => lower(first),
            None => return None,
        };
        let marked = rest.peek().and_then(|mark| vni_marked(base, lower(*mark)));
        if marked.is_some() {
            rest.next();
        }
        out.push(cased_like(first, marked.unwrap_or(base)));
    }
    Some(out)
}

fn vni_alone(character: char) -> Option<char> {
    VNI_ALONE.iter().find(|(stored, _)| *stored == character).map(|(_, letter)| *letter)
}

fn vni_marked(base: char, mark: char) -> Option<char> {
    let of = |marks: &[char; 6], vowel| {
        marks.iter().position(|known| *known == mark).and_then(|tone| with_tone(vowel, tone))
    };
    let hatted = match base {
        'a' => of(&VNI_HATS, 'â').or_else(|| of(&VNI_BREVES, 'ă')),
        'e' => of(&VNI_HATS, 'ê'),
        'o' => of(&VNI_HATS, 'ô'),
        _ => None,
    };
    let takes_tone = matches!(base, 'a' | 'e' | 'o' | 'ơ' | 'u' | 'ư' | 'y');
    hatted.or_else(|| takes_tone.then(|| of(&VNI_TONES, base))?)
}

fn push_vni(letter: char, out: &mut String) -> Option<()> {
    let small = lower(letter);
    let alone = |wanted| VNI_ALONE.iter().find(|(_, known)| *known == wanted).map(|(c, _)| *c);
    let (base, mark) = match (alone(small), split(small)?) {
        (Some(stored), _) => (stored, '\0'),
        (None, ('ă', tone)) => ('a', *VNI_BREVES.get(tone)?),
        (None, ('â', tone)) => ('a', *VNI_HATS.get(tone)?),
        (None, ('ê', tone)) => ('e', *VNI_HATS.get(tone)?),
        (None, ('ô', tone)) => ('o', *VNI_HATS.get(tone)?),
        (None, (vowel, tone)) => (alone(vowel).unwrap_or(vowel), *VNI_TONES.get(tone)?),
    };
    out.push(cased_like(letter, base));
    if mark != '\0' {
        out.push(cased_like(letter, mark));
    }
    Some(())
}

fn from_1258(word: &str) -> Option<String> {
    if word.chars().any(|c| u32::from(c) > 0xFF) {
        return None;
    }
    let vietnamese =
        |c: char| WINDOWS_1258.iter().find(|(shown, _)| *shown == c).map(|(_, is)| *is);
    let word: String = word.chars().map(|c| vietnamese(c).unwrap_or(c)).nfc().collect();
    word.chars().all(letters::is_letter).then_some(word)
}

/// One letter as Windows-1258 stores it, seen in Windows-1252.
pub(super) fn push_1258(letter: char, out: &mut String) -> Option<()> {
    let shown = |c: char| WINDOWS_1258.iter().find(|(_, is)| *is == c).map(|(shown, _)| *shown);
    let is_kept =
        |c: char| u32::from(c) < 0x100 && !WINDOWS_1258.iter().any(|(shown, _)| *shown == c);
    if is_kept(letter) {
        out.push(letter);
    } else if let Some(stored) = shown(letter) {
        out.push(stored);
    } else {
        let (vowel, tone) = split(lower(letter))?;
        let vowel = cased_like(letter, vowel);
        out.push(shown(vowel).unwrap_or(vowel));
        out.push(shown(*MARKS.get(tone.checked_sub(1)?)?)?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: [Encoding; 3] = [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258];

    #[test]
    fn words_as_they_really_look() {
        for (encoding, stored, text) in [
            (Encoding::Tcvn3, "Tr\u{AD}êng TiÓu häc", "Trường Tiểu học"),
            (Encoding::Tcvn3, "®¬n vÞ §¶ng ñy", "đơn vị Đảng ủy"),
            (Encoding::Tcvn3, "BiÓu mÉu HUYÖN", "Biểu mẫu HUYỆN"),
            (Encoding::Vni, "Tröôøng Tieåu hoïc", "Trường Tiểu học"),
            (
                Encoding::Vni,
                "ÑÔN VÒ Ñaûng uûy kyõ thuaät ñaëc bieät",
                "ĐƠN VỊ Đảng ủy kỹ thuật đặc biệt",
            ),
            (
                Encoding::Vni,
                "nghæ hoä ngheøo cuõ, Myõ Tho, tyû leä",
                "nghỉ hộ nghèo cũ, Mỹ Tho, tỷ lệ",
            ),
            (Encoding::Windows1258, "TrýõÌng TiêÒu hoòc", "Trường Tiểu học"),
            (Encoding::Windows1258, "ÐaÒng ðâÞ", "Đảng đẫ"),
        ] {
            assert_eq!(encoding.encode(text).as_deref(), Some(stored), "{text}");
        }
    }

    #[test]
    fn every_letter_goes_there_and_back() {
        for encoding in OLD {
            for letter in letters::all_accented() {
                let toned_capital = letter.is_uppercase() && !"ĂÂÊÔƠƯĐ".contains(letter);
                let stored = encoding.encode(&letter.to_string());
                if encoding == Encoding::Tcvn3 && toned_capital {
                    assert_eq!(stored, None, "{letter}");
                    let stored = encoding.encode(&format!("X{letter}")).unwrap();
                    assert_eq!(encoding.decode(&stored).unwrap(), format!("X{}", lower(letter)));
                    continue;
                }
                let stored = stored.unwrap();
                assert_eq!(encoding.decode(&stored).unwrap(), letter.to_string(), "{stored}");
            }
            assert_eq!(encoding.encode("Ж"), None);
            assert_eq!(encoding.decode("Ж"), None);
        }
        assert_eq!(TCVN3.iter().filter(|letter| **letter != '.').count(), 74);
    }

    #[test]
    fn no_two_letters_are_stored_alike() {
        for encoding in OLD {
            let all = letters::all_accented().into_iter();
            let mut stored: Vec<_> = all.filter_map(|c| encoding.encode(&c.to_string())).collect();
            let count = stored.len();
            stored.sort();
            stored.dedup();
            assert_eq!(stored.len(), count, "{encoding:?}");
        }
    }
}
