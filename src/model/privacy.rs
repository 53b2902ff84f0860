//! Personal data in running text (số điện thoại, số căn cước): where it stands, and the text without it.

use super::text::key;
use std::borrow::Cow;
use std::ops::Range;

/// An unbroken run of digits, as byte positions.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
}

/// Most groups that one number is written in: `0912 34 56 78` has four.
const MOST_GROUPS: usize = 6;

/// Digits of the shortest of these numbers, an old identity card's.
const SHORTEST: usize = 9;

/// Words of measure that make a run of nine digits an amount.
const MEASURES: [&str; 12] =
    ["dong", "d", "vnd", "trieu", "ty", "nguoi", "luot", "ho", "m", "m2", "ha", "kg"];

/// Words before a number that say it is an identity number.
const IDENTITY_WORDS: [&str; 8] =
    ["cmnd", "cmtnd", "cmt", "cccd", "cancuoc", "cancuoccongdan", "chungminh", "dinhdanh"];

/// The byte ranges of phone and identity numbers, from the left, never overlapping.
pub fn personal_data(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    // Most texts have too few digits for any number: they are not looked at twice.
    let groups = if may_hold_number(text) { digit_groups(text) } else { Vec::new() };
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = groups.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some((used, range)) = number_at(text, rest) {
                at += used;
                return Some(range);
            }
            at += 1;
        }
        None
    })
}

/// The text with the digits of personal data replaced by `•`, everything else as it stands.
pub fn masked(text: &str) -> Cow<'_, str> {
    if !may_hold_number(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut done = 0;
    for range in personal_data(text) {
        out.push_str(text.get(done..range.start).unwrap_or_default());
        let secret = text.get(range.clone()).unwrap_or_default();
        out.extend(secret.chars().map(|c| if c.is_ascii_digit() { '•' } else { c }));
        done = range.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

fn may_hold_number(text: &str) -> bool {
    // Counted in bytes, so that many are looked at at once: each text of the workbook is asked.
    let digits =
        |piece: &[u8]| piece.iter().fold(0u8, |count, b| count + u8::from(b.is_ascii_digit()));
    let pieces = || text.as_bytes().chunks(usize::from(u8::MAX));
    text.len() >= SHORTEST
        && pieces().map(|piece| usize::from(digits(piece))).sum::<usize>() >= SHORTEST
}

fn digit_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match groups.last_mut() {
            Some(group) if group.end == at => group.end = at + 1,
            _ => groups.push(Group { start: at, end: at + 1 }),
        }
    }
    groups
}

/// The longest number that begins with the first group: how many groups it takes, and where it stands.
fn number_at(text: &str, groups: &[Group]) -> Option<(usize, Range<usize>)> {
    let first = groups.first()?;
    let before = text.get(..first.start)?;
    if before.chars().next_back().is_some_and(char::is_alphabetic) {
        return None;
    }
    let mut joined = groups.windows(2).take(MOST_GROUPS - 1).take_while(|pair| match pair {
        [left, right] => joins(text.get(left.end..right.start).unwrap_or_default()),
        _ => false,
    });
    let reach = 1 + joined.by_ref().count();
    (1..=reach).rev().find_map(|used| {
        let taken = groups.get(..used)?;
        if taken.iter().map(|group| group.end - group.start).sum::<usize>() < SHORTEST {
            return None;
        }
        let last = taken.last()?;
        let after = text.get(last.end..)?;
        let written = Written { before, groups: taken, text, after };
        (written.ends_cleanly() && (written.is_phone() || written.is_identity()))
            .then_some((used, first.start..last.end))
    })
}

/// What may stand between the groups of one number: one sign, with a space at most.
fn joins(between: &str) -> bool {
    let sign = |c: char| matches!(c, ' ' | '\u{a0}' | '.' | '-' | '\u{2011}' | '–' | '(' | ')');
    (1..=2).contains(&between.chars().count()) && between.chars().all(sign)
}

/// A candidate with what stands around it.
struct Written<'a> {
    before: &'a str,
    groups: &'a [Group],
    text: &'a str,
    after: &'a str,
}

