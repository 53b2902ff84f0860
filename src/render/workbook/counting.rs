//! What one row of `Hội nghị` adds to the figures, in columns that the summary formulas can read.

use super::words;
use crate::aggregate::{Measure, Summary};
use crate::check::figures::{Notice, notice_of};
use crate::check::ledger::{Entry, Standing};
use crate::model::{Chair, Field, Kind, Meeting, Outcome, Submission};
use crate::profile::model::Counted;

/// What a row adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether it is in the counts at all: its date can be read and lies in the period.
    pub(super) counts: bool,
    /// Whether it counts towards the quota.
    pub(super) quota: bool,
    /// Its conclusion notice.
    pub(super) notice: Notice,
}

/// What the ledger of its unit says of one row; a row that no ledger knows is in no count.
pub(super) fn facts(
    summary: &Summary,
    submission: &Submission,
    meeting: &Meeting,
    entry: Option<&Entry>,
) -> Facts {
    let last_day = submission.last_known_day(summary.as_of);
    let profile = summary.profile_of(submission.period);
    let notice = |day| notice_of(meeting, day, profile, last_day, summary.as_of);
    let held = entry.and_then(|entry| entry.day);
    Facts {
        counts: held.is_some(),
        quota: held.is_some() && entry.is_some_and(|entry| entry.standing == Standing::Counts),
        notice: held.map_or(Notice::Unknown, notice),
    }
}

const PERIODIC: &[&str] = &[words::kind(Kind::Periodic)];
const AD_HOC: &[&str] = &[words::kind(Kind::AdHoc)];
const SECRETARY: &str = words::chair(Chair::Secretary);
const CHAIRMAN: &str = words::chair(Chair::Chairman);
const JOINT: &str = words::chair(Chair::Joint);
const BOTH_POSTS: &str = words::chair(Chair::BothPosts);
const DEPUTY: &str = words::chair(Chair::Deputy);
const ON_TIME: &[&str] = &[words::notice(Notice::OnTime)];
const LATE: &[&str] = &[words::notice(Notice::Late)];
const MISSING: &[&str] = &[words::notice(Notice::Missing)];

