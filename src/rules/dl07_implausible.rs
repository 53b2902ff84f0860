//! DL07: a count outside the range that is usual at that level.

use super::case::Case;
use super::dl::DL07;
use crate::model::Finding;
use crate::model::count::grouped;

/// Looks at people and opinions of each meeting.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(usual) = case.profile.plausible.get(&case.unit.level) else { return };
    for meeting in case.meetings() {
        let counts = [
            ("Số lượt người tham gia", &meeting.attendees, usual.attendees.value),
            ("Số ý kiến, kiến nghị", &meeting.opinions, usual.opinions.value),
        ];
        for (label, field, band) in counts {
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
            findings.push(case.at_meeting(&DL07, field.cell, message).value(count.to_string()));
        }
    }
}
