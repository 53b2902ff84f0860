//! The quota ledger (sổ chỉ tiêu): what a unit owed, held and may count, meeting by meeting.

use super::heads::{Heads, credits};
use super::so_far::{Adds, SoFar};
use crate::model::text::key;
use crate::model::{CellRef, Chair, Field, Head, Kind, Meeting, Period, Text, Unit};
use crate::profile::Profile;
use crate::profile::model::{Counted, Quota};
use crate::rules::case::held_on;
use chrono::{Datelike, NaiveDate};
use std::collections::{HashMap, HashSet};

/// How a meeting stands to the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Counts.
    Counts,
    /// Does not count: Đột xuất.
    AdHoc,
    /// Does not count: Ủy quyền.
    Deputy,
    /// Does not count: combined with a hội nghị tuyên vận, and the profile does not take those.
    Combined,
    /// A cell that could not be read decides whether it counts.
    Unknown,
}

/// Why a cell does not tell whether a meeting counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing is written.
    Blank,
    /// What is written could not be read.
    Unreadable,
    /// The day lies outside the quarter, or had not come yet.
    OutOfSpan(NaiveDate),
}

/// A cell that would decide whether a meeting counts and does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The name of its column.
    pub column: &'static str,
    /// The cell, where the sheet has the column.
    pub cell: Option<CellRef>,
    /// Why it does not tell.
    pub gap: Gap,
}

/// One meeting in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which row of Biểu 1, by its place among the rows.
    pub meeting: usize,
    /// Its day; none when the date is unreadable, outside the quarter or in the future.
    pub day: Option<NaiveDate>,
    /// How it stands to the quota.
    pub standing: Standing,
    /// The cells that leave it open, when it is [`Standing::Unknown`].
    pub holes: Vec<Hole>,
    /// The heads for whom it counts.
    pub credits: Vec<Head>,
    /// Who chaired.
    pub chair: Option<Chair>,
    /// Whether it is the same meeting as an earlier row (SL04).
    pub repeats: bool,
    /// Whether it lies outside the recommended months.
    pub out_of_season: bool,
}

/// The ledger of one unit for one quarter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Meetings owed; zero when no quota falls due.
    pub required: u32,
    /// Whether a quota falls due in this quarter.
    pub due: bool,
    /// Whether the quota is longer than a quarter.
    pub needs_earlier: bool,
    /// The count of a longer quota since it began; none where the quarter is the whole of it, and where the
    /// earlier quarters were not asked for.
    pub so_far: Option<SoFar>,
    /// What the quarter adds to a longer quota.
    pub adds: Adds,
    /// The meetings.
    pub entries: Vec<Entry>,
    /// Meetings that count for the secretary, and for the chairman, joint ones included; one that
    /// counts for a single head goes to the head who has fewer.
    pub by_head: (u32, u32),
    /// Meetings that count: of the unit, or of the lesser head.
    pub counted: u32,
    /// What `counted` would be without rows that repeat an earlier one, or that a later one contradicts.
    pub counted_once: u32,
    /// What `counted` could become if every unreadable cell were in the unit's favour.
    pub possible: u32,
}

impl Ledger {
    /// Works out the ledger of a unit. `existed_days` is for how many days of the quarter it existed.
    pub fn of(
        meetings: &[Meeting],
        unit: &Unit,
        existed_days: i64,
        (period, last_known_day): (Period, NaiveDate),
        profile: &Profile,
    ) -> Self {
        let quota = profile.quota(unit.level);
        let span = profile.span(period);
        let (mut entries, contested) = entries(meetings, span, last_known_day, (quota, profile));
        credits(&mut entries, profile);
        let credited = |head| {
            let entries = entries.iter().filter(|entry| entry.credits.contains(&head));
            u32::try_from(entries.count()).unwrap_or(u32::MAX)
        };
        let counting = |once: bool, possible: bool| {
            let entries = entries.iter().filter(|entry| {
                let counts = entry.standing == Standing::Counts
                    || (possible && entry.standing == Standing::Unknown);
                counts && !(once && (entry.repeats || contested.contains(&entry.meeting)))
            });
            Heads::of(entries, profile, possible)
        };
        let due = quota.is_some_and(|quota| {
            quota.per.value.ends_with(period)
                && existed_days >= i64::from(profile.min_days_in_period.value)
        });
        let of = |heads: Heads| heads.counted(quota);
        let by_head = (credited(Head::Secretary), credited(Head::Chairman));
        let adds = Adds {
            counted: counting(false, false),
            once: counting(true, false),
            possible: Some(counting(false, true)),
        };
        Self {
            required: quota.filter(|_| due).map_or(0, |quota| quota.min.value),
            due,
            needs_earlier: quota.is_some_and(|quota| quota.per.value.quarters() > 1),
            so_far: None,
            adds,
            by_head,
            counted: of(adds.counted),
            counted_once: of(adds.once),
            possible: of(counting(false, true)),
            entries,
        }
    }

