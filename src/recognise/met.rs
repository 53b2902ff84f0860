//! Headers that were met before: the files of a folder share their words, which are looked up once.

use super::forms::{Forms, Word};
use super::header_words::header_key;
use crate::model::text::key;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Headers that are kept; more than all forms have, and a bound for what strangers write.
const MOST_KEPT: usize = 4_096;

/// What the forms make of one header.
#[derive(Debug)]
pub(super) struct HeaderWord {
    /// Its key, remarks left out and abbreviations written out.
    pub(super) key: String,
    /// That key as the forms know it.
    pub(super) word: Word,
    /// Whether it can begin a header row.
    pub(super) begins: bool,
    /// Whether it says nothing about the columns below it: `Trong đó`.
    pub(super) aside: bool,
}

impl HeaderWord {
    fn of(text: &str, forms: &Forms) -> Self {
        let name = header_key(text, forms);
        let plain = key(text);
        let begins = !plain.is_empty()
            && !text.contains('%')
            && (forms.is_header(&plain) || forms.is_header(&name));
        Self { word: forms.word(&name), begins, aside: forms.is_subgroup(&name), key: name }
    }
}

/// The known headers that were met, by their words as written. What is kept changes no answer.
#[derive(Debug, Default)]
pub(super) struct Met(RwLock<HashMap<Box<str>, Arc<HeaderWord>>>);

impl Met {
    /// What the forms make of that header.
    pub(super) fn look_up(&self, text: &str, forms: &Forms) -> Arc<HeaderWord> {
        let met = self.0.read().ok().and_then(|met| met.get(text).map(Arc::clone));
        if let Some(met) = met {
            return met;
        }
        let word = Arc::new(HeaderWord::of(text, forms));
        // Words of data would soon fill it.
        if forms.is_name(&word.key)
            && let Ok(mut met) = self.0.write()
            && met.len() < MOST_KEPT
        {
            met.insert(text.into(), Arc::clone(&word));
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn only_known_headers_are_kept_and_the_answer_stays() {
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        let met = Met::default();
        for _ in 0..2 {
            for (text, begins, aside, known) in [
                ("Ngày tổ chức", true, false, true),
                ("SL người dự", true, false, true),
                ("Trong đó", false, true, false),
                ("Đã giải quyết (%)", false, false, false),
                ("Đề nghị sửa đường thôn 3", false, false, false),
                ("", false, false, false),
            ] {
                let word = met.look_up(text, &forms);
                let found = (word.begins, word.aside, forms.is_name(&word.key));
                assert_eq!(found, (begins, aside, known), "{text}");
                assert_eq!(word.word, forms.word(&header_key(text, &forms)), "{text}");
            }
        }
        assert_eq!(met.0.read().unwrap().len(), 2);
    }
}
