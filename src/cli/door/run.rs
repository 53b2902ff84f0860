//! From what was dragged in to the results beside it, asking only what the files do not tell.

use super::super::args::{Format, Input};
use super::super::interrupt::{self, INTERRUPTED};
use super::super::office::Own;
use super::super::{Done, Failure, print, report};
use super::start::Start;
use super::typed::DoorArgs;
use super::{ask, dropped, place, plan, words};
use qc17::aggregate::Summary;
use qc17::pipeline::RunError;
use qc17::render::{json::json, write};
use std::path::{Path, PathBuf};

/// The office's own file, which may lie among the submissions.
const OFFICE: &str = "co-quan.toml";

const WELCOME: &str = "\
qc17: tổng hợp báo cáo quý về tiếp xúc, đối thoại trực tiếp với Nhân dân theo Quy chế 17-QC/TU

Kéo thư mục chứa các tệp báo cáo của quý vào cửa sổ này rồi nhấn Enter.
Nhiều thư mục, tệp .zip hoặc tệp lẻ cũng được. Nhấn Enter không để thôi.
";

/// Makes the report of what was named, or of what is named when asked.
pub(in super::super) fn open(wanted: &DoorArgs) -> Done {
    interrupt::listen();
    let start = Start::now();
    let mut input = wanted.input.clone();
    let is_asked = input.folders.is_empty();
    if is_asked {
        input.folders = if start.is_watched() { asked()? } else { Vec::new() };
    }
    let office = checked(&mut input.folders)?;
    let own = Own::read(office.as_deref(), None)?;
    let to = destination(&input.folders, start)?;
    let summary = understood(&mut input, start, &to)?;
    if start.is_watched() {
        ask::tell(&plan::shown(&summary, &input.folders, &to, office.as_deref()));
    }
    let go =
        !is_asked || wanted.yes || ask::agrees("\nNhấn Enter để làm, gõ k rồi Enter để thôi: ");
    if !go {
        return Err(Failure::Declined);
    }
    let before = place::left_in(&to);
    let written = interrupt::while_writing(|stop| {
        let names = write::write_as_made(&to, false, stop, |set| {
            let names = report::render(&summary, &own, true, set)?;
            let (seal, text) = place::seal(&names, set)?;
            set.add(&seal, text.as_bytes())?;
            Ok::<_, Failure>((names, Vec::new()))
        })?;
        place::clear(&to, &before, &names);
        Ok(names)
    })?;
    let Some(names) = written else { return Ok(INTERRUPTED) };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    print(&match input.format {
        Format::Json => json(&summary),
        Format::Human => words::said(&summary, &to, &names),
    })?;
    Ok(report::status(&summary))
}

/// Keeps a window open that would close with the program, until its words are read.
pub(in super::super) fn stay(wanted: &DoorArgs) {
    if Start::now() == Start::Desktop && !wanted.yes {
        ask::line("\nNhấn Enter để đóng cửa sổ này. ");
    }
}

/// Asks for the folder until there is one.
fn asked() -> Result<Vec<PathBuf>, Failure> {
    ask::tell(WELCOME);
    let home = std::env::home_dir();
    let around = dropped::Surroundings {
        exists: &|path: &Path| path.exists(),
        home: home.as_deref(),
        windows: cfg!(windows),
    };
    loop {
        let line = ask::line("> ").ok_or(Failure::Declined)?;
        let paths = dropped::paths(&line, &around);
        if paths.is_empty() {
            return Err(Failure::Declined);
        }
        match paths.iter().find(|path| !path.exists()) {
            None => return Ok(paths),
            Some(path) => {
                let path = super::super::terminal::plain(&path.display().to_string());
                ask::tell(&format!("Không thấy “{path}”. Hãy kéo lại thư mục vào đây.\n"));
            }
        }
    }
}

