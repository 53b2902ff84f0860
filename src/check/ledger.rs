//! The quota ledger (sổ chỉ tiêu): what a unit owed, held and may count, meeting by meeting.

use crate::model::text::key;
use crate::model::{Chair, Field, Kind, Meeting, Period, Text, Unit};
use crate::profile::Profile;
use crate::profile::model::{Counted, JointCountsFor, Quota};
use crate::rules::case::held_on;
use chrono::{Datelike, NaiveDate};
use std::collections::HashSet;

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

/// One meeting in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which row of Biểu 1, by its place among the rows.
    pub meeting: usize,
    /// Its day; none when the date is unreadable, outside the quarter or in the future.
    pub day: Option<NaiveDate>,
    /// How it stands to the quota.
    pub standing: Standing,
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
    /// Whether quarters before this one belong to the same quota.
    pub needs_earlier: bool,
    /// The meetings.
    pub entries: Vec<Entry>,
    /// Meetings that count for the secretary, and for the chairman, joint ones included.
    pub by_head: (u32, u32),
    /// Meetings that count: of the unit, or of the lesser head.
    pub counted: u32,
    /// What `counted` would be without rows that repeat an earlier one.
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
        let mut entries: Vec<Entry> = Vec::with_capacity(meetings.len());
        let mut seen = HashSet::new();
        for (at, meeting) in meetings.iter().enumerate() {
            let day = held_on(meeting, span, last_known_day);
            entries.push(Entry {
                meeting: at,
                day,
                standing: standing(meeting, day, profile),
                chair: meeting.chair.value(),
                repeats: meeting_key(meeting).is_some_and(|key| !seen.insert(key)),
                out_of_season: day.zip(quota).is_some_and(|(day, quota)| {
                    let months = &quota.recommended_months.value;
                    !months.is_empty() && !months.contains(&day.month())
                }),
            });
        }
        let counting = |once: bool, possible: bool| {
            let entries = entries.iter().filter(|entry| {
                let counts = entry.standing == Standing::Counts
                    || (possible && entry.standing == Standing::Unknown);
                counts && !(once && entry.repeats)
            });
            Heads::of(entries, profile, possible)
        };
        let due = quota.is_some_and(|quota| {
            quota.per.value.ends_with(period)
                && existed_days >= i64::from(profile.min_days_in_period.value)
        });
        let of = |heads: Heads| heads.counted(quota);
        let sure = counting(false, false);
        Self {
            required: quota.filter(|_| due).map_or(0, |quota| quota.min.value),
            due,
            needs_earlier: quota.is_some_and(|quota| quota.per.value.quarters() > 1),
            by_head: (sure.secretary + sure.joint, sure.chairman + sure.joint),
            counted: of(sure),
            counted_once: of(counting(true, false)),
            possible: of(counting(false, true)),
            entries,
        }
    }
}

fn standing(meeting: &Meeting, day: Option<NaiveDate>, profile: &Profile) -> Standing {
    let kind = meeting.kind.value();
    let chair = meeting.chair.value();
    if kind == Some(Kind::AdHoc) && !profile.ad_hoc_counts.value {
        return Standing::AdHoc;
    }
    if chair == Some(Chair::Deputy) && !profile.deputy_counts.value {
        return Standing::Deputy;
    }
    if meeting.with_tuyen_van.value() == Some(true) && !profile.combined_counts.value {
        return Standing::Combined;
    }
    let kind_open = kind.is_none() && !profile.ad_hoc_counts.value;
    let combined_open = meeting.with_tuyen_van.is_unreadable() && !profile.combined_counts.value;
    if day.is_none() || chair.is_none() || kind_open || combined_open {
        return Standing::Unknown;
    }
    Standing::Counts
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

/// Meetings by the head for whom they count.
#[derive(Debug, Clone, Copy, Default)]
struct Heads {
    secretary: u32,
    chairman: u32,
    /// Counts for both heads.
    joint: u32,
    /// Counts for one of the two, whichever needs it more.
    either: u32,
    all: u32,
}

impl Heads {
    fn of<'a>(entries: impl Iterator<Item = &'a Entry>, profile: &Profile, possible: bool) -> Self {
        let mut heads = Self::default();
        for entry in entries {
            heads.all += 1;
            let shared = |heads: &mut Self, rule: JointCountsFor| match rule {
                JointCountsFor::Both => heads.joint += 1,
                JointCountsFor::One => heads.either += 1,
            };
            match entry.chair {
                Some(Chair::Secretary) => heads.secretary += 1,
                Some(Chair::Chairman) => heads.chairman += 1,
                Some(Chair::Joint) => shared(&mut heads, profile.joint_counts_for.value),
                Some(Chair::BothPosts) => shared(&mut heads, profile.one_person_both_posts.value),
                // For which head the deputy stood is not in the form.
                Some(Chair::Deputy) if possible => heads.either += 1,
                None if possible => heads.joint += 1,
                Some(Chair::Deputy) | None => {}
            }
        }
        heads
    }

    fn counted(self, quota: Option<&Quota>) -> u32 {
        match quota.map(|quota| quota.counted.value) {
            None | Some(Counted::Unit) => self.all,
            Some(Counted::EachHead) => {
                let (secretary, chairman) =
                    (self.secretary + self.joint, self.chairman + self.joint);
                let (less, more) = (secretary.min(chairman), secretary.max(chairman));
                let gap = more - less;
                if self.either <= gap { less + self.either } else { more + (self.either - gap) / 2 }
            }
        }
    }
}
