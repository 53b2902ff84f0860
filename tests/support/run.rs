//! Runs the whole line over an example: its unit's changed files, and clean ones of every other unit.

use super::clean;
use super::example::{Change, Example, FileChange, Setting, What};
use super::forms::Column;
use super::sheet::{Sheet, SheetColumn, SheetRow};
use super::value::Value;
use super::workbook;
use qc17::aggregate::review::{Geography, review};
use qc17::model::{Finding, Level, Period, Span, Unit, UnitCode};
use qc17::normalise::Codes;
use qc17::open::Limits;
use qc17::pipeline::{Job, run, series};
use qc17::profile::Profile;
use qc17::recognise::Forms;
use qc17::register::Register;
use std::path::Path;

/// What a run gave.
pub(crate) struct Outcome {
    /// All findings, in the official order.
    pub(crate) findings: Vec<Finding>,
    /// The path of the example's first file.
    pub(crate) main_file: String,
    json: serde_json::Value,
}

impl Outcome {
    /// The lines of the units in the machine-readable result.
    pub(crate) fn units(&self) -> impl Iterator<Item = &serde_json::Value> {
        self.json["units"].as_array().into_iter().flatten()
    }

    /// What could not be checked, in the machine-readable result.
    pub(crate) fn unchecked(&self) -> impl Iterator<Item = &serde_json::Value> {
        self.json["unchecked"].as_array().into_iter().flatten()
    }

    /// The lines of the files in the machine-readable result.
    pub(crate) fn files(&self) -> impl Iterator<Item = &serde_json::Value> {
        self.json["files"].as_array().into_iter().flatten()
    }
}

/// The units that the examples know: few, so that nobody else has to report.
const UNITS: [&str; 11] =
    ["10", "15", "080", "087", "132", "02638", "02641", "02647", "02977", "02989", "04255"];

fn register() -> Register {
    let rows = |text: &str, codes: usize| -> String {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        let known = |line: &&str| line.split(',').take(codes).all(|code| UNITS.contains(&code));
        std::iter::once(header).chain(lines.filter(known)).flat_map(|line| [line, "\n"]).collect()
    };
    let units = rows(include_str!("../../templates/units/units.csv"), 1);
    let changes = rows(include_str!("../../templates/units/successions.csv"), 2);
    Register::parse((&units, "units.csv"), (&changes, "successions.csv")).unwrap()
}

/// Runs an example.
pub(crate) fn outcome(example: &Example) -> Result<Outcome, String> {
    let setting = &example.setting;
    if let Some(year) = setting.year {
        return year_outcome(example, year);
    }
    let period = Period::parse(&setting.period).ok_or("kỳ sai")?;
    let register = register();
    let unit = unit_of(&register, &setting.unit, period)?;
    let scope = scope_of(setting, unit)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for other in register.in_force(period.last_day()) {
        let sends = other.code != unit.code && !setting.silent.contains(&other.code.to_string());
        if sends && register.is_within(other, scope, period.last_day()) {
            let sheets = clean::submission(&register, other, period, false);
            put(folder.path(), &usual_name(other, period), &book(&sheets)?)?;
        }
    }
    let main_file = send(example, folder.path(), &register, unit, period)?;
    let job = job(setting, folder.path(), period.into(), scope, register)?;
    let summary = run(&job, &|_, _| {}).map_err(|error| error.to_string())?;
    let json = serde_json::from_str(&qc17::render::json::json(&summary));
    Ok(Outcome {
        findings: summary.findings,
        main_file,
        json: json.map_err(|error| error.to_string())?,
    })
}

