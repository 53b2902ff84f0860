//! SL04: two rows of Biểu 1 are one meeting.

use super::case::{Case, shown};
use crate::check::ledger::meeting_key;
use crate::model::{CellRef, Finding, Rule, Severity};
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
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<_, CellRef> = HashMap::new();
    for meeting in case.meetings() {
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
