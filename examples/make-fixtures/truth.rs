//! What a correct reader must find: the figures of each unit and level, counted apart from the program.

use super::model::{Chair, Meeting, Submission, Value};
use super::quarter::{Quarter, add};
use super::register::{Level, Unit};
use chrono::NaiveDate;
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};

/// The counts of a unit, in the order of the result file.
pub(crate) const KEYS: [&str; 18] = [
    "required",
    "counted",
    "periodic",
    "ad_hoc",
    "by_secretary",
    "by_chairman",
    "by_both",
    "by_deputy",
    "attendees",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "notices_on_time",
    "notices_late",
    "notices_missing",
];

/// The outcomes K1 … K5 among the counts.
pub(crate) const OUTCOMES: [&str; 5] =
    ["answered", "resolved", "pending", "unresolved", "forwarded"];

/// The conclusion notices (thông báo kết luận) among the counts.
const NOTICES: [&str; 3] = ["notices_on_time", "notices_late", "notices_missing"];

const CONCLUSION_DAYS: i64 = 10;

/// The counts of one unit; one that is absent was not reported.
#[derive(Clone, Default)]
pub(crate) struct Figures {
    counts: BTreeMap<&'static str, u32>,
    /// Counts that miss a cell which cannot be read.
    pub(crate) incomplete: BTreeSet<&'static str>,
}

/// One unit of the register with what became of its report.
#[derive(Clone)]
pub(crate) struct UnitTruth {
    pub(crate) unit: Unit,
    pub(crate) submission: &'static str,
    pub(crate) verdict: &'static str,
    /// What was planted, or `clean`.
    pub(crate) case: &'static str,
    pub(crate) figures: Figures,
}

/// A finding that must be made.
#[derive(Clone)]
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    /// Empty where the file is nobody's.
    pub(crate) unit: String,
    pub(crate) file: Option<String>,
    pub(crate) cell: Option<String>,
}

impl Figures {
    /// A count, or `None` where nothing is reported.
    pub(crate) fn get(&self, key: &str) -> Option<u32> {
        self.counts.get(key).copied()
    }

    /// Adds to a count.
    pub(crate) fn add(&mut self, key: &'static str, count: u32) {
        *self.counts.entry(key).or_default() += count;
    }

    /// What a unit that reports no figures still has: its quota.
    pub(crate) fn owed(level: Level) -> Self {
        let mut figures = Self::default();
        figures.add("required", u32::from(level != Level::Province));
        figures
    }

    /// What a unit has whose file cannot be read: its quota, and every other count unknown.
    pub(crate) fn unreadable(level: Level) -> Self {
        let incomplete = KEYS.into_iter().filter(|key| *key != "required").collect();
        Self { incomplete, ..Self::owed(level) }
    }

    /// The same figures as a roll-up (Form 02) gives them: how many notices, not how many late or missing.
    pub(crate) fn rolled_up(mut self) -> Self {
        self.counts.retain(|key, _| !matches!(*key, "notices_late" | "notices_missing"));
        self
    }

    /// The figures of a submission as the form's rules define them.
    pub(crate) fn of(submission: &Submission, quarter: Quarter) -> Self {
        let mut figures = Self::owed(submission.unit.level);
        for key in KEYS {
            figures.add(key, 0);
        }
        for meeting in &submission.meetings {
            figures.meeting(meeting, quarter.deadline());
        }
        for key in ["attendees", "opinions"] {
            // One meeting only: a hole leaves nothing that could be summed.
            if submission.meetings.len() == 1 && figures.incomplete.contains(key) {
                figures.counts.remove(key);
            }
        }
        figures
    }

    fn meeting(&mut self, meeting: &Meeting, as_of: NaiveDate) {
        let kind = if meeting.periodic { "periodic" } else { "ad_hoc" };
        if !matches!(meeting.value("date", 0), Value::Date(_)) {
            let sums = ["attendees", "opinions", "counted", kind, meeting.chair.key()];
            self.incomplete.extend(sums.into_iter().chain(OUTCOMES).chain(NOTICES));
            return;
        }
        self.add(kind, 1);
        self.add(meeting.chair.key(), 1);
        self.add("counted", u32::from(meeting.periodic && meeting.chair != Chair::Deputy));
        for key in ["attendees", "opinions"].into_iter().chain(OUTCOMES) {
            match meeting.value(key, 0) {
                Value::Number(count) => self.add(key, count),
                _ => {
                    self.incomplete.insert(key);
                }
            }
        }
        let due = add(meeting.date, CONCLUSION_DAYS);
        match &meeting.notice {
            // No notice concludes a meeting that is still to come: one of the two dates is wrong.
            Some((_, day)) if *day < meeting.date => self.incomplete.extend(NOTICES),
            Some((_, day)) if *day > due => self.add("notices_late", 1),
            Some(_) => self.add("notices_on_time", 1),
            None if as_of > due => self.add("notices_missing", 1),
            None => {}
        }
    }

