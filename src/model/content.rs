//! What a finding is about, apart from where it stands and which figures it quotes, so that it is known again.

use super::hex;
use super::text::key;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits a key has.
pub const KEY_LENGTH: usize = 10;

/// The endings by which the name of a file in a message is known.
const ENDINGS: [&str; 9] =
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".html", ".htm", ".zip"];

/// What a finding is about: its rule and its matter, whoever it belongs to and whichever row it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter(String);

impl Matter {
    /// What the rule itself says that it is about: the same through every change of figures.
    pub fn named(code: &str, name: &str) -> Self {
        Self(digest(&[code, "=", name]))
    }

    /// What the words say: the value as read and the message, without the addresses of cells, the numbers
    /// of rows, the names of files and the figures in them.
    pub fn said(code: &str, value: Option<&str>, message: &str) -> Self {
        let value = value.filter(|value| !is_file(value)).unwrap_or_default();
        let value = if has_letters(value) { value } else { &numberless(value) };
        Self(digest(&[code, value, &placeless(&quotes(message))]))
    }

    /// As an earlier result wrote it.
    pub fn parse(digits: &str) -> Option<Self> {
        is_key(digits).then(|| Self(digits.to_owned()))
    }

    /// As the result writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of a finding about this, of that owner (unit, or file where there is none) and row.
    pub fn key(&self, owner: &str, row: Option<RowMarks>) -> String {
        let row = row.map(|row| format!("{:08x}", row.name)).unwrap_or_default();
        digest(&[&self.0, owner, &row])
    }
}

/// Whether the text is written like a key.
pub fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// How many things a row is known by.
pub const MARKS: usize = 5;

/// A row that a finding is about, known by what it says, wherever it stands by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowMarks {
    /// What names the row.
    name: u32,
    /// What it says, each by itself; none for a blank or a cell that cannot be read.
    marks: [Option<u32>; MARKS],
}

impl RowMarks {
    /// A row that says this; the first `naming` of its words name it.
    pub fn of(naming: usize, words: [Option<String>; MARKS]) -> Self {
        let named: Vec<&str> =
            words.iter().take(naming).map(|word| word.as_deref().unwrap_or("\u{0}")).collect();
        let name = short(&named);
        Self { name, marks: words.map(|word| word.map(|word| short(&[&word]))) }
    }

    /// Whether they are one row in which at most one thing was corrected. What could not be read before,
    /// or cannot now, says nothing against it.
    pub fn is_like(self, other: Self) -> bool {
        let both = self.marks.into_iter().zip(other.marks);
        let both: Vec<bool> = both.filter_map(|(one, two)| Some(one? == two?)).collect();
        let same = both.iter().filter(|same| **same).count();
        same >= 2 && both.len() - same <= 1
    }

    /// As the result writes it.
    pub fn digits(self) -> [Option<String>; MARKS + 1] {
        let shown = |number: u32| format!("{number:08x}");
        let mut digits = [const { None }; MARKS + 1];
        let all = std::iter::once(Some(self.name)).chain(self.marks);
        digits.iter_mut().zip(all).for_each(|(digit, number)| *digit = number.map(shown));
        digits
    }

    /// As an earlier result wrote it.
    pub fn parse<'a>(digits: impl IntoIterator<Item = Option<&'a str>>) -> Option<Self> {
        let mut digits = digits.into_iter();
        let number = |digits: &str| u32::from_str_radix(digits, 16).ok();
        let name = number(digits.next()??)?;
        let mut marks = [None; MARKS];
        for mark in &mut marks {
            *mark = digits.next()?.map(|digits| number(digits).ok_or(())).transpose().ok()?;
        }
        Some(Self { name, marks })
    }
}

fn digest(parts: &[&str]) -> String {
    let mut digits = hex(&hashed(parts));
    digits.truncate(KEY_LENGTH);
    digits
}

