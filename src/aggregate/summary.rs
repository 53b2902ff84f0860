//! What the report knows: one line per unit, the sums of each level, the files and the findings.

use super::measure::{Measure, Tallies};
use crate::model::submission::FilePath;
use crate::model::{
    Finding, Form, Level, Outcome, Period, Subject, Submission, Text, Unit, UnitCode,
};
use crate::profile::Profile;
use chrono::NaiveDate;
use std::collections::BTreeMap;

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

/// One input file.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Its path below the input folder.
    pub path: FilePath,
    /// SHA-256 of its bytes, in hexadecimal; none when it could not be read or was set aside.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Which form it holds.
    pub form: Option<Form>,
    /// Whose it is.
    pub unit: Option<UnitCode>,
    /// What became of it.
    pub status: FileStatus,
    /// When it was received, by the office's own list.
    pub received: Option<NaiveDate>,
}

/// One unit of the scope.
#[derive(Debug, Clone)]
pub struct UnitLine {
    /// The unit as of the period's last day.
    pub unit: Unit,
    /// Whether and how it reported.
    pub submission: SubmissionState,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its figures, holes included.
    pub tallies: Tallies,
    /// The date that decides between on time and late: receipt, or else the report's own.
    pub submitted: Option<NaiveDate>,
    /// Lý do không tổ chức.
    pub reason: Option<Text>,
    /// The file whose figures stand here.
    pub file: Option<FilePath>,
}

/// One row of PL2: how many petitions of one field had which outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectLine {
    /// By outcome, K1 … K5.
    pub outcomes: [u64; 5],
    /// Rows whose outcome could not be read.
    pub unread: u64,
}

impl SubjectLine {
    /// All petitions of the line.
    pub fn total(&self) -> u64 {
        self.outcomes.iter().sum::<u64>() + self.unread
    }

    /// The count of one outcome.
    pub const fn outcome(&self, outcome: Outcome) -> u64 {
        let [k1, k2, k3, k4, k5] = self.outcomes;
        match outcome {
            Outcome::K1 => k1,
            Outcome::K2 => k2,
            Outcome::K3 => k3,
            Outcome::K4 => k4,
            Outcome::K5 => k5,
        }
    }
}

/// PL2: petitions of Biểu 2 by field, and the opinions of Biểu 1 that no row of Biểu 2 describes.
#[derive(Debug, Clone, Default)]
pub struct SubjectTable {
    /// By field, in the order of the list; fields without a petition are left out.
    pub lines: BTreeMap<Subject, SubjectLine>,
    /// Chưa phân lĩnh vực: opinions counted in Biểu 1 and not described in Biểu 2.
    pub unclassified: u64,
}

/// Everything that an output may show. Made once; every output is drawn from it.
#[derive(Debug)]
pub struct Summary {
    /// The quarter.
    pub period: Period,
    /// "Today" of the run.
    pub as_of: NaiveDate,
    /// The last day on which the quarter's report is due.
    pub deadline: NaiveDate,
    /// The unit whose area the report covers.
    pub scope: Unit,
    /// The rule profile in force.
    pub profile: Profile,
    /// Every input file, by path.
    pub files: Vec<FileLine>,
    /// Every unit of the scope, by code.
    pub units: Vec<UnitLine>,
    /// Sums of each level's own meetings; a level without units has no entry.
    pub totals: BTreeMap<Level, Tallies>,
    /// PL2.
    pub subjects: SubjectTable,
    /// Name of each field, in the order of the list.
    pub subject_names: Vec<(Subject, String)>,
    /// The submissions whose figures are in the report, by unit code.
    pub submissions: Vec<Submission>,
    /// All findings, in the official order.
    pub findings: Vec<Finding>,
}

impl Summary {
    /// One measure of one level; `None` when nobody of that level reported it.
    pub fn total(&self, level: Level, measure: Measure) -> Option<u64> {
        self.totals.get(&level)?.get(measure).sum
    }

    /// The line of that unit.
    pub fn unit(&self, code: UnitCode) -> Option<&UnitLine> {
        let found = self.units.binary_search_by_key(&code, |line| line.unit.code).ok()?;
        self.units.get(found)
    }
}
