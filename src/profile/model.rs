//! The regulation as data (hồ sơ quy tắc): every number with the document it stands on.

use super::review::ReviewCriteria;
use crate::model::{Level, Period, Rule, Severity};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A number or choice of the regulation, with its basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Based<T> {
    /// The value.
    pub value: T,
    /// The document or practice it rests on, in Vietnamese.
    pub basis: String,
    /// Whether it still waits to be checked against the original text.
    pub assumed: bool,
}

/// The span over which a quota is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaSpan {
    /// Mỗi quý.
    Quarter,
    /// Mỗi 6 tháng.
    HalfYear,
    /// Mỗi năm.
    Year,
}

impl QuotaSpan {
    /// All spans.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::HalfYear, Self::Year];

    /// The word used in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quarter => "mỗi quý",
            Self::HalfYear => "mỗi 6 tháng",
            Self::Year => "mỗi năm",
        }
    }

    /// How many quarters it has.
    pub const fn quarters(self) -> u32 {
        match self {
            Self::Quarter => 1,
            Self::HalfYear => 2,
            Self::Year => 4,
        }
    }

    /// The quarters of the span in which that quarter lies, from its first to that quarter.
    pub fn quarters_until(self, period: Period) -> Vec<Period> {
        let first = (period.number() - 1) / self.quarters() * self.quarters() + 1;
        (first..=period.number())
            .filter_map(|number| Period::quarter(period.year(), number))
            .collect()
    }

    /// Whether the span ends with that quarter, so that its quota falls due.
    pub const fn ends_with(self, period: Period) -> bool {
        match self {
            Self::Quarter => true,
            Self::HalfYear => matches!(period.number(), 2 | 4),
            Self::Year => period.number() == 4,
        }
    }
}

/// To whom a quota applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The unit as a whole.
    Unit,
    /// Each of the two heads.
    EachHead,
}

impl Counted {
    /// All choices.
    pub const ALL: [Self; 2] = [Self::Unit, Self::EachHead];

    /// The word used in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::EachHead => "each_head",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unit => "tính cho đơn vị",
            Self::EachHead => "tính cho từng người đứng đầu",
        }
    }
}

/// For whom a jointly chaired meeting counts, when heads are counted one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JointCountsFor {
    /// For both heads.
    Both,
    /// For one of them only.
    One,
}

impl JointCountsFor {
    /// All choices.
    pub const ALL: [Self; 2] = [Self::Both, Self::One];

    /// The word used in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::One => "one",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Both => "tính cho cả hai người đứng đầu",
            Self::One => "chỉ tính cho một người",
        }
    }
}

/// How a report's span is cut (kỳ chốt số liệu).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cutoff {
    /// The calendar quarter.
    Calendar,
    /// The state inspection's periods: from the 15th to the 14th.
    Day14,
}

impl Cutoff {
    /// All choices.
    pub const ALL: [Self; 2] = [Self::Calendar, Self::Day14];

    /// The word used in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Day14 => "day14",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Calendar => "theo quý dương lịch",
            Self::Day14 => "từ ngày 15 đến ngày 14",
        }
    }
}

/// What a level owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Fewest meetings.
    pub min: Based<u32>,
    /// Per which span.
    pub per: Based<QuotaSpan>,
    /// Of the unit or of each head.
    pub counted: Based<Counted>,
    /// Months in which a meeting is recommended, 1 to 12.
    pub recommended_months: Based<Vec<u32>>,
}

/// A range of usual values, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Smallest usual value.
    pub from: u32,
    /// Largest usual value.
    pub to: u32,
}

/// Usual values per meeting at one level (khoảng thường gặp).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plausible {
    /// People per meeting.
    pub attendees: Based<Band>,
    /// Opinions per meeting.
    pub opinions: Based<Band>,
}

