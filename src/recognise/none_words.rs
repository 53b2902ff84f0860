//! Words with which a cell or a line says that there is nothing to report: `Không có`, `Quý này không tổ chức do dịch`.

use crate::model::text::{key, word_key};
use crate::model::word_map::WordSet;
use serde::Deserialize;

/// Bytes of the longest text that is nothing but such a word.
const LONGEST_WORD: usize = 40;
/// Bytes of the longest line that is looked through.
const LONGEST_LINE: usize = 400;

/// The words of the template, folded.
#[derive(Debug, Clone)]
pub struct NoneWords {
    bare: WordSet,
    whole: WordSet,
    held: Vec<String>,
    unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNoneWords {
    bare: Vec<String>,
    whole: Vec<String>,
    held: Vec<String>,
    unless: Vec<String>,
}

impl NoneWords {
    pub(super) fn build(raw: &RawNoneWords) -> Self {
        let spaced = |words: &[String]| -> Vec<String> {
            words.iter().map(|words| format!(" {} ", word_key(words))).collect()
        };
        Self {
            bare: raw.bare.iter().map(|word| key(word)).collect(),
            whole: raw.whole.iter().map(|word| key(word)).collect(),
            held: spaced(&raw.held),
            unless: spaced(&raw.unless),
        }
    }

    /// Whether a cell says nothing but that there is none; signs alone say so too.
    pub fn is_none(&self, text: &str) -> bool {
        self.is_bare(text) || text.len() <= LONGEST_WORD && self.whole.contains(key(text).as_str())
    }

    /// Whether a cell says no more than an empty one: a dash, `Không`.
    pub fn is_bare(&self, text: &str) -> bool {
        let word = if text.len() <= LONGEST_WORD { key(text) } else { return false };
        word.is_empty() || self.bare.contains(word.as_str())
    }

    /// Whether a line says that no meeting was held.
    pub fn is_none_held(&self, text: &str) -> bool {
        if text.len() > LONGEST_LINE {
            return false;
        }
        let spaced = format!(" {} ", word_key(text));
        let says = |words: &[String]| words.iter().any(|words| spaced.contains(words.as_str()));
        says(&self.held) && !says(&self.unless)
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::Forms;
    use std::collections::BTreeMap;

    #[test]
    fn what_says_that_there_is_none() {
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        for (text, none) in [
            ("Không", true),
            ("KHÔNG CÓ", true),
            ("-", true),
            ("0", true),
            ("Không có ý kiến, kiến nghị", true),
            ("Không tổ chức", true),
            ("Không có nước sạch", false),
            ("Không tổ chức do dịch", false),
        ] {
            assert_eq!(forms.none.is_none(text), none, "{text}");
        }
        for (text, held) in [
            ("Trong quý I không tổ chức hội nghị do dịch Covid-19", true),
            ("Ghi chú: Quý I không tổ chức do dịch", true),
            ("Quý này chưa tổ chức được cuộc đối thoại nào vì mưa lũ", true),
            ("Đơn vị không có cuộc đối thoại nào", true),
            ("Đơn vị nào không tổ chức thì ghi rõ lý do", false),
            ("Nếu không tổ chức, ghi lý do ở trang Thông tin", false),
            ("Kết quả tổ chức đối thoại", false),
            ("NGƯỜI LẬP BIỂU", false),
        ] {
            assert_eq!(forms.none.is_none_held(text), held, "{text}");
        }
    }
}
