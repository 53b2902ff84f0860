//! Sheet rows as XML, written straight from the figures: a library's cell table costs five times as much.

use crate::model::cell::column_letters;
use crate::render::digits::{decimal, push_decimal};
use chrono::NaiveDate;
use std::ops::Range;

/// The longest text that a cell can hold, in UTF-16 units.
const MAX_TEXT: usize = 32_767;
/// What is put behind a text that had to be cut.
const CUT: &str = " … (cắt bớt, xem tệp gốc)";

/// The height of a row of one line, in points, and the most that a row can have.
const LINE: usize = 15;
const MAX_HEIGHT: usize = 409;
/// Stands where a row's height is written once its texts are known.
const HEIGHT_ROOM: &[u8] = b"00.00";

/// What one sample row says of a column.
#[derive(Debug)]
struct StampCell {
    /// The bytes before the row number.
    before: Vec<u8>,
    /// The bytes behind it: the style.
    after: Vec<u8>,
    /// The same of a number, up to its digits.
    number: Vec<u8>,
    /// The same of a text, up to the end of the tag before it.
    text: Vec<u8>,
    /// Characters that fit one line.
    room: usize,
}

/// The styles of one sample row.
#[derive(Debug, Default)]
pub(super) struct Stamp(Vec<StampCell>);

impl Stamp {
    /// Takes the style of each cell from a row that the library wrote; `room` is how many characters
    /// fit one line of each column.
    pub(super) fn of_row(xml: &str, room: &[usize]) -> Self {
        let cells = xml.split("<c ").skip(1).zip(room).zip(0u32..).map(|((cell, room), col)| {
            let tag = cell.split('>').next().unwrap_or_default();
            let style = tag.split("s=\"").nth(1).and_then(|rest| rest.split('"').next());
            let after = format!("\" s=\"{}\"", style.unwrap_or("0"));
            StampCell {
                before: format!("<c r=\"{}", column_letters(col)).into_bytes(),
                number: format!("{after}><v>").into_bytes(),
                text: format!("{after} t=\"inlineStr\"><is><t").into_bytes(),
                after: after.into_bytes(),
                room: (*room).max(1),
            }
        });
        Self(cells.collect())
    }
}

/// Writes cells of one row after the other, each in the style of its column.
pub(super) struct RowWriter<'a> {
    out: &'a mut Vec<u8>,
    stamps: &'a [Stamp],
    kind: usize,
    col: usize,
    row: u32,
    digits: [u8; 10],
    used: Range<usize>,
    lines: usize,
    height_at: usize,
}

impl<'a> RowWriter<'a> {
    /// Starts with no row open.
    pub(super) fn new(out: &'a mut Vec<u8>, stamps: &'a [Stamp]) -> Self {
        Self {
            out,
            stamps,
            kind: 0,
            col: 0,
            row: 0,
            digits: [0; 10],
            used: 0..0,
            lines: 1,
            height_at: 0,
        }
    }

    /// Opens a row, counted from zero, in the style of that sample row.
    pub(super) fn open(&mut self, row: u32, kind: usize) {
        (self.row, self.kind, self.col) = (row, kind, 0);
        self.used = decimal(&mut self.digits, u64::from(row) + 1);
        self.out.extend_from_slice(b"<row r=\"");
        self.push_row();
        self.out.extend_from_slice(b"\" ht=\"");
        (self.lines, self.height_at) = (1, self.out.len());
        self.out.extend_from_slice(HEIGHT_ROOM);
        self.out.extend_from_slice(b"\">");
    }

    /// Closes the row and gives it the height of its longest text: not every program finds it itself.
    pub(super) fn close(&mut self) {
        let height = (self.lines * LINE).min(MAX_HEIGHT);
        // Both forms take the room that was left for them.
        let text = if height < 100 { format!("{height}.00") } else { format!("{height}.0") };
        let room = self.out.get_mut(self.height_at..self.height_at + HEIGHT_ROOM.len());
        for (slot, digit) in room.into_iter().flatten().zip(text.bytes()) {
            *slot = digit;
        }
        self.out.extend_from_slice(b"</row>");
    }

    /// The next cells take their style from another sample row.
    pub(super) fn style(&mut self, kind: usize) {
        self.kind = kind;
    }

    /// The open row, counted from one as formulas do.
    pub(super) const fn number_of_row(&self) -> u32 {
        self.row + 1
    }

    /// An empty cell.
    pub(super) fn blank(&mut self) {
        self.head(|stamp| &stamp.after);
        self.out.extend_from_slice(b"/>");
    }

