//! What a report is about: a quarter, a half-year, nine months, a year or several (kỳ báo cáo).

use super::Period;
use chrono::NaiveDate;
use std::fmt;

/// The span of one report. Submissions come by the quarter; a longer span is a sum of quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// Quý.
    Quarter(Period),
    /// Sáu tháng: the first half of the year, or with `second` the other one.
    HalfYear {
        /// The year.
        year: i32,
        /// Whether it is sáu tháng cuối năm.
        second: bool,
    },
    /// Chín tháng đầu năm.
    NineMonths {
        /// The year.
        year: i32,
    },
    /// Năm.
    Year {
        /// The year.
        year: i32,
    },
    /// Nhiều năm liền: published figures are often of three years.
    Years {
        /// The first year.
        first: i32,
        /// The last year, later than the first.
        last: i32,
    },
}

impl Span {
    /// Reads the form used in commands and files: `2021-Q1`, `2021-H1`, `2021-9M`, `2021`, `2020-2022`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(period) = Period::parse(text) {
            return Some(Self::Quarter(period));
        }
        let text = text.trim();
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let year = (year.len() == 4).then(|| year.parse().ok())??;
        Period::YEARS.contains(&year).then_some(())?;
        if rest.len() == 4 && rest.bytes().all(|digit| digit.is_ascii_digit()) {
            let last: i32 = rest.parse().ok()?;
            return (year < last).then_some(Self::Years { first: year, last })?.in_range();
        }
        match rest.to_ascii_uppercase().as_str() {
            "H1" => Some(Self::HalfYear { year, second: false }),
            "H2" => Some(Self::HalfYear { year, second: true }),
            "9M" => Some(Self::NineMonths { year }),
            "" if !text.contains('-') => Some(Self::Year { year }),
            _ => None,
        }
    }

    /// Its year, the last of several.
    pub const fn year(self) -> i32 {
        match self {
            Self::Quarter(period) => period.year(),
            Self::HalfYear { year, .. } | Self::NineMonths { year } | Self::Year { year } => year,
            Self::Years { last, .. } => last,
        }
    }

    /// Its first year.
    const fn first_year(self) -> i32 {
        match self {
            Self::Years { first, .. } => first,
            other => other.year(),
        }
    }

    /// The first and the last of its quarters, by number.
    const fn numbers(self) -> (u32, u32) {
        match self {
            Self::Quarter(period) => (period.number(), period.number()),
            Self::HalfYear { second: false, .. } => (1, 2),
            Self::HalfYear { second: true, .. } => (3, 4),
            Self::NineMonths { .. } => (1, 3),
            Self::Year { .. } | Self::Years { .. } => (1, 4),
        }
    }

    /// The quarter, when it is one.
    pub const fn as_quarter(self) -> Option<Period> {
        match self {
            Self::Quarter(period) => Some(period),
            _ => None,
        }
    }

    /// Its quarters, in order; never empty.
    pub fn quarters(self) -> Vec<Period> {
        let (first, last) = self.numbers();
        let years = self.first_year()..=self.year();
        years
            .flat_map(|year| (first..=last).filter_map(move |number| Period::quarter(year, number)))
            .collect()
    }

    /// Whether that quarter belongs to it.
    pub const fn contains(self, period: Period) -> bool {
        let (first, last) = self.numbers();
        self.first_year() <= period.year()
            && period.year() <= self.year()
            && first <= period.number()
            && period.number() <= last
    }

    /// Its last quarter, with which it ends.
    pub fn last(self) -> Period {
        match self {
            Self::Quarter(period) => period,
            longer => longer.quarters().pop().unwrap_or(Period::FIRST),
        }
    }

    /// First day of its first calendar quarter.
    pub fn first_day(self) -> NaiveDate {
        self.quarters().first().map_or(NaiveDate::MIN, |period| period.first_day())
    }

    /// Last day of its last calendar quarter, on which codes and names are understood.
    pub fn last_day(self) -> NaiveDate {
        self.last().last_day()
    }

    /// The span of the same kind before it (kỳ trước); nine months have none of their own.
    pub fn previous(self) -> Option<Self> {
        match self {
            Self::Quarter(period) => period.previous().map(Self::Quarter),
            Self::HalfYear { year, second: true } => Some(Self::HalfYear { year, second: false }),
            Self::HalfYear { year, second: false } => {
                Self::HalfYear { year: year - 1, second: true }.in_range()
            }
            Self::NineMonths { .. } => None,
            Self::Year { year } => Self::Year { year: year - 1 }.in_range(),
            Self::Years { first, last } => {
                Self::Years { first: 2 * first - last - 1, last: first - 1 }.in_range()
            }
        }
    }

    /// The same span of the year before (cùng kỳ năm trước); several years have none.
    pub fn year_before(self) -> Option<Self> {
        match self {
            Self::Quarter(period) => {
                Period::quarter(period.year() - 1, period.number()).map(Self::Quarter)
            }
            Self::HalfYear { year, second } => Self::HalfYear { year: year - 1, second }.in_range(),
            Self::NineMonths { year } => Self::NineMonths { year: year - 1 }.in_range(),
            Self::Year { year } => Self::Year { year: year - 1 }.in_range(),
            Self::Years { .. } => None,
        }
    }

    fn in_range(self) -> Option<Self> {
        let years = [self.first_year(), self.year()];
        years.iter().all(|year| Period::YEARS.contains(year)).then_some(self)
    }

    /// The quarters from January to its end (lũy kế từ đầu năm).
    pub fn since_january(self) -> Vec<Period> {
        let (_, last) = self.numbers();
        (1..=last).filter_map(|number| Period::quarter(self.year(), number)).collect()
    }

    /// As Vietnamese text writes it: `quý I/2021`, `6 tháng đầu năm 2021`, `năm 2021`.
    pub fn label(self) -> String {
        match self {
            Self::Quarter(period) => period.label(),
            Self::HalfYear { year, second: false } => format!("6 tháng đầu năm {year}"),
            Self::HalfYear { year, second: true } => format!("6 tháng cuối năm {year}"),
            Self::NineMonths { year } => format!("9 tháng đầu năm {year}"),
            Self::Year { year } => format!("năm {year}"),
            Self::Years { first, last } => format!("các năm {first}–{last}"),
        }
    }
}

