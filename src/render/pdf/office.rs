//! Who issues the report (cơ quan ban hành): names, symbol, place, signer, recipients.

use crate::model::{Level, Unit, UnitKind};
use chrono::{Datelike, NaiveDate};

/// The office whose report it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Cơ quan cấp trên, as the letterhead writes it: `TỈNH ỦY LÀO CAI`.
    pub superior: String,
    /// Cơ quan ban hành: `BAN DÂN VẬN`.
    pub issuer: String,
    /// The issuer in running text: `Ban Dân vận Tỉnh ủy Lào Cai`.
    pub issuer_in_text: String,
    /// Ký hiệu, without number: `BC/BDVTU`.
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
    /// The office that usually issues the report of that area, by its name on the document's date.
    pub fn usual(scope: &Unit, date: NaiveDate) -> Self {
        let (committee, abbreviation) = committee(scope);
        // From 03/2025 the two boards are one.
        let merged = (date.year(), date.month()) >= (2025, 3);
        let (board, board_abbreviation) = if merged {
            ("Ban Tuyên giáo và Dân vận", "BTGDV")
        } else {
            ("Ban Dân vận", "BDV")
        };
        let in_text = format!("{board} {committee} {}", scope.name);
        Self {
            superior: format!("{committee} {}", scope.name).to_uppercase(),
            issuer: board.to_uppercase(),
            symbol: format!("BC/{board_abbreviation}{abbreviation}"),
            place: scope.name.to_string(),
            number: None,
            date: None,
            authority: String::new(),
            post: "TRƯỞNG BAN".to_owned(),
            signer: None,
            recipients: vec![
                format!("Thường trực {committee} {}", scope.name),
                format!("Lưu {in_text}"),
            ],
            issuer_in_text: in_text,
        }
    }

    /// Whether number, date and signer are all given, so that it is no draft any more.
    pub const fn is_complete(&self) -> bool {
        self.number.is_some() && self.date.is_some() && self.signer.is_some()
    }
}

/// The Party committee of a unit (cấp ủy) and its abbreviation.
const fn committee(unit: &Unit) -> (&'static str, &'static str) {
    match (unit.level, unit.kind) {
        (Level::Province, UnitKind::ThanhPho) | (Level::District, UnitKind::ThanhPho) => {
            ("Thành ủy", "TU")
        }
        (Level::Province, _) => ("Tỉnh ủy", "TU"),
        (Level::District, UnitKind::ThiXa) => ("Thị ủy", "TU"),
        (Level::District, _) => ("Huyện ủy", "HU"),
        (Level::Commune, _) => ("Đảng ủy", "ĐU"),
    }
}
