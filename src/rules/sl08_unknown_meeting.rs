//! SL08: a petition of Biểu 2 names a meeting that Biểu 1 does not have.

use super::case::Case;
use super::noticed::{Noticed, lack};
use crate::model::{Count, Rule, Severity};
use std::collections::BTreeSet;

/// SL08: no such meeting.
pub static SL08: Rule = Rule {
    code: "SL08",
    slug: "cuoc-so-khong-co",
    severity: Severity::Error,
    title: "Cuộc số ở Biểu 2 không có ở Biểu 1",
    why: "Không biết kiến nghị được nêu ở cuộc nào thì không đối chiếu được hai biểu.",
    breaks: "Biểu 1 có cuộc số 1 và 2, một dòng của Biểu 2 ghi cuộc số 3.",
    keeps: "Cột Cuộc số của Biểu 2 chỉ ghi số thứ tự đã có ở Biểu 1.",
    mend: "Sửa Cuộc số ở Biểu 2 cho đúng STT của cuộc ở Biểu 1, hoặc bổ sung cuộc còn thiếu.",
};

/// How many numbers the remedy lists.
const LISTED: usize = 10;

/// Silent when a meeting's own number is not known, for it could be the one that is meant.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(detail) = case.detail() else { return };
    if case.petitions().is_some_and(|table| !table.rows.is_empty()) {
        let sheet = &detail.meetings.sheet;
        for meeting in &detail.meetings.rows {
            findings.blocked(case, &SL08, (sheet, meeting.cell()), [lack(&meeting.no)]);
        }
    }
    let numbers: Option<BTreeSet<Count>> =
        detail.meetings.rows.iter().map(|meeting| meeting.no.value()).collect();
    let (Some(numbers), Some(petitions)) = (numbers, &detail.petitions) else { return };
    let mut known: Vec<String> = numbers.iter().take(LISTED).map(Count::to_string).collect();
    if numbers.len() > LISTED {
        known.push("…".to_owned());
    }
    let known = match known.as_slice() {
        [] => "Biểu 1 không có cuộc nào".to_owned(),
        known => format!("Biểu 1 có cuộc số {}", known.join(", ")),
    };
    for petition in &petitions.rows {
        let field = &petition.meeting_no;
        findings.unread(case, &SL08, &petitions.sheet, field);
        let Some(no) = field.value().filter(|no| !numbers.contains(no)) else { continue };
        // The list is no part of the message: a row added to Biểu 1 makes no other finding of it.
        let message = format!("Cuộc số {no} không có ở Biểu 1.");
        let finding = case.finding(&SL08, &petitions.sheet, field.cell(), message);
        findings.push(finding.value(no.to_string()).help(format!("{known}. {}", SL08.mend)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Trial, blank, codes, count, said, spoil};

    #[test]
    fn a_number_that_is_not_there() {
        assert_eq!(
            said(|t| {
                t.add_meeting();
                count(&mut t.petition(2).meeting_no, 9);
            }),
            ["SL08 B2!B7 [9] Cuộc số 9 không có ở Biểu 1."]
        );
    }

    #[test]
    fn ten_numbers_are_listed() {
        for (meetings, list) in [
            (0, "Biểu 1 không có cuộc nào. Sửa"),
            (2, "Biểu 1 có cuộc số 1, 2. Sửa"),
            (10, "8, 9, 10. Sửa"),
            (11, "8, 9, 10, …. Sửa"),
        ] {
            let mut trial = Trial::clean();
            for _ in 1..meetings {
                trial.add_meeting();
            }
            trial.detail().meetings.rows.truncate(meetings);
            count(&mut trial.petition(2).meeting_no, 99);
            let found = trial.run();
            let told = found.iter().find(|one| one.rule.code == "SL08").unwrap();
            assert!(told.help.contains(list), "{}", told.help);
        }
    }

    #[test]
    fn a_hole_could_be_the_one_that_is_meant() {
        for change in [
            |t| spoil(&mut t.add_meeting().no),
            |t| blank(&mut t.add_meeting().no),
            |t| spoil(&mut t.petition(2).meeting_no),
        ] as [fn(&mut Trial); 3]
        {
            let found = codes(|t| {
                count(&mut t.petition(2).meeting_no, 9);
                change(t);
            });
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
