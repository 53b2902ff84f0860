//! Puts the quarters of a year together, unit by unit.

use super::lineage::{self, Row};
use super::model::{Accepted, Punctuality, Quality, Review, Timing, UnitQuarter, UnitYear};
use super::{criteria, evidence, trend};
use crate::aggregate::{Summary, UnitLine};
use crate::check::year::{YearAccount, YearQuarter};
use crate::model::explanation::{Decision, Explanation, Fate};
use crate::model::{
    Finding, Geography, Level, Measure, Period, Severity, SubmissionState, Tallies, UnitCode,
    Verdict,
};
use crate::profile::Profile;
use crate::profile::review::ReviewCriteria;
use crate::register::Register;
use crate::rules::ct05_year::{self, CT05, YearCase};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why there can be no review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// The profile has no criteria.
    #[error(
        "Hồ sơ quy tắc “{0}” chưa có mục [review] với các tiêu chí đánh giá năm. Hãy chép mục này từ hồ sơ có sẵn \
         (qc17 profile init)."
    )]
    NoCriteria(String),
    /// The year is not there.
    #[error("Không có quý nào của năm {0} để đánh giá.")]
    NoQuarters(i32),
}

/// What decides about every unit alike.
struct Terms<'a> {
    year: i32,
    profile: &'a Profile,
    criteria: &'a ReviewCriteria,
}

/// Puts the review together from the quarters of the year and, where they are known, of the one before.
pub fn review(
    quarters: Vec<Summary>,
    register: &Register,
    year: i32,
    geography: Geography,
) -> Result<Review, ReviewError> {
    let of_year = |wanted: i32| move |quarter: &Summary| quarter.period.year() == wanted;
    let mut all: Vec<Summary> =
        quarters.into_iter().filter(|q| q.period.year() >= year - 1).collect();
    let last = all.iter().rfind(|q| of_year(year)(q)).ok_or(ReviewError::NoQuarters(year))?;
    let (scope, as_of, end) = (last.scope.clone(), last.as_of, last.period.last_day());
    let profile = last.profile.clone();
    let Some(criteria) = profile.review.clone() else {
        return Err(ReviewError::NoCriteria(profile.id));
    };
    let terms = Terms { year, profile: &profile, criteria: &criteria };
    let rows = lineage::rows(&all, register, end);
    let in_year = |row: &Row<'_>| row.lines.keys().any(|period| period.year() == year);
    let ordered = lineage::order(&rows);
    let shown: Vec<usize> =
        ordered.into_iter().filter(|at| rows.get(*at).is_some_and(in_year)).collect();
    let qualities: BTreeMap<Period, BTreeMap<UnitCode, Quality>> =
        all.iter().map(|quarter| (quarter.period.last(), qualities(quarter))).collect();
    let origins = lineage::origins(&rows);
    let (mut units, mut findings) = (Vec::new(), Vec::new());
    for row in shown.iter().filter_map(|at| rows.get(*at)) {
        let (mut unit, finding) = unit_year(row, &all, &qualities, &terms);
        let made_of = origins.get(&row.key).map(Vec::as_slice).unwrap_or_default();
        unit.trend = trend::trend(row, made_of, &all, year, &criteria);
        findings.extend(finding);
        units.push(unit);
    }
    lay_out(&mut units, &rows, &shown, geography);
    let documents = evidence::documents(&mut all, year, &units);
    let (before, quarters) = all.into_iter().partition(of_year(year - 1));
    let mut review = Review {
        year,
        as_of,
        scope,
        geography,
        criteria,
        quarters,
        before,
        totals: totals(&units),
        units,
        documents,
        findings,
        accepted: Vec::new(),
        commended: Vec::new(),
        reminded: Vec::new(),
    };
    review.accepted = accepted(&review.quarters, &review.findings);
    (review.commended, review.reminded) = criteria::named(&review);
    Ok(review)
}

