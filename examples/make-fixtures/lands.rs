//! A land (địa bàn) through several quarters: who was there in each, and into whom those before went.

use super::Failure;
use super::quarter::Quarter;
use super::register::{Unit, in_force};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

/// One quarter with its units.
#[derive(Clone)]
pub(crate) struct Land {
    pub(crate) quarter: Quarter,
    /// By code within level.
    pub(crate) units: Vec<Unit>,
    /// Old code to new code, for those that went whole into another since the quarter before.
    pub(crate) heirs: BTreeMap<String, String>,
}

/// Where the register of units is.
#[derive(Clone, Copy)]
pub(crate) struct Registers<'a> {
    pub(crate) units: &'a Path,
    pub(crate) successions: &'a Path,
}

/// The quarters from the first to the last.
pub(crate) fn quarters(first: Quarter, last: Quarter) -> Vec<Quarter> {
    let next = |quarter: &Quarter| Some(quarter.next()).filter(|next| *next <= last);
    std::iter::successors(Some(first), next).collect()
}

/// Those quarters of all units of the scopes, each scope from and until the days of the register.
pub(crate) fn lands(
    registers: Registers<'_>,
    scopes: &[&str],
    quarters: &[Quarter],
) -> Result<Vec<Land>, Failure> {
    let mut lands = Vec::new();
    for quarter in quarters {
        let mut units = Vec::new();
        for scope in scopes {
            units.extend(in_force(registers.units, scope, quarter.last_day())?);
        }
        units.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
        let since = quarter.previous().last_day();
        let heirs = heirs(registers.successions, since, quarter.last_day())?;
        lands.push(Land { quarter: *quarter, units, heirs });
    }
    Ok(lands)
}

/// Who went whole into whom after one day, up to another.
fn heirs(
    path: &Path,
    after: NaiveDate,
    until: NaiveDate,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut heirs = BTreeMap::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (old, new, extent, day, _): (String, String, String, NaiveDate, String) = row?;
        if extent == "whole" && after < day && day <= until {
            heirs.insert(old, new);
        }
    }
    Ok(heirs)
}
