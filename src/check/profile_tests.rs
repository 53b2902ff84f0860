//! Changing one number of a profile changes exactly the values that it should, and no other.

use super::trials::{Batch, difference, values};
use crate::model::{Chair, Kind, Level, Outcome, Severity};
use crate::profile::Profile;
use crate::profile::model::{Band, Counted, Cutoff, JointCountsFor, Quota, QuotaSpan};
use crate::rules::testing::{blank, count, date, set};
use std::fmt::Write;

/// What each change gives: reviewed line by line, `-` what went and `+` what came.
const EXPECTED: &str = include_str!("../../tests/golden/profile-changes.txt");

/// For every number of the profile a unit whose figures stand right at its edge.
pub(crate) fn quarter() -> Batch {
    let mut batch = Batch::empty();
    batch.send("10", |t| {
        set(&mut t.meeting(0).chair, Chair::Joint);
        set(&mut t.add_meeting().chair, Chair::BothPosts);
    });
    batch.send("087", |t| set(&mut t.meeting(0).chair, Chair::Chairman));
    batch.send("02947", |t| {
        set(&mut t.add_meeting().kind, Kind::AdHoc);
    });
    batch.send("02950", |t| set(&mut t.meeting(0).chair, Chair::Deputy));
    batch.send("02953", |t| {
        set(&mut t.meeting(0).with_tuyen_van, true);
        date(&mut t.submission.report_date, "2021-04-05");
    });
    batch.send("02956", |t| set(&mut t.meeting(0).chair, Chair::Joint));
    batch.send("02959", |t| {
        date(&mut t.meeting(0).date, "2021-03-20");
        blank(&mut t.meeting(0).notice_no);
        blank(&mut t.meeting(0).notice_date);
        blank(&mut t.meeting(0).published);
    });
    batch.send("02962", |t| set(&mut t.meeting(0).kind, Kind::AdHoc));
    batch.send("02965", |t| {
        date(&mut t.meeting(0).announced, "2021-03-03");
        date(&mut t.meeting(0).notice_date, "2021-03-20");
        date(&mut t.meeting(0).published, "2021-03-20");
        date(&mut t.petition(5).received, "2021-01-10");
        date(&mut t.petition(5).acknowledged, "2021-01-20");
        date(&mut t.petition(0).acknowledged, "2021-03-24");
        set(&mut t.petition(5).outcome, Outcome::K3);
    });
    batch.send("02989", |t| count(&mut t.meeting(0).attendees, 450));
    batch
}

fn of(level: Level, profile: &mut Profile) -> &mut Quota {
    profile.quotas.get_mut(&level).unwrap()
}

pub(crate) type Change = (&'static str, fn(&mut Profile));

/// One change for every number and choice of a profile.
pub(crate) const CHANGES: [Change; 31] = [
    ("joint_counts_for", |p| p.joint_counts_for.value = JointCountsFor::One),
    ("one_person_both_posts", |p| p.one_person_both_posts.value = JointCountsFor::One),
    ("ad_hoc_counts", |p| p.ad_hoc_counts.value = true),
    ("deputy_counts", |p| p.deputy_counts.value = true),
    ("combined_with_tuyen_van", |p| p.combined_counts.value = false),
    ("announce_days_before", |p| p.announce_days_before.value = 8),
    ("conclusion_days", |p| p.conclusion_days.value = 9),
    ("conclusion_error_days", |p| p.conclusion_error_days.value = 15),
    ("ack_working_days", |p| p.ack_working_days.value = 9),
    ("petition_overdue_days", |p| p.petition_overdue_days.value = 84),
    ("submission_deadline", |p| p.submission_day.value = 4),
    ("feedback.days", |p| p.feedback_days.as_mut().unwrap().value = 9),
    ("cutoff", |p| p.cutoff.value = Cutoff::Day14),
    ("min_days_in_period", |p| p.min_days_in_period.value = 51),
    ("quota.commune.min", |p| of(Level::Commune, p).min.value = 2),
    ("quota.commune.per", |p| of(Level::Commune, p).per.value = QuotaSpan::HalfYear),
    ("quota.commune.counted", |p| of(Level::Commune, p).counted.value = Counted::EachHead),
    ("quota.commune.recommended_months", |p| {
        of(Level::Commune, p).recommended_months.value = vec![2];
    }),
    ("quota.district.min", |p| of(Level::District, p).min.value = 2),
    ("quota.district.per", |p| of(Level::District, p).per.value = QuotaSpan::Year),
    ("quota.district.counted", |p| of(Level::District, p).counted.value = Counted::EachHead),
    ("quota.district.recommended_months", |p| {
        of(Level::District, p).recommended_months.value = vec![1];
    }),
    ("quota.province.min", |p| of(Level::Province, p).min.value = 3),
    ("quota.province.per", |p| of(Level::Province, p).per.value = QuotaSpan::Quarter),
    ("quota.province.counted", |p| of(Level::Province, p).counted.value = Counted::Unit),
    ("quota.province.recommended_months", |p| {
        of(Level::Province, p).recommended_months.value.clear();
    }),
    ("no quota.district", |p| drop(p.quotas.remove(&Level::District))),
    ("plausible.commune.attendees", |p| {
        p.plausible.get_mut(&Level::Commune).unwrap().attendees.value = Band { from: 5, to: 449 };
    }),
    ("plausible.commune.opinions", |p| {
        p.plausible.get_mut(&Level::Commune).unwrap().opinions.value = Band { from: 1, to: 100 };
    }),
    ("rules.off", |p| p.off.extend(["CT02".to_owned()])),
    ("rules.severity", |p| p.severities.extend([("CT01".to_owned(), Severity::Warning)])),
];

#[test]
fn one_change_changes_what_it_should_and_nothing_else() {
    let before = values(&quarter().summary());
    let mut found = String::new();
    for (name, change) in CHANGES {
        let mut batch = quarter();
        change(&mut batch.profile);
        writeln!(found, "# {name}").unwrap();
        for line in difference(&before, &values(&batch.summary())) {
            writeln!(found, "{line}").unwrap();
        }
    }
    assert_eq!(found, EXPECTED, "found:\n{found}");
}

#[test]
fn every_parameter_of_the_profile_is_tried() {
    let profile = Profile::embedded("quy-che-17").unwrap();
    let untried: Vec<&str> = (profile.parameters.iter())
        .map(|parameter| parameter.key.as_str())
        // Those of the yearly review change no quarter; src/aggregate/profile_tests.rs tries them.
        .filter(|key| !key.starts_with("review."))
        .filter(|key| !CHANGES.iter().any(|(name, _)| name == key))
        .collect();
    assert_eq!(untried, [""; 0]);
}
