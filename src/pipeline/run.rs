//! One run from a job to the summary, stage after stage.

use super::quarters::{Files, share_out};
use super::{frame, read};
use crate::aggregate::{Summary, aggregate, comparison, over_span};
use crate::calendar::Calendar;
use crate::check::{Earlier, Frame, check};
use crate::discover::{DiscoverError, discover};
use crate::model::explanation::Explanation;
use crate::model::{Geography, Period, Span, UnitCode};
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
    /// Folders with earlier quarters, to compare with; what their files say tells which.
    pub history: Vec<PathBuf>,
    /// The folder for the outputs, left out of the input.
    pub outputs: Option<PathBuf>,
    /// What the report is about, when the user named it.
    pub period: Option<Span>,
    /// By which units a period longer than a quarter is shown.
    pub geography: Geography,
    /// "Today", when the user named it.
    pub as_of: Option<NaiveDate>,
    /// The unit whose area is asked for, when the user named one.
    pub scope: Option<UnitCode>,
    /// The register of units.
    pub register: Register,
    /// The numbers of the regulation; where several profiles were named, the first.
    pub profile: Profile,
    /// All profiles, when several were named: each quarter takes the one in force on its last day.
    pub profiles: Vec<Profile>,
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
    /// The files state several quarters, each so many times.
    #[error("Các tệp thuộc nhiều kỳ khác nhau: {}. Hãy ghi rõ kỳ cần tổng hợp, ví dụ --period {}{}.", listed(.0), .0.last().map(|(period, _)| period.to_string()).unwrap_or_default(), longer(.0))]
    SeveralPeriods(Vec<(Period, usize)>),
    /// No file tells the province.
    #[error(
        "Không có tệp nào cho biết đơn vị thuộc tỉnh nào. Hãy ghi rõ phạm vi, ví dụ --scope 10."
    )]
    NoScope,
    /// The files belong to several provinces.
    #[error("Các tệp thuộc nhiều tỉnh: {}. Hãy ghi rõ phạm vi cần tổng hợp, ví dụ --scope {}.", provinces(.0), .0.first().map(|(code, _)| code.to_string()).unwrap_or_default())]
    SeveralProvinces(Vec<(UnitCode, String)>),
    /// The scope is no unit of the quarter.
    #[error("Không có đơn vị nào mang mã {0} trong {1}. Hãy xem lại mã ở --scope.")]
    UnknownScope(UnitCode, String),
    /// Of several profiles none or more than one is in force.
    #[error(
        "Ngày {} ({}) {}. Mỗi quý phải có đúng một hồ sơ quy tắc có hiệu lực; hãy sửa effective_from, effective_to hoặc các --profile.",
        .0.last_day().format("%d/%m/%Y"), .0.label(),
        if .1.is_empty() { "không có hồ sơ nào có hiệu lực".to_owned() } else { format!("có nhiều hồ sơ cùng có hiệu lực: {}", .1.join(", ")) }
    )]
    Profiles(Period, Vec<String>),
    /// The scope is a commune.
    #[error("{0} là đơn vị cấp xã; --scope nhận mã tỉnh hoặc mã huyện.")]
    ScopeIsCommune(String),
}

fn listed(periods: &[(Period, usize)]) -> String {
    periods.iter().map(|(period, _)| period.label()).collect::<Vec<_>>().join(", ")
}

fn provinces(units: &[(UnitCode, String)]) -> String {
    let named = units.iter().map(|(code, name)| format!("{name} ({code})"));
    named.collect::<Vec<_>>().join(", ")
}

/// The shortest longer span with all those quarters, as one would type it.
fn longer(periods: &[(Period, usize)]) -> String {
    let (Some((first, _)), Some((last, _))) = (periods.first(), periods.last()) else {
        return String::new();
    };
    let year = last.year();
    let spans = [
        Span::HalfYear { year, second: false },
        Span::HalfYear { year, second: true },
        Span::NineMonths { year },
        Span::Year { year },
        Span::Years { first: first.year(), last: year },
    ];
    let all = |span: &Span| periods.iter().all(|(period, _)| span.contains(*period));
    let found = spans.into_iter().find(all);
    found
        .map(|span| format!(" (một quý) hoặc --period {span} ({})", span.label()))
        .unwrap_or_default()
}

