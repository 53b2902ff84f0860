//! Names of people beside their posts: `Đ/c Lê Văn Nam, Chủ tịch UBND`, `Bí thư Đảng ủy Sùng Đức Yên`.

use super::posts::is_post;
use crate::model::text::word_key;
use crate::model::word_map::WordSet;
use serde::Deserialize;

/// Words of a name that stands where a place might: two words may be a commune.
const SHORTEST: usize = 3;
/// Words of the longest name.
const LONGEST: usize = 5;
/// What stands between a person and a post.
const BETWEEN: [char; 8] = [',', ';', '+', '&', '\n', '(', ')', '–'];

/// How names of people begin, as the template has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    family: Vec<String>,
}

impl Named {
    /// The family names as they are compared.
    pub(super) fn folded(&self) -> WordSet {
        self.family.iter().map(|name| word_key(name)).collect()
    }
}

/// The posts that a text names, the people left out; none where it names nobody or nothing else.
pub(super) fn without_names(text: &str, families: &WordSet) -> Option<String> {
    if families.is_empty() {
        return None;
    }
    let text = text.replace(" - ", ", ").replace(" và ", ", ");
    let (mut posts, mut people) = (Vec::new(), 0);
    for piece in text.split(BETWEEN) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let (bare, addressed) = unaddressed(&words);
        if bare.is_empty() {
            continue;
        }
        let least = if addressed { SHORTEST - 1 } else { SHORTEST };
        if is_person(bare, least, families) {
            people += 1;
        } else if let Some(post) = post_beside(bare, families) {
            people += 1;
            posts.push(post);
        } else {
            posts.push(bare.join(" "));
        }
    }
    // Two people hold two posts.
    let sign = if people > 1 { " và " } else { ", " };
    (people > 0 && !posts.is_empty()).then(|| posts.join(sign))
}

/// The words behind how a person is addressed, and whether one is.
fn unaddressed<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], bool) {
    let first = words.first().map(|word| word_key(word));
    let second = words.get(1).map(|word| word_key(word));
    let skip = match (first.as_deref(), second.as_deref()) {
        (Some("d c" | "ong" | "ba"), _) => 1,
        (Some("dong"), Some("chi")) => 2,
        _ => 0,
    };
    (words.get(skip..).unwrap_or_default(), skip > 0)
}

/// Whether words are a name: a family's first, each with a capital letter.
fn is_person(words: &[&str], least: usize, families: &WordSet) -> bool {
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '.')
    };
    (least..=LONGEST).contains(&words.len())
        && words.iter().all(capital)
        && words.first().is_some_and(|first| families.contains(word_key(first).as_str()))
}

/// The post in front of a name or behind it.
fn post_beside(words: &[&str], families: &WordSet) -> Option<String> {
    (1..words.len()).find_map(|at| {
        let (front, back) = words.split_at_checked(at)?;
        let (front_text, back_text) = (front.join(" "), back.join(" "));
        if is_post(&word_key(&front_text)) && is_person(back, SHORTEST, families) {
            return Some(front_text);
        }
        let named = is_person(front, SHORTEST, families) && is_post(&word_key(&back_text));
        named.then_some(back_text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Chair;
    use crate::normalise::Codes;

    #[test]
    fn posts_are_left_where_people_are_named() {
        let families = ["le", "sung", "hoang", "cao"].map(str::to_owned).into_iter().collect();
        for (text, posts) in [
            ("Đ/c Lê Văn Nam, Chủ tịch UBND phường", Some("Chủ tịch UBND phường")),
            ("Bí thư Đảng ủy Sùng Đức Yên", Some("Bí thư Đảng ủy")),
            ("Lê Văn Nam Chủ tịch UBND", Some("Chủ tịch UBND")),
            ("Đ/c Lê Nam - Bí thư", Some("Bí thư")),
            ("Sùng Đức Yên, Bí thư; Lê Văn Nam, Chủ tịch UBND", Some("Bí thư và Chủ tịch UBND")),
            ("Lê Văn Nam", None),
            ("Chủ tịch UBND Cao Sơn", None),
            ("Bí thư, Chủ tịch UBND", None),
            ("lê văn nam, Chủ tịch", None),
        ] {
            assert_eq!(without_names(text, &families).as_deref(), posts, "{text}");
        }
    }

    #[test]
    fn who_chairs_where_people_are_named() {
        let codes = Codes::load().unwrap();
        for (text, expected) in [
            ("Đ/c Lê Văn Nam, Chủ tịch UBND phường", Some(Chair::Chairman)),
            ("Bí thư Đảng ủy Sùng Đức Yên", Some(Chair::Secretary)),
            ("Lê Văn Nam - Chủ tịch UBND", Some(Chair::Chairman)),
            ("Lê Văn Nam (Phó Chủ tịch UBND)", Some(Chair::Deputy)),
            ("Sùng Đức Yên, Bí thư; Lê Văn Nam, Chủ tịch UBND", Some(Chair::Joint)),
            ("Lê Văn Nam, Phó Bí thư, Chủ tịch UBND", Some(Chair::Chairman)),
            ("Lê Văn Nam, Bí thư Đoàn Thanh niên", None),
            ("Bí thư Đoàn Thanh Niên Xã", None),
            ("Chủ tịch Hội Nông Dân", None),
            ("Lê Văn Nam, Trưởng thôn", None),
            ("Quyền Chủ tịch UBND", Some(Chair::Chairman)),
            ("Bí thư Đảng bộ", Some(Chair::Secretary)),
            ("Phó Bí thư - Chủ tịch UBND", Some(Chair::Chairman)),
            ("Bí thư Đảng ủy - Chủ tịch HĐND", Some(Chair::Secretary)),
        ] {
            assert_eq!(codes.chair.read(text), expected, "{text}");
        }
    }
}
