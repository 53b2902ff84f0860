//! SL09: the same petition stands twice in Biểu 2.

use super::case::Case;
use super::noticed::Noticed;
use crate::model::privacy::masked;
use crate::model::text::{word_key, word_key_mark};
use crate::model::{CellRef, Petition, Rule, Severity};
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
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(petitions) = case.petitions() else { return };
    let some_repeat = may_repeat(&petitions.rows);
    let mut first: HashMap<String, CellRef> = HashMap::new();
    for petition in &petitions.rows {
        findings.unread(case, &SL09, &petitions.sheet, &petition.content);
        let Some(content) = petition.content.given().filter(|_| some_repeat) else { continue };
        let key = word_key(content.as_str());
        if key.is_empty() {
            continue;
        }
        let cell = petition.content.cell().unwrap_or_else(|| petition.cell());
        let earlier = match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(cell);
                continue;
            }
            Entry::Occupied(earlier) => *earlier.get(),
        };
        findings.unread(case, &SL09, &petitions.sheet, &petition.repeated);
        let said = petition.repeated.value() == Some(true) || petition.repeated.is_unreadable();
        if !said {
            let message =
                format!("Nội dung kiến nghị giống dòng {} (ô {earlier}).", earlier.row + 1);
            let finding = case.finding(&SL09, &petitions.sheet, Some(cell), message);
            findings.push(finding.value(masked(content.as_str())));
        }
    }
}

/// Whether any two contents can be one; most units have none such.
fn may_repeat(petitions: &[Petition]) -> bool {
    let contents = petitions.iter().filter_map(|petition| petition.content.given());
    let mut marks: Vec<u64> = contents.map(|content| word_key_mark(content.as_str())).collect();
    marks.sort_unstable();
    marks.windows(2).any(|two| matches!(two, [one, other] if one == other))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{codes, said, set, spoil, text};

    #[test]
    fn the_later_row_names_the_first() {
        assert_eq!(
            said(|t| {
                text(&mut t.petition(3).content, "ĐỀ NGHỊ sửa đoạn đường, số 4");
                text(&mut t.petition(6).content, "Đề nghị sửa đoạn đường số 4.");
            }),
            [
                "SL09 B2!C8 [ĐỀ NGHỊ sửa đoạn đường, số 4] Nội dung kiến nghị giống dòng 5 (ô C5).",
                "SL09 B2!C11 [Đề nghị sửa đoạn đường số 4.] Nội dung kiến nghị giống dòng 5 (ô C5)."
            ]
        );
    }

    #[test]
    fn numbers_are_not_run_together() {
        assert!(
            codes(|t| {
                text(&mut t.petition(3).content, "Đề nghị cấp điện cho thôn 2 (26)");
                text(&mut t.petition(4).content, "Đề nghị cấp điện cho thôn 22 (6)");
            })
            .is_empty()
        );
    }

    #[test]
    fn a_row_may_say_that_it_repeats() {
        assert!(
            codes(|t| {
                text(&mut t.petition(3).content, "Đề nghị sửa đoạn đường số 4");
                set(&mut t.petition(3).repeated, true);
            })
            .is_empty()
        );
        assert!(
            codes(|t| {
                text(&mut t.petition(3).content, "Đề nghị sửa đoạn đường số 4");
                spoil(&mut t.petition(3).repeated);
            })
            .is_empty()
        );
        assert!(
            codes(|t| {
                text(&mut t.petition(3).content, "…");
                text(&mut t.petition(4).content, "…");
            })
            .is_empty()
        );
    }
}
