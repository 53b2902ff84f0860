//! TH08: two dates stand in an order that cannot be.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole, no_day};
use crate::model::submission::SheetName;
use crate::model::{CarriedPetition, CellRef, Field, Finding, Meeting, Petition, Rule, Severity};
use chrono::NaiveDate;

/// TH08: the order of dates is wrong.
pub static TH08: Rule = Rule {
    code: "TH08",
    slug: "thu-tu-ngay-sai",
    severity: Severity::Error,
    title: "Thứ tự ngày sai (kết luận trước hội nghị, trả lời trước tiếp nhận …)",
    why: "Một trong hai ngày ghi sai, nên không tính được đúng hạn hay muộn.",
    breaks: "Hội nghị ngày 15/03/2021, thông báo kết luận ngày 12/03/2021.",
    keeps: "Kế hoạch, thông báo trước, hội nghị, biên bản, kết luận, công khai theo thứ tự ngày.",
    mend: "Đối chiếu với văn bản, sửa lại ngày ghi sai.",
};

/// A date with its name in running text.
type Named<'a> = (&'a str, NaiveDate);

/// Dates that are unreadable, in the future, or of a meeting outside the quarter are left to their own rules.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(detail) = case.detail() else { return };
    for meeting in case.meetings() {
        of_meeting(case, &detail.meetings.sheet, meeting, findings);
    }
    if let Some(table) = case.petitions() {
        for petition in &table.rows {
            of_petition(case, &table.sheet, petition, findings);
        }
    }
    if let Some(table) = case.carried() {
        for petition in &table.rows {
            of_carried(case, &table.sheet, petition, findings);
        }
    }
}

fn of_meeting(case: &Case<'_>, sheet: &SheetName, meeting: &Meeting, findings: &mut Noticed) {
    let others =
        [&meeting.announced, &meeting.plan_date, &meeting.minutes_date, &meeting.notice_date];
    unread(case, (sheet, meeting.cell()), no_day(case, meeting), &others, findings);
    findings.unread(case, &TH08, sheet, &meeting.published);
    let held = case.held(meeting).map(|day| ("ngày tổ chức", day));
    let notice = case.past(&meeting.notice_date).map(|day| ("ngày thông báo kết luận", day));
    let mut say = |label, field: &Field<NaiveDate>, order| {
        findings.extend(misplaced(case, sheet, (label, field), order));
    };
    say("Ngày thông báo trước", &meeting.announced, Order::NotAfter(held));
    say("Ngày kế hoạch", &meeting.plan_date, Order::NotAfter(held));
    say("Ngày biên bản", &meeting.minutes_date, Order::NotBefore([held, None]));
    say("Ngày thông báo kết luận", &meeting.notice_date, Order::NotBefore([held, None]));
    say("Ngày công khai", &meeting.published, Order::NotBefore([held, notice]));
}

fn of_petition(case: &Case<'_>, sheet: &SheetName, petition: &Petition, findings: &mut Noticed) {
    let others = [&petition.acknowledged, &petition.reply_date];
    unread(case, (sheet, petition.cell()), hole(&petition.received), &others, findings);
    let received = case.past(&petition.received).map(|day| ("ngày tiếp nhận", day));
    let mut say = |label, field: &Field<NaiveDate>| {
        let order = Order::NotBefore([received, None]);
        findings.extend(misplaced(case, sheet, (label, field), order));
    };
    say("Ngày báo nhận, chuyển", &petition.acknowledged);
    say("Ngày văn bản trả lời", &petition.reply_date);
}

/// Biểu 3 gives no day of receipt; the first of the quarter from which it comes stands for it.
fn of_carried(
    case: &Case<'_>,
    sheet: &SheetName,
    petition: &CarriedPetition,
    findings: &mut Noticed,
) {
    let reply = &petition.reply_date;
    let at = reply.cell().unwrap_or(CellRef::new(petition.row, 0));
    unread(case, (sheet, at), hole(&petition.origin), &[reply], findings);
    let origin = petition.origin.value();
    let first = origin.map(|origin| ("ngày đầu của kỳ phát sinh", origin.first_day()));
    let order = Order::NotBefore([first, None]);
    findings.extend(misplaced(case, sheet, ("Ngày văn bản trả lời", reply), order));
}

/// Without the day that the others are held against, none of them is checked; without one of them, it is not.
fn unread(
    case: &Case<'_>,
    at: (&SheetName, CellRef),
    anchor: Option<CellRef>,
    others: &[&Field<NaiveDate>],
    findings: &mut Noticed,
) {
    if others.iter().any(|field| field.given().is_some()) {
        findings.blocked(case, &TH08, at, [anchor]);
    }
    for field in others {
        findings.unread(case, &TH08, at.0, field);
    }
}

