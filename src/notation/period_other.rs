//! What a text says of a time that is not one quarter: `6 tháng đầu năm 2021`, `Quý I, II/2021`, `Quý II` without a year.

use super::period::{is_aside, is_quarter, may_hold_year, mentions, quarter_of, words, year_of};
use super::{period_apart, period_span};
use crate::model::Period;
use chrono::NaiveDate;
use smol_str::SmolStr;

/// A time that is not one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherTime {
    /// Half a year, nine months, a whole year.
    Longer,
    /// A year, and nothing beside it.
    Year(i32),
    /// A month.
    Shorter,
    /// More than one quarter.
    Several,
    /// A quarter without its year.
    NoYear(u32),
    /// From one day to another that are not those of a quarter.
    Days(NaiveDate, NaiveDate),
}

impl OtherTime {
    /// Why that is no quarter, to be said of the period.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Longer | Self::Year(_) => "dài hơn một quý; mỗi báo cáo chỉ của một quý",
            Self::Shorter => "ngắn hơn một quý; mỗi báo cáo là của cả quý",
            Self::Several => "gồm nhiều quý; mỗi báo cáo chỉ của một quý",
            Self::NoYear(_) => "thiếu năm",
            Self::Days(..) => "theo ngày không đúng một quý; mỗi báo cáo là của cả quý",
        }
    }

    /// Whether it cannot be said of what is about that quarter.
    pub fn is_against(self, period: Period) -> bool {
        self != Self::NoYear(period.number())
    }
}

/// The first such time that a text is about; none where it names a quarter, or no time that is known.
pub fn other_time(text: &str) -> Option<OtherTime> {
    text.lines().find_map(in_line)
}

/// Words of a title that is about the report itself.
const REPORTS: [[&str; 2]; 5] =
    [["ket", "qua"], ["bao", "cao"], ["tong", "hop"], ["doi", "thoai"], ["tiep", "xuc"]];
/// Words of a title that cites a document, whose year is its own, or a day.
const CITES: [&str; 9] = ["ngay", "thang", "theo", "hoach", "dinh", "quyet", "thi", "che", "quy"];

/// The year at the end of a title that names no other time: `KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI NĂM 2021`.
pub fn year_of_title(text: &str) -> Option<i32> {
    text.lines().filter(|line| may_hold_year(line)).find_map(|line| {
        let words = words(line);
        let [before @ .., nam, year] = words.as_slice() else { return None };
        let reports =
            before.windows(2).any(|two| REPORTS.iter().any(|pair| two.iter().eq(pair.iter())));
        let cites = before.iter().any(|word| CITES.contains(&word.as_str()));
        year_of(year).filter(|_| nam == "nam" && reports && !cites)
    })
}

/// The days from which to which a text reaches, where it names both: `từ 15/12/2020 đến 14/3/2021`.
pub fn days_in(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    may_hold_year(text).then(|| days_among(&words(text)))?
}

fn days_among(words: &[SmolStr]) -> Option<(NaiveDate, NaiveDate)> {
    let at = |at: usize| period_span::first_and_last(words.get(at..).unwrap_or_default());
    (0..words.len()).find_map(at)
}

fn in_line(line: &str) -> Option<OtherTime> {
    let words = words(line);
    if is_longer(&words) {
        return Some(OtherTime::Longer);
    }
    let own: Vec<(u32, Option<i32>)> = mentions(&words)
        .into_iter()
        .filter(|mention| !mention.aside)
        .map(|mention| (mention.quarter, mention.year))
        .collect();
    let same = |one: &(u32, Option<i32>), other: &(u32, Option<i32>)| {
        one.0 == other.0 && (one.1 == other.1 || one.1.is_none() || other.1.is_none())
    };
    let several = own.iter().any(|one| own.first().is_some_and(|first| !same(first, one)));
    if several || names_several(&words) {
        return Some(OtherTime::Several);
    }
    match own.as_slice() {
        [] => {}
        named if named.iter().any(|(_, year)| year.is_some()) => return None,
        [(number, _), ..] => {
            let whole = writes_year(&words) || period_apart::in_text(line).is_some();
            return (!whole).then_some(OtherTime::NoYear(*number));
        }
    }
    if period_apart::in_text(line).is_some() || period_span::in_words(&words).is_some() {
        return None;
    }
    period_span::year_or_part(&words)
        .or_else(|| quarter_at_end(&words).map(OtherTime::NoYear))
        .or_else(|| days_among(&words).map(|(first, last)| OtherTime::Days(first, last)))
}

/// Numbers of months that are longer than a quarter.
const MONTHS: [&str; 9] = ["6", "06", "sau", "9", "09", "chin", "12", "7", "8"];

/// Half a year and more, anywhere: `6 thang dau nam`, `9T/2021`, `nua dau nam`, `ca nam 2021`.
fn is_longer(words: &[SmolStr]) -> bool {
    (0..words.len()).any(|at| {
        let rest: Vec<&str> = words.iter().skip(at).take(3).map(SmolStr::as_str).collect();
        let longer = match rest.as_slice() {
            [number, "thang" | "t", of @ ..] if MONTHS.contains(number) => match of {
                [] => rest.get(1) == Some(&"thang"),
                [word, ..] if word.bytes().all(|b| b.is_ascii_digit()) => {
                    period_span::is_year(word)
                }
                [word, ..] => {
                    rest.get(1) == Some(&"thang") || matches!(*word, "dau" | "cuoi" | "nam")
                }
            },
            ["nua", "dau" | "cuoi", "nam"] => true,
            ["ca" | "ket", "nam", year] => period_span::is_year(year),
            _ => false,
        };
        // A day of a month is no number of months: `ngày 6 tháng 9 năm 2021`.
        let day = at > 0 && words.get(at - 1).is_some_and(|word| word == "ngay" || word == "thu");
        longer && !day && !is_aside(words.get(..at).unwrap_or_default())
    })
}

