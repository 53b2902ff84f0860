//! The day of a report as its letterhead, its signature or its covering line writes it: `Duyên Hải, ngày 10 tháng 4 năm 2021`.

use super::date::{DateReading, from_text};
use crate::model::text::word_key;
use chrono::NaiveDate;

/// Bytes of the longest line that is looked at.
const LONGEST: usize = 200;
/// Words of the longest place in front of the day.
const LONGEST_PLACE: usize = 6;
/// The word in front of the day.
const DAY: [&str; 4] = ["ngày", "Ngày", "NGÀY", "ngay"];

/// The day of a line that holds nothing but a place and a day.
pub fn day_of_signature(text: &str) -> Option<NaiveDate> {
    let (place, day) = split(text)?;
    let place = place.trim();
    let named = place.strip_suffix(',').map(str::trim);
    let begins = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_place = |place: &str| {
        let mut words = place.split([' ', '-']).filter(|word| !word.is_empty());
        place.split_whitespace().count() <= LONGEST_PLACE
            && !place.contains(|c: char| c.is_ascii_digit())
            && words.all(|word| begins(word) || KINDS.contains(&word))
    };
    (place.is_empty() || named.is_some_and(is_place)).then(|| day_of(day))?
}

/// Words for a unit's kind in front of its name, in small letters.
const KINDS: [&str; 8] = ["xã", "phường", "thị", "trấn", "thành", "phố", "huyện", "tỉnh"];

/// The day of the report that a line says its table goes with, and what stands behind that day.
pub fn day_of_covering(text: &str) -> Option<(NaiveDate, &str)> {
    let words = word_key(text.get(..LONGEST).unwrap_or(text));
    let begins = ["kem theo bao cao", "kem bao cao", "ban hanh kem theo bao cao"];
    if !begins.iter().any(|begin| words.starts_with(begin)) {
        return None;
    }
    let (_, behind) = split(text)?;
    let inside = behind.split(')').next().unwrap_or_default();
    let (day, whose) = inside.split_once(" của ").unwrap_or((inside, ""));
    Some((day_of(day)?, whose))
}

/// What stands in front of the last word for a day, and from it on.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_matches(['(', ')']);
    if text.len() > LONGEST {
        return None;
    }
    let at = DAY.iter().filter_map(|word| text.rfind(word)).max()?;
    text.split_at_checked(at)
}

fn day_of(text: &str) -> Option<NaiveDate> {
    match from_text(text, None) {
        DateReading::Day(day) => Some(day),
        DateReading::Invalid => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_signatures() {
        for (text, day) in [
            ("Duyên Hải, ngày 10 tháng 4 năm 2021", Some("2021-04-10")),
            ("Lào Cai, ngày 02/4/2021", Some("2021-04-02")),
            ("TT. Phố Ràng, ngày 5 tháng 04 năm 2021.", Some("2021-04-05")),
            ("xã Bảo Hà, ngày 5-4-2021", Some("2021-04-05")),
            ("Ngày 10 tháng 4 năm 2021", Some("2021-04-10")),
            ("(Bảo Yên, ngày 10 tháng 4 năm 2021)", Some("2021-04-10")),
            ("Duyên Hải, ngày … tháng 4 năm 2021", None),
            ("Duyên Hải, ngày    tháng    năm 2021", None),
            ("Số liệu tính đến ngày 31/3/2021", None),
            ("Hội nghị của phường, ngày 10/3/2021", None),
            ("Cuộc số 2, ngày 10/3/2021", None),
            ("Kế hoạch số 15-KH/TU ngày 10/02/2020 của Tỉnh ủy", None),
            ("Duyên Hải", None),
        ] {
            let found = day_of_signature(text).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{text}");
        }
    }

    #[test]
    fn days_of_covering_lines() {
        for (text, day) in [
            ("(Kèm theo Báo cáo số 49-BC/ĐU ngày 10/4/2021)", Some(("2021-04-10", ""))),
            (
                "(Kèm theo Báo cáo số 49-BC/ĐU ngày 10 tháng 4 năm 2021 của Đảng ủy phường Duyên Hải)",
                Some(("2021-04-10", "Đảng ủy phường Duyên Hải")),
            ),
            ("(Kèm theo Báo cáo số 49-BC/ĐU)", None),
            ("(Kèm theo Kế hoạch số 15-KH/TU ngày 10/02/2020)", None),
        ] {
            let found = day_of_covering(text).map(|(day, whose)| (day.to_string(), whose));
            assert_eq!(found.as_ref().map(|(day, whose)| (day.as_str(), *whose)), day, "{text}");
        }
    }
}