/// One unit with its quota of the year, and what that breaks.
fn unit_year(
    row: &Row<'_>,
    all: &[Summary],
    qualities: &BTreeMap<Period, BTreeMap<UnitCode, Quality>>,
    terms: &Terms<'_>,
) -> (UnitYear, Option<Finding>) {
    let mut quarters = [None, None, None, None];
    let mut parts = Vec::new();
    let mut own = Tallies::default();
    let ours = all.iter().filter(|quarter| quarter.period.year() == terms.year);
    for (slot, quarter) in quarters.iter_mut().zip(ours) {
        let period = quarter.period.last();
        let Some(line) = row.lines.get(&period) else { continue };
        let pending = is_pending(line, quarter);
        parts.push(YearQuarter { period, line, pending });
        own.merge(&line.tallies);
        let of_unit = qualities.get(&period).and_then(|units| units.get(&line.unit.code));
        *slot = Some(unit_quarter(line, quarter, of_unit.copied().unwrap_or_default()));
    }
    let reports = parts.iter().filter(|part| part.line.submission.has_figures()).count();
    let silent =
        |part: &YearQuarter<'_>| part.line.submission == SubmissionState::Missing && !part.pending;
    // A quarter without figures beside one that has some is a hole, not a zero.
    if reports > 0 && parts.iter().any(silent) {
        let all = Measure::ALL.into_iter().filter(|measure| *measure != Measure::Required);
        all.for_each(|measure| own.mark(measure));
    }
    let mut account = YearAccount::of(&parts, terms.profile, terms.criteria.year_by.value);
    let case = YearCase { unit: row.unit, year: terms.year, quarters: &parts, account };
    let finding = ct05_year::check(&case).and_then(|finding| graded(finding, terms.profile));
    let finding = finding.map(|finding| explained(finding, all, &mut account));
    let unit = UnitYear {
        unit: row.unit.clone(),
        punctuality: punctuality(quarters.iter().flatten()),
        quarters,
        account,
        own,
        shown: own,
        reports,
        carried: false,
        ended: !row.lasts,
        heir: None,
        origins: Vec::new(),
        trend: None,
    };
    (unit, finding)
}

/// Nothing came, and nothing was due by the as-of day.
pub(super) fn is_pending(line: &UnitLine, quarter: &Summary) -> bool {
    line.submission == SubmissionState::Missing && quarter.as_of < quarter.deadline
}

fn unit_quarter(line: &UnitLine, quarter: &Summary, quality: Quality) -> UnitQuarter {
    UnitQuarter {
        period: quarter.period.last(),
        code: line.unit.code,
        state: line.submission,
        timing: timing(line, quarter),
        verdict: line.verdict,
        submitted: line.submitted,
        reason: line.reason.clone(),
        file: line.file.clone(),
        tallies: line.tallies,
        quality,
    }
}

fn timing(line: &UnitLine, quarter: &Summary) -> Timing {
    match line.submission {
        SubmissionState::OnTime => Timing::OnTime,
        SubmissionState::Late => Timing::Late,
        SubmissionState::Undated => Timing::Undated,
        SubmissionState::Unreadable => Timing::Unreadable,
        SubmissionState::NotOwed => Timing::NotOwed,
        SubmissionState::Missing if is_pending(line, quarter) => Timing::Pending,
        SubmissionState::Missing => Timing::Missing,
        // "Nothing took place" is a report like any other and may be late.
        SubmissionState::NothingToReport => match line.submitted {
            None => Timing::Undated,
            Some(day) if day > quarter.deadline => Timing::Late,
            Some(_) => Timing::OnTime,
        },
    }
}

fn punctuality<'a>(quarters: impl Iterator<Item = &'a UnitQuarter>) -> Punctuality {
    let mut record = Punctuality::default();
    for quarter in quarters {
        let count = match quarter.timing {
            Timing::OnTime => &mut record.on_time,
            Timing::Late => &mut record.late,
            Timing::Undated => &mut record.undated,
            Timing::Unreadable => &mut record.unreadable,
            Timing::Missing => &mut record.missing,
            Timing::Pending | Timing::NotOwed => continue,
        };
        *count += 1;
        record.owed += 1;
    }
    record
}