impl From<Period> for Span {
    fn from(period: Period) -> Self {
        Self::Quarter(period)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(period) => period.fmt(f),
            Self::HalfYear { year, second } => write!(f, "{year}-H{}", 1 + u8::from(*second)),
            Self::NineMonths { year } => write!(f, "{year}-9M"),
            Self::Year { year } => write!(f, "{year}"),
            Self::Years { first, last } => write!(f, "{first}-{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_know_their_quarters() {
        for (text, label, quarters, previous, before) in [
            ("2021-Q1", "quý I/2021", "2021-Q1", "2020-Q4", "2020-Q1"),
            ("2021-H1", "6 tháng đầu năm 2021", "2021-Q1 2021-Q2", "2020-H2", "2020-H1"),
            ("2021-H2", "6 tháng cuối năm 2021", "2021-Q3 2021-Q4", "2021-H1", "2020-H2"),
            ("2021-9M", "9 tháng đầu năm 2021", "2021-Q1 2021-Q2 2021-Q3", "", "2020-9M"),
            ("2021", "năm 2021", "2021-Q1 2021-Q2 2021-Q3 2021-Q4", "2020", "2020"),
            (
                "2020-2021",
                "các năm 2020–2021",
                "2020-Q1 2020-Q2 2020-Q3 2020-Q4 2021-Q1 2021-Q2 2021-Q3 2021-Q4",
                "2018-2019",
                "",
            ),
        ] {
            let span = Span::parse(text).unwrap();
            let listed = |span: Option<Span>| span.map(|s| s.to_string()).unwrap_or_default();
            let all: Vec<String> = span.quarters().iter().map(ToString::to_string).collect();
            assert_eq!((span.to_string().as_str(), span.label().as_str()), (text, label));
            assert_eq!(all.join(" "), quarters);
            assert_eq!(listed(span.previous()), previous, "{text}");
            assert_eq!(listed(span.year_before()), before, "{text}");
            assert!(span.quarters().iter().all(|period| span.contains(*period)), "{text}");
            assert_eq!(Some(&span.last()), span.quarters().last());
        }
    }

    #[test]
    fn what_is_no_span() {
        for bad in [
            "",
            "21",
            "1821",
            "2021-",
            "2021-H3",
            "2021-6M",
            "2021-Q5",
            "2021-Q01",
            "abcd",
            "2021-2021",
            "2022-2021",
            "2021-2100",
            "2021-+022",
        ] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
        assert_eq!(Span::parse("2000-H1").unwrap().previous(), None);
    }
}