/// Runs an example of the yearly review: every unit sends a clean file each quarter but for the changes.
fn year_outcome(example: &Example, year: i32) -> Result<Outcome, String> {
    let setting = &example.setting;
    let register = register();
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let span = Span::Year { year };
    let unit = unit_of(&register, &setting.unit, span.last())?;
    let scope = scope_of(setting, unit)?;
    for period in span.quarters() {
        let day = period.last_day();
        let units = register.in_force(day).filter(|unit| register.is_within(unit, scope, day));
        for sender in units.filter(|unit| !setting.silent.contains(&unit.code.to_string())) {
            let ours = sender.code == unit.code;
            if ours && setting.silent_quarters.contains(&period.number()) {
                continue;
            }
            let changed = example.files.iter().find(|file| file.quarter == period.number());
            let mut file = changed.filter(|_| ours).cloned().unwrap_or_default();
            // What becomes of petitions from quarter to quarter is SL06's matter.
            for sheet in ["Biểu 2 - Kiến nghị", "Biểu 3 - Tồn đọng"] {
                file.changes.push(Change { sheet: sheet.to_owned(), what: What::Drop });
            }
            let bytes = bytes_of(&file, &register, sender, period)?;
            put(folder.path(), &usual_name(sender, period), &bytes)?;
        }
    }
    let main_file = usual_name(unit, span.quarters()[0]);
    let job = job(setting, folder.path(), span, scope, register)?;
    let series = series(&job, &|_, _| {}).map_err(|error| error.to_string())?;
    let reviewed = review(series.quarters, &job.register, year, Geography::Then);
    let reviewed = reviewed.map_err(|error| error.to_string())?;
    let json = serde_json::from_str(&qc17::render::json::review::review(&reviewed));
    Ok(Outcome {
        findings: reviewed.all_findings().map(|(_, finding)| finding.clone()).collect(),
        main_file,
        json: json.map_err(|error| error.to_string())?,
    })
}

fn job(
    setting: &Setting,
    folder: &Path,
    span: Span,
    scope: UnitCode,
    register: Register,
) -> Result<Job, String> {
    let profile = Profile::embedded(&setting.profile).map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.cells = setting.cells.unwrap_or(limits.cells);
    Ok(Job {
        folders: vec![folder.to_owned()],
        history: Vec::new(),
        geography: Geography::Now,
        profiles: Vec::new(),
        outputs: None,
        period: Some(span),
        as_of: setting.as_of,
        scope: Some(scope),
        register,
        forms: Forms::load(&profile.aliases).map_err(|error| error.to_string())?,
        codes: Codes::load().map_err(|error| error.to_string())?,
        profile,
        calendar: qc17::calendar::Calendar::embedded().map_err(|error| error.to_string())?,
        limits,
    })
}

fn unit_of<'a>(register: &'a Register, code: &str, period: Period) -> Result<&'a Unit, String> {
    let unit = UnitCode::parse(code).and_then(|code| register.get(code, period.last_day()));
    unit.ok_or_else(|| format!("không có đơn vị {code} trong {}", period.label()))
}

/// The scope asked for; else the unit's district or province, or the unit itself.
fn scope_of(setting: &Setting, unit: &Unit) -> Result<UnitCode, String> {
    match (&setting.scope, unit.parent) {
        (Some(code), _) => UnitCode::parse(code).ok_or_else(|| format!("phạm vi {code} sai")),
        (None, Some(parent)) if unit.level == Level::Commune => Ok(parent),
        (None, _) => Ok(unit.code),
    }
}

fn usual_name(unit: &Unit, period: Period) -> String {
    format!("BC_{}_{}_Q{}.xlsx", unit.code, period.year(), period.number())
}

fn book(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    workbook::bytes(sheets).map_err(|error| error.to_string())
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    let written = std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, bytes));
    written.map_err(|error| format!("{name}: {error}"))
}

/// Writes the files of the example's unit and the list of receipts; gives the first one's path.
fn send(
    example: &Example,
    folder: &Path,
    register: &Register,
    unit: &Unit,
    period: Period,
) -> Result<String, String> {
    let usual = usual_name(unit, period);
    let mut receipts = String::new();
    for (at, file) in example.files.iter().enumerate() {
        if at == 0 && example.setting.silent.contains(&example.setting.unit) {
            continue;
        }
        let name = file.name.as_deref().unwrap_or(&usual);
        put(folder, name, &bytes_of(file, register, unit, period)?)?;
        if let Some(day) = &file.received {
            receipts.extend([name, ",", day, "\n"]);
        }
    }
    if !receipts.is_empty() {
        put(folder, "nhan.csv", format!("Tệp,Ngày nhận\n{receipts}").as_bytes())?;
    }
    let first = example.files.first().and_then(|file| file.name.clone());
    Ok(first.unwrap_or(usual))
}

