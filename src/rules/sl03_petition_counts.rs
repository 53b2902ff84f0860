//! SL03: Biểu 1 counts other petitions than Biểu 2 lists.

use super::case::Case;
use super::noticed::{Noticed, hole};
use crate::model::submission::{Detail, Table};
use crate::model::{Count, Field, Meeting, Outcome, Petition, Rule, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// SL03: the two tables disagree.
pub static SL03: Rule = Rule {
    code: "SL03",
    slug: "bieu-1-khac-bieu-2",
    severity: Severity::Warning,
    title: "Biểu 1 và Biểu 2 không khớp (tổng, từng kết quả, từng cuộc)",
    why: "Hai biểu nói về cùng những ý kiến; số của Biểu 1 được dùng, nhưng một trong hai biểu sai.",
    breaks: "Biểu 1 ghi cuộc số 1 có 7 ý kiến, Biểu 2 chỉ có 6 dòng của cuộc số 1.",
    keeps: "Biểu 1 ghi 7 ý kiến, Biểu 2 có 7 dòng với kết quả như Biểu 1.",
    mend: "Đối chiếu với biên bản, bổ sung dòng còn thiếu ở Biểu 2 hoặc sửa số ở Biểu 1.",
};

/// Compares meeting by meeting where every petition names one of them, else the totals.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(detail) = case.detail() else { return };
    let Some(petitions) = detail.petitions.as_ref().filter(|table| !table.rows.is_empty()) else {
        return;
    };
    unread(case, detail, petitions, findings);
    let Some(by_meeting) = by_meeting(detail, petitions) else {
        let all: Vec<&Petition> = petitions.rows.iter().collect();
        let meetings: Vec<&Meeting> = detail.meetings.rows.iter().collect();
        if let Some(differences) = differences(&meetings, &all) {
            let message = format!("Biểu 1 và Biểu 2 không khớp: {differences}.");
            let at = Some(petitions.anchor);
            findings.push(case.finding(&SL03, &petitions.sheet, at, message).about("tong-so"));
        }
        return;
    };
    for meeting in &detail.meetings.rows {
        let Some(no) = meeting.no.value() else { continue };
        let listed = by_meeting.get(&no).map(Vec::as_slice).unwrap_or_default();
        if let Some(differences) = differences(&[meeting], listed) {
            let message = format!("Cuộc số {no}: Biểu 1 và Biểu 2 không khớp: {differences}.");
            let cell = meeting.opinions.cell().or_else(|| Some(meeting.cell()));
            findings.push(case.at_meeting(&SL03, cell, message).about("tung-cuoc"));
        }
    }
}

/// What keeps one of the tables from being counted whole.
fn unread(case: &Case<'_>, detail: &Detail, petitions: &Table<Petition>, findings: &mut Noticed) {
    let sheet = &detail.meetings.sheet;
    for meeting in &detail.meetings.rows {
        let counts = [&meeting.no, &meeting.opinions].into_iter().chain(&meeting.outcomes);
        findings.blocked(case, &SL03, (sheet, meeting.cell()), counts.map(hole));
    }
    for petition in &petitions.rows {
        let cells = [hole(&petition.meeting_no), hole(&petition.outcome)];
        findings.blocked(case, &SL03, (&petitions.sheet, petition.cell()), cells);
    }
}

/// The petitions of each meeting, when every meeting has its own number and every petition one of them.
fn by_meeting<'a>(
    detail: &Detail,
    petitions: &'a Table<Petition>,
) -> Option<BTreeMap<Count, Vec<&'a Petition>>> {
    let mut numbers = BTreeSet::new();
    for meeting in &detail.meetings.rows {
        numbers.insert(meeting.no.value()?).then_some(())?;
    }
    let mut by_meeting: BTreeMap<Count, Vec<&Petition>> = BTreeMap::new();
    for petition in &petitions.rows {
        let no = petition.meeting_no.value().filter(|no| numbers.contains(no))?;
        by_meeting.entry(no).or_default().push(petition);
    }
    Some(by_meeting)
}

