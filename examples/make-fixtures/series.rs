//! Writes several quarters one after the other: what a unit leaves open in one it carries over in the next.

use super::backlog::{Account, Kept, carry, keep};
use super::form::Forms;
use super::invent::{self, Plan, person};
use super::lands::Land;
use super::model::Submission;
use super::prng::Prng;
use super::quarter::{Quarter, add, workday};
use super::register::{Level, Unit};
use super::rollup::{RollUp, Row};
use super::truth::{Figures, KEYS};
use super::{Failure, form01, words};
use rayon::prelude::*;
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How a unit's figures reach the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not at all.
    Silent,
    /// In its own Form 01.
    Own,
    /// In its district's Form 02 only.
    RolledUp,
    /// In both.
    Both,
}

/// What a unit did in a quarter.
pub(crate) struct Doing {
    pub(crate) plans: Vec<Plan>,
    pub(crate) way: Way,
}

/// What is to be made.
pub(crate) struct Series<'a> {
    pub(crate) forms: &'a Forms,
    pub(crate) lands: &'a [Land],
    pub(crate) seed: u64,
    pub(crate) doing: &'a (dyn Fn(&Unit, Quarter, &mut Prng) -> Doing + Sync),
    /// Each quarter gets a folder of its own in it.
    pub(crate) out: &'a Path,
}

/// What a correct reader must find of one unit in one quarter.
pub(crate) struct Told {
    pub(crate) quarter: Quarter,
    pub(crate) unit: Unit,
    pub(crate) way: Way,
    /// As the way tells them; none of a unit that is silent.
    pub(crate) figures: Figures,
    /// Of its petitions; only a Form 01 has them.
    pub(crate) account: Option<Account>,
}

/// One unit's report and what it leaves open.
struct Made {
    told: Told,
    open: Vec<Kept>,
}

impl Series<'_> {
    /// Makes the folders.
    pub(crate) fn run(&self) -> Result<Vec<Told>, Failure> {
        let mut all = Vec::new();
        let mut open: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
        for land in self.lands {
            open = inherited(open, land);
            let made: Vec<Made> = (land.units.par_iter())
                .map(|unit| self.unit(unit, land, open.get(&unit.code)))
                .collect::<Result<_, _>>()?;
            open.clear();
            for Made { told, open: left } in made {
                open.insert(told.unit.code.clone(), left);
                all.push(told);
            }
            let told = all.iter().filter(|told| told.quarter == land.quarter);
            self.roll_ups(land, &told.collect::<Vec<_>>())?;
        }
        Ok(all)
    }

    fn unit(&self, unit: &Unit, land: &Land, open: Option<&Vec<Kept>>) -> Result<Made, Failure> {
        let quarter = land.quarter;
        let mut rng = Prng::new(self.seed, &format!("{} {}", quarter.key(), unit.code));
        let doing = (self.doing)(unit, quarter, &mut rng);
        let mut submission = invent::submission(unit, quarter, &doing.plans, &mut rng);
        submission.no_meeting_reason =
            doing.plans.is_empty().then(|| rng.pick(words::REASONS).to_owned());
        let before = open.map_or(&[][..], Vec::as_slice);
        submission.carried = carry(before, quarter, &mut rng);
        let is_own = matches!(doing.way, Way::Own | Way::Both);
        let figures = match doing.way {
            Way::Silent => Figures::owed(unit.level),
            Way::Own | Way::Both => Figures::of(&submission, quarter),
            Way::RolledUp => Figures::of(&submission, quarter).rolled_up(),
        };
        let account = is_own.then(|| Account::of(before, &submission));
        let left = if is_own { keep(&submission, quarter) } else { before.to_vec() };
        if is_own {
            self.write_own(&submission, quarter)?;
        }
        let told = Told { quarter, unit: unit.clone(), way: doing.way, figures, account };
        Ok(Made { told, open: left })
    }

    fn write_own(&self, submission: &Submission, quarter: Quarter) -> Result<(), Failure> {
        let bytes = form01::write(self.forms, submission)?;
        self.put(quarter, &submission.unit.path(quarter, ""), &bytes)
    }

    /// One Form 02 for each district with a commune that comes through it.
    fn roll_ups(&self, land: &Land, told: &[&Told]) -> Result<(), Failure> {
        let listed = |told: &&&Told| matches!(told.way, Way::RolledUp | Way::Both);
        let parents: BTreeSet<&String> =
            told.iter().filter(listed).map(|told| &told.unit.parent).collect();
        for district in land.units.iter().filter(|unit| parents.contains(&unit.code)) {
            let of_district = |told: &&&Told| told.unit.parent == district.code;
            let rows: Vec<Row<'_>> = (told.iter().filter(listed).filter(of_district))
                .map(|told| (&told.unit, &told.figures))
                .collect();
            let key = format!("{} roll-up {}", land.quarter.key(), district.code);
            let mut rng = Prng::new(self.seed, &key);
            let quarter = land.quarter;
            let day = workday(add(quarter.deadline(), -1));
            let roll_up = RollUp { district, quarter, day, rows, differs: None };
            let names = [person(&mut rng), person(&mut rng)];
            let bytes = roll_up.write(self.forms, names)?;
            self.put(quarter, &district.path(quarter, "_Bieu02"), &bytes)?;
        }
        Ok(())
    }

    fn put(&self, quarter: Quarter, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.out.join(quarter.key()).join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, bytes)?)
    }
}

