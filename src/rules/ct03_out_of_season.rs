//! CT03: a periodic meeting outside the recommended months.

use super::case::{Case, shown};
use super::noticed::{Noticed, lack, no_day};
use crate::model::{Kind, Rule, Severity};

/// CT03: not in a recommended month.
pub static CT03: Rule = Rule {
    code: "CT03",
    slug: "ngoai-thang-khuyen-nghi",
    severity: Severity::Info,
    title: "Ngoài tháng khuyến nghị",
    why: "Cuộc vẫn được tính; cơ quan tổng hợp cần biết các cuộc có theo lịch chung hay không.",
    breaks: "Cuộc định kỳ của xã tổ chức ngày 10/01/2021.",
    keeps: "Cuộc định kỳ của xã tổ chức trong tháng 3, tháng cuối quý.",
    mend: "Không phải sửa; kỳ sau nên tổ chức trong tháng khuyến nghị.",
};

/// Ad hoc meetings have no season.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(quota) = case.profile.quota(case.unit.level) else { return };
    let months: Vec<String> =
        quota.recommended_months.value.iter().map(ToString::to_string).collect();
    if !months.is_empty() {
        unread(case, findings);
    }
    for entry in case.ledger.entries.iter().filter(|entry| entry.out_of_season) {
        let (Some(meeting), Some(day)) = (case.meetings().get(entry.meeting), entry.day) else {
            continue;
        };
        if meeting.kind.value() != Some(Kind::Periodic) {
            continue;
        }
        let message = format!(
            "Cuộc định kỳ ngày {} ngoài tháng khuyến nghị (tháng {}).",
            shown(day),
            months.join(", ")
        );
        findings.push(case.at_meeting(&CT03, meeting.date.cell(), message).value(shown(day)));
    }
}

fn unread(case: &Case<'_>, findings: &mut Noticed) {
    let Some(table) = case.detail().map(|detail| &detail.meetings) else { return };
    for meeting in table.rows.iter().filter(|row| row.kind.value() != Some(Kind::AdHoc)) {
        let cells = [lack(&meeting.kind), no_day(case, meeting)];
        findings.blocked(case, &CT03, (&table.sheet, meeting.cell()), cells);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Kind, Meeting};
    use crate::rules::testing::{Trial, codes, date, said, set, spoil};

    fn in_february(meeting: &mut Meeting) {
        date(&mut meeting.date, "2021-02-20");
        date(&mut meeting.announced, "2021-02-10");
        date(&mut meeting.notice_date, "2021-02-25");
        date(&mut meeting.published, "2021-02-25");
    }

    #[test]
    fn a_periodic_meeting_in_another_month() {
        assert_eq!(
            said(|t| in_february(t.meeting(0))),
            ["CT03 B1!B6 [20/02/2021] Cuộc định kỳ ngày 20/02/2021 ngoài tháng khuyến nghị \
              (tháng 3, 6, 9, 12)."]
        );
    }

    #[test]
    fn no_season_no_finding() {
        for (change, expected) in [
            (|t| set(&mut t.meeting(1).kind, Kind::AdHoc), &["CT02 B1!E7"][..]),
            (|t| spoil(&mut t.meeting(1).kind), &[]),
            (
                |t| {
                    let level = t.unit.level;
                    t.profile.quotas.get_mut(&level).unwrap().recommended_months.value.clear();
                },
                &[],
            ),
        ] as [(fn(&mut Trial), &[&str]); 3]
        {
            let found = codes(|t| {
                in_february(t.add_meeting());
                change(t);
            });
            assert_eq!(found, expected);
        }
    }
}
