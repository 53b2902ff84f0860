//! The quota recounted from the rows by trying every way to read them: what the ledger is held against.

use super::trials::on;
use crate::model::{Chair, Kind, Level, Verdict};
use crate::profile::Profile;
use crate::profile::model::{Counted, Cutoff, JointCountsFor};
use chrono::{Months, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A cell as it came: a value, or none that can be read.
pub(super) type Cell<T> = Option<T>;

/// One row as it came.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) day: Cell<NaiveDate>,
    pub(super) kind: Cell<Kind>,
    pub(super) chair: Cell<Chair>,
    pub(super) combined: Cell<bool>,
    /// Rows with the same number are at one place on one day.
    pub(super) place: u8,
    pub(super) people: Cell<u32>,
    /// Whether what cannot be read was left blank.
    pub(super) blank: bool,
}

/// The choices of a profile.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) min: u32,
    pub(super) counted: Counted,
    pub(super) joint: JointCountsFor,
    pub(super) both_posts: JointCountsFor,
    pub(super) ad_hoc: bool,
    pub(super) deputy: bool,
    pub(super) combined: bool,
    pub(super) cutoff: Cutoff,
    pub(super) min_days: u32,
}

pub(super) const DAYS: [&str; 9] = [
    "2020-12-14",
    "2020-12-15",
    "2020-12-31",
    "2021-01-01",
    "2021-03-14",
    "2021-03-15",
    "2021-03-31",
    "2021-04-01",
    "2021-02-20",
];

pub(super) const CHAIRS: [Chair; 5] =
    [Chair::Secretary, Chair::Chairman, Chair::Joint, Chair::BothPosts, Chair::Deputy];

pub(super) fn cell<T: Clone + std::fmt::Debug + 'static>(
    of: Vec<T>,
) -> impl Strategy<Value = Cell<T>> {
    prop_oneof![6 => prop::sample::select(of).prop_map(Some), 1 => Just(None)]
}

pub(super) fn any_row() -> impl Strategy<Value = Row> {
    (
        cell(DAYS.map(on).to_vec()),
        cell(vec![Kind::Periodic, Kind::Periodic, Kind::AdHoc]),
        cell(CHAIRS.to_vec()),
        cell(vec![false, false, true]),
        0u8..6,
        cell(vec![0, 7, 85]),
        any::<bool>(),
    )
        .prop_map(|(day, kind, chair, combined, place, people, blank)| Row {
            day,
            kind,
            chair,
            combined,
            place,
            people,
            blank,
        })
}

pub(super) fn any_rules() -> impl Strategy<Value = Rules> {
    let shares = || prop::sample::select(&JointCountsFor::ALL[..]);
    let choices = (shares(), shares(), any::<[bool; 3]>());
    let frame =
        (prop::sample::select(&Cutoff::ALL[..]), prop::sample::select(vec![1, 33, 34, 50, 51]));
    (1u32..4, prop::sample::select(&Counted::ALL[..]), choices, frame).prop_map(
        |(min, counted, (joint, both_posts, [ad_hoc, deputy, combined]), (cutoff, min_days))| {
            Rules { min, counted, joint, both_posts, ad_hoc, deputy, combined, cutoff, min_days }
        },
    )
}

impl Rules {
    pub(super) fn put(&self, profile: &mut Profile) {
        let quota = profile.quotas.get_mut(&Level::Commune).unwrap();
        (quota.min.value, quota.counted.value) = (self.min, self.counted);
        profile.joint_counts_for.value = self.joint;
        profile.one_person_both_posts.value = self.both_posts;
        profile.ad_hoc_counts.value = self.ad_hoc;
        profile.deputy_counts.value = self.deputy;
        profile.combined_counts.value = self.combined;
        profile.cutoff.value = self.cutoff;
        profile.min_days_in_period.value = self.min_days;
    }

    /// Whether a day belongs to that quarter of 2021.
    pub(super) fn within(&self, quarter: u32, day: NaiveDate) -> bool {
        let (first, last) = match self.cutoff {
            Cutoff::Calendar => ("2021-01-01", "2021-03-31"),
            Cutoff::Day14 => ("2020-12-15", "2021-03-14"),
        };
        let later = Months::new(3 * (quarter - 1));
        // 31/03 and three months are 30/06, and then 30/09.
        let end = if last.ends_with("31") {
            (on(first) + later + Months::new(3)).pred_opt()
        } else {
            Some(on(last) + later)
        };
        on(first) + later <= day && Some(day) <= end
    }

    /// Every way in which a row can be meant: not at all, or as a meeting of such a chair that counts.
    pub(super) fn meanings(&self, quarter: u32, row: &Row) -> Vec<Option<Chair>> {
        let kinds = row.kind.map_or(vec![Kind::Periodic, Kind::AdHoc], |kind| vec![kind]);
        let chairs = row.chair.map_or(CHAIRS.to_vec(), |chair| vec![chair]);
        // A blank says that it was not combined.
        let blank = if row.blank { vec![false] } else { vec![false, true] };
        let combined = row.combined.map_or(blank, |combined| vec![combined]);
        let held = row.day.is_some_and(|day| self.within(quarter, day));
        let mut meanings = if held { Vec::new() } else { vec![None] };
        for kind in kinds {
            for chair in &chairs {
                for combined in &combined {
                    let counts = (kind == Kind::Periodic || self.ad_hoc)
                        && (*chair != Chair::Deputy || self.deputy)
                        && (!combined || self.combined);
                    meanings.push(counts.then_some(*chair));
                }
            }
        }
        meanings.sort_by_key(|chair| format!("{chair:?}"));
        meanings.dedup();
        meanings
    }

