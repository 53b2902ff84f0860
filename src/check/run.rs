//! The run of all checks: fates of files, rules of each submission, standings of units.

use super::alike::told_once;
use super::backlog;
use super::batch::{Content, Frame, ReadFile};
use super::checked::{Checked, FileLine, UnitLine};
use super::choose::{Chosen, choose};
use super::explain::explain;
use super::files::{Received, file_line, status_of, taken_apart};
use super::ledger::Ledger;
use super::rollup;
use super::rows;
use super::unit::{Evidence, late, unit_line};
use crate::model::explanation::Explanation;
use crate::model::privacy::masked;
use crate::model::submission::FilePath;
use crate::model::{
    FileStatus, Finding, Form, Place, Submission, SubmissionState, Unchecked, Unit, UnitCode,
    Verdict,
};
use crate::rules::case::Case;
use crate::rules::checks::CHECKS;
use crate::rules::ct_quota::CT01;
use crate::rules::dv::DV06;
use crate::rules::ky::KY02;
use crate::rules::noticed::Noticed;
use crate::rules::th_submission;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Holds every file of a run against the rules.
pub fn check(files: Vec<ReadFile>, frame: Frame<'_>) -> Checked {
    let mut findings = Vec::new();
    let candidates = candidates(&files, frame, &mut findings);
    let Chosen { used, came, superseded, findings: replaced } = choose(&files, &candidates, frame);
    findings.extend(replaced);
    let unreadable = unreadable_units(&files, frame);
    let in_use: BTreeSet<usize> = used.values().copied().collect();
    let superseded: BTreeSet<usize> = superseded.into_iter().collect();
    let statuses: Vec<FileStatus> = (files.iter().enumerate())
        .map(|(at, file)| status_of(file, (in_use.contains(&at), superseded.contains(&at)), frame))
        .collect();
    let has_parts = files.iter().any(|file| matches!(file.content, Content::PartOf(..)));
    let told = files.iter().map(|file| &file.path).zip(statuses.iter().copied());
    let of_path: BTreeMap<&FilePath, FileStatus> = told.filter(|_| has_parts).collect();
    let lines: Vec<FileLine> = (files.par_iter().zip(&statuses))
        .map(|(file, status)| match &file.content {
            // A part shares the fate of its whole.
            Content::PartOf(_, whole) => {
                file_line(file, of_path.get(whole).copied().unwrap_or(*status))
            }
            _ => file_line(file, *status),
        })
        .collect();
    let explanations = explanations(&files, &lines, frame);
    let mut submissions = Vec::new();
    for (said, submission) in taken_apart(files, &lines, &came) {
        findings.extend(said);
        submissions.extend(submission);
    }
    submissions.sort_by_key(|(_, submission)| (submission.unit, submission.form()));
    let mut noticed = Noticed::default();
    let mut units = stand(&submissions, &unreadable, frame, &mut noticed);
    let submissions: Vec<Submission> = submissions.into_par_iter().map(|(_, s)| *s).collect();
    run_rules(&submissions, &units, frame, &mut noticed);
    let backlog = backlog::follow(&submissions, &units, frame, &mut noticed);
    let Noticed { findings: said, mut unchecked } = noticed;
    findings.extend(said);
    unchecked.extend(unread_files(&lines, &units));
    unchecked.extend(units.iter().filter_map(vaguely_listed));
    unchecked.retain(|one| frame.profile.severity(one.rule).is_some());
    unchecked.sort_by(Unchecked::official_order);
    let mut findings = graded(findings, frame);
    rows::name(&mut findings, &submissions);
    let (explanations, unknown) = explain(&explanations, frame, &mut findings, &mut units);
    findings.extend(graded(unknown, frame));
    findings.sort_by(Finding::official_order);
    let findings = told_once(findings);
    Checked { files: lines, units, submissions, findings, unchecked, explanations, backlog }
}

/// The files that are submissions of a unit of the scope for the quarter.
fn candidates(files: &[ReadFile], frame: Frame<'_>, findings: &mut Vec<Finding>) -> Vec<usize> {
    let judged = files.par_iter().enumerate().filter_map(|(at, file)| {
        let Content::Submission(submission) = &file.content else { return None };
        let place = || Place::file(file.path.clone());
        if submission.period != frame.period {
            let message = format!(
                "Tệp ghi {}, không phải {} đang tổng hợp.",
                submission.period.label(),
                frame.period.label()
            );
            let finding = Finding::new(&KY02, place(), message).unit(submission.unit);
            return Some(Err(Box::new(finding.value(submission.period.label()))));
        }
        if frame.unit(submission.unit).is_none_or(|unit| !frame.covers(unit)) {
            let name = frame.unit(submission.unit).map(Unit::full_name).unwrap_or_default();
            let message = format!(
                "{name} ({}) không thuộc {}; tệp không được tính.",
                submission.unit,
                frame.scope.full_name()
            );
            let finding = Finding::new(&DV06, place(), message).unit(submission.unit);
            return Some(Err(Box::new(finding)));
        }
        Some(Ok(at))
    });
    let judged: Vec<Result<usize, Box<Finding>>> = judged.collect();
    let candidate =
        |one: Result<usize, Box<Finding>>| one.map_err(|finding| findings.push(*finding)).ok();
    judged.into_iter().filter_map(candidate).collect()
}