/// The figures that differ; a figure with a hole on either side is not compared.
fn differences(meetings: &[&Meeting], petitions: &[&Petition]) -> Option<String> {
    let mut differences = Vec::new();
    let mut compare = |label: String, counted: Option<u64>, listed: usize| {
        let listed = u64::try_from(listed).unwrap_or(u64::MAX);
        if let Some(counted) = counted.filter(|counted| *counted != listed) {
            let shown = crate::model::count::grouped;
            differences.push(format!(
                "{label} Biểu 1 ghi {}, Biểu 2 có {}",
                shown(counted),
                shown(listed)
            ));
        }
    };
    let sum = |field: &dyn Fn(&Meeting) -> &Field<Count>| {
        let counts = meetings.iter().map(|meeting| Some(field(meeting).value()?.get()));
        counts.sum::<Option<u64>>()
    };
    compare("tổng số".to_owned(), sum(&|meeting| &meeting.opinions), petitions.len());
    let known = petitions.iter().all(|petition| petition.outcome.given().is_some());
    for outcome in Outcome::ALL.into_iter().filter(|_| known) {
        let listed = petitions.iter().filter(|row| row.outcome.value() == Some(outcome)).count();
        compare(outcome.to_string(), sum(&|meeting| meeting.outcome(outcome)), listed);
    }
    (!differences.is_empty()).then(|| differences.join("; "))
}

#[cfg(test)]
mod tests {
    use crate::model::Outcome;
    use crate::rules::testing::{Trial, blank, codes, count, said, set, spoil};

    #[test]
    fn one_message_for_a_meeting() {
        assert_eq!(
            said(|t| {
                t.detail().petitions.as_mut().unwrap().rows.pop();
            }),
            [
                "SL03 B1!O6 Cuộc số 1: Biểu 1 và Biểu 2 không khớp: tổng số Biểu 1 ghi 7, Biểu 2 có 6; \
              K5 Biểu 1 ghi 1, Biểu 2 có 0."
            ]
        );
        assert_eq!(
            said(|t| set(&mut t.petition(5).outcome, Outcome::K1)),
            ["SL03 B1!O6 Cuộc số 1: Biểu 1 và Biểu 2 không khớp: K1 Biểu 1 ghi 3, Biểu 2 có 4; \
              K3 Biểu 1 ghi 1, Biểu 2 có 0."]
        );
    }

    #[test]
    fn a_meeting_without_its_petitions() {
        let found = codes(|t| {
            t.add_meeting();
            count(&mut t.petition(5).meeting_no, 2);
        });
        assert_eq!(found, ["SL03 B1!O6", "SL03 B1!O7"]);
    }

    #[test]
    fn without_numbers_only_totals_are_compared() {
        let unnumbered = |t: &mut Trial| {
            t.add_meeting();
            count(&mut t.petition(5).meeting_no, 2);
            blank(&mut t.petition(0).meeting_no);
        };
        assert!(codes(unnumbered).is_empty());
        assert_eq!(
            said(|t| {
                unnumbered(t);
                t.detail().petitions.as_mut().unwrap().rows.pop();
            }),
            ["SL03 B2!A3 Biểu 1 và Biểu 2 không khớp: tổng số Biểu 1 ghi 7, Biểu 2 có 6; \
              K5 Biểu 1 ghi 1, Biểu 2 có 0."]
        );
    }

    #[test]
    fn what_has_a_hole_is_not_compared() {
        for change in [
            |t| spoil(&mut t.petition(0).outcome),
            |t| spoil(&mut t.meeting(0).outcomes[0]),
            |t| spoil(&mut t.meeting(0).opinions),
            |t| t.detail().petitions.as_mut().unwrap().rows.clear(),
            |t| t.detail().petitions = None,
        ] as [fn(&mut Trial); 5]
        {
            assert!(codes(change).is_empty());
        }
    }
}
