//! The words of the quota ledger: why a meeting counts or not, and what stands in a unit's way.

use super::summary::{SubmissionState, Summary, UnitLine, Verdict};
use crate::check::SoFar;
use crate::check::ledger::{Entry, Gap, Hole, Standing};
use crate::model::privacy::masked;
use crate::model::{Chair, Kind, Meeting};
use crate::profile::model::{Counted, Quota};

/// Why a meeting counts or does not.
pub(super) fn of(meeting: &Meeting, entry: &Entry, quota: Option<&Quota>) -> String {
    match entry.standing {
        Standing::AdHoc => "không tính: đột xuất".to_owned(),
        Standing::Deputy => match meeting.deputy {
            Some(post) => format!("không tính: ủy quyền {}", post.label()),
            None => "không tính: ủy quyền".to_owned(),
        },
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
    if hole.cell.is_none() {
        return format!("biểu không có cột {}", hole.column);
    }
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
    if let Some(quarters) = line.quarters_in_words() {
        notes.push(quarters);
        let longer = quota.zip(line.so_far.as_ref());
        notes.extend(longer.map(|(quota, so_far)| so_far_words(so_far, quota, summary)));
    } else if let Some(quota) = quota {
        let (min, per) = (quota.min.value, quota.per.value);
        if line.existed_days < i64::from(profile.min_days_in_period.value) {
            notes.push(format!(
                "Đơn vị chỉ có hiệu lực {} ngày trong kỳ, chưa đủ {} ngày nên không tính chỉ tiêu.",
                line.existed_days, profile.min_days_in_period.value
            ));
        } else if per.quarters() > 1 {
            let due = if per.ends_with(summary.period.last()) {
                "đến hạn trong kỳ này"
            } else {
                "chưa đến hạn"
            };
            notes.push(format!("Chỉ tiêu {min} cuộc {} {due}.", per.label()));
            notes.extend(line.so_far.as_ref().map(|so_far| so_far_words(so_far, quota, summary)));
        }
    } else {
        notes.push("Cấp này không có chỉ tiêu.".to_owned());
    }
    notes.extend(sent(line).filter(|_| line.quarters.is_empty()));
    if let Some(reason) = &line.reason {
        notes.push(format!("Lý do không tổ chức: {}.", masked(reason.as_str())));
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// The running count of a longer quota: `Từ quý I/2021 đến quý II/2021 được tính 2 cuộc.`
fn so_far_words(so_far: &SoFar, quota: &Quota, summary: &Summary) -> String {
    let (since, until) = (so_far.since, summary.period.last());
    let from = if since == until {
        format!("Trong {}", until.label())
    } else {
        format!("Từ {} đến {}", since.label(), until.label())
    };
    let mut words = format!("{from} được tính {} cuộc", so_far.counted);
    if quota.counted.value == Counted::EachHead {
        let (secretary, chairman) = so_far.by_head;
        words.push_str(&format!(" (Bí thư {secretary}, Chủ tịch UBND {chairman})"));
    }
    if so_far.unknown.is_empty() {
        if let Some(most) = so_far.possible.filter(|most| *most > so_far.counted) {
            words.push_str(&format!(", nhiều nhất có thể là {most}"));
        }
    } else {
        let unknown: Vec<String> = so_far.unknown.iter().map(|one| one.label()).collect();
        words.push_str(&format!("; chưa biết số của {}", unknown.join(", ")));
    }
    words.push('.');
    words
}

/// What the unit sent, where that leaves no account of single meetings.
fn sent(line: &UnitLine) -> Option<String> {
    let sentence = match line.submission {
        SubmissionState::Missing => "Chưa nộp báo cáo.",
        SubmissionState::Unreadable => "Tệp đã gửi không đọc được.",
        state if state.has_figures() && line.ledger.is_none() => {
            if line.verdict == Verdict::Undetermined {
                "Lấy theo Biểu 02 của huyện, không có từng cuộc; dòng của xã không cho biết đủ để xét chỉ tiêu."
            } else {
                "Lấy theo Biểu 02 của huyện, không có từng cuộc."
            }
        }
        _ => return None,
    };
    Some(sentence.to_owned())
}

/// How the quota of a level reads: `1 cuộc mỗi quý, tính cho đơn vị`.
pub fn quota(quota: &Quota) -> String {
    format!("{} cuộc {}, {}", quota.min.value, quota.per.value.label(), quota.counted.value.label())
}

#[cfg(test)]
mod tests {
    use crate::check::trials::Batch;
    use crate::model::{Chair, DeputyPost, Kind, Level};
    use crate::profile::Profile;
    use crate::profile::model::{Counted, JointCountsFor};
    use crate::rules::testing::{Trial, blank, date, set, spoil};

    /// The reasons of one commune's meetings after a change to its form and to the profile.
    fn reasons(change: fn(&mut Trial), profile: fn(&mut Profile)) -> Vec<String> {
        let mut batch = Batch::empty();
        profile(&mut batch.profile);
        batch.send("02989", change);
        let summary = batch.summary();
        let accounts = summary.accounts();
        let own = accounts.iter().find(|a| a.line.unit.code.as_str() == "02989").unwrap();
        own.meetings().map(|meeting| meeting.reason).collect()
    }

    fn each_head(profile: &mut Profile) {
        profile.quotas.get_mut(&Level::Commune).unwrap().counted.value = Counted::EachHead;
    }

    fn chair(t: &mut Trial, chair: Chair) {
        set(&mut t.meeting(0).chair, chair);
    }

    type Case = (fn(&mut Trial), fn(&mut Profile), &'static str);

    const CASES: [Case; 19] = [
        (|_| {}, |_| {}, "tính cho Bí thư: Bí thư chủ trì"),
        (|t| chair(t, Chair::Chairman), |_| {}, "tính cho Chủ tịch UBND: Chủ tịch UBND chủ trì"),
        (|t| chair(t, Chair::Joint), |_| {}, "tính cho cả Bí thư và Chủ tịch: đồng chủ trì"),
        (
            |t| chair(t, Chair::Joint),
            |p| {
                each_head(p);
                p.joint_counts_for.value = JointCountsFor::One;
            },
            "chỉ tính cho một người (Bí thư): đồng chủ trì",
        ),
        (
            |t| chair(t, Chair::BothPosts),
            each_head,
            "tính cho cả Bí thư và Chủ tịch: một người giữ cả hai chức vụ",
        ),
        (|t| chair(t, Chair::Deputy), |_| {}, "không tính: ủy quyền"),
        (
            |t| {
                chair(t, Chair::Deputy);
                t.meeting(0).deputy = Some(DeputyPost::Secretary);
            },
            |_| {},
            "không tính: ủy quyền Phó Bí thư",
        ),
        (
            |t| chair(t, Chair::Deputy),
            |p| p.deputy_counts.value = true,
            "tính cho đơn vị: ủy quyền, hồ sơ quy tắc cho tính",
        ),
        (
            |t| chair(t, Chair::Deputy),
            |p| {
                each_head(p);
                p.deputy_counts.value = true;
            },
            "không tính cho người đứng đầu nào: ủy quyền, biểu không ghi thay cho ai",
        ),
        (|t| set(&mut t.meeting(0).kind, Kind::AdHoc), |_| {}, "không tính: đột xuất"),
        (
            |t| set(&mut t.meeting(0).kind, Kind::AdHoc),
            |p| p.ad_hoc_counts.value = true,
            "tính cho Bí thư: Bí thư chủ trì; đột xuất, hồ sơ quy tắc cho tính",
        ),
        (
            |t| set(&mut t.meeting(0).with_tuyen_van, true),
            |_| {},
            "tính cho Bí thư: Bí thư chủ trì; lồng ghép hội nghị tuyên vận",
        ),
        (
            |t| set(&mut t.meeting(0).with_tuyen_van, true),
            |p| p.combined_counts.value = false,
            "không tính: lồng ghép hội nghị tuyên vận",
        ),
        (
            |t| date(&mut t.meeting(0).date, "2021-02-10"),
            |_| {},
            "tính cho Bí thư: Bí thư chủ trì; ngoài tháng khuyến nghị",
        ),
        (
            |t| date(&mut t.meeting(0).date, "2021-04-02"),
            |_| {},
            "chưa xác định được: ngày tổ chức 02/04/2021 ngoài kỳ (ô B6)",
        ),
        (
            |t| spoil(&mut t.meeting(0).date),
            |_| {},
            "chưa xác định được: ngày tổ chức không đọc được (ô B6)",
        ),
        (
            |t| {
                blank(&mut t.meeting(0).kind);
                spoil(&mut t.meeting(0).chair);
            },
            |_| {},
            "chưa xác định được: chưa ghi loại cuộc (ô E6); chủ trì không đọc được (ô F6)",
        ),
        (
            |t| t.meeting(0).chair = crate::model::Field::absent(),
            |_| {},
            "chưa xác định được: biểu không có cột Chủ trì",
        ),
        (
            |_| {},
            |p| p.quotas.clear(),
            "tính cho Bí thư: Bí thư chủ trì; cấp này không có chỉ tiêu",
        ),
    ];

    #[test]
    fn each_meeting_says_why() {
        for (change, profile, expected) in CASES {
            assert_eq!(reasons(change, profile), [expected]);
        }
        let repeated = reasons(
            |t| {
                let row = t.meeting(0).clone();
                t.detail().meetings.rows.push(row);
            },
            |_| {},
        );
        assert_eq!(repeated[1], "tính cho Bí thư: Bí thư chủ trì; trùng với một dòng ở trên");
    }

    #[test]
    fn as_many_days_as_the_profile_asks_are_enough() {
        for (asked, noted) in [(50, false), (51, true)] {
            let mut batch = Batch::empty();
            batch.profile.min_days_in_period.value = asked;
            let summary = batch.summary();
            let accounts = summary.accounts();
            let own = accounts.iter().find(|a| a.line.unit.code.as_str() == "02962").unwrap();
            let note = own.note.as_deref().unwrap_or_default();
            assert_eq!(note.contains("chỉ có hiệu lực 50 ngày"), noted, "{note}");
        }
    }

    /// What could still come is told where it is more than what counts, and only there.
    #[test]
    fn what_a_longer_quota_may_still_come_to() {
        type Change = fn(&mut Trial);
        for (change, words) in [
            ((|_| {}) as Change, "Trong quý I/2021 được tính 1 cuộc."),
            (
                |t| spoil(&mut t.add_meeting().chair),
                "Trong quý I/2021 được tính 1 cuộc, nhiều nhất có thể là 2.",
            ),
        ] {
            let mut batch = Batch::empty();
            let quota = batch.profile.quotas.get_mut(&Level::Commune).unwrap();
            quota.per.value = crate::profile::model::QuotaSpan::Year;
            batch.send("02989", change);
            let summary = batch.summary();
            let accounts = summary.accounts();
            let own = accounts.iter().find(|a| a.line.unit.code.as_str() == "02989").unwrap();
            let expected = format!("Chỉ tiêu 1 cuộc mỗi năm chưa đến hạn. {words}");
            assert_eq!(own.note.as_deref(), Some(expected.as_str()));
        }
    }

    #[test]
    fn how_a_quota_reads() {
        let profile = Profile::embedded("quy-che-17").unwrap();
        for (level, words) in [
            (Level::Commune, "1 cuộc mỗi quý, tính cho đơn vị"),
            (Level::Province, "2 cuộc mỗi năm, tính cho từng người đứng đầu"),
        ] {
            assert_eq!(super::quota(profile.quota(level).unwrap()), words);
        }
    }

    #[test]
    fn notes_of_units() {
        let mut batch = Batch::empty();
        batch.profile.min_days_in_period.value = 60;
        batch.send("10", |_| {});
        batch.reject("02947");
        batch.send("02989", |t| {
            t.detail().meetings.rows.clear();
            t.detail().petitions = None;
            crate::rules::testing::text(&mut t.detail().no_meeting_reason, "Hỏi 0912345678");
        });
        let summary = batch.summary();
        for (code, note) in [
            (
                "10",
                Some(
                    "Chỉ tiêu 2 cuộc mỗi năm chưa đến hạn. Trong quý I/2021 được tính 0 cuộc (Bí \
                     thư 1, Chủ tịch UBND 0).",
                ),
            ),
            ("02947", Some("Tệp đã gửi không đọc được.")),
            ("02950", Some("Chưa nộp báo cáo.")),
            (
                "02962",
                Some(
                    "Đơn vị chỉ có hiệu lực 50 ngày trong kỳ, chưa đủ 60 ngày nên không tính chỉ tiêu.",
                ),
            ),
            ("02989", Some("Lý do không tổ chức: Hỏi ••••••••••.")),
        ] {
            let accounts = summary.accounts();
            let own = accounts.iter().find(|a| a.line.unit.code.as_str() == code).unwrap();
            assert_eq!(own.note.as_deref(), note, "{code}");
        }
    }
}
