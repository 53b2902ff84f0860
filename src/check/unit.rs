//! Where one unit stands: whether and how it reported, its figures, its verdict.

use super::batch::Frame;
use super::checked::UnitLine;
use super::choose::is_filled;
use super::figures;
use super::heads::Heads;
use super::ledger::Ledger;
use super::rollup;
use super::so_far::{Adds, SoFar};
use crate::model::privacy::masked;
use crate::model::submission::{Body, Detail};
use crate::model::{
    Finding, Measure, Place, RollUpRow, Submission, SubmissionState, Tallies, Tally, Text,
    Unchecked, Unit, Verdict,
};
use crate::profile::Profile;
use crate::rules::case::shown;
use crate::rules::ct_quota;
use crate::rules::noticed::{Noticed, hole};
use crate::rules::sl_across::SL07;
use crate::rules::th_submission::{TH04, TH05};
use chrono::NaiveDate;
use std::borrow::Cow;

/// What is known of one unit.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    /// Its own Form 01, with the date that decides between on time and late.
    pub own: Option<(&'a Submission, Option<NaiveDate>)>,
    /// What Form 02 says of it, with the same date of the district's file.
    pub listed: Vec<(&'a Submission, Cow<'a, RollUpRow>, Option<NaiveDate>)>,
    /// Whether a file came that could be its own and was rejected.
    pub unreadable: bool,
}

/// Decides where the unit stands, and says what is late, missing or contradicted.
pub(super) fn unit_line(
    unit: &Unit,
    evidence: &Evidence<'_>,
    frame: Frame<'_>,
    noticed: &mut Noticed,
) -> UnitLine {
    let Noticed { findings, unchecked } = noticed;
    let mut line = UnitLine::unsent(unit.clone(), frame.existed_days(unit));
    let own = evidence.own.and_then(|(s, day)| Some((s, s.detail()?, day)));
    let filled = own.filter(|(submission, _, _)| is_filled(submission));
    if let Some((submission, detail, day)) = filled {
        from_own(&mut line, submission, detail, day, frame, findings);
        for (district, row, _) in &evidence.listed {
            let compared = compare(&line, district, row);
            findings.extend(compared.0);
            unchecked.extend(compared.1);
        }
    } else if let Some((submission, row, day)) = evidence.listed.first() {
        from_rollup(&mut line, submission, row, *day, frame, findings);
    } else {
        without_figures(&mut line, evidence.unreadable, frame);
        if line.submission == SubmissionState::Missing && own.is_none() {
            findings.extend(missing(unit, frame));
        }
    }
    line
}

fn from_own(
    line: &mut UnitLine,
    submission: &Submission,
    detail: &Detail,
    day: Option<NaiveDate>,
    frame: Frame<'_>,
    findings: &mut Vec<Finding>,
) {
    let last_day = submission.last_known_day(frame.as_of);
    let existed = line.existed_days;
    let span = (frame.period, last_day);
    let mut ledger = Ledger::of(&detail.meetings.rows, &line.unit, existed, span, frame.profile);
    count_so_far(line, &mut ledger, frame);
    let reason = detail.no_meeting_reason.given();
    line.reason = reason.and_then(|reason| Text::new(&masked(reason.as_str())));
    line.tallies = figures::of_detail(detail, &ledger, frame.profile, last_day, frame.as_of);
    line.verdict = verdict(&ledger, line.reason.as_ref());
    line.file = Some(submission.file.clone());
    set_state(line, day, frame);
    findings.extend(late(submission, day, frame));
    if detail.meetings.rows.is_empty() {
        line.submission = SubmissionState::NothingToReport;
    }
    line.ledger = Some(ledger);
}

