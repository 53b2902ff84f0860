//! What the checks give: every file's fate, every unit's standing, the submissions in use, all findings.

use super::ledger::Ledger;
use super::so_far::{Adds, SoFar};
use crate::model::backlog::{Backlog, Flow};
use crate::model::explanation::Explained;
use crate::model::submission::FilePath;
use crate::model::{
    FileStatus, Finding, Form, Period, Submission, SubmissionState, Tallies, Text, Unchecked, Unit,
    UnitCode, UnitStanding, Verdict,
};
use crate::open::Kind;
use chrono::NaiveDate;
use std::path::PathBuf;

/// One input file.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Its path below the input folder.
    pub path: FilePath,
    /// Where it lies on this machine, or the archive that it lies in; shown nowhere.
    pub disk: Option<PathBuf>,
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
    /// What kind of workbook it is; none when it could not be opened as one.
    pub kind: Option<Kind>,
    /// Which sheet of its list bears the feedback of an earlier round.
    pub answer_sheet: Option<u32>,
    /// Which version of its unit's submission it is, by its name or by the feedback that it answers.
    pub version: u32,
    /// When it was first received, by the office's own list.
    pub received: Option<NaiveDate>,
    /// When it was last received.
    pub received_last: Option<NaiveDate>,
    /// For which quarter it was taken, in a report over several.
    pub period: Option<Period>,
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
    /// The date that decides between on time and late: the first receipt, or else the report's own date.
    pub submitted: Option<NaiveDate>,
    /// Lý do không tổ chức.
    pub reason: Option<Text>,
    /// The file whose figures stand here.
    pub file: Option<FilePath>,
    /// For how many days of the quarter it existed.
    pub existed_days: i64,
    /// Its quota ledger; none where no rows of meetings are known.
    pub ledger: Option<Ledger>,
    /// What the quarter adds to a longer quota.
    pub adds: Adds,
    /// The count of a longer quota since it began; none where a quarter is the whole of it.
    pub so_far: Option<SoFar>,
    /// Its quarters, in a report over several; those of its predecessors among them.
    pub quarters: Vec<QuarterLine>,
    /// Who came after it, where it ended before the report's last day (đơn vị kế tục).
    pub heirs: Vec<Unit>,
    /// Its account of petitions over them.
    pub flow: Option<Flow>,
}

/// One quarter of a unit in a report over several.
#[derive(Debug, Clone)]
pub struct QuarterLine {
    /// The quarter.
    pub period: Period,
    /// The unit as it was then, with its figures.
    pub line: UnitLine,
    /// How many days after the deadline it reported, when it was late.
    pub days_late: Option<i64>,
    /// How many meetings were missing from a quota that fell due.
    pub short: Option<u32>,
    /// The same for each head.
    pub heads_short: [Option<u32>; 2],
    /// How the unit and its heads stood.
    pub standing: UnitStanding,
    /// Whether it is a predecessor's.
    pub is_carried: bool,
}

impl UnitLine {
    /// A unit that has sent nothing, and for how many days of the quarter it existed.
    pub fn unsent(unit: Unit, existed_days: i64) -> Self {
        Self {
            unit,
            submission: SubmissionState::Missing,
            verdict: Verdict::NotSubmitted,
            tallies: Tallies::default(),
            submitted: None,
            reason: None,
            file: None,
            existed_days,
            ledger: None,
            adds: Adds::default(),
            so_far: None,
            quarters: Vec::new(),
            heirs: Vec::new(),
            flow: None,
        }
    }
}

/// A quarter whose submissions are checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Every input file, by path.
    pub files: Vec<FileLine>,
    /// Every unit of the scope, by code.
    pub units: Vec<UnitLine>,
    /// The submissions in use, by unit code.
    pub submissions: Vec<Submission>,
    /// All findings, in the official order.
    pub findings: Vec<Finding>,
    /// What could not be checked, by unit and place.
    pub unchecked: Vec<Unchecked>,
    /// The office's explanations for the quarter, in the order of their list.
    pub explanations: Vec<Explained>,
    /// The petitions of each unit, followed from the quarter before where that is given.
    pub backlog: Backlog,
}
