//! What the office's explanations (giải trình) change: the findings that they name, and no other.

use super::batch::Frame;
use super::checked::UnitLine;
use crate::model::explanation::{Decision, Explained, Explanation, Fate};
use crate::model::{Finding, Place, Text, UnitCode, Verdict};
use crate::rules::catalogue;
use crate::rules::ct_quota::{CT01, CT04};
use crate::rules::dl::DL04;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Joins explanations and findings, and says of each explanation what became of it; beside it the faults
/// of the list itself. Of several that name one finding the last holds. A row about another quarter is left
/// alone.
pub(super) fn explain(
    explanations: &[Explanation],
    frame: Frame<'_>,
    findings: &mut [Finding],
    units: &mut [UnitLine],
) -> (Vec<Explained>, Vec<Finding>) {
    let mut places: BTreeMap<(UnitCode, &'static str), Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(unit) = finding.unit {
            places.entry((unit, finding.rule.code)).or_default().push(at);
        }
    }
    let mut explained = Vec::new();
    let mut unknown = Vec::new();
    for explanation in explanations.iter().filter(|row| concerns(row, frame)) {
        let found = catalogue::find(explanation.code.as_str());
        let unit = meant(explanation.unit, frame);
        let explanation = Arc::new(Explanation { unit, ..explanation.clone() });
        let Ok(rule) = found else {
            // In a unit's own sheet the code is ours; one that was overwritten names nothing any more.
            if explanation.decision == Decision::Pending {
                explained.push(Explained { explanation, fate: Fate::Unmatched, findings: 0 });
            } else {
                unknown.push(unknown_code(&explanation));
            }
            continue;
        };
        let expired = explanation.until.is_some_and(|until| until < frame.as_of);
        let mut named = 0;
        for at in places.get(&(explanation.unit, rule.code)).into_iter().flatten() {
            let Some(finding) = findings.get_mut(*at).filter(|one| explanation.names(one)) else {
                continue;
            };
            named += 1;
            let is_decided = finding.explanation.as_ref().is_some_and(|one| is_decision(one));
            // What waits for a decision takes nothing from one that was made.
            if !expired && (is_decision(&explanation) || !is_decided) {
                finding.explanation = Some(Arc::clone(&explanation));
            }
        }
        let fate = match (expired, named) {
            (true, _) => Fate::Expired,
            (false, 0) => Fate::Unmatched,
            (false, _) => Fate::Applied,
        };
        explained.push(Explained { explanation, fate, findings: named });
    }
    replaced(&mut explained, findings);
    excuse(findings, units);
    (explained, unknown)
}

/// A decision that another one has taken the place of everywhere. What a unit has said is not replaced by
/// what the office decides of it.
fn replaced(explained: &mut [Explained], findings: &[Finding]) {
    let shown = findings.iter().filter_map(|finding| finding.explanation.as_ref());
    let shown: HashSet<*const Explanation> = shown.map(Arc::as_ptr).collect();
    for one in explained.iter_mut().filter(|one| one.fate == Fate::Applied) {
        if is_decision(&one.explanation) && !shown.contains(&Arc::as_ptr(&one.explanation)) {
            one.fate = Fate::Replaced;
        }
    }
}

fn is_decision(explanation: &Explanation) -> bool {
    explanation.decision != Decision::Pending
}

/// The unit that a code stands for in the quarter: a spreadsheet program takes the zero in front away.
fn meant(code: UnitCode, frame: Frame<'_>) -> UnitCode {
    let day = frame.period.last_day();
    let is_unit = |code: &UnitCode| frame.register.get(*code, day).is_some();
    UnitCode::spellings(code.as_str()).into_iter().find(is_unit).unwrap_or(code)
}

fn concerns(explanation: &Explanation, frame: Frame<'_>) -> bool {
    explanation.period.is_none_or(|period| period == frame.period)
}

fn unknown_code(explanation: &Explanation) -> Finding {
    let message = format!(
        "Dòng {} của danh sách giải trình: “Mã lỗi” ghi “{}”, không có quy tắc nào như vậy; bỏ qua \
         dòng này.",
        explanation.line, explanation.code
    );
    // The office's slip is no error of the unit.
    Finding::new(&DL04, Place::file(explanation.file.clone()), message)
        .value(explanation.code.as_str())
        .help("Sửa dòng này trong giai-trinh.csv rồi chạy lại; xem mã bằng lệnh qc17 rules.")
}

