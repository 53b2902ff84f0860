//! TH01, TH02: the conclusion notice (thông báo kết luận) of a meeting came late, or not at all.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole, no_day};
use crate::check::figures::{Notice, notice_of};
use crate::model::{Finding, Meeting, Rule, Severity};
use chrono::NaiveDate;

/// TH01: the notice was issued late.
pub static TH01: Rule = Rule {
    code: "TH01",
    slug: "thong-bao-ket-luan-muon",
    severity: Severity::Warning,
    title: "Thông báo kết luận ban hành muộn",
    why: "Người dân chờ kết quả sau hội nghị; thông báo muộn làm chậm việc giải quyết kiến nghị.",
    breaks: "Hội nghị ngày 05/03/2021, thông báo kết luận ngày 30/03/2021, thời hạn 10 ngày.",
    keeps: "Hội nghị ngày 05/03/2021, thông báo kết luận chậm nhất ngày 15/03/2021.",
    mend: "Kiểm tra lại ngày thông báo; đúng thì giải trình lý do ban hành muộn.",
};

/// TH02: the notice was not issued.
pub static TH02: Rule = Rule {
    code: "TH02",
    slug: "chua-co-thong-bao-ket-luan",
    severity: Severity::Warning,
    title: "Chưa ban hành thông báo kết luận",
    why: "Sau hội nghị phải có thông báo kết luận; quá hạn dài thì thành lỗi phải sửa.",
    breaks: "Hội nghị ngày 05/03/2021, đến ngày 05/04/2021 chưa ghi số, ngày thông báo kết luận.",
    keeps: "Mỗi cuộc đã quá thời hạn đều có số và ngày thông báo kết luận.",
    mend: "Ghi số, ngày thông báo kết luận; chưa ban hành thì ban hành ngay và gửi lại báo cáo.",
};

/// A number without a date is neither: when it was issued is not known.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(table) = case.detail().map(|detail| &detail.meetings) else { return };
    let (sheet, has_no_dates) = (&table.sheet, table.absent.contains(&"notice_date"));
    let (mut not_reported, mut undated) = (0, 0);
    for meeting in case.meetings() {
        let at = (sheet, meeting.cell());
        let Some(held) = case.held(meeting) else {
            let none = meeting.notice_date.is_blank() && meeting.notice_no.is_blank();
            let rule = if none { &TH02 } else { &TH01 };
            findings.blocked(case, rule, at, [no_day(case, meeting), hole(&meeting.notice_date)]);
            continue;
        };
        let known = case.last_known_day();
        match notice_of(meeting, held, case.profile, known, case.as_of) {
            Notice::Late => findings.extend(late(case, meeting, held)),
            Notice::Missing => findings.push(missing(case, meeting, held)),
            Notice::Unknown => {
                undated += usize::from(has_no_dates && meeting.notice_no.given().is_some());
                let cells = [meeting.notice_date.cell(), hole(&meeting.notice_no)];
                findings.blocked(case, &TH01, at, cells);
            }
            Notice::NotReported => not_reported += 1,
            Notice::OnTime | Notice::NotDue => {}
        }
    }
    if not_reported > 0 {
        findings.extend(no_column(case, not_reported));
    }
    if undated > 0 {
        findings.extend(no_dates(case, undated));
    }
}

/// One finding for a table with a column for the numbers of notices and none for their dates.
fn no_dates(case: &Case<'_>, meetings: usize) -> Option<Finding> {
    let table = &case.detail()?.meetings;
    let message = format!(
        "Biểu 1 không có cột ngày thông báo kết luận: không rõ thông báo của {meetings} cuộc đúng hạn \
         hay muộn."
    );
    let finding = case.at_meeting(&TH02, Some(table.anchor), message);
    let help = "Thêm cột ngày thông báo kết luận theo mẫu, ghi ngày từng cuộc rồi gửi lại báo cáo.";
    Some(finding.about("notice_date").help(help))
}

/// One finding for a table without any column for notices: that none was issued it does not say.
fn no_column(case: &Case<'_>, meetings: usize) -> Option<Finding> {
    let table = &case.detail()?.meetings;
    let message = format!(
        "Biểu 1 không có cột thông báo kết luận: chưa báo cáo thông báo của {meetings} cuộc, không \
         tính là đã hay chưa ban hành."
    );
    let finding = case.at_meeting(&TH02, Some(table.anchor), message);
    Some(finding.about("notice_no").help(
        "Thêm cột số và ngày thông báo kết luận theo mẫu, ghi từng cuộc rồi gửi lại báo cáo.",
    ))
}

