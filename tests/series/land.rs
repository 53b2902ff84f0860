//! What the tests of this folder share: made quarters with what must be found in them, and runs over them.

use super::maker::backlog::Account;
use super::maker::form::Forms;
use super::maker::lands::{Land, Registers, lands, quarters};
use super::maker::prng::Prng;
use super::maker::quarter::Quarter;
use super::maker::register::Unit;
use super::maker::series::{Doing, Series, Told};
use super::program::{checkout, program};
use qc17::aggregate::Summary;
use qc17::calendar::Calendar;
use qc17::model::backlog::{Flow, Movement};
use qc17::model::{Geography, Level, Measure, Span, Tallies};
use qc17::normalise::Codes;
use qc17::open::Limits;
use qc17::pipeline::Job;
use qc17::profile::Profile;
use qc17::recognise::Forms as Columns;
use qc17::register::Register;
use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;

const SEED: u64 = 17;

/// What each unit does in each quarter.
pub(crate) type How<'a> = dyn Fn(&Unit, Quarter, &mut Prng) -> Doing + Sync + 'a;

/// Made quarters, one folder each, and what must be found.
pub(crate) struct Made {
    root: TempDir,
    pub(crate) told: Vec<Told>,
}

pub(crate) fn forms() -> Forms {
    Forms::read(&checkout("templates/bieu-mau.toml")).unwrap()
}

/// The units of those scopes from one quarter to another.
pub(crate) fn land(scopes: &[&str], from: &str, to: &str) -> Vec<Land> {
    let (units, successions) =
        (checkout("templates/units/units.csv"), checkout("templates/units/successions.csv"));
    let registers = Registers { units: &units, successions: &successions };
    let quarter = |text| Quarter::parse(text).unwrap();
    lands(registers, scopes, &quarters(quarter(from), quarter(to))).unwrap()
}

impl Made {
    pub(crate) fn new(lands: &[Land], doing: &How<'_>) -> Self {
        Self::seeded(lands, doing, SEED)
    }

    pub(crate) fn seeded(lands: &[Land], doing: &How<'_>, seed: u64) -> Self {
        let root = tempfile::tempdir().unwrap();
        let forms = forms();
        let series = Series { forms: &forms, lands, seed, doing, out: root.path() };
        let told = series.run().unwrap();
        Self { root, told }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// The folders of a span's quarters.
    pub(crate) fn folders(&self, span: &str) -> Vec<PathBuf> {
        let quarters = Span::parse(span).unwrap().quarters();
        quarters.iter().map(|quarter| self.path(&quarter.to_string())).collect()
    }

    /// What must be found of a span's quarters.
    pub(crate) fn of(&self, span: &str) -> impl Iterator<Item = &Told> {
        let quarters = Span::parse(span).unwrap().quarters();
        let keys: Vec<String> = quarters.iter().map(ToString::to_string).collect();
        self.told.iter().filter(move |told| keys.contains(&told.quarter.key()))
    }

    /// The sum of a count over a span's quarters, for one level.
    pub(crate) fn sum(&self, span: &str, level: &str, key: &str) -> u64 {
        let of_level = self.of(span).filter(|told| told.unit.level.key() == level);
        of_level.filter_map(|told| told.figures.get(key)).map(u64::from).sum()
    }

    /// `qc17` with those words, the folders of a span and of a history.
    pub(crate) fn run(&self, words: &[&str], span: &str, history: &[&str]) -> Value {
        let mut command = program();
        command.args(words).args(self.folders(span)).args(["--format", "json"]);
        for folder in history.iter().flat_map(|span| self.folders(span)) {
            command.arg("--history").arg(folder);
        }
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{words:?}: {told}"))
    }

    /// The job for a span with the quarters of another before it.
    pub(crate) fn job(&self, span: &str, history: &[&str], geography: Geography) -> Job {
        let profile = Profile::embedded("quy-che-17").unwrap();
        Job {
            folders: self.folders(span),
            history: history.iter().flat_map(|span| self.folders(span)).collect(),
            outputs: None,
            period: Span::parse(span),
            geography,
            as_of: None,
            scope: None,
            register: Register::embedded().unwrap(),
            forms: Columns::load(&profile.aliases).unwrap(),
            profile,
            profiles: Vec::new(),
            calendar: Calendar::embedded().unwrap(),
            codes: Codes::load().unwrap(),
            limits: Limits::default(),
        }
    }
}

/// The levels with their words in the generator.
pub(crate) const LEVELS: [(Level, &str); 3] =
    [(Level::Province, "province"), (Level::District, "district"), (Level::Commune, "commune")];

/// Every count of every level is what the generator counted.
pub(crate) fn same_sums(made: &Made, span: &str, summary: &Summary) {
    for (level, word) in LEVELS {
        let told = summary.totals.get(&level).copied().unwrap_or_else(Tallies::default);
        for measure in Measure::ALL.into_iter().filter(|one| *one != Measure::Required) {
            let expected = made.sum(span, word, measure.key());
            let found = told.sum(measure).unwrap_or(0);
            // The heads of a province each owe their own: its count is the lesser head's of the year.
            if (level, measure) != (Level::Province, Measure::Counted) {
                assert_eq!(found, expected, "{} of {word} in {span}", measure.key());
            }
        }
    }
}

/// Every finding of that rule, in words.
pub(crate) fn said(summary: &Summary, code: &str) -> Vec<String> {
    let found = summary.findings.iter().filter(|finding| finding.rule.code == code);
    found.map(|finding| format!("{:?} {}", finding.unit, finding.message)).collect()
}

/// The account of petitions over the quarters of a span is the one that the generator kept: what moved
/// adds up, what is open at the end is what each unit last left, and nothing was lost or found.
pub(crate) fn same_petitions(made: &Made, span: &str, summary: &Summary) {
    let total = summary.backlog.total();
    assert_eq!(total.due(), i128::from(total.get(Movement::Closing)), "{span}");
    let mut moved = Account::default();
    made.of(span).filter_map(|told| told.account).for_each(|one| moved.add(&one));
    let moved = flow(&moved);
    for movement in [Movement::New, Movement::Answered, Movement::Settled, Movement::PassedUp] {
        assert_eq!(total.get(movement), moved.get(movement), "{movement:?} in {span}");
    }
    assert_eq!((total.get(Movement::Lost), total.get(Movement::Added)), (0, 0), "{span}");
    let open = u64::try_from(summary.backlog.open().count()).unwrap();
    assert_eq!(open, total.get(Movement::Closing), "{span}");
    assert_eq!(said(summary, "SL06"), [""; 0], "{span}");
}

/// The account that the generator kept, in the words of the program.
pub(crate) fn flow(account: &Account) -> Flow {
    let mut flow = Flow::default();
    for (movement, petitions) in [
        (Movement::Opening, account.opening),
        (Movement::New, account.new),
        (Movement::Answered, account.answered),
        (Movement::Settled, account.settled),
        (Movement::PassedUp, account.passed_up),
        (Movement::Closing, account.closing),
    ] {
        flow.add(movement, petitions);
    }
    flow
}