/// The units whose file came and was rejected. A file of another quarter says nothing of this one.
fn unreadable_units(files: &[ReadFile], frame: Frame<'_>) -> BTreeSet<UnitCode> {
    let rejected = files.iter().filter_map(|file| match &file.content {
        Content::Rejected(rejection) | Content::Paper(rejection) => {
            let ours = rejection.period.is_none_or(|period| period == frame.period);
            ours.then_some(&rejection.could_be)
        }
        _ => None,
    });
    rejected.flatten().copied().collect()
}

/// What units explain, that of replaced files first, and behind it what the office has decided: of
/// several that name one finding the last holds.
fn explanations(files: &[ReadFile], lines: &[FileLine], frame: Frame<'_>) -> Vec<Explanation> {
    let of = |used: bool| {
        let all = files.iter().zip(lines);
        let chosen = all.filter(move |(_, line)| (line.status == FileStatus::Used) == used);
        chosen.flat_map(|(file, _)| file.answer.explanations.iter().cloned())
    };
    of(false).chain(of(true)).chain(frame.explanations.iter().cloned()).collect()
}

/// One line for every unit of the scope.
fn stand(
    submissions: &[Received],
    unreadable: &BTreeSet<UnitCode>,
    frame: Frame<'_>,
    noticed: &mut Noticed,
) -> Vec<UnitLine> {
    let mut evidence: BTreeMap<UnitCode, Evidence<'_>> = BTreeMap::new();
    // Units of which a row of nobody's in Biểu 02 may be: something came, and nobody knows what.
    let mut unclear: BTreeSet<UnitCode> = BTreeSet::new();
    for (day, submission) in submissions {
        let day = *day;
        match &submission.body {
            crate::model::submission::Body::Detail(_) => {
                evidence.entry(submission.unit).or_default().own = Some((submission, day));
            }
            crate::model::submission::Body::RollUp(table) => {
                noticed.extend(late(submission, day, frame));
                unclear.extend(table.rows.iter().flat_map(|row| &row.could_be));
                for (unit, row) in rollup::by_unit(submission, table, frame, &mut noticed.findings)
                {
                    evidence.entry(unit).or_default().listed.push((submission, row, day));
                }
            }
        }
    }
    let mut known = |unit| {
        let mut known = evidence.remove(&unit).unwrap_or_default();
        known.unreadable = unreadable.contains(&unit) || unclear.contains(&unit);
        known
    };
    let units: Vec<_> = frame.units().into_iter().map(|unit| (unit, known(unit.code))).collect();
    let stood = units.par_iter().map(|(unit, known)| {
        let mut own = Noticed::default();
        (unit_line(unit, known, frame, &mut own), own)
    });
    let lines = stood.collect::<Vec<_>>().into_iter().map(|(line, own)| {
        noticed.absorb(own);
        line
    });
    lines.collect()
}

/// The rules that look at one submission, over all submissions at once.
fn run_rules(submissions: &[Submission], units: &[UnitLine], frame: Frame<'_>, all: &mut Noticed) {
    let span = frame.profile.span(frame.period);
    let of_one = |submission: &Submission| -> Noticed {
        let mut noticed = Noticed::default();
        let at = units.binary_search_by_key(&submission.unit, |line| line.unit.code);
        let Some(line) = at.ok().and_then(|at| units.get(at)) else { return noticed };
        let own = line.ledger.as_ref().filter(|_| submission.form() == Form::Detail);
        let empty = Ledger::default();
        // An untouched form has said all it can say.
        if submission.form() == Form::Detail && own.is_none() {
            return noticed;
        }
        let case = Case {
            period: frame.period,
            span,
            as_of: frame.as_of,
            open_on: frame.open_on(),
            profile: frame.profile,
            calendar: frame.calendar,
            unit: &line.unit,
            submission,
            ledger: own.unwrap_or(&empty),
        };
        for check in CHECKS {
            check(&case, &mut noticed);
        }
        if line.submission == SubmissionState::Undated {
            th_submission::undated(&case, &mut noticed);
        }
        noticed
    };
    for noticed in submissions.par_iter().map(of_one).collect::<Vec<_>>() {
        all.absorb(noticed);
    }
}

/// The quota of a unit whose file could not be read is neither met nor missed.
fn unread_files(files: &[FileLine], units: &[UnitLine]) -> Vec<Unchecked> {
    let mut unread: BTreeMap<UnitCode, &FileLine> = BTreeMap::new();
    let of = |status: FileStatus| files.iter().filter(move |file| file.status == status);
    for file in of(FileStatus::Rejected).chain(of(FileStatus::Ignored)) {
        if let Some(unit) = file.unit {
            unread.entry(unit).or_insert(file);
        }
    }
    let unknown = units.iter().filter(|line| {
        line.submission == SubmissionState::Unreadable && line.verdict == Verdict::Undetermined
    });
    unknown
        .map(|line| {
            let file = unread.get(&line.unit.code);
            Unchecked {
                rule: &CT01,
                unit: line.unit.code,
                place: file.map_or_else(Place::default, |file| Place::file(file.path.clone())),
                blocked_by: Vec::new(),
                reason:
                    "Chưa kiểm tra được vì tệp đã gửi, hoặc dòng trong Biểu 02 có thể là của đơn \
                         vị, không đọc được."
                        .to_owned(),
            }
        })
        .collect()
}

