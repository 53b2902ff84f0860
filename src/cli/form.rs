//! `qc17 form`: the blank forms of a quarter, with what the last quarter left open.

use super::args::{Format, Input, Lands};
use super::form_args::FormArgs;
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::{CLEAN, Done, Failure, job, print};
use qc17::aggregate::{HandedOn, hand_on, target};
use qc17::model::count::grouped;
use qc17::model::{FileStatus, Form, Level, Outcome, Period, Unit, UnitCode};
use qc17::pipeline::{Job, RunError, Series};
use qc17::render::form::{Blank, FormError, Setting, VERSION};
use qc17::render::write;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fmt::Write;
use std::path::Path;

type Files = Vec<(String, Vec<u8>)>;

/// Draws and writes the blank forms that were asked for.
pub(super) fn form(wanted: &FormArgs) -> Done {
    interrupt::listen();
    let own = Own::read(wanted.office.as_deref(), None)?;
    let mut job = job::job(&input(wanted), Some(wanted.out.clone()))?;
    let before = last_quarter(&mut job, wanted)?;
    let area = match (wanted.scope, &before) {
        (Some(code), _) => Some(scope(&job, code, wanted.period)?),
        (None, Some(before)) => job.register.get(before.province, wanted.period.last_day()),
        (None, None) => None,
    };
    let units = units(&job, wanted, area)?;
    let files = draw(&job, (wanted, area), &units, (before.as_ref(), &own))?;
    spare(&wanted.out, &files, wanted.backup)?;
    let written = interrupt::while_writing(|stop| {
        Ok(write::write_all(&wanted.out, &files, wanted.backup, stop)?)
    })?;
    if written.is_none() {
        return Ok(INTERRUPTED);
    }
    print(&told(&job, wanted, &units, before.as_ref()))?;
    Ok(CLEAN)
}

/// The run that reads earlier quarters: of the new one there is nothing yet.
fn input(wanted: &FormArgs) -> Input {
    Input {
        folders: Vec::new(),
        period: Some(wanted.period.into()),
        history: wanted.folders.clone(),
        geography: Lands::Then,
        limits: Vec::new(),
        as_of: None,
        profile: vec![wanted.profile.clone()],
        units: wanted.units.clone(),
        scope: None,
        format: Format::Human,
    }
}

/// What is known of the quarter before.
struct Before {
    /// The quarter.
    period: Period,
    /// The area that was read, by its code now.
    province: UnitCode,
    /// How many submissions were used.
    submissions: usize,
    handed: HandedOn,
    /// Files that could not be used.
    rejected: Vec<String>,
}

/// Reads the submissions of the last quarter, where they are given.
fn last_quarter(job: &mut Job, wanted: &FormArgs) -> Result<Option<Before>, Failure> {
    let Some(period) = wanted.period.previous().filter(|_| !job.history.is_empty()) else {
        return Ok(None);
    };
    let mut found = Vec::new();
    for code in areas(job, wanted)? {
        job.scope = Some(code);
        let progress = Progress::new();
        let read = qc17::pipeline::series(job, &|done, all| progress.at(done, all));
        progress.done();
        let Series { quarters, .. } = read?;
        let earlier = || quarters.iter().filter(|one| one.period != wanted.period.into());
        let files = earlier().flat_map(|one| &one.files);
        let rejected = files.filter(|file| file.status == FileStatus::Rejected);
        let rejected: Vec<String> = rejected.map(|file| file.path.to_string()).collect();
        let summary = earlier().find(|one| one.period == period.into());
        if let Some(summary) = summary.filter(|one| !one.submissions.is_empty()) {
            let handed = hand_on(summary, (period, wanted.period), &job.register);
            let submissions = summary.submissions.len();
            found.push(Before { period, province: code, submissions, handed, rejected });
        }
    }
    if found.len() > 1 {
        return Err(several(job, wanted.period, &found));
    }
    let nothing = || Failure::NothingBefore(period.label(), wanted.period.label());
    found.pop().map(Some).ok_or_else(nothing)
}

