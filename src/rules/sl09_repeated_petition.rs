//! SL09: the same petition stands twice in Biểu 2.

use super::case::Case;
use crate::model::privacy::masked;
use crate::model::text::key;
use crate::model::{CellRef, Finding, Rule, Severity};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// SL09: a petition stands twice.
pub static SL09: Rule = Rule {
    code: "SL09",
    slug: "kien-nghi-lap-trong-don-vi",
    severity: Severity::Warning,
    title: "Kiến nghị lặp trong đơn vị (nội dung như nhau)",
    why: "Một kiến nghị ghi hai dòng làm số liệu theo lĩnh vực và tồn đọng bị cộng hai lần.",
    breaks: "Hai dòng của Biểu 2 cùng ghi Đề nghị sửa đường liên thôn 3.",
    keeps: "Mỗi kiến nghị một dòng; dân nêu lại thì ghi Có ở cột Kiến nghị lặp lại.",
    mend: "Xóa dòng ghi thừa, hoặc ghi Có ở cột Kiến nghị lặp lại nếu dân nêu lại.",
};

/// Speaks at the later row and names the first, unless the row itself says that it repeats.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(petitions) = case.detail().and_then(|detail| detail.petitions.as_ref()) else {
        return;
    };
    let mut first: HashMap<String, CellRef> = HashMap::new();
    for petition in &petitions.rows {
        let Some(content) = petition.content.given() else { continue };
        let key = key(content.as_str());
        if key.is_empty() {
            continue;
        }
        let cell = petition.content.cell.unwrap_or_else(|| petition.cell());
        let earlier = match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(cell);
                continue;
            }
            Entry::Occupied(earlier) => *earlier.get(),
        };
        let said = petition.repeated.value() == Some(true) || petition.repeated.is_unreadable();
        if !said {
            let message = format!("Nội dung kiến nghị giống dòng {} (ô {earlier}).", earlier.row + 1);
            let finding = case.finding(&SL09, &petitions.sheet, Some(cell), message);
            findings.push(finding.value(masked(content.as_str())));
        }
    }
}
