//! The figures of a commune that only its district's Biểu 02 lists, and what of them meets the quota.

use super::batch::Frame;
use super::figures::add;
use super::heads::Heads;
use crate::model::Measure::{
    AdHoc, Attendees, ByBoth, ByChairman, ByDeputy, BySecretary, NoticesOnTime, Opinions, Periodic,
};
use crate::model::{
    CellRef, Count, Field, Finding, Measure, Place, Reading, RollUp, RollUpRow, Submission,
    Tallies, Tally, Unit, UnitCode,
};
use crate::profile::Profile;
use crate::profile::model::{Counted, Quota};
use crate::rules::dv::{DV01, DV05};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The figures that Biểu 02 and Biểu 1 share.
pub fn listed(row: &RollUpRow) -> [(Measure, &Field<Count>); 13] {
    let [k1, k2, k3, k4, k5] = &row.outcomes;
    [
        (Periodic, &row.periodic),
        (AdHoc, &row.ad_hoc),
        (BySecretary, &row.by_secretary),
        (ByChairman, &row.by_chairman),
        (ByBoth, &row.by_both),
        (ByDeputy, &row.by_deputy),
        (Attendees, &row.attendees),
        (Opinions, &row.opinions),
        (Measure::Answered, k1),
        (Measure::Resolved, k2),
        (Measure::Pending, k3),
        (Measure::Unresolved, k4),
        (Measure::Forwarded, k5),
    ]
}

/// All that Biểu 02 says of a commune beside what its own form gives. The number of all meetings says
/// something of its own only where the two kinds are not both given.
pub(super) fn compared<'a>(
    row: &'a RollUpRow,
    own: &Tallies,
) -> Vec<(&'static str, &'a Field<Count>, Tally)> {
    let sum_of = |measures: [Measure; 2]| {
        let mut sum = Tally::default();
        for measure in measures {
            sum.merge(own.get(measure));
        }
        sum
    };
    let mut all: Vec<_> =
        listed(row).map(|(measure, field)| (measure.label(), field, own.get(measure))).into();
    if row.periodic.given().is_none() || row.ad_hoc.given().is_none() {
        all.push(("Tổng số cuộc", &row.total, sum_of([Periodic, AdHoc])));
    }
    let notices = sum_of([NoticesOnTime, Measure::NoticesLate]);
    all.push(("Số thông báo kết luận", &row.notices, notices));
    all
}

/// The row of each commune. Where two rows name one commune, what they agree in is used and the rest is
/// a hole, for nobody knows which of them is right.
pub(super) fn by_unit<'a>(
    submission: &'a Submission,
    table: &'a RollUp,
    frame: Frame<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<UnitCode, Cow<'a, RollUpRow>> {
    let mut rows: BTreeMap<UnitCode, Cow<'a, RollUpRow>> = BTreeMap::new();
    for row in &table.rows {
        let Some(unit) = row.unit else { continue };
        match rows.entry(unit) {
            Entry::Vacant(entry) => {
                entry.insert(Cow::Borrowed(row));
            }
            Entry::Occupied(mut first) => {
                let agreed = agreed(first.get(), row);
                let (earlier, later) = (cell(first.get()), cell(row));
                let name = frame.unit(unit).map(Unit::full_name).unwrap_or_default();
                let (rule, words) = if agreed.is_none() {
                    (&DV05, "hai dòng giống nhau, chỉ lấy một lần")
                } else {
                    (
                        &DV01,
                        "không rõ dòng nào là của xã, số nào hai dòng ghi khác nhau thì để trống",
                    )
                };
                let message = format!("{name} ({unit}) đã có ở ô {earlier}; {words}.");
                let place = Place::sheet(&submission.file, &table.sheet, Some(later));
                findings.push(Finding::new(rule, place, message).unit(unit));
                if let Some(agreed) = agreed {
                    *first.get_mut() = Cow::Owned(agreed);
                }
            }
        }
    }
    rows
}

