//! KY03, KY04: meetings outside the quarter, and dates that had not come yet.

use super::case::{Case, shown};
use super::ky::{KY02, KY03, KY04};
use super::noticed::Noticed;
use crate::model::submission::SheetName;
use crate::model::{Field, Finding};
use chrono::NaiveDate;

/// A date in the future is only that; it is not also outside the quarter.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    findings.extend(other_days(case));
    let Some(detail) = case.detail() else { return };
    let sheet = &detail.meetings.sheet;
    for meeting in case.meetings() {
        outside(case, sheet, &meeting.date, findings);
        let dates = [
            ("Ngày tổ chức", &meeting.date),
            ("Ngày thông báo trước", &meeting.announced),
            ("Ngày kế hoạch", &meeting.plan_date),
            ("Ngày biên bản", &meeting.minutes_date),
            ("Ngày thông báo kết luận", &meeting.notice_date),
            ("Ngày công khai", &meeting.published),
        ];
        future(case, sheet, &dates, findings);
    }
    if let Some(table) = case.petitions() {
        for petition in &table.rows {
            let dates = [
                ("Ngày tiếp nhận", &petition.received),
                ("Ngày báo nhận, chuyển", &petition.acknowledged),
                ("Ngày văn bản trả lời", &petition.reply_date),
            ];
            future(case, &table.sheet, &dates, findings);
        }
    }
    if let Some(table) = case.carried() {
        for petition in &table.rows {
            let dates = [("Ngày văn bản trả lời", &petition.reply_date)];
            future(case, &table.sheet, &dates, findings);
        }
    }
}

/// KY02 where the file says to reach from another day or to another one than the quarter of the profile.
fn other_days(case: &Case<'_>) -> Option<Finding> {
    let stated = case.submission.days.as_ref()?;
    let (first, last) = case.span;
    if (stated.first, stated.last) == (first, last) {
        return None;
    }
    let written = format!("{} - {}", shown(stated.first), shown(stated.last));
    let message = format!(
        "Tệp ghi số liệu từ {} đến {}, còn {} tính từ {} đến {}; số liệu được tính cho {}.",
        shown(stated.first),
        shown(stated.last),
        case.period.label(),
        shown(first),
        shown(last),
        case.period.label()
    );
    let finding = Finding::new(&KY02, stated.place.clone(), message).value(written);
    Some(finding.unit(case.unit.code).help(
        "Nộp số liệu của đúng các ngày trong quý; nếu số liệu đã đúng thì sửa lại các ngày ghi trong tệp.",
    ))
}

fn outside(case: &Case<'_>, sheet: &SheetName, date: &Field<NaiveDate>, findings: &mut Noticed) {
    findings.unread(case, &KY03, sheet, date);
    let (first, last) = case.span;
    let Some(day) = case.past(date).filter(|day| *day < first || last < *day) else { return };
    let message = format!(
        "Ngày tổ chức {} nằm ngoài {} (từ {} đến {}); cuộc này không được đếm.",
        shown(day),
        case.period.label(),
        shown(first),
        shown(last)
    );
    findings.push(case.finding(&KY03, sheet, date.cell(), message).value(shown(day)));
}

