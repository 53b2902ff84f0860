//! Where a figure comes from, as `qc17 trace --format json` shows it.

use crate::aggregate::trace::{Item, Trace, UnitTrace};
use crate::aggregate::{Summary, Target};
use serde_json::{Value, json};

/// The trace as an object of its own, with a line end.
pub fn trace(trace: &Trace, summary: &Summary) -> String {
    let unit = match trace.target {
        Target::Unit(unit) => Some(unit.code.to_string()),
        Target::Communes(district) => Some(district.to_string()),
        Target::Level(_) | Target::All => None,
    };
    let kind = match trace.target {
        Target::Unit(_) => "unit",
        Target::Communes(_) => "communes",
        Target::Level(_) => "level",
        Target::All => "all",
    };
    let level = match trace.target {
        Target::Level(level) => Some(level.key()),
        _ => None,
    };
    let value = json!({
        "period": summary.period.to_string(),
        "as_of": summary.as_of.to_string(),
        "scope": summary.scope.code.to_string(),
        "target": {"kind": kind, "unit": unit, "level": level, "label": trace.target.label(summary)},
        "field": trace.figure.key(),
        "column": trace.figure.column(),
        "header": trace.figure.title(),
        "sum": trace.tally.sum,
        "incomplete": trace.tally.incomplete,
        "units": trace.units.iter().map(self::unit).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn unit(unit: &UnitTrace) -> Value {
    let items = |items: &[Item]| items.iter().map(item).collect::<Vec<_>>();
    json!({
        "code": unit.code.to_string(),
        "name": unit.name,
        "sum": unit.tally.sum,
        "incomplete": unit.tally.incomplete,
        "parts": items(&unit.parts),
        "missing": items(&unit.missing),
        "left_out": items(&unit.left_out),
        "note": unit.note,
    })
}

fn item(item: &Item) -> Value {
    let findings = item.findings.iter();
    let findings = findings.map(|said| json!({"code": said.code, "message": said.message}));
    json!({
        "file": item.place.file.as_ref().map(crate::model::submission::FilePath::as_str),
        "sheet": item.place.sheet.as_ref().map(|sheet| sheet.name.as_ref()),
        "cell": item.place.cell.map(|cell| cell.to_string()),
        "written": item.written,
        "understood": item.understood,
        "adds": item.adds,
        "reason": item.why,
        "incomplete": item.opens,
        "findings": findings.collect::<Vec<_>>(),
    })
}
