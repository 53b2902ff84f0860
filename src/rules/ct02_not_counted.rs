//! CT02: a meeting that does not count towards the quota.

use super::case::{Case, shown};
use super::noticed::Noticed;
use crate::check::ledger::{Entry, Standing};
use crate::model::{Rule, Severity};

/// CT02: a meeting is held but not counted.
pub static CT02: Rule = Rule {
    code: "CT02",
    slug: "cuoc-khong-tinh-vao-chi-tieu",
    severity: Severity::Info,
    title: "Cuộc không tính vào chỉ tiêu (đột xuất, ủy quyền)",
    why: "Cuộc vẫn có trong số cuộc đã tổ chức, chỉ không được tính khi xét chỉ tiêu.",
    breaks: "Cuộc ngày 15/03/2021 do Phó Chủ tịch UBND chủ trì theo ủy quyền.",
    keeps: "Cuộc định kỳ do Bí thư hoặc Chủ tịch UBND trực tiếp chủ trì.",
    mend: "Không phải sửa nếu ghi đúng; kiểm tra lại cột Loại cuộc và cột Chủ trì.",
};

/// Says why, at the cell that decides.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    if !(case.ledger.due || case.ledger.needs_earlier) {
        return;
    }
    for entry in &case.ledger.entries {
        if entry.standing == Standing::Unknown {
            unread(case, entry, findings);
        }
        let (Some(meeting), Some(day)) = (case.meetings().get(entry.meeting), entry.day) else {
            continue;
        };
        let (cell, value, why) = match entry.standing {
            Standing::AdHoc => (meeting.kind.cell(), "Đột xuất", "là cuộc đột xuất"),
            Standing::Deputy => {
                (meeting.chair.cell(), "Ủy quyền", "do cấp phó chủ trì theo ủy quyền")
            }
            Standing::Combined => {
                (meeting.with_tuyen_van.cell(), "Có", "lồng ghép với hội nghị tuyên vận")
            }
            Standing::Counts | Standing::Unknown => continue,
        };
        let message = format!("Cuộc ngày {} không tính vào chỉ tiêu vì {why}.", shown(day));
        let cell = cell.or_else(|| Some(meeting.cell()));
        findings.push(case.at_meeting(&CT02, cell, message).value(value));
    }
}

/// A day alone never keeps a meeting from counting: KY03 and KY04 say what it does.
fn unread(case: &Case<'_>, entry: &Entry, findings: &mut Noticed) {
    let Some(table) = case.detail().map(|detail| &detail.meetings) else { return };
    let Some(meeting) = table.rows.get(entry.meeting) else { return };
    let holes = entry.holes.iter().map(|hole| hole.cell);
    let cells: Vec<_> = holes.filter(|cell| *cell != meeting.date.cell()).collect();
    findings.blocked(case, &CT02, (&table.sheet, meeting.cell()), cells);
}

#[cfg(test)]
mod tests {
    use crate::model::{Chair, Kind};
    use crate::rules::testing::{Trial, codes, said, set, spoil};

    #[test]
    fn each_reason_at_its_cell() {
        for (change, expected) in [
            (
                |t| set(&mut t.add_meeting().kind, Kind::AdHoc),
                "CT02 B1!E7 [Đột xuất] Cuộc ngày 10/03/2021 không tính vào chỉ tiêu vì là cuộc \
                 đột xuất.",
            ),
            (
                |t| set(&mut t.add_meeting().chair, Chair::Deputy),
                "CT02 B1!F7 [Ủy quyền] Cuộc ngày 10/03/2021 không tính vào chỉ tiêu vì do cấp phó \
                 chủ trì theo ủy quyền.",
            ),
            (
                |t| {
                    t.profile.combined_counts.value = false;
                    set(&mut t.add_meeting().with_tuyen_van, true);
                },
                "CT02 B1!I7 [Có] Cuộc ngày 10/03/2021 không tính vào chỉ tiêu vì lồng ghép với \
                 hội nghị tuyên vận.",
            ),
        ] as [(fn(&mut Trial), &str); 3]
        {
            assert_eq!(said(change), [expected]);
        }
    }

    #[test]
    fn a_meeting_without_a_day_has_its_own_finding() {
        let found = codes(|t| {
            let meeting = t.add_meeting();
            set(&mut meeting.kind, Kind::AdHoc);
            spoil(&mut meeting.date);
        });
        assert!(found.is_empty());
    }

    #[test]
    fn what_the_profile_counts_is_counted() {
        let found = codes(|t| {
            t.profile.ad_hoc_counts.value = true;
            set(&mut t.meeting(0).kind, Kind::AdHoc);
        });
        assert!(found.is_empty());
    }
}