impl Written<'_> {
    /// A letter, or a stroke and a letter, make it part of a document's number (`0123/QĐ`).
    fn ends_cleanly(&self) -> bool {
        let mut next = self.after.chars();
        match next.next() {
            Some('/' | '-') => !next.next().is_some_and(char::is_alphabetic),
            Some(c) => !c.is_alphabetic(),
            None => true,
        }
    }

    fn lengths(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.end - group.start).collect()
    }

    fn digits(&self) -> String {
        self.groups.iter().filter_map(|group| self.text.get(group.start..group.end)).collect()
    }

    fn is_phone(&self) -> bool {
        let digits = self.digits();
        let abroad = self.before.trim_end_matches(['(', ' ']).ends_with('+');
        let lengths = self.lengths();
        if abroad || digits.starts_with("0084") {
            let rest = digits.trim_start_matches("00").strip_prefix("84");
            return rest.is_some_and(|rest| {
                let rest = rest.strip_prefix('0').unwrap_or(rest);
                (9..=10).contains(&rest.len()) && !rest.starts_with('0')
            });
        }
        if let ([11], Some(rest)) = (lengths.as_slice(), digits.strip_prefix("84")) {
            return rest.starts_with(['3', '5', '7', '8', '9']);
        }
        let home = digits.starts_with('0') && !digits.starts_with("00");
        home && (10..=11).contains(&digits.len()) && !self.is_date(&lengths)
    }

    /// Whether it is rather days and years: those begin with one or two digits (`05.03.2021`).
    fn is_date(&self, lengths: &[usize]) -> bool {
        let [first, second, ..] = lengths else { return false };
        if *first > 2 {
            return false;
        }
        let digits = self.digits();
        let mobile = ["03", "05", "07", "08", "09"].iter().any(|start| digits.starts_with(start));
        let year = |group: &Group| {
            let written = self.text.get(group.start..group.end).unwrap_or_default();
            written.len() == 4 && (written.starts_with("19") || written.starts_with("20"))
        };
        *first < 2
            || *second < 2
            || !mobile
            || self.groups.iter().any(year)
            || !self.evenly_joined()
    }

    /// Whether the same sign stands between all groups.
    fn evenly_joined(&self) -> bool {
        let mut signs = self.groups.windows(2).map(|pair| match pair {
            [left, right] => self.text.get(left.end..right.start),
            _ => None,
        });
        let first = signs.next();
        signs.all(|sign| Some(sign) == first)
    }

    fn is_identity(&self) -> bool {
        let (digits, lengths) = (self.digits(), self.lengths());
        match digits.len() {
            12 => digits.starts_with('0') && lengths.iter().all(|len| *len >= 3),
            9 if lengths.len() == 1 => {
                !digits.ends_with("000") && (self.says_identity() || !self.is_amount())
            }
            9 => lengths == [3, 3, 3] && self.says_identity(),
            _ => false,
        }
    }

    fn is_amount(&self) -> bool {
        let word = self.after.trim_start().split(|c: char| !c.is_alphanumeric()).next();
        word.is_some_and(|word| MEASURES.contains(&key(word).as_str()))
    }

    fn says_identity(&self) -> bool {
        let near: Vec<char> = self.before.chars().rev().take(24).collect();
        let near = key(&near.into_iter().rev().collect::<String>());
        let near = near.strip_suffix("so").unwrap_or(&near);
        IDENTITY_WORDS.iter().any(|word| near.ends_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_persons_are_masked() {
        for (text, expected) in [
            ("Ông A, ĐT 0912345678, đề nghị", "Ông A, ĐT ••••••••••, đề nghị"),
            ("gọi 0912 345 678", "gọi •••• ••• •••"),
            ("0912.34.56.78", "••••.••.••.••"),
            ("0214-3840-034", "••••-••••-•••"),
            ("(0214) 3840 034.", "(••••) •••• •••."),
            ("+84 912 345 678", "+•• ••• ••• •••"),
            ("+84912345678", "+•••••••••••"),
            ("+84 (0)912345678", "+•• (•)•••••••••"),
            ("84912345678", "•••••••••••"),
            ("09 12 34 56 78", "•• •• •• •• ••"),
            ("09.1234.5678", "••.••••.••••"),
            ("01234567890", "•••••••••••"),
            ("CMND 063123456", "CMND •••••••••"),
            ("063123457", "•••••••••"),
            ("CMND số: 063 123 456", "CMND số: ••• ••• •••"),
            ("CCCD 010085001234", "CCCD ••••••••••••"),
            ("010 085 001 234", "••• ••• ••• •••"),
            ("năm 2021. 0912345678", "năm 2021. ••••••••••"),
            ("0912345678/0987654321", "••••••••••/••••••••••"),
            ("0912345678, 0987654321", "••••••••••, ••••••••••"),
            ("ngày 15/03/2021 0912345678", "ngày 15/03/2021 ••••••••••"),
        ] {
            assert_eq!(masked(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "",
            "12-KH/ĐU",
            "353-CV/HU",
            "Công văn số 0123456789/UBND-VP",
            "123456789-CV/TU",
            "15/03/2021",
            "ngày 05-03-2021 15 người",
            "05.03.2021",
            "05.03.2021-10.03.2021",
            "05.03.21-10.03.21",
            "10.000.000 đồng",
            "1.250.000.000 đồng",
            "123.456.789 đồng",
            "123456789 đồng",
            "250000000",
            "năm 2020 - 2021",
            "giai đoạn 2021-2025",
            "mã 02647",
            "02647, 02848, 02989",
            "thôn 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
            "07 giờ 30 ngày 05 tháng 3",
            "1.078 lượt người",
            "tờ bản đồ 12, thửa 345",
            "BK 123456",
            "x0912345678",
        ] {
            assert_eq!(masked(text), text);
            assert_eq!(personal_data(text).count(), 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn masked_text_has_nothing_left(text in "[0-9 .+()/đa-]{0,60}|\\PC{0,40}") {
            let clean = masked(&text).into_owned();
            prop_assert_eq!(clean.chars().count(), text.chars().count());
            prop_assert_eq!(personal_data(&clean).count(), 0, "{}", clean);
        }

        #[test]
        fn every_mobile_number_is_seen(prefix in "0[35789]", rest in "[0-9]{8}", around in "[a-zđ ,.]{0,9}") {
            let text = format!("{around} {prefix}{rest} {around}");
            prop_assert!(masked(&text).contains("••••••••••"));
        }
    }
}
