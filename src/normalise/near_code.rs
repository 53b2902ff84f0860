//! A word that is almost one of a code list: read where it can only be one, else offered.

use super::codes::CodeList;
use crate::model::text::key;

/// Letters of the shortest beginning by which words are known.
const SHORTEST_BEGINNING: usize = 6;

impl<T: Copy + PartialEq> CodeList<T> {
    /// The one code whose words differ from a text by a slip of the pen; two that are as near as each
    /// other are none. What is read so must be said.
    pub fn read_near(&self, text: &str) -> Option<T> {
        let wanted = key(strip_lead(text));
        if let Some(found) = self.words.get(&wanted) {
            return Some(*found);
        }
        // The code before its name, the name with the slip.
        if let Some((code, name)) = text.split_once(['-', ':', '–'])
            && let Some(found) = self.words.get(&key(code))
            && !name.contains(['-', ':', '–'])
        {
            return self.read_near(name).filter(|near| near == found);
        }
        let begun = self.begun(&wanted);
        if let Some(first) = begun.first() {
            return begun.iter().all(|code| code == first).then_some(*first);
        }
        let slips = match wanted.len() {
            0..=5 => return None,
            6..=13 => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, T)> = Vec::new();
        let mut words: Vec<(&String, &T)> = self.words.iter().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        for (word, code) in words {
            let far = word.len().abs_diff(wanted.len()) > slips || word.len() < 6;
            let distance = if far { usize::MAX } else { strsim::osa_distance(word, &wanted) };
            if distance <= slips {
                near.push((distance, *code));
            }
        }
        let least = near.iter().map(|(distance, _)| *distance).min()?;
        let mut best = near.iter().filter(|(distance, _)| *distance == least).map(|(_, code)| code);
        let first = best.next()?;
        best.all(|code| code == first).then_some(*first)
    }

    /// The codes of words that begin as a text which breaks off: `An sinh` of `An sinh xã hội`.
    fn begun(&self, wanted: &str) -> Vec<T> {
        if wanted.len() < SHORTEST_BEGINNING {
            return Vec::new();
        }
        let begun = self.words.iter().filter(|(word, _)| word.starts_with(wanted));
        begun.map(|(_, code)| *code).collect()
    }

    /// The canonical name that is most like a text, to be offered in a message.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        let wanted = key(text);
        let (likeness, name) = self
            .names
            .iter()
            .map(|(_, name)| (strsim::jaro_winkler(&key(name), &wanted), name.as_str()))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        (likeness >= 0.7).then_some(name)
    }
}

/// A text without the words that often stand before a name of the list: `Về đất đai`.
fn strip_lead(text: &str) -> &str {
    let text = text.trim();
    let lead = text.split_whitespace().next().map(key);
    let skip = match lead.as_deref() {
        Some("ve" | "thuoc") => 1,
        Some("linh") => 2,
        _ => return text,
    };
    let mut rest = text;
    for _ in 0..skip {
        rest = rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use crate::model::Kind;
    use crate::normalise::Codes;

    #[test]
    fn slips_of_the_pen_lead_to_the_one_near_code() {
        let codes = Codes::load().unwrap();
        for (text, expected) in [
            ("Giao thôn", Some("L05")),
            ("Lĩnh vực đất đai", Some("L01")),
            ("Về môi trường", Some("L06")),
            ("Đất đai, môi trường", None),
            ("L01 - Đất đaig", Some("L01")),
            ("L02 - Đất đaig", None),
            ("Tôn giáo", None),
            ("An sinh", Some("L13")),
            ("An ninhh", Some("L07")),
            ("Trật tự", None),
            ("Chính sách", None),
            ("", None),
        ] {
            let read = codes.subject.read_near(text).map(|subject| subject.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("Định kì", Some(Kind::Periodic)),
            ("Đột xuât", Some(Kind::AdHoc)),
            ("Thường xuyên", None),
        ] {
            assert_eq!(codes.kind.read(text).or(codes.kind.read_near(text)), expected, "{text}");
        }
        for text in ["Đan giải quyết", "Chủ tịch HĐND", "Trưởng thôn"] {
            assert_eq!(codes.outcome.read_near(text), None, "{text}");
            assert_eq!(codes.chair.read_near(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_alike_is_not_offered() {
        let codes = Codes::load().unwrap();
        assert_eq!(codes.kind.nearest("Định kì"), Some("Định kỳ"));
        assert_eq!(codes.kind.nearest("xyz"), None);
    }
}
