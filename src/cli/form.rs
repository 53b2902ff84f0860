//! `qc17 form`: the blank forms of a quarter, with what the last quarter left open.

use super::args::{FormArgs, Format, Input, Lands};
use super::interrupt::{self, INTERRUPTED};
use super::office::Own;
use super::progress::Progress;
use super::{CLEAN, Done, Failure, job, print};
use qc17::aggregate::{HandedOn, Summary, hand_on, target};
use qc17::model::count::grouped;
use qc17::model::{FileStatus, Form, Level, Period, Span, Unit, UnitCode};
use qc17::pipeline::Job;
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
    let area = area(&job, wanted, &before)?;
    let units = units(&job, wanted, area)?;
    let day = wanted.period.last_day();
    let handed = hand_on(&before.submissions, &job.register, day);
    let files = draw(&job, (wanted, area), &units, (&handed, &own))?;
    spare(&wanted.out, &files, wanted.backup)?;
    let (written, interrupted) =
        interrupt::while_writing(|| write::write_all(&wanted.out, &files, wanted.backup));
    written?;
    if interrupted {
        return Ok(INTERRUPTED);
    }
    print(&told(&job, wanted, &units, (&before, &handed)))?;
    Ok(CLEAN)
}

/// What is read is the quarter before.
fn input(wanted: &FormArgs) -> Input {
    Input {
        folders: wanted.folders.clone(),
        period: wanted.period.previous().map(Span::from),
        history: Vec::new(),
        geography: Lands::Then,
        as_of: None,
        profile: wanted.profile.clone(),
        units: wanted.units.clone(),
        scope: None,
        format: Format::Human,
    }
}

/// What is known of the quarter before.
#[derive(Default)]
struct Before {
    /// The province that the submissions belong to, as it was then.
    provinces: Vec<Unit>,
    submissions: Vec<qc17::model::Submission>,
    /// Files that could not be used, with the units they could be.
    rejected: BTreeSet<String>,
}

/// Reads the submissions of the last quarter, where they are given: each province that the forms are
/// about once, for two of them may have become one since.
fn last_quarter(job: &mut Job, wanted: &FormArgs) -> Result<Before, Failure> {
    let mut before = Before::default();
    if wanted.folders.is_empty() {
        return Ok(before);
    }
    let Some(period) = job.period.and_then(Span::as_quarter) else { return Ok(before) };
    let scopes = scopes(job, wanted, period)?;
    let mut first = true;
    for scope in scopes {
        job.scope = scope;
        let progress = Progress::new();
        let summary = qc17::pipeline::run(job, &|done, all| progress.at(done, all));
        progress.done();
        before.add(summary?, std::mem::take(&mut first));
    }
    if before.submissions.is_empty() {
        return Err(Failure::NothingBefore(period.label(), wanted.period.label()));
    }
    Ok(before)
}

impl Before {
    fn add(&mut self, summary: Summary, first: bool) {
        let rejected = summary.files.iter().filter(|file| file.status == FileStatus::Rejected);
        let rejected: BTreeSet<String> = rejected.map(|file| file.path.to_string()).collect();
        if first {
            self.rejected = rejected;
        } else {
            self.rejected.retain(|path| rejected.contains(path));
        }
        self.provinces.push(summary.scope);
        self.submissions.extend(summary.submissions);
    }
}

/// The provinces of the last quarter out of which the units of the new one can have come; none named
/// where the files are to say it.
fn scopes(job: &Job, wanted: &FormArgs, before: Period) -> Result<Vec<Option<UnitCode>>, Failure> {
    let register = &job.register;
    let (then, now) = (before.last_day(), wanted.period.last_day());
    let asked = match (wanted.scope, &wanted.unit) {
        (Some(code), _) => Some(scope(job, code, wanted.period)?),
        (None, Some(name)) => {
            let all: Vec<&Unit> = register.in_force(now).collect();
            Some(target::one_of(&all, name, ("danh mục".to_owned(), wanted.period.label()))?)
        }
        (None, None) => None,
    };
    let Some(asked) = asked else { return Ok(vec![None]) };
    let Some(province) = register.province_of(asked.code, now) else { return Ok(vec![None]) };
    if province.in_force_on(then) {
        return Ok(vec![Some(province.code)]);
    }
    let origins: Vec<_> =
        register.origins(province, then).iter().map(|origin| Some(origin.code)).collect();
    Ok(if origins.is_empty() { vec![None] } else { origins })
}