fn from_rollup(
    line: &mut UnitLine,
    submission: &Submission,
    row: &RollUpRow,
    day: Option<NaiveDate>,
    frame: Frame<'_>,
    findings: &mut Vec<Finding>,
) {
    let existed = line.existed_days;
    let span = (frame.period, frame.as_of);
    let mut ledger = Ledger::of(&[], &line.unit, existed, span, frame.profile);
    let quota = frame.profile.quota(line.unit.level);
    let (tallies, counting) = rollup::figures(row, quota, ledger.required, frame.profile);
    line.tallies = tallies;
    ledger.adds = listed(&line.tallies, (counting.fewest, counting.most), frame.profile);
    (ledger.counted, ledger.counted_once) = (counting.fewest, counting.fewest);
    ledger.possible = counting.most;
    count_so_far(line, &mut ledger, frame);
    line.verdict = verdict(&ledger, None);
    line.file = Some(submission.file.clone());
    set_state(line, day, frame);
    if line.verdict == Verdict::Short
        && let Body::RollUp(table) = &submission.body
    {
        let place = Place::sheet(&submission.file, &table.sheet, Some(rollup::cell(row)));
        let owed = (ledger.required, ledger.most().unwrap_or(counting.most));
        findings.push(ct_quota::listed(place, frame.period, row, owed).unit(line.unit.code));
    }
}

/// What a row of a roll-up adds to a longer quota. Which of its meetings count for which head it does
/// not say, so that surely each head has only what the lesser of them has.
fn listed(tallies: &Tallies, (fewest, most): (u32, u32), profile: &Profile) -> Adds {
    let of = |measure| tallies.sum(measure).map(|sum| u32::try_from(sum).unwrap_or(u32::MAX));
    let counted = Heads::listed(fewest, 0, 0, fewest);
    let by = [Measure::BySecretary, Measure::ByChairman, Measure::ByBoth, Measure::ByDeputy];
    let most_of = match by.map(of) {
        [Some(secretary), Some(chairman), Some(joint), Some(deputy)] => {
            let deputy = if profile.deputy_counts.value { deputy } else { 0 };
            Heads::listed(most, secretary, chairman, joint).with_either(deputy)
        }
        // Who chaired does not matter to the quota of a unit.
        _ => Heads::listed(most, 0, 0, u32::MAX),
    };
    let possible = (most < u32::MAX).then_some(most_of);
    Adds { counted, once: counted, possible }
}

/// Adds the earlier quarters of a longer quota.
fn count_so_far(line: &mut UnitLine, ledger: &mut Ledger, frame: Frame<'_>) {
    let quota = frame.profile.quota(line.unit.level);
    ledger.so_far = SoFar::of(&line.unit, quota, ledger.adds, frame);
    line.adds = ledger.adds;
    line.so_far.clone_from(&ledger.so_far);
}

fn without_figures(line: &mut UnitLine, unreadable: bool, frame: Frame<'_>) {
    let span = (frame.period, frame.as_of);
    let mut ledger = Ledger::of(&[], &line.unit, line.existed_days, span, frame.profile);
    ledger.adds = Adds::default();
    count_so_far(line, &mut ledger, frame);
    let owed = ledger.required;
    // A longer quota may have been met before the quarter of which nothing is known.
    let met = ledger.so_far.is_some() && ledger.sure() >= owed;
    *line.tallies.get_mut(Measure::Required) = Tally::known(u64::from(owed));
    let level_has_quota = frame.profile.quota(line.unit.level).is_some();
    let existed = line.existed_days;
    let too_short = existed < i64::from(frame.profile.min_days_in_period.value);
    if unreadable {
        line.submission = SubmissionState::Unreadable;
        line.verdict = match (owed, met) {
            (0, _) => Verdict::Exempt,
            (_, true) => Verdict::Met,
            (_, false) => Verdict::Undetermined,
        };
        for measure in Measure::ALL.into_iter().filter(|m| *m != Measure::Required) {
            line.tallies.mark(measure);
        }
        return;
    }
    if !level_has_quota || too_short {
        line.submission = SubmissionState::NotOwed;
        line.verdict = Verdict::Exempt;
        return;
    }
    line.verdict = match (owed, met) {
        (0, _) => Verdict::Exempt,
        (_, true) => Verdict::Met,
        (_, false) => Verdict::NotSubmitted,
    };
}

/// TH05: nothing came by the end of the as-of day. An untouched form has its own finding instead.
fn missing(unit: &Unit, frame: Frame<'_>) -> Option<Finding> {
    let deadline = frame.profile.deadline(frame.period);
    let message = format!(
        "{} chưa nộp báo cáo {}; hạn nộp là ngày {}.",
        unit.full_name(),
        frame.period.label(),
        shown(deadline)
    );
    (frame.as_of >= deadline)
        .then(|| Finding::new(&TH05, Place::default(), message).unit(unit.code))
}

