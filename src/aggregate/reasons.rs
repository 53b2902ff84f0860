//! The words of the quota ledger: why a meeting counts or not, and what stands in a unit's way.

use super::summary::{SubmissionState, Summary, UnitLine};
use crate::check::ledger::{Entry, Gap, Hole, Standing};
use crate::model::privacy::masked;
use crate::model::{Chair, Kind, Meeting};
use crate::profile::model::{Counted, Quota};

/// Why a meeting counts or does not.
pub(super) fn of(meeting: &Meeting, entry: &Entry, quota: Option<&Quota>) -> String {
    match entry.standing {
        Standing::AdHoc => "không tính: đột xuất".to_owned(),
        Standing::Deputy => "không tính: ủy quyền".to_owned(),
        Standing::Combined => "không tính: lồng ghép hội nghị tuyên vận".to_owned(),
        Standing::Unknown => {
            let holes: Vec<String> = entry.holes.iter().map(hole).collect();
            format!("chưa xác định được: {}", holes.join("; "))
        }
        Standing::Counts => counts(meeting, entry, quota),
    }
}

fn counts(meeting: &Meeting, entry: &Entry, quota: Option<&Quota>) -> String {
    let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
    let how = match entry.chair {
        Some(Chair::Secretary) => "Bí thư chủ trì",
        Some(Chair::Chairman) => "Chủ tịch UBND chủ trì",
        Some(Chair::Joint) => "đồng chủ trì",
        Some(Chair::BothPosts) => "một người giữ cả hai chức vụ",
        Some(Chair::Deputy) if each => "ủy quyền, biểu không ghi thay cho ai",
        Some(Chair::Deputy) => "ủy quyền, hồ sơ quy tắc cho tính",
        None => "không rõ người chủ trì",
    };
    let shared = matches!(entry.chair, Some(Chair::Joint | Chair::BothPosts));
    let whom = match entry.credits.as_slice() {
        [] if each => "không tính cho người đứng đầu nào".to_owned(),
        [] => "tính cho đơn vị".to_owned(),
        [only] if shared => format!("chỉ tính cho một người ({})", only.label()),
        [only] => format!("tính cho {}", only.label()),
        _ => "tính cho cả Bí thư và Chủ tịch".to_owned(),
    };
    let mut reason = format!("{whom}: {how}");
    if quota.is_none() {
        reason.push_str("; cấp này không có chỉ tiêu");
    }
    if meeting.kind.value() == Some(Kind::AdHoc) {
        reason.push_str("; đột xuất, hồ sơ quy tắc cho tính");
    }
    if meeting.with_tuyen_van.value() == Some(true) {
        reason.push_str("; lồng ghép hội nghị tuyên vận");
    }
    if entry.out_of_season {
        reason.push_str("; ngoài tháng khuyến nghị");
    }
    if entry.repeats {
        reason.push_str("; trùng với một dòng ở trên");
    }
    reason
}

fn hole(hole: &Hole) -> String {
    let what = match hole.gap {
        Gap::Blank => format!("chưa ghi {}", lower(hole.column)),
        Gap::Unreadable => format!("{} không đọc được", lower(hole.column)),
        Gap::OutOfSpan(day) => {
            format!("ngày tổ chức {} ngoài kỳ", day.format("%d/%m/%Y"))
        }
    };
    hole.cell.map_or(what.clone(), |cell| format!("{what} (ô {cell})"))
}

/// A column's name inside a sentence.
fn lower(column: &str) -> String {
    let mut letters = column.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What else there is to know of a unit's account.
pub(super) fn note(line: &UnitLine, quota: Option<&Quota>, summary: &Summary) -> Option<String> {
    let mut notes = Vec::new();
    let profile = &summary.profile;
    if let Some(quota) = quota {
        let (min, per) = (quota.min.value, quota.per.value);
        if line.existed_days < i64::from(profile.min_days_in_period.value) {
            notes.push(format!(
                "Đơn vị chỉ có hiệu lực {} ngày trong kỳ, chưa đủ {} ngày nên không tính chỉ tiêu.",
                line.existed_days, profile.min_days_in_period.value
            ));
        } else if per.quarters() > 1 {
            let due = if per.ends_with(summary.period) {
                "đến hạn trong kỳ này; cần cả báo cáo các quý trước"
            } else {
                "chưa đến hạn"
            };
            notes.push(format!(
                "Chỉ tiêu {min} cuộc {} {due}; số được tính ở đây chỉ của {}.",
                per.label(),
                summary.period.label()
            ));
        }
    } else {
        notes.push("Cấp này không có chỉ tiêu.".to_owned());
    }
    notes.extend(sent(line));
    if let Some(reason) = &line.reason {
        notes.push(format!("Lý do không tổ chức: {}.", masked(reason.as_str())));
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// What the unit sent, where that leaves no account of single meetings.
fn sent(line: &UnitLine) -> Option<String> {
    let sentence = match line.submission {
        SubmissionState::Missing => "Chưa nộp báo cáo.",
        SubmissionState::Unreadable => "Tệp đã gửi không đọc được.",
        state if state.has_figures() && line.ledger.is_none() => {
            "Lấy theo Biểu 02 của huyện, không có từng cuộc."
        }
        _ => return None,
    };
    Some(sentence.to_owned())
}

/// How the quota of a level reads: `1 cuộc mỗi quý, tính cho đơn vị`.
pub fn quota(quota: &Quota) -> String {
    format!("{} cuộc {}, {}", quota.min.value, quota.per.value.label(), quota.counted.value.label())
}
