//! Every way of counting that a profile can ask for, as tables.

use super::ledger::{Ledger, Standing};
use super::trials::{Batch, on};
use crate::model::{Chair, Field, Kind, Level, Meeting, Period};
use crate::profile::Profile;
use crate::profile::model::{Counted, Cutoff, JointCountsFor, QuotaSpan};
use crate::rules::testing::{Trial, blank, date, meeting, set, spoil, text};

/// Meetings by their letters: chair B(í thư), C(hủ tịch), J(oint), K(iêm), D(eputy) or ? (unreadable),
/// with `*` when ad hoc and `+` when combined with a hội nghị tuyên vận.
fn rows(words: &str) -> Vec<Meeting> {
    (1..).zip(words.split_whitespace()).map(|(no, word)| row(no, word)).collect()
}

fn row(no: u32, word: &str) -> Meeting {
    let mut row = meeting(4 + no, no);
    text(&mut row.place, &format!("Thôn {no}"));
    let chair = match &word[..1] {
        "B" => Some(Chair::Secretary),
        "C" => Some(Chair::Chairman),
        "J" => Some(Chair::Joint),
        "K" => Some(Chair::BothPosts),
        "D" => Some(Chair::Deputy),
        _ => None,
    };
    match chair {
        Some(chair) => set(&mut row.chair, chair),
        None => spoil(&mut row.chair),
    }
    if word.contains('*') {
        set(&mut row.kind, Kind::AdHoc);
    }
    set(&mut row.with_tuyen_van, word.contains('+'));
    row
}

fn profile() -> Profile {
    Profile::embedded("quy-che-17").unwrap()
}

fn each_head(mut profile: Profile) -> Profile {
    profile.quotas.get_mut(&Level::Commune).unwrap().counted.value = Counted::EachHead;
    profile
}

fn ledger(rows: &[Meeting], profile: &Profile) -> Ledger {
    let unit = Trial::clean().unit;
    let period = Period::quarter(2021, 1).unwrap();
    Ledger::of(rows, &unit, 90, (period, on("2021-04-05")), profile)
}

/// Counted, counted without repetitions, possible, and for each head.
type Counts = (u32, u32, u32, (u32, u32));

fn counts(ledger: &Ledger) -> Counts {
    (ledger.counted, ledger.counted_once, ledger.possible, ledger.by_head)
}

#[test]
fn a_quota_of_the_unit() {
    for (words, expected) in [
        ("", (0, 0, 0, (0, 0))),
        ("B", (1, 1, 1, (1, 0))),
        ("C", (1, 1, 1, (0, 1))),
        ("J", (1, 1, 1, (1, 1))),
        ("K", (1, 1, 1, (1, 1))),
        ("D", (0, 0, 0, (0, 0))),
        ("B*", (0, 0, 0, (0, 0))),
        ("J* D*", (0, 0, 0, (0, 0))),
        ("B+", (1, 1, 1, (1, 0))),
        ("?", (0, 0, 1, (0, 0))),
        ("?*", (0, 0, 0, (0, 0))),
        ("B C J K D B* ? ?", (4, 4, 6, (3, 3))),
    ] {
        assert_eq!(counts(&ledger(&rows(words), &profile())), expected, "{words}");
    }
}

#[test]
fn a_quota_of_each_head() {
    for (words, expected) in [
        ("B", (0, 0, 0, (1, 0))),
        ("B C", (1, 1, 1, (1, 1))),
        ("J", (1, 1, 1, (1, 1))),
        ("K", (1, 1, 1, (1, 1))),
        ("B B C", (1, 1, 1, (2, 1))),
        ("C C J", (1, 1, 1, (1, 3))),
        ("D", (0, 0, 0, (0, 0))),
        // Whoever it was, an unreadable chair could be both heads together.
        ("B ?", (0, 0, 1, (1, 0))),
        ("?", (0, 0, 1, (0, 0))),
        ("? ?", (0, 0, 2, (0, 0))),
    ] {
        assert_eq!(counts(&ledger(&rows(words), &each_head(profile()))), expected, "{words}");
    }
}