fn short(parts: &[&str]) -> u32 {
    let [first, second, third, fourth, ..] = hashed(parts);
    u32::from_be_bytes([first, second, third, fourth])
}

fn hashed(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().into()
}

fn is_file(text: &str) -> bool {
    let text = text.to_lowercase();
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A message without its figures, but for those in quoted words: a name or a petition is quoted with its
/// numbers. `#` stands in place of each name of a file between quotation marks.
fn quotes(message: &str) -> String {
    let mut pieces = message.split('\u{201c}');
    let mut out = numberless(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (quoted, rest) = piece.split_once('\u{201d}').unwrap_or((piece, ""));
        match quoted {
            _ if is_file(quoted) => out.push('#'),
            _ if has_letters(quoted) => out.push_str(quoted),
            _ => out.push_str(&numberless(quoted)),
        }
        out.push(' ');
        out.push_str(&numberless(rest));
    }
    out
}

/// A text with `#` in place of each figure; `K5` and `Biểu 2` are names.
fn numberless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        out.push_str(before);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        let word = out.trim_end().rsplit(' ').next().unwrap_or_default();
        let is_name = out.ends_with(char::is_alphabetic) || key(word) == "bieu";
        // What follows a figure as its further digits (1.078, 15/03/2021) is part of it.
        let goes_on = out.ends_with("#.") || out.ends_with("#,") || out.ends_with("#/");
        match (is_name, goes_on) {
            (true, _) => out.push_str(digits),
            (false, true) => drop(out.pop()),
            (false, false) => out.push('#'),
        }
        rest = after;
    }
    out + rest
}