/// The cell that stands for a row.
pub(super) fn cell(row: &RollUpRow) -> CellRef {
    row.named_at.unwrap_or(CellRef::new(row.row, 0))
}

/// The first row with holes where the other one differs; none when it differs nowhere.
fn agreed(first: &RollUpRow, other: &RollUpRow) -> Option<RollUpRow> {
    let (mut agreed, mut other) = (first.clone(), other.clone());
    let mut differs = false;
    for (mine, its) in counts(&mut agreed).into_iter().zip(counts(&mut other)) {
        if mine.reading != its.reading {
            mine.reading = Reading::Unreadable;
            differs = true;
        }
    }
    differs.then_some(agreed)
}

fn counts(row: &mut RollUpRow) -> impl IntoIterator<Item = &mut Field<Count>> {
    let kinds = [&mut row.periodic, &mut row.ad_hoc, &mut row.total];
    let chairs =
        [&mut row.by_secretary, &mut row.by_chairman, &mut row.by_both, &mut row.by_deputy];
    let rest = [&mut row.attendees, &mut row.opinions, &mut row.notices];
    kinds.into_iter().chain(chairs).chain(rest).chain(&mut row.outcomes)
}

/// The figures of the commune, with the fewest and the most of its meetings that may count.
pub(super) fn figures(
    row: &RollUpRow,
    quota: Option<&Quota>,
    required: u32,
    profile: &Profile,
) -> (Tallies, Counting) {
    let mut figures = Tallies::default();
    for (measure, field) in listed(row) {
        let required = matches!(measure, Attendees | Opinions);
        add(&mut figures, measure, field, required);
    }
    add(&mut figures, NoticesOnTime, &row.notices, false);
    *figures.get_mut(Measure::Required) = Tally::known(u64::from(required));
    let counting = Counting::of(row, quota, profile);
    *figures.get_mut(Measure::Counted) = Tally {
        sum: row.periodic.value().map(|_| u64::from(counting.fewest)),
        incomplete: counting.fewest != counting.most,
    };
    (figures, counting)
}

/// How many meetings of a row count. It does not say which of them a deputy or which head chaired, or
/// which were combined with a hội nghị tuyên vận, and may leave cells blank: so from so many to so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counting {
    /// Whatever the row leaves open.
    pub fewest: u32,
    /// As favourably as the row allows.
    pub most: u32,
}

/// The least and the most that a figure can be.
type Range = (u32, u32);

impl Counting {
    fn of(row: &RollUpRow, quota: Option<&Quota>, profile: &Profile) -> Self {
        let Some(periodic) = number(&row.periodic) else {
            return Self { fewest: 0, most: u32::MAX };
        };
        let ad_hoc = ad_hoc(row, periodic);
        let all = (periodic.saturating_add(ad_hoc.0), periodic.saturating_add(ad_hoc.1));
        let deputies = deputies(row, all.1);
        let kinds = if profile.ad_hoc_counts.value { all } else { (periodic, periodic) };
        let (fewest, most) = match quota.map(|quota| quota.counted.value) {
            Some(Counted::EachHead) => {
                let other_kind = if profile.ad_hoc_counts.value { 0 } else { ad_hoc.1 };
                let (least, most) = lesser_head(row, deputies, all.1, profile);
                (least.saturating_sub(other_kind), most)
            }
            None | Some(Counted::Unit) if profile.deputy_counts.value => kinds,
            None | Some(Counted::Unit) => {
                (kinds.0.saturating_sub(deputies.1), all.1.saturating_sub(deputies.0))
            }
        };
        let most = most.min(kinds.1);
        Self { fewest: if profile.combined_counts.value { fewest.min(most) } else { 0 }, most }
    }
}

fn number(field: &Field<Count>) -> Option<u32> {
    field.value().map(|count| u32::try_from(count.get()).unwrap_or(u32::MAX))
}

