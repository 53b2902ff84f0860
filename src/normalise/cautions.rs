//! Words with which a line, a title or a note says that figures are not what the form asks for (`templates/dong-khac.toml`).

use crate::model::text::word_key;
use crate::model::word_map::WordMap;
use crate::register::spelling_key;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

/// Where such words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Spot {
    /// A line between the rows of a table.
    Lines,
    /// A title above a table.
    Titles,
    /// The name of a sheet.
    Sheets,
    /// The note beside a row's figures.
    Notes,
    /// The reason why no meeting was held (lý do không tổ chức).
    Reasons,
    /// The same, beside meetings: whether it says that there was none.
    NoneHeld,
    /// A line under the table.
    Under,
    /// The note beside a petition.
    PetitionNotes,
}

/// How much of a text a phrase must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Anywhere,
    Beginning,
    Whole,
}

/// Words that mean one thing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    means: String,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    before_end: bool,
    r#where: Vec<Spot>,
    #[serde(default)]
    of_communes: bool,
    #[serde(default)]
    not_carried: bool,
    /// Only beside rows with one of these codes.
    #[serde(default)]
    beside: Vec<String>,
    /// Not beside rows with one of these.
    #[serde(default)]
    not_beside: Vec<String>,
}

/// The file of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    group: Vec<Group>,
}

/// All such words, ready to be compared.
#[derive(Debug, Clone)]
pub struct Cautions {
    groups: Vec<Group>,
    /// By its first word, each phrase with its group and how much of the text it must be: every title is looked
    /// through, and hardly one holds any.
    phrases: WordMap<Vec<Phrase>>,
}

/// Words to be found in a text.
#[derive(Debug, Clone)]
struct Phrase {
    group: usize,
    part: Part,
    /// Without diacritics.
    key: String,
    /// With them.
    spelling: String,
}

/// Whose figures the words stand beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// Where.
    pub(super) spot: Spot,
    /// Whether a commune reports.
    pub(super) commune: bool,
    /// Whether the table is about earlier quarters (Biểu 3).
    pub(super) carried: bool,
    /// The last day of the quarter.
    pub(super) last_day: NaiveDate,
}

impl Cautions {
    /// The embedded words.
    ///
    /// # Errors
    /// The embedded list does not fit the program.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
        let Listed { group: mut groups } =
            toml::from_str(include_str!("../../templates/dong-khac.toml"))?;
        let mut phrases: WordMap<Vec<Phrase>> = WordMap::default();
        for (at, group) in groups.iter_mut().enumerate() {
            let begins = group.begins.iter().map(|phrase| (Part::Beginning, phrase));
            let anywhere = group.words.iter().map(|phrase| (Part::Anywhere, phrase));
            let whole = group.whole.iter().map(|phrase| (Part::Whole, phrase));
            for (part, phrase) in begins.chain(anywhere).chain(whole) {
                let key = word_key(phrase);
                let first = key.split(' ').next().unwrap_or_default().to_owned();
                let spelling = spelling_key(phrase);
                phrases.entry(first).or_default().push(Phrase { group: at, part, key, spelling });
            }
            group.unless = group.unless.iter().map(|phrase| word_key(phrase)).collect();
        }
        Ok(Self { groups, phrases })
    }

    /// What the text says that the figures are, where it says so.
    pub(super) fn meaning(&self, text: &str, beside: Beside) -> Option<&str> {
        self.meaning_beside(text, beside, &[])
    }

    /// The same, beside a row with those codes: what it says of one that is held against another.
    pub(super) fn meaning_beside(
        &self,
        text: &str,
        beside: Beside,
        codes: &[&str],
    ) -> Option<&str> {
        let has = |wanted: &[String]| wanted.iter().any(|code| codes.contains(&code.as_str()));
        let words = word_key(text);
        let begins_at = words.len() - unnumbered(&words).len();
        let of = |group: &Group| {
            group.r#where.contains(&beside.spot)
                && (beside.commune || !group.of_communes)
                && (group.beside.is_empty() || has(&group.beside))
                && !has(&group.not_beside)
                && !(beside.carried && group.not_carried)
                && !(group.before_end && names_day(text, beside.last_day))
                && !group.unless.iter().any(|phrase| words.contains(phrase.as_str()))
        };
        let mut found: Option<usize> = None;
        let mut at = 0;
        for word in words.split(' ') {
            let here = words.get(at..).unwrap_or_default();
            for Phrase { group, part, key, spelling } in
                self.phrases.get(word).into_iter().flatten()
            {
                let stands = here
                    .strip_prefix(key.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
                let enough = match part {
                    Part::Anywhere => true,
                    Part::Beginning => at == begins_at,
                    Part::Whole => at == 0 && here.len() == key.len(),
                };
                // With its marks `hoàn` is not `hoãn`, nor `nhập` `nháp`.
                // In so short a text as a sheet's name nothing else tells them apart.
                let any = beside.spot != Spot::Sheets && text.is_ascii();
                let spelt = || any || spelling_key(text).contains(spelling.as_str());
                if stands && enough && self.groups.get(*group).is_some_and(of) && spelt() {
                    found = Some(found.map_or(*group, |first| first.min(*group)));
                }
            }
            at += word.len() + 1;
        }
        self.groups.get(found?).map(|group| group.means.as_str())
    }
}