/// `Quý 2` at the end of a line: with more behind it the number may be a copy's.
fn quarter_at_end(words: &[SmolStr]) -> Option<u32> {
    let [before @ .., quarter, number] = words else { return None };
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let told = quarter != "q" && is_quarter(quarter) && digits && !is_aside(before);
    quarter_of(number).filter(|_| told)
}

/// `Quý I, II/2021`, `Quý I-IV`: two numbers of quarters behind one word.
fn names_several(words: &[SmolStr]) -> bool {
    let words: Vec<&SmolStr> =
        words.iter().filter(|word| !matches!(word.as_str(), "va" | "den")).collect();
    words.windows(3).any(|three| match three {
        [quy, one, other] => {
            let (one, other) = (quarter_of(one), quarter_of(other));
            is_quarter(quy) && one.is_some() && other.is_some() && one != other
        }
        _ => false,
    })
}

/// Whether something else than the number of a quarter stands where its year would: `Quý I/20211`.
fn writes_year(words: &[SmolStr]) -> bool {
    words
        .iter()
        .any(|word| word == "nam" || word.len() > 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::OtherTime::{Days, Longer, NoYear, Several, Shorter, Year};
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn times_that_are_no_quarter() {
        for (text, other) in [
            ("6 tháng đầu năm 2021", Some(Longer)),
            ("6 tháng đầu năm", Some(Longer)),
            ("Sáu tháng đầu năm 2021", Some(Longer)),
            ("9 tháng năm 2021", Some(Longer)),
            ("BÁO CÁO QUÝ II VÀ 6 THÁNG ĐẦU NĂM 2021", Some(Longer)),
            ("Sơ kết 6 tháng", Some(Longer)),
            ("SƠ KẾT 6 THÁNG CỦA PHƯỜNG", Some(Longer)),
            ("KẾT QUẢ 9T/2021", Some(Longer)),
            ("Nửa đầu năm 2021", Some(Longer)),
            ("cả năm 2021", Some(Longer)),
            ("BÁO CÁO TỔNG KẾT NĂM 2021", Some(Longer)),
            ("BIỂU 1\nNĂM 2021", Some(Year(2021))),
            ("Năm 2021", Some(Year(2021))),
            ("2021", Some(Year(2021))),
            ("Tháng 3/2021", Some(Shorter)),
            ("Từ tháng 1 đến tháng 6 năm 2021", Some(Longer)),
            ("Tháng 1, 2 năm 2021", Some(Shorter)),
            ("Quý I, II/2021", Some(Several)),
            ("Quý I/2021 và quý II/2021", Some(Several)),
            ("Quý I và II năm 2021", Some(Several)),
            ("Quý I", Some(NoYear(1))),
            ("Quý 2", Some(NoYear(2))),
            ("Từ 20/12/2020 đến 14/3/2021", Some(Days(day(2020, 12, 20), day(2021, 3, 14)))),
            ("Từ ngày 01/01/2021 đến ngày 31/3/2021", None),
            ("Quý I/2021", None),
            ("Quý I/2021 (quý 1 năm 2021)", None),
            ("Quý I của phường năm 2021", None),
            ("Quý I/20211", None),
            ("3 tháng đầu năm 2021", None),
            ("Phương hướng 6 tháng cuối năm 2021", None),
            ("Kết quả quý I/2021, kế hoạch quý II/2021", None),
            ("So với 6 tháng đầu năm 2020", None),
            ("Duyên Hải, ngày 6 tháng 9 năm 2021", None),
            ("Duyên Hải, ngày 10 tháng 4 năm 2021", None),
            ("kỳ này", None),
            ("Báo cáo thường xuyên", None),
            ("Kế hoạch tổ chức năm 2021", None),
            ("Dương Quỳ (2).xlsx", None),
        ] {
            assert_eq!(other_time(text), other, "{text}");
        }
    }

    #[test]
    fn years_of_titles() {
        for (text, year) in [
            ("KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI NĂM 2021", Some(2021)),
            ("BIỂU 1: BÁO CÁO ĐỐI THOẠI\nNĂM 2021", None),
            ("Báo cáo kết quả quý I năm 2021", None),
            ("Kết quả thực hiện Kế hoạch đối thoại năm 2020", None),
            ("Báo cáo ngày 10 tháng 4 năm 2021", None),
            ("Phường Duyên Hải năm 2021", None),
        ] {
            assert_eq!(year_of_title(text), year, "{text}");
        }
    }

    #[test]
    fn a_quarter_without_its_year_may_be_the_one() {
        let period = Period::quarter(2021, 1).unwrap();
        for (other, against) in
            [(NoYear(1), false), (NoYear(2), true), (Longer, true), (Year(2021), true)]
        {
            assert_eq!(other.is_against(period), against, "{other:?}");
        }
    }
}
