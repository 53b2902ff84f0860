//! The machine-readable result (`ket-qua-<period>.json`): keys in their fixed order.

mod backlog;
mod changed;
mod compared;
mod each;
mod explained;
mod ledger;
pub mod owed;
pub mod previous;
pub mod review;
pub mod trace;

use crate::aggregate::{FileLine, QuarterLine, Rearranged, Summary, UnitLine, Whose};
use crate::model::{Finding, Level, Measure, Period, Tallies, Unchecked};
use each::Each;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// The whole result as one object, with a line end.
pub fn json(summary: &Summary) -> String {
    let mut text = Vec::new();
    json_to(summary, &mut text).ok();
    String::from_utf8(text).unwrap_or_default()
}

/// As [`json`], written while it is made.
pub fn json_to(summary: &Summary, out: impl Write) -> io::Result<()> {
    // Each quotation mark is a write of its own: whoever takes them has more to do than to copy them.
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &Whole(summary))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The account of one unit as an object of its own, with a line end.
pub fn ledger_of(summary: &Summary, unit: Whose) -> String {
    let accounts = summary.accounts();
    let account = accounts.iter().find(|account| unit.is(&account.line.unit));
    let value = account.map(|one| ledger::account(one, summary));
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// The keys of the result in their order.
struct Whole<'a>(&'a Summary);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let summary = self.0;
        let Summary { profile: used, findings, .. } = summary;
        let mut keys = serializer.serialize_map(None)?;
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        keys.serialize_entry("tool", &Tool { name, version })?;
        let profile = Profile { id: &used.id, sha256: &used.sha256, status: &used.status };
        keys.serialize_entry("profile", &profile)?;
        keys.serialize_entry("period", &summary.period.to_string())?;
        keys.serialize_entry("as_of", &summary.as_of.to_string())?;
        keys.serialize_entry("scope", &summary.scope.code.to_string())?;
        keys.serialize_entry("files", &Each(|| summary.files.iter().map(file)))?;
        keys.serialize_entry("units", &Each(|| summary.units.iter().map(unit)))?;
        keys.serialize_entry("totals", &totals(summary))?;
        keys.serialize_entry("diagnostics", &Each(|| findings.iter().map(diagnostic)))?;
        keys.serialize_entry("ledger", &ledger::Ledger(summary))?;
        keys.serialize_entry("unchecked", &Each(|| summary.unchecked.iter().map(unchecked)))?;
        let explanations = || summary.explanations.iter().map(explained::explained);
        keys.serialize_entry("explanations", &Each(explanations))?;
        let changes = summary.changes.as_ref();
        let changes = changes.map(|changes| changed::changes(changes, findings));
        keys.serialize_entry("changes", &changes)?;
        keys.serialize_entry("backlog", &backlog::Backlog(summary))?;
        if let Some(geography) = summary.geography {
            keys.serialize_entry("geography", geography.key())?;
            let rearranged = || summary.rearranged.iter().map(rearranged);
            keys.serialize_entry("rearranged", &Each(rearranged))?;
        }
        keys.serialize_entry("comparison", &compared::comparison(&summary.comparison))?;
        if summary.geography.is_some() {
            let used = summary.profiles_used();
            let profiles = || used.iter().map(|(one, periods)| self::profile(one, periods));
            keys.serialize_entry("profiles", &Each(profiles))?;
        }
        keys.end()
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Profile<'a> {
    id: &'a str,
    sha256: &'a str,
    status: &'a str,
}