#[test]
fn a_joint_meeting_may_count_for_one_head_only() {
    let mut joint = each_head(profile());
    joint.joint_counts_for.value = JointCountsFor::One;
    let mut both_posts = each_head(profile());
    both_posts.one_person_both_posts.value = JointCountsFor::One;
    for (words, profile, expected) in [
        ("J", &joint, (0, 0, 0, (1, 0))),
        ("J J", &joint, (1, 1, 1, (1, 1))),
        ("B J", &joint, (1, 1, 1, (1, 1))),
        ("C J", &joint, (1, 1, 1, (1, 1))),
        ("J B B", &joint, (1, 1, 1, (2, 1))),
        ("J C C J J J", &joint, (3, 3, 3, (3, 3))),
        ("J B J J J", &joint, (2, 2, 2, (3, 2))),
        ("K", &joint, (1, 1, 1, (1, 1))),
        ("K", &both_posts, (0, 0, 0, (1, 0))),
        ("K J", &both_posts, (1, 1, 1, (2, 1))),
        ("K C", &both_posts, (1, 1, 1, (1, 1))),
    ] {
        assert_eq!(counts(&ledger(&rows(words), profile)), expected, "{words}");
    }
    // Whoever chaired it, a meeting that counts for one head alone is not enough for two.
    let mut neither = both_posts.clone();
    neither.joint_counts_for.value = JointCountsFor::One;
    for (words, profile, possible) in [
        ("?", &joint, 1),
        ("?", &both_posts, 1),
        ("?", &neither, 0),
        ("B ?", &neither, 1),
        ("? ?", &neither, 1),
    ] {
        assert_eq!(ledger(&rows(words), profile).possible, possible, "{words}");
    }
    joint.quotas.get_mut(&Level::Commune).unwrap().counted.value = Counted::Unit;
    assert_eq!(counts(&ledger(&rows("J"), &joint)), (1, 1, 1, (1, 0)));
}

#[test]
fn the_lesser_head_is_what_counts_however_the_meetings_are_dealt_out() {
    for seed in 0..2_000u32 {
        let letters = ["B", "C", "J", "K", "D", "B*", "J"];
        let words = (0..8).map(|at| letters[((seed * 7 + at * seed) % 7) as usize]);
        let words: Vec<&str> = words.take((seed % 9) as usize).collect();
        let mut profile = each_head(profile());
        if seed % 2 == 0 {
            profile.joint_counts_for.value = JointCountsFor::One;
        }
        if seed % 3 == 0 {
            profile.one_person_both_posts.value = JointCountsFor::One;
        }
        profile.deputy_counts.value = seed % 5 == 0;
        let ledger = ledger(&rows(&words.join(" ")), &profile);
        let (secretary, chairman) = ledger.by_head;
        assert_eq!(ledger.counted, secretary.min(chairman), "{words:?}");
    }
}

#[test]
fn what_the_profile_lets_count() {
    type Change = fn(&mut Profile);
    for (words, change, expected) in [
        ("B*", (|p| p.ad_hoc_counts.value = true) as Change, (1, 1, 1, (1, 0))),
        ("D", |p| p.deputy_counts.value = true, (1, 1, 1, (0, 0))),
        ("D*", |p| p.deputy_counts.value = true, (0, 0, 0, (0, 0))),
        ("B+", |p| p.combined_counts.value = false, (0, 0, 0, (0, 0))),
        ("B C+", |p| p.combined_counts.value = false, (1, 1, 1, (1, 0))),
    ] {
        let mut profile = profile();
        change(&mut profile);
        assert_eq!(counts(&ledger(&rows(words), &profile)), expected, "{words}");
    }
    let mut profile = each_head(profile());
    profile.deputy_counts.value = true;
    // For which head a deputy stood is not in the form: it may be for either.
    assert_eq!(counts(&ledger(&rows("B D"), &profile)), (0, 0, 1, (1, 0)));
}