fn bytes_of(
    file: &FileChange,
    register: &Register,
    unit: &Unit,
    period: Period,
) -> Result<Vec<u8>, String> {
    let mut sheets = clean::submission(register, unit, period, file.is_rollup);
    for change in &file.changes {
        apply(&mut sheets, change)?;
    }
    let whole = book(&sheets)?;
    match &file.content {
        None => Ok(whole),
        Some(words) => damaged(words, whole),
    }
}

/// The bytes of a file that is not, or no longer, a workbook.
fn damaged(words: &str, mut whole: Vec<u8>) -> Result<Vec<u8>, String> {
    if let Some(text) = words.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Ok(text.replace("\\n", "\n").into_bytes());
    }
    match words {
        "rỗng" => Ok(Vec::new()),
        "bị cụt" => {
            whole.truncate(whole.len() / 2);
            Ok(whole)
        }
        "tệp PDF" => Ok(b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj\n".to_vec()),
        "ảnh JPEG" => Ok(b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00".to_vec()),
        "có mật khẩu" => Ok(encrypted()),
        _ => Err(format!("không có nội dung tệp \"{words}\"")),
    }
}

/// The outer shell that Excel puts around a workbook with a password: an OLE file whose directory
/// names the encrypted package.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0; 1536];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let name: Vec<u8> = "EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let record = &mut bytes[640..768];
    record[..name.len()].copy_from_slice(&name);
    record[64] = u8::try_from(name.len()).unwrap_or(0);
    record[66] = 2;
    bytes
}

fn apply(sheets: &mut Vec<Sheet>, change: &Change) -> Result<(), String> {
    let at = sheets.iter().position(|sheet| sheet.form == change.sheet);
    let at = at.ok_or_else(|| format!("bài không có trang \"{}\"", change.sheet))?;
    let sheet = &mut sheets[at];
    match &change.what {
        What::Cell(row, column, value) => sheet.set(row, column, Value::parse(value))?,
        What::DropColumn(label) => {
            let at = sheet.column(label)?;
            sheet.columns.remove(at);
        }
        What::RenameColumn(label, name) => {
            let at = sheet.column(label)?;
            sheet.columns[at].column.header.clone_from(name);
        }
        What::AddColumn(label) => {
            let column =
                Column { header: label.clone(), group: None, flat: None, ..Column::default() };
            sheet.columns.push(SheetColumn { label: label.clone(), column, hidden: false });
        }
        What::DropRow(key) if key == "tất cả" => {
            sheet.rows.retain(|row| row.key.parse::<u32>().is_err());
        }
        What::DropRow(key) => {
            let at = row_at(sheet, key)?;
            sheet.rows.remove(at);
        }
        What::HideRow(key) => {
            let at = row_at(sheet, key)?;
            sheet.rows[at].hidden = true;
        }
        What::HideColumn(label) => {
            let at = sheet.column(label)?;
            sheet.columns[at].hidden = true;
        }
        What::Merge(cells) => {
            let (column, rows) = cells.rsplit_once(' ').ok_or("cần viết: cột 1-2")?;
            let (from, to) = rows.split_once('-').ok_or("cần viết: cột 1-2")?;
            let label = sheet.columns[sheet.column(column)?].label.clone();
            let rows = (row_at(sheet, from)?, row_at(sheet, to)?);
            sheet.merges.push((label, rows));
        }
        What::Subtitle(words) => sheet.subtitle = Some(words.clone()),
        What::Hide => sheet.hidden = true,
        What::Rename(name) => sheet.name.clone_from(name),
        What::Drop => {
            sheets.remove(at);
        }
        What::Copy(name) => {
            let copy = Sheet { name: name.clone(), form: name.clone(), ..sheet.clone() };
            sheets.push(copy);
        }
    }
    Ok(())
}

fn row_at(sheet: &Sheet, key: &str) -> Result<usize, String> {
    let found = sheet.rows.iter().position(|row: &SheetRow| row.key == key);
    found.ok_or_else(|| format!("trang {} không có dòng \"{key}\"", sheet.form))
}