/// A profile with the quarters for which it was in force.
fn profile(profile: &crate::profile::Profile, periods: &[Period]) -> Value {
    json!({
        "id": profile.id,
        "sha256": profile.sha256,
        "status": profile.status,
        "periods": periods.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn file(line: &FileLine) -> Value {
    let mut object = json!({
        "path": line.path.as_str(),
        "sha256": line.sha256,
        "form": line.form.map(crate::model::Form::key),
        "unit": line.unit.map(|unit| unit.to_string()),
        "status": line.status.key(),
        "received": line.received.map(|day| day.to_string()),
        "received_last": line.received_last.map(|day| day.to_string()),
    });
    of_quarter(&mut object, line.period);
    object
}

/// In a report over several quarters, each thing says of which it is.
fn of_quarter(object: &mut Value, period: Option<Period>) {
    if let (Value::Object(map), Some(period)) = (object, period) {
        map.insert("period".into(), period.to_string().into());
    }
}

fn unit(line: &UnitLine) -> Value {
    let mut object = Map::new();
    object.insert("code".into(), line.unit.code.to_string().into());
    object.insert("name".into(), line.unit.full_name().into());
    object.insert("level".into(), line.unit.level.key().into());
    object.insert("parent".into(), json!(line.unit.parent.map(|code| code.to_string())));
    object.insert("submission".into(), line.submission.key().into());
    object.insert("verdict".into(), line.verdict.key().into());
    counts(&mut object, &line.tallies);
    if !line.quarters.is_empty() {
        object.insert("quarters".into(), line.quarters.iter().map(quarter).collect());
    }
    Value::Object(object)
}

/// One quarter of a unit, or of one of its predecessors.
fn quarter(part: &QuarterLine) -> Value {
    let line = &part.line;
    let mut object = Map::new();
    object.insert("period".into(), part.period.to_string().into());
    object.insert("unit".into(), line.unit.code.to_string().into());
    object.insert("name".into(), line.unit.full_name().into());
    object.insert("carried".into(), part.is_carried.into());
    object.insert("submission".into(), line.submission.key().into());
    object.insert("verdict".into(), line.verdict.key().into());
    counts(&mut object, &line.tallies);
    object.insert("submitted".into(), json!(line.submitted.map(|day| day.to_string())));
    object.insert("days_late".into(), json!(part.days_late));
    object.insert("short".into(), json!(part.short));
    Value::Object(object)
}

fn counts(object: &mut Map<String, Value>, tallies: &Tallies) {
    for measure in Measure::ALL {
        object.insert(measure.key().into(), json!(tallies.sum(measure)));
    }
    let incomplete: Vec<&str> = tallies.incomplete().map(Measure::key).collect();
    object.insert("incomplete".into(), json!(incomplete));
}

/// Where the units change inside the span.
fn rearranged(one: &Rearranged) -> Value {
    let side = |(period, [province, districts, communes]): (Period, [usize; 3])| {
        json!({
            "period": period.to_string(),
            "units": {"province": province, "districts": districts, "communes": communes},
        })
    };
    json!({"before": side(one.before), "after": side(one.after)})
}

/// The names of the levels' sums.
const LEVELS: [(Level, &str); 3] =
    [(Level::Province, "province"), (Level::District, "districts"), (Level::Commune, "communes")];

fn totals(summary: &Summary) -> Value {
    totals_of(&summary.totals)
}

fn totals_of(sums: &BTreeMap<Level, Tallies>) -> Value {
    let mut totals = Map::new();
    for (level, name) in LEVELS {
        let mut object = Map::new();
        counts(&mut object, &sums.get(&level).copied().unwrap_or_default());
        totals.insert(name.into(), Value::Object(object));
    }
    Value::Object(totals)
}

/// A rule that could not be checked.
fn unchecked(one: &Unchecked) -> Value {
    let cells: Vec<String> = one.blocked_by.iter().map(ToString::to_string).collect();
    json!({
        "code": one.rule.code,
        "unit": one.unit.to_string(),
        "file": one.place.file.as_ref().map(crate::model::submission::FilePath::as_str),
        "sheet": one.place.sheet.as_ref().map(|sheet| sheet.name.as_ref()),
        "cell": one.place.cell.map(|cell| cell.to_string()),
        "blocked_by": cells,
        "reason": one.reason,
        "slug": one.rule.slug,
    })
}

/// One finding, as JSON and as `qc17 check --format json` show it.
fn diagnostic(finding: &Finding) -> Value {
    let mut object = json!({
        "code": finding.rule.code,
        "severity": finding.severity.key(),
        "unit": finding.unit.map(|unit| unit.to_string()),
        "file": finding.place.file.as_ref().map(crate::model::submission::FilePath::as_str),
        "sheet": finding.place.sheet.as_ref().map(|sheet| sheet.name.as_ref()),
        "cell": finding.place.cell.map(|cell| cell.to_string()),
        "value": finding.value,
        "message": finding.message,
        "help": finding.help,
        "slug": finding.rule.slug,
        "key": finding.key(),
        "explanation": finding.explanation.as_ref().map(|one| one.words()),
        "about": finding.matter().as_str(),
        "row": finding.row.map(crate::model::content::RowMarks::digits),
    });
    of_quarter(&mut object, finding.period);
    if !finding.also.is_empty() {
        let also: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
        object.as_object_mut().map(|object| object.insert("also".to_owned(), json!(also)));
    }
    object
}
