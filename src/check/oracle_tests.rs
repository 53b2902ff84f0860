//! What is owed, what counts and the verdict, recounted from the rows by trying every way to read them.

use super::trials::{Batch, on};
use crate::check::so_far::Earlier;
use crate::model::{Chair, Count, Field, Kind, Measure, Meeting, Period, Reading, Verdict};
use crate::profile::Profile;
use crate::profile::model::{Counted, Cutoff, JointCountsFor, QuotaSpan};
use crate::rules::testing::{Trial, meeting, text};
use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;

const UNIT: &str = "02989";
/// It began on 10/02/2021: 50 days of the quarter, 33 days of the one that ends on the 14th.
const YOUNG: &str = "02962";

/// A cell as it came: a value, or none that can be read.
type Cell<T> = Option<T>;

/// One row as it came.
#[derive(Debug, Clone)]
struct Row {
    day: Cell<NaiveDate>,
    kind: Cell<Kind>,
    chair: Cell<Chair>,
    combined: Cell<bool>,
    /// Rows with the same number are at one place on one day.
    place: u8,
    people: Cell<u32>,
    /// Whether what cannot be read was left blank.
    blank: bool,
}

/// The choices of a profile.
#[derive(Debug, Clone)]
struct Rules {
    min: u32,
    counted: Counted,
    joint: JointCountsFor,
    both_posts: JointCountsFor,
    ad_hoc: bool,
    deputy: bool,
    combined: bool,
    cutoff: Cutoff,
    min_days: u32,
}

const DAYS: [&str; 9] = [
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

const CHAIRS: [Chair; 5] =
    [Chair::Secretary, Chair::Chairman, Chair::Joint, Chair::BothPosts, Chair::Deputy];

fn cell<T: Clone + std::fmt::Debug + 'static>(of: Vec<T>) -> impl Strategy<Value = Cell<T>> {
    prop_oneof![6 => prop::sample::select(of).prop_map(Some), 1 => Just(None)]
}