/// The quota of a commune of which Biểu 02 does not say enough.
fn vaguely_listed(line: &UnitLine) -> Option<Unchecked> {
    let file = line.file.as_ref().filter(|_| line.ledger.is_none())?;
    (line.verdict == Verdict::Undetermined).then(|| Unchecked {
        rule: &CT01,
        unit: line.unit.code,
        place: Place::file(file.clone()),
        blocked_by: Vec::new(),
        reason:
            "Dòng của xã trong Biểu 02 không cho biết đủ để xét chỉ tiêu (ai chủ trì, bao nhiêu \
                 cuộc)."
                .to_owned(),
    })
}

/// The profile's word on severities, and the official order.
fn graded(findings: Vec<Finding>, frame: Frame<'_>) -> Vec<Finding> {
    let mut graded: Vec<Finding> = findings
        .into_par_iter()
        .filter_map(|mut finding| {
            let severity = frame.profile.severity(finding.rule)?;
            // A rule may itself have raised one finding above its usual severity.
            if severity != finding.rule.severity {
                finding.severity = severity;
            }
            hide_personal_data(&mut finding);
            Some(finding)
        })
        .collect();
    graded.sort_by(Finding::official_order);
    graded
}

/// AT02: what was read is quoted without phone and identity numbers, whatever rule quotes it.
fn hide_personal_data(finding: &mut Finding) {
    if let Some(value) = &finding.value
        && let Cow::Owned(hidden) = masked(value)
    {
        finding.message = finding.message.replace(value.as_str(), &hidden);
        finding.value = Some(hidden);
    }
    // A message may quote another cell than its own.
    for words in [&mut finding.message, &mut finding.help] {
        if let Cow::Owned(hidden) = masked(words) {
            *words = hidden;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trials::{Batch, code};
    use crate::model::explanation::{About, Decision};
    use crate::model::{Chair, Period, Text};
    use crate::rules::dl::DL04;
    use crate::rules::testing::set;

    #[test]
    fn a_quoted_phone_number_is_hidden() {
        let quoted = "ông A, 0912345678";
        let message = format!("Ô ghi \u{201c}{quoted}\u{201d}.");
        let mut finding = Finding::new(&DL04, Place::default(), message).value(quoted);
        hide_personal_data(&mut finding);
        assert_eq!(finding.value.as_deref(), Some("ông A, ••••••••••"));
        assert_eq!(finding.message, "Ô ghi \u{201c}ông A, ••••••••••\u{201d}.");
    }

    /// A good file of the quarter that is not ours to count is set aside, one of another quarter is refused.
    #[test]
    fn what_becomes_of_a_file_that_is_not_counted() {
        let mut batch = Batch::empty();
        batch.scope = code("087");
        batch.send("02947", |_| {});
        batch.send("10", |_| {});
        batch.send("02950", |t| t.submission.period = Period::quarter(2020, 4).unwrap());
        let found = batch.summary();
        let found: Vec<_> = found.files.iter().map(|f| (f.path.file_name(), f.status)).collect();
        assert_eq!(
            found,
            [
                ("02947.xlsx", FileStatus::Used),
                ("02950.xlsx", FileStatus::Rejected),
                ("10.xlsx", FileStatus::Ignored),
            ]
        );
    }

    /// What the unit says in the file that is used holds over what it said in the one before.
    #[test]
    fn the_last_word_of_a_unit_is_shown() {
        for used in ["a sửa.xlsx", "b sửa.xlsx"] {
            let mut batch = Batch::empty();
            for name in ["a", "b"] {
                let corrected = format!("{name} sửa.xlsx");
                let name = if corrected == used { corrected } else { format!("{name}.xlsx") };
                batch.send("02950", |t| {
                    t.submission.file = FilePath::new(&name);
                    set(&mut t.meeting(0).chair, Chair::Deputy);
                });
                batch.files.last_mut().unwrap().answer.explanations = vec![Explanation {
                    file: FilePath::new(&name),
                    line: 9,
                    code: Text::new("CT01").unwrap(),
                    unit: code("02950"),
                    period: None,
                    about: About::Every,
                    reason: Text::new(&name).unwrap(),
                    decision: Decision::Pending,
                    by: None,
                    date: None,
                    until: None,
                }];
            }
            let summary = batch.summary();
            let short = summary.findings.iter().find(|one| one.rule == &CT01).unwrap();
            assert_eq!(short.explanation.as_ref().unwrap().reason.as_str(), used);
        }
    }
}