/// Takes out what was named twice, and finds the office's file; results are not read as submissions.
fn checked(inputs: &mut Vec<PathBuf>) -> Result<Option<PathBuf>, Failure> {
    let mut seen = Vec::new();
    inputs.retain(|input| {
        let same = input.canonicalize().unwrap_or_else(|_| input.clone());
        let is_new = !seen.contains(&same);
        seen.push(same);
        is_new
    });
    if inputs.is_empty() {
        return Err(Failure::NothingGiven);
    }
    if let Some(results) = inputs.iter().find(|input| place::is_results(input)) {
        return Err(Failure::IsResults(results.display().to_string()));
    }
    let named = |input: &PathBuf| {
        let is_it = input.file_name().is_some_and(|name| name.eq_ignore_ascii_case(OFFICE));
        if is_it { input.clone() } else { input.join(OFFICE) }
    };
    Ok(inputs.iter().map(named).find(|file| file.is_file()))
}

/// Where to write: beside the first input, or where somebody says when that is not possible.
fn destination(inputs: &[PathBuf], start: Start) -> Result<PathBuf, Failure> {
    let first = inputs.first().ok_or(Failure::NothingGiven)?;
    if !first.exists() {
        // Told as everywhere, when it is read.
        return Ok(first.clone());
    }
    let name =
        place::name(first).ok_or_else(|| Failure::WholeDrive(first.display().to_string()))?;
    let parent = place::parent(first).unwrap_or_default();
    if place::takes_files(&parent) {
        return Ok(place::free(&parent, &name));
    }
    let refused = || Failure::NoPlace(parent.display().to_string());
    if !start.is_watched() {
        return Err(refused());
    }
    elsewhere(&parent, &name).ok_or_else(refused)
}

/// Asks for another folder to write into.
fn elsewhere(parent: &Path, name: &str) -> Option<PathBuf> {
    let shown = |path: &Path| super::super::terminal::plain(&path.display().to_string());
    let home = std::env::home_dir().filter(|home| place::takes_files(home));
    ask::tell(&format!(
        "\nKhông ghi được vào “{}” nên không đặt kết quả ở đó được.\n",
        shown(parent)
    ));
    let usual =
        home.as_ref().map(|home| format!("; nhấn Enter không để ghi vào “{}”", shown(home)));
    let question = format!("Kéo một thư mục khác vào đây{}.\n> ", usual.unwrap_or_default());
    let around = dropped::Surroundings {
        exists: &|path: &Path| path.is_dir(),
        home: home.as_deref(),
        windows: cfg!(windows),
    };
    loop {
        let line = ask::line(&question)?;
        let chosen = dropped::paths(&line, &around).into_iter().next().or_else(|| home.clone())?;
        if place::takes_files(&chosen) {
            return Some(place::free(&chosen, name));
        }
        ask::tell(&format!("Không ghi được vào “{}”.\n", shown(&chosen)));
    }
}

/// Reads the files; what they do not agree on is asked for where somebody can answer.
fn understood(input: &mut Input, start: Start, to: &Path) -> Result<Summary, Failure> {
    loop {
        let error = match report::read(input, Some(to.to_owned())) {
            Err(Failure::Run(error)) if start.is_watched() => error,
            done => return done,
        };
        match &error {
            RunError::SeveralPeriods(periods) => {
                let line = |(period, files): &(qc17::model::Period, usize)| {
                    format!("{} ({files} tệp)", period.label())
                };
                let choices: Vec<String> = periods.iter().map(line).collect();
                let chosen = ask::choose("Các tệp thuộc nhiều kỳ. Tổng hợp kỳ nào?", &choices);
                let chosen = chosen.and_then(|at| periods.get(at)).ok_or(Failure::Declined)?;
                input.period = Some(chosen.0.into());
            }
            RunError::SeveralProvinces(provinces) => {
                let line =
                    |(code, name): &(qc17::model::UnitCode, String)| format!("{name} ({code})");
                let choices: Vec<String> = provinces.iter().map(line).collect();
                let chosen = ask::choose("Các tệp thuộc nhiều tỉnh. Tổng hợp tỉnh nào?", &choices);
                let chosen = chosen.and_then(|at| provinces.get(at)).ok_or(Failure::Declined)?;
                input.scope = Some(chosen.0);
            }
            _ => return Err(error.into()),
        }
    }
}
