//! XML as a guarded run of events: no entity is expanded, no piece and no nesting grows without end.

use super::fault::Fault;
use super::limits::{Limits, Passed};
use super::xml_tokens::Tokens;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

/// What a damaged part is called.
const DAMAGED: Fault = Fault::Broken("nội dung XML bên trong bị hỏng");

/// A run of XML events, from memory or from a stream that is inflated on the way.
pub(super) struct Xml<'a> {
    source: Source<'a>,
    depth: usize,
    max_depth: usize,
    max_piece: usize,
}

enum Source<'a> {
    Whole(Tokens<'a>),
    Stream(Box<Stream<'a>>),
}

struct Stream<'a> {
    reader: Reader<Metered<'a>>,
    buffer: Vec<u8>,
}

impl<'a> Xml<'a> {
    /// Reads XML that lies in memory.
    pub(super) fn whole(bytes: &'a [u8], limits: &Limits) -> Self {
        Self::new(Source::Whole(Tokens::new(bytes)), limits)
    }

    /// Reads XML that is inflated on the way and must come out with that size and checksum.
    pub(super) fn stream(packed: &'a [u8], size: u64, crc: u32, limits: &Limits) -> Self {
        let metered =
            Metered { inner: Checked::new(packed, size, crc), left: limits.xml_piece_bytes };
        let stream = Stream { reader: Reader::from_reader(metered), buffer: Vec::new() };
        Self::new(Source::Stream(Box::new(stream)), limits)
    }

    fn new(source: Source<'a>, limits: &Limits) -> Self {
        let (max_depth, max_piece) = (limits.xml_depth, limits.xml_piece_bytes);
        Self { source, depth: 0, max_depth, max_piece }
    }

    /// The next event; an end of file inside an element is a damage.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Fault> {
        let event = match &mut self.source {
            Source::Whole(tokens) => {
                let before = tokens.left();
                let event = tokens.next().map_err(|_| DAMAGED)?;
                if before - tokens.left() > self.max_piece {
                    return Err(Passed::XmlPiece(self.max_piece).into());
                }
                event
            }
            Source::Stream(stream) => {
                let Stream { reader, buffer } = &mut **stream;
                buffer.clear();
                reader.get_mut().left = self.max_piece;
                match reader.read_event_into(buffer) {
                    Ok(event) => event,
                    Err(quick_xml::Error::Io(error))
                        if error.kind() == io::ErrorKind::FileTooLarge =>
                    {
                        return Err(Passed::XmlPiece(self.max_piece).into());
                    }
                    Err(_) => return Err(DAMAGED),
                }
            }
        };
        match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > self.max_depth {
                    return Err(Passed::XmlDepth(self.max_depth).into());
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(DAMAGED),
            _ => {}
        }
        Ok(event)
    }

    /// What `known` makes out of the text that follows: whole elements, one in the other at most, taken in one step.
    /// Else nothing is taken, and the events come one by one.
    pub(super) fn step<T>(
        &mut self,
        known: impl FnOnce(&'a str) -> Option<(T, usize)>,
    ) -> Option<T> {
        match &mut self.source {
            Source::Whole(tokens) if self.depth.saturating_add(2) <= self.max_depth => {
                tokens.step(self.max_piece, known)
            }
            _ => None,
        }
    }
}

/// The name of a tag without its prefix: short, so bytes are looked at one by one.
pub(super) fn local(name: QName<'_>) -> &str {
    let name = name.into_inner();
    // Nearly all tags of a sheet have one letter.
    if name.len() == 1 {
        return name;
    }
    let colon = name.bytes().position(|b| b == b':');
    colon.and_then(|colon| name.get(colon + 1..)).unwrap_or(name)
}

/// The attributes of a tag: local names with their values as written; ends where they are ill-formed.
pub(super) fn attributes<'t>(tag: &'t BytesStart<'_>) -> Attributes<'t> {
    Attributes { rest: tag.attributes_raw() }
}

/// Runs through the attributes of a tag.
pub(super) struct Attributes<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    // A cell has three of these: half the cost of a general parser shows in every file.
    fn next(&mut self) -> Option<(&'t str, &'t str)> {
        let at = self.rest.bytes().position(|b| b == b'=')?;
        let (key, after) =
            (self.rest.get(..at)?.trim_ascii(), self.rest.get(at + 1..)?.trim_ascii_start());
        let quote = after.bytes().next().filter(|b| matches!(b, b'"' | b'\''))?;
        let after = after.get(1..)?;
        let end = after.bytes().position(|b| b == quote)?;
        self.rest = after.get(end + 1..)?;
        let colon = key.bytes().position(|b| b == b':').map_or(0, |colon| colon + 1);
        Some((key.get(colon..)?, after.get(..end)?))
    }
}

/// The value of an attribute with its references resolved; what cannot be resolved stays as written.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if value.as_bytes().contains(&b'&') {
        quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
    } else {
        Cow::Borrowed(value)
    }
}

/// Appends the character that a reference stands for; an entity of the file's own stays as written.
pub(super) fn push_reference(out: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        out.push(c);
        return;
    }
    let name: &str = reference;
    match name {
        "amp" => out.push('&'),
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        _ => {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
}

/// Appends text with its line ends made one character.
pub(super) fn push_text(out: &mut String, text: &str) {
    if text.as_bytes().contains(&b'\r') {
        out.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        out.push_str(text);
    }
}

/// Inflated bytes that must end at the declared size with the declared checksum.
pub(super) struct Checked<'a> {
    inner: DeflateDecoder<&'a [u8]>,
    left: u64,
    crc: Crc,
    wanted: u32,
}

impl<'a> Checked<'a> {
    /// Inflates on the way what must come out with that size and checksum.
    pub(super) fn new(packed: &'a [u8], size: u64, crc: u32) -> BufReader<Self> {
        let inner = DeflateDecoder::new(packed);
        BufReader::with_capacity(
            64 * 1024,
            Self { inner, left: size, crc: Crc::new(), wanted: crc },
        )
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let sound = if count == 0 {
            out.is_empty() || (self.left == 0 && self.crc.sum() == self.wanted)
        } else {
            self.crc.update(out.get(..count).unwrap_or_default());
            let taken = u64::try_from(count).unwrap_or(u64::MAX);
            self.left.checked_sub(taken).map(|left| self.left = left).is_some()
        };
        if sound { Ok(count) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// A reader that gives out only so many bytes for one event.
struct Metered<'a> {
    inner: BufReader<Checked<'a>>,
    left: usize,
}

impl Read for Metered<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}