/// A message with `#` in place of what follows the words for cell and row.
fn placeless(message: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in message.split_whitespace() {
        let last = words.last().copied().unwrap_or_default();
        let before = words.iter().rev().nth(1).copied().unwrap_or_default();
        let after_place = matches!(key(last).as_str(), "o" | "dong");
        let goes_on = before == "#" && matches!(key(last).as_str(), "den" | "va")
            || last == "#" && word.starts_with(|c: char| c.is_ascii_uppercase());
        let is_place = word.contains(|c: char| c.is_ascii_digit() || c == '#');
        words.push(if (after_place || goes_on) && is_place { "#" } else { word });
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(message: &str) -> String {
        placeless(&quotes(message))
    }

    #[test]
    fn places_and_figures_are_no_content() {
        for (message, expected) in [
            ("Trùng với cuộc ở ô A6: cùng ngày 15/03/2021.", "Trùng với cuộc ở ô # cùng ngày #."),
            (
                "Dòng tổng cộng ghi 1.078, các dòng 6 đến 9 cộng lại là 85.",
                "Dòng tổng cộng ghi #, các dòng # đến # cộng lại là #.",
            ),
            ("Nội dung kiến nghị giống dòng 6 (ô C6).", "Nội dung kiến nghị giống dòng # (ô #"),
            // Cells of one range, and cells one after the other.
            ("Gộp các ô A6 đến C9.", "Gộp các ô # đến #"),
            ("Các ô A6, B7 và C8 trống.", "Các ô # # và # trống."),
            ("Ô A6 ghi K5.", "Ô # ghi K5."),
            ("Cuộc ở dòng 7 chưa ghi ngày biên bản.", "Cuộc ở dòng # chưa ghi ngày biên bản."),
            ("K5 Biểu 1 ghi 1, Biểu 2 có 0.", "K5 Biểu 1 ghi #, Biểu 2 có #."),
            ("Ô ghi “12/13/2021”, muộn 12 ngày.", "Ô ghi # , muộn # ngày."),
            // What is quoted in words is content with its numbers.
            ("Kiến nghị “sửa đường số 4” còn 3 ngày.", "Kiến nghị sửa đường số 4 còn # ngày."),
            ("Dùng tệp “xa/b 2.xlsx” (sửa).", "Dùng tệp # (sửa)."),
        ] {
            assert_eq!(shape(message), expected);
        }
    }

    #[test]
    fn what_was_read_is_content_unless_it_is_a_figure() {
        let of = |value, message: &str| Matter::said("DL01", value, message);
        assert_eq!(of(Some("7"), "x"), of(Some("8"), "x"));
        assert_ne!(of(Some("tám"), "x"), of(Some("chín"), "x"));
        assert_ne!(of(Some("thôn 2"), "x"), of(Some("thôn 3"), "x"));
        assert_eq!(of(Some("a.xls"), "x"), of(Some("b.xls"), "x"));
        assert_ne!(of(Some("a"), "x"), of(None, "x"));
        for (one, other) in [
            ("Ô ghi “tám”.", "Ô ghi “chín”."),
            ("“a” và “b”.", "“a” và “c”."),
            ("“a", "“b"),
            ("K1 ghi 3.", "K2 ghi 3."),
            ("Biểu 1 trống.", "Biểu 2 trống."),
        ] {
            assert_ne!(of(None, one), of(None, other));
        }
    }

    fn row(words: [&str; MARKS]) -> RowMarks {
        RowMarks::of(3, words.map(|word| (!word.is_empty()).then(|| word.to_owned())))
    }

    #[test]
    fn the_key_holds_rule_owner_matter_and_row() {
        let about = Matter::said("SL04", None, "Trùng với cuộc ở ô A6.");
        let first = row(["15/03", "thôn 2", "Bí thư", "85", "7"]);
        let one = about.key("02989", Some(first));
        assert!(is_key(&one));
        let corrected = row(["15/03", "thôn 2", "Bí thư", "90", ""]);
        assert_eq!(one, about.key("02989", Some(corrected)), "figures do not name a row");
        let other = row(["16/03", "thôn 2", "Bí thư", "85", "7"]);
        for differs in [
            about.key("02992", Some(first)),
            about.key("02989", Some(other)),
            about.key("02989", None),
            Matter::said("SL05", None, "Trùng với cuộc ở ô A6.").key("02989", Some(first)),
            Matter::named("SL04", "Trùng với cuộc ở ô A6.").key("02989", Some(first)),
        ] {
            assert_ne!(one, differs);
        }
        assert_ne!(
            Matter::named("SL05", "attendees").key("02989", None),
            Matter::named("SL05", "opinions").key("02989", None)
        );
    }

    #[test]
    fn a_row_with_one_correction_is_the_same_row() {
        let first = row(["15/03", "thôn 2", "Bí thư", "85", "7"]);
        for (other, like) in [
            (["15/03", "thôn 2", "Bí thư", "85", "7"], true),
            (["16/03", "thôn 2", "Bí thư", "85", "7"], true),
            (["", "thôn 2", "Bí thư", "90", "7"], true),
            (["16/03", "thôn 2", "Bí thư", "90", "7"], false),
            (["15/03", "", "", "85", ""], true),
            (["15/03", "", "", "", ""], false),
            (["", "", "", "", ""], false),
        ] {
            assert_eq!(first.is_like(row(other)), like, "{other:?}");
            assert_eq!(row(other).is_like(first), like, "{other:?}");
        }
    }

    #[test]
    fn what_a_result_writes_is_read_back() {
        for one in [row(["a", "", "c", "d", ""]), row([""; MARKS])] {
            let digits = one.digits();
            assert_eq!(RowMarks::parse(digits.iter().map(Option::as_deref)), Some(one));
        }
        let broken = [Some("zz"), None, None, None, None, None];
        assert_eq!(RowMarks::parse(broken), None);
        assert_eq!(RowMarks::parse([Some("00000001"), Some("zz")]), None);
        assert_eq!(RowMarks::parse([Some("00000001"), None]), None, "too few");
        let about = Matter::named("CT01", "");
        assert_eq!(Matter::parse(about.as_str()), Some(about));
        assert_eq!(Matter::parse("không"), None);
    }
}
