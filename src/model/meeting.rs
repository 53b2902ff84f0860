//! One meeting between a head and the People (hội nghị tiếp xúc, đối thoại), a row of Biểu 1.

use super::{CellRef, Count, Field, Outcome, Text};
use chrono::NaiveDate;

/// Loại cuộc: the two kinds that the reports publish apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Định kỳ.
    Periodic,
    /// Đột xuất.
    AdHoc,
}

impl Kind {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Periodic => "periodic",
            Self::AdHoc => "ad_hoc",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Periodic => "Định kỳ",
            Self::AdHoc => "Đột xuất",
        }
    }
}

/// Chủ trì: who chaired, as the regulation tells the heads apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chair {
    /// Bí thư: the head of the Party committee.
    Secretary,
    /// Chủ tịch UBND: the head of the government.
    Chairman,
    /// Đồng chủ trì: both heads together.
    Joint,
    /// Bí thư kiêm Chủ tịch UBND: one person who holds both posts.
    BothPosts,
    /// Ủy quyền: a deputy in place of a head.
    Deputy,
}

impl Chair {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Secretary => "secretary",
            Self::Chairman => "chairman",
            Self::Joint => "joint",
            Self::BothPosts => "both_posts",
            Self::Deputy => "deputy",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Secretary => "Bí thư",
            Self::Chairman => "Chủ tịch UBND",
            Self::Joint => "Đồng chủ trì",
            Self::BothPosts => "Bí thư kiêm Chủ tịch UBND",
            Self::Deputy => "Ủy quyền",
        }
    }
}

/// Cấp phó: whose deputy took the chair in place of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeputyPost {
    /// Phó Bí thư.
    Secretary,
    /// Phó Chủ tịch.
    Chairman,
}

impl DeputyPost {
    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Secretary => "Phó Bí thư",
            Self::Chairman => "Phó Chủ tịch",
        }
    }

    /// The one that a text names; none where it names both or neither. Marks decide, for Phố is a name.
    pub fn named_in(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let names = |posts: &[&[&str]]| {
            posts.iter().any(|post| words.windows(post.len()).any(|part| part == *post))
        };
        let secretary = names(&[&["phó", "bí", "thư"], &["phó", "bt"], &["pbt"]]);
        let chairman = names(&[&["phó", "chủ", "tịch"], &["phó", "ct"], &["pct"]]);
        match (secretary, chairman) {
            (true, false) => Some(Self::Secretary),
            (false, true) => Some(Self::Chairman),
            _ => None,
        }
    }
}

/// Người đứng đầu: the two heads whom the regulation holds to a number of meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    /// Bí thư.
    Secretary,
    /// Chủ tịch UBND.
    Chairman,
}

impl Head {
    /// Both heads.
    pub const ALL: [Self; 2] = [Self::Secretary, Self::Chairman];

    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Secretary => "secretary",
            Self::Chairman => "chairman",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Secretary => "Bí thư",
            Self::Chairman => "Chủ tịch UBND",
        }
    }

    /// Whether that head took the chair, alone, jointly, or with both posts.
    pub const fn chaired(self, chair: Chair) -> bool {
        match chair {
            Chair::Secretary => matches!(self, Self::Secretary),
            Chair::Chairman => matches!(self, Self::Chairman),
            Chair::Joint | Chair::BothPosts => true,
            Chair::Deputy => false,
        }
    }
}

/// Hình thức: how people met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingFormat {
    /// Trực tiếp.
    InPerson,
    /// Trực tuyến.
    Online,
    /// Kết hợp.
    Combined,
}

/// One row of Biểu 1. Fields stand in the order of the form.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    /// The row in its sheet, counted from zero.
    pub row: u32,
    /// STT.
    pub no: Field<Count>,
    /// Ngày tổ chức.
    pub date: Field<NaiveDate>,
    /// Địa điểm.
    pub place: Field<Text>,
    /// Hình thức.
    pub format: Field<MeetingFormat>,
    /// Loại cuộc.
    pub kind: Field<Kind>,
    /// Chủ trì.
    pub chair: Field<Chair>,
    /// Whose deputy chaired in place of a head, where the row names the post.
    pub deputy: Option<DeputyPost>,
    /// Họ tên, chức vụ người chủ trì.
    pub chair_name: Field<Text>,
    /// Chủ đề, nội dung.
    pub topic: Field<Text>,
    /// Lồng ghép hội nghị tuyên vận.
    pub with_tuyen_van: Field<bool>,
    /// Ngày thông báo trước.
    pub announced: Field<NaiveDate>,
    /// Số lượt người tham gia.
    pub attendees: Field<Count>,
    /// … nữ.
    pub women: Field<Count>,
    /// … dân tộc thiểu số.
    pub minority: Field<Count>,
    /// Số người phát biểu.
    pub speakers: Field<Count>,
    /// Ý kiến, kiến nghị: tổng số.
    pub opinions: Field<Count>,
    /// Ý kiến, kiến nghị by outcome K1 … K5.
    pub outcomes: [Field<Count>; 5],
    /// Kế hoạch: số.
    pub plan_no: Field<Text>,
    /// Kế hoạch: ngày.
    pub plan_date: Field<NaiveDate>,
    /// Ngày biên bản.
    pub minutes_date: Field<NaiveDate>,
    /// Thông báo kết luận: số.
    pub notice_no: Field<Text>,
    /// Thông báo kết luận: ngày.
    pub notice_date: Field<NaiveDate>,
    /// Ngày công khai.
    pub published: Field<NaiveDate>,
    /// Ghi chú.
    pub note: Field<Text>,
}

impl Meeting {
    /// How many opinions had that outcome.
    pub fn outcome(&self, outcome: Outcome) -> &Field<Count> {
        let [k1, k2, k3, k4, k5] = &self.outcomes;
        match outcome {
            Outcome::K1 => k1,
            Outcome::K2 => k2,
            Outcome::K3 => k3,
            Outcome::K4 => k4,
            Outcome::K5 => k5,
        }
    }

    /// Whether the row has a place for its conclusion notice (thông báo kết luận), or a column that may be it.
    pub const fn tells_notice(&self) -> bool {
        let (no, date) = (&self.notice_no, &self.notice_date);
        no.cell().is_some() || date.cell().is_some() || !no.is_blank() || !date.is_blank()
    }

    /// The cell that stands for the whole row: its first known cell.
    pub fn cell(&self) -> CellRef {
        self.no.cell().or(self.date.cell()).unwrap_or(CellRef::new(self.row, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_deputy_a_text_names() {
        for (text, post) in [
            ("Lò Văn B, Phó Bí thư Thường trực Đảng ủy", Some(DeputyPost::Secretary)),
            ("PBT Đảng ủy", Some(DeputyPost::Secretary)),
            ("Ủy quyền Phó Chủ tịch UBND", Some(DeputyPost::Chairman)),
            ("Lò Văn B - PCT UBND xã", Some(DeputyPost::Chairman)),
            ("Phó Bí thư, Phó Chủ tịch UBND", None),
            ("Ủy quyền", None),
            ("Lò Thị Phố, Bí thư", None),
            ("PHÓ CHỦ TỊCH UBND", Some(DeputyPost::Chairman)),
        ] {
            assert_eq!(DeputyPost::named_in(text), post, "{text}");
        }
    }
}