    /// What such meetings come to; a deputy may have stood for either head, or for none of them.
    pub(super) fn come_to(&self, chairs: &[Chair], deputies_help: bool) -> u32 {
        if self.counted == Counted::Unit {
            return u32::try_from(chairs.len()).unwrap();
        }
        let (mut secretary, mut chairman, mut either) = (0, 0, 0u32);
        for chair in chairs {
            let (own, other, shared) = match chair {
                Chair::Secretary => (1, 0, 0),
                Chair::Chairman => (0, 1, 0),
                Chair::Joint if self.joint == JointCountsFor::Both => (1, 1, 0),
                Chair::BothPosts if self.both_posts == JointCountsFor::Both => (1, 1, 0),
                Chair::Joint | Chair::BothPosts => (0, 0, 1),
                Chair::Deputy => (0, 0, u32::from(deputies_help)),
            };
            (secretary, chairman, either) = (secretary + own, chairman + other, either + shared);
        }
        (0..=either).map(|to| (secretary + to).min(chairman + either - to)).max().unwrap()
    }
}

/// Every way to take one meaning of each row, each once, whatever the order.
pub(super) fn all_ways(meanings: &[Vec<Option<Chair>>]) -> BTreeSet<Vec<Chair>> {
    let mut ways = BTreeSet::from([Vec::new()]);
    for of_row in meanings {
        let longer = |way: &Vec<Chair>| {
            let way = way.clone();
            of_row.iter().map(move |chair| {
                let mut way: Vec<Chair> = way.iter().copied().chain(*chair).collect();
                way.sort_unstable();
                way
            })
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

/// The rows that say the same meeting, by their places.
pub(super) fn groups(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let same = |other: &Row| {
            row.day.is_some()
                && row.chair.is_some()
                && row.place == other.place
                && (row.day, row.chair) == (other.day, other.chair)
        };
        match groups.iter_mut().find(|group| same(&rows[group[0]])) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

/// What came for one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// A report.
    Report,
    /// A file that could be the unit's and cannot be read.
    Unreadable,
    Nothing,
}

/// What is known of the quarters of a quota, the last being the one that is looked at.
pub(super) struct Known<'a> {
    pub(super) rules: &'a Rules,
    pub(super) quarters: Vec<(u32, Came, &'a [Row])>,
    /// Whether the unit was there too briefly in the first quarter of the year to owe a report of it.
    pub(super) excused: bool,
}

impl Known<'_> {
    /// The fewest and the most meetings that count, when of rows that repeat each other any one may be the right
    /// one; no bound where a report of an earlier quarter is not known.
    pub(super) fn bounds(&self) -> (u32, Option<u32>) {
        let (mut meanings, mut one_of_each) = (Vec::new(), Vec::new());
        for (quarter, rows) in self.reports() {
            let of_rows: Vec<_> =
                rows.iter().map(|row| self.rules.meanings(quarter, row)).collect();
            let one =
                |group: &Vec<usize>| group.iter().flat_map(|at| of_rows[*at].clone()).collect();
            one_of_each.extend(groups(rows).iter().map(one));
            meanings.extend(of_rows);
        }
        let come_to = |way: &Vec<Chair>, deputies| self.rules.come_to(way, deputies);
        let least = all_ways(&one_of_each).iter().map(|way| come_to(way, false)).min().unwrap();
        let most = all_ways(&meanings).iter().map(|way| come_to(way, true)).max().unwrap();
        let is_open = |(quarter, came, _): &(u32, Came, &[Row])| match came {
            Came::Report => false,
            Came::Unreadable => true,
            Came::Nothing => !(self.excused && *quarter == 1),
        };
        (least, (!self.quarters.iter().any(is_open)).then_some(most))
    }

    pub(super) fn reports(&self) -> impl Iterator<Item = (u32, &[Row])> {
        let sent = self.quarters.iter().filter(|(_, came, _)| *came == Came::Report);
        sent.map(|(quarter, _, rows)| (*quarter, *rows))
    }

    /// What surely counts: rows of which every reading counts, and counts alike.
    pub(super) fn counted(&self) -> u32 {
        let sure = |(quarter, row): (u32, &Row)| {
            let meanings = self.rules.meanings(quarter, row);
            match (meanings.as_slice(), self.rules.counted) {
                ([Some(chair)], _) => Some(*chair),
                (all, Counted::Unit) if all.iter().all(Option::is_some) => all[0],
                _ => None,
            }
        };
        let rows =
            self.reports().flat_map(|(quarter, rows)| rows.iter().map(move |row| (quarter, row)));
        self.rules.come_to(&rows.filter_map(sure).collect::<Vec<_>>(), false)
    }

    pub(super) fn verdict(&self, owed: u32, has_reason: bool) -> Verdict {
        let (least, most) = self.bounds();
        let came = self.quarters.last().unwrap().1;
        match (owed, came, has_reason) {
            (0, _, _) => Verdict::Exempt,
            _ if least >= owed => Verdict::Met,
            (_, Came::Nothing, _) => Verdict::NotSubmitted,
            _ if most.is_none_or(|most| most >= owed) => Verdict::Undetermined,
            (_, _, true) => Verdict::ShortWithReason,
            (_, _, false) => Verdict::Short,
        }
    }
}

pub(super) fn came() -> impl Strategy<Value = Came> {
    prop_oneof![5 => Just(Came::Report), 1 => Just(Came::Unreadable), 1 => Just(Came::Nothing)]
}
