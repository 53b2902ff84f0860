//! One opinion or petition of the People (ý kiến, kiến nghị), a row of Biểu 2 or Biểu 3.

use super::{CellRef, Count, Field, Period, Text};
use chrono::NaiveDate;
use std::fmt;

/// Kết quả: what became of a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Trả lời, giải quyết tại hội nghị.
    K1,
    /// Đã giải quyết sau hội nghị.
    K2,
    /// Đang giải quyết.
    K3,
    /// Chưa giải quyết.
    K4,
    /// Vượt thẩm quyền, đã chuyển cấp trên.
    K5,
}

impl Outcome {
    /// All outcomes in the order of the form.
    pub const ALL: [Self; 5] = [Self::K1, Self::K2, Self::K3, Self::K4, Self::K5];

    /// The code as the form writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::K1 => "K1",
            Self::K2 => "K2",
            Self::K3 => "K3",
            Self::K4 => "K4",
            Self::K5 => "K5",
        }
    }

    /// The outcome of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Short name in Vietnamese.
    pub const fn label(self) -> &'static str {
        match self {
            Self::K1 => "Trả lời tại hội nghị",
            Self::K2 => "Đã giải quyết sau hội nghị",
            Self::K3 => "Đang giải quyết",
            Self::K4 => "Chưa giải quyết",
            Self::K5 => "Chuyển cấp trên",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Lĩnh vực: the field of a petition, `L01` … `L15` or `L99`; names are in `templates/ma.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(u8);

impl Subject {
    /// L99 Khác: whatever fits none of the list.
    pub const OTHER: Self = Self(99);

    /// Reads `L01` … `L99`; whether the list holds it is the list's business.
    pub fn parse(code: &str) -> Option<Self> {
        let digits = code.strip_prefix('L')?;
        (digits.len() == 2).then(|| digits.parse().ok().map(Self))?
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{:02}", self.0)
    }
}

/// Thẩm quyền giải quyết: which level can settle a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// Xã.
    Commune,
    /// Huyện.
    District,
    /// Tỉnh.
    Province,
    /// Trung ương.
    Central,
}

impl Authority {
    /// As the form writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Commune => "Xã",
            Self::District => "Huyện",
            Self::Province => "Tỉnh",
            Self::Central => "Trung ương",
        }
    }
}

/// One row of Biểu 2. Fields stand in the order of the form.
#[derive(Debug, Clone, Default)]
pub struct Petition {
    /// The row in its sheet, counted from zero.
    pub row: u32,
    /// STT.
    pub no: Field<Count>,
    /// Cuộc số: STT of the meeting in Biểu 1.
    pub meeting_no: Field<Count>,
    /// Nội dung ý kiến, kiến nghị.
    pub content: Field<Text>,
    /// Lĩnh vực.
    pub subject: Field<Subject>,
    /// Thẩm quyền giải quyết.
    pub authority: Field<Authority>,
    /// Cơ quan giải quyết.
    pub agency: Field<Text>,
    /// Ngày tiếp nhận.
    pub received: Field<NaiveDate>,
    /// Ngày báo nhận, chuyển.
    pub acknowledged: Field<NaiveDate>,
    /// Kết quả.
    pub outcome: Field<Outcome>,
    /// Văn bản trả lời: số.
    pub reply_no: Field<Text>,
    /// Văn bản trả lời: ngày.
    pub reply_date: Field<NaiveDate>,
    /// Kiến nghị lặp lại.
    pub repeated: Field<bool>,
    /// Ghi chú.
    pub note: Field<Text>,
}

impl Petition {
    /// The cell that stands for the whole row.
    pub fn cell(&self) -> CellRef {
        self.no.cell().or(self.content.cell()).unwrap_or(CellRef::new(self.row, 0))
    }
}

/// One row of Biểu 3: a petition carried over from an earlier quarter (tồn đọng).
#[derive(Debug, Clone, Default)]
pub struct CarriedPetition {
    /// The row in its sheet, counted from zero.
    pub row: u32,
    /// STT.
    pub no: Field<Count>,
    /// Kỳ phát sinh.
    pub origin: Field<Period>,
    /// Nội dung ý kiến, kiến nghị.
    pub content: Field<Text>,
    /// Lĩnh vực.
    pub subject: Field<Subject>,
    /// Thẩm quyền giải quyết.
    pub authority: Field<Authority>,
    /// Kết quả kỳ trước.
    pub before: Field<Outcome>,
    /// Kết quả kỳ này.
    pub outcome: Field<Outcome>,
    /// Văn bản trả lời: số.
    pub reply_no: Field<Text>,
    /// Văn bản trả lời: ngày.
    pub reply_date: Field<NaiveDate>,
    /// Ghi chú.
    pub note: Field<Text>,
}
