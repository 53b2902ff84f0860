//! Writes one whole quarter of a province: the folder as it arrives, the office's receipts, the truth.

use super::cases::{Assignment, Case, assign};
use super::form::Forms;
use super::invent::person;
use super::prng::Prng;
use super::quarter::{add, slashed, workday};
use super::register::Unit;
use super::rollup::RollUp;
use super::spoil::{Body, Maker, Sent};
use super::truth::{Finding, UnitTruth, document};
use super::{Failure, form01};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// How many attendees a roll-up has too many where it was planted.
const ROLL_UP_SURPLUS: u32 = 15;

/// What is to be made.
pub(crate) struct Job<'a> {
    pub(crate) forms: &'a Forms,
    pub(crate) units: &'a [Unit],
    pub(crate) maker: Maker,
    pub(crate) clean: bool,
    pub(crate) out: &'a Path,
}

impl Job<'_> {
    /// Makes the folder and the truth file beside it.
    pub(crate) fn run(&self, scope: &str) -> Result<(), Failure> {
        let plan = assign(self.units, self.maker.seed, self.clean);
        let case = |unit: &Unit| plan.cases.get(&unit.code).copied().unwrap_or(Case::Clean);
        let sent: Vec<Sent> =
            self.units.par_iter().map(|unit| self.maker.make(unit, case(unit))).collect();
        sent.par_iter().try_for_each(|one| self.write_unit(one))?;
        let mut receipts: BTreeMap<String, String> = sent.iter().filter_map(receipt).collect();
        let mut findings: Vec<Finding> =
            sent.iter().flat_map(|one| one.findings.iter().cloned()).collect();
        let truths: Vec<UnitTruth> = sent.into_iter().map(|one| one.truth).collect();
        self.roll_ups(&plan, &truths, &mut receipts)?;
        if !self.clean {
            findings.push(self.lock_file(&truths)?);
        }
        findings.sort_by(|a, b| (&a.file, &a.unit, a.code).cmp(&(&b.file, &b.unit, b.code)));
        self.put("nhan.csv", receipt_list(&receipts)?.as_slice())?;
        let truth = document(self.maker.quarter, scope, self.maker.seed, &truths, &findings);
        Ok(std::fs::write(self.out.with_extension("truth.json"), truth)?)
    }

    fn write_unit(&self, sent: &Sent) -> Result<(), Failure> {
        for (path, body) in &sent.files {
            let bytes = match body {
                Body::Form01(submission) => form01::write(self.forms, submission)?,
                Body::Truncated(submission) => {
                    let mut bytes = form01::write(self.forms, submission)?;
                    bytes.truncate(bytes.len() * 2 / 3);
                    bytes
                }
                Body::Bytes(bytes) => bytes.clone(),
            };
            self.put(path, &bytes)?;
        }
        Ok(())
    }

    fn roll_ups(
        &self,
        plan: &Assignment,
        truths: &[UnitTruth],
        receipts: &mut BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        let differs = plan.cases.iter().find(|(_, case)| **case == Case::RollUpDiffers);
        for district in self.units.iter().filter(|unit| plan.roll_ups.contains(&unit.code)) {
            let mut rng = Prng::new(self.maker.seed, &format!("roll-up {}", district.code));
            let day = workday(add(self.maker.quarter.deadline(), -1));
            let roll_up = RollUp {
                district,
                quarter: self.maker.quarter,
                day,
                rows: truths
                    .iter()
                    .filter(|truth| truth.unit.parent == district.code)
                    .map(|truth| (&truth.unit, &truth.figures))
                    .collect(),
                differs: differs.map(|(code, _)| (code.as_str(), ROLL_UP_SURPLUS)),
            };
            let path = district.path(self.maker.quarter, "_Bieu02");
            let names = [person(&mut rng), person(&mut rng)];
            self.put(&path, &roll_up.write(self.forms, names)?)?;
            receipts.insert(path, slashed(day));
        }
        Ok(())
    }

    /// The file that a spreadsheet program leaves beside an open workbook.
    fn lock_file(&self, truths: &[UnitTruth]) -> Result<Finding, Failure> {
        let unit = truths.last().map(|truth| &truth.unit).ok_or("no unit in force")?;
        let path = unit.path(self.maker.quarter, "").replace("BC_", "~$BC_");
        let mut bytes = b"\x06Office".to_vec();
        bytes.resize(165, b' ');
        self.put(&path, &bytes)?;
        Ok(Finding { code: "TEP09", unit: String::new(), file: Some(path), cell: None })
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.out.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, bytes)?)
    }
}

fn receipt(sent: &Sent) -> Option<(String, String)> {
    let (path, _) = sent.files.first()?;
    Some((path.clone(), slashed(sent.received?)))
}

/// The office's list of receipts (`nhan.csv`): file and day of receipt.
fn receipt_list(receipts: &BTreeMap<String, String>) -> Result<Vec<u8>, Failure> {
    let mut list = csv::Writer::from_writer(Vec::new());
    list.write_record(["tệp", "ngày nhận"])?;
    for (path, day) in receipts {
        list.write_record([path, day])?;
    }
    Ok(list.into_inner()?)
}
