//! Numbers, shares, dates and lists as a Vietnamese report writes them.

use super::compared::moved;
use crate::model::count::grouped;
use chrono::{Datelike, NaiveDate};
use minijinja::{Environment, Error, ErrorKind, Value};

/// Said when a template asks for another.
pub(super) const KNOWN: &str =
    "các bộ lọc có sẵn: dem, so, ty_le, so_voi, ngay, ngay_thang, va, dau_cau, giua_cau";

/// Makes the filters known to the templates.
pub(super) fn register(environment: &mut Environment<'_>) {
    environment.add_filter("dem", |value: Value| count(&value).map(padded));
    environment.add_filter("so", |value: Value| count(&value).map(grouped));
    environment.add_filter("ty_le", |part: Value, whole: Value| {
        share(count(&part)?, count(&whole)?)
            .ok_or_else(|| refuse("tỷ lệ không có nghĩa: mẫu số bằng 0 hoặc nhỏ hơn tử số"))
    });
    environment.add_filter("so_voi", |now: Value, then: Value, unit: Option<String>| {
        Ok::<_, Error>(moved(count(&now)?, count(&then)?, &unit.unwrap_or_default()))
    });
    environment.add_filter("ngay", |text: String| Ok::<_, Error>(short_date(date(&text)?)));
    environment.add_filter("ngay_thang", |text: String| Ok::<_, Error>(long_date(date(&text)?)));
    environment.add_filter("va", |items: Vec<String>| joined(&items));
    environment.add_filter("dau_cau", |text: String| capitalised(&text));
    environment.add_filter("giua_cau", |text: String| mid_sentence(&text));
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

fn count(value: &Value) -> Result<u64, Error> {
    u64::try_from(value.clone()).map_err(|_| refuse(format!("“{value}” không phải là số đếm")))
}

/// A count in running text: below ten with a zero in front (`05`), thousands with a dot.
pub(crate) fn padded(value: u64) -> String {
    match value {
        1..=9 => format!("0{value}"),
        _ => grouped(value),
    }
}

/// A share with one decimal and a comma (`80,6%`), rounded half up.
pub(crate) fn share(part: u64, whole: u64) -> Option<String> {
    if whole == 0 || part > whole {
        return None;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    Some(format!("{},{}%", tenths / 10, tenths % 10))
}

fn date(text: &str) -> Result<NaiveDate, Error> {
    text.parse().map_err(|_| refuse(format!("“{text}” không phải là ngày")))
}

/// `05/4/2021` is how running text cites a day; tables use two digits throughout.
pub(crate) fn short_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `ngày 05 tháng 4 năm 2021`: days below ten and the months 1 and 2 get a zero.
pub(crate) fn long_date(day: NaiveDate) -> String {
    let month = match day.month() {
        month @ 1..=2 => format!("0{month}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `A`, `A và B`, `A, B và C`.
pub(crate) fn joined(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} và {last}", first.join(", ")),
    }
}

/// With a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// With a small first letter, unless an abbreviation begins it; names further on keep their capitals.
fn mid_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_a_sentence_keep_names_and_abbreviations() {
        for (label, inside) in [
            ("Chủ tịch UBND chủ trì", "chủ tịch UBND chủ trì"),
            ("Xây dựng Đảng, chính quyền", "xây dựng Đảng, chính quyền"),
            ("UBND xã", "UBND xã"),
            ("Ý kiến", "ý kiến"),
            ("Ô", "ô"),
            ("", ""),
        ] {
            assert_eq!(mid_sentence(label), inside);
        }
    }

    #[test]
    fn counts_in_running_text() {
        for (value, shown) in [(0, "0"), (5, "05"), (10, "10"), (1_078, "1.078")] {
            assert_eq!(padded(value), shown);
        }
    }

    #[test]
    fn shares_are_rounded_half_up() {
        for (part, whole, shown) in [
            (109, 139, Some("78,4%")),
            (25, 31, Some("80,6%")),
            (1, 2000, Some("0,1%")),
            (1, 2001, Some("0,0%")),
            (4, 4, Some("100,0%")),
            (0, 0, None),
            (5, 4, None),
        ] {
            assert_eq!(share(part, whole).as_deref(), shown, "{part}/{whole}");
        }
    }

    #[test]
    fn dates_and_lists() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(long_date(day("2021-04-05")), "ngày 05 tháng 4 năm 2021");
        assert_eq!(long_date(day("2026-02-15")), "ngày 15 tháng 02 năm 2026");
        let items = ["A", "B", "C"].map(str::to_owned);
        assert_eq!(joined(&items), "A, B và C");
        assert_eq!(joined(&items[..1]), "A");
    }
}