/// The areas to be read one after the other: the one asked for, or every province.
fn areas(job: &Job, wanted: &FormArgs) -> Result<Vec<UnitCode>, Failure> {
    let (register, day) = (&job.register, wanted.period.last_day());
    if let Some(code) = wanted.scope {
        return Ok(vec![scope(job, code, wanted.period)?.code]);
    }
    if let Some(name) = &wanted.unit {
        let all: Vec<&Unit> = register.in_force(day).collect();
        let unit = one_of(&all, (name, None), wanted.period)?;
        return Ok(register
            .province_of(unit.code, day)
            .map(|unit| unit.code)
            .into_iter()
            .collect());
    }
    let provinces = register.in_force(day).filter(|unit| unit.level == Level::Province);
    Ok(provinces.map(|unit| unit.code).collect())
}

/// Several provinces have submissions: nobody said which forms are wanted.
fn several(job: &Job, period: Period, found: &[Before]) -> Failure {
    let names = found.iter().filter_map(|one| {
        let unit = job.register.get(one.province, period.last_day())?;
        Some((unit.code, unit.full_name()))
    });
    RunError::SeveralProvinces(names.collect()).into()
}

/// The unit that was named as the scope.
fn scope(job: &Job, code: UnitCode, period: Period) -> Result<&Unit, Failure> {
    let unit = job.register.get(code, period.last_day());
    let unit = unit.ok_or_else(|| RunError::UnknownScope(code, period.label()))?;
    if unit.level == Level::Commune {
        return Err(RunError::ScopeIsCommune(unit.full_name()).into());
    }
    Ok(unit)
}

/// The units that get a form, by code.
fn units<'a>(
    job: &'a Job,
    wanted: &FormArgs,
    area: Option<&Unit>,
) -> Result<Vec<&'a Unit>, Failure> {
    let (register, day) = (&job.register, wanted.period.last_day());
    let inside = |unit: &&Unit| area.is_none_or(|area| register.is_within(unit, area.code, day));
    let all: Vec<&Unit> = register.in_force(day).filter(inside).collect();
    if let Some(name) = &wanted.unit {
        return Ok(vec![one_of(&all, (name, area), wanted.period)?]);
    }
    if all.is_empty() {
        return Err(Failure::NoUnits(wanted.period.label()));
    }
    Ok(all)
}

/// The one of these units that was named.
fn one_of<'a>(
    units: &[&'a Unit],
    (name, area): (&str, Option<&Unit>),
    period: Period,
) -> Result<&'a Unit, Failure> {
    let within = area.map_or_else(|| "danh mục".to_owned(), Unit::full_name);
    Ok(target::one_of(units, name, (within, period.label()))?)
}

/// Draws all forms, several at once.
fn draw(
    job: &Job,
    (wanted, area): (&FormArgs, Option<&Unit>),
    units: &[&Unit],
    (before, own): (Option<&Before>, &Own),
) -> Result<Files, Failure> {
    let period = wanted.period;
    let day = period.last_day();
    let mut receivers: BTreeMap<UnitCode, String> = BTreeMap::new();
    let of_unit = |unit: &Unit| area.or_else(|| job.register.province_of(unit.code, day));
    for receiver in units.iter().filter_map(|unit| of_unit(unit)) {
        if let Entry::Vacant(slot) = receivers.entry(receiver.code) {
            slot.insert(own.office_of(receiver, day)?.issuer_in_text);
        }
    }
    let setting = Setting {
        period,
        days: job.profile.span(period),
        deadline: job.profile.deadline(period),
        register: &job.register,
        forms: &job.forms,
        codes: &job.codes,
    };
    let blanks: Vec<Blank<'_>> = units
        .iter()
        .flat_map(|unit| {
            let receiver = of_unit(unit).and_then(|receiver| receivers.get(&receiver.code));
            let receiver = receiver.map_or("", String::as_str);
            let open = before.and_then(|before| before.handed.by_unit.get(&unit.code));
            let open = open.map_or(&[][..], Vec::as_slice);
            let blank = Blank { setting, unit, form: Form::Detail, receiver, open };
            let rollup = Blank { form: Form::RollUp, open: &[], ..blank };
            let district = unit.level == Level::District;
            std::iter::once(blank).chain(district.then_some(rollup))
        })
        .collect();
    let drawn: Result<Files, FormError> =
        blanks.par_iter().map(|blank| Ok((blank.file_name(), blank.draw()?))).collect();
    Ok(drawn?)
}

