//! An explanation (giải trình) that the office keeps: which finding it is about, and what was decided.

use super::submission::FilePath;
use super::{CellRef, Finding, Period, Text, UnitCode};
use chrono::NaiveDate;

/// What the office decided, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Chấp nhận: the finding stays on show and is no longer held against the unit.
    Accepted,
    /// Không chấp nhận: the finding stays as grave as it was.
    Refused,
    /// Chưa duyệt: the unit has explained, the office has not decided; nothing changes.
    Pending,
}

impl Decision {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Pending => "pending",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Accepted => "chấp nhận",
            Self::Refused => "không chấp nhận",
            Self::Pending => "chưa duyệt",
        }
    }
}

/// Which of the unit's findings of that code are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// All of them.
    Every,
    /// The one at that cell, of that sheet where one is named.
    Cell(Option<Text>, CellRef),
    /// The one with that content, wherever it stands by now.
    Content(String),
}

/// One row of `giai-trinh.csv`, or of the feedback (phiếu phản hồi) that a unit sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The office's list, or the unit's file.
    pub file: FilePath,
    /// The line of the list or the row of the sheet, counted from one.
    pub line: usize,
    /// The code of the rule, as written.
    pub code: Text,
    /// The unit.
    pub unit: UnitCode,
    /// The quarter; none for every quarter until it expires.
    pub period: Option<Period>,
    /// Which findings.
    pub about: About,
    /// What the unit says.
    pub reason: Text,
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub by: Option<Text>,
    /// When.
    pub date: Option<NaiveDate>,
    /// The last day on which it holds; none for ever.
    pub until: Option<NaiveDate>,
}

impl Explanation {
    /// Whether it names that finding of its unit and rule.
    pub fn names(&self, finding: &Finding) -> bool {
        match &self.about {
            About::Every => true,
            About::Content(key) => finding.key() == *key,
            About::Cell(sheet, cell) => {
                let named = finding.place.sheet.as_ref().map(|sheet| &*sheet.name);
                finding.place.cell == Some(*cell)
                    && sheet.as_ref().is_none_or(|sheet| named == Some(sheet.as_str()))
            }
        }
    }

    /// As it is shown with the finding: `Giải trình được chấp nhận: mưa lũ`.
    pub fn words(&self) -> String {
        let verdict = match self.decision {
            Decision::Accepted => "Giải trình được chấp nhận",
            Decision::Refused => "Giải trình không được chấp nhận",
            Decision::Pending => "Đơn vị giải trình, chưa duyệt",
        };
        let by = self.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let until = self.until.map(|day| format!(", đến ngày {}", day.format("%d/%m/%Y")));
        let reason = super::privacy::masked(self.reason.as_str());
        format!("{verdict}{by}{}: {reason}", until.unwrap_or_default())
    }
}

/// What became of an explanation in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is shown with the findings that it names.
    Applied,
    /// Its last day is over.
    Expired,
    /// No finding is what it names.
    Unmatched,
    /// A later row decides every finding that it names.
    Replaced,
}

impl Fate {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Expired => "expired",
            Self::Unmatched => "unmatched",
            Self::Replaced => "replaced",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applied => "Đang áp dụng",
            Self::Expired => "Đã hết hạn",
            Self::Unmatched => "Không khớp lỗi nào",
            Self::Replaced => "Có dòng sau thay thế",
        }
    }
}

/// An explanation with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The explanation.
    pub explanation: std::sync::Arc<Explanation>,
    /// What became of it.
    pub fate: Fate,
    /// How many findings it names.
    pub findings: usize,
}
