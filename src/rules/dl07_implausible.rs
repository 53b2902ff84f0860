//! DL07: a count outside the range that is usual at that level.

use super::case::Case;
use super::dl::DL07;
use super::noticed::Noticed;
use crate::model::count::grouped;

/// Looks at people and opinions of each meeting.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
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

#[cfg(test)]
mod tests {
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
