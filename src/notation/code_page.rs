//! Text files in whatever encoding (bảng mã) they come, as Unicode.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::borrow::Cow;

/// The text of a file: by its byte order mark, else UTF-16 or UTF-8 where it is that, else an 8-bit code page.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Some(text) = as_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if is_torn_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    by_lines(bytes)
        .map_or_else(|| code_page(bytes).decode_without_bom_handling(bytes).0, Cow::Owned)
}

/// The bytes as UTF-8, when they are that: looked at many at once, where the standard library looks at each.
pub fn as_utf8(bytes: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

/// Text that was put together out of files in UTF-8 and in an old code page: line by line. None when no line
/// is in UTF-8 by its letters.
fn by_lines(bytes: &[u8]) -> Option<String> {
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let vietnamese = |text: &str| {
        let letter = |c: char| matches!(c, 'À'..='ỹ' | '\u{2010}'..='\u{2026}') || c.is_ascii();
        text.chars().all(letter)
    };
    lines().filter_map(unicode_line).any(vietnamese).then_some(())?;
    let old: Vec<u8> =
        lines().filter(|line| unicode_line(line).is_none()).flatten().copied().collect();
    let page = code_page(&old);
    let mut text = String::with_capacity(bytes.len());
    for line in lines() {
        match unicode_line(line) {
            Some(line) => text.push_str(line),
            None => text.push_str(&page.decode_without_bom_handling(line).0),
        }
    }
    Some(text)
}

/// A line in UTF-8 that holds more than plain letters.
fn unicode_line(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok().filter(|text| !text.is_ascii())
}

/// Whether the bytes are UTF-16 without a mark.
pub fn is_wide(bytes: &[u8]) -> bool {
    wide(bytes).is_some()
}

/// The text of an XML or HTML file, whose own declaration holds where no byte order mark does.
pub fn decode_declared(bytes: &[u8]) -> Cow<'_, str> {
    let head = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let declared = ["encoding=", "charset="].iter().find_map(|key| {
        let value = head.split_once(key)?.1.trim_start_matches(['"', '\'']);
        let label = value.split(['"', '\'', ' ', '>', ';', '?', '/']).next()?;
        Encoding::for_label(label.as_bytes())
    });
    // What says it is UTF-8 or UTF-16 may not be; there the bytes decide.
    let plain = |encoding: &&Encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding);
    match declared.filter(plain) {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && wide(bytes).is_none() => {
            encoding.decode_without_bom_handling(bytes).0
        }
        _ => decode(bytes),
    }
}

/// UTF-8 with a few damaged letters: code pages make sound sequences of it by accident only.
fn is_torn_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut torn) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        torn += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 8 * torn
}

/// UTF-16 without a mark shows in the zeros of its plain letters.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd > head.len() / 8 && even * 8 < odd => Some(UTF_16LE),
        () if even > head.len() / 8 && odd * 8 < even => Some(UTF_16BE),
        () => None,
    }
}

/// Windows-1258 when its own letters and tone marks outweigh the bytes of TCVN3 and VNI, which
/// are kept as Windows-1252 so that they look the same as in a workbook.
fn code_page(bytes: &[u8]) -> &'static Encoding {
    let vowel = |b: u8| {
        b"aeiouyAEIOUY".contains(&b)
            || matches!(
                b,
                0xC2 | 0xC3 | 0xCA | 0xD4 | 0xD5 | 0xDD | 0xE2 | 0xE3 | 0xEA | 0xF4 | 0xF5 | 0xFD
            )
    };
    let (mut vietnamese, mut others) = (0usize, 0usize);
    let mut before = b' ';
    for &byte in bytes {
        match byte {
            // Grave, hook, tilde, acute, dot below: they stand behind their vowel.
            0xCC | 0xD2 | 0xDE | 0xEC | 0xF2 if vowel(before) => vietnamese += 2,
            // Đ, đ
            0xD0 | 0xF0 => vietnamese += 1,
            // Letters of TCVN3 that are signs in Windows-1258.
            0xA8..=0xAE | 0xB5..=0xBE => others += 2,
            // Tones of VNI behind their vowel.
            0xEF | 0xF8 | 0xF9 | 0xFB if vowel(before) => others += 2,
            _ => {}
        }
        before = byte;
    }
    if others > vietnamese { WINDOWS_1252 } else { WINDOWS_1258 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn declarations_hold_where_the_bytes_allow() {
        for (bytes, expected) in [
            (&b"<?xml version='1.0' encoding=\"windows-1252\"?>\xE3"[..], "ã"),
            (b"<meta charset=windows-1258>\xE3", "ă"),
            (b"<?xml encoding='utf-16'?>a", "a"),
            ("<meta charset='utf-8'>ế".as_bytes(), "ế"),
        ] {
            assert!(decode_declared(bytes).ends_with(expected), "{expected}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "Mã đơn vị;Tên\r\n02647;Xã Bảo Hà, huyện Bảo Yên\r\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        // Windows-1258 writes most tones as marks of their own behind the vowel.
        let old = b"X\x61\xDE Ba\xD2o H\x61\xCC, \xF0\xF5n vi\xF2".to_vec();
        for (what, bytes, expected) in [
            ("UTF-8", text.as_bytes().to_vec(), text),
            ("UTF-8 with mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat(), text),
            ("UTF-16LE with mark", [&[0xFF, 0xFE][..], &little].concat(), text),
            ("UTF-16BE with mark", [&[0xFE, 0xFF][..], &big].concat(), text),
            ("UTF-16LE", little, text),
            ("UTF-16BE", big, text),
            ("Windows-1258", old, "Xã Bảo Hà, đơn vị"),
            (
                "UTF-8 with a torn letter",
                [text.as_bytes(), b"\xE1\xBA;".as_slice()].concat(),
                "Mã đơn vị;Tên\r\n02647;Xã Bảo Hà, huyện Bảo Yên\r\n\u{FFFD};",
            ),
            (
                "UTF-8 below a line in Windows-1258",
                [b"X\x61\xDE Ba\xD2o H\x61\xCC\n".as_slice(), "Mã đơn vị".as_bytes()].concat(),
                "Xã Bảo Hà\nMã đơn vị",
            ),
            ("TCVN3", b"X\xB7 B\xB6o H\xB5".to_vec(), "X· B¶o Hµ"),
        ] {
            assert_eq!(
                decode(&bytes).nfc().collect::<String>(),
                expected.nfc().collect::<String>(),
                "{what}"
            );
        }
    }
}