    /// The verdict on the quota, where no cell is missing.
    pub(crate) fn verdict(&self, level: Level, with_reason: bool) -> &'static str {
        if level == Level::Province {
            return "khong_thuoc_dien";
        }
        match (self.get("counted").unwrap_or_default() >= 1, with_reason) {
            (true, _) => "dat",
            (false, true) => "chua_dat_co_ly_do",
            (false, false) if self.incomplete.contains("counted") => "chua_xac_dinh",
            (false, false) => "chua_dat",
        }
    }

    /// The incomplete counts, in the order of the result file.
    fn incomplete(&self) -> Vec<&'static str> {
        KEYS.into_iter().filter(|key| self.incomplete.contains(key)).collect()
    }

    fn json(&self) -> Map<String, serde_json::Value> {
        KEYS.iter().map(|key| ((*key).to_owned(), json!(self.get(key)))).collect()
    }
}

/// The sums of the units of one level.
fn level_totals(units: &[UnitTruth], level: Level) -> serde_json::Value {
    let of_level = || units.iter().filter(|truth| truth.unit.level == level);
    let mut totals = Map::new();
    for key in KEYS {
        let sum: u32 = of_level().filter_map(|truth| truth.figures.get(key)).sum();
        totals.insert(key.to_owned(), json!(sum));
    }
    let missed = |key: &&str| of_level().any(|truth| truth.figures.incomplete.contains(key));
    let incomplete: Vec<&str> = KEYS.into_iter().filter(missed).collect();
    totals.insert("incomplete".to_owned(), json!(incomplete));
    totals.into()
}

/// The truth of a whole quarter as text, one unit and one finding on a line.
pub(crate) fn document(
    quarter: Quarter,
    scope: &str,
    seed: u64,
    units: &[UnitTruth],
    findings: &[Finding],
) -> String {
    let levels = [Level::Province, Level::District, Level::Commune];
    let plural = |level: Level| match level {
        Level::Province => "province",
        Level::District => "districts",
        Level::Commune => "communes",
    };
    let totals: Map<_, _> =
        levels.iter().map(|l| (plural(*l).to_owned(), level_totals(units, *l))).collect();
    let mut by_code: Vec<&UnitTruth> = units.iter().collect();
    by_code.sort_by(|a, b| a.unit.code.cmp(&b.unit.code));
    let lines: Vec<String> = by_code.iter().map(|truth| unit_line(truth)).collect();
    let found: Vec<String> = findings.iter().map(finding_line).collect();
    format!(
        "{{\n\"period\": {},\n\"scope\": {},\n\"seed\": {seed},\n\"as_of\": {},\n\"totals\": {},\n\
         \"units\": [\n{}\n],\n\"findings\": [\n{}\n]\n}}\n",
        json!(quarter.key()),
        json!(scope),
        json!(quarter.deadline()),
        json!(totals),
        lines.join(",\n"),
        found.join(",\n"),
    )
}

fn unit_line(truth: &UnitTruth) -> String {
    let mut line = Map::new();
    line.insert("code".to_owned(), json!(truth.unit.code));
    line.insert("name".to_owned(), json!(truth.unit.full_name()));
    line.insert("level".to_owned(), json!(truth.unit.level.key()));
    line.insert(
        "parent".to_owned(),
        json!(Some(&truth.unit.parent).filter(|code| !code.is_empty())),
    );
    line.insert("submission".to_owned(), json!(truth.submission));
    line.insert("verdict".to_owned(), json!(truth.verdict));
    line.extend(truth.figures.json());
    line.insert("incomplete".to_owned(), json!(truth.figures.incomplete()));
    line.insert("case".to_owned(), json!(truth.case));
    json!(line).to_string()
}

fn finding_line(finding: &Finding) -> String {
    json!({
        "code": finding.code, "unit": Some(&finding.unit).filter(|unit| !unit.is_empty()), "file": finding.file, "cell": finding.cell,
    })
    .to_string()
}
