//! The rules that look at one submission, in the order in which they look.

use super::case::Case;
use super::noticed::Noticed;
use super::{
    at_texts, ct_quota, ct02_not_counted, ct03_out_of_season, dl07_implausible, hs_meeting_papers,
    hs_petition_papers, ky_dates, sl01_outcome_total, sl02_part_over_whole, sl03_petition_counts,
    sl04_same_meeting, sl05_written_totals, sl08_unknown_meeting, sl09_repeated_petition,
    th_notice, th03_short_announcement, th06_overdue_petition, th07_acknowledgement,
    th08_date_order,
};

/// Looks at one submission and says what it finds.
pub type Check = fn(&Case<'_>, &mut Noticed);

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
    use crate::model::{Kind, Severity, Unchecked};
    use crate::rules::testing::{Trial, blank, codes, count, date, said, set, spoil};
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

    /// What is not checked after that change: code, sheet, place and the cells in the way.
    fn open(change: impl FnOnce(&mut Trial)) -> Vec<String> {
        let mut trial = Trial::clean();
        change(&mut trial);
        let noticed = trial.noticed();
        let line = |one: &Unchecked| {
            let sheet = one.place.sheet.as_ref().map_or("", |sheet| &sheet.name);
            let at = one.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
            let cells: Vec<String> = one.blocked_by.iter().map(ToString::to_string).collect();
            format!("{} {sheet}!{at} <- {}", one.rule.code, cells.join(" "))
        };
        noticed.unchecked.iter().map(line).collect()
    }

    /// As [`open`], the codes only, in order.
    fn open_codes(change: impl FnOnce(&mut Trial)) -> String {
        let mut codes: Vec<String> =
            open(change).iter().filter_map(|line| line.get(..4).map(str::to_owned)).collect();
        codes.sort();
        codes.join(" ")
    }

    type Change = fn(&mut Trial);

    /// Where one cell more or less makes the difference.
    const AT_THE_EDGE: [(Change, &str); 8] = [
        // The number shows that it was passed on, whatever the day says.
        (|t| spoil(&mut t.petition(6).acknowledged), "KY04 TH07 TH08"),
        (
            |t| {
                blank(&mut t.petition(0).received);
                spoil(&mut t.petition(0).acknowledged);
            },
            "KY04 TH08",
        ),
        (
            |t| {
                spoil(&mut t.meeting(0).date);
                blank(&mut t.meeting(0).notice_date);
            },
            "CT01 CT03 KY03 KY04 TH01 TH03 TH08",
        ),
        (
            |t| {
                spoil(&mut t.meeting(0).date);
                blank(&mut t.meeting(0).notice_date);
                blank(&mut t.meeting(0).notice_no);
            },
            "CT01 CT03 KY03 KY04 TH02 TH03 TH08",
        ),
        (|t| spoil(&mut t.meeting(0).place), ""),
        (|t| spoil(&mut t.add_meeting().place), "SL04"),
        // Minutes that are there are no question, even of a meeting to come.
        (|t| date(&mut t.meeting(0).date, "2021-04-06"), "CT01 CT03 TH01 TH03 TH08"),
        (
            |t| {
                date(&mut t.meeting(0).date, "2021-04-06");
                blank(&mut t.meeting(0).minutes_date);
            },
            "CT01 CT03 HS02 TH01 TH03 TH08",
        ),
    ];

    #[test]
    fn an_unreadable_cell_leaves_open_what_depends_on_it() {
        let cases: [(Change, &str); 32] = [
            (|_| {}, ""),
            (|t| spoil(&mut t.meeting(0).date), "CT01 CT03 KY03 KY04 TH01 TH03 TH08"),
            (|t| spoil(&mut t.meeting(0).kind), "CT01 CT02 CT03 TH03"),
            (|t| spoil(&mut t.meeting(0).chair), "CT01 CT02"),
            (|t| spoil(&mut t.meeting(0).with_tuyen_van), ""),
            (|t| spoil(&mut t.meeting(0).announced), "KY04 TH03 TH08"),
            (|t| spoil(&mut t.meeting(0).attendees), "DL07 SL02 SL02 SL02"),
            (|t| spoil(&mut t.meeting(0).women), "SL02"),
            (|t| spoil(&mut t.meeting(0).opinions), "DL07 SL01 SL03"),
            (|t| spoil(&mut t.meeting(0).outcomes[2]), "SL01 SL03"),
            (|t| blank(&mut t.meeting(0).outcomes[2]), "SL01"),
            (|t| blank(&mut t.meeting(0).outcomes[3]), "SL01"),
            (
                |t| {
                    set(&mut t.meeting(0).kind, Kind::AdHoc);
                    spoil(&mut t.meeting(0).announced);
                },
                "KY04 TH08",
            ),
            (|t| spoil(&mut t.meeting(0).no), "SL03 SL08"),
            (|t| spoil(&mut t.meeting(0).plan_no), ""),
            (|t| spoil(&mut t.meeting(0).plan_date), "KY04 TH08"),
            (
                |t| {
                    spoil(&mut t.meeting(0).plan_no);
                    blank(&mut t.meeting(0).plan_date);
                },
                "HS01",
            ),
            (|t| spoil(&mut t.meeting(0).minutes_date), "HS02 KY04 TH08"),
            (|t| spoil(&mut t.meeting(0).notice_date), "KY04 TH01 TH08"),
            (|t| blank(&mut t.meeting(0).notice_date), "TH01"),
            (|t| spoil(&mut t.meeting(0).published), "HS05 KY04 TH08"),
            (|t| spoil(&mut t.petition(0).meeting_no), "SL03 SL08"),
            (|t| spoil(&mut t.petition(0).content), "SL09"),
            (|t| spoil(&mut t.petition(0).received), "KY04 TH07 TH08"),
            (|t| spoil(&mut t.petition(5).received), "KY04 TH06 TH07 TH08"),
            (|t| spoil(&mut t.petition(0).acknowledged), "KY04 TH07 TH08"),
            (|t| spoil(&mut t.petition(0).outcome), "HS03 HS04 SL03 TH06"),
            (|t| spoil(&mut t.petition(3).reply_no), "HS03"),
            (|t| spoil(&mut t.carried().outcome), "HS03 HS04 TH06"),
            (|t| spoil(&mut t.carried().reply_date), "KY04 TH08"),
            (|t| spoil(&mut t.carried().origin), "TH08"),
            (|t| spoil(&mut t.carried().reply_no), "HS03"),
        ];
        for (at, (change, expected)) in cases.into_iter().chain(AT_THE_EDGE).enumerate() {
            assert_eq!(open_codes(change), expected, "case {at}");
        }
    }

    #[test]
    fn what_is_open_names_its_place_and_the_cells_in_the_way() {
        assert_eq!(
            open(|t| {
                spoil(&mut t.meeting(0).kind);
                spoil(&mut t.meeting(0).chair);
            }),
            ["CT01 B1!A3 <- E6 F6", "CT02 B1!A6 <- E6 F6", "CT03 B1!A6 <- E6", "TH03 B1!A6 <- E6"]
        );
        assert_eq!(open(|t| spoil(&mut t.petition(0).acknowledged))[0], "TH07 B2!A5 <- H5");
    }

    #[test]
    fn what_no_cell_tells_is_open_too() {
        let days = |received: &'static str, told: &'static str| {
            move |t: &mut Trial| {
                t.as_of = "2027-12-31".parse().unwrap();
                date(&mut t.petition(0).received, received);
                date(&mut t.petition(0).acknowledged, told);
                date(&mut t.petition(0).reply_date, told);
            }
        };
        assert!(open(days("2027-03-01", "2027-03-30")).contains(&"TH07 B2!A5 <- ".to_owned()));
        let mut trial = Trial::clean();
        days("2027-03-01", "2027-03-30")(&mut trial);
        let reasons: Vec<String> =
            trial.noticed().unchecked.into_iter().map(|one| one.reason).collect();
        let wanted =
            "Chưa có lịch nghỉ lễ, tết cho ngày 02/03/2027, nên chưa đếm được ngày làm việc.";
        assert!(reasons.iter().any(|reason| reason == wanted), "{reasons:?}");
        assert!(!open(days("2026-03-02", "2026-03-30")).iter().any(|line| line.contains("TH07")));
        // Rows that repeat each other, and a quota of which this quarter is only a part.
        let repeated = open(|t| {
            let level = t.unit.level;
            t.profile.quotas.get_mut(&level).unwrap().min.value = 2;
            let row = t.meeting(0).clone();
            t.detail().meetings.rows.push(row);
        });
        assert!(repeated.contains(&"CT01 B1!A3 <- ".to_owned()), "{repeated:?}");
        // Biểu 1 without the columns of outcomes.
        let bare = open(|t| t.meeting(0).outcomes = Default::default());
        assert!(bare.contains(&"SL01 B1!A6 <- ".to_owned()), "{bare:?}");
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
