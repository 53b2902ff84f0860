//! The words for where things stand: how a unit reported, whether it met its quota, what became of a file.

/// Tình trạng nộp: exactly one for each unit of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubmissionState {
    /// Đúng hạn.
    OnTime,
    /// Nộp muộn.
    Late,
    /// Neither a receipt nor a report date is known.
    Undated,
    /// Không phát sinh: an empty form with a reason.
    NothingToReport,
    /// Không đọc được: a file came and was rejected.
    Unreadable,
    /// Chưa nộp.
    Missing,
    /// Không thuộc diện phải nộp.
    NotOwed,
}

impl SubmissionState {
    /// All states, in the order in which reports list them.
    pub const ALL: [Self; 7] = [
        Self::OnTime,
        Self::Late,
        Self::Undated,
        Self::NothingToReport,
        Self::Unreadable,
        Self::Missing,
        Self::NotOwed,
    ];

    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Undated => "undated",
            Self::NothingToReport => "nothing_to_report",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::NotOwed => "not_owed",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OnTime => "Đúng hạn",
            Self::Late => "Nộp muộn",
            Self::Undated => "Đã nộp, không rõ ngày",
            Self::NothingToReport => "Không phát sinh",
            Self::Unreadable => "Không đọc được",
            Self::Missing => "Chưa nộp",
            Self::NotOwed => "Không thuộc diện nộp",
        }
    }

    /// Whether the unit's figures are in the sums.
    pub const fn has_figures(self) -> bool {
        matches!(self, Self::OnTime | Self::Late | Self::Undated | Self::NothingToReport)
    }
}

/// Kết quả thực hiện chỉ tiêu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Đạt.
    Met,
    /// Chưa đạt.
    Short,
    /// Chưa đạt (có lý do).
    ShortWithReason,
    /// Chưa xác định được: a hole could change the verdict.
    Undetermined,
    /// Chưa nộp báo cáo.
    NotSubmitted,
    /// Không thuộc diện tính.
    Exempt,
}

impl Verdict {
    /// All verdicts, in the order in which reports list them.
    pub const ALL: [Self; 6] = [
        Self::Met,
        Self::Short,
        Self::ShortWithReason,
        Self::Undetermined,
        Self::NotSubmitted,
        Self::Exempt,
    ];

    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Met => "dat",
            Self::Short => "chua_dat",
            Self::ShortWithReason => "chua_dat_co_ly_do",
            Self::Undetermined => "chua_xac_dinh",
            Self::NotSubmitted => "chua_nop",
            Self::Exempt => "khong_thuoc_dien",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => "Đạt",
            Self::Short => "Chưa đạt",
            Self::ShortWithReason => "Chưa đạt (có lý do)",
            Self::Undetermined => "Chưa xác định được",
            Self::NotSubmitted => "Chưa nộp báo cáo",
            Self::Exempt => "Không thuộc diện tính",
        }
    }
}

/// What became of one input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileStatus {
    /// Its figures are in the report.
    Used,
    /// Another file of the same unit was used.
    Superseded,
    /// It could not be used; findings say why.
    Rejected,
    /// It is no submission (temporary, the office's own, outside the scope).
    Ignored,
}

impl FileStatus {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Superseded => "superseded",
            Self::Rejected => "rejected",
            Self::Ignored => "ignored",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Used => "Đã dùng",
            Self::Superseded => "Đã có tệp thay thế",
            Self::Rejected => "Không dùng được",
            Self::Ignored => "Bỏ qua",
        }
    }
}
