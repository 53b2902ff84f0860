//! Makes submissions with invented contents, the same bytes for the same seed: a whole quarter of a
//! province with the faults that a real one has, several quarters in a row, or any number of clean units.

mod backlog;
mod cases;
mod fixture;
mod form;
mod form01;
mod invent;
mod lands;
mod model;
mod prng;
mod published;
mod quarter;
mod register;
mod rollup;
mod series;
mod sheet;
mod spoil;
mod style;
mod synthetic;
mod truth;
mod words;

use clap::Parser;
use lands::Land;
use quarter::Quarter;
use series::{Doing, Series, Way};
use std::error::Error;
use std::path::PathBuf;

/// Anything that stops the making.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Make submissions with invented contents.
#[derive(Parser)]
struct Options {
    /// The quarter, such as 2021-Q1.
    #[arg(long, default_value = "2021-Q1")]
    period: String,
    /// The last of several quarters, each in its own folder, petitions carried from one to the next.
    #[arg(long)]
    until: Option<String>,
    /// The folder to make; it must be absent or empty.
    #[arg(long)]
    out: PathBuf,
    /// Another seed gives other contents.
    #[arg(long, default_value_t = 17)]
    seed: u64,
    /// The province whose units report; with --until also several, such as 10,15.
    #[arg(long, default_value = "10")]
    scope: String,
    /// The register of units.
    #[arg(long, default_value = "templates/units/units.csv")]
    units: PathBuf,
    /// Which unit went into which.
    #[arg(long, default_value = "templates/units/successions.csv")]
    successions: PathBuf,
    /// The names of sheets and columns.
    #[arg(long, default_value = "templates/bieu-mau.toml")]
    forms: PathBuf,
    /// Petitions of each unit, instead of a few.
    #[arg(long)]
    petitions: Option<u32>,
    /// Plant no fault.
    #[arg(long)]
    clean: bool,
    /// Make that many communes of an invented province instead, with their own register.
    #[arg(long)]
    synthetic: Option<u32>,
    /// With --until: meetings so that the figures of 2020 to 2022 come out, which were published.
    #[arg(long)]
    published: bool,
    /// With --published: communes also, or only, through the roll-ups (Form 02) of their districts.
    #[arg(long)]
    roll_up: Option<RollUps>,
}

/// Whether districts list their communes in Form 02.
#[derive(Clone, Copy, clap::ValueEnum)]
enum RollUps {
    /// Beside the communes' own Form 01.
    Too,
    /// In place of it.
    Only,
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let quarter = quarter(&options.period)?;
    let forms = form::Forms::read(&options.forms)?;
    let out = options.out.as_path();
    if out.is_dir() && std::fs::read_dir(out)?.next().is_some() {
        return Err(format!("{} is not empty: remove it first", out.display()).into());
    }
    if let Some(last) = &options.until {
        return series(&options, &forms, &lands::quarters(quarter, self::quarter(last)?));
    }
    if let Some(units) = options.synthetic {
        let petitions = options.petitions.unwrap_or(30);
        let seed = options.seed;
        return synthetic::Job { forms: &forms, quarter, seed, units, petitions, out }.run();
    }
    let units = register::in_force(&options.units, &options.scope, quarter.last_day())?;
    let petitions = options.petitions.map_or((2, 8), |count| (count, count));
    let maker = spoil::Maker { quarter, seed: options.seed, petitions };
    let job = fixture::Job { forms: &forms, units: &units, maker, clean: options.clean, out };
    job.run(&options.scope)
}

fn quarter(text: &str) -> Result<Quarter, Failure> {
    Quarter::parse(text).ok_or_else(|| format!("not a quarter: {text} (such as 2021-Q1)").into())
}

/// Several quarters in a row.
fn series(options: &Options, forms: &form::Forms, quarters: &[Quarter]) -> Result<(), Failure> {
    let (seed, out) = (options.seed, options.out.as_path());
    let registers = lands::Registers { units: &options.units, successions: &options.successions };
    if let Some(units) = options.synthetic {
        let units = synthetic::communes(units);
        let heirs = std::collections::BTreeMap::new();
        let lands: Vec<Land> = (quarters.iter())
            .map(|quarter| Land { quarter: *quarter, units: units.clone(), heirs: heirs.clone() })
            .collect();
        let petitions = options.petitions.unwrap_or(30);
        let doing = |_: &register::Unit, quarter: Quarter, rng: &mut prng::Prng| Doing {
            plans: synthetic::plans(quarter, petitions, rng),
            way: Way::Own,
        };
        let told = Series { forms, lands: &lands, seed, doing: &doing, out }.run()?;
        std::fs::write(out.join("truth.json"), series::truth(&told))?;
        return Ok(std::fs::write(out.join("units.csv"), synthetic::register(&units)?)?);
    }
    let scopes: Vec<&str> = options.scope.split(',').collect();
    let lands = lands::lands(registers, &scopes, quarters)?;
    if !options.published {
        let told = Series { forms, lands: &lands, seed, doing: &series::usual, out }.run()?;
        return Ok(std::fs::write(out.join("truth.json"), series::truth(&told))?);
    }
    let meetings = published::Meetings::draw(&lands, seed);
    let doing = |unit: &register::Unit, quarter: Quarter, _: &mut prng::Prng| {
        let way = match options.roll_up {
            Some(RollUps::Only) if unit.level == register::Level::Commune => Way::RolledUp,
            Some(RollUps::Too) if unit.level == register::Level::Commune => Way::Both,
            _ => Way::Own,
        };
        Doing { plans: meetings.of(quarter, unit), way }
    };
    let told = Series { forms, lands: &lands, seed, doing: &doing, out }.run()?;
    Ok(std::fs::write(out.join("truth.json"), series::truth(&told))?)
}