/// Whether a text names that day and month, in digits.
fn names_day(text: &str, day: NaiveDate) -> bool {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    let numbers: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
    numbers.windows(2).any(|two| two == [day.day(), day.month()])
}

/// Whether a line begins a part of the table by its numbering.
pub(super) fn begins_part(words: &str) -> bool {
    unnumbered(words).len() < words.len()
}

/// The words behind a line's numbering: `I.`, `a)`, `1.2`.
fn unnumbered(words: &str) -> &str {
    let mut rest = words;
    while let Some((first, behind)) = rest.split_once(' ') {
        let roman = first.len() <= 4 && first.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        if !(roman || first.len() == 1 || first.bytes().all(|b| b.is_ascii_digit())) {
            break;
        }
        rest = behind;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(spot: Spot) -> Beside {
        let last_day = NaiveDate::from_ymd_opt(2021, 3, 31).unwrap();
        Beside { spot, commune: true, carried: false, last_day }
    }

    fn assert_said(cases: &[(&str, Spot, bool)]) {
        let all = Cautions::load().unwrap();
        for (text, spot, says) in cases {
            assert_eq!(all.meaning(text, beside(*spot)).is_some(), *says, "{text}");
        }
    }

    #[test]
    fn words_that_say_that_figures_are_something_else() {
        assert_said(&[
            ("II. Các cuộc hoãn, chưa tổ chức", Spot::Lines, true),
            ("B. Kế hoạch", Spot::Lines, true),
            ("I. KẾ HOẠCH QUÝ I/2021", Spot::Titles, true),
            ("Kết quả thực hiện Kế hoạch số 12-KH/TU", Spot::Titles, false),
            ("II. KẾT QUẢ THỰC HIỆN", Spot::Lines, false),
            ("Cùng kỳ năm trước", Spot::Lines, true),
            ("Ví dụ cách ghi (xóa khi nộp)", Spot::Lines, true),
            ("Trong đó:", Spot::Lines, true),
            ("1. Cuộc định kỳ", Spot::Lines, false),
            ("Tháng 2", Spot::Lines, false),
            ("Lũy kế đến hết quý II/2021", Spot::Titles, true),
            ("(ĐVT: trăm người)", Spot::Titles, true),
            ("Đơn vị tính: người", Spot::Titles, false),
            ("DỰ THẢO LẦN 1", Spot::Titles, true),
            ("BIỂU 1: KẾ HOẠCH TIẾP XÚC, ĐỐI THOẠI", Spot::Titles, true),
            ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH ĐỐI THOẠI", Spot::Titles, false),
            ("Kế hoạch số 15-KH/TU ngày 10/02/2020 của Tỉnh ủy", Spot::Titles, false),
            ("Số liệu đến 10/3/2021", Spot::Titles, true),
            ("Hội nghị do Thành ủy tổ chức", Spot::Lines, true),
        ]);
        let all = Cautions::load().unwrap();
        let title = beside(Spot::Titles);
        assert_eq!(all.meaning("Số liệu đến ngày 31/3/2021", title), None);
        let carried = Beside { carried: true, ..title };
        assert_eq!(all.meaning("Kiến nghị kỳ trước chuyển sang", carried), None);
        let district = Beside { commune: false, ..beside(Spot::Lines) };
        assert_eq!(all.meaning("Hội nghị do Thành ủy tổ chức", district), None);
    }

    #[test]
    fn words_held_against_the_row_they_stand_beside() {
        let all = Cautions::load().unwrap();
        for (text, spot, code, says) in [
            ("Phó Chủ tịch chủ trì thay", Spot::Notes, "chairman", true),
            ("Phó Chủ tịch chủ trì thay", Spot::Notes, "deputy", false),
            ("Là cuộc đột xuất", Spot::Notes, "periodic", true),
            ("Là cuộc đột xuất", Spot::Notes, "ad_hoc", false),
            ("Chưa giải quyết xong", Spot::PetitionNotes, "K2", true),
            ("Chưa giải quyết xong", Spot::PetitionNotes, "K4", false),
            ("Đã giải quyết một phần", Spot::PetitionNotes, "K3", false),
            ("Đã giải quyết xong", Spot::PetitionNotes, "K3", true),
            ("Các kiến nghị chưa giải quyết", Spot::Lines, "K1", true),
            ("Các kiến nghị chưa giải quyết", Spot::Lines, "K4", false),
            ("Trùng với kiến nghị số 1", Spot::PetitionNotes, "K1", true),
            ("Trùng với kiến nghị số 1", Spot::PetitionNotes, "repeated", false),
            ("Chuyển từ kỳ trước", Spot::PetitionNotes, "K1", true),
            ("Công dân đã rút kiến nghị", Spot::PetitionNotes, "K1", true),
            ("Đã chuyển phòng Tài nguyên", Spot::PetitionNotes, "K5", false),
            ("(1) Cuộc số 2 do Phó Chủ tịch chủ trì", Spot::Under, "chairman", true),
            ("(1) Cuộc số 2 do Phó Chủ tịch chủ trì", Spot::Under, "deputy", false),
        ] {
            let found = all.meaning_beside(text, beside(spot), &[code]);
            assert_eq!(found.is_some(), says, "{text} {code}");
        }
        let carried = Beside { carried: true, ..beside(Spot::PetitionNotes) };
        assert_eq!(all.meaning_beside("Chuyển từ kỳ trước", carried, &["K3"]), None);
    }

    #[test]
    fn lines_under_a_table() {
        assert_said(&[
            ("Ghi chú: số liệu là số ước, số chính thức gửi sau", Spot::Under, true),
            ("Số liệu trên là lũy kế từ đầu năm", Spot::Under, true),
            ("Số liệu trên bao gồm cả phường Cốc Lếu", Spot::Under, true),
            ("(Dự thảo, chưa phải số liệu chính thức)", Spot::Under, true),
            ("* Cuộc số 2 trùng với cuộc số 1, đề nghị không tính", Spot::Under, true),
            ("Ghi chú: Số liệu tính đến hết ngày 31/3/2021", Spot::Under, false),
            ("Số liệu chính thức thay số liệu ước", Spot::Under, false),
            ("KT. CHỦ TỊCH - PHÓ CHỦ TỊCH", Spot::Under, false),
            ("Nơi nhận: Thường trực Thành ủy; Lưu VT", Spot::Under, false),
            ("Người lập biểu", Spot::Under, false),
        ]);
    }

    #[test]
    fn words_in_the_names_of_sheets() {
        assert_said(&[
            ("Kế hoạch Quý I", Spot::Sheets, true),
            ("Biểu 1 nháp", Spot::Sheets, true),
            ("Dự kiến", Spot::Sheets, true),
            ("Biểu 1 (cũ)", Spot::Sheets, true),
            ("Ke hoach Q1", Spot::Sheets, true),
            ("KQ thực hiện kế hoạch", Spot::Sheets, false),
            ("Biểu 1 - Hội nghị", Spot::Sheets, false),
            ("Nhap lieu", Spot::Sheets, false),
            ("Xã Tả Củ Tỷ", Spot::Sheets, false),
            ("Bieu 1 Che Cu Nha", Spot::Sheets, false),
            ("Biểu mẫu", Spot::Sheets, false),
            ("Sheet1 (2)", Spot::Sheets, false),
        ]);
    }

    #[test]
    fn words_beside_a_row_and_reasons() {
        assert_said(&[
            ("Hoãn, chưa tổ chức do dịch", Spot::Notes, true),
            ("Chưa nộp, lấy số liệu quý IV/2020", Spot::Notes, true),
            ("Chủ tịch đi công tác, hoãn từ 08/3 sang 10/3", Spot::Notes, false),
            ("Hoãn từ ngày 08/3, tổ chức lại ngày 10/3", Spot::Notes, false),
            ("Cuộc này hoãn do mưa lũ", Spot::Notes, true),
            ("Không tính vào thi đua", Spot::Notes, false),
            ("Ước tính kinh phí 5 triệu", Spot::Notes, false),
            ("Lấy số liệu từ biên bản", Spot::Notes, false),
            ("Cách ghi theo mẫu mới", Spot::Notes, false),
            ("Đã hoàn thành", Spot::Notes, false),
            ("Hoàn thành kế hoạch", Spot::Notes, false),
            ("Sáp nhập thôn 3 và 4", Spot::Notes, false),
            ("Vì dự án chậm", Spot::Notes, false),
            ("HOÃN DO DỊCH", Spot::Notes, true),
            ("Hoan do dich", Spot::Notes, true),
            ("Huỷ, không họp", Spot::Notes, true),
            ("Chưa họp", Spot::Notes, true),
            ("Sẽ tổ chức lại", Spot::Notes, true),
            ("Dự kiến", Spot::Notes, true),
            ("Của năm 2020", Spot::Notes, true),
            ("Số liệu gồm cả 3 cuộc", Spot::Notes, true),
            ("Do Thành ủy tổ chức tại phường", Spot::Notes, true),
            ("Khoảng 60 người", Spot::Notes, true),
            ("Khoảng cách đi lại xa", Spot::Notes, false),
            ("Hoãn, tổ chức lại ngày 10/3", Spot::Notes, false),
            ("Bỏ dòng này", Spot::Notes, true),
            ("Trùng với cuộc số 1", Spot::Notes, true),
            ("Gồm cả số liệu xã Cao Sơn", Spot::Notes, true),
            ("Tính chung với xã Cao Sơn", Spot::Notes, true),
            ("Bao gồm cả trực tuyến", Spot::Notes, false),
            ("Đã tổ chức 3 cuộc", Spot::Reasons, true),
            ("Có 03 cuộc", Spot::Reasons, true),
            ("Có", Spot::Reasons, true),
            ("x", Spot::Reasons, true),
            ("N/A", Spot::Reasons, true),
            ("(ghi rõ)", Spot::Reasons, true),
            ("Không có lý do", Spot::Reasons, true),
            ("Có dịch Covid-19", Spot::Reasons, false),
            ("Không tổ chức cuộc nào do dịch", Spot::NoneHeld, true),
            ("Chủ tịch đi học, thiếu một cuộc", Spot::NoneHeld, false),
            ("Không tổ chức do mưa lũ", Spot::Reasons, false),
            ("Đã có kế hoạch, hoãn do dịch", Spot::Reasons, false),
            ("Đã gửi báo cáo", Spot::Notes, false),
        ]);
    }
}
