//! All files of a run as they were read, before anything is held against a rule.

use super::so_far::Earlier;
use crate::calendar::Calendar;
use crate::model::backlog::Backlog;
use crate::model::explanation::Explanation;
use crate::model::submission::FilePath;
use crate::model::{Finding, Form, Period, Submission, Unit, UnitCode};
use crate::normalise::Rejection;
use crate::open::Kind;
use crate::profile::Profile;
use crate::register::Register;
use chrono::NaiveDate;
use std::path::PathBuf;

/// One file of the input folder after reading.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Its path below the input folder.
    pub path: FilePath,
    /// Where it lies on this machine, or the archive that it lies in.
    pub disk: Option<PathBuf>,
    /// SHA-256 of its bytes, in hexadecimal; none when it was set aside unread.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// What kind of workbook it is; none when it could not be opened as one.
    pub kind: Option<Kind>,
    /// When it was first received, by the office's own list.
    pub received: Option<NaiveDate>,
    /// When it was last received.
    pub received_last: Option<NaiveDate>,
    /// Which form it holds.
    pub form: Option<Form>,
    /// Whether somebody compiled it out of the submissions of several units: a unit's own file goes before it.
    pub is_compiled: bool,
    /// What it says.
    pub content: Content,
    /// What was noticed on the way.
    pub findings: Vec<Finding>,
    /// The feedback of an earlier round in it, answered by the unit.
    pub answer: Answer,
}

/// What a unit sent back with the feedback that it was given.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Which version of the submission the file says it is; 0 where it is no answer.
    pub version: u32,
    /// Which sheet of the workbook's list bears it.
    pub sheet: Option<u32>,
    /// What the unit explains.
    pub explanations: Vec<Explanation>,
}

/// What a file says.
#[derive(Debug, Clone)]
pub enum Content {
    /// No submission: temporary, or the office's own.
    SetAside,
    /// No spreadsheet, but named as a submission is (a scan, an archive of another kind): the unit sent something.
    Paper(Rejection),
    /// A submission that cannot be used.
    Rejected(Rejection),
    /// A submission.
    Submission(Box<Submission>),
    /// One table of that unit's submission; the rest, and the whole, is in that file.
    PartOf(UnitCode, FilePath),
}

impl ReadFile {
    /// The quarter that the file states.
    pub fn period(&self) -> Option<Period> {
        match &self.content {
            Content::SetAside | Content::PartOf(..) => None,
            Content::Rejected(rejection) | Content::Paper(rejection) => rejection.period,
            Content::Submission(submission) => Some(submission.period),
        }
    }

    /// Whose it is, when it can be only one unit's.
    pub fn unit(&self) -> Option<UnitCode> {
        match &self.content {
            Content::SetAside => None,
            Content::Rejected(rejection) | Content::Paper(rejection) => {
                match rejection.could_be.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }
            }
            Content::Submission(submission) => Some(submission.unit),
            Content::PartOf(unit, _) => Some(*unit),
        }
    }

    /// The date that decides between on time and late: receipt, or else the report's own.
    pub fn submitted(&self, submission: &Submission) -> Option<NaiveDate> {
        self.received.or(submission.report_date.value())
    }
}

/// What a run is about.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The quarter.
    pub period: Period,
    /// "Today".
    pub as_of: NaiveDate,
    /// The unit whose area the report covers.
    pub scope: &'a Unit,
    /// The units of the quarter that make up that area: the scope itself, or what it was made of.
    pub area: &'a [&'a Unit],
    /// The register.
    pub register: &'a Register,
    /// The numbers of the regulation.
    pub profile: &'a Profile,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// What the office has decided about earlier findings.
    pub explanations: &'a [Explanation],
    /// The quarters before this one that are known, for quotas longer than a quarter.
    pub earlier: &'a [Earlier],
    /// The petitions that the quarter before left open, when its submissions are given.
    pub backlog: Option<&'a Backlog>,
    /// Whether a later quarter will ask what ended in this one.
    pub keeps_closed: bool,
}

impl<'a> Frame<'a> {
    /// The day on which what was open is held against its deadline: "today", or where the run has a later quarter,
    /// whose reports tell again what is still open, the day on which this one's were due.
    pub fn open_on(&self) -> NaiveDate {
        let due = self.profile.deadline(self.period);
        if self.keeps_closed { self.as_of.min(due) } else { self.as_of }
    }

    /// The last day of the quarter, on which codes and names are understood.
    pub fn day(&self) -> NaiveDate {
        self.period.last_day()
    }

    /// The unit of that code, when it exists on the quarter's last day.
    pub fn unit(&self, code: UnitCode) -> Option<&'a Unit> {
        self.register.get(code, self.day())
    }

    /// The units of the scope, by code.
    pub fn units(&self) -> Vec<&'a Unit> {
        self.register.in_force(self.day()).filter(|unit| self.covers(unit)).collect()
    }

    /// Whether a unit belongs to the scope.
    pub fn covers(&self, unit: &Unit) -> bool {
        let (register, day) = (self.register, self.day());
        self.area.iter().any(|area| register.is_within(unit, area.code, day))
    }

    /// For how many days of the quarter a unit existed. A change of parent alone does not make a
    /// new unit.
    pub fn existed_days(&self, unit: &Unit) -> i64 {
        let (first, last) = self.profile.span(self.period);
        let from = self.register.began(unit);
        let until = unit.valid_to.map_or(last, |day| day.min(last));
        (until - from.max(first)).num_days() + 1
    }
}