/// The quarters of a run, each with all that is known of it.
#[derive(Debug)]
pub struct Series {
    /// What the report is about.
    pub span: Span,
    /// Oldest first: those of the span, and earlier ones where the history has them.
    pub quarters: Vec<Summary>,
}

/// The profile of a quarter: the only one that there is, or the one in force on its last day.
fn profile_of(job: &Job, period: Period) -> Result<&Profile, RunError> {
    if job.profiles.len() < 2 {
        return Ok(&job.profile);
    }
    let day = period.last_day();
    let in_force = |one: &&Profile| {
        one.effective_from <= day && one.effective_to.is_none_or(|last| day <= last)
    };
    let found: Vec<&Profile> = job.profiles.iter().filter(in_force).collect();
    match found.as_slice() {
        [only] => Ok(only),
        several => {
            let ids = several.iter().map(|profile| profile.id.clone()).collect();
            Err(RunError::Profiles(period, ids))
        }
    }
}

/// Runs the whole line up to the summary; `progress` is told how many of how many files are read.
pub fn run(job: &Job, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Summary, RunError> {
    let Series { span, quarters } = series(job, progress)?;
    let compared = (!job.history.is_empty()).then(|| comparison(span, &quarters, &job.register));
    let own = quarters.into_iter().filter(|quarter| span.contains(quarter.period.last())).collect();
    let report = over_span(span, own, &job.register, job.geography);
    let mut report = report.ok_or(RunError::NoPeriod)?;
    report.comparison = compared.unwrap_or_default();
    Ok(report)
}

/// Checks and sums up every quarter that the files are about.
pub fn series(job: &Job, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Series, RunError> {
    let (files, lists) = read_all(job, progress)?;
    let span = match job.period {
        Some(span) => span,
        None => frame::only_period(&files.own)?.into(),
    };
    let scope = frame::scope(job, &files.own, span)?;
    let last = profile_of(job, span.last())?;
    let as_of = job.as_of.unwrap_or_else(|| last.deadline(span.last()));
    let Job { register, calendar, .. } = job;
    let mut quarters: Vec<Summary> = Vec::new();
    let mut known: Vec<Earlier> = Vec::new();
    for (period, files) in share_out(files, span) {
        let before = quarters.last().filter(|past| period.previous() == past.period.as_quarter());
        let (backlog, keeps_closed) = (before.map(|past| &past.backlog), period != span.last());
        let area = frame::area(register, scope, period);
        let profile = profile_of(job, period)?;
        let (area, explanations) = (area.as_slice(), lists.of(span.contains(period)));
        let frame = Frame {
            period,
            as_of,
            scope,
            area,
            register,
            profile,
            calendar,
            explanations,
            earlier: &known,
            backlog,
            keeps_closed,
        };
        let checked = check(files, frame);
        let next = Earlier::of(period, &checked.units);
        let summary = aggregate(checked, frame, job.codes.subject.names().to_vec());
        quarters.push(summary);
        // Blank forms carry over what was open in the quarter before; of what lies further back, accounts
        // are enough.
        if let [.., past, _, _] = quarters.as_mut_slice() {
            past.backlog.keep_accounts();
        }
        known.push(next);
    }
    Ok(Series { span, quarters })
}

/// The office's explanations, those of the history apart.
struct Lists {
    own: Vec<Explanation>,
    history: Vec<Explanation>,
}

impl Lists {
    fn of(&self, is_ours: bool) -> &[Explanation] {
        if is_ours { &self.own } else { &self.history }
    }
}

fn read_all(
    job: &Job,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Files, Lists), RunError> {
    let found = discover(&job.folders, &job.history, job.outputs.as_deref())?;
    let (mut own, mut history) = found;
    let lists = Lists {
        own: std::mem::take(&mut own.explanations),
        history: std::mem::take(&mut history.explanations),
    };
    let files = own.files.len() + history.files.len();
    let before = own.files.len();
    let own = read::all(job, own, &|done, _| progress(done, files));
    let history = read::all(job, history, &|done, _| progress(before + done, files));
    Ok((Files { own, history }, lists))
}
