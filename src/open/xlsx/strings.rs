//! The table of shared strings (chuỗi dùng chung), kept as one run of text with the ends of its pieces.

use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::Run;
use crate::open::xml::{Xml, local, push_reference, push_text};
use quick_xml::events::Event;

/// The shared strings of a workbook.
#[derive(Debug, Default)]
pub(in crate::open) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The string of that number.
    pub(in crate::open) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// Reads the part; the count it declares is never looked at.
    pub(super) fn read(mut xml: Xml<'_>, limits: &Limits) -> Result<Self, Fault> {
        let mut strings = Self::default();
        let (mut in_text, mut phonetic, mut run) = (false, false, Run::default());
        loop {
            match xml.next()? {
                Event::Start(tag) => match local(tag.name()) {
                    "t" => {
                        in_text = !phonetic;
                        let start = strings.ends.last().copied().unwrap_or_default();
                        run.begin(&mut strings.text, start);
                    }
                    // Reading aids above East Asian text are no part of it.
                    "rPh" => (phonetic, run) = (true, Run::default()),
                    "r" => run = Run::default(),
                    "si" if !phonetic => {
                        if let Some(text) = xml.only_child("t") {
                            push_text(&mut strings.text, text);
                            strings.close(limits)?;
                        }
                    }
                    name => run.note(name, &tag),
                },
                Event::Empty(tag) => match local(tag.name()) {
                    "si" => strings.close(limits)?,
                    name => run.note(name, &tag),
                },
                Event::End(tag) => match local(tag.name()) {
                    "t" => {
                        in_text = false;
                        run.end(&mut strings.text);
                    }
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
            if strings.text.len() > limits.text_bytes {
                return Err(Passed::Text(limits.text_bytes).into());
            }
        }
    }

    /// Adds one more string, which holds no escapes.
    pub(in crate::open) fn add(&mut self, text: &str, limits: &Limits) -> Result<(), Fault> {
        self.text.push_str(text);
        if self.text.len() > limits.text_bytes {
            return Err(Passed::Text(limits.text_bytes).into());
        }
        self.end(limits)
    }

    fn close(&mut self, limits: &Limits) -> Result<(), Fault> {
        let start = self.ends.last().copied().unwrap_or_default();
        decode_escapes(&mut self.text, start);
        self.end(limits)
    }

    fn end(&mut self, limits: &Limits) -> Result<(), Fault> {
        if self.ends.len() >= limits.shared_strings {
            return Err(Passed::SharedStrings(limits.shared_strings).into());
        }
        // A blank string is an empty cell: kept, it would be looked through for every cell that names it.
        let start = self.ends.last().copied().unwrap_or_default();
        if self.text.get(start..).is_some_and(|text| text.trim_start().is_empty()) {
            self.text.truncate(start);
        }
        self.ends.push(self.text.len());
        Ok(())
    }
}

/// Resolves `_x000D_` escapes from that place on; `_x005F_` guards an underscore.
pub(super) fn decode_escapes(text: &mut String, start: usize) {
    let Some(tail) = text.get(start..).filter(|tail| tail.contains("_x")) else { return };
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
            assert_eq!(strings.get(index), expected, "{index}");
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
        assert_eq!(strings.get(0), Some("&b;"));
    }
}
