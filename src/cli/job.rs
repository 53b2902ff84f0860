//! From the words typed to a complete job: the tables it needs are loaded before any file is read.

use super::Failure;
use super::args::Input;
use qc17::calendar::Calendar;
use qc17::normalise::Codes;
use qc17::open::Limits;
use qc17::pipeline::Job;
use qc17::profile::{self, Profile};
use qc17::recognise::Forms;
use qc17::register::Register;
use qc17::rules::catalogue;
use std::path::{Path, PathBuf};

/// Makes the job that was typed.
pub(super) fn job(input: &Input, outputs: Option<PathBuf>) -> Result<Job, Failure> {
    let profiles: Vec<Profile> =
        input.profile.iter().map(|name| profile(name)).collect::<Result<_, _>>()?;
    let profile = match profiles.first() {
        Some(first) => first.clone(),
        None => profile("quy-che-17")?,
    };
    // A column name that any of the profiles knows can stand in a file of any quarter.
    let mut aliases = profile.aliases.clone();
    for (field, names) in profiles.iter().skip(1).flat_map(|other| &other.aliases) {
        let known = aliases.entry(field.clone()).or_default();
        known
            .extend(names.iter().filter(|name| !known.contains(name)).cloned().collect::<Vec<_>>());
    }
    // All these are loaded before any file is read, so side by side.
    let units = || match &input.units {
        Some(file) => Register::load(file),
        None => Register::embedded(),
    };
    let (register, (forms, codes)) = rayon::join(units, || (Forms::load(&aliases), Codes::load()));
    let mut limits = Limits::default();
    input.limits.iter().for_each(|changed| changed.apply(&mut limits));
    Ok(Job {
        folders: input.folders.clone(),
        history: input.history.clone(),
        outputs,
        period: input.period,
        geography: input.geography.into(),
        as_of: input.as_of,
        scope: input.scope,
        register: register?,
        profile,
        profiles,
        calendar: Calendar::embedded()?,
        forms: forms?,
        codes: codes?,
        limits,
    })
}

/// A profile that comes with the program, or the office's own file.
pub(super) fn profile(name: &str) -> Result<Profile, Failure> {
    let is_file = Path::new(name).extension().is_some() || name.contains(['/', '\\']);
    if !is_file {
        return Ok(Profile::embedded(name)?);
    }
    let rules = catalogue::codes();
    let fields = Forms::load(&std::collections::BTreeMap::new())?.fields();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let known = profile::Known { rules: &rules, fields: &fields };
    Ok(Profile::load(Path::new(name), &known)?)
}