/// How many days after the deadline that is; none when it is in time.
fn days_late(day: NaiveDate, frame: Frame<'_>) -> Option<i64> {
    let days = (day - frame.profile.deadline(frame.period)).num_days();
    (days > 0).then_some(days)
}

fn set_state(line: &mut UnitLine, day: Option<NaiveDate>, frame: Frame<'_>) {
    line.submitted = day;
    line.submission = match day.map(|day| days_late(day, frame)) {
        None => SubmissionState::Undated,
        Some(Some(_)) => SubmissionState::Late,
        Some(None) => SubmissionState::OnTime,
    };
}

/// TH04: the file came after the deadline. A roll-up is late once, not once for each commune in it.
pub(super) fn late(
    submission: &Submission,
    day: Option<NaiveDate>,
    frame: Frame<'_>,
) -> Option<Finding> {
    let (day, unit) = (day?, frame.unit(submission.unit)?);
    let message = format!(
        "{} nộp báo cáo ngày {}, muộn {} ngày so với hạn {}.",
        unit.full_name(),
        shown(day),
        days_late(day, frame)?,
        shown(frame.profile.deadline(frame.period))
    );
    let place = Place::file(submission.file.clone());
    Some(Finding::new(&TH04, place, message).unit(unit.code).value(shown(day)))
}

/// The verdict from what surely counts and what could count.
fn verdict(ledger: &Ledger, reason: Option<&Text>) -> Verdict {
    if !ledger.due {
        return Verdict::Exempt;
    }
    if ledger.sure() >= ledger.required {
        return Verdict::Met;
    }
    // Rows that repeat each other, unreadable cells, or quarters that are not known could decide it.
    let most = ledger.most().map(|most| most.max(ledger.over_quota()));
    if most.is_none_or(|most| most >= ledger.required) {
        return Verdict::Undetermined;
    }
    if reason.is_some() { Verdict::ShortWithReason } else { Verdict::Short }
}

/// SL07: what the district lists against what the commune itself reports, and what could not be compared.
fn compare(
    line: &UnitLine,
    district: &Submission,
    row: &RollUpRow,
) -> (Option<Finding>, Option<Unchecked>) {
    let Body::RollUp(table) = &district.body else { return (None, None) };
    let (mut differing, mut open, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    let mut first = None;
    for (label, field, own) in rollup::compared(row, &line.tallies) {
        if field.is_unreadable() || (own.incomplete && field.value().is_some()) {
            open.push(label);
            cells.extend(hole(field));
            continue;
        }
        let (Some(listed), Some(sum)) = (field.value(), own.sum) else { continue };
        if listed.get() != sum {
            first = first.or(field.cell());
            let figure = crate::model::count::grouped(sum);
            differing.push(format!("{label}: huyện ghi {listed}, xã ghi {figure}"));
        }
    }
    let place = |cell| Place::sheet(&district.file, &table.sheet, cell);
    let message = format!(
        "{} trong Biểu 02 khác Biểu 01 của xã; lấy theo xã. {}.",
        line.unit.full_name(),
        differing.join("; ")
    );
    let finding =
        Finding::new(&SL07, place(first), message).unit(line.unit.code).about("so-cua-xa");
    let open = (!open.is_empty()).then(|| Unchecked {
        rule: &SL07,
        unit: line.unit.code,
        place: place(Some(rollup::cell(row))),
        blocked_by: cells,
        reason: format!(
            "Chưa so được với Biểu 01 của xã vì có ô không đọc được: {}.",
            open.join(", ")
        ),
    });
    ((!differing.is_empty()).then_some(finding), open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trials::Batch;

    /// How many meetings of a roll-up count at the most is known or not; not known is no very large number.
    #[test]
    fn what_a_row_may_add_at_the_most_is_known_or_not() {
        let (tallies, profile) = (Tallies::default(), Batch::empty().profile);
        assert!(listed(&tallies, (1, u32::MAX), &profile).possible.is_none());
        assert!(listed(&tallies, (1, 1), &profile).possible.is_some());
    }
}
