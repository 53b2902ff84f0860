//! The straight line: discover → open → recognise → normalise → check → aggregate.

use crate::aggregate::{Summary, aggregate};
use crate::calendar::Calendar;
use crate::check::{Content, Frame, ReadFile, check};
use crate::discover::{DiscoverError, FoundFile, Inventory, Receipts, discover, why_set_aside};
use crate::model::submission::FilePath;
use crate::model::{Finding, Level, Period, Place, Unit, UnitCode};
use crate::normalise::{Codes, Rejection, Terms, normalise};
use crate::open::{Archive, Limits, open};
use crate::profile::Profile;
use crate::recognise::{Forms, recognise};
use crate::register::Register;
use crate::rules::tep::{TEP01, TEP04, TEP09};
use crate::system::why;
use chrono::NaiveDate;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Read;
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
    let files = read_all(job, inventory, progress);
    let period = match job.period {
        Some(period) => period,
        None => only_period(&files)?,
    };
    let scope = scope_of(job, &files, period)?;
    let as_of = job.as_of.unwrap_or_else(|| job.profile.deadline(period));
    let Job { register, profile, calendar, .. } = job;
    let frame = Frame { period, as_of, scope, register, profile, calendar };
    let checked = check(files, frame);
    Ok(aggregate(checked, frame, job.codes.subject.names().to_vec()))
}

fn read_all(
    job: &Job,
    inventory: Inventory,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<ReadFile> {
    let Inventory { files, set_aside, findings, receipts } = inventory;
    let all = files.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let mut read: Vec<ReadFile> = files
        .par_iter()
        .flat_map_iter(|file| {
            let read = read_found(file, job, &receipts);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, all);
            read
        })
        .collect();
    let mut findings = findings;
    for file in set_aside {
        let (own, other) = findings
            .into_iter()
            .partition(|finding: &Finding| finding.place.file.as_ref() == Some(&file.path));
        findings = other;
        read.push(set_aside_file(file.path, own));
    }
    // What is left concerns folders, which are no files of the list.
    let folders: BTreeSet<FilePath> =
        findings.iter().filter_map(|finding| finding.place.file.clone()).collect();
    for folder in folders {
        let own = findings.iter().filter(|f| f.place.file.as_ref() == Some(&folder)).cloned();
        read.push(set_aside_file(folder.clone(), own.collect()));
    }
    read.sort_by(|a, b| a.path.cmp(&b.path));
    read
}

fn set_aside_file(path: FilePath, findings: Vec<Finding>) -> ReadFile {
    ReadFile {
        path,
        sha256: None,
        size: 0,
        received: None,
        form: None,
        content: Content::SetAside,
        findings,
    }
}

/// What one file of the input holds: itself, and the files in it when it is an archive.
fn read_found(file: &FoundFile, job: &Job, receipts: &Receipts) -> Vec<ReadFile> {
    let received = receipts.of(&file.path);
    let bytes = match bytes_of(file, &job.limits) {
        Ok(bytes) => bytes,
        Err(finding) => {
            let mut read = unread(&file.path, received);
            read.findings.push(*finding);
            return vec![read];
        }
    };
    let Some(mut archive) = Archive::open(&file.path, &bytes, &job.limits) else {
        return vec![read_file(&file.path, &bytes, received, job)];
    };
    let mut own = unread(&file.path, received);
    own.content = Content::SetAside;
    identify(&mut own, &bytes);
    let mut all = vec![own];
    for finding in archive.take_findings() {
        let path = finding.place.file.clone().unwrap_or_else(|| file.path.clone());
        all.push(ReadFile { findings: vec![finding], ..unread(&path, received) });
    }
    for member in archive.members().to_vec() {
        if let Some(why) = why_set_aside(member.path.file_name()) {
            let place = Place::file(member.path.clone());
            let findings = why.map(|why| Finding::new(&TEP09, place, why)).into_iter().collect();
            all.push(set_aside_file(member.path, findings));
            continue;
        }
        let received = receipts.of(&member.path).or(received);
        all.push(match archive.read(&member) {
            Ok(bytes) => read_file(&member.path, &bytes, received, job),
            Err(finding) => {
                let mut read = unread(&member.path, received);
                read.findings.push(*finding);
                reject_by_name(&mut read, job);
                read
            }
        });
    }
    all
}

