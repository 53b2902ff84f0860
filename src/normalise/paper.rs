//! The number and the date of a paper (văn bản) where one cell holds both: `31-TB/ĐU ngày 15/3/2021`.

use super::issued::NotIssued;
use super::reader::TableReader;
use super::values::{date_of, folded, is_blank, shown};
use crate::model::text::key;
use crate::model::{CellRef, Field, Finding, Severity, Text};
use crate::notation::date::{self, DateReading};
use crate::open::Value;
use crate::rules::dl::{DL02, DL03, DL08};
use chrono::NaiveDate;

/// Words of the longest date: `ngày 15 tháng 3 năm 2021`.
const LONGEST_DATE: usize = 6;
/// Bytes of the longest text that is looked through.
const LONGEST: usize = 200;
/// What stands around a number or a date and belongs to neither.
const AROUND: [char; 9] = [' ', ',', ';', '(', ')', ':', '\n', '-', '–'];

/// What the cell of a paper's number holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Paper {
    /// The number, the dates left out.
    number: String,
    /// Each day that is written, once.
    days: Vec<NaiveDate>,
    /// What is announced as a day and is none.
    no_day: Option<String>,
}

impl Paper {
    /// Takes a text apart; a date without a year is of the given one, and only behind the word `ngày`.
    fn of(text: &str, year: Option<i32>) -> Self {
        if !may_hold_date(text) {
            return Self { number: text.to_owned(), ..Self::default() };
        }
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let mut paper = Self::default();
        let mut number: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let announced = key(token) == "ngay";
            let longest = if announced { LONGEST_DATE } else { 1 };
            let year = year.filter(|_| announced);
            let found = (1..=longest).rev().find_map(|len| {
                let words = tokens.get(at..at + len)?.join(" ");
                Some((len, day_of(&words, year)?))
            });
            match found {
                Some((len, day)) => {
                    at += len;
                    if !paper.days.contains(&day) {
                        paper.days.push(day);
                    }
                    continue;
                }
                None if announced && tokens.get(at + 1).is_some_and(|next| has_digit(next)) => {
                    let end = (at + LONGEST_DATE).min(tokens.len());
                    paper.no_day = tokens.get(at..end).map(|words| words.join(" "));
                    break;
                }
                None => number.push(token),
            }
            at += 1;
        }
        Self { number: number.join(" ").trim_matches(AROUND).to_owned(), ..paper }
    }
}

/// A day written with its month, and with its year unless one is given.
fn day_of(words: &str, year: Option<i32>) -> Option<NaiveDate> {
    let bare = words.trim_matches(AROUND);
    let runs = bare.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    let enough = if year.is_some() { 2 } else { 3 };
    match date::from_text(bare, year) {
        DateReading::Day(day) if (enough..=3).contains(&runs) => Some(day),
        _ => None,
    }
}

