//! The machine-readable result (`ket-qua-<period>.json`): keys in their fixed order.

mod backlog;
mod changed;
mod compared;
mod explained;
mod ledger;
pub mod owed;
pub mod previous;
pub mod review;
pub mod trace;

use crate::aggregate::{FileLine, QuarterLine, Rearranged, Summary, UnitLine};
use crate::model::{Finding, Geography, Level, Measure, Period, Tallies, Unchecked, UnitCode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The whole result as one object, with a line end.
pub fn json(summary: &Summary) -> String {
    let result = Result {
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        profile: Profile {
            id: &summary.profile.id,
            sha256: &summary.profile.sha256,
            status: &summary.profile.status,
        },
        period: summary.period.to_string(),
        as_of: summary.as_of.to_string(),
        scope: summary.scope.code.to_string(),
        files: summary.files.iter().map(file).collect(),
        units: summary.units.iter().map(unit).collect(),
        totals: totals(summary),
        diagnostics: summary.findings.iter().map(diagnostic).collect(),
        ledger: ledger::ledger(summary),
        unchecked: summary.unchecked.iter().map(unchecked).collect(),
        explanations: summary.explanations.iter().map(explained::explained).collect(),
        changes: (summary.changes.as_ref())
            .map(|changes| changed::changes(changes, &summary.findings)),
        backlog: backlog::backlog(summary),
        geography: summary.geography.map(Geography::key),
        rearranged: summary.geography.map(|_| summary.rearranged.iter().map(rearranged).collect()),
        comparison: compared::comparison(&summary.comparison),
        profiles: summary.geography.map(|_| {
            summary
                .profiles_used()
                .into_iter()
                .map(|(one, periods)| profile(one, &periods))
                .collect()
        }),
    };
    let mut text = serde_json::to_string_pretty(&result).unwrap_or_default();
    text.push('\n');
    text
}

/// The account of one unit as an object of its own, with a line end.
pub fn ledger_of(summary: &Summary, unit: UnitCode) -> String {
    let accounts = summary.accounts();
    let account = accounts.iter().find(|account| account.line.unit.code == unit);
    let value = account.map(ledger::account).unwrap_or_default();
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Result<'a> {
    tool: Tool,
    profile: Profile<'a>,
    period: String,
    as_of: String,
    scope: String,
    files: Vec<Value>,
    units: Vec<Value>,
    totals: Value,
    diagnostics: Vec<Value>,
    ledger: Vec<Value>,
    unchecked: Vec<Value>,
    explanations: Vec<Value>,
    changes: Option<Value>,
    backlog: backlog::Backlog<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geography: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rearranged: Option<Vec<Value>>,
    comparison: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profiles: Option<Vec<Value>>,
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
    });
    of_quarter(&mut object, finding.period);
    object
}
