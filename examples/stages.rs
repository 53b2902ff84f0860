//! How long each stage takes for a folder of workbooks on one core, file by file.

use qc17::calendar::Calendar;
use qc17::check::{Content, Frame, ReadFile, check};
use qc17::model::submission::FilePath;
use qc17::model::{Geography, Period};
use qc17::normalise::{Codes, Normalised, Terms, normalise};
use qc17::open::{Limits, Workbook, open};
use qc17::pipeline::Job;
use qc17::profile::Profile;
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use qc17::render::json::json;
use qc17::render::pdf::{Office, pdf};
use qc17::render::workbook::workbook;
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Passes over the folder; the fastest one counts, because whatever else runs only slows a pass down.
const PASSES: u32 = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: stages FOLDER [UNITS.csv]";
    let folder = std::env::args_os().nth(1).ok_or(usage)?;
    let register = match std::env::args_os().nth(2) {
        Some(units) => Register::load(Path::new(&units))?,
        None => Register::embedded()?,
    };
    let (forms, codes) = (Forms::load(&BTreeMap::new())?, Codes::load()?);
    let (mut books, mut open) = (Vec::new(), Duration::MAX);
    for _ in 0..PASSES {
        let start = Instant::now();
        books = opened(Path::new(&folder))?;
        open = open.min(start.elapsed());
    }
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    let (mut first, mut second) = (Duration::MAX, Duration::MAX);
    let mut files = Vec::new();
    for _ in 0..PASSES {
        let start = Instant::now();
        let recognised: Vec<_> =
            books.iter().map(|(path, book)| recognise(path, book, &forms)).collect();
        first = first.min(start.elapsed());
        let start = Instant::now();
        let normalised: Vec<_> = (books.iter().zip(recognised))
            .map(|((path, book), found)| normalise(path, book, found, terms))
            .collect();
        second = second.min(start.elapsed());
        files = books.iter().map(|(path, _)| path).zip(normalised).map(read_file).collect();
    }
    let third = checked(&files, &register)?;
    let all = u32::try_from(books.len().max(1))?;
    let each = |time: Duration| (time / all).as_secs_f64() * 1e6;
    let mut out = std::io::stdout();
    writeln!(out, "{} files", books.len())?;
    writeln!(out, "open      {:8.1} µs per file", each(open))?;
    writeln!(out, "recognise {:8.1} µs per file", each(first))?;
    writeln!(out, "normalise {:8.1} µs per file", each(second))?;
    let reading = open + first + second + third;
    let share = 100.0 * third.as_secs_f64() / reading.as_secs_f64();
    writeln!(out, "check     {:8.1} µs per file, {share:.1} % of all four", each(third))?;
    for (name, time) in rendered(Path::new(&folder), register)? {
        writeln!(out, "{name:9} {:8.1} µs per file", each(time))?;
    }
    Ok(())
}

/// The shortest time that each output takes to be made, without being written.
fn rendered(
    folder: &Path,
    register: Register,
) -> Result<[(&'static str, Duration); 3], Box<dyn Error>> {
    let job = Job {
        folders: vec![folder.to_owned()],
        history: Vec::new(),
        outputs: None,
        period: None,
        geography: Geography::Now,
        as_of: None,
        scope: None,
        register,
        profile: Profile::embedded("quy-che-17")?,
        profiles: Vec::new(),
        calendar: Calendar::embedded()?,
        forms: Forms::load(&BTreeMap::new())?,
        codes: Codes::load()?,
        limits: Limits::default(),
    };
    let summary = qc17::pipeline::run(&job, &|_, _| {})?;
    let office = Office::usual(&summary.scope, summary.as_of);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let shortest = |make: &(dyn Fn() + Sync)| {
        let times = (0..PASSES).map(|_| {
            let start = Instant::now();
            one.install(make);
            start.elapsed()
        });
        times.min().unwrap_or_default()
    };
    Ok([
        ("workbook", shortest(&|| drop(black_box(workbook(&summary))))),
        ("pdf", shortest(&|| drop(black_box(pdf(&summary, &office))))),
        ("json", shortest(&|| drop(black_box(json(&summary))))),
    ])
}

fn opened(folder: &Path) -> Result<Vec<(FilePath, Workbook)>, Box<dyn Error>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    let mut books = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        let name = FilePath::new(&path.file_name().unwrap_or_default().to_string_lossy());
        books.extend(
            open(&name, &std::fs::read(path)?, &Limits::default()).workbook.map(|b| (name, b)),
        );
    }
    Ok(books)
}

/// A normalised file as the checks take it.
fn read_file((path, normalised): (&FilePath, Normalised)) -> ReadFile {
    let content = match normalised.outcome {
        Ok(submission) => Content::Submission(Box::new(submission)),
        Err(rejection) => Content::Rejected(rejection),
    };
    ReadFile {
        path: path.clone(),
        disk: None,
        sha256: None,
        size: 0,
        kind: None,
        received: None,
        received_last: None,
        is_compiled: false,
        form: normalised.form,
        content,
        findings: normalised.findings,
        answer: qc17::check::Answer::default(),
    }
}

/// The shortest time that all rules take over the quarter that most files are about.
fn checked(files: &[ReadFile], register: &Register) -> Result<Duration, Box<dyn Error>> {
    let mut quarters: BTreeMap<Period, usize> = BTreeMap::new();
    files
        .iter()
        .filter_map(ReadFile::period)
        .for_each(|one| *quarters.entry(one).or_default() += 1);
    let most = quarters.into_iter().max_by_key(|(_, files)| *files);
    let (period, _) = most.ok_or("no file states a quarter")?;
    let (profile, calendar) = (Profile::embedded("quy-che-17")?, Calendar::embedded()?);
    let unit = files.iter().find_map(ReadFile::unit).ok_or("no file states a unit")?;
    let day = period.last_day();
    let mut scope = register.get(unit, day).ok_or("no such unit")?;
    while let Some(above) = scope.parent.and_then(|parent| register.get(parent, day)) {
        scope = above;
    }
    let frame = Frame {
        period,
        as_of: profile.deadline(period),
        scope,
        area: &[scope],
        register,
        profile: &profile,
        calendar: &calendar,
        explanations: &[],
        earlier: &[],
        backlog: None,
        keeps_closed: false,
    };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let mut best = Duration::MAX;
    for _ in 0..PASSES {
        let files = files.to_vec();
        let start = Instant::now();
        black_box(one.install(|| check(files, frame)));
        best = best.min(start.elapsed());
    }
    Ok(best)
}
