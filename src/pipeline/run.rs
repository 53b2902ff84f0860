//! One run from a job to the summary, stage after stage.

use super::{frame, read};
use crate::aggregate::{Summary, aggregate};
use crate::calendar::Calendar;
use crate::check::{Frame, check};
use crate::discover::{DiscoverError, discover};
use crate::model::{Period, UnitCode};
use crate::normalise::Codes;
use crate::open::Limits;
use crate::profile::Profile;
use crate::recognise::Forms;
use crate::register::Register;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Everything that one run is asked to do.
#[derive(Debug)]
pub struct Job {
    /// The input folders.
    pub folders: Vec<PathBuf>,
    /// The folder for the outputs, left out of the input.
    pub outputs: Option<PathBuf>,
    /// The quarter, when the user named one.
    pub period: Option<Period>,
    /// "Today", when the user named it.
    pub as_of: Option<NaiveDate>,
    /// The unit whose area is asked for, when the user named one.
    pub scope: Option<UnitCode>,
    /// The register of units.
    pub register: Register,
    /// The numbers of the regulation.
    pub profile: Profile,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The forms with the office's own column names.
    pub forms: Forms,
    /// The code lists.
    pub codes: Codes,
    /// The limits of safety.
    pub limits: Limits,
}

/// The run cannot give a report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The input cannot be listed.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// No file states a quarter.
    #[error(
        "Không có tệp nào cho biết kỳ báo cáo. Hãy ghi rõ kỳ cần tổng hợp, ví dụ --period 2021-Q1."
    )]
    NoPeriod,
    /// The files state several quarters.
    #[error("Các tệp thuộc nhiều kỳ khác nhau: {}. Hãy ghi rõ kỳ cần tổng hợp, ví dụ --period {}.", listed(.0), .0.last().map(ToString::to_string).unwrap_or_default())]
    SeveralPeriods(Vec<Period>),
    /// No file tells the province.
    #[error(
        "Không có tệp nào cho biết đơn vị thuộc tỉnh nào. Hãy ghi rõ phạm vi, ví dụ --scope 10."
    )]
    NoScope,
    /// The files belong to several provinces.
    #[error("Các tệp thuộc nhiều tỉnh: {}. Hãy ghi rõ phạm vi cần tổng hợp, ví dụ --scope {}.", .0.join(", "), .1)]
    SeveralProvinces(Vec<String>, UnitCode),
    /// The scope is no unit of the quarter.
    #[error("Không có đơn vị nào mang mã {0} trong {1}. Hãy xem lại mã ở --scope.")]
    UnknownScope(UnitCode, String),
    /// The scope is a commune.
    #[error("{0} là đơn vị cấp xã; --scope nhận mã tỉnh hoặc mã huyện.")]
    ScopeIsCommune(String),
}

fn listed(periods: &[Period]) -> String {
    periods.iter().map(|period| period.label()).collect::<Vec<_>>().join(", ")
}

/// Runs the whole line up to the summary; `progress` is told how many of how many files are read.
pub fn run(job: &Job, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Summary, RunError> {
    let inventory = discover(&job.folders, job.outputs.as_deref())?;
    let mut inventory = inventory;
    let explanations = std::mem::take(&mut inventory.explanations);
    let files = read::all(job, inventory, progress);
    let period = match job.period {
        Some(period) => period,
        None => frame::only_period(&files)?,
    };
    let scope = frame::scope(job, &files, period)?;
    let as_of = job.as_of.unwrap_or_else(|| job.profile.deadline(period));
    let Job { register, profile, calendar, .. } = job;
    let explanations = explanations.as_slice();
    let frame = Frame { period, as_of, scope, register, profile, calendar, explanations };
    let checked = check(files, frame);
    Ok(aggregate(checked, frame, job.codes.subject.names().to_vec()))
}