/// One rule profile. No number of the regulation stands outside of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its short name, `quy-che-17`.
    pub id: String,
    /// Its title in Vietnamese.
    pub name: String,
    /// Whether its numbers are checked against the original text.
    pub status: String,
    /// First day on which it applies.
    pub effective_from: NaiveDate,
    /// Last day on which it applies; none while it lasts.
    pub effective_to: Option<NaiveDate>,
    /// SHA-256 of the profile's file, in hexadecimal.
    pub sha256: String,
    /// Quotas by level; a level without one owes nothing.
    pub quotas: BTreeMap<Level, Quota>,
    /// For whom a joint meeting counts.
    pub joint_counts_for: Based<JointCountsFor>,
    /// Whether a meeting of one person with both posts counts for both heads.
    pub one_person_both_posts: Based<JointCountsFor>,
    /// Whether ad hoc meetings count towards the quota.
    pub ad_hoc_counts: Based<bool>,
    /// Whether meetings chaired by a deputy count towards the quota.
    pub deputy_counts: Based<bool>,
    /// Whether meetings combined with a hội nghị tuyên vận count.
    pub combined_counts: Based<bool>,
    /// Days between announcement and meeting.
    pub announce_days_before: Based<u32>,
    /// Days between meeting and conclusion notice.
    pub conclusion_days: Based<u32>,
    /// Days after which a missing notice becomes an error.
    pub conclusion_error_days: Based<u32>,
    /// Working days for acknowledging or passing on a petition.
    pub ack_working_days: Based<u32>,
    /// Days after which an open petition is overdue.
    pub petition_overdue_days: Based<u32>,
    /// Day of the month after the period on which the report is due.
    pub submission_day: Based<u32>,
    /// Days after the as-of day within which a unit answers its feedback; none where the office sets them itself.
    pub feedback_days: Option<Based<u32>>,
    /// How the span of a report is cut.
    pub cutoff: Based<Cutoff>,
    /// Days of the period for which a unit must have existed to owe the quota.
    pub min_days_in_period: Based<u32>,
    /// Usual values by level.
    pub plausible: BTreeMap<Level, Plausible>,
    /// Criteria of the yearly review; none in a profile that was made for quarters only.
    pub review: Option<ReviewCriteria>,
    /// Severities that the office changed, by rule code.
    pub severities: BTreeMap<String, Severity>,
    /// Rules that the office switched off.
    pub off: BTreeSet<String>,
    /// The office's own column names, by `table.field`.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Every number with its basis, for the annex of rules applied.
    pub parameters: Vec<Parameter>,
}

/// One line of the annex of rules applied (Phụ lục 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The key in the profile, `quota.commune.min`.
    pub key: String,
    /// What it is, in Vietnamese.
    pub label: String,
    /// Its value as shown to the user.
    pub value: String,
    /// Its basis.
    pub basis: String,
    /// Whether it is assumed.
    pub assumed: bool,
}

impl Profile {
    /// The quota of a level.
    pub fn quota(&self, level: Level) -> Option<&Quota> {
        self.quotas.get(&level)
    }

    /// First and last day whose meetings belong to the period.
    pub fn span(&self, period: Period) -> (NaiveDate, NaiveDate) {
        match self.cutoff.value {
            Cutoff::Calendar => (period.first_day(), period.last_day()),
            Cutoff::Day14 => (
                period.first_day() - Months::new(1) + Days::new(14),
                period.last_day().with_day(14).unwrap_or_else(|| period.last_day()),
            ),
        }
    }

    /// The last day on which the period's report is due.
    pub fn deadline(&self, period: Period) -> NaiveDate {
        let next = period.last_day() + Days::new(1);
        next.with_day(self.submission_day.value).unwrap_or(next)
    }

    /// The last day on which feedback given on that day is to be answered, where the profile tells.
    pub fn feedback_deadline(&self, given: NaiveDate) -> Option<NaiveDate> {
        let days = self.feedback_days.as_ref()?.value;
        given.checked_add_days(Days::new(u64::from(days)))
    }

    /// The severity of a rule, `None` when the office switched it off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        if self.off.contains(rule.code) {
            return None;
        }
        Some(self.severities.get(rule.code).copied().unwrap_or(rule.severity))
    }
}
