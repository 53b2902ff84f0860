//! Makes the corpus of `make_corpus.py` (same seed, same cells, same truth), thousands of files a second.
//!
//! usage: make-corpus OUT [--units 1000] [--petitions 30] [--period 2021-Q1] [--seed 1]

#![allow(clippy::indexing_slicing, reason = "a tool for measuring; nothing is read from strangers")]

mod book;
mod form;
mod mersenne;
mod plan;

use book::Frame;
use mersenne::Random;
use plan::Unit;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str =
    "usage: make-corpus OUT [--units 1000] [--petitions 30] [--period 2021-Q1] [--seed 1]";
/// Communes of one district.
const PER_DISTRICT: usize = 20;

/// The quarter that is reported on.
#[derive(Clone, Copy)]
struct Quarter {
    year: i32,
    number: u32,
}

struct Job {
    out: PathBuf,
    units: u32,
    petitions: u32,
    period: String,
    seed: u32,
}

fn main() -> Result<(), Failure> {
    let job = Job::of(std::env::args().skip(1)).ok_or(USAGE)?;
    let (year, number) = job.period.split_once("-Q").ok_or(USAGE)?;
    let quarter = Quarter { year: year.parse()?, number: number.parse()? };
    let folder = job.out.join(&job.period);
    std::fs::create_dir_all(&folder)?;
    // One stream for all units, so they are drawn in a row and written side by side.
    let mut random = Random::new(job.seed);
    let units: Vec<Unit> =
        (0..job.units).map(|index| Unit::draw(index, job.petitions, &mut random)).collect();
    let frame = Frame::new(&form::SHEETS)?;
    units.par_iter().try_for_each(|unit| write(&frame, unit, quarter, &folder))?;
    std::fs::write(job.out.join("units.csv"), register(&units))?;
    Ok(std::fs::write(job.out.join("truth.json"), format!("{:#}\n", truth(&job, &units)))?)
}

impl Job {
    fn of(args: impl Iterator<Item = String>) -> Option<Self> {
        let mut args = args.peekable();
        let mut job = Self {
            out: args.next_if(|first| !first.starts_with("--"))?.into(),
            units: 1_000,
            petitions: 30,
            period: "2021-Q1".to_owned(),
            seed: 1,
        };
        while let Some(option) = args.next() {
            let value = args.next()?;
            match option.as_str() {
                "--units" => job.units = value.parse().ok()?,
                "--petitions" => job.petitions = value.parse().ok()?,
                "--period" => job.period = value,
                "--seed" => job.seed = value.parse().ok()?,
                _ => return None,
            }
        }
        Some(job)
    }
}

fn write(frame: &Frame, unit: &Unit, quarter: Quarter, folder: &Path) -> Result<(), Failure> {
    let name = format!("BC_{}_{}_Q{}.xlsx", unit.code, quarter.year, quarter.number);
    Ok(std::fs::write(folder.join(name), form::write(frame, unit, quarter)?)?)
}

/// The province, its districts and their communes, as `templates/units` has them.
fn register(units: &[Unit]) -> String {
    let since = "2004-08-31,,";
    let mut rows = vec!["code,name,kind,level,parent_code,valid_from,valid_to,aliases".to_owned()];
    rows.push(format!("10,Thử Nghiệm,tinh,province,,{since}"));
    for (at, units) in units.chunks(PER_DISTRICT).enumerate() {
        let code = if at < 1_000 { format!("{at:03}") } else { format!("D{at}") };
        rows.push(format!("{code},Huyện Số {},huyen,district,10,{since}", at + 1));
        rows.extend(
            units
                .iter()
                .map(|unit| format!("{},{},xa,commune,{code},{since}", unit.code, unit.name)),
        );
    }
    rows.join("\n") + "\n"
}

fn truth(job: &Job, units: &[Unit]) -> Value {
    let each: Map<String, Value> =
        units.iter().map(|unit| (unit.code.clone(), unit.truth().into())).collect();
    let mut totals: Map<String, Value> = Map::new();
    for (key, count) in units.iter().flat_map(Unit::truth) {
        let before = totals.get(&key).and_then(Value::as_u64).unwrap_or_default();
        totals.insert(key, json!(before + count.as_u64().unwrap_or_default()));
    }
    json!({"period": job.period, "totals": totals, "units": each})
}
