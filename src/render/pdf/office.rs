//! Who issues the report (cơ quan ban hành): names, symbol, place, signer, recipients.

use crate::model::{Level, Unit, UnitKind};
use crate::render::Spelling;
use chrono::{Datelike, NaiveDate};

/// Thể thức: whose rules the document's form follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standard {
    /// Văn bản của Đảng: 36-HD/VPTW, from 27/05/2026 05-HD/VPTW. What is known of the second agrees
    /// with the values used here for both.
    #[default]
    Party,
    /// Văn bản hành chính: Nghị định 30/2020/NĐ-CP.
    State,
}

/// The office whose report it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Thể thức.
    pub standard: Standard,
    /// Cách đặt dấu thanh.
    pub spelling: Spelling,
    /// Cơ quan cấp trên, as the letterhead writes it: `TỈNH ỦY LÀO CAI`; empty when there is none.
    pub superior: String,
    /// Cơ quan ban hành: `BAN DÂN VẬN`; a line break where a long name is to be parted.
    pub issuer: String,
    /// The issuer in running text: `Ban Dân vận Tỉnh ủy Lào Cai`.
    pub issuer_in_text: String,
    /// Ký hiệu, without number: `BC/BDVTU`, `BC-UBND`.
    pub symbol: String,
    /// Nơi ban hành: `Lào Cai`.
    pub place: String,
    /// Số, when given.
    pub number: Option<String>,
    /// Ngày ban hành, when given.
    pub date: Option<NaiveDate>,
    /// Thẩm quyền ký, `T/M BAN THƯỜNG VỤ`; empty when the head signs for the office itself.
    pub authority: String,
    /// Chức vụ người ký: `TRƯỞNG BAN`.
    pub post: String,
    /// Họ tên người ký, when given.
    pub signer: Option<String>,
    /// Nơi nhận, without dashes and final marks.
    pub recipients: Vec<String>,
}

impl Office {
    /// The Party office that usually issues the report of that area, by its name on that date.
    pub fn usual(scope: &Unit, date: NaiveDate) -> Self {
        let (committee, abbreviation) = committee(scope);
        // From 03/2025 the two boards are one.
        let merged = (date.year(), date.month()) >= (2025, 3);
        let (board, board_abbreviation) = if merged {
            ("Ban Tuyên giáo và Dân vận", "BTGDV")
        } else {
            ("Ban Dân vận", "BDV")
        };
        let committee = format!("{committee} {}", scope.name);
        let in_text = format!("{board} {committee}");
        Self {
            standard: Standard::Party,
            spelling: Spelling::First,
            superior: committee.to_uppercase(),
            issuer: board.to_uppercase(),
            symbol: format!("BC/{board_abbreviation}{abbreviation}"),
            place: scope.name.to_string(),
            number: None,
            date: None,
            authority: String::new(),
            post: "TRƯỞNG BAN".to_owned(),
            signer: None,
            recipients: vec![format!("Thường trực {committee}"), format!("Lưu {in_text}")],
            issuer_in_text: in_text,
        }
    }

    /// The State office of that area: its People's committee (Ủy ban nhân dân).
    pub fn usual_state(scope: &Unit) -> Self {
        let area = format!("{} {}", scope.kind.prefix().to_lowercase(), scope.name);
        Self {
            standard: Standard::State,
            spelling: Spelling::First,
            superior: String::new(),
            issuer: format!("Ủy ban nhân dân\n{area}").to_uppercase(),
            issuer_in_text: format!("Ủy ban nhân dân {area}"),
            symbol: "BC-UBND".to_owned(),
            place: scope.name.to_string(),
            number: None,
            date: None,
            authority: "TM. ỦY BAN NHÂN DÂN".to_owned(),
            post: "CHỦ TỊCH".to_owned(),
            signer: None,
            recipients: vec!["Cơ quan cấp trên trực tiếp".to_owned(), "Lưu: VT".to_owned()],
        }
    }

    /// With our own words spelt so; the name of the place stays as the register has it.
    #[must_use]
    pub fn spelt(mut self, spelling: Spelling) -> Self {
        let name = self.place.clone();
        let respelt = |text: &mut String| *text = spelling.apply_around(text, &name);
        let texts = [
            &mut self.superior,
            &mut self.issuer,
            &mut self.issuer_in_text,
            &mut self.authority,
            &mut self.post,
        ];
        texts.into_iter().chain(&mut self.recipients).for_each(respelt);
        Self { spelling, ..self }
    }

    /// Whether number, date and signer are all given, so that it is no draft any more.
    pub const fn is_complete(&self) -> bool {
        self.number.is_some() && self.date.is_some() && self.signer.is_some()
    }

    /// Số và ký hiệu; the number stays blank until it is given.
    pub(super) fn reference(&self) -> String {
        let number = self.number.as_deref().unwrap_or(BLANK);
        match self.standard {
            Standard::Party => format!("Số {number}-{}", self.symbol),
            Standard::State => format!("Số: {number}/{}", self.symbol),
        }
    }

    /// The day of issue; blank, with the year of the run, until it is given.
    pub(super) fn dated(&self, as_of: NaiveDate) -> String {
        match self.date {
            Some(date) => crate::render::narrative::long_date(date),
            None => format!("ngày{BLANK}tháng{BLANK}năm\u{A0}{}", as_of.year()),
        }
    }
}

/// A blank left to be filled by hand: figure spaces, which neither shrink nor end a line.
pub(super) const BLANK: &str = "\u{2007}\u{2007}\u{2007}\u{2007}\u{2007}\u{2007}";

/// The Party committee of a unit (cấp ủy) and its abbreviation.
const fn committee(unit: &Unit) -> (&'static str, &'static str) {
    match (unit.level, unit.kind) {
        (Level::Province | Level::District, UnitKind::ThanhPho) => ("Thành ủy", "TU"),
        (Level::Province, _) => ("Tỉnh ủy", "TU"),
        (Level::District, UnitKind::ThiXa) => ("Thị ủy", "TU"),
        (Level::District, _) => ("Huyện ủy", "HU"),
        (Level::Commune, _) => ("Đảng ủy", "ĐU"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;

    #[test]
    fn the_board_is_named_as_on_the_day() {
        let province = sample::province().scope;
        for (day, issuer, symbol) in [
            ("2021-04-05", "BAN DÂN VẬN", "BC/BDVTU"),
            ("2025-02-28", "BAN DÂN VẬN", "BC/BDVTU"),
            ("2025-03-01", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "BC/BTGDVTU"),
        ] {
            let office = Office::usual(&province, day.parse().unwrap());
            assert_eq!((office.issuer.as_str(), office.symbol.as_str()), (issuer, symbol));
            assert_eq!(office.superior, "TỈNH ỦY LÀO CAI");
        }
    }

    #[test]
    fn number_and_date_stay_blank_until_given() {
        let province = sample::province().scope;
        let as_of = "2021-04-05".parse().unwrap();
        let mut office = Office::usual_state(&province);
        assert!(!office.is_complete());
        assert_eq!(office.reference().replace('\u{2007}', "_"), "Số: ______/BC-UBND");
        office.number = Some("12".to_owned());
        office.date = Some(as_of);
        office.signer = Some("Nguyễn Văn A".to_owned());
        assert!(office.is_complete());
        assert_eq!(office.reference(), "Số: 12/BC-UBND");
        assert_eq!(office.dated(as_of), "ngày 05 tháng 4 năm 2021");
    }
}