    /// Meetings that count towards the quota, over its whole span as far as it is known.
    pub fn over_quota(&self) -> u32 {
        self.so_far.as_ref().map_or(self.counted, |so_far| so_far.counted)
    }

    /// The same without rows that repeat an earlier one: what surely counts.
    pub fn sure(&self) -> u32 {
        self.so_far.as_ref().map_or(self.counted_once, |so_far| so_far.counted_once)
    }

    /// What it could become; none where a quarter of the quota is not known.
    pub fn most(&self) -> Option<u32> {
        self.so_far.as_ref().map_or(Some(self.possible), |so_far| so_far.possible)
    }
}

/// The meetings one by one, and the rows of which a later one says that the same meeting does not count:
/// either may be right.
fn entries(
    meetings: &[Meeting],
    span: (NaiveDate, NaiveDate),
    last_known_day: NaiveDate,
    (quota, profile): (Option<&Quota>, &Profile),
) -> (Vec<Entry>, HashSet<usize>) {
    let mut entries: Vec<Entry> = Vec::with_capacity(meetings.len());
    let mut first = HashMap::new();
    let mut contested = HashSet::new();
    for (at, meeting) in meetings.iter().enumerate() {
        let day = held_on(meeting, span, last_known_day);
        let holes = holes(meeting, day, (quota, profile));
        let standing = standing(meeting, &holes, profile);
        let earlier = meeting_key(meeting).map_or(at, |key| *first.entry(key).or_insert(at));
        if standing != Standing::Counts {
            contested.insert(earlier);
        }
        entries.push(Entry {
            meeting: at,
            day,
            standing,
            holes,
            credits: Vec::new(),
            chair: meeting.chair.value(),
            repeats: earlier != at,
            out_of_season: day.zip(quota).is_some_and(|(day, quota)| {
                let months = &quota.recommended_months.value;
                !months.is_empty() && !months.contains(&day.month())
            }),
        });
    }
    (entries, contested)
}

fn standing(meeting: &Meeting, holes: &[Hole], profile: &Profile) -> Standing {
    if meeting.kind.value() == Some(Kind::AdHoc) && !profile.ad_hoc_counts.value {
        return Standing::AdHoc;
    }
    if meeting.chair.value() == Some(Chair::Deputy) && !profile.deputy_counts.value {
        return Standing::Deputy;
    }
    if meeting.with_tuyen_van.value() == Some(true) && !profile.combined_counts.value {
        return Standing::Combined;
    }
    if holes.is_empty() { Standing::Counts } else { Standing::Unknown }
}

/// The cells that decide whether the meeting counts and do not tell.
fn holes(
    meeting: &Meeting,
    day: Option<NaiveDate>,
    (quota, profile): (Option<&Quota>, &Profile),
) -> Vec<Hole> {
    let mut holes = Vec::new();
    if day.is_none() {
        let out = meeting.date.value().map(Gap::OutOfSpan);
        holes.push(hole("Ngày tổ chức", &meeting.date, out));
    }
    if meeting.kind.given().is_none() && !profile.ad_hoc_counts.value {
        holes.push(hole("Loại cuộc", &meeting.kind, None));
    }
    // Where a deputy's meeting counts for the unit too, it counts whoever chaired it.
    let per_head = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
    if meeting.chair.given().is_none() && (per_head || !profile.deputy_counts.value) {
        holes.push(hole("Chủ trì", &meeting.chair, None));
    }
    if meeting.with_tuyen_van.is_unreadable() && !profile.combined_counts.value {
        holes.push(hole("Lồng ghép hội nghị tuyên vận", &meeting.with_tuyen_van, None));
    }
    holes
}

fn hole<T>(column: &'static str, field: &Field<T>, known: Option<Gap>) -> Hole {
    let usual = if field.is_unreadable() { Gap::Unreadable } else { Gap::Blank };
    Hole { column, cell: field.cell(), gap: known.unwrap_or(usual) }
}

/// What makes two rows one meeting (SL04): day, place, chair code and chair name, all given.
pub type MeetingKey = (NaiveDate, String, Chair, String);

/// The key of a meeting; none when a part of it is not given, for then nothing can be said.
pub fn meeting_key(meeting: &Meeting) -> Option<MeetingKey> {
    let text = |field: &Field<Text>| Some(key(field.given()?.as_str()));
    Some((
        meeting.date.value()?,
        text(&meeting.place)?,
        meeting.chair.value()?,
        text(&meeting.chair_name)?,
    ))
}
