//! What the yearly review knows: one line per unit with its quarters, the year's sums, the lists.

use super::evidence::Document;
use crate::aggregate::Summary;
use crate::check::year::YearAccount;
use crate::model::explanation::Explanation;
use crate::model::submission::FilePath;
use crate::model::{
    Finding, Geography, Level, Measure, Period, SubmissionState, Tallies, Tally, Text, Unit,
    UnitCode, Verdict,
};
use crate::profile::Profile;
use crate::profile::review::ReviewCriteria;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The review of one year.
#[derive(Debug)]
pub struct Review {
    /// The year.
    pub year: i32,
    /// "Today" of the run.
    pub as_of: NaiveDate,
    /// The unit whose area is reviewed.
    pub scope: Unit,
    /// By which map figures are shown.
    pub geography: Geography,
    /// The criteria of the profile in force at the year's end.
    pub criteria: ReviewCriteria,
    /// The four quarters, checked and summed.
    pub quarters: Vec<Summary>,
    /// The quarters of the year before that are known.
    pub before: Vec<Summary>,
    /// Every unit: level by level, communes by district; after each the units that it was made of.
    pub units: Vec<UnitYear>,
    /// Sums of each level's own meetings in the year, the same on either map.
    pub totals: BTreeMap<Level, Tallies>,
    /// Every document that the submissions name, each once.
    pub documents: Vec<Document>,
    /// What the year as a whole breaks (CT05), by unit.
    pub findings: Vec<Finding>,
    /// Explanations that the office accepted.
    pub accepted: Vec<Accepted>,
    /// Đề nghị biểu dương.
    pub commended: Vec<Named>,
    /// Đề nghị nhắc nhở.
    pub reminded: Vec<Named>,
}

impl Review {
    /// The profile in force at the year's end.
    pub fn profile(&self) -> Option<&Profile> {
        self.quarters.last().map(|quarter| &quarter.profile)
    }

    /// Whether units were merged or abolished inside the year.
    pub fn is_rearranged(&self) -> bool {
        self.units.iter().any(|unit| unit.ended)
    }

    /// All findings: those of each quarter, then those of the year.
    pub fn all_findings(&self) -> impl Iterator<Item = (Option<Period>, &Finding)> {
        let quarters = self.quarters.iter().flat_map(|quarter| {
            quarter.findings.iter().map(|finding| (Some(quarter.period.last()), finding))
        });
        quarters.chain(self.findings.iter().map(|finding| (None, finding)))
    }
}

/// One unit in the year.
#[derive(Debug)]
pub struct UnitYear {
    /// The unit as it last stood in the year.
    pub unit: Unit,
    /// Its quarters; none where it did not exist at the quarter's end.
    pub quarters: [Option<UnitQuarter>; 4],
    /// Its quota over the year.
    pub account: YearAccount,
    /// Sums over its own quarters.
    pub own: Tallies,
    /// Sums as the chosen map shows them: with what its predecessors held, or its own.
    pub shown: Tallies,
    /// How many reports the shown sums are made of.
    pub reports: usize,
    /// Whether its figures are shown at its heir and not here.
    pub carried: bool,
    /// Whether it was merged or abolished before the year's end.
    pub ended: bool,
    /// The unit that it became part of, as a place in the list; none where there is none, or several.
    pub heir: Option<usize>,
    /// The units that it was made of, as places in the list.
    pub origins: Vec<usize>,
    /// Its record of submission.
    pub punctuality: Punctuality,
    /// What changed since the year before.
    pub trend: Option<Trend>,
}

impl UnitYear {
    /// Its quarters in order, without those in which it did not exist.
    pub fn known(&self) -> impl Iterator<Item = &UnitQuarter> {
        self.quarters.iter().flatten()
    }

    /// Errors and warnings of the year.
    pub fn quality(&self) -> Quality {
        self.known().fold(Quality::default(), |sum, quarter| Quality {
            errors: sum.errors + quarter.quality.errors,
            warnings: sum.warnings + quarter.quality.warnings,
            excused: sum.excused + quarter.quality.excused,
        })
    }
}

/// One quarter of one unit.
#[derive(Debug)]
pub struct UnitQuarter {
    /// The quarter.
    pub period: Period,
    /// The unit's code then.
    pub code: UnitCode,
    /// Whether and how it reported.
    pub state: SubmissionState,
    /// How that stands to the day on which it was due.
    pub timing: Timing,
    /// Its verdict.
    pub verdict: Verdict,
    /// The date that decides between on time and late.
    pub submitted: Option<NaiveDate>,
    /// Lý do không tổ chức.
    pub reason: Option<Text>,
    /// The file whose figures stand here.
    pub file: Option<FilePath>,
    /// Its figures.
    pub tallies: Tallies,
    /// Its faults.
    pub quality: Quality,
}

