//! A quota longer than a quarter (chỉ tiêu nửa năm, cả năm): what has been counted since it began.

use super::batch::Frame;
use super::checked::UnitLine;
use super::heads::Heads;
use crate::model::{Period, SubmissionState, Unit, UnitCode};
use crate::profile::model::Quota;
use std::collections::BTreeMap;

/// What one quarter of a unit adds to a longer quota. By default nothing is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adds {
    pub(super) counted: Heads,
    pub(super) once: Heads,
    /// The most that unreadable cells allow; none where there is no bound.
    pub(super) possible: Option<Heads>,
}

impl Adds {
    /// Surely no meeting.
    pub(super) fn nothing() -> Self {
        Self { possible: Some(Heads::default()), ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.counted.add(other.counted);
        self.once.add(other.once);
        self.possible = self.possible.zip(other.possible).map(|(mut sum, more)| {
            sum.add(more);
            sum
        });
    }
}

/// An earlier quarter, as much of it as a longer quota needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    period: Period,
    adds: BTreeMap<UnitCode, Adds>,
}

impl Earlier {
    /// Keeps of a checked quarter what each unit adds. A unit that was there too briefly to owe a
    /// report, and sent none, has reported no meeting.
    pub fn of(period: Period, units: &[UnitLine]) -> Self {
        let adds = |line: &UnitLine| match line.submission {
            SubmissionState::NotOwed => Adds::nothing(),
            _ => line.adds,
        };
        Self { period, adds: units.iter().map(|line| (line.unit.code, adds(line))).collect() }
    }
}

/// The count of a longer quota from its first quarter to the report's, holes of all of them included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    /// The first quarter of the quota's span.
    pub since: Period,
    /// Meetings that count: of the unit, or of the lesser head.
    pub counted: u32,
    /// The same without rows that repeat an earlier one.
    pub counted_once: u32,
    /// What it could become; none while a quarter is not known at all.
    pub possible: Option<u32>,
    /// For the secretary, and for the chairman: over all quarters, for a meeting that counts for one of the
    /// two may be needed by the other at the end.
    pub by_head: (u32, u32),
    /// The quarters of which nothing is known.
    pub unknown: Vec<Period>,
}

impl SoFar {
    /// Adds the quarters up; none for a quota that lasts a quarter. Nothing is added for quarters
    /// before the unit was there: a meeting belongs to the unit that existed on its day, so the
    /// meetings of those that it was made of are not its own.
    pub(super) fn of(
        unit: &Unit,
        quota: Option<&Quota>,
        own: Adds,
        frame: Frame<'_>,
    ) -> Option<Self> {
        let began = frame.register.began(unit);
        let known = |period: Period| {
            if period == frame.period {
                return own;
            }
            let quarter = frame.earlier.iter().find(|earlier| earlier.period == period);
            quarter.and_then(|one| one.adds.get(&unit.code)).copied().unwrap_or_default()
        };
        let there = |period: Period| began <= period.last_day();
        let quota = quota.filter(|quota| quota.per.value.quarters() > 1)?;
        let quarters = quota.per.value.quarters_until(frame.period);
        let mut sum = Adds::nothing();
        let mut unknown = Vec::new();
        for period in &quarters {
            let adds = if there(*period) { known(*period) } else { Adds::nothing() };
            if adds.possible.is_none() {
                unknown.push(*period);
            }
            sum.add(adds);
        }
        let of = |heads: Heads| heads.counted(Some(quota));
        Some(Self {
            since: quarters.first().copied().unwrap_or(frame.period),
            counted: of(sum.counted),
            counted_once: of(sum.once),
            possible: sum.possible.map(of),
            by_head: sum.counted.dealt(),
            unknown,
        })
    }
}

/// What those quarters of one unit come to under a quota, whatever its own span.
pub fn counted_over<'a>(adds: impl Iterator<Item = &'a Adds>, quota: &Quota) -> u32 {
    let mut sum = Heads::default();
    adds.for_each(|one| sum.add(one.counted));
    sum.counted(Some(quota))
}
