//! The letters of Vietnamese: twelve vowels in six tones, and đ.

use unicode_normalization::char::is_combining_mark;

/// The vowels, each in the order level, huyền, hỏi, ngã, sắc, nặng.
const ROWS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The letter without its tone, and which tone it has (0 is level); `None` for what is no small letter of Vietnamese.
pub(super) fn split(letter: char) -> Option<(char, usize)> {
    if letter.is_ascii_lowercase() || letter == 'đ' {
        return Some((letter, 0));
    }
    ROWS.iter().find_map(|row| {
        let tone = row.iter().position(|vowel| *vowel == letter)?;
        row.first().map(|plain| (*plain, tone))
    })
}

/// The small vowel in that tone.
pub(super) fn with_tone(vowel: char, tone: usize) -> Option<char> {
    ROWS.iter().find(|row| row.first() == Some(&vowel)).and_then(|row| row.get(tone)).copied()
}

/// The small form of a letter; each letter of Vietnamese has exactly one.
pub(super) fn lower(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

/// The letter, capital if `pattern` is.
pub(super) fn cased_like(pattern: char, letter: char) -> char {
    if pattern.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

/// Whether Vietnamese writes this letter; f, j, w and z stand in names only and count as letters too.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && split(lower(c)).is_some())
}

/// Whether the mark belongs to the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// All letters that Vietnamese has beyond the plain alphabet, small ones first.
#[cfg(test)]
pub(super) fn all_accented() -> Vec<char> {
    let small = ROWS.as_flattened().iter().copied().filter(|c| !c.is_ascii()).chain(['đ']);
    let small: Vec<char> = small.collect();
    let large = small.iter().map(|c| cased_like('A', *c));
    small.iter().copied().chain(large).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_67_small_letters_and_as_many_capitals() {
        let all = all_accented();
        assert_eq!(all.len(), 134);
        for letter in all {
            let (plain, tone) = split(lower(letter)).unwrap();
            let back = if plain == 'đ' { plain } else { with_tone(plain, tone).unwrap() };
            assert_eq!(cased_like(letter, back), letter);
        }
        for other in ['ä', 'ø', 'ð', 'µ', '\u{AD}', 'ß', 'ъ', '1', '\u{301}'] {
            assert!(!is_letter(other), "{other}");
        }
    }
}
