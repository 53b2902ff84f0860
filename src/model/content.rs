//! What a finding says apart from where it stands, so that it is known again when rows have moved.

use super::hex;
use super::text::key;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits a key has.
pub const KEY_LENGTH: usize = 10;

/// The endings by which the name of a file in a message is known.
const ENDINGS: [&str; 9] =
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".html", ".htm", ".zip"];

/// The key of a finding's content: its code, its owner (unit, or file where there is none), the value as
/// read and the message, without the addresses of cells, the numbers of rows and the names of files in it.
pub fn content_key(code: &str, owner: &str, value: Option<&str>, message: &str) -> String {
    let mut hasher = Sha256::new();
    let value = value.filter(|value| !is_file(value)).unwrap_or_default();
    for part in [code, owner, value, &placeless(&nameless(message))] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut digits = hex(&hasher.finalize());
    digits.truncate(KEY_LENGTH);
    digits
}

fn is_file(text: &str) -> bool {
    let text = text.to_lowercase();
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// A message with `#` in place of each name of a file between quotation marks.
fn nameless(message: &str) -> String {
    let mut pieces = message.split('\u{201c}');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (quoted, rest) = piece.split_once('\u{201d}').unwrap_or((piece, ""));
        let quoted = if is_file(quoted) { "#" } else { quoted };
        out.extend([quoted, " ", rest]);
    }
    out
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
        let is_place = word.contains(|c: char| c.is_ascii_digit());
        words.push(if (after_place || goes_on) && is_place { "#" } else { word });
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_no_content() {
        for (message, expected) in [
            (
                "Trùng với cuộc ở ô A6: cùng ngày 15/03/2021.",
                "Trùng với cuộc ở ô # cùng ngày 15/03/2021.",
            ),
            (
                "Dòng tổng cộng ghi 90, các dòng 6 đến 9 cộng lại là 85.",
                "Dòng tổng cộng ghi 90, các dòng # đến # cộng lại là 85.",
            ),
            ("Nội dung kiến nghị giống dòng 6 (ô C6).", "Nội dung kiến nghị giống dòng # (ô #"),
            ("Cuộc ở dòng 7 chưa ghi ngày biên bản.", "Cuộc ở dòng # chưa ghi ngày biên bản."),
            ("Chỉ tiêu là 1 cuộc; còn thiếu 1 cuộc.", "Chỉ tiêu là 1 cuộc; còn thiếu 1 cuộc."),
        ] {
            assert_eq!(placeless(message), expected);
        }
    }

    #[test]
    fn names_of_files_are_no_content() {
        let key = |value, message: &str| content_key("DV05", "02989", value, message);
        let used = |name: &str| format!("Dùng tệp “{name}” vì nhận sau (02/04/2021); 1 → 2.");
        assert_eq!(key(None, &used("a.xlsx")), key(None, &used("xa/b lần 2.XLS")));
        assert_ne!(key(None, &used("a.xlsx")), key(None, &used("a")));
        assert_eq!(key(Some("a.xls"), "x"), key(Some("b.xls"), "x"));
        assert_ne!(key(Some("a"), "x"), key(Some("b"), "x"));
        // What else is quoted is content, to the last word.
        for (one, other) in
            [("Ô ghi “tám”.", "Ô ghi “chín”."), ("“a” và “b”.", "“a” và “c”."), ("“a", "“b")]
        {
            assert_ne!(key(None, one), key(None, other));
        }
    }

    #[test]
    fn the_key_holds_what_it_should() {
        let one = content_key("SL04", "02989", Some("15/03/2021"), "Trùng với cuộc ở ô A6.");
        assert_eq!(one.len(), KEY_LENGTH);
        assert_eq!(one, content_key("SL04", "02989", Some("15/03/2021"), "Trùng với cuộc ở ô A9."));
        for other in [
            content_key("SL05", "02989", Some("15/03/2021"), "Trùng với cuộc ở ô A6."),
            content_key("SL04", "02992", Some("15/03/2021"), "Trùng với cuộc ở ô A6."),
            content_key("SL04", "02989", None, "Trùng với cuộc ở ô A6."),
            content_key("SL04", "02989", Some("15/03/2021"), "Trùng với cuộc khác."),
        ] {
            assert_ne!(one, other);
        }
    }
}
