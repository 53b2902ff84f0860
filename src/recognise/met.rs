//! Headers that were met before: the files of a folder share their words, which are looked up once.

use super::forms::{Forms, Word};
use super::header_quarter::{HeaderQuarter, quarter_behind};
use super::header_words::{header_key, is_counted};
use crate::model::text::key;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// Places for headers; more than all forms have, and a bound for what strangers write.
const PLACES: usize = 4_096;
/// Places in which one header may be kept.
const TRIES: usize = 8;

/// What the forms make of one header.
#[derive(Debug, Clone)]
pub(super) struct HeaderWord {
    /// Its key, remarks left out and abbreviations written out.
    pub(super) key: Arc<str>,
    /// That key as the forms know it.
    pub(super) word: Word,
    /// Whether it can begin a header row.
    pub(super) begins: bool,
    /// Whether it says nothing about the columns below it: `Trong đó`.
    pub(super) aside: bool,
    /// The quarter that stands behind the name.
    pub(super) quarter: Option<HeaderQuarter>,
}

impl HeaderWord {
    fn of(text: &str, forms: &Forms) -> Self {
        let (mut name, mut quarter) = (header_key(text, forms), None);
        let plain = key(text);
        if !forms.is_name(&name)
            && let Some((bare, behind)) = quarter_behind(text)
        {
            let bare = header_key(&bare, forms);
            if forms.is_name(&bare) {
                (name, quarter) = (bare, Some(behind));
            }
        }
        let begins = !plain.is_empty()
            && !text.contains('%')
            && !is_counted(text)
            && (forms.is_header(&plain) || forms.is_header(&name));
        let (word, aside) = (forms.word(&name), forms.is_subgroup(&name));
        Self { word, begins, aside, key: name.into(), quarter }
    }
}

/// The known headers that were met, by their words as written. What is kept changes no answer. A place is written
/// once and then only read, so that no core waits for another: with a lock that waiting was half the cost.
#[derive(Debug)]
pub(super) struct Met(Box<[Place]>);

/// A header as written, and what the forms make of it.
type Place = OnceLock<(Box<str>, HeaderWord)>;

impl Default for Met {
    fn default() -> Self {
        Self((0..PLACES).map(|_| OnceLock::new()).collect())
    }
}

impl Met {
    /// What the forms make of that header.
    pub(super) fn look_up(&self, text: &str, forms: &Forms) -> Cow<'_, HeaderWord> {
        let mut free = None;
        for place in self.places(text) {
            match place.get() {
                Some((met, word)) if **met == *text => return Cow::Borrowed(word),
                Some(_) => {}
                None => {
                    free = Some(place);
                    break;
                }
            }
        }
        let word = HeaderWord::of(text, forms);
        // Words of data would soon fill it; labels are looked at in each file.
        let known = |_: &&Place| {
            forms.is_name(&word.key) || forms.label_of(text, &mut String::new()).is_some()
        };
        if let Some(free) = free.filter(known) {
            // Another core may have been faster.
            free.set((text.into(), word.clone())).ok();
        }
        Cow::Owned(word)
    }

    fn places(&self, text: &str) -> impl Iterator<Item = &Place> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let first = usize::try_from(hasher.finish() % PLACES as u64).unwrap_or_default();
        (first..first + TRIES).filter_map(|at| self.0.get(at % PLACES))
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
                assert_eq!(word.quarter, None, "{text}");
            }
        }
        assert_eq!(met.0.iter().filter(|place| place.get().is_some()).count(), 2);
    }
}
