//! The shapes a value of a profile may have: how it is read, what is allowed, how it is shown.

use super::model::Band;
use chrono::NaiveDate;
use std::ops::RangeInclusive;
use toml::de::DeValue;

type Read<T> = Box<dyn Fn(&DeValue<'_>) -> Option<T>>;

/// One shape. The fallback only stands in until the mistake is reported.
pub(super) struct Shape<T> {
    pub(super) allowed: String,
    pub(super) fallback: T,
    pub(super) read: Read<T>,
    pub(super) show: Box<dyn Fn(&T) -> String>,
}

impl Shape<u32> {
    /// A whole number of a range, shown with what it counts (`10 ngày`).
    pub(super) fn number(range: RangeInclusive<u32>, show: fn(u32) -> String) -> Self {
        Self {
            allowed: format!("số nguyên từ {} đến {}", range.start(), range.end()),
            fallback: *range.start(),
            read: Box::new(move |value| whole(value).filter(|number| range.contains(number))),
            show: Box::new(move |number| show(*number)),
        }
    }
}

impl Shape<bool> {
    /// `true` or `false`, shown with these words.
    pub(super) fn flag(yes: &'static str, no: &'static str) -> Self {
        Self {
            allowed: "true, false".to_owned(),
            fallback: false,
            read: Box::new(|value| match value {
                DeValue::Boolean(flag) => Some(*flag),
                _ => None,
            }),
            show: Box::new(move |flag| if *flag { yes } else { no }.to_owned()),
        }
    }
}

impl Shape<String> {
    /// A text that says something.
    pub(super) fn words() -> Self {
        Self {
            allowed: "một đoạn chữ trong dấu nháy, không để trống".to_owned(),
            fallback: String::new(),
            read: Box::new(|value| {
                value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
            }),
            show: Box::new(Clone::clone),
        }
    }

    /// A short name of small letters, digits and hyphens.
    pub(super) fn short_name() -> Self {
        let fits = |text: &&str| {
            (1..=40).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        Self {
            allowed: "1 đến 40 chữ thường không dấu, chữ số, dấu gạch nối".to_owned(),
            read: Box::new(move |value| value.as_str().filter(fits).map(str::to_owned)),
            ..Self::words()
        }
    }
}

impl Shape<NaiveDate> {
    /// A date without a time.
    pub(super) fn day() -> Self {
        Self {
            allowed: "ngày không có dấu nháy, dạng năm-tháng-ngày, ví dụ 2019-12-04".to_owned(),
            fallback: NaiveDate::MIN,
            read: Box::new(|value| {
                let stamp = value.as_datetime().filter(|stamp| stamp.time.is_none())?;
                let date = stamp.date?;
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            }),
            show: Box::new(|day| day.format("%d/%m/%Y").to_string()),
        }
    }
}

impl Shape<Vec<u32>> {
    /// Months of the year, each once, possibly none.
    pub(super) fn months() -> Self {
        Self {
            allowed: "danh sách tháng từ 1 đến 12, không lặp, ví dụ [3, 6, 9, 12]".to_owned(),
            fallback: Vec::new(),
            read: Box::new(|value| {
                let list = value.as_array()?.iter();
                let mut months: Vec<u32> =
                    list.map(|month| whole(month.get_ref())).collect::<Option<_>>()?;
                let written = months.len();
                months.sort_unstable();
                months.dedup();
                let fits = months.len() == written && months.iter().all(|m| (1..=12).contains(m));
                fits.then_some(months)
            }),
            show: Box::new(|months| {
                let shown: Vec<String> = months.iter().map(u32::to_string).collect();
                if shown.is_empty() {
                    "không quy định tháng".to_owned()
                } else {
                    format!("tháng {}", shown.join(", "))
                }
            }),
        }
    }
}

impl Shape<Band> {
    /// A range of usual values, `[from, to]`.
    pub(super) fn band(what: &'static str) -> Self {
        Self {
            allowed: "[từ, đến], hai số nguyên từ 0 đến 1000000, số trước không lớn hơn số sau"
                .to_owned(),
            fallback: Band { from: 0, to: 0 },
            read: Box::new(|value| {
                let [from, to] = value.as_array()?.iter().as_slice() else { return None };
                let band = Band { from: whole(from.get_ref())?, to: whole(to.get_ref())? };
                (band.from <= band.to && band.to <= 1_000_000).then_some(band)
            }),
            show: Box::new(move |band| format!("{}–{} {what}", band.from, band.to)),
        }
    }
}

impl<T: Copy + 'static> Shape<T> {
    /// One word of a list; `fallback` stands in for a mistake.
    pub(super) fn choice<const N: usize>(
        all: [T; N],
        fallback: T,
        key: fn(T) -> &'static str,
        label: fn(T) -> &'static str,
    ) -> Self {
        let keys: Vec<String> = all.iter().map(|choice| format!("\"{}\"", key(*choice))).collect();
        Self {
            allowed: keys.join(", "),
            fallback,
            read: Box::new(move |value| {
                let word = value.as_str()?;
                all.into_iter().find(|choice| key(*choice) == word)
            }),
            show: Box::new(move |choice| label(*choice).to_owned()),
        }
    }
}

/// A whole number that is not negative.
fn whole(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}
