//! Whether a notice or another paper was issued, where its number or its date is written in words: `Chưa ban hành`, `Dự thảo`.

use super::reader::TableReader;
use super::values::{date_of, folded, is_blank};
use crate::model::text::word_key;
use crate::model::{CellRef, Field, Finding, Text};
use crate::notation::date::DateReading;
use crate::rules::dl::{DL04, DL08};
use chrono::NaiveDate;
use serde::Deserialize;

/// The words with which a cell says that no notice was issued (`templates/ma.toml`), folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotIssued {
    marks: Vec<String>,
    lead: Vec<String>,
    draft: Vec<String>,
    none: Vec<String>,
    other: Vec<String>,
    within: Vec<String>,
}

/// What the cell of a number says about the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Its number, or anything else about a notice that there is.
    Notice,
    /// A dash: no number. A date beside it is the notice's.
    NoNumber,
    /// That there is no notice, or none yet.
    NoNotice,
    /// A number and that it was not issued.
    Both,
}

impl NotIssued {
    /// The lists with every word as it is compared.
    #[must_use]
    pub(super) fn folded(mut self) -> Self {
        let lists =
            [&mut self.lead, &mut self.draft, &mut self.none, &mut self.other, &mut self.within];
        for word in lists.into_iter().flatten() {
            *word = word_key(word);
        }
        // Looked for between the words of a text, and put in spaces once.
        for word in &mut self.within {
            *word = format!(" {word} ");
        }
        self
    }

    /// Whether a text says that there is a paper and not which: `Có`, `x`, `Đã ban hành`.
    pub(super) fn is_no_number(&self, text: &str) -> bool {
        !text.is_empty()
            && !text.contains(|c: char| c.is_ascii_digit())
            && self.read(text) == Says::Notice
    }

    fn read(&self, text: &str) -> Says {
        if is_plain_number(text) {
            return Says::Notice;
        }
        let text = folded(text);
        let is_mark = |c: char| self.marks.iter().any(|mark| mark.chars().eq([c]));
        let mut marks = text.chars().filter(|c| !c.is_whitespace()).peekable();
        if marks.peek().is_some() && marks.all(is_mark) {
            return Says::NoNumber;
        }
        let words = word_key(&text);
        let mut words = words.as_str();
        // `Đảng` is no `đang`, so what may stand in front goes first.
        while let Some(rest) = self.lead.iter().find_map(|lead| behind(words, lead)) {
            words = rest;
        }
        let begins = |list: &[String]| list.iter().any(|word| behind(words, word).is_some());
        if begins(&self.draft) {
            return Says::NoNotice;
        }
        if begins(&self.none) && !begins(&self.other) && !is_symbol_alone(&text) {
            return if has_number(&text) { Says::Both } else { Says::NoNotice };
        }
        let spaced = format!(" {words} ");
        let within = self.within.iter().any(|word| spaced.contains(word.as_str()));
        if within { Says::Both } else { Says::Notice }
    }
}

/// What stands behind that beginning, a whole number of words.
fn behind<'a>(words: &'a str, beginning: &str) -> Option<&'a str> {
    let rest = words.strip_prefix(beginning)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
}

/// Whether a text is one word that begins with figures and has letters: `45-TB/ĐU`, as nearly every one.
fn is_plain_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.'))
}

/// Whether a text is the symbol of a document with a word for its number: `không/TB-UBND`.
fn is_symbol_alone(text: &str) -> bool {
    let letters = |part: &str| part.trim_start().chars().take_while(|c| c.is_uppercase()).count();
    text.split_once('/').is_some_and(|(front, rest)| {
        letters(rest) >= 2 && rest.contains('-') && !front.contains(|c: char| c.is_ascii_digit())
    })
}

/// Whether a text holds the number of a document, digits with its symbol behind them: `45-TB/ĐU`, `12/TB`.
fn has_number(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':')).any(
        |word| {
            let symbol = word.trim_start_matches(|c: char| c.is_ascii_digit());
            let letters = symbol.trim_start_matches(['-', '/', '–']);
            symbol.len() < word.len()
                && letters.len() < symbol.len()
                && letters.starts_with(char::is_alphabetic)
        },
    )
}