/// How a report stands to the day on which it was due: one answer for each quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Đúng hạn, also of a report that nothing took place.
    OnTime,
    /// Muộn.
    Late,
    /// It came, and no date tells when.
    Undated,
    /// It came and could not be read.
    Unreadable,
    /// Chưa nộp.
    Missing,
    /// Chưa đến hạn: nothing came, and nothing was due yet.
    Pending,
    /// Không thuộc diện nộp.
    NotOwed,
}

impl Timing {
    /// All answers, in the order in which reports list them.
    pub const ALL: [Self; 7] = [
        Self::OnTime,
        Self::Late,
        Self::Undated,
        Self::Unreadable,
        Self::Missing,
        Self::Pending,
        Self::NotOwed,
    ];

    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Undated => "undated",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Pending => "pending",
            Self::NotOwed => "not_owed",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OnTime => "Đúng hạn",
            Self::Late => "Nộp muộn",
            Self::Undated => "Không rõ ngày",
            Self::Unreadable => "Không đọc được",
            Self::Missing => "Chưa nộp",
            Self::Pending => "Chưa đến hạn",
            Self::NotOwed => "Không thuộc diện",
        }
    }
}

/// How often a unit reported in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Punctuality {
    /// Reports that were due.
    pub owed: u32,
    /// Of these, in time.
    pub on_time: u32,
    /// Late.
    pub late: u32,
    /// Without a date.
    pub undated: u32,
    /// Unreadable.
    pub unreadable: u32,
    /// Not submitted.
    pub missing: u32,
}

/// How many faults a report had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quality {
    /// Findings that must be mended.
    pub errors: u64,
    /// Findings to be mended or explained.
    pub warnings: u64,
    /// Errors that an accepted explanation excuses.
    pub excused: u64,
}

impl Quality {
    /// Errors that no accepted explanation excuses.
    pub const fn held(self) -> u64 {
        self.errors.saturating_sub(self.excused)
    }
}

/// The same quarters of two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The quarters whose figures are known in both years, by number.
    pub quarters: Vec<u32>,
    /// Sums of the year before.
    pub then: Tallies,
    /// Sums of this year.
    pub now: Tallies,
    /// Whether figures of units that have since been merged stand on either side.
    pub broken: bool,
    /// The verdict on the whole year before, where all four quarters of it are known.
    pub verdict: Option<Verdict>,
}

/// A part of a whole; either may be unknown, and a hole makes both uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: Option<u64>,
    /// The whole.
    pub whole: Option<u64>,
    /// Whether a rejected cell is missing from either.
    pub uncertain: bool,
}

impl Share {
    /// Trả lời tại hội nghị: K1 of all opinions.
    pub fn answered(tallies: &Tallies) -> Self {
        let [total, k1] = [Measure::Opinions, Measure::Answered].map(|m| tallies.get(m));
        Self { part: k1.sum, whole: total.sum, uncertain: unsure(&[total, k1]) }
    }

    /// Giải quyết trong thẩm quyền: K1 and K2 of all opinions that were not passed up (K5).
    pub fn settled(tallies: &Tallies) -> Self {
        use Measure::{Answered, Forwarded, Opinions, Resolved};
        let all = [Opinions, Answered, Resolved, Forwarded].map(|measure| tallies.get(measure));
        let [total, k1, k2, k5] = all;
        Self {
            part: k1.sum.zip(k2.sum).map(|(k1, k2)| k1.saturating_add(k2)),
            whole: total.sum.zip(k5.sum).and_then(|(total, k5)| total.checked_sub(k5)),
            uncertain: unsure(&all),
        }
    }

    /// Thông báo kết luận đúng hạn: of all that were due.
    pub fn notices(tallies: &Tallies) -> Self {
        use Measure::{NoticesLate, NoticesMissing, NoticesOnTime};
        let all = [NoticesOnTime, NoticesLate, NoticesMissing].map(|measure| tallies.get(measure));
        let [on_time, late, missing] = all;
        let whole = on_time.sum.map(|on_time| {
            on_time.saturating_add(late.sum.unwrap_or(0)).saturating_add(missing.sum.unwrap_or(0))
        });
        Self { part: on_time.sum, whole, uncertain: unsure(&all) }
    }

    /// The two numbers, where they make a share: known, not of nothing, and no part above its whole.
    pub fn known(self) -> Option<(u64, u64)> {
        let (part, whole) = self.part.zip(self.whole)?;
        (whole > 0 && part <= whole).then_some((part, whole))
    }
}

fn unsure(tallies: &[Tally]) -> bool {
    tallies.iter().any(|tally| tally.incomplete)
}

/// An accepted explanation with the quarters in which it was applied.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The explanation.
    pub explanation: Arc<Explanation>,
    /// The quarters; empty for one that is about the year.
    pub quarters: Vec<Period>,
    /// How many findings it excuses.
    pub findings: usize,
}

/// A unit on one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The unit, as a place in the list.
    pub unit: usize,
    /// What put it there.
    pub criteria: Vec<Criterion>,
}

/// One criterion that holds, with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its key in the profile.
    pub key: &'static str,
    /// In Vietnamese, with the figures and what the profile asks.
    pub words: String,
}
