//! KY03, KY04: meetings outside the quarter, and dates that had not come yet.

use super::case::{Case, shown};
use super::ky::{KY03, KY04};
use crate::model::submission::SheetName;
use crate::model::{Field, Finding};
use chrono::NaiveDate;

/// A date in the future is only that; it is not also outside the quarter.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
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
    for table in &detail.petitions {
        for petition in &table.rows {
            let dates = [
                ("Ngày tiếp nhận", &petition.received),
                ("Ngày báo nhận, chuyển", &petition.acknowledged),
                ("Ngày văn bản trả lời", &petition.reply_date),
            ];
            future(case, &table.sheet, &dates, findings);
        }
    }
    for table in &detail.carried {
        for petition in &table.rows {
            let dates = [("Ngày văn bản trả lời", &petition.reply_date)];
            future(case, &table.sheet, &dates, findings);
        }
    }
}

fn outside(
    case: &Case<'_>,
    sheet: &SheetName,
    date: &Field<NaiveDate>,
    findings: &mut Vec<Finding>,
) {
    let (first, last) = case.span;
    let Some(day) = case.past(date).filter(|day| *day < first || last < *day) else { return };
    let message = format!(
        "Ngày tổ chức {} nằm ngoài {} (từ {} đến {}); cuộc này không được đếm.",
        shown(day),
        case.period.label(),
        shown(first),
        shown(last)
    );
    findings.push(case.finding(&KY03, sheet, date.cell, message).value(shown(day)));
}

fn future(
    case: &Case<'_>,
    sheet: &SheetName,
    dates: &[(&str, &Field<NaiveDate>)],
    findings: &mut Vec<Finding>,
) {
    for (label, date) in dates {
        let Some(day) = date.value().filter(|day| *day > case.last_known_day()) else { continue };
        let own = case.submission.report_date.value();
        let and_own = own.map(|own| format!(" và ngày báo cáo {}", shown(own)));
        let message = format!(
            "{label} {} sau ngày tổng hợp {}{}.",
            shown(day),
            shown(case.as_of),
            and_own.unwrap_or_default()
        );
        findings.push(case.finding(&KY04, sheet, date.cell, message).value(shown(day)));
    }
}