/// A quota missed for a reason that the office accepts is missed with a reason; a reason given in the
/// form that the office refuses is none.
fn excuse(findings: &[Finding], units: &mut [UnitLine]) {
    let of_quota = |finding: &&Finding| finding.rule == &CT01 || finding.rule == &CT04;
    for finding in findings.iter().filter(of_quota) {
        let (Some(unit), Some(explanation)) = (finding.unit, &finding.explanation) else {
            continue;
        };
        let at = units.binary_search_by_key(&unit, |line| line.unit.code);
        let Some(line) = at.ok().and_then(|at| units.get_mut(at)) else { continue };
        match (explanation.decision, line.verdict) {
            (Decision::Accepted, Verdict::Short) => {
                line.verdict = Verdict::ShortWithReason;
                line.reason = Text::new(&explanation.words());
            }
            (Decision::Refused, Verdict::ShortWithReason) => line.verdict = Verdict::Short,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Summary;
    use crate::check::trials::{Batch, code, difference, on, values};
    use crate::model::explanation::About;
    use crate::model::submission::FilePath;
    use crate::model::{CellRef, Chair, Period};
    use crate::rules::testing::{blank, set, text};

    /// Two communes short of their quota; one of them has two meetings without minutes.
    fn quarter(explanations: Vec<Explanation>) -> Batch {
        let mut batch = Batch::empty();
        batch.send("02947", |t| set(&mut t.meeting(0).chair, Chair::Deputy));
        batch.send("02950", |t| {
            t.add_meeting();
            for at in 0..2 {
                set(&mut t.meeting(at).chair, Chair::Deputy);
                blank(&mut t.meeting(at).minutes_date);
            }
        });
        batch.explanations = explanations;
        batch
    }

    fn about(rule: &str, about: About) -> Explanation {
        Explanation {
            file: FilePath::new("giai-trinh.csv"),
            line: 2,
            code: Text::new(rule).unwrap(),
            unit: code("02950"),
            period: Period::quarter(2021, 1),
            about,
            reason: Text::new("Mưa lũ, hỏi 0912345678").unwrap(),
            decision: Decision::Accepted,
            by: Text::new("Trưởng ban"),
            date: None,
            until: None,
        }
    }

    /// The findings with an explanation, by code and cell.
    fn shown(summary: &Summary) -> Vec<String> {
        let with = summary.findings.iter().filter(|finding| finding.explanation.is_some());
        let cell = |finding: &Finding| finding.place.cell.map(|cell| cell.to_string());
        with.map(|one| format!("{} {}", one.rule.code, cell(one).unwrap_or_default())).collect()
    }

    fn fates(summary: &Summary) -> Vec<(&'static str, usize)> {
        summary.explanations.iter().map(|one| (one.fate.key(), one.findings)).collect()
    }

    #[test]
    fn exactly_the_findings_it_names() {
        let row = |number: u32, col: u32| CellRef::new(number - 1, col);
        let minutes = |cell| About::Cell(None, cell);
        let sheet = |name: &str| About::Cell(Text::new(name), row(6, 22));
        let key = |at: usize| {
            let summary = quarter(Vec::new()).summary();
            let of = summary.findings.iter().filter(|finding| finding.rule.code == "HS02");
            About::Content(of.map(Finding::key).nth(at).unwrap())
        };
        for (rule, what, expected) in [
            ("HS02", About::Every, &["HS02 W6", "HS02 W7"][..]),
            ("hs02", minutes(row(6, 22)), &["HS02 W6"]),
            ("thieu-bien-ban", minutes(row(7, 22)), &["HS02 W7"]),
            ("HS02", sheet("B1"), &["HS02 W6"]),
            ("HS02", sheet("B2"), &[]),
            ("HS02", minutes(row(8, 22)), &[]),
            ("HS01", minutes(row(6, 22)), &[]),
            // Both say the same; what their rows say tells them apart.
            ("HS02", key(0), &["HS02 W6"]),
            ("HS02", key(1), &["HS02 W7"]),
            ("HS02", About::Content("0000000000".to_owned()), &[]),
        ] {
            let summary = quarter(vec![about(rule, what)]).summary();
            assert_eq!(shown(&summary), expected, "{rule}");
            let fate = if expected.is_empty() { "unmatched" } else { "applied" };
            assert_eq!(fates(&summary), [(fate, expected.len())]);
        }
    }

    #[test]
    fn an_accepted_reason_changes_the_consequence_and_nothing_else() {
        let before = quarter(Vec::new()).summary();
        let after = quarter(vec![about("CT01", About::Every)]).summary();
        let changed = difference(&values(&before), &values(&after));
        let words = "Giải trình được chấp nhận (Trưởng ban): Mưa lũ, hỏi ••••••••••";
        let kept = |line: &&String| !line.contains("/explanations");
        let changed: Vec<&String> = changed.iter().filter(kept).collect();
        assert_eq!(
            changed,
            [
                "-/ledger/02950/note: null",
                "-/units/02950/verdict: \"chua_dat\"",
                &format!("+/ledger/02950/note: \"Lý do không tổ chức: {words}.\""),
                "+/units/02950/verdict: \"chua_dat_co_ly_do\"",
            ]
        );
        let held =
            |summary: &Summary| summary.findings.iter().filter(|f| f.is_held_against()).count();
        let errors = |summary: &Summary| {
            let error = |finding: &&Finding| finding.severity == crate::model::Severity::Error;
            summary.findings.iter().filter(error).count()
        };
        assert_eq!((held(&before), held(&after)), (errors(&before), held(&before) - 1));
        assert_eq!(errors(&before), errors(&after));
    }

    #[test]
    fn refused_expired_and_of_another_quarter() {
        type Change = fn(&mut Explanation);
        for (change, fate, verdict) in [
            ((|_| {}) as Change, &["applied"][..], Verdict::ShortWithReason),
            (|e| e.decision = Decision::Refused, &["applied"], Verdict::Short),
            (|e| e.until = Some(on("2021-04-05")), &["applied"], Verdict::ShortWithReason),
            (|e| e.until = Some(on("2021-04-04")), &["expired"], Verdict::Short),
            (|e| e.period = None, &["applied"], Verdict::ShortWithReason),
            (|e| e.period = Period::quarter(2021, 2), &[], Verdict::Short),
            (|e| e.unit = code("02953"), &["unmatched"], Verdict::Short),
        ] {
            let mut explanation = about("CT01", About::Every);
            change(&mut explanation);
            let summary = quarter(vec![explanation]).summary();
            let found: Vec<&str> = fates(&summary).into_iter().map(|(fate, _)| fate).collect();
            assert_eq!(found, fate);
            assert_eq!(summary.unit(code("02950")).unwrap().verdict, verdict);
        }
        let mut batch = quarter(vec![about("CT99, gọi 0912345678", About::Every)]);
        let unknown = batch.summary();
        assert!(unknown.explanations.is_empty());
        let [told] =
            unknown.findings.iter().filter(|f| f.rule.code == "DL04").collect::<Vec<_>>()[..]
        else {
            panic!("one unknown code");
        };
        assert_eq!(
            (told.unit, told.value.as_deref()),
            (None, Some("CT99, gọi ••••••••••")),
            "no fault of the unit, and no telephone number"
        );
        batch.profile.off.insert("DL04".to_owned());
        assert!(batch.summary().findings.iter().all(|finding| finding.rule.code != "DL04"));
    }

    #[test]
    fn a_reason_that_is_refused_is_none() {
        for (decision, verdict) in
            [(Decision::Accepted, Verdict::ShortWithReason), (Decision::Refused, Verdict::Short)]
        {
            let mut explanation = about("CT04", About::Every);
            explanation.decision = decision;
            let mut batch = Batch::empty();
            batch.send("02950", |t| {
                set(&mut t.meeting(0).chair, Chair::Deputy);
                text(&mut t.detail().no_meeting_reason, "Mưa lũ");
            });
            batch.explanations = vec![explanation];
            let summary = batch.summary();
            let line = summary.unit(code("02950")).unwrap();
            assert_eq!(
                (line.verdict, line.reason.as_ref().map(Text::as_str)),
                (verdict, Some("Mưa lũ"))
            );
            assert_eq!(fates(&summary), [("applied", 1)]);
        }
    }

    #[test]
    fn of_two_rows_the_last_holds() {
        let mut second = about("CT01", About::Every);
        second.decision = Decision::Refused;
        let summary = quarter(vec![about("CT01", About::Every), second.clone()]).summary();
        assert_eq!(summary.unit(code("02950")).unwrap().verdict, Verdict::Short);
        assert_eq!(fates(&summary), [("replaced", 1), ("applied", 1)]);
        // One that is over replaces nothing; nor does the office's decision what the unit said.
        second.until = Some(on("2021-04-04"));
        let summary = quarter(vec![about("CT01", About::Every), second.clone()]).summary();
        assert_eq!(summary.unit(code("02950")).unwrap().verdict, Verdict::ShortWithReason);
        assert_eq!(fates(&summary), [("applied", 1), ("expired", 1)]);
        let mut said = about("CT01", About::Every);
        said.decision = Decision::Pending;
        second.until = None;
        let summary = quarter(vec![said, second]).summary();
        assert_eq!(fates(&summary), [("applied", 1), ("applied", 1)]);
        // Where one finding of several is left to the first, it still applies.
        let cell = About::Cell(None, CellRef::new(6, 22));
        let summary = quarter(vec![about("HS02", About::Every), about("HS02", cell)]).summary();
        assert_eq!(fates(&summary), [("applied", 2), ("applied", 1)]);
    }
}