/// Whether a text has figures enough for a date; the number of a paper alone has one of them.
fn may_hold_date(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    text.len() <= LONGEST && runs.take(2).count() == 2
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

impl TableReader<'_> {
    /// What the cell of a number holds, and where it is.
    fn paper(&self, field: &str) -> Option<(CellRef, Paper)> {
        let at = self.at(field)?;
        let value = &self.cell(at)?.value;
        let paper = match value {
            Value::Text(text) => Paper::of(&folded(text), self.source.year),
            Value::Date(_) => match date_of(value, self.source.year) {
                DateReading::Day(day) => Paper { days: vec![day], ..Paper::default() },
                DateReading::Invalid => return None,
            },
            _ => return None,
        };
        Some((at, paper))
    }

    /// The number of a paper, without a date that is written beside it.
    pub(super) fn bare_number(&mut self, field: &str) -> Field<Text> {
        let dated = self.paper(field).filter(|(_, paper)| !paper.days.is_empty());
        let Some((at, paper)) = dated else { return self.text(field) };
        Text::new(&paper.number).map_or(Field::blank(at), |number| Field::new(at, number))
    }

    /// The date of a paper: that of its own cell, or else the one beside its number.
    pub(super) fn date_of_paper(
        &mut self,
        [number, field]: [&str; 2],
        words: &NotIssued,
    ) -> Field<NaiveDate> {
        let own = self.at(field);
        let written = own.and_then(|at| self.cell(at)).is_some_and(|cell| !is_blank(&cell.value));
        let beside = self.paper(number);
        if written {
            let day = self.date(field);
            if let (Some(own), Some((at, paper))) = (day.value(), beside)
                && !paper.days.is_empty()
                && !paper.days.contains(&own)
            {
                self.say_other_day(number, at, own);
            }
            return day;
        }
        let Some((at, paper)) = beside else { return self.date(field) };
        match (paper.days.as_slice(), &paper.no_day) {
            ([day], None) => {
                if own.is_some() {
                    self.say_day(number, at, *day);
                }
                Field::new(at, *day)
            }
            ([], None) => {
                if words.is_no_number(&paper.number) {
                    self.say_no_date(number, at);
                }
                self.date(field)
            }
            (days, no_day) => {
                self.say_no_one_day(number, at, (days.len(), no_day.as_deref()));
                Field::unreadable(at)
            }
        }
    }

    fn raw(&self, at: CellRef) -> String {
        self.cell(at).map(|cell| shown(&cell.value).into_owned()).unwrap_or_default()
    }

    fn say_day(&mut self, number: &str, at: CellRef, day: NaiveDate) {
        let raw = self.raw(at);
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, ô ngày để trống: đã hiểu ngày văn bản là {}.",
            self.label(number),
            day.format("%d/%m/%Y")
        );
        let finding = Finding::new(&DL08, self.place(at), message).value(raw);
        self.say(finding.help("Ghi số, ký hiệu ở ô số và ngày ở ô ngày bên cạnh."));
    }

    fn say_other_day(&mut self, number: &str, at: CellRef, own: NaiveDate) {
        let raw = self.raw(at);
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d} nhưng ô ngày ghi {}; tính theo ô ngày.",
            self.label(number),
            own.format("%d/%m/%Y")
        );
        let finding = Finding::new(&DL08, self.place(at), message).value(raw);
        self.say(finding.help("Chỉ ghi một ngày của văn bản, ở ô ngày."));
    }

    fn say_no_date(&mut self, number: &str, at: CellRef) {
        let raw = self.raw(at);
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d} mà không có ngày: không biết ban hành đúng hạn hay muộn.",
            self.label(number)
        );
        let finding = Finding::new(&DL03, self.place(at), message).value(raw);
        self.say(
            finding
                .with_severity(Severity::Warning)
                .help("Ghi số, ký hiệu và ngày của văn bản rồi gửi lại."),
        );
    }

    fn say_no_one_day(&mut self, number: &str, at: CellRef, (days, none): (usize, Option<&str>)) {
        let raw = self.raw(at);
        let what = none.map_or_else(
            || format!("có {days} ngày, không rõ ngày nào của văn bản này"),
            |words| format!("\u{201c}{words}\u{201d} không phải ngày có trong lịch"),
        );
        let message =
            format!("Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}: {what}.", self.label(number));
        self.say(Finding::new(&DL02, self.place(at), message).value(raw));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_date_in_one_cell() {
        for (text, number, days, bad) in [
            ("31-TB/ĐU ngày 15/3/2021", "31-TB/ĐU", &["2021-03-15"][..], false),
            ("Số 31-TB/ĐU, ngày 15 tháng 3 năm 2021", "Số 31-TB/ĐU", &["2021-03-15"], false),
            ("31-TB/ĐU\n15/3/2021", "31-TB/ĐU", &["2021-03-15"], false),
            ("31-TB/ĐU (15/3/2021)", "31-TB/ĐU", &["2021-03-15"], false),
            ("31-TB/ĐU - 15.3.2021", "31-TB/ĐU", &["2021-03-15"], false),
            ("31-TB/ĐU ngày 15/3", "31-TB/ĐU", &["2021-03-15"], false),
            ("Ngày 15/3/2021, số 31-TB/ĐU", "số 31-TB/ĐU", &["2021-03-15"], false),
            ("15/3/2021", "", &["2021-03-15"], false),
            ("ngay 15-3-2021", "", &["2021-03-15"], false),
            (
                "31-TB/ĐU ngày 15/3/2021 và 32-TB/ĐU ngày 20/3/2021",
                "31-TB/ĐU và 32-TB/ĐU",
                &["2021-03-15", "2021-03-20"],
                false,
            ),
            ("31-TB/ĐU ngày 31/02/2021", "31-TB/ĐU", &[], true),
            ("12/3", "12/3", &[], false),
            ("12-03", "12-03", &[], false),
            ("05/2021", "05/2021", &[], false),
            ("31/2021-TB/ĐU", "31/2021-TB/ĐU", &[], false),
            ("44270", "44270", &[], false),
            ("31-TB/ĐU", "31-TB/ĐU", &[], false),
            ("Ngày nào cũng 31 hay 32", "Ngày nào cũng 31 hay 32", &[], false),
        ] {
            let paper = Paper::of(text, Some(2021));
            let found: Vec<String> = paper.days.iter().map(NaiveDate::to_string).collect();
            assert_eq!(found, days, "{text}");
            assert_eq!(paper.no_day.is_some(), bad, "{text}");
            assert_eq!(paper.number, number, "{text}");
        }
    }
}
