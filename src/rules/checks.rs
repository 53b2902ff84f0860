//! The rules that look at one submission, in the order in which they look.

use super::case::Case;
use super::{
    at_texts, ct_quota, ct02_not_counted, ct03_out_of_season, dl07_implausible, hs_meeting_papers,
    hs_petition_papers, ky_dates, sl01_outcome_total, sl02_part_over_whole, sl03_petition_counts,
    sl04_same_meeting, sl05_written_totals, sl08_unknown_meeting, sl09_repeated_petition,
    th_notice, th03_short_announcement, th06_overdue_petition, th07_acknowledgement,
    th08_date_order,
};
use crate::model::Finding;

/// Looks at one submission and says what it finds.
pub type Check = fn(&Case<'_>, &mut Vec<Finding>);

/// Every check. Their order does not reach an output: findings are sorted.
pub static CHECKS: &[Check] = &[
    ky_dates::check,
    dl07_implausible::check,
    sl01_outcome_total::check,
    sl02_part_over_whole::check,
    sl03_petition_counts::check,
    sl04_same_meeting::check,
    sl05_written_totals::check,
    sl08_unknown_meeting::check,
    sl09_repeated_petition::check,
    ct_quota::check,
    ct02_not_counted::check,
    ct03_out_of_season::check,
    th_notice::check,
    th03_short_announcement::check,
    th06_overdue_petition::check,
    th07_acknowledgement::check,
    th08_date_order::check,
    hs_meeting_papers::check,
    hs_petition_papers::check,
    at_texts::check,
];

#[cfg(test)]
mod tests {
    use crate::model::{Kind, Severity};
    use crate::rules::testing::{Trial, codes, count, said, set};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    /// Rules that say that something is not there; the others need a value to speak of.
    const OF_ABSENCE: [&str; 6] = ["TH02", "HS01", "HS02", "HS03", "HS04", "HS05"];

    #[test]
    fn a_clean_unit_has_no_finding() {
        assert_eq!(said(|_| {}), [""; 0]);
    }

    /// A field left out of the list of fields would never be tried.
    #[test]
    fn every_field_can_be_punched() {
        assert_eq!(Trial::clean().fields().len(), 2 + 26 + 7 * 11 + 3);
    }

    #[test]
    fn an_unreadable_cell_sets_off_no_rule() {
        let fields = Trial::clean().fields().len();
        for at in 0..fields {
            let found = codes(|t| t.fields()[at].punch(1));
            assert!(found.is_empty(), "field {at}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn holes_only_tell_of_what_is_absent(
            holes in prop::collection::vec((any::<prop::sample::Index>(), 0u8..3), 0..40),
        ) {
            let mut trial = Trial::clean();
            let fields = trial.fields().len();
            for (at, kind) in holes {
                trial.fields()[at.index(fields)].punch(kind);
            }
            for finding in trial.run() {
                prop_assert!(OF_ABSENCE.contains(&finding.rule.code), "{finding:?}");
            }
        }

        #[test]
        fn extreme_values_are_survived(days in prop::collection::vec(extreme_day(), 9), big: u32) {
            let mut trial = Trial::clean();
            set(&mut trial.add_meeting().kind, Kind::AdHoc);
            let meeting = trial.meeting(1);
            let dates = [
                &mut meeting.date, &mut meeting.announced, &mut meeting.plan_date,
                &mut meeting.minutes_date, &mut meeting.notice_date, &mut meeting.published,
            ];
            for (field, day) in dates.into_iter().zip(&days) {
                set(field, *day);
            }
            for field in [&mut meeting.no, &mut meeting.attendees, &mut meeting.opinions] {
                count(field, big);
            }
            for field in &mut meeting.outcomes {
                count(field, u32::MAX);
            }
            set(&mut trial.petition(5).received, days[6]);
            set(&mut trial.petition(5).acknowledged, days[7]);
            trial.as_of = days[8];
            let found = trial.run();
            prop_assert!(found.iter().any(|f| f.rule.code == "SL01" && f.severity == Severity::Error));
        }
    }

    fn extreme_day() -> impl Strategy<Value = NaiveDate> {
        prop_oneof![
            Just(NaiveDate::MIN),
            Just(NaiveDate::MAX),
            (-400i64..400).prop_map(|days| {
                NaiveDate::from_ymd_opt(2021, 2, 15).unwrap() + chrono::Duration::days(days)
            }),
        ]
    }
}
