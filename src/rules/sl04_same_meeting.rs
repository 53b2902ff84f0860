//! SL04: two rows of Biểu 1 are one meeting.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole};
use crate::check::ledger::meeting_key;
use crate::model::{CellRef, Meeting, Rule, Severity};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// SL04: a meeting stands twice.
pub static SL04: Rule = Rule {
    code: "SL04",
    slug: "hoi-nghi-trung",
    severity: Severity::Error,
    title: "Hội nghị trùng (cùng ngày, địa điểm, người chủ trì) trong đơn vị",
    why: "Một cuộc ghi hai dòng làm số cuộc, số người và số ý kiến bị cộng hai lần.",
    breaks: "Hai dòng cùng ngày 15/03/2021, cùng Nhà văn hóa thôn 2, cùng một Bí thư chủ trì.",
    keeps: "Mỗi cuộc một dòng; hai cuộc trong một ngày có địa điểm khác nhau.",
    mend: "Xóa dòng ghi thừa; nếu là hai cuộc khác nhau thì ghi rõ địa điểm hoặc người chủ trì.",
};

/// Speaks at the later row and names the earlier one.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(table) = case.detail().map(|detail| &detail.meetings) else { return };
    let mut first: HashMap<_, CellRef> = HashMap::new();
    for meeting in &table.rows {
        // A single row repeats nothing, readable or not.
        if table.rows.len() > 1 {
            let Meeting { date, place, chair, chair_name, .. } = meeting;
            let cells = [hole(date), hole(place), hole(chair), hole(chair_name)];
            findings.blocked(case, &SL04, (&table.sheet, meeting.cell()), cells);
        }
        let (Some(key), Some(day)) = (meeting_key(meeting), meeting.date.value()) else { continue };
        match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(meeting.cell());
            }
            Entry::Occupied(earlier) => {
                let message = format!(
                    "Trùng với cuộc ở ô {}: cùng ngày {}, cùng địa điểm và người chủ trì.",
                    earlier.get(),
                    shown(day)
                );
                let finding = case.at_meeting(&SL04, Some(meeting.cell()), message);
                findings.push(finding.value(shown(day)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Chair;
    use crate::rules::testing::{Trial, blank, codes, date, said, set, text};

    fn again(t: &mut Trial) {
        text(&mut t.add_meeting().place, "NHÀ VĂN HOÁ thôn 1");
    }

    #[test]
    fn the_later_row_names_the_earlier() {
        assert_eq!(
            said(again),
            ["SL04 B1!A7 [10/03/2021] Trùng với cuộc ở ô A6: cùng ngày 10/03/2021, cùng địa điểm \
              và người chủ trì."]
        );
    }

    #[test]
    fn any_difference_or_hole_makes_two_meetings() {
        for change in [
            |t| text(&mut t.meeting(1).place, "Nhà văn hóa thôn 2"),
            |t| text(&mut t.meeting(1).chair_name, "Trần Thị B"),
            |t| set(&mut t.meeting(1).chair, Chair::Chairman),
            |t| blank(&mut t.meeting(1).chair_name),
            |t| date(&mut t.meeting(1).date, "2021-03-09"),
        ] as [fn(&mut Trial); 5]
        {
            let found = codes(|t| {
                again(t);
                date(&mut t.meeting(1).minutes_date, "2021-03-11");
                change(t);
            });
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