    /// A text, never a formula and never a link, whatever it begins with.
    pub(super) fn text(&mut self, text: &str) {
        self.make_room(text);
        self.head(|stamp| &stamp.text);
        push_text(self.out, text);
        self.out.extend_from_slice(b"</t></is></c>");
    }

    /// A whole number.
    pub(super) fn number(&mut self, value: u64) {
        self.head(|stamp| &stamp.number);
        self.push_number(value);
        self.out.extend_from_slice(b"</v></c>");
    }

    /// A day, as the serial number that spreadsheets count from 1900.
    pub(super) fn date(&mut self, day: NaiveDate) {
        match serial(day) {
            Some(serial) => self.number(serial),
            None => self.text(&day.format("%d/%m/%Y").to_string()),
        }
    }

    /// A formula of ours with its number.
    pub(super) fn formula(&mut self, formula: &str, value: u64) {
        self.head(|stamp| &stamp.after);
        self.out.extend_from_slice(b"><f>");
        push_escaped(self.out, formula);
        self.out.extend_from_slice(b"</f><v>");
        self.push_number(value);
        self.out.extend_from_slice(b"</v></c>");
    }

    /// A formula of ours that divides two counts.
    pub(super) fn ratio_formula(&mut self, formula: &str, part: u64, whole: u64) {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
        let ratio = part as f64 / whole as f64;
        self.fraction(formula, &ratio.to_string());
    }

    /// A formula of ours that takes one count from another.
    pub(super) fn difference_formula(&mut self, formula: &str, from: u64, take: u64) {
        self.fraction(formula, &(i128::from(from) - i128::from(take)).to_string());
    }

    /// A formula of ours with a number that may be below zero.
    pub(super) fn signed_formula(&mut self, formula: &str, value: i128) {
        self.fraction(formula, &value.to_string());
    }

    fn fraction(&mut self, formula: &str, value: &str) {
        self.head(|stamp| &stamp.after);
        self.out.extend_from_slice(b"><f>");
        push_escaped(self.out, formula);
        self.out.extend_from_slice(b"</f><v>");
        self.out.extend_from_slice(value.as_bytes());
        self.out.extend_from_slice(b"</v></c>");
    }

    /// A formula of ours with its text.
    pub(super) fn text_formula(&mut self, formula: &str, value: &str) {
        self.head(|stamp| &stamp.after);
        self.out.extend_from_slice(b" t=\"str\"><f>");
        push_escaped(self.out, formula);
        self.out.extend_from_slice(b"</f><v>");
        push_escaped(self.out, value);
        self.out.extend_from_slice(b"</v></c>");
    }

    fn stamp(&self) -> Option<&'a StampCell> {
        self.stamps.get(self.kind)?.0.get(self.col)
    }

    /// What stands before the content of the next cell, up to that part of its stamp.
    fn head(&mut self, upto: impl Fn(&StampCell) -> &[u8]) {
        if let Some(stamp) = self.stamp() {
            self.out.extend_from_slice(&stamp.before);
            self.push_row();
            self.out.extend_from_slice(upto(stamp));
        }
        self.col += 1;
    }

    /// Lines that a text takes: words are short in Vietnamese, so a line loses little at its end.
    fn make_room(&mut self, text: &str) {
        let room = self.stamp().map_or(usize::MAX, |stamp| stamp.room);
        // A character has at least one byte: most texts are short and need no counting.
        if text.len() > room {
            let lines = text.chars().count().div_ceil(room) + text.matches('\n').count();
            self.lines = self.lines.max(lines);
        }
    }

    fn push_row(&mut self) {
        self.out.extend_from_slice(self.digits.get(self.used.clone()).unwrap_or_default());
    }

    fn push_number(&mut self, value: u64) {
        push_decimal(self.out, value);
    }
}

/// Days since the spreadsheets' day 0; none before 1900-03-01, where their calendar has a false day.
pub(super) fn serial(day: NaiveDate) -> Option<u64> {
    let days = day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    u64::try_from(days).ok().filter(|days| *days > 60)
}

/// The rest of a `<t>` tag and its text, cut to what a cell can hold.
fn push_text(out: &mut Vec<u8>, text: &str) {
    let edge = |c: Option<char>| c.is_some_and(char::is_whitespace);
    if edge(text.chars().next()) || edge(text.chars().next_back()) {
        out.extend_from_slice(b" xml:space=\"preserve\"");
    }
    out.push(b'>');
    // No text of fewer bytes has more UTF-16 units.
    if text.len() <= MAX_TEXT || text.encode_utf16().count() <= MAX_TEXT {
        return push_escaped(out, text);
    }
    let mut left = MAX_TEXT - CUT.encode_utf16().count();
    let kept = text.char_indices().find_map(|(at, c)| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(at),
    });
    push_escaped(out, text.get(..kept.unwrap_or(text.len())).unwrap_or_default());
    push_escaped(out, CUT);
}

