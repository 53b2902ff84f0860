//! Makes submissions with invented contents, the same bytes for the same seed: a whole quarter of a
//! province with the faults that a real one has, or any number of clean units for measuring.

mod cases;
mod fixture;
mod form;
mod form01;
mod invent;
mod model;
mod prng;
mod quarter;
mod register;
mod rollup;
mod sheet;
mod spoil;
mod style;
mod synthetic;
mod truth;
mod words;

use clap::Parser;
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
    /// The folder to make; it must be absent or empty.
    #[arg(long)]
    out: PathBuf,
    /// Another seed gives other contents.
    #[arg(long, default_value_t = 17)]
    seed: u64,
    /// The province whose units report.
    #[arg(long, default_value = "10")]
    scope: String,
    /// The register of units.
    #[arg(long, default_value = "templates/units/units.csv")]
    units: PathBuf,
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
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let period = || format!("not a quarter: {} (such as 2021-Q1)", options.period);
    let quarter = quarter::Quarter::parse(&options.period).ok_or_else(period)?;
    let forms = form::Forms::read(&options.forms)?;
    let out = options.out.as_path();
    if out.is_dir() && std::fs::read_dir(out)?.next().is_some() {
        return Err(format!("{} is not empty: remove it first", out.display()).into());
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
