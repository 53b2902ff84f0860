//! The table of shared strings (chuỗi dùng chung).

use super::plain;
use crate::model::text::begins_plainly;
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::Run;
use crate::open::xml::{Xml, local, push_reference, push_text};
use memchr::memchr;
use quick_xml::events::Event;
use smol_str::SmolStr;

/// Strings of a usual form.
const USUAL: usize = 128;

/// The shared strings of a workbook. Cells share the long ones, however many name them.
#[derive(Debug, Default)]
pub(in crate::open) struct Strings {
    all: Vec<SmolStr>,
    /// Bytes of all of them.
    bytes: usize,
    /// The one that is being read.
    text: String,
}

impl Strings {
    /// The string of that number; an empty one where it is blank.
    pub(in crate::open) fn get(&self, index: usize) -> Option<&SmolStr> {
        self.all.get(index)
    }

    /// Reads the part; the count it declares is never looked at.
    pub(super) fn read(mut xml: Xml<'_>, limits: &Limits) -> Result<Self, Fault> {
        let mut strings = Self { all: Vec::with_capacity(USUAL), ..Self::default() };
        let (mut in_text, mut phonetic, mut run) = (false, false, Run::default());
        loop {
            while !in_text
                && !phonetic
                && strings.text.is_empty()
                && let Some(text) = xml.step(plain::string)
            {
                strings.plain(text, limits)?;
                strings.check(limits)?;
            }
            match xml.next()? {
                Event::Start(tag) => match local(tag.name()) {
                    "t" => {
                        in_text = !phonetic;
                        if in_text {
                            run.begin(&mut strings.text);
                        }
                    }
                    // Reading aids above East Asian text are no part of it.
                    "rPh" => (phonetic, run) = (true, Run::default()),
                    "r" => run = Run::default(),
                    name => run.note(name, &tag),
                },
                Event::Empty(tag) => match local(tag.name()) {
                    "si" => strings.close(limits)?,
                    name => run.note(name, &tag),
                },
                Event::End(tag) => match local(tag.name()) {
                    "t" if std::mem::take(&mut in_text) => run.end(&mut strings.text),
                    "rPh" => phonetic = false,
                    "si" => {
                        run = Run::default();
                        strings.close(limits)?;
                    }
                    _ => {}
                },
                Event::Text(text) if in_text => push_text(&mut strings.text, &text),
                Event::CData(text) if in_text => push_text(&mut strings.text, &text),
                Event::GeneralRef(name) if in_text => push_reference(&mut strings.text, &name),
                Event::Eof => return Ok(strings),
                _ => {}
            }
            strings.check(limits)?;
        }
    }

    fn check(&self, limits: &Limits) -> Result<(), Fault> {
        let over = self.bytes + self.text.len() > limits.text_bytes;
        if over { Err(Passed::Text(limits.text_bytes).into()) } else { Ok(()) }
    }

    /// Adds one more string, which holds no escapes.
    pub(in crate::open) fn add(&mut self, text: &str, limits: &Limits) -> Result<(), Fault> {
        self.text.push_str(text);
        self.check(limits)?;
        self.end(limits)
    }

    /// Adds a string that was told whole: nearly all are, and are copied once.
    fn plain(&mut self, text: &str, limits: &Limits) -> Result<(), Fault> {
        if may_escape(text) {
            self.text.push_str(text);
            return self.close(limits);
        }
        self.keep(text, limits)
    }

    fn close(&mut self, limits: &Limits) -> Result<(), Fault> {
        decode_escapes(&mut self.text, 0);
        self.end(limits)
    }

    fn end(&mut self, limits: &Limits) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.text);
        self.keep(&text, limits)?;
        self.text = text;
        self.text.clear();
        Ok(())
    }

    fn keep(&mut self, text: &str, limits: &Limits) -> Result<(), Fault> {
        if self.all.len() >= limits.shared_strings {
            return Err(Passed::SharedStrings(limits.shared_strings).into());
        }
        // A blank string is an empty cell: kept, it would be looked through for every cell that names it.
        let blank = !begins_plainly(text) && text.trim_start().is_empty();
        let text = if blank { SmolStr::default() } else { SmolStr::new(text) };
        self.bytes += text.len();
        self.all.push(text);
        Ok(())
    }
}

