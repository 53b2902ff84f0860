//! The committed quarter, run through the library with everything that comes with the program.

use qc17::aggregate::Summary;
use qc17::calendar::Calendar;
use qc17::normalise::Codes;
use qc17::open::Limits;
use qc17::pipeline::{Job, run};
use qc17::profile::Profile;
use qc17::recognise::Forms;
use qc17::register::Register;
use std::path::{Path, PathBuf};

/// A path inside the checkout.
pub(crate) fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `qc17 report fixtures/2021-Q1 --period 2021-Q1` as a job.
pub(crate) fn job() -> Job {
    let profile = Profile::embedded("quy-che-17").unwrap();
    Job {
        folders: vec![checkout("fixtures/2021-Q1")],
        history: Vec::new(),
        geography: qc17::model::Geography::Now,
        profiles: Vec::new(),
        outputs: None,
        period: qc17::model::Span::parse("2021-Q1"),
        as_of: None,
        scope: None,
        register: Register::embedded().unwrap(),
        forms: Forms::load(&profile.aliases).unwrap(),
        profile,
        calendar: Calendar::embedded().unwrap(),
        codes: Codes::load().unwrap(),
        limits: Limits::default(),
    }
}

/// What that run gives.
pub(crate) fn summary() -> Summary {
    run(&job(), &|_, _| {}).unwrap()
}
