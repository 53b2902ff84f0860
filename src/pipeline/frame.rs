//! What the files agree on: the quarter and the province of the report.

use super::{Job, RunError};
use crate::check::{Content, ReadFile};
use crate::model::{Level, Period, Unit, UnitCode};
use std::collections::BTreeSet;

/// The one quarter that all files state.
pub(super) fn only_period(files: &[ReadFile]) -> Result<Period, RunError> {
    let periods: BTreeSet<Period> = files.iter().filter_map(ReadFile::period).collect();
    let mut periods = periods.into_iter();
    match (periods.next(), periods.next()) {
        (None, _) => Err(RunError::NoPeriod),
        (Some(only), None) => Ok(only),
        (Some(one), Some(other)) => {
            Err(RunError::SeveralPeriods([one, other].into_iter().chain(periods).collect()))
        }
    }
}

/// The unit that the report is about: the one asked for, or the one province of the files.
pub(super) fn scope<'a>(
    job: &'a Job,
    files: &[ReadFile],
    period: Period,
) -> Result<&'a Unit, RunError> {
    let day = period.last_day();
    if let Some(code) = job.scope {
        let unit = job.register.get(code, day);
        let unit = unit.ok_or_else(|| RunError::UnknownScope(code, period.label()))?;
        if unit.level == Level::Commune {
            return Err(RunError::ScopeIsCommune(unit.full_name()));
        }
        return Ok(unit);
    }
    let units = files.iter().filter_map(|file| match &file.content {
        Content::Submission(submission) if submission.period == period => Some(submission.unit),
        _ => None,
    });
    let codes: BTreeSet<UnitCode> = units
        .filter_map(|unit| job.register.province_of(unit, day))
        .map(|province| province.code)
        .collect();
    let mut provinces = codes.iter().filter_map(|code| job.register.get(*code, day));
    match (provinces.next(), provinces.next()) {
        (None, _) => Err(RunError::NoScope),
        (Some(only), None) => Ok(only),
        (Some(one), Some(other)) => {
            let names = [one, other].into_iter().chain(provinces);
            let names = names.map(|unit| format!("{} ({})", unit.full_name(), unit.code)).collect();
            Err(RunError::SeveralProvinces(names, one.code))
        }
    }
}
