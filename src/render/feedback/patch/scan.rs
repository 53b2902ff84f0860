//! The tags of an XML text with their places in it, so that one tag can change and every other byte stay.

use super::PatchError;
use std::ops::Range;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Empty,
}

/// One tag as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// What it does.
    pub(super) role: Role,
    /// Its first byte in the text.
    pub(super) start: usize,
    /// The byte behind its last.
    pub(super) end: usize,
    /// In how many elements it stands; the root's is 0.
    pub(super) depth: usize,
    raw: &'a str,
}

impl<'a> Tag<'a> {
    /// Its name with the prefix.
    pub(super) fn name(&self) -> &'a str {
        let inner = self.raw.trim_start_matches(['<', '/']);
        let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        inner.get(..end.unwrap_or(inner.len())).unwrap_or_default()
    }

    /// Its name without the prefix.
    pub(super) fn local(&self) -> &'a str {
        local(self.name())
    }

    /// The prefix with its colon; empty where there is none.
    pub(super) fn prefix(&self) -> &'a str {
        let name = self.name();
        name.get(..name.len() - local(name).len()).unwrap_or_default()
    }

    /// Whether it opens an element of that name.
    pub(super) fn opens(&self, local: &str) -> bool {
        self.role != Role::Close && self.local() == local
    }

    /// The attributes: name with prefix, value as written, place of the value in the text.
    pub(super) fn attributes(&self) -> impl Iterator<Item = Attribute<'a>> {
        let (raw, start) = (self.raw, self.start);
        let mut at = 1 + self.name().len();
        std::iter::from_fn(move || {
            let rest = raw.get(at..)?;
            let equals = rest.find('=')?;
            let name = rest.get(..equals)?.trim_ascii();
            let behind = rest.get(equals + 1..)?;
            let quote = behind.find(['"', '\''])?;
            let mark = behind.get(quote..=quote)?;
            let value = behind.get(quote + 1..)?;
            let value = value.get(..value.find(mark)?)?;
            let from = at + equals + 1 + quote + 1;
            at = from + value.len() + 1;
            Some(Attribute { name, value, place: start + from..start + from + value.len() })
        })
    }

    /// The attribute of that local name.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Attribute<'a>> {
        self.attributes().find(|attribute| local(attribute.name) == wanted)
    }

    /// The value of the attribute of that local name.
    pub(super) fn value(&self, wanted: &str) -> Option<&'a str> {
        self.attribute(wanted).map(|attribute| attribute.value)
    }

    /// Where a further attribute can be written.
    pub(super) fn room(&self) -> usize {
        self.end - if self.role == Role::Empty { 2 } else { 1 }
    }
}

/// One attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    /// Its name with the prefix.
    pub(super) name: &'a str,
    /// Its value as written.
    pub(super) value: &'a str,
    /// Where the value stands.
    pub(super) place: Range<usize>,
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// All tags of a text in their order; an error where the text ends inside one.
pub(super) fn tags(text: &str) -> Tags<'_> {
    Tags { text, at: 0, depth: 0, failed: false }
}

/// Runs through the tags.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    failed: bool,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Result<Tag<'a>, PatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.failed {
                return None;
            }
            let start = self.at + self.text.get(self.at..)?.find('<')?;
            let rest = self.text.get(start..)?;
            let passed = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
                .into_iter()
                .find(|(from, _)| rest.starts_with(from));
            if let Some((from, to)) = passed {
                match rest.get(from.len()..).and_then(|inner| inner.find(to)) {
                    Some(length) => self.at = start + from.len() + length + to.len(),
                    None => return Some(Err(self.fail())),
                }
                continue;
            }
            let Some(length) = tag_length(rest.as_bytes()) else { return Some(Err(self.fail())) };
            self.at = start + length;
            let raw = rest.get(..length)?;
            let role = match raw {
                raw if raw.starts_with("</") => Role::Close,
                raw if raw.ends_with("/>") => Role::Empty,
                _ => Role::Open,
            };
            if role == Role::Close {
                let Some(depth) = self.depth.checked_sub(1) else { return Some(Err(self.fail())) };
                self.depth = depth;
            }
            let tag = Tag { role, start, end: self.at, depth: self.depth, raw };
            if role == Role::Open {
                self.depth += 1;
            }
            return Some(Ok(tag));
        }
    }
}

impl Tags<'_> {
    fn fail(&mut self) -> PatchError {
        self.failed = true;
        PatchError::Xml
    }
}

