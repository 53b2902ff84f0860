//! DL07: a count outside the range that is usual at that level.

use super::case::Case;
use super::dl::DL07;
use super::noticed::Noticed;
use crate::model::count::grouped;
use crate::model::{Level, RollUp};

/// Looks at people and opinions of each meeting, and of the meetings of each commune in Biểu 02.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    if let Some(table) = case.submission.roll_up() {
        communes(case, table, findings);
    }
    let Some(usual) = case.profile.plausible.get(&case.unit.level) else { return };
    let Some(sheet) = case.detail().map(|detail| &detail.meetings.sheet) else { return };
    for meeting in case.meetings() {
        let counts = [
            ("Số lượt người tham gia", &meeting.attendees, usual.attendees.value),
            ("Số ý kiến, kiến nghị", &meeting.opinions, usual.opinions.value),
        ];
        for (label, field, band) in counts {
            findings.unread(case, &DL07, sheet, field);
            let Some(count) = field.value() else { continue };
            let (from, to) = (u64::from(band.from), u64::from(band.to));
            if (from..=to).contains(&count.get()) {
                continue;
            }
            let message = format!(
                "{label} là {count}, ngoài khoảng thường gặp của một cuộc {} ({} đến {}).",
                case.unit.level.label(),
                grouped(from),
                grouped(to)
            );
            findings.push(case.at_meeting(&DL07, field.cell(), message).value(count.to_string()));
        }
    }
}

/// As many times the usual of one meeting as there were; of none there is nothing.
fn communes(case: &Case<'_>, table: &RollUp, findings: &mut Noticed) {
    let Some(usual) = case.profile.plausible.get(&Level::Commune) else { return };
    for row in &table.rows {
        let Some(meetings) = row.meetings() else { continue };
        let counts = [
            ("Số lượt người tham gia", &row.attendees, usual.attendees.value),
            ("Số ý kiến, kiến nghị", &row.opinions, usual.opinions.value),
        ];
        for (label, field, band) in counts {
            let Some(count) = field.value() else { continue };
            let usual_of = |one: u32| u64::from(one).saturating_mul(meetings);
            let (from, to) = (usual_of(band.from), usual_of(band.to));
            if (from..=to).contains(&count.get()) {
                continue;
            }
            let message = format!(
                "{label} là {count}, ngoài khoảng thường gặp của {} cuộc {} ({} đến {}).",
                grouped(meetings),
                Level::Commune.label(),
                grouped(from),
                grouped(to)
            );
            let finding = case.finding(&DL07, &table.sheet, field.cell(), message);
            findings.push(finding.value(count.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::submission::{Body, Table};
    use crate::model::{CellRef, Count, Field, RollUpRow};
    use crate::rules::testing::{codes, count, said, spoil};

    #[test]
    fn both_ends_of_the_band_are_usual() {
        for people in [5, 500] {
            let found = codes(|t| {
                let meeting = t.meeting(0);
                count(&mut meeting.attendees, people);
                for part in [&mut meeting.women, &mut meeting.minority, &mut meeting.speakers] {
                    count(part, 5);
                }
            });
            assert!(found.is_empty(), "{people}");
        }
    }

    #[test]
    fn a_digit_too_many() {
        assert_eq!(
            said(|t| count(&mut t.meeting(0).attendees, 8500)),
            ["DL07 B1!K6 [8.500] Số lượt người tham gia là 8.500, ngoài khoảng thường gặp của \
              một cuộc cấp xã (5 đến 500)."]
        );
        assert_eq!(
            codes(|t| {
                t.detail().petitions = None;
                count(&mut t.meeting(0).opinions, 101);
                spoil(&mut t.meeting(0).outcomes[0]);
            }),
            ["DL07 B1!O6"]
        );
    }

    #[test]
    fn people_of_the_meetings_of_a_commune() {
        let row = |row, [meetings, people]: [u32; 2]| {
            let field = |col, value| Field::new(CellRef::new(row, col), Count::new(value));
            RollUpRow {
                row,
                total: field(5, meetings),
                attendees: field(10, people),
                ..RollUpRow::default()
            }
        };
        let rows = [[2, 1000], [2, 1001], [1, 4], [0, 0], [0, 85]];
        let rows = (6u32..).zip(rows).map(|(at, figures)| row(at, figures)).collect();
        let table = Table { rows, ..Table::default() };
        assert_eq!(
            said(|t| t.submission.body = Body::RollUp(table)),
            [
                "DL07 !K8 [1.001] Số lượt người tham gia là 1.001, ngoài khoảng thường gặp của 2 \
                 cuộc cấp xã (10 đến 1.000).",
                "DL07 !K9 [4] Số lượt người tham gia là 4, ngoài khoảng thường gặp của 1 cuộc cấp \
                 xã (5 đến 500).",
                "DL07 !K11 [85] Số lượt người tham gia là 85, ngoài khoảng thường gặp của 0 cuộc \
                 cấp xã (0 đến 0)."
            ]
        );
    }

    #[test]
    fn a_level_without_a_band_has_none() {
        assert!(
            codes(|t| {
                t.profile.plausible.clear();
                count(&mut t.meeting(0).attendees, 8500);
            })
            .is_empty()
        );
    }
}