fn unread(path: &FilePath, received: Option<NaiveDate>) -> ReadFile {
    ReadFile {
        path: path.clone(),
        sha256: None,
        size: 0,
        received,
        form: None,
        content: Content::Rejected(Rejection::default()),
        findings: Vec::new(),
    }
}

fn identify(read: &mut ReadFile, bytes: &[u8]) {
    read.size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    read.sha256 = Some(hex(&Sha256::digest(bytes)));
}

/// One file from its bytes to its typed rows. Whatever is wrong with it stays with it.
fn read_file(path: &FilePath, bytes: &[u8], received: Option<NaiveDate>, job: &Job) -> ReadFile {
    let mut read = unread(path, received);
    identify(&mut read, bytes);
    let opened = open(path, bytes, &job.limits);
    read.findings = opened.findings;
    let Some(workbook) = opened.workbook else {
        reject_by_name(&mut read, job);
        return read;
    };
    let recognised = recognise(path, &workbook, &job.forms);
    let terms =
        Terms { forms: &job.forms, codes: &job.codes, register: &job.register, asked: job.period };
    let normalised = normalise(path, &workbook, recognised, terms);
    read.form = normalised.form;
    read.findings.extend(normalised.findings);
    read.content = match normalised.outcome {
        Ok(submission) => Content::Submission(Box::new(submission)),
        Err(rejection) => Content::Rejected(rejection),
    };
    name_owner(&mut read);
    read
}

/// What was noticed before the unit was known is that unit's too.
fn name_owner(read: &mut ReadFile) {
    let unit = read.unit();
    read.findings.iter_mut().for_each(|finding| finding.unit = finding.unit.or(unit));
}

fn bytes_of(file: &FoundFile, limits: &Limits) -> Result<Vec<u8>, Box<Finding>> {
    let place = || Place::file(file.path.clone());
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(&file.disk);
    let read = opened.and_then(|disk| {
        let size = disk.metadata().map_or(0, |about| about.len()).min(limits.file_bytes);
        bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
        disk.take(limits.file_bytes + 1).read_to_end(&mut bytes)
    });
    match read {
        Err(error) => {
            let message = format!("Không đọc được tệp: {}.", why(&error));
            Err(Box::new(Finding::new(&TEP01, place(), message)))
        }
        Ok(size) if u64::try_from(size).is_ok_and(|size| size > limits.file_bytes) => {
            let message = format!(
                "Tệp lớn hơn giới hạn {} MB; không đọc.",
                limits.file_bytes / (1024 * 1024)
            );
            Err(Box::new(Finding::new(&TEP04, place(), message)))
        }
        Ok(_) => Ok(bytes),
    }
}

/// Books a file that cannot be opened under the unit that its name tells.
fn reject_by_name(read: &mut ReadFile, job: &Job) {
    read.content = Content::Rejected(rejected_by_name(&read.path, job));
    name_owner(read);
}

/// A file that cannot be opened still has its name: the unit it names sent something unreadable.
fn rejected_by_name(path: &FilePath, job: &Job) -> Rejection {
    let period = crate::notation::period::from_text(path.file_name());
    let could_be = period.or(job.period).and_then(|period| {
        crate::normalise::mentions::unit_in_name(path.file_name(), &job.register, period.last_day())
    });
    Rejection { could_be: could_be.into_iter().collect(), period }
}

fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| DIGITS.get(usize::from(value)).map_or('0', |byte| char::from(*byte));
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn only_period(files: &[ReadFile]) -> Result<Period, RunError> {
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

fn scope_of<'a>(job: &'a Job, files: &[ReadFile], period: Period) -> Result<&'a Unit, RunError> {
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