/// How a figure of PL1 is drawn from the rows: the names of columns and the words to look for.
pub(super) enum Recipe {
    /// The sum of a column.
    Sum(&'static str),
    /// The rows with one of these words in a column.
    Count(&'static str, &'static [&'static str]),
    /// The lesser of two counts: a quota that each head owes.
    Least([&'static [&'static str]; 2]),
    /// Not drawn from rows.
    Given,
}

/// The recipe of a measure for units of which heads are counted that way.
pub(super) fn recipe(measure: Measure, counted: Counted) -> Recipe {
    match measure {
        Measure::Required => Recipe::Given,
        Measure::Counted if counted == Counted::EachHead => {
            Recipe::Least([&[SECRETARY, JOINT, BOTH_POSTS], &[CHAIRMAN, JOINT, BOTH_POSTS]])
        }
        Measure::Counted => Recipe::Sum("HN_CHITIEU"),
        Measure::Periodic => Recipe::Count("HN_LOAI", PERIODIC),
        Measure::AdHoc => Recipe::Count("HN_LOAI", AD_HOC),
        Measure::BySecretary => Recipe::Count("HN_CHUTRI", &[SECRETARY]),
        Measure::ByChairman => Recipe::Count("HN_CHUTRI", &[CHAIRMAN]),
        Measure::ByBoth => Recipe::Count("HN_CHUTRI", &[JOINT, BOTH_POSTS]),
        Measure::ByDeputy => Recipe::Count("HN_CHUTRI", &[DEPUTY]),
        Measure::Attendees => Recipe::Sum("HN_NGUOI"),
        Measure::Opinions => Recipe::Sum("HN_YKIEN"),
        Measure::Answered => Recipe::Sum("HN_KQ1"),
        Measure::Resolved => Recipe::Sum("HN_KQ2"),
        Measure::Pending => Recipe::Sum("HN_KQ3"),
        Measure::Unresolved => Recipe::Sum("HN_KQ4"),
        Measure::Forwarded => Recipe::Sum("HN_KQ5"),
        Measure::NoticesOnTime => Recipe::Count("HN_TBKL", ON_TIME),
        Measure::NoticesLate => Recipe::Count("HN_TBKL", LATE),
        Measure::NoticesMissing => Recipe::Count("HN_TBKL", MISSING),
    }
}

impl Recipe {
    /// The formula for the unit whose number stands in column A of that row.
    pub(super) fn formula(&self, row: u32, sheets: usize) -> String {
        match self {
            Self::Sum(column) => {
                over(sheets, |s| format!("SUMIFS({column}{s},HN_TT{s},$A{row},HN_TINH{s},1)"))
            }
            Self::Count(column, words) => counts(column, words, "HN_TINH", row, sheets),
            Self::Least(heads) => {
                let [a, b] =
                    heads.map(|words| counts("HN_CHUTRI", words, "HN_CHITIEU", row, sheets));
                format!("MIN({a},{b})")
            }
            Self::Given => String::new(),
        }
    }
}

fn counts(column: &str, words: &[&str], flag: &str, row: u32, sheets: usize) -> String {
    let term = |word: &&str| {
        over(sheets, |s| format!("COUNTIFS(HN_TT{s},$A{row},{flag}{s},1,{column}{s},\"{word}\")"))
    };
    words.iter().map(term).collect::<Vec<_>>().join("+")
}

/// A sum over the sheets that hold one table; the second and further ones have numbered names.
pub(super) fn over(sheets: usize, term: impl Fn(&str) -> String) -> String {
    (0..sheets.max(1)).map(|sheet| term(&suffix(sheet))).collect::<Vec<_>>().join("+")
}

/// What the names of that sheet's columns end with.
pub(super) fn suffix(sheet: usize) -> String {
    if sheet == 0 { String::new() } else { format!("_{}", sheet + 1) }
}

/// What the rows of one unit give for a measure: what the formula will compute.
pub(super) fn value<'a>(
    measure: Measure,
    counted: Counted,
    rows: impl Iterator<Item = (&'a Meeting, Facts)>,
) -> u64 {
    let mut heads = [0, 0];
    let mut sum = 0;
    for (meeting, facts) in rows.filter(|(_, facts)| facts.counts) {
        sum += adds(measure, meeting, facts);
        if facts.quota {
            let chair = meeting.chair.value();
            let both = matches!(chair, Some(Chair::Joint | Chair::BothPosts));
            let [secretary, chairman] = &mut heads;
            *secretary += u64::from(both || chair == Some(Chair::Secretary));
            *chairman += u64::from(both || chair == Some(Chair::Chairman));
        }
    }
    match (measure, counted) {
        (Measure::Counted, Counted::EachHead) => heads.into_iter().min().unwrap_or(0),
        _ => sum,
    }
}

fn adds(measure: Measure, meeting: &Meeting, facts: Facts) -> u64 {
    let kind = |kind| u64::from(meeting.kind.value() == Some(kind));
    let chair = |chairs: &[Chair]| {
        u64::from(meeting.chair.value().is_some_and(|chair| chairs.contains(&chair)))
    };
    let sum =
        |field: &Field<crate::model::Count>| field.value().map_or(0, crate::model::Count::get);
    let notice = |notice| u64::from(facts.notice == notice);
    match measure {
        Measure::Required => 0,
        Measure::Counted => u64::from(facts.quota),
        Measure::Periodic => kind(Kind::Periodic),
        Measure::AdHoc => kind(Kind::AdHoc),
        Measure::BySecretary => chair(&[Chair::Secretary]),
        Measure::ByChairman => chair(&[Chair::Chairman]),
        Measure::ByBoth => chair(&[Chair::Joint, Chair::BothPosts]),
        Measure::ByDeputy => chair(&[Chair::Deputy]),
        Measure::Attendees => sum(&meeting.attendees),
        Measure::Opinions => sum(&meeting.opinions),
        Measure::Answered => sum(meeting.outcome(Outcome::K1)),
        Measure::Resolved => sum(meeting.outcome(Outcome::K2)),
        Measure::Pending => sum(meeting.outcome(Outcome::K3)),
        Measure::Unresolved => sum(meeting.outcome(Outcome::K4)),
        Measure::Forwarded => sum(meeting.outcome(Outcome::K5)),
        Measure::NoticesOnTime => notice(Notice::OnTime),
        Measure::NoticesLate => notice(Notice::Late),
        Measure::NoticesMissing => notice(Notice::Missing),
    }
}
