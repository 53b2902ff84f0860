//! TH03: a periodic meeting was announced too few days before.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole, lack, no_day};
use crate::model::{Kind, Rule, Severity};

/// TH03: announced too late.
pub static TH03: Rule = Rule {
    code: "TH03",
    slug: "thong-bao-truoc-chua-du-ngay",
    severity: Severity::Warning,
    title: "Thông báo trước hội nghị chưa đủ ngày",
    why: "Người dân cần biết trước thời gian, địa điểm, nội dung để chuẩn bị ý kiến.",
    breaks: "Thông báo ngày 10/03/2021, hội nghị ngày 15/03/2021, quy định trước 7 ngày.",
    keeps: "Thông báo ngày 08/03/2021, hội nghị ngày 15/03/2021.",
    mend: "Kiểm tra lại ngày thông báo; đúng thì giải trình, kỳ sau thông báo sớm hơn.",
};

/// Ad hoc meetings cannot wait; an announcement after the meeting is TH08.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let asked = case.profile.announce_days_before.value;
    let Some(sheet) = case.detail().map(|detail| &detail.meetings.sheet) else { return };
    for meeting in case.meetings() {
        let concerned = meeting.kind.value() != Some(Kind::AdHoc) && !meeting.announced.is_blank();
        let needed = [lack(&meeting.kind), no_day(case, meeting), hole(&meeting.announced)];
        if concerned && findings.blocked(case, &TH03, (sheet, meeting.cell()), needed) {
            continue;
        }
        if meeting.kind.value() != Some(Kind::Periodic) {
            continue;
        }
        let (Some(held), Some(announced)) = (case.held(meeting), meeting.announced.value()) else {
            continue;
        };
        let days = (held - announced).num_days();
        if !(0..i64::from(asked)).contains(&days) {
            continue;
        }
        let message = format!(
            "Thông báo ngày {}, trước hội nghị ngày {} {days} ngày, chưa đủ {asked} ngày.",
            shown(announced),
            shown(held)
        );
        let finding = case.at_meeting(&TH03, meeting.announced.cell(), message);
        findings.push(finding.value(shown(announced)));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Kind;
    use crate::rules::testing::{Trial, blank, codes, date, said, set, spoil};

    #[test]
    fn the_seventh_day_is_enough() {
        assert!(codes(|t| date(&mut t.meeting(0).announced, "2021-03-03")).is_empty());
        assert_eq!(
            said(|t| date(&mut t.meeting(0).announced, "2021-03-04")),
            ["TH03 B1!J6 [04/03/2021] Thông báo ngày 04/03/2021, trước hội nghị ngày 10/03/2021 \
              6 ngày, chưa đủ 7 ngày."]
        );
        assert_eq!(codes(|t| date(&mut t.meeting(0).announced, "2021-03-10")), ["TH03 B1!J6"]);
    }

    #[test]
    fn only_periodic_meetings_with_both_dates() {
        for (change, expected) in [
            (|t| set(&mut t.meeting(1).kind, Kind::AdHoc), &["CT02 B1!E7"][..]),
            (|t| spoil(&mut t.meeting(1).kind), &[]),
            (|t| spoil(&mut t.meeting(1).date), &[]),
            (|t| spoil(&mut t.meeting(1).announced), &[]),
            (|t| blank(&mut t.meeting(1).announced), &[]),
        ] as [(fn(&mut Trial), &[&str]); 5]
        {
            let found = codes(|t| {
                date(&mut t.add_meeting().announced, "2021-03-09");
                change(t);
            });
            assert_eq!(found, expected);
        }
    }
}
