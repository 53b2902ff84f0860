//! The key `explanations` of the result: what the office has decided, and what became of each decision.

use crate::model::explanation::{About, Explained};
use crate::model::privacy::masked;
use serde_json::{Value, json};

/// One explanation with what became of it.
pub(super) fn explained(one: &Explained) -> Value {
    let row = &one.explanation;
    let place = match &row.about {
        About::Every => None,
        About::Content(key) => Some(key.clone()),
        About::Cell(Some(sheet), cell) => Some(format!("{sheet}!{cell}")),
        About::Cell(None, cell) => Some(cell.to_string()),
    };
    json!({
        "code": row.code.as_str(),
        "unit": row.unit.to_string(),
        "period": row.period.map(|period| period.to_string()),
        "place": place,
        "reason": masked(row.reason.as_str()),
        "decision": row.decision.key(),
        "by": row.by.as_ref().map(crate::model::Text::as_str),
        "date": row.date.map(|day| day.to_string()),
        "until": row.until.map(|day| day.to_string()),
        "status": one.fate.key(),
        "findings": one.findings,
        "file": row.file.as_str(),
        "line": row.line,
    })
}