fn future(
    case: &Case<'_>,
    sheet: &SheetName,
    dates: &[(&str, &Field<NaiveDate>)],
    findings: &mut Noticed,
) {
    for (label, date) in dates {
        findings.unread(case, &KY04, sheet, date);
        let Some(day) = date.value().filter(|day| *day > case.last_known_day()) else { continue };
        let own = case.submission.report_date.value();
        let and_own = own.map(|own| format!(" và ngày báo cáo {}", shown(own)));
        let message = format!(
            "{label} {} sau ngày tổng hợp {}{}.",
            shown(day),
            shown(case.as_of),
            and_own.unwrap_or_default()
        );
        findings.push(case.finding(&KY04, sheet, date.cell(), message).value(shown(day)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Trial, blank, codes, date, said, spoil};

    #[test]
    fn a_meeting_outside_the_quarter() {
        for iso in ["2020-12-31", "2021-04-01"] {
            assert_eq!(codes(|t| date(&mut t.meeting(0).date, iso)), ["KY03 B1!B6"], "{iso}");
        }
        for iso in ["2021-01-01", "2021-03-31"] {
            let found = codes(|t| date(&mut t.meeting(0).date, iso));
            assert!(!found.iter().any(|one| one.starts_with("KY03")), "{iso}: {found:?}");
        }
        assert_eq!(
            said(|t| date(&mut t.meeting(0).date, "2020-03-10")),
            ["KY03 B1!B6 [10/03/2020] Ngày tổ chức 10/03/2020 nằm ngoài quý I/2021 \
              (từ 01/01/2021 đến 31/03/2021); cuộc này không được đếm."]
        );
    }

    #[test]
    fn days_that_are_not_those_of_the_quarter() {
        use crate::model::Place;
        use crate::model::submission::StatedDays;
        use crate::profile::model::Cutoff;
        let days = |t: &mut Trial, first: &str, last: &str| {
            let place = Place::file(t.submission.file.clone());
            let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
            t.submission.days = Some(StatedDays { first, last, place });
        };
        assert_eq!(
            said(|t| days(t, "2020-12-15", "2021-03-14")),
            [
                "KY02 ! [15/12/2020 - 14/03/2021] Tệp ghi số liệu từ 15/12/2020 đến 14/03/2021, còn quý \
              I/2021 tính từ 01/01/2021 đến 31/03/2021; số liệu được tính cho quý I/2021."
            ]
        );
        assert!(said(|t| days(t, "2021-01-01", "2021-03-31")).is_empty());
        assert!(
            said(|t| {
                t.profile.cutoff.value = Cutoff::Day14;
                days(t, "2020-12-15", "2021-03-14");
            })
            .is_empty()
        );
    }

    #[test]
    fn the_cut_off_of_the_profile_decides() {
        use crate::profile::model::Cutoff;
        assert_eq!(
            codes(|t| {
                t.profile.cutoff.value = Cutoff::Day14;
                date(&mut t.meeting(0).date, "2021-03-15");
            }),
            ["KY03 B1!B6"]
        );
    }

    #[test]
    fn a_date_after_both_days_is_in_the_future() {
        assert_eq!(
            said(|t| date(&mut t.meeting(0).published, "2021-04-06")),
            ["KY04 B1!Z6 [06/04/2021] Ngày công khai 06/04/2021 sau ngày tổng hợp 05/04/2021 \
              và ngày báo cáo 28/03/2021."]
        );
        assert_eq!(
            said(|t| {
                blank(&mut t.submission.report_date);
                date(&mut t.meeting(0).date, "2031-03-10");
            }),
            ["KY04 B1!B6 [10/03/2031] Ngày tổ chức 10/03/2031 sau ngày tổng hợp 05/04/2021."]
        );
        // The later of the two days decides.
        assert!(
            codes(|t| {
                date(&mut t.submission.report_date, "2021-04-20");
                date(&mut t.meeting(0).published, "2021-04-20");
            })
            .is_empty()
        );
    }

    #[test]
    fn every_date_column_is_looked_at() {
        for (change, expected) in [
            (|t| date(&mut t.meeting(0).announced, "2022-01-01"), "KY04 B1!J6"),
            (|t| date(&mut t.meeting(0).plan_date, "2022-01-01"), "KY04 B1!V6"),
            (|t| date(&mut t.meeting(0).minutes_date, "2022-01-01"), "KY04 B1!W6"),
            (|t| date(&mut t.meeting(0).notice_date, "2022-01-01"), "KY04 B1!Y6"),
            (|t| date(&mut t.petition(0).received, "2022-01-01"), "KY04 B2!G5"),
            (|t| date(&mut t.petition(0).acknowledged, "2022-01-01"), "KY04 B2!H5"),
            (|t| date(&mut t.petition(0).reply_date, "2022-01-01"), "KY04 B2!K5"),
            (|t| date(&mut t.carried().reply_date, "2022-01-01"), "KY04 B3!I5"),
        ] as [(fn(&mut Trial), &str); 8]
        {
            assert_eq!(codes(change), [expected]);
        }
    }

    #[test]
    fn an_unreadable_date_says_nothing() {
        assert!(codes(|t| spoil(&mut t.meeting(0).date)).is_empty());
    }
}