fn late(case: &Case<'_>, meeting: &Meeting, held: NaiveDate) -> Option<Finding> {
    let issued = meeting.notice_date.value()?;
    let allowed = case.profile.conclusion_days.value;
    let days = (issued - held).num_days();
    let message = format!(
        "Thông báo kết luận ngày {}, {days} ngày sau hội nghị ngày {}; muộn {} ngày so với thời \
         hạn {allowed} ngày.",
        shown(issued),
        shown(held),
        days - i64::from(allowed)
    );
    Some(case.at_meeting(&TH01, meeting.notice_date.cell(), message).value(shown(issued)))
}

fn missing(case: &Case<'_>, meeting: &Meeting, held: NaiveDate) -> Finding {
    let allowed = case.profile.conclusion_days.value;
    let days = (case.as_of - held).num_days();
    let message = format!(
        "Hội nghị ngày {} chưa có thông báo kết luận; đến ngày {} đã {days} ngày, quá thời hạn \
         {allowed} ngày.",
        shown(held),
        shown(case.as_of)
    );
    let cell = meeting.notice_date.cell().or(meeting.notice_no.cell()).unwrap_or(meeting.cell());
    let mut finding = case.at_meeting(&TH02, Some(cell), message);
    if days > i64::from(case.profile.conclusion_error_days.value) {
        finding.severity = Severity::Error;
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::model::{Field, Severity};
    use crate::rules::testing::{Trial, blank, codes, date, day, said, spoil};

    fn issued(t: &mut Trial, iso: &str) {
        date(&mut t.meeting(0).notice_date, iso);
        date(&mut t.meeting(0).published, iso);
    }

    fn none(t: &mut Trial) {
        blank(&mut t.meeting(0).notice_no);
        blank(&mut t.meeting(0).notice_date);
    }

    #[test]
    fn day_ten_is_on_time() {
        assert!(codes(|t| issued(t, "2021-03-20")).is_empty());
        assert_eq!(
            said(|t| issued(t, "2021-03-21")),
            [
                "TH01 B1!Y6 [21/03/2021] Thông báo kết luận ngày 21/03/2021, 11 ngày sau hội nghị ngày \
              10/03/2021; muộn 1 ngày so với thời hạn 10 ngày."
            ]
        );
    }

    #[test]
    fn none_when_it_is_due() {
        for (as_of, expected) in [("2021-03-20", &[][..]), ("2021-03-21", &["TH02 B1!Y6"])] {
            let found = codes(|t| {
                t.as_of = day(as_of);
                none(t);
            });
            assert_eq!(found, expected, "{as_of}");
        }
        assert_eq!(
            said(none),
            [
                "TH02 B1!Y6 Hội nghị ngày 10/03/2021 chưa có thông báo kết luận; đến ngày 05/04/2021 \
              đã 26 ngày, quá thời hạn 10 ngày."
            ]
        );
    }

    #[test]
    fn a_form_without_its_columns_reports_none() {
        let absent = |t: &mut Trial| {
            t.add_meeting();
            for at in 0..2 {
                t.meeting(at).notice_no = Field::absent();
                t.meeting(at).notice_date = Field::absent();
            }
        };
        assert_eq!(
            said(absent),
            ["TH02 B1!A3 Biểu 1 không có cột thông báo kết luận: chưa báo cáo thông báo của 2 \
                 cuộc, không tính là đã hay chưa ban hành."]
        );
        let found = codes(|t| {
            blank(&mut t.meeting(0).notice_no);
            t.meeting(0).notice_date = Field::absent();
        });
        assert_eq!(found, ["TH02 B1!X6"]);
        let numbers_alone = |t: &mut Trial| {
            t.meeting(0).notice_date = Field::absent();
            if let crate::model::submission::Body::Detail(detail) = &mut t.submission.body {
                detail.meetings.absent.push("notice_date");
            }
        };
        assert_eq!(
            said(numbers_alone),
            [
                "TH02 B1!A3 Biểu 1 không có cột ngày thông báo kết luận: không rõ thông báo của 1 cuộc \
              đúng hạn hay muộn."
            ]
        );
    }

    #[test]
    fn long_overdue_is_an_error() {
        for (as_of, severity) in
            [("2021-04-09", Severity::Warning), ("2021-04-10", Severity::Error)]
        {
            let mut trial = Trial::clean();
            none(&mut trial);
            trial.as_of = day(as_of);
            let found: Vec<_> = trial.run().iter().map(|finding| finding.severity).collect();
            assert_eq!(found, [severity], "{as_of}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        for change in [
            |t| blank(&mut t.meeting(0).notice_date),
            |t| spoil(&mut t.meeting(0).notice_date),
            |t| {
                none(t);
                spoil(&mut t.meeting(0).notice_no);
            },
            |t| {
                none(t);
                spoil(&mut t.meeting(0).date);
            },
        ] as [fn(&mut Trial); 4]
        {
            assert!(codes(change).is_empty());
        }
    }
}