/// The unit that was named as the scope.
fn scope(job: &Job, code: UnitCode, period: Period) -> Result<&Unit, Failure> {
    use qc17::pipeline::RunError::{ScopeIsCommune, UnknownScope};
    let unit = job.register.get(code, period.last_day());
    let unit = unit.ok_or_else(|| UnknownScope(code, period.label()))?;
    if unit.level == Level::Commune {
        return Err(ScopeIsCommune(unit.full_name()).into());
    }
    Ok(unit)
}

/// The unit whose area the forms are for: the one named, or the province that the submissions belong
/// to; none for all that the register knows.
fn area<'a>(job: &'a Job, wanted: &FormArgs, before: &Before) -> Result<Option<&'a Unit>, Failure> {
    if let Some(code) = wanted.scope {
        return Ok(Some(scope(job, code, wanted.period)?));
    }
    let day = wanted.period.last_day();
    let [then] = before.provinces.as_slice() else { return Ok(None) };
    if then.in_force_on(day) {
        return Ok(job.register.get(then.code, day));
    }
    Ok(match job.register.heirs(then, day).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The units that get a form, by code.
fn units<'a>(
    job: &'a Job,
    wanted: &FormArgs,
    area: Option<&Unit>,
) -> Result<Vec<&'a Unit>, Failure> {
    let (register, day) = (&job.register, wanted.period.last_day());
    let inside = |unit: &&Unit| area.is_none_or(|area| register.is_within(unit, area.code, day));
    let all = register.in_force(day).filter(inside);
    if let Some(name) = &wanted.unit {
        let within = area.map_or_else(|| "danh mục".to_owned(), Unit::full_name);
        let all: Vec<&Unit> = all.collect();
        return Ok(vec![target::one_of(&all, name, (within, wanted.period.label()))?]);
    }
    let all: Vec<&Unit> = all.collect();
    if all.is_empty() {
        return Err(Failure::NoUnits(wanted.period.label()));
    }
    Ok(all)
}

/// Draws all forms, several at once.
fn draw(
    job: &Job,
    (wanted, area): (&FormArgs, Option<&Unit>),
    units: &[&Unit],
    (handed, own): (&HandedOn, &Own),
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
            let open = handed.by_unit.get(&unit.code).map_or(&[][..], Vec::as_slice);
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
        // What cannot be read cannot be told to be the same.
        there.exists() && std::fs::read(&there).map_or(true, |old| old != *bytes)
    };
    let mut there = files.iter().filter(differs);
    match there.next() {
        Some((name, _)) => Err(Failure::WouldReplace(folder.join(name), there.count())),
        None => Ok(()),
    }
}

/// What was done.
fn told(
    job: &Job,
    wanted: &FormArgs,
    units: &[&Unit],
    (before, handed): (&Before, &HandedOn),
) -> String {
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
    if !wanted.folders.is_empty() {
        handed_on(&mut out, units, (before, handed));
    }
    out
}

/// What the last quarter left, and what of it found no unit.
fn handed_on(out: &mut String, units: &[&Unit], (before, handed): (&Before, &HandedOn)) {
    let of_units = units.iter().filter_map(|unit| handed.by_unit.get(&unit.code));
    let open: Vec<usize> = of_units.map(Vec::len).collect();
    let from = before.submissions.first().map(|one| one.period.label()).unwrap_or_default();
    writeln!(
        out,
        "Kiến nghị chưa giải quyết xong của {from} (kết quả K3, K4, K5 hoặc chưa rõ), đã ghi sẵn vào Biểu 3: {} kiến nghị của {} đơn vị, từ {} báo cáo.",
        grouped(open.iter().sum::<usize>() as u64),
        open.len(),
        before.submissions.len()
    )
    .ok();
    for orphan in &handed.orphans {
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
        let all: Vec<&str> = before.rejected.iter().map(String::as_str).collect();
        let text = format!(
            "Không dùng được {} tệp, kiến nghị trong đó không được chuyển: {}.",
            all.len(),
            all.join("; ")
        );
        writeln!(out, "{}", super::terminal::plain(&text)).ok();
    }
}
