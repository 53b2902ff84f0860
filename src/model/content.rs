//! What a finding says apart from where it stands, so that it is known again when rows have moved.

use super::hex;
use super::text::key;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits a key has.
pub const KEY_LENGTH: usize = 10;

/// The key of a finding's content: its code, its owner (unit, or file where there is none), the value as
/// read and the message, without the addresses of cells and the numbers of rows in it.
pub fn content_key(code: &str, owner: &str, value: Option<&str>, message: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [code, owner, value.unwrap_or_default(), &placeless(message)] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut digits = hex(&hasher.finalize());
    digits.truncate(KEY_LENGTH);
    digits
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
