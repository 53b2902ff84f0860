//! Conclusion notices (thông báo kết luận): the date cell that decides, meeting by meeting.

use super::held::no_day;
use super::item::Item;
use super::whole::{Source, UnitTrace};
use crate::check::figures::{Notice, notice_of};
use crate::model::submission::Detail;
use crate::model::{Measure, Meeting, Place, Submission};
use crate::rules::case::shown;
use chrono::NaiveDate;

/// Adds the cells of that measure.
pub(super) fn add(
    source: &Source<'_>,
    (submission, detail): (&Submission, &Detail),
    measure: Measure,
    to: &mut UnitTrace,
) {
    let summary = source.summary;
    let last_day = submission.last_known_day(summary.as_of);
    let entries = source.line.ledger.iter().flat_map(|ledger| &ledger.entries);
    for (meeting, entry) in detail.meetings.rows.iter().zip(entries) {
        let place = |cell| Place::sheet(&submission.file, &detail.meetings.sheet, Some(cell));
        let here = place(meeting.notice_date.cell().unwrap_or_else(|| meeting.cell()));
        let Some(day) = entry.day else {
            if !meeting.tells_notice() {
                continue;
            }
            let date = place(meeting.date.cell().unwrap_or_else(|| meeting.cell()));
            let why = format!("cuộc không vào số liệu nào: {}", no_day(entry, meeting));
            to.left_out.push(Item::at(here, why).opening().said(source.spoken(), &date));
            continue;
        };
        let notice = notice_of(meeting, day, source.profile(), last_day, summary.as_of);
        let found = match notice {
            Notice::OnTime => Some(Measure::NoticesOnTime),
            Notice::Late => Some(Measure::NoticesLate),
            Notice::Missing => Some(Measure::NoticesMissing),
            Notice::NotDue | Notice::Unknown | Notice::NotReported => None,
        };
        let words = words(meeting, day, notice, source.summary.as_of);
        if found == Some(measure) {
            to.parts.push(Item::adding(here.clone(), words, 1).said(source.spoken(), &here));
        } else if notice == Notice::Unknown {
            to.missing.push(Item::at(here.clone(), words).opening().said(source.spoken(), &here));
        } else if matches!(notice, Notice::NotDue | Notice::NotReported) {
            to.left_out.push(Item::at(here, words));
        }
    }
}

/// How a notice stands, in words.
fn words(meeting: &Meeting, held: NaiveDate, notice: Notice, as_of: NaiveDate) -> String {
    let after = |day: NaiveDate| (day - held).num_days();
    match (notice, meeting.notice_date.value()) {
        (Notice::OnTime, Some(day)) => {
            format!("ngày {}, sau hội nghị {} ngày: đúng hạn", shown(day), after(day))
        }
        (Notice::Late, Some(day)) => {
            format!("ngày {}, sau hội nghị {} ngày: muộn", shown(day), after(day))
        }
        (Notice::Missing, _) => {
            format!("chưa có; hội nghị ngày {}, đã qua {} ngày", shown(held), after(as_of))
        }
        (Notice::NotDue, _) => format!("chưa có, chưa đến hạn: hội nghị ngày {}", shown(held)),
        (Notice::NotReported, _) => "biểu không có cột thông báo kết luận: chưa báo cáo".to_owned(),
        (_, Some(day)) => format!(
            "ngày {} không dùng được: trước hội nghị (ngày {}) hoặc sau ngày tổng hợp",
            shown(day),
            shown(held)
        ),
        (_, None) if meeting.notice_date.is_unreadable() => {
            "ngày thông báo kết luận không đọc được".to_owned()
        }
        (_, None) => "có số thông báo kết luận nhưng không có ngày".to_owned(),
    }
}