#[test]
fn an_unreadable_cell_leaves_open_only_what_it_decides() {
    type Change = fn(&mut Meeting);
    for (change, counts_if_ad_hoc, standing, columns) in [
        ((|m| spoil(&mut m.date)) as Change, false, Standing::Unknown, &["Ngày tổ chức"][..]),
        (|m| date(&mut m.date, "2021-04-01"), false, Standing::Unknown, &["Ngày tổ chức"]),
        (|m| date(&mut m.date, "2020-12-31"), false, Standing::Unknown, &["Ngày tổ chức"]),
        (|m| spoil(&mut m.kind), false, Standing::Unknown, &["Loại cuộc"]),
        (|m| blank(&mut m.kind), false, Standing::Unknown, &["Loại cuộc"]),
        (|m| spoil(&mut m.kind), true, Standing::Counts, &[]),
        (|m| m.chair = Field::absent(), false, Standing::Unknown, &["Chủ trì"]),
        (|m| spoil(&mut m.with_tuyen_van), false, Standing::Counts, &[]),
        (
            |m| {
                spoil(&mut m.date);
                spoil(&mut m.chair);
            },
            false,
            Standing::Unknown,
            &["Ngày tổ chức", "Chủ trì"],
        ),
        (
            |m| {
                spoil(&mut m.date);
                set(&mut m.kind, Kind::AdHoc);
            },
            false,
            Standing::AdHoc,
            &["Ngày tổ chức"],
        ),
    ] {
        let mut rows = rows("B");
        change(&mut rows[0]);
        let mut profile = profile();
        profile.ad_hoc_counts.value = counts_if_ad_hoc;
        let ledger = ledger(&rows, &profile);
        let entry = &ledger.entries[0];
        let open: Vec<&str> = entry.holes.iter().map(|hole| hole.column).collect();
        assert_eq!((entry.standing, open.as_slice()), (standing, columns));
    }
    let mut strict = profile();
    strict.combined_counts.value = false;
    let mut combined = rows("B");
    spoil(&mut combined[0].with_tuyen_van);
    assert_eq!(counts(&ledger(&combined, &strict)), (0, 0, 1, (0, 0)));
    // Where deputies count, a meeting counts for the unit whoever chaired it; for which head is open.
    let mut lenient = profile();
    lenient.deputy_counts.value = true;
    assert_eq!(counts(&ledger(&rows("? ?"), &lenient)), (2, 2, 2, (0, 0)));
    // A year may end under a profile that counts heads: then it surely counts for none.
    let heads = ledger(&rows("? ? J"), &lenient).adds;
    assert_eq!(
        (heads.counted.lesser(), heads.possible.map(super::heads::Heads::lesser)),
        (1, Some(3))
    );
    assert_eq!(counts(&ledger(&rows("? ?"), &each_head(lenient))), (0, 0, 2, (0, 0)));
}

#[test]
fn rows_that_repeat_each_other_stay_in_the_count_and_are_marked() {
    let mut rows = rows("B B C");
    for row in &mut rows {
        text(&mut row.place, "Thôn 1");
    }
    let ledger = ledger(&rows, &profile());
    assert_eq!(counts(&ledger), (3, 2, 3, (2, 1)));
    let repeats: Vec<bool> = ledger.entries.iter().map(|entry| entry.repeats).collect();
    assert_eq!(repeats, [false, true, false]);
}

#[test]
fn months_are_a_recommendation_only() {
    let mut rows = rows("B B");
    date(&mut rows[1].date, "2021-02-28");
    let ledger = ledger(&rows, &profile());
    assert_eq!(counts(&ledger), (2, 2, 2, (2, 0)));
    let out: Vec<bool> = ledger.entries.iter().map(|entry| entry.out_of_season).collect();
    assert_eq!(out, [false, true]);
}

#[test]
fn where_a_quarter_is_cut() {
    for (day, calendar, day14) in [
        ("2020-12-14", 0, 0),
        ("2020-12-15", 0, 1),
        ("2020-12-31", 0, 1),
        ("2021-01-01", 1, 1),
        ("2021-03-14", 1, 1),
        ("2021-03-15", 1, 0),
        ("2021-03-31", 1, 0),
        ("2021-04-01", 0, 0),
    ] {
        for (cutoff, expected) in [(Cutoff::Calendar, calendar), (Cutoff::Day14, day14)] {
            let mut rows = rows("B");
            date(&mut rows[0].date, day);
            let mut profile = profile();
            profile.cutoff.value = cutoff;
            assert_eq!(ledger(&rows, &profile).counted, expected, "{day} {cutoff:?}");
        }
    }
}

