//! XML that lies in memory, piece by piece: what `quick_xml` says of it, told in a third of the time.

use crate::notation::code_page::as_utf8;
use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// The XML is ill-formed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct IllFormed;

/// Runs through the pieces of an XML text. Tags and plain text, which are nearly all of a sheet, are told
/// here; references, comments and the rest are left to `quick_xml`.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    /// What is still to be read, as far as it is UTF-8.
    rest: &'a str,
    /// Whether all of it is.
    sound: bool,
    /// The names of the elements that are open.
    opened: Vec<&'a str>,
}

impl<'a> Tokens<'a> {
    /// Begins at the first byte, a byte order mark left out.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let valid = || bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let (text, sound) = as_utf8(bytes).map_or_else(|| (valid(), false), |text| (text, true));
        let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Self { rest, sound, opened: Vec::new() }
    }

    /// How many bytes are still to be read, as far as they are UTF-8.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next piece; whoever is told that it is ill-formed asks no further.
    pub(super) fn next(&mut self) -> Result<Event<'a>, IllFormed> {
        match self.rest.as_bytes() {
            [] if self.sound => Ok(Event::Eof),
            [] => Err(IllFormed),
            [b'<', b'/', ..] => self.end(),
            [b'<', b'!' | b'?', ..] | [b'&', ..] => self.seldom(),
            [b'<', ..] => self.start(),
            _ => self.text(),
        }
    }

    /// Takes in one step what `known` makes out of the text that follows, of so many bytes: whole elements, for those
    /// that are open stay so.
    pub(super) fn step<T>(
        &mut self,
        longest: usize,
        known: impl FnOnce(&'a str) -> Option<(T, usize)>,
    ) -> Option<T> {
        let (found, length) = known(self.rest).filter(|(_, length)| *length <= longest)?;
        self.rest = self.rest.get(length..)?;
        Some(found)
    }

    /// Text up to the next tag or reference.
    fn text(&mut self) -> Result<Event<'a>, IllFormed> {
        let end = self.rest.bytes().position(|b| matches!(b, b'<' | b'&'));
        let text = match end {
            Some(end) => self.take(end)?,
            None if self.sound => std::mem::take(&mut self.rest),
            None => return Err(IllFormed),
        };
        Ok(Event::Text(BytesText::from_escaped(text)))
    }

    fn start(&mut self) -> Result<Event<'a>, IllFormed> {
        let content = self.tag(1)?;
        let name_end = |content: &str| content.bytes().position(is_space).unwrap_or(content.len());
        if let Some(content) = content.strip_suffix('/') {
            return Ok(Event::Empty(BytesStart::from_content(content, name_end(content))));
        }
        let end = name_end(content);
        self.opened.push(content.get(..end).unwrap_or_default());
        Ok(Event::Start(BytesStart::from_content(content, end)))
    }

    fn end(&mut self) -> Result<Event<'a>, IllFormed> {
        if let Some(name) = self.opened.last().copied()
            && let Some(after) = self.rest.get(2..).and_then(|after| after.strip_prefix(name))
            && let Some(after) = after.strip_prefix('>')
        {
            self.rest = after;
            self.opened.pop();
            return Ok(Event::End(BytesEnd::new(name)));
        }
        let content = self.tag(2)?;
        let name = content.trim_end_matches([' ', '\t', '\r', '\n']);
        if self.opened.pop() == Some(name) {
            Ok(Event::End(BytesEnd::new(name)))
        } else {
            Err(IllFormed)
        }
    }

    /// Takes a tag, and gives what stands in it behind so many bytes; a `>` between quotes is no end.
    fn tag(&mut self, skip: usize) -> Result<&'a str, IllFormed> {
        let mut bytes = self.rest.bytes();
        let end = loop {
            match bytes.find(|b| matches!(b, b'>' | b'"' | b'\'')).ok_or(IllFormed)? {
                b'>' => break self.rest.len() - bytes.len() - 1,
                quote => bytes.find(|b| *b == quote).ok_or(IllFormed)?,
            };
        };
        let tag = self.take(end + 1)?;
        tag.get(skip..end).ok_or(IllFormed)
    }

    /// What is no tag and no text.
    fn seldom(&mut self) -> Result<Event<'a>, IllFormed> {
        let mut reader = Reader::from_reader(self.rest.as_bytes());
        let event = reader.read_event().map_err(|_| IllFormed)?;
        let length = usize::try_from(reader.buffer_position()).map_err(|_| IllFormed)?;
        self.take(length)?;
        Ok(event)
    }

    fn take(&mut self, length: usize) -> Result<&'a str, IllFormed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(IllFormed)?;
        self.rest = rest;
        Ok(taken)
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All pieces up to the end or the first fault.
    fn told<'a>(mut next: impl FnMut() -> Option<Event<'a>>) -> Vec<String> {
        let mut told = Vec::new();
        loop {
            let event = next();
            told.push(format!("{event:?}").replace("Owned", "Borrowed"));
            if matches!(event, None | Some(Event::Eof)) {
                return told;
            }
        }
    }

    fn ours(bytes: &[u8]) -> Vec<String> {
        let mut tokens = Tokens::new(bytes);
        told(|| tokens.next().ok())
    }

    fn theirs(bytes: &[u8]) -> Vec<String> {
        let mut reader = Reader::from_reader(bytes);
        told(|| reader.read_event().ok())
    }

    #[test]
    fn known_pieces_are_told_as_quick_xml_tells_them() {
        for xml in [
            "<?xml version='1.0'?>\n<a b='1>2' c=\"'>\"><d/>x &amp; y<!-- <e> --><![CDATA[<&]]></a >\n",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "\u{FEFF}<x:a/>",
            "<a\nb='c'\t/>",
        ] {
            assert_eq!(ours(xml.as_bytes()), theirs(xml.as_bytes()), "{xml}");
        }
        for xml in ["", " ", "chữ", "<", "<>", "</>", "<></>", "< a></ a>", "<a></b>", "<a/"] {
            assert_eq!(ours(xml.as_bytes()), theirs(xml.as_bytes()), "{xml}");
        }
        for xml in ["<a '>'>", "<a / >", "</a>", "<a>", "<a></a b=''>", "&", "&amp", "a&b<c/>"] {
            assert_eq!(ours(xml.as_bytes()), theirs(xml.as_bytes()), "{xml}");
        }
        for xml in ["<!x>", "<!-->", "<?>", "<a//>", "<//>", "<a'b>'></a'b>"] {
            assert_eq!(ours(xml.as_bytes()), theirs(xml.as_bytes()), "{xml}");
        }
    }

    #[test]
    fn whole_elements_are_taken_in_one_step() {
        let known = |text: &str| text.starts_with("<b>x</b>").then_some(("b", 8));
        for (longest, found, next) in [(8, Some("b"), "End(\"a\")"), (7, None, "Start(\"b\")")] {
            let mut tokens = Tokens::new(b"<a><b>x</b></a>");
            tokens.next().unwrap();
            assert_eq!(tokens.step(longest, known), found);
            let told = match tokens.next().unwrap() {
                Event::Start(tag) => format!("Start({:?})", tag.name().into_inner()),
                Event::End(tag) => format!("End({:?})", tag.name().into_inner()),
                other => format!("{other:?}"),
            };
            assert_eq!(told, next);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn any_bytes_are_told_as_quick_xml_tells_them(
            pieces in prop::collection::vec(prop::sample::select(vec![
                &b"<"[..], b">", b"/", b"</", b"/>", b"a", b"ab", b" ", b"\n", b"=", b"'", b"\"", b"&", b"&amp;", b"!", b"?",
                b"<a>", b"</a>", b"<b>", b"<b c='d'>", b"</b>", b"<a><b>", b"</b></a>", b"<!--", b"-->", b"<![CDATA[", b"]]>",
                b"<?", b"?>", b"<!DOCTYPE x>", "\u{1EBF}".as_bytes(), "\u{FEFF}".as_bytes(), b"\xFF", b"\xE1",
            ]), 0..14),
        ) {
            let bytes = pieces.concat();
            prop_assert_eq!(ours(&bytes), theirs(&bytes));
        }
    }
}