/// Where a date must stand.
#[derive(Clone, Copy)]
enum Order<'a> {
    NotAfter(Option<Named<'a>>),
    NotBefore([Option<Named<'a>>; 2]),
}

/// One finding for one cell, by the first date that it contradicts.
fn misplaced(
    case: &Case<'_>,
    sheet: &SheetName,
    (label, field): (&str, &Field<NaiveDate>),
    order: Order<'_>,
) -> Option<Finding> {
    let day = case.past(field)?;
    let (relation, (other, when)) = match order {
        Order::NotAfter(other) => ("sau", other.filter(|(_, when)| day > *when)?),
        Order::NotBefore(others) => {
            ("trước", others.into_iter().flatten().find(|(_, when)| day < *when)?)
        }
    };
    let message = format!("{label} {} {relation} {other} {}.", shown(day), shown(when));
    Some(case.finding(&TH08, sheet, field.cell(), message).value(shown(day)))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Trial, codes, date, said, spoil};

    #[test]
    fn every_pair_of_dates() {
        for (change, expected) in [
            (
                |t| date(&mut t.meeting(0).announced, "2021-03-11"),
                "TH08 B1!J6 [11/03/2021] Ngày thông báo trước 11/03/2021 sau ngày tổ chức 10/03/2021.",
            ),
            (
                |t| date(&mut t.meeting(0).plan_date, "2021-03-11"),
                "TH08 B1!V6 [11/03/2021] Ngày kế hoạch 11/03/2021 sau ngày tổ chức 10/03/2021.",
            ),
            (
                |t| date(&mut t.meeting(0).minutes_date, "2021-03-09"),
                "TH08 B1!W6 [09/03/2021] Ngày biên bản 09/03/2021 trước ngày tổ chức 10/03/2021.",
            ),
            (
                |t| date(&mut t.meeting(0).notice_date, "2021-03-09"),
                "TH08 B1!Y6 [09/03/2021] Ngày thông báo kết luận 09/03/2021 trước ngày tổ chức \
                 10/03/2021.",
            ),
            (
                |t| date(&mut t.meeting(0).published, "2021-03-09"),
                "TH08 B1!Z6 [09/03/2021] Ngày công khai 09/03/2021 trước ngày tổ chức 10/03/2021.",
            ),
            (
                |t| date(&mut t.meeting(0).published, "2021-03-16"),
                "TH08 B1!Z6 [16/03/2021] Ngày công khai 16/03/2021 trước ngày thông báo kết luận \
                 17/03/2021.",
            ),
            (
                |t| date(&mut t.petition(0).acknowledged, "2021-03-09"),
                "TH08 B2!H5 [09/03/2021] Ngày báo nhận, chuyển 09/03/2021 trước ngày tiếp nhận \
                 10/03/2021.",
            ),
            (
                |t| date(&mut t.petition(0).reply_date, "2021-03-09"),
                "TH08 B2!K5 [09/03/2021] Ngày văn bản trả lời 09/03/2021 trước ngày tiếp nhận \
                 10/03/2021.",
            ),
            (
                |t| date(&mut t.carried().reply_date, "2020-06-30"),
                "TH08 B3!I5 [30/06/2020] Ngày văn bản trả lời 30/06/2020 trước ngày đầu của kỳ phát \
                 sinh 01/07/2020.",
            ),
        ] as [(fn(&mut Trial), &str); 9]
        {
            assert_eq!(said(change), [expected]);
        }
    }

    #[test]
    fn one_day_for_all_is_in_order() {
        let found = codes(|t| {
            let meeting = t.meeting(0);
            for field in [&mut meeting.plan_date, &mut meeting.minutes_date] {
                date(field, "2021-03-10");
            }
            for field in [&mut meeting.notice_date, &mut meeting.published] {
                date(field, "2021-03-10");
            }
            date(&mut t.petition(0).acknowledged, "2021-03-10");
            date(&mut t.petition(0).reply_date, "2021-03-10");
            date(&mut t.carried().reply_date, "2020-07-01");
        });
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_date_with_a_fault_of_its_own_contradicts_none() {
        for (change, expected) in [
            (|t| date(&mut t.meeting(0).date, "2020-12-10"), &["KY03 B1!B6"][..]),
            (|t| date(&mut t.meeting(0).date, "2021-12-10"), &["KY04 B1!B6"]),
            (|t| date(&mut t.meeting(0).notice_date, "2021-12-10"), &["KY04 B1!Y6"]),
            (|t| spoil(&mut t.meeting(0).date), &[]),
            (|t| date(&mut t.petition(0).received, "2021-12-10"), &["KY04 B2!G5"]),
        ] as [(fn(&mut Trial), &[&str]); 5]
        {
            assert_eq!(codes(change), expected);
        }
    }
}
