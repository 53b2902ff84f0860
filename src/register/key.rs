//! The finer key of a name: [`crate::model::text::key`] forgets all diacritics, this one none.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key that keeps every diacritic and only forgets on which vowel of a syllable the tone stands.
///
/// `Hoà Mạc` and `Hòa Mạc` meet, `Tả Van` and `Ta Van` do not.
pub fn spelling_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut tone = None;
    for c in name.nfkd() {
        match c {
            // Huyền, sắc, ngã, hỏi, nặng: held back until the syllable ends.
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            c if is_combining_mark(c) => key.push(c),
            c => {
                if !c.is_alphanumeric() {
                    key.extend(tone.take());
                }
                push_folded(&mut key, c);
            }
        }
    }
    key.extend(tone);
    key
}

/// Appends a letter or digit in lower case; the Latin eth often stands where a đ was meant.
fn push_folded(key: &mut String, c: char) {
    match c {
        'Ð' | 'ð' | 'Đ' => key.push('đ'),
        c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::key;
    use proptest::prelude::*;

    #[test]
    fn spellings_that_meet() {
        for (a, b) in [
            ("Hoà Mạc", "Hòa Mạc"),
            ("Uỷ ban", "Ủy ban"),
            ("  BẢO   HÀ ", "Bảo Hà"),
            ("Ba\u{309}o Ha\u{300}", "Bảo Hà"),
            ("Ðồng Tuyển", "Đồng Tuyển"),
            ("N.T Phong Hải", "NT Phong Hải"),
            ("Ｂảo Ｈà", "Bảo Hà"),
        ] {
            assert_eq!(key(a), key(b), "{a} / {b}");
            assert_eq!(spelling_key(a), spelling_key(b), "{a} / {b}");
        }
    }

    #[test]
    fn only_the_loose_key_forgets_diacritics() {
        for (a, b) in [("Tả Van", "Ta Van"), ("Đồng Tuyển", "Dong Tuyen"), ("Sơn Hà", "Son Ha")]
        {
            assert_eq!(key(a), key(b), "{a} / {b}");
            assert_ne!(spelling_key(a), spelling_key(b), "{a} / {b}");
        }
        assert_eq!(key("Đồng Tuyển"), "dongtuyen");
    }

    proptest! {
        #[test]
        fn keys_are_stable(name in ".*") {
            let once = key(&name);
            prop_assert_eq!(key(&once), once.clone());
            prop_assert_eq!(key(&name.nfd().collect::<String>()), once);
        }

        #[test]
        fn the_spelling_key_is_finer(a in "[aàáảãạăâđoòôơuưy hx.]{0,8}", b in "[aàáảãạăâđoòôơuưy hx.]{0,8}") {
            prop_assert!(spelling_key(&a) != spelling_key(&b) || key(&a) == key(&b));
        }
    }
}