/// Escapes markup, and characters that XML cannot hold in the spreadsheets' way (`_x0007_`).
pub(in crate::render) fn push_escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    if !may_need_escapes(bytes) {
        return out.extend_from_slice(bytes);
    }
    let mut done = 0;
    let mut chunk = |out: &mut Vec<u8>, upto: usize, instead: &[u8], width: usize| {
        out.extend_from_slice(bytes.get(done..upto).unwrap_or_default());
        out.extend_from_slice(instead);
        done = upto + width;
    };
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'&' => chunk(out, at, b"&amp;", 1),
            b'<' => chunk(out, at, b"&lt;", 1),
            b'>' => chunk(out, at, b"&gt;", 1),
            b'"' => chunk(out, at, b"&quot;", 1),
            b'\t' | b'\n' => {}
            0..0x20 => chunk(out, at, format!("_x{byte:04X}_").as_bytes(), 1),
            b'_' if looks_escaped(bytes.get(at..at + 7)) => chunk(out, at, b"_x005F_", 1),
            0xEF if bytes.get(at..at + 3) == Some(b"\xEF\xBF\xBE") => chunk(out, at, b"_xFFFE_", 3),
            0xEF if bytes.get(at..at + 3) == Some(b"\xEF\xBF\xBF") => chunk(out, at, b"_xFFFF_", 3),
            _ => {}
        }
    }
    chunk(out, bytes.len(), b"", 0);
}

/// Whether any byte could begin something to be escaped. Without a branch for each byte, many are looked at at once.
fn may_need_escapes(bytes: &[u8]) -> bool {
    let odd = |byte: u8| (byte < 0x20) | matches!(byte, b'&' | b'<' | b'>' | b'"' | b'_' | 0xEF);
    bytes.iter().fold(false, |found, byte| found | odd(*byte))
}

/// Whether the bytes would be read back as an escaped character.
fn looks_escaped(bytes: Option<&[u8]>) -> bool {
    matches!(bytes, Some([b'_', b'x', hex @ .., b'_']) if hex.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        push_escaped(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_escaped_for_xml_and_for_spreadsheets() {
        for (raw, xml) in [
            ("Đường < 5 km & \"xấu\"", "Đường &lt; 5 km &amp; &quot;xấu&quot;"),
            ("=1+1", "=1+1"),
            ("a\u{7}b\rc\td\n", "a_x0007_b_x000D_c\td\n"),
            ("_x0041_ và _x00", "_x005F_x0041_ và _x00"),
            ("\u{FFFE}\u{FFFF}\u{FFFD}", "_xFFFE__xFFFF_\u{FFFD}"),
        ] {
            assert_eq!(escaped(raw), xml, "{raw:?}");
        }
    }

    #[test]
    fn a_row_takes_the_styles_of_its_sample() {
        let stamps = [Stamp::of_row(
            r#"<row r="3"><c r="A3" s="7"/><c r="B3" s="2"/><c r="C3"/></row>"#,
            &[9; 3],
        )];
        let mut out = Vec::new();
        let mut row = RowWriter::new(&mut out, &stamps);
        row.open(1_233, 0);
        row.number(90);
        row.text(" x hai dòng");
        row.date(NaiveDate::from_ymd_opt(2021, 3, 15).unwrap());
        row.close();
        let expected = concat!(
            r#"<row r="1234" ht="30.00"><c r="A1234" s="7"><v>90</v></c>"#,
            r#"<c r="B1234" s="2" t="inlineStr"><is><t xml:space="preserve"> x hai dòng</t></is></c>"#,
            r#"<c r="C1234" s="0"><v>44270</v></c></row>"#
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
        let mut out = Vec::new();
        push_text(&mut out, &"😀".repeat(20_000));
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with(CUT));
        assert!(text.trim_start_matches('>').encode_utf16().count() <= MAX_TEXT);
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed_xml(text in any::<String>()) {
            let document = format!("<t>{}</t>", escaped(&text));
            let mut reader = quick_xml::Reader::from_str(&document);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    event => prop_assert!(event.is_ok(), "{document:?}"),
                }
            }
            prop_assert!(!document.chars().any(|c| c < ' ' && c != '\t' && c != '\n'));
        }
    }
}
