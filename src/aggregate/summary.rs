//! What the report knows: one line per unit, the sums of each level, the files and the findings.

use super::changes::Changes;
pub use crate::check::{FileLine, QuarterLine, UnitLine};
use crate::model::backlog::Backlog;
use crate::model::explanation::Explained;
use crate::model::measure::{Measure, Tallies};
pub use crate::model::standing::{FileStatus, SubmissionState, Verdict};
use crate::model::{
    Comparison, Finding, Geography, Level, Outcome, Period, Span, Subject, Submission, Unchecked,
    Unit, UnitCode,
};
use crate::profile::Profile;
use chrono::NaiveDate;
use std::collections::BTreeMap;

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
#[derive(Debug, Clone)]
pub struct Summary {
    /// What it is about.
    pub period: Span,
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
    /// What could not be checked, by unit and place.
    pub unchecked: Vec<Unchecked>,
    /// The office's explanations for the quarter, in the order of their list.
    pub explanations: Vec<Explained>,
    /// The petitions of each unit: what was open, came, ended, is open.
    pub backlog: Backlog,
    /// The other periods to set beside this one; empty parts where they are not known.
    pub comparison: Comparison,
    /// The comparison with an earlier run, where one was given.
    pub changes: Option<Changes>,
    /// The profile of each quarter of a longer span; empty for a quarter.
    pub profiles: BTreeMap<Period, Profile>,
    /// By which units the quarters of a longer span are shown; none for a quarter.
    pub geography: Option<Geography>,
    /// Where in a longer span the units change.
    pub rearranged: Vec<Rearranged>,
}

/// A reorganisation of units inside a span (sắp xếp đơn vị hành chính).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rearranged {
    /// The last quarter with the old units, and how many there were at each level from the top.
    pub before: (Period, [usize; 3]),
    /// The first quarter with the new units, and how many there are.
    pub after: (Period, [usize; 3]),
}

impl Summary {
    /// One measure of one level; `None` when nobody of that level reported it.
    pub fn total(&self, level: Level, measure: Measure) -> Option<u64> {
        self.totals.get(&level)?.get(measure).sum
    }

    /// The line of that unit; of several that had the code one after the other, the last.
    pub fn unit(&self, code: UnitCode) -> Option<&UnitLine> {
        let after = self.units.partition_point(|line| line.unit.code <= code);
        self.units.get(after.checked_sub(1)?).filter(|line| line.unit.code == code)
    }

    /// The unit that a code meant in that quarter, as it was then; without a quarter, in the report.
    pub fn unit_in(&self, code: UnitCode, period: Option<Period>) -> Option<&Unit> {
        let parts = self.units.iter().flat_map(|line| &line.quarters);
        let mut then = parts.filter(|part| Some(part.period) == period);
        let then = then.find(|part| part.line.unit.code == code).map(|part| &part.line.unit);
        then.or_else(|| self.unit(code).map(|line| &line.unit))
    }

    /// What became of each file, once for a file with several submissions in it: of those the best.
    pub fn file_statuses(&self) -> impl Iterator<Item = FileStatus> {
        let files = self.files.chunk_by(|one, other| one.path == other.path);
        files.filter_map(|lines| lines.iter().map(|line| line.status).min())
    }

    /// The profiles of its quarters, each with the quarters for which it was in force; one for a quarter.
    pub fn profiles_used(&self) -> Vec<(&Profile, Vec<Period>)> {
        let mut used: Vec<(&Profile, Vec<Period>)> = Vec::new();
        for (period, profile) in &self.profiles {
            match used.iter_mut().find(|(known, _)| known.sha256 == profile.sha256) {
                Some((_, periods)) => periods.push(*period),
                None => used.push((profile, vec![*period])),
            }
        }
        if used.is_empty() { vec![(&self.profile, vec![self.period.last()])] } else { used }
    }

    /// The rule profile of one of its quarters.
    pub fn profile_of(&self, period: Period) -> &Profile {
        self.profiles.get(&period).unwrap_or(&self.profile)
    }
}