impl TableReader<'_> {
    /// The number of a notice or another paper; words that say that there is none leave it blank.
    pub(super) fn paper_no(&mut self, field: &str, words: &NotIssued) -> Field<Text> {
        let Some((at, says, raw)) = self.notice_says(field, words) else { return self.text(field) };
        match says {
            Says::Notice => self.bare_number(field),
            Says::NoNumber | Says::NoNotice => Field::blank(at),
            Says::Both => {
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}: không rõ văn bản đã ban hành hay chưa; số và ngày văn bản không được tính.",
                    self.label(field)
                );
                let finding = Finding::new(&DL04, self.place(at), message).value(raw);
                self.say(finding.help(
                    "Đã ban hành thì chỉ ghi số và ký hiệu của văn bản; chưa ban hành thì để trống ô số và ô ngày.",
                ));
                Field::unreadable(at)
            }
        }
    }

    /// The date of a paper, which none has that the number's cell says was not issued.
    pub(super) fn paper_date(
        &mut self,
        [number, field]: [&str; 2],
        words: &NotIssued,
    ) -> Field<NaiveDate> {
        let number_says = self.notice_says(number, words);
        let Some((at, date)) = self.coded_beside(field) else {
            return match number_says {
                Some((_, Says::Notice, _)) => self.date_of_paper([number, field], words),
                Some((at, Says::Both, _)) => Field::unreadable(at),
                _ => self.date(field),
            };
        };
        let is_day = self.cell(at).is_some_and(|cell| {
            is_blank(&cell.value) || matches!(date_of(&cell.value, Some(2000)), DateReading::Day(_))
        });
        // Nearly every one is a day, and no words are looked at.
        let date_says_none =
            !is_day && matches!(words.read(&date), Says::NoNotice | Says::NoNumber);
        match number_says {
            Some((_, Says::NoNotice | Says::NoNumber, _)) | None if date_says_none => {
                Field::blank(at)
            }
            Some((no_at, Says::NoNotice, raw)) => {
                let message = format!(
                    "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d} nhưng ô ngày bên cạnh ({at}) ghi {date}: đã hiểu là chưa ban hành, ngày đó không được tính.",
                    self.label(number)
                );
                let finding = Finding::new(&DL08, self.place(no_at), message).value(raw);
                self.say(finding.help(
                    "Đã ban hành thì ghi số văn bản rồi gửi lại; chưa ban hành thì xóa ngày.",
                ));
                Field::blank(at)
            }
            Some((_, Says::Both, _)) => Field::unreadable(at),
            _ => self.date_of_paper([number, field], words),
        }
    }

    /// The cell of a number, what it says and how; `None` where nothing is written.
    fn notice_says(&self, field: &str, words: &NotIssued) -> Option<(CellRef, Says, String)> {
        let (at, raw) = self.coded_beside(field)?;
        Some((at, words.read(&raw), raw.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::Codes;

    const CELLS: [(Says, &[&str]); 4] = [
        (
            Says::NoNotice,
            &[
                "Chưa ban hành",
                "CHƯA BAN HÀNH",
                "chua ban hanh",
                "Chưa có",
                "chưa",
                "Chưa",
                "(chưa có)",
                "Không",
                "Ko",
                "Không có",
                "Không ban hành",
                "Không có TB",
                "Dự thảo",
                "Bản dự thảo",
                "Dự thảo số 12/TB-ĐU",
                "Số: dự thảo",
                "Đang trình ký",
                "Đang hoàn thiện",
                "Sẽ ban hành",
                "Sẽ ban hành trước ngày 15/4",
                "Dự kiến 15/4/2021",
                "Đảng ủy chưa ban hành",
                "Thông báo đang soạn thảo",
                "Hiện nay vẫn chưa có thông báo",
                "Chưa ban hành (dự kiến 15/4)",
                "Chờ Thường trực ký",
            ],
        ),
        (Says::NoNumber, &["-", " – ", "--", "0", "/"]),
        (
            Says::Both,
            &[
                "Chưa ban hành 45-TB/ĐU",
                "45-TB/ĐU (dự thảo)",
                "Số 45-TB/ĐU, đang trình ký",
                "Đang ký 12/TB-UBND",
            ],
        ),
        (
            Says::Notice,
            &[
                "45-TB/ĐU",
                "51",
                "10",
                "x",
                "?",
                "Không số",
                "không số/TB-UBND",
                "Không/TB-UBND",
                "Không có số",
                "Thông báo không số",
                "Số 45-TB/ĐU (chưa gửi)",
                "Chưa gửi",
                "Đảng ủy: 12-TB/ĐU",
                "Đảng bộ 12-TB",
                "TB số 12",
                "Thông báo kết luận số 05",
                "Số KL 12",
                "",
            ],
        ),
    ];

    #[test]
    fn what_the_cell_of_a_number_says() {
        let words = Codes::load().unwrap().not_issued;
        for (says, texts) in CELLS {
            for text in texts {
                assert_eq!(words.read(text), says, "{text}");
            }
        }
    }
}