fn any_row() -> impl Strategy<Value = Row> {
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

fn any_rules() -> impl Strategy<Value = Rules> {
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
    fn put(&self, profile: &mut Profile) {
        let quota = profile.quotas.get_mut(&crate::model::Level::Commune).unwrap();
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
    fn within(&self, quarter: u32, day: NaiveDate) -> bool {
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
    fn meanings(&self, quarter: u32, row: &Row) -> Vec<Option<Chair>> {
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
    fn come_to(&self, chairs: &[Chair], deputies_help: bool) -> u32 {
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
fn all_ways(meanings: &[Vec<Option<Chair>>]) -> BTreeSet<Vec<Chair>> {
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
fn groups(rows: &[Row]) -> Vec<Vec<usize>> {
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

/// The verdict when of rows that repeat each other any one may be the right one.
fn verdict(rules: &Rules, quarters: &[(u32, &[Row])], owed: u32, has_reason: bool) -> Verdict {
    let (mut meanings, mut one_of_each) = (Vec::new(), Vec::new());
    for (quarter, rows) in quarters {
        let of_rows: Vec<_> = rows.iter().map(|row| rules.meanings(*quarter, row)).collect();
        let one = |group: &Vec<usize>| group.iter().flat_map(|at| of_rows[*at].clone()).collect();
        one_of_each.extend(groups(rows).iter().map(one));
        meanings.extend(of_rows);
    }
    let least = all_ways(&one_of_each).iter().map(|way| rules.come_to(way, false)).min().unwrap();
    let most = all_ways(&meanings).iter().map(|way| rules.come_to(way, true)).max().unwrap();
    match (owed, has_reason) {
        (0, _) => Verdict::Exempt,
        _ if least >= owed => Verdict::Met,
        _ if most >= owed => Verdict::Undetermined,
        (_, true) => Verdict::ShortWithReason,
        (_, false) => Verdict::Short,
    }
}

fn write<T>(field: &mut Field<T>, value: Option<T>, blank: bool) {
    let none = if blank { Reading::Blank } else { Reading::Unreadable };
    field.reading = value.map_or(none, Reading::Given);
}

fn written(no: u32, row: &Row) -> Meeting {
    let mut meeting = meeting(4 + no, no);
    text(&mut meeting.place, &format!("Thôn {}", row.place));
    write(&mut meeting.date, row.day, row.blank);
    write(&mut meeting.kind, row.kind, row.blank);
    write(&mut meeting.chair, row.chair, row.blank);
    write(&mut meeting.with_tuyen_van, row.combined, row.blank);
    write(&mut meeting.attendees, row.people.map(Count::new), row.blank);
    meeting
}

/// The form with these rows and nothing else.
fn fill(t: &mut Trial, rows: &[Row], has_reason: bool) {
    let detail = t.detail();
    detail.meetings.rows = (1..).zip(rows).map(|(no, row)| written(no, row)).collect();
    (detail.petitions, detail.carried) = (None, None);
    if has_reason {
        text(&mut detail.no_meeting_reason, "Mưa lũ");
    }
}

/// A figure as it is and whether it misses a cell; nothing is said of one that no row can tell.
fn figure(rules: &Rules, rows: &[Row], of: impl Fn(&Row) -> Option<u64>) -> (u64, bool) {
    let held = |row: &&Row| row.day.is_some_and(|day| rules.within(1, day));
    let sum = rows.iter().filter(held).filter_map(&of).sum();
    (sum, rows.iter().filter(held).any(|row| of(row).is_none()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_verdict_is_what_every_reading_gives(
        rows in prop::collection::vec(any_row(), 0..5),
        rules in any_rules(),
        young: bool,
        has_reason: bool,
    ) {
        let mut batch = Batch::empty();
        rules.put(&mut batch.profile);
        let unit = if young { YOUNG } else { UNIT };
        let reason = has_reason || rows.is_empty();
        batch.send(unit, |t| fill(t, &rows, reason));
        let there = match (young, rules.cutoff) {
            (true, Cutoff::Calendar) => 50,
            (true, Cutoff::Day14) => 33,
            (false, _) => 90,
        };
        let owed = if there >= rules.min_days { rules.min } else { 0 };
        let summary = batch.summary();
        let line = summary.unit(super::trials::code(unit)).unwrap();
        prop_assert_eq!(line.tallies.sum(Measure::Required), Some(u64::from(owed)));
        prop_assert_eq!(line.verdict, verdict(&rules, &[(1, &rows)], owed, reason));
        // What surely counts: rows of which every reading counts, and counts alike.
        let meanings = rows.iter().map(|row| rules.meanings(1, row));
        let sure = |of_row: Vec<Option<Chair>>| match (of_row.as_slice(), rules.counted) {
            ([Some(chair)], _) => Some(*chair),
            (all, Counted::Unit) if all.iter().all(Option::is_some) => all[0],
            _ => None,
        };
        let sure: Vec<Chair> = meanings.filter_map(sure).collect();
        let counted = u64::from(rules.come_to(&sure, false));
        prop_assert_eq!(line.tallies.sum(Measure::Counted), Some(counted));
        // A quota that is surely missed or met is told, or not, once.
        let told = summary.findings.iter().filter(|f| ["CT01", "CT04"].contains(&f.rule.code)).count();
        let short = matches!(line.verdict, Verdict::Short | Verdict::ShortWithReason);
        prop_assert_eq!(told, usize::from(short));
        let open = summary.unchecked.iter().any(|one| one.rule.code == "CT01");
        prop_assert_eq!(open, line.verdict == Verdict::Undetermined);
        for (measure, of) in [
            (Measure::Periodic, &(|row: &Row| row.kind.map(|kind| u64::from(kind == Kind::Periodic)))
                as &dyn Fn(&Row) -> Option<u64>),
            (Measure::AdHoc, &|row| row.kind.map(|kind| u64::from(kind == Kind::AdHoc))),
            (Measure::BySecretary, &|row| row.chair.map(|c| u64::from(c == Chair::Secretary))),
            (Measure::ByChairman, &|row| row.chair.map(|c| u64::from(c == Chair::Chairman))),
            (Measure::ByBoth, &|row| {
                row.chair.map(|c| u64::from(matches!(c, Chair::Joint | Chair::BothPosts)))
            }),
            (Measure::ByDeputy, &|row| row.chair.map(|c| u64::from(c == Chair::Deputy))),
            (Measure::Attendees, &|row| row.people.map(u64::from)),
        ] {
            let (sum, hole) = figure(&rules, &rows, of);
            let tally = line.tallies.get(measure);
            prop_assert_eq!(tally.sum.unwrap_or(0), sum, "{:?}", measure);
            let undated = rows.iter().any(|row| row.day.is_none_or(|day| !rules.within(1, day)));
            prop_assert!(tally.incomplete || !hole, "{:?}", measure);
            prop_assert!(!tally.incomplete || hole || undated, "{:?}", measure);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Quotas of a half-year and of a year: nothing is owed before their end, and there all their quarters
    /// are read together.
    #[test]
    fn a_longer_quota_is_what_every_reading_of_all_its_quarters_gives(
        quarters in prop::array::uniform4(prop::collection::vec(any_row(), 0..3)),
        rules in any_rules(),
        is_year: bool,
    ) {
        let (per, quarters_of) = if is_year { (QuotaSpan::Year, 4) } else { (QuotaSpan::HalfYear, 2) };
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut since: Vec<(u32, Vec<Row>)> = Vec::new();
        for (quarter, mut rows) in (1..).zip(quarters) {
            for day in rows.iter_mut().filter_map(|row| row.day.as_mut()) {
                *day = *day + Months::new(3 * (quarter - 1));
            }
            let mut batch = Batch::empty();
            batch.period = Period::quarter(2021, quarter).unwrap();
            batch.as_of = batch.profile.deadline(batch.period);
            rules.put(&mut batch.profile);
            let quota = batch.profile.quotas.get_mut(&crate::model::Level::Commune).unwrap();
            quota.per.value = per;
            batch.earlier.clone_from(&earlier);
            let has_reason = rows.is_empty();
            batch.send(UNIT, |t| {
                fill(t, &rows, has_reason);
                t.submission.report_date.reading = Reading::Given(made_on(quarter));
            });
            let summary = batch.summary();
            earlier.push(Earlier::of(batch.period, &summary.units));
            if (quarter - 1) % quarters_of == 0 {
                since.clear();
            }
            since.push((quarter, rows));
            let line = summary.unit(super::trials::code(UNIT)).unwrap();
            let owed = if quarter % quarters_of == 0 { rules.min } else { 0 };
            prop_assert_eq!(line.tallies.sum(Measure::Required), Some(u64::from(owed)));
            let all: Vec<(u32, &[Row])> = since.iter().map(|(q, rows)| (*q, rows.as_slice())).collect();
            prop_assert_eq!(line.verdict, verdict(&rules, &all, owed, has_reason), "{}", quarter);
        }
    }
}

/// The last day of a quarter, on which its report is made.
fn made_on(quarter: u32) -> NaiveDate {
    Period::quarter(2021, quarter).unwrap().last_day()
}

#[test]
fn the_days_of_the_young_commune() {
    let register = Batch::empty().register;
    let began = register.get(super::trials::code(YOUNG), on("2021-03-31")).unwrap().valid_from;
    assert_eq!((on("2021-03-31") - began).num_days() + 1, 50);
    assert_eq!(began + Days::new(32), on("2021-03-14"));
}