/// A form that was filled in already is not to be replaced by a blank one.
fn spare(folder: &Path, files: &Files, backup: bool) -> Result<(), Failure> {
    if backup {
        return Ok(());
    }
    let differs = |(name, bytes): &&(String, Vec<u8>)| {
        let there = folder.join(name);
        let Ok(about) = std::fs::metadata(&there) else { return false };
        // What cannot be read cannot be told to be the same; a pipe must not even be opened.
        !about.is_file() || std::fs::read(&there).map_or(true, |old| old != *bytes)
    };
    let mut there = files.iter().filter(differs);
    match there.next() {
        Some((name, _)) => Err(Failure::WouldReplace(folder.join(name), there.count())),
        None => Ok(()),
    }
}

/// What was done.
fn told(job: &Job, wanted: &FormArgs, units: &[&Unit], before: Option<&Before>) -> String {
    let mut out = String::new();
    let districts = units.iter().filter(|unit| unit.level == Level::District).count();
    let rollups = if districts > 0 { format!(", {districts} Biểu 02") } else { String::new() };
    writeln!(
        out,
        "Đã ghi biểu trắng {} vào thư mục {}: {} Biểu 01{rollups} (phiên bản mẫu {VERSION}).",
        wanted.period.label(),
        wanted.out.display(),
        units.len()
    )
    .ok();
    let of_level = |level: Level| units.iter().filter(|unit| unit.level == level).count();
    let levels = Level::ALL.map(|level| (of_level(level), level));
    let levels = levels.iter().filter(|(count, _)| *count > 0);
    let levels: Vec<_> = levels.map(|(n, level)| format!("{n} {}", level.label())).collect();
    let provinces: BTreeSet<UnitCode> = units
        .iter()
        .filter_map(|unit| job.register.province_of(unit.code, wanted.period.last_day()))
        .map(|province| province.code)
        .collect();
    writeln!(
        out,
        "Đơn vị: {}. Hạn nộp {}.",
        levels.join(", "),
        job.profile.deadline(wanted.period).format("%d/%m/%Y")
    )
    .ok();
    if let (Some(first), true) = (provinces.first(), provinces.len() > 1) {
        let all: Vec<String> = provinces.iter().map(ToString::to_string).collect();
        let all = all.join(", ");
        writeln!(
            out,
            "Gồm mọi tỉnh trong danh mục ({all}); chỉ lấy một tỉnh: thêm --scope {first}."
        )
        .ok();
    }
    if let Some(before) = before {
        handed_on(&mut out, units, before);
    }
    out
}

/// What the last quarter left, and what of it found no unit.
fn handed_on(out: &mut String, units: &[&Unit], before: &Before) {
    let of_units = || units.iter().filter_map(|unit| before.handed.by_unit.get(&unit.code));
    let open = || of_units().flatten();
    let up = open().filter(|one| one.outcome == Some(Outcome::K5)).count();
    let unknown = open().filter(|one| one.outcome.is_none()).count();
    let from = before.period.label();
    writeln!(
        out,
        "Đã ghi sẵn vào Biểu 3 {} kiến nghị của {} đơn vị, chưa giải quyết xong ở {from} (trong đó {up} đã chuyển cấp trên, {unknown} chưa rõ kết quả); đọc từ {} báo cáo.",
        grouped(open().count() as u64),
        of_units().count(),
        before.submissions
    )
    .ok();
    for orphan in &before.handed.orphans {
        let heirs: Vec<String> = orphan.heirs.iter().map(Unit::full_name).collect();
        let why = if heirs.is_empty() {
            "không có đơn vị kế tục".to_owned()
        } else {
            format!("có nhiều đơn vị kế tục ({})", heirs.join(", "))
        };
        writeln!(
            out,
            "Chưa chuyển được {} kiến nghị của {} ({}): {why}; cần giao cho đơn vị cụ thể.",
            orphan.petitions,
            orphan.unit.full_name(),
            orphan.unit.code
        )
        .ok();
    }
    if !before.rejected.is_empty() {
        let text = format!(
            "Không dùng được {} tệp, kiến nghị trong đó không được chuyển: {}.",
            before.rejected.len(),
            before.rejected.join("; ")
        );
        writeln!(out, "{}", super::terminal::plain(&text)).ok();
    }
}