#[test]
fn when_a_quota_falls_due() {
    use QuotaSpan::{HalfYear, Quarter, Year};
    let unit = Trial::clean().unit;
    for (per, quarters, existed, due, needs_earlier) in [
        (Quarter, &[1, 2, 3, 4][..], 90, true, false),
        (Quarter, &[1, 2, 3, 4], 45, true, false),
        (Quarter, &[1, 2, 3, 4], 44, false, false),
        (HalfYear, &[1, 3], 90, false, true),
        (HalfYear, &[2, 4], 90, true, true),
        (HalfYear, &[2, 4], 44, false, true),
        (Year, &[1, 2, 3], 90, false, true),
        (Year, &[4], 90, true, true),
    ] {
        for quarter in quarters {
            let mut profile = profile();
            let quota = profile.quotas.get_mut(&Level::Commune).unwrap();
            (quota.per.value, quota.min.value) = (per, 3);
            let period = Period::quarter(2021, *quarter).unwrap();
            let span = (period, period.last_day());
            let ledger = Ledger::of(&rows("B"), &unit, existed, span, &profile);
            let found = (ledger.due, ledger.required, ledger.needs_earlier);
            let required = if due { 3 } else { 0 };
            assert_eq!(found, (due, required, needs_earlier), "{per:?} {quarter} {existed}");
        }
    }
    let mut without = profile();
    without.quotas.clear();
    let ledger = ledger(&rows("B"), &without);
    assert_eq!((ledger.due, ledger.required, ledger.counted), (false, 0, 1));
}

/// Verdict, owed, short and note of one commune after that change to its form and to the profile.
fn account(per: QuotaSpan, quarter: u32, change: fn(&mut Trial)) -> (String, u32, Option<u32>) {
    let mut batch = Batch::empty();
    batch.period = Period::quarter(2021, quarter).unwrap();
    batch.as_of = batch.profile.deadline(batch.period);
    let quota = batch.profile.quotas.get_mut(&Level::Commune).unwrap();
    (quota.per.value, quota.min.value) = (per, 2);
    let last = batch.period.last_day();
    batch.send("02989", |t| {
        set(&mut t.meeting(0).date, last);
        change(t);
    });
    let summary = batch.summary();
    let accounts = summary.accounts();
    let account = accounts.iter().find(|a| a.line.unit.code.as_str() == "02989").unwrap();
    (account.line.verdict.key().to_owned(), account.owed, account.short)
}

#[test]
fn verdicts_of_quotas_longer_than_the_report() {
    use QuotaSpan::{HalfYear, Quarter, Year};
    let last = |t: &mut Trial| {
        let day = t.meeting(0).date.value().unwrap();
        set(&mut t.add_meeting().date, day);
    };
    let reason = |t: &mut Trial| text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
    let none = |t: &mut Trial| {
        text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
        t.detail().meetings.rows.clear();
        t.detail().petitions = None;
    };
    let open = |t: &mut Trial| {
        let day = t.meeting(0).date.value().unwrap();
        let meeting = t.add_meeting();
        set(&mut meeting.date, day);
        spoil(&mut meeting.chair);
    };
    let twice = |t: &mut Trial| {
        let row = t.meeting(0).clone();
        t.detail().meetings.rows.push(row);
    };
    for (per, quarter, change, expected) in [
        (Quarter, 1, (|_| {}) as fn(&mut Trial), ("chua_dat", 2, Some(1))),
        (Quarter, 1, last, ("dat", 2, Some(0))),
        (Quarter, 1, reason, ("chua_dat_co_ly_do", 2, Some(1))),
        (Quarter, 1, none, ("chua_dat_co_ly_do", 2, Some(2))),
        (Quarter, 1, open, ("chua_xac_dinh", 2, None)),
        (Quarter, 1, twice, ("chua_xac_dinh", 2, None)),
        (HalfYear, 1, last, ("khong_thuoc_dien", 0, Some(0))),
        (HalfYear, 2, |_| {}, ("chua_xac_dinh", 2, None)),
        (HalfYear, 2, last, ("dat", 2, Some(0))),
        (Year, 3, last, ("khong_thuoc_dien", 0, Some(0))),
        (Year, 4, reason, ("chua_xac_dinh", 2, None)),
        (Year, 4, last, ("dat", 2, Some(0))),
    ] {
        let (verdict, owed, short) = account(per, quarter, change);
        assert_eq!((verdict.as_str(), owed, short), expected, "{per:?} {quarter}");
    }
}