/// How long a tag is: to the first `>` that is not quoted.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut quoted = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match (quoted, byte) {
            (None, b'"' | b'\'') => quoted = Some(byte),
            (None, b'>') => return Some(at + 1),
            (Some(mark), _) if mark == byte => quoted = None,
            _ => {}
        }
    }
    None
}

/// Changes to a text, each at its place; what is not named stays as it is.
#[derive(Debug)]
pub(super) struct Edits<'a> {
    text: &'a str,
    all: Vec<(Range<usize>, String)>,
}

impl<'a> Edits<'a> {
    /// No change yet.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, all: Vec::new() }
    }

    /// Puts words in place of those that stand there.
    pub(super) fn replace(&mut self, place: Range<usize>, words: impl Into<String>) {
        self.all.push((place, words.into()));
    }

    /// Puts words before the byte at that place.
    pub(super) fn insert(&mut self, at: usize, words: impl Into<String>) {
        self.replace(at..at, words);
    }

    /// Gives an attribute that value.
    pub(super) fn set(&mut self, tag: &Tag<'_>, name: &str, value: &str) {
        match tag.attribute(name) {
            Some(known) => self.replace(known.place, value),
            None => self.insert(tag.room(), format!(" {name}=\"{value}\"")),
        }
    }

    /// Adds to the end of the element that `open` begins and that `close` ends, when it is not empty.
    pub(super) fn append(&mut self, open: &Tag<'_>, close: Option<&Tag<'_>>, words: &str) {
        match close {
            Some(close) => self.insert(close.start, words),
            None => {
                self.replace(open.end - 2..open.end, format!(">{words}</{}>", open.name()));
            }
        }
    }

    /// The text with all changes; those at one place in the order in which they were made.
    pub(super) fn finish(mut self) -> String {
        self.all.sort_by_key(|(place, _)| (place.start, place.end));
        let more: usize = self.all.iter().map(|(_, words)| words.len()).sum();
        let mut out = String::with_capacity(self.text.len() + more);
        let mut done = 0;
        for (place, words) in &self.all {
            out.push_str(self.text.get(done..place.start).unwrap_or_default());
            out.push_str(words);
            done = done.max(place.end);
        }
        out.push_str(self.text.get(done..).unwrap_or_default());
        out
    }

    /// Whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: &str = "<?xml version='1.0'?><!-- <c/> --><x:a xmlns:x='u' q=\"a>b\"><![CDATA[<c>]]>\
                          <x:b r:id = 'r1' s=\"\"/>t</x:a >";

    #[test]
    fn tags_stand_where_they_are_written() {
        let found: Vec<_> = tags(SAMPLE).map(Result::unwrap).collect();
        let seen: Vec<_> = found.iter().map(|tag| (tag.role, tag.name(), tag.depth)).collect();
        assert_eq!(
            seen,
            [(Role::Open, "x:a", 0), (Role::Empty, "x:b", 1), (Role::Close, "x:a", 0)]
        );
        assert_eq!((found[1].local(), found[1].prefix()), ("b", "x:"));
        let id = found[1].attribute("id").unwrap();
        assert_eq!((id.name, id.value, &SAMPLE[id.place]), ("r:id", "r1", "r1"));
        assert_eq!(found[0].value("q"), Some("a>b"));
        assert_eq!(found[1].value("s"), Some(""));
        assert_eq!(found[1].value("t"), None);
    }

    #[test]
    fn edits_touch_what_they_name() {
        let found: Vec<_> = tags(SAMPLE).map(Result::unwrap).collect();
        let mut edits = Edits::new(SAMPLE);
        edits.set(&found[1], "s", "7");
        edits.set(&found[1], "t", "8");
        edits.append(&found[1], None, "<n/>");
        edits.append(&found[0], Some(&found[2]), "z");
        assert!(edits.finish().ends_with("<x:b r:id = 'r1' s=\"7\" t=\"8\"><n/></x:b>tz</x:a >"));
        assert_eq!(Edits::new(SAMPLE).finish(), SAMPLE);
    }

    #[test]
    fn a_text_that_breaks_off_is_an_error() {
        for text in ["<a", "<a b='>", "<!-- x", "</a>", "<![CDATA[ x"] {
            assert!(tags(text).any(|tag| tag.is_err()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_gone_through(text in "[<>/a'\" =!?-]{0,40}|\\PC{0,40}") {
            for tag in tags(&text).flatten() {
                prop_assert!(tag.start < tag.end && tag.end <= text.len());
                prop_assert!(tag.attributes().count() <= text.len());
            }
        }
    }
}
