//! Writes many clean submissions of an invented province, for measuring speed and memory.

use super::form::Forms;
use super::invent::{self, Plan};
use super::prng::Prng;
use super::quarter::{Quarter, add};
use super::register::{Level, Unit};
use super::truth::{Figures, OUTCOMES};
use super::{Failure, form01};
use rayon::prelude::*;
use serde_json::{Map, json};
use std::path::Path;

/// Communes of one district.
const PER_DISTRICT: u32 = 20;

/// What is to be made.
pub(crate) struct Job<'a> {
    pub(crate) forms: &'a Forms,
    pub(crate) quarter: Quarter,
    pub(crate) seed: u64,
    pub(crate) units: u32,
    pub(crate) petitions: u32,
    pub(crate) out: &'a Path,
}

impl Job<'_> {
    /// Makes `units.csv`, the folder named after the quarter, and `truth.json`.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let folder = self.out.join(self.quarter.key());
        std::fs::create_dir_all(&folder)?;
        let units = communes(self.units);
        let figures: Vec<Figures> =
            units.par_iter().map(|unit| self.write(unit, &folder)).collect::<Result<_, _>>()?;
        std::fs::write(self.out.join("units.csv"), register(&units)?)?;
        let truth = self.truth(&units, &figures);
        Ok(std::fs::write(self.out.join("truth.json"), format!("{truth:#}\n"))?)
    }

    fn write(&self, unit: &Unit, folder: &Path) -> Result<Figures, Failure> {
        let mut rng = Prng::new(self.seed, &unit.code);
        let plans = plans(self.quarter, self.petitions, &mut rng);
        let submission = invent::submission(unit, self.quarter, &plans, &mut rng);
        let Quarter { year, number } = self.quarter;
        let path = folder.join(format!("BC_{}_{year}_Q{number}.xlsx", unit.code));
        std::fs::write(path, form01::write(self.forms, &submission)?)?;
        Ok(Figures::of(&submission, self.quarter))
    }

    fn truth(&self, units: &[Unit], figures: &[Figures]) -> serde_json::Value {
        let keys = || ["periodic", "ad_hoc", "attendees", "opinions"].into_iter().chain(OUTCOMES);
        let sum = |key: &str| figures.iter().filter_map(|unit| unit.get(key)).sum::<u32>();
        let totals: Map<_, _> = keys().map(|key| (key.to_owned(), json!(sum(key)))).collect();
        let by_unit: Map<_, _> = units
            .iter()
            .zip(figures)
            .map(|(unit, figures)| {
                let counts: Map<_, _> =
                    keys().map(|key| (key.to_owned(), json!(figures.get(key)))).collect();
                (unit.code.clone(), json!(counts))
            })
            .collect();
        json!({ "period": self.quarter.key(), "totals": totals, "units": by_unit })
    }
}

/// One to three meetings in the recommended month that share the petitions.
pub(crate) fn plans(quarter: Quarter, petitions: u32, rng: &mut Prng) -> Vec<Plan> {
    let meetings = rng.between(1, 4).saturating_sub(1).max(1);
    let plan = |nth: u32| {
        let date = add(quarter.month(3), i64::from(rng.between(1, 6) + nth * 6) - 1);
        let periodic = nth == 0 || rng.percent(30);
        Plan::new(date, periodic, petitions / meetings + u32::from(nth < petitions % meetings))
    };
    (0..meetings).map(plan).collect()
}

/// The communes of the invented province.
pub(crate) fn communes(count: u32) -> Vec<Unit> {
    (0..count).map(commune).collect()
}

fn district(index: u32) -> (String, String) {
    let code = if index < 1000 { format!("{index:03}") } else { format!("D{index}") };
    (code, format!("Số {}", index + 1))
}

fn commune(index: u32) -> Unit {
    let (parent, name) = district(index / PER_DISTRICT);
    Unit {
        code: format!("{:05}", index + 1),
        name: format!("Đơn Vị {}", index + 1),
        kind: "xã",
        level: Level::Commune,
        parent,
        parent_name: format!("Huyện {name}"),
        in_district: true,
    }
}

/// The register of the invented province, in the columns of the real one.
pub(crate) fn register(units: &[Unit]) -> Result<Vec<u8>, Failure> {
    const SINCE: &str = "2004-08-31";
    let mut list = csv::Writer::from_writer(Vec::new());
    list.write_record([
        "code",
        "name",
        "kind",
        "level",
        "parent_code",
        "valid_from",
        "valid_to",
        "aliases",
    ])?;
    list.write_record(["10", "Thử Nghiệm", "tinh", "province", "", SINCE, "", ""])?;
    for (index, units) in (0..).zip(units.chunks(usize::try_from(PER_DISTRICT)?)) {
        let (code, name) = district(index);
        list.write_record([&code, &name, "huyen", "district", "10", SINCE, "", ""])?;
        for Unit { code, name, parent, .. } in units {
            list.write_record([code, name, "xa", "commune", parent, SINCE, "", ""])?;
        }
    }
    Ok(list.into_inner()?)
}
