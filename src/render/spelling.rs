//! Where the tone mark stands in `oa`, `oe`, `uy`: two ways of spelling, both in official use.

use std::borrow::Cow;

/// Cách đặt dấu thanh of the words that are ours; names and submitted text stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// `ủy`, `hòa`: on the first of the two vowels.
    #[default]
    First,
    /// `uỷ`, `hoà`: on the second.
    Second,
}

/// Each open syllable's end with its mark on the first vowel, and on the second.
const ENDS: [(&str, &str); 45] = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("õa", "oã"),
    ("ọa", "oạ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
    ("õe", "oẽ"),
    ("ọe", "oẹ"),
    ("ùy", "uỳ"),
    ("úy", "uý"),
    ("ủy", "uỷ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
    ("Òa", "Oà"),
    ("Óa", "Oá"),
    ("Ỏa", "Oả"),
    ("Õa", "Oã"),
    ("Ọa", "Oạ"),
    ("Òe", "Oè"),
    ("Óe", "Oé"),
    ("Ỏe", "Oẻ"),
    ("Õe", "Oẽ"),
    ("Ọe", "Oẹ"),
    ("Ùy", "Uỳ"),
    ("Úy", "Uý"),
    ("Ủy", "Uỷ"),
    ("Ũy", "Uỹ"),
    ("Ụy", "Uỵ"),
    ("ÒA", "OÀ"),
    ("ÓA", "OÁ"),
    ("ỎA", "OẢ"),
    ("ÕA", "OÃ"),
    ("ỌA", "OẠ"),
    ("ÒE", "OÈ"),
    ("ÓE", "OÉ"),
    ("ỎE", "OẺ"),
    ("ÕE", "OẼ"),
    ("ỌE", "OẸ"),
    ("ÙY", "UỲ"),
    ("ÚY", "UÝ"),
    ("ỦY", "UỶ"),
    ("ŨY", "UỸ"),
    ("ỤY", "UỴ"),
];

impl Spelling {
    /// The text in this spelling with the names in it as they are.
    pub fn apply_around(self, text: &str, name: &str) -> String {
        let capitals = name.to_uppercase();
        let kept = [name, capitals.as_str()].into_iter().filter(|name| !name.is_empty());
        let first = kept.filter_map(|name| Some((text.find(name)?, name.len()))).min();
        let Some((at, length)) = first else { return self.apply(text).into_owned() };
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        let (kept, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        format!("{}{kept}{}", self.apply(before), self.apply_around(after, name))
    }

    /// The text in this spelling; the texts of the program are written with the mark first.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        let concerned = || ENDS.iter().any(|(first, _)| text.contains(first));
        if self == Self::First || !concerned() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            match ENDS.iter().find(|(first, _)| ends_here(rest, first)) {
                // `quý`, `quỳ` are spelt so in both ways: their u belongs to qu.
                Some((first, second)) if !out.ends_with(['q', 'Q']) => {
                    out.push_str(second);
                    rest = rest.get(first.len()..).unwrap_or_default();
                }
                _ => {
                    out.push(letter);
                    rest = rest.get(letter.len_utf8()..).unwrap_or_default();
                }
            }
        }
        Cow::Owned(out)
    }
}

/// Whether the text begins with that end and the syllable is over after it.
fn ends_here(text: &str, end: &str) -> bool {
    text.strip_prefix(end).is_some_and(|after| !after.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay() {
        for (text, shown) in [
            ("TỈNH ỦY HÒA BÌNH", "TỈNH UỶ HÒA BÌNH"),
            ("Thường trực Tỉnh ủy Hòa Bình, lũy kế", "Thường trực Tỉnh uỷ Hòa Bình, luỹ kế"),
            ("Đảng ủy", "Đảng uỷ"),
        ] {
            assert_eq!(Spelling::Second.apply_around(text, "Hòa Bình"), shown);
            assert_eq!(Spelling::First.apply_around(text, "Hòa Bình"), text);
        }
        assert_eq!(Spelling::Second.apply_around("Tỉnh ủy", ""), "Tỉnh uỷ");
    }

    #[test]
    fn open_syllables_only() {
        for (first, second) in [
            ("cấp ủy, hòa giải, TỈNH ỦY", "cấp uỷ, hoà giải, TỈNH UỶ"),
            ("Ủy quyền", "Uỷ quyền"),
            ("quý I, thuỷ sản, hoàn thành", "quý I, thuỷ sản, hoàn thành"),
            ("khỏe, thủy, lũy kế", "khoẻ, thuỷ, luỹ kế"),
        ] {
            assert_eq!(Spelling::Second.apply(first), second);
            assert_eq!(Spelling::First.apply(first), first);
        }
    }
}