/// A blank number of ad hoc meetings is what the total leaves, where there is one.
fn ad_hoc(row: &RollUpRow, periodic: u32) -> Range {
    let rest = || number(&row.total).and_then(|total| total.checked_sub(periodic));
    number(&row.ad_hoc).or_else(rest).map_or((0, u32::MAX), |known| (known, known))
}

/// A blank number of deputies' meetings is at most what the heads leave of all.
fn deputies(row: &RollUpRow, all: u32) -> Range {
    let heads = [&row.by_secretary, &row.by_chairman, &row.by_both];
    let heads: u32 = heads.into_iter().filter_map(number).fold(0, u32::saturating_add);
    number(&row.by_deputy).map_or((0, all.saturating_sub(heads)), |known| (known, known))
}

/// Meetings of the lesser head. Biểu 02 has one column for joint meetings and for one person with both posts.
fn lesser_head(row: &RollUpRow, deputies: Range, all: u32, profile: &Profile) -> Range {
    let chairs = [&row.by_secretary, &row.by_chairman, &row.by_both].map(number);
    let [secretary, chairman, both] = chairs.map(Option::unwrap_or_default);
    // A blank column holds at most what the others leave of all meetings.
    let known = secretary.saturating_add(chairman).saturating_add(both);
    let left = all.saturating_sub(known).saturating_sub(deputies.0);
    let unknown = if chairs.contains(&None) { left } else { 0 };
    let rules = [profile.joint_counts_for.value, profile.one_person_both_posts.value];
    let [least, most] = Heads::of_sums((secretary, chairman), both, rules);
    let deputies = if profile.deputy_counts.value { deputies.1 } else { 0 };
    let most = most.with_either(deputies).with_unknown(unknown, profile);
    (least.lesser(), most.lesser())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;
    use crate::profile::model::JointCountsFor;
    use crate::rules::testing::{count, spoil};

    /// A row from its numbers in the order periodic, ad hoc, total, secretary, chairman, both, deputy:
    /// `.` is blank, `?` unreadable.
    fn row(words: &str) -> RollUpRow {
        let mut row = RollUpRow::default();
        let fields = [
            &mut row.periodic,
            &mut row.ad_hoc,
            &mut row.total,
            &mut row.by_secretary,
            &mut row.by_chairman,
            &mut row.by_both,
            &mut row.by_deputy,
        ];
        for (field, word) in fields.into_iter().zip(words.split(' ')) {
            *field = Field::blank(CellRef::new(6, 0));
            match word {
                "." => {}
                "?" => spoil(field),
                number => count(field, number.parse().unwrap()),
            }
        }
        row
    }

    #[test]
    fn the_sum_of_both_kinds_is_compared_where_one_of_them_is_not_given() {
        for (words, told) in [
            ("1 0 1 1 0 0 0", false),
            ("1 . 1 1 0 0 0", true),
            (". 0 1 1 0 0 0", true),
            ("? 0 1 1 0 0 0", true),
            (". . 1 1 0 0 0", true),
        ] {
            let row = row(words);
            let all = compared(&row, &Tallies::default());
            let found = all.iter().any(|(label, ..)| *label == "Tổng số cuộc");
            assert_eq!((found, all.len()), (told, 14 + usize::from(told)), "{words}");
        }
    }

    const ANY: u32 = u32::MAX;

    type Change = fn(&mut Profile);

    #[track_caller]
    fn counted(change: Change, cases: &[(&str, Range)]) {
        let mut profile = Profile::embedded("quy-che-17").unwrap();
        change(&mut profile);
        for (words, expected) in cases {
            let counting = Counting::of(&row(words), profile.quota(Level::Commune), &profile);
            assert_eq!((counting.fewest, counting.most), *expected, "{words}");
        }
    }

    #[test]
    fn meetings_of_the_unit() {
        let cases = [
            ("1 0 1 1 0 0 0", (1, 1)),
            ("0 1 1 1 0 0 0", (0, 0)),
            ("2 0 2 1 0 0 1", (1, 1)),
            // The deputy's may be the periodic or the ad hoc one.
            ("1 1 2 1 0 0 1", (0, 1)),
            ("2 1 3 1 0 0 2", (0, 1)),
            // Blank is not zero, but the rest may tell.
            ("1 . . . . . 0", (1, 1)),
            ("1 0 1 1 0 0 .", (1, 1)),
            ("2 0 2 1 0 0 .", (1, 2)),
            ("2 . 2 0 0 1 .", (1, 2)),
            ("1 0 1 . . . .", (0, 1)),
            ("1 0 1 1 0 0 ?", (1, 1)),
            ("1 0 1 0 0 0 ?", (0, 1)),
            ("1 ? 3 0 0 1 .", (0, 1)),
            ("3 ? 1 0 0 3 .", (0, 3)),
            (". 0 1 1 0 0 0", (0, ANY)),
            ("? 0 1 1 0 0 0", (0, ANY)),
        ];
        counted(|_| {}, &cases);
    }

    #[test]
    fn what_the_profile_lets_count() {
        counted(
            |p| p.ad_hoc_counts.value = true,
            &[
                ("1 1 2 1 0 0 1", (1, 1)),
                ("0 2 2 2 0 0 0", (2, 2)),
                ("1 . 3 3 0 0 .", (3, 3)),
                ("1 . . . . . 0", (1, ANY)),
            ],
        );
        counted(
            |p| p.deputy_counts.value = true,
            &[("1 1 2 1 0 0 1", (1, 1)), ("1 0 1 . . . .", (1, 1))],
        );
        // Which meetings were combined, Biểu 02 does not say.
        counted(|p| p.combined_counts.value = false, &[("2 0 2 2 0 0 0", (0, 2))]);
    }

    fn each_head(profile: &mut Profile) {
        profile.quotas.get_mut(&Level::Commune).unwrap().counted.value = Counted::EachHead;
    }

    #[test]
    fn meetings_of_the_lesser_head() {
        counted(
            each_head,
            &[
                ("2 0 2 1 1 0 0", (1, 1)),
                ("2 0 2 2 0 0 0", (0, 0)),
                ("1 0 1 0 0 1 0", (1, 1)),
                ("3 1 4 2 1 1 0", (1, 2)),
                // The joint one and the secretary's leave none for the blank column.
                ("2 0 2 1 . 1 0", (1, 1)),
                ("3 0 3 1 . 1 0", (1, 2)),
                ("2 0 2 . . . 0", (0, 2)),
                ("2 0 2 . . . 1", (0, 1)),
                ("2 . . . . . 0", (0, 2)),
            ],
        );
        counted(
            |p| {
                each_head(p);
                p.joint_counts_for.value = JointCountsFor::One;
            },
            // It may be one person with both posts, for whom the other rule holds.
            &[("2 0 2 0 0 2 0", (1, 2)), ("2 0 2 1 0 1 0", (1, 1))],
        );
        counted(
            |p| {
                each_head(p);
                p.joint_counts_for.value = JointCountsFor::One;
                p.one_person_both_posts.value = JointCountsFor::One;
            },
            &[
                ("2 0 2 0 0 2 0", (1, 1)),
                ("1 0 1 0 0 1 0", (0, 0)),
                // Whoever chaired them, one meeting is not enough for two heads.
                ("1 0 1 . . . 0", (0, 0)),
                ("2 0 2 . . . 0", (0, 1)),
                ("3 0 3 1 . . 0", (0, 1)),
            ],
        );
        counted(
            |p| {
                each_head(p);
                p.deputy_counts.value = true;
            },
            &[("2 0 2 1 0 0 1", (0, 1))],
        );
        counted(
            |p| {
                each_head(p);
                p.ad_hoc_counts.value = true;
            },
            &[("1 1 2 1 1 0 0", (1, 1))],
        );
    }
}
