//! How long each stage takes for a folder of workbooks: opened once, then recognised and normalised
//! again and again on one core.

use qc17::model::submission::FilePath;
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::{Limits, Workbook, open};
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
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
    let books = opened(Path::new(&folder))?;
    let terms = Terms { forms: &forms, codes: &codes, register: &register, asked: None };
    let (mut first, mut second) = (Duration::MAX, Duration::MAX);
    for _ in 0..PASSES {
        let start = Instant::now();
        let recognised: Vec<_> =
            books.iter().map(|(path, book)| recognise(path, book, &forms)).collect();
        first = first.min(start.elapsed());
        let start = Instant::now();
        for ((path, book), found) in books.iter().zip(recognised) {
            black_box(normalise(path, book, found, terms));
        }
        second = second.min(start.elapsed());
    }
    let all = u32::try_from(books.len().max(1))?;
    let each = |time: Duration| (time / all).as_secs_f64() * 1e6;
    let mut out = std::io::stdout();
    writeln!(out, "{} files", books.len())?;
    writeln!(out, "recognise {:8.1} µs per file", each(first))?;
    writeln!(out, "normalise {:8.1} µs per file", each(second))?;
    Ok(())
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