/// The faults of each unit in one quarter; a fault of a file that names no unit is the file's unit's.
fn qualities(quarter: &Summary) -> BTreeMap<UnitCode, Quality> {
    let files = quarter.files.iter().filter_map(|file| Some((&file.path, file.unit?)));
    let of_file: BTreeMap<_, UnitCode> = files.collect();
    let mut found: BTreeMap<UnitCode, Quality> = BTreeMap::new();
    for finding in &quarter.findings {
        let file = || of_file.get(finding.place.file.as_ref()?).copied();
        let Some(unit) = finding.unit.or_else(file) else { continue };
        let quality = found.entry(unit).or_default();
        match finding.severity {
            Severity::Error => {
                quality.errors += 1;
                quality.excused += u64::from(!finding.is_held_against());
            }
            Severity::Warning => quality.warnings += 1,
            Severity::Info => {}
        }
    }
    found
}

/// The profile's word on the severity; none where the rule is switched off.
fn graded(mut finding: Finding, profile: &Profile) -> Option<Finding> {
    let severity = profile.severity(finding.rule)?;
    if severity != finding.rule.severity {
        finding.severity = severity;
    }
    Some(finding)
}

/// The office may accept an explanation of the year itself, which makes it short with a reason.
fn explained(mut finding: Finding, all: &[Summary], account: &mut YearAccount) -> Finding {
    let rows = all.iter().flat_map(|quarter| &quarter.explanations);
    let mut ours = rows.filter(|one| {
        let row = &one.explanation;
        let same = row.code.as_str().eq_ignore_ascii_case(CT05.code)
            || row.code.as_str().eq_ignore_ascii_case(CT05.slug);
        same && Some(row.unit) == finding.unit && one.fate != Fate::Expired && row.names(&finding)
    });
    if let Some(last) = ours.next_back() {
        if last.explanation.decision == Decision::Accepted && account.verdict == Verdict::Short {
            account.verdict = Verdict::ShortWithReason;
        }
        finding.explanation = Some(Arc::clone(&last.explanation));
    }
    finding
}

/// Says who became part of whom, and at whom figures are shown.
fn lay_out(units: &mut [UnitYear], rows: &[Row<'_>], shown: &[usize], geography: Geography) {
    let shown: Vec<&Row<'_>> = shown.iter().filter_map(|row| rows.get(*row)).collect();
    let places: BTreeMap<lineage::Key, usize> =
        shown.iter().enumerate().map(|(at, row)| (row.key, at)).collect();
    for (at, row) in shown.into_iter().enumerate() {
        // Without a rule for parting them, the figures of a unit with several heirs stay its own.
        let heir = row.heir().and_then(|heir| places.get(&heir).copied());
        let Some(heir) = heir else { continue };
        let Some(unit) = units.get_mut(at) else { continue };
        unit.heir = Some(heir);
        unit.carried = geography == Geography::Now;
        let (own, reports, carried) = (unit.own, unit.reports, unit.carried);
        let Some(heir) = units.get_mut(heir) else { continue };
        heir.origins.push(at);
        if carried {
            heir.shown.merge(&own);
            heir.reports += reports;
        }
    }
}

/// Every figure once: at the unit that the chosen map shows it at.
fn totals(units: &[UnitYear]) -> BTreeMap<Level, Tallies> {
    let mut totals: BTreeMap<Level, Tallies> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.carried) {
        totals.entry(unit.unit.level).or_default().merge(&unit.shown);
    }
    totals
}

/// Explanations that the office accepted and that excuse something, each once.
fn accepted(quarters: &[Summary], findings: &[Finding]) -> Vec<Accepted> {
    let mut all: BTreeMap<(String, usize), Accepted> = BTreeMap::new();
    let mut add = |explanation: &Arc<Explanation>, period: Option<Period>, findings: usize| {
        if explanation.decision != Decision::Accepted {
            return;
        }
        let key = (explanation.file.as_str().to_owned(), explanation.line);
        let one = all.entry(key).or_insert_with(|| Accepted {
            explanation: Arc::clone(explanation),
            quarters: Vec::new(),
            findings: 0,
        });
        one.quarters.extend(period);
        one.findings += findings;
    };
    for quarter in quarters {
        for one in quarter.explanations.iter().filter(|one| one.fate == Fate::Applied) {
            add(&one.explanation, Some(quarter.period.last()), one.findings);
        }
    }
    for finding in findings {
        finding.explanation.iter().for_each(|explanation| add(explanation, None, 1));
    }
    all.into_values().collect()
}