/// Whether a text may hold escapes: nearly all are done with after a look for the first letter.
fn may_escape(text: &str) -> bool {
    memchr(b'_', text.as_bytes()).is_some() && text.contains("_x")
}

/// Resolves `_x000D_` escapes from that place on; `_x005F_` guards an underscore.
pub(super) fn decode_escapes(text: &mut String, start: usize) {
    let Some(tail) = text.get(start..).filter(|tail| may_escape(tail)) else { return };
    let tail = tail.to_owned();
    text.truncate(start);
    let (mut rest, mut units) = (tail.as_str(), Vec::new());
    while let Some((plain, after)) = rest.split_once("_x") {
        if !plain.is_empty() {
            flush(text, &mut units);
            text.push_str(plain);
        }
        if let Some((unit, next)) = escape(after) {
            units.push(unit);
            rest = next;
        } else {
            flush(text, &mut units);
            text.push_str("_x");
            rest = after;
        }
    }
    flush(text, &mut units);
    text.push_str(rest);
}

/// The unit that an escape stands for, given what follows its `_x`, and what comes after it.
fn escape(after: &str) -> Option<(u16, &str)> {
    let (hex, next) = after.split_at_checked(4)?;
    let next = next.strip_prefix('_')?;
    let digits = hex.bytes().all(|b| b.is_ascii_hexdigit());
    Some((u16::from_str_radix(hex, 16).ok().filter(|_| digits)?, next))
}

/// Appends the UTF-16 units gathered from neighbouring escapes.
fn flush(text: &mut String, units: &mut Vec<u16>) {
    if !units.is_empty() {
        text.push_str(&String::from_utf16_lossy(units));
        units.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Strings {
        let limits = Limits::default();
        Strings::read(Xml::whole(xml.as_bytes(), &limits), &limits).unwrap()
    }

    #[test]
    fn runs_are_joined_and_reading_aids_left_out() {
        let strings = read(
            "<x:sst xmlns:x='n' count='4294967295' uniqueCount='4294967295'><x:si><x:t xml:space='preserve'> a </x:t></x:si>\
             <x:si><x:r><x:rPr><x:b/></x:rPr><x:t>Xã </x:t></x:r><x:r><x:t>Bảo&#32;H&#xE0; &amp; &lt;&amp;lt;</x:t></x:r>\
             <x:rPh><x:t>no</x:t></x:rPh></x:si><x:si/><x:si><x:t/></x:si><x:si><x:t>a_x000D_b_x005F_x000D_<![CDATA[<&]]></x:t></x:si></x:sst>",
        );
        for (index, expected) in [
            (0, Some(" a ")),
            (1, Some("Xã Bảo Hà & <&lt;")),
            (2, Some("")),
            (3, Some("")),
            (4, Some("a\rb_x000D_<&")),
            (5, None),
        ] {
            assert_eq!(strings.get(index).map(SmolStr::as_str), expected, "{index}");
        }
    }

    #[test]
    fn escapes() {
        for (text, expected) in [
            ("_x0041_", "A"),
            ("_xD83D__xDE00_", "\u{1F600}"),
            ("_x00zz_", "_x00zz_"),
            ("_x", "_x"),
            ("_x0041", "_x0041"),
            ("_xế_x0042_", "_xếB"),
        ] {
            let mut out = format!("giữ_x0041_{text}");
            decode_escapes(&mut out, "giữ_x0041_".len());
            assert_eq!(out, format!("giữ_x0041_{expected}"));
        }
    }

    #[test]
    fn laughs_are_not_expanded() {
        let strings = read(
            "<!DOCTYPE s [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><sst><si><t>&b;</t></si></sst>",
        );
        assert_eq!(strings.get(0).map(SmolStr::as_str), Some("&b;"));
    }
}
