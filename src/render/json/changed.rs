//! The key `changes` of the result: what is new, still there and gone since the earlier run.

use super::LEVELS;
use crate::aggregate::changed_figures::{ChangedFigure, Whose};
use crate::aggregate::changes::Changes;
use crate::aggregate::previous::PastFinding;
use crate::model::Finding;
use serde_json::{Value, json};

/// The comparison; findings of this run are named by their keys.
pub(super) fn changes(changes: &Changes, findings: &[Finding]) -> Value {
    let marked = |new: bool| -> Vec<String> {
        let marked = findings.iter().zip(&changes.is_new).filter(|(_, is_new)| **is_new == new);
        marked.map(|(finding, _)| finding.key()).collect()
    };
    json!({
        "previous_as_of": changes.as_of,
        "new": marked(true),
        "still": marked(false),
        "gone": changes.gone.iter().map(gone).collect::<Vec<_>>(),
        "figures": changes.figures.iter().map(figure).collect::<Vec<_>>(),
    })
}

fn gone(finding: &PastFinding) -> Value {
    let [file, sheet, cell] = &finding.place;
    json!({
        "code": finding.code,
        "severity": finding.severity.key(),
        "unit": finding.unit.map(|unit| unit.to_string()),
        "file": file,
        "sheet": sheet,
        "cell": cell,
        "value": finding.value,
        "message": finding.message,
    })
}

fn figure(figure: &ChangedFigure) -> Value {
    let (unit, total) = match figure.whose {
        Whose::Unit(unit) => (Some(unit.to_string()), None),
        Whose::Level(level) => {
            (None, LEVELS.into_iter().find(|(one, _)| *one == level).map(|(_, name)| name))
        }
        Whose::All => (None, Some("all")),
    };
    let files: Vec<&str> = figure.files().collect();
    json!({
        "unit": unit,
        "figure": figure.measure.key(),
        "before": figure.before,
        "after": figure.after,
        "cause": figure.cause(),
        "file": if let [only] = files.as_slice() { Some(only) } else { None },
        "asked": figure.asked,
        "total": total,
        "files": files,
    })
}
