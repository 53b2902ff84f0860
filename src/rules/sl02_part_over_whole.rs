//! SL02: a part of the people at a meeting is larger than all of them, or notices are more than the meetings.

use super::case::Case;
use super::noticed::{Noticed, hole, lack};
use crate::model::count::grouped;
use crate::model::{RollUp, Rule, Severity};

/// SL02: a part exceeds the whole.
pub static SL02: Rule = Rule {
    code: "SL02",
    slug: "bo-phan-lon-hon-tong",
    severity: Severity::Error,
    title: "Bộ phận lớn hơn tổng (nữ, dân tộc thiểu số, phát biểu > tham gia)",
    why: "Người phát biểu, nữ, người dân tộc thiểu số đều nằm trong số người tham gia.",
    breaks: "85 lượt người tham gia, trong đó 90 nữ.",
    keeps: "85 lượt người tham gia, trong đó 40 nữ, 30 người dân tộc thiểu số, 7 người phát biểu.",
    mend: "Đối chiếu với danh sách tham gia, sửa số bộ phận hoặc tổng số.",
};

/// Opinions are no part: one person may have several.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    if let Some(table) = case.submission.roll_up() {
        notices(case, table, findings);
    }
    let Some(sheet) = case.detail().map(|detail| &detail.meetings.sheet) else { return };
    for meeting in case.meetings() {
        let parts = [
            ("Số nữ", &meeting.women),
            ("Số người dân tộc thiểu số", &meeting.minority),
            ("Số người phát biểu", &meeting.speakers),
        ];
        for (label, field) in parts {
            let at = (sheet, field.cell().unwrap_or(meeting.cell()));
            let needed = [lack(&meeting.attendees), hole(field)];
            if field.is_blank() || findings.blocked(case, &SL02, at, needed) {
                continue;
            }
            let Some((part, all)) = field.value().zip(meeting.attendees.value()) else { continue };
            if part <= all {
                continue;
            }
            let message =
                format!("{label} là {part}, lớn hơn tổng số lượt người tham gia là {all}.");
            findings.push(case.at_meeting(&SL02, field.cell(), message).value(part.to_string()));
        }
    }
}

/// A meeting has one notice at most; a larger number is that of the document, often.
fn notices(case: &Case<'_>, table: &RollUp, findings: &mut Noticed) {
    for row in &table.rows {
        let Some((notices, meetings)) = row.notices.value().zip(row.meetings()) else { continue };
        if notices.get() <= meetings {
            continue;
        }
        let message = format!(
            "Số thông báo kết luận là {notices}, lớn hơn số cuộc là {}; vẫn được tính.",
            grouped(meetings)
        );
        let finding = case.finding(&SL02, &table.sheet, row.notices.cell(), message);
        findings.push(finding.value(notices.to_string()).help(
            "Ghi số lượng thông báo đã ban hành (không phải số, ký hiệu văn bản), hoặc sửa số cuộc.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::submission::{Body, Table};
    use crate::model::{CellRef, Count, Field, RollUpRow};
    use crate::rules::testing::{Trial, codes, count, said, spoil};

    #[test]
    fn notices_of_a_roll_up() {
        let row = |row, [periodic, ad_hoc, notices]: [u32; 3]| {
            let field = |col, value| Field::new(CellRef::new(row, col), Count::new(value));
            let (periodic, ad_hoc) = (field(3, periodic), field(4, ad_hoc));
            RollUpRow { row, periodic, ad_hoc, notices: field(17, notices), ..RollUpRow::default() }
        };
        let mut rows = vec![row(6, [1, 1, 2]), row(7, [1, 0, 56]), row(8, [0, 0, 0])];
        rows.push(RollUpRow { periodic: Field::absent(), ..row(9, [1, 0, 56]) });
        let table = Table { rows, ..Table::default() };
        assert_eq!(
            said(|t| t.submission.body = Body::RollUp(table)),
            ["SL02 !R8 [56] Số thông báo kết luận là 56, lớn hơn số cuộc là 1; vẫn được tính."]
        );
    }

    #[test]
    fn each_part_is_compared() {
        for (change, expected) in [
            (|t| count(&mut t.meeting(0).women, 86), "SL02 B1!L6"),
            (|t| count(&mut t.meeting(0).minority, 86), "SL02 B1!M6"),
            (|t| count(&mut t.meeting(0).speakers, 86), "SL02 B1!N6"),
        ] as [(fn(&mut Trial), &str); 3]
        {
            assert_eq!(codes(change), [expected]);
        }
        assert_eq!(
            said(|t| count(&mut t.meeting(0).women, 90)),
            ["SL02 B1!L6 [90] Số nữ là 90, lớn hơn tổng số lượt người tham gia là 85."]
        );
    }

    #[test]
    fn equal_or_unknown_is_no_fault() {
        for change in [
            |t| count(&mut t.meeting(0).women, 85),
            |t| count(&mut t.meeting(0).speakers, 2),
            |t| spoil(&mut t.meeting(0).women),
            |t| {
                spoil(&mut t.meeting(0).attendees);
                count(&mut t.meeting(0).women, 90);
            },
        ] as [fn(&mut Trial); 4]
        {
            assert!(codes(change).is_empty());
        }
    }
}
