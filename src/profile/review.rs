//! The yearly review's part of a profile: how a year is judged, and who is named for praise or reminder.

use super::model::Based;
use super::reader::{Reader, Section};
use super::shape::Shape;

/// What decides whether the quota of a year is met (xét chỉ tiêu năm theo đâu).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearBy {
    /// The sum of the year: a meeting more in one quarter makes up for one less in another.
    Sum,
    /// Every quarter for itself.
    EachQuarter,
}

impl YearBy {
    /// All choices.
    pub const ALL: [Self; 2] = [Self::Sum, Self::EachQuarter];

    /// The word used in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::EachQuarter => "each_quarter",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sum => "tổng số cuộc cả năm",
            Self::EachQuarter => "từng quý, không bù giữa các quý",
        }
    }
}

/// Criteria of the yearly review (tiêu chí đánh giá năm).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewCriteria {
    /// What decides the year's verdict.
    pub year_by: Based<YearBy>,
    /// Đề nghị biểu dương: all of them must hold.
    pub commend: Commend,
    /// Đề nghị nhắc nhở: one of them is enough.
    pub remind: Remind,
}

/// What a unit must show to be named for commendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commend {
    /// Fewest quarters for which it owed a report.
    pub quarters: Based<u32>,
    /// Whether the quota of the year must be met.
    pub met: Based<bool>,
    /// Most reports that were not in time.
    pub not_on_time: Based<u32>,
    /// Least share of conclusion notices issued in time, in percent.
    pub notices_percent: Based<u32>,
    /// Least share of petitions settled within its authority, in percent.
    pub settled_percent: Based<u32>,
    /// Most errors in the year that no accepted explanation excuses.
    pub errors: Based<u32>,
}

/// What puts a unit on the list for reminder; zero leaves a criterion out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remind {
    /// Whether missing the year's quota without a reason is one.
    pub short: Based<bool>,
    /// From how many missing reports.
    pub missing: Based<u32>,
    /// From how many reports that could not be read.
    pub unreadable: Based<u32>,
    /// From how many late reports.
    pub late: Based<u32>,
    /// From how many meetings without the conclusion notice that is due.
    pub notices_missing: Based<u32>,
    /// Below which share of petitions settled within its authority, in percent.
    pub settled_below: Based<u32>,
    /// From how many errors that no accepted explanation excuses.
    pub errors: Based<u32>,
}

/// Reads `[review]`; a profile without it serves for everything but the yearly review.
pub(super) fn criteria<'a>(
    reader: &mut Reader<'a>,
    root: &mut Section<'a>,
) -> Option<ReviewCriteria> {
    let mut section = reader.section(root, "review")?;
    let by = Shape::choice(YearBy::ALL, YearBy::Sum, YearBy::key, YearBy::label);
    let year_by = reader.based(&mut section, "year_by", &by);
    let commend = reader.needed(&mut section, "commend").map(|mut own| {
        let read = commend(reader, &mut own);
        reader.finish(own);
        read
    });
    let remind = reader.needed(&mut section, "remind").map(|mut own| {
        let read = remind(reader, &mut own);
        reader.finish(own);
        read
    });
    reader.finish(section);
    Some(ReviewCriteria { year_by, commend: commend?, remind: remind? })
}

fn commend<'a>(reader: &mut Reader<'a>, own: &mut Section<'a>) -> Commend {
    let share = || Shape::number(0..=100, |n| format!("từ {n}%"));
    let at_most = || Shape::number(0..=10_000, |n| format!("nhiều nhất {n}"));
    Commend {
        quarters: reader.based(own, "quarters", &Shape::number(1..=4, |n| format!("từ {n} quý"))),
        met: reader.based(own, "met", &Shape::flag("phải đạt", "không xét")),
        not_on_time: reader.based(own, "not_on_time", &at_most()),
        notices_percent: reader.based(own, "notices_percent", &share()),
        settled_percent: reader.based(own, "settled_percent", &share()),
        errors: reader.based(own, "errors", &at_most()),
    }
}

fn remind<'a>(reader: &mut Reader<'a>, own: &mut Section<'a>) -> Remind {
    let from = || Shape::number(0..=10_000, |n| unless_zero(n, format!("từ {n}")));
    let below = Shape::number(0..=100, |n| unless_zero(n, format!("dưới {n}%")));
    Remind {
        short: reader.based(own, "short", &Shape::flag("có xét", "không xét")),
        missing: reader.based(own, "missing", &from()),
        unreadable: reader.based(own, "unreadable", &from()),
        late: reader.based(own, "late", &from()),
        notices_missing: reader.based(own, "notices_missing", &from()),
        settled_below: reader.based(own, "settled_below", &below),
        errors: reader.based(own, "errors", &from()),
    }
}

fn unless_zero(number: u32, words: String) -> String {
    if number == 0 { "không xét".to_owned() } else { words }
}