/// What was open, at the units of the new quarter; what a unit without an heir left is nobody's.
fn inherited(open: BTreeMap<String, Vec<Kept>>, land: &Land) -> BTreeMap<String, Vec<Kept>> {
    let mut inherited: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
    for (code, mut left) in open {
        let heir = land.heirs.get(&code).cloned().unwrap_or(code);
        inherited.entry(heir).or_default().append(&mut left);
    }
    inherited.retain(|code, _| land.units.iter().any(|unit| unit.code == *code));
    inherited
}

/// The sums of each quarter, one on a line: the figures of each level and the account of petitions.
pub(crate) fn truth(told: &[Told]) -> String {
    let quarters: BTreeSet<Quarter> = told.iter().map(|told| told.quarter).collect();
    let line = |quarter: Quarter| {
        let of_quarter = || told.iter().filter(move |told| told.quarter == quarter);
        let mut line = Map::new();
        line.insert("period".to_owned(), json!(quarter.key()));
        for level in [Level::Province, Level::District, Level::Commune] {
            let units = || of_quarter().filter(move |told| told.unit.level == level);
            let sum = |key: &str| units().filter_map(|told| told.figures.get(key)).sum::<u32>();
            let sums: Map<_, _> =
                KEYS.iter().map(|key| ((*key).to_owned(), json!(sum(key)))).collect();
            line.insert(level.key().to_owned(), json!(sums));
        }
        let mut account = Account::default();
        of_quarter().filter_map(|told| told.account).for_each(|one| account.add(&one));
        line.insert("petitions".to_owned(), account.json());
        json!(line).to_string()
    };
    format!("[\n{}\n]\n", quarters.into_iter().map(line).collect::<Vec<_>>().join(",\n"))
}

/// A year as most are: nearly every unit meets once a quarter, some more often, a few not at all.
pub(crate) fn usual(unit: &Unit, quarter: Quarter, rng: &mut Prng) -> Doing {
    let asked = |rng: &mut Prng| rng.between(1, 4);
    let early = workday(add(quarter.month(1), i64::from(rng.between(7, 27))));
    if unit.level == Level::Province {
        // April and October, both heads together.
        let meets = matches!(quarter.number, 2 | 4);
        let plans = meets.then(|| Plan::new(early, true, asked(rng))).into_iter().collect();
        return Doing { plans, way: Way::Own };
    }
    let count = asked(rng);
    let mut plans = vec![invent::recommended(quarter, count, rng)];
    match rng.between(1, 100) {
        1..=4 => return Doing { plans: Vec::new(), way: Way::Silent },
        5..=7 => plans.clear(),
        8..=10 => plans = vec![Plan::new(early, false, asked(rng))],
        11..=25 => plans.insert(0, Plan::new(early, false, asked(rng))),
        _ => {}
    }
    Doing { plans, way: Way::Own }
}
