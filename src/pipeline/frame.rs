//! What the files agree on: the quarter and the province of the report.

use super::{Job, RunError};
use crate::check::{Content, ReadFile};
use crate::model::{Level, Period, Span, Submission, Unit, UnitCode};
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The one quarter that all files state.
pub(super) fn only_period(files: &[ReadFile]) -> Result<Period, RunError> {
    let mut periods: BTreeMap<Period, usize> = BTreeMap::new();
    for period in files.iter().filter_map(ReadFile::period) {
        *periods.entry(period).or_default() += 1;
    }
    match (periods.len(), periods.first_key_value()) {
        (1, Some((only, _))) => Ok(*only),
        (_, None) => Err(RunError::NoPeriod),
        _ => Err(RunError::SeveralPeriods(periods.into_iter().collect())),
    }
}

/// The unit that the report is about: the one asked for, or the one province of the files, as it
/// stands on the last day of the span.
pub(super) fn scope<'a>(
    job: &'a Job,
    files: &[ReadFile],
    span: Span,
) -> Result<&'a Unit, RunError> {
    let day = span.last_day();
    if let Some(code) = job.scope {
        let unit = job.register.get(code, day);
        let unit = unit.ok_or_else(|| RunError::UnknownScope(code, span.label()))?;
        if unit.level == Level::Commune {
            return Err(RunError::ScopeIsCommune(unit.full_name()));
        }
        return Ok(unit);
    }
    let submissions = files.iter().filter_map(|file| match &file.content {
        Content::Submission(submission) if span.contains(submission.period) => Some(submission),
        _ => None,
    });
    let codes: BTreeSet<UnitCode> = submissions
        .flat_map(|submission| provinces(&job.register, submission, day))
        .map(|province| province.code)
        .collect();
    let mut provinces = codes.iter().filter_map(|code| job.register.get(*code, day));
    match (provinces.next(), provinces.next()) {
        (None, _) => Err(RunError::NoScope),
        (Some(only), None) => Ok(only),
        (Some(one), Some(other)) => {
            let names = [one, other].into_iter().chain(provinces);
            let named = names.map(|unit| (unit.code, unit.full_name())).collect();
            Err(RunError::SeveralProvinces(named))
        }
    }
}

/// The province of a submission, as it stands on that later day: itself, or what it has become.
fn provinces<'a>(register: &'a Register, submission: &Submission, day: NaiveDate) -> Vec<&'a Unit> {
    let then = register.province_of(submission.unit, submission.period.last_day());
    match then {
        Some(province) if province.in_force_on(day) => vec![province],
        Some(province) => register.heirs(province, day),
        None => Vec::new(),
    }
}

/// The units of a quarter that make up the scope: itself, or what it was made of later.
pub(super) fn area<'a>(register: &'a Register, scope: &'a Unit, period: Period) -> Vec<&'a Unit> {
    let day = period.last_day();
    if scope.in_force_on(day) { vec![scope] } else { register.origins(scope, day) }
}
