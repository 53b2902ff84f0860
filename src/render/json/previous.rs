//! Reads an earlier result back, as far as a comparison needs it.

use super::LEVELS;
use crate::aggregate::previous::{PastFile, PastFinding, PastUnit, Previous};
use crate::model::content::{Matter, RowMarks};
use crate::model::{Level, Measure, Severity, UnitCode};
use serde_json::Value;

/// The text is no result of this program.
#[derive(Debug, thiserror::Error)]
pub enum PreviousError {
    /// It is no JSON.
    #[error("tệp không phải JSON hoặc bị hỏng ở dòng {0}")]
    NotJson(usize),
    /// It is JSON of another kind.
    #[error("tệp không phải kết quả ket-qua-….json của qc17: thiếu \u{201c}{0}\u{201d}")]
    NotAResult(&'static str),
}

/// Reads the text of a `ket-qua-….json`.
pub fn previous(text: &str) -> Result<Previous, PreviousError> {
    let result: Value =
        serde_json::from_str(text).map_err(|error| PreviousError::NotJson(error.line()))?;
    let list = |key: &'static str| {
        result.get(key).and_then(Value::as_array).ok_or(PreviousError::NotAResult(key))
    };
    let needed = |key: &'static str| word(&result, key).ok_or(PreviousError::NotAResult(key));
    let profile = result.get("profile").and_then(|profile| word(profile, "sha256"));
    Ok(Previous {
        period: needed("period")?,
        scope: needed("scope")?,
        as_of: needed("as_of")?,
        profile: profile.ok_or(PreviousError::NotAResult("profile"))?,
        files: list("files")?.iter().filter_map(file).collect(),
        units: list("units")?.iter().filter_map(unit).collect(),
        totals: LEVELS
            .into_iter()
            .filter_map(|(level, name)| total(&result, level, name))
            .collect(),
        findings: list("diagnostics")?.iter().filter_map(finding).collect(),
    })
}

fn word(object: &Value, key: &str) -> Option<String> {
    object.get(key)?.as_str().map(str::to_owned)
}

fn code(object: &Value, key: &str) -> Option<UnitCode> {
    UnitCode::parse(object.get(key)?.as_str()?)
}

fn file(object: &Value) -> Option<PastFile> {
    Some(PastFile {
        path: word(object, "path")?,
        sha256: word(object, "sha256"),
        unit: code(object, "unit"),
        used: object.get("status").and_then(Value::as_str) == Some("used"),
    })
}

fn total(result: &Value, level: Level, name: &str) -> Option<(Level, Figures)> {
    Some((level, figures(result.get("totals")?.get(name)?)))
}

type Figures = [Option<u64>; Measure::COUNT];

fn figures(object: &Value) -> Figures {
    Measure::ALL.map(|measure| object.get(measure.key()).and_then(Value::as_u64))
}

fn unit(object: &Value) -> Option<PastUnit> {
    Some(PastUnit { code: code(object, "code")?, figures: figures(object) })
}

fn finding(object: &Value) -> Option<PastFinding> {
    Some(PastFinding {
        code: word(object, "code")?,
        severity: Severity::parse(object.get("severity")?.as_str()?)?,
        unit: code(object, "unit"),
        place: ["file", "sheet", "cell"].map(|key| word(object, key)),
        value: word(object, "value"),
        message: word(object, "message")?,
        period: word(object, "period"),
        about: word(object, "about").as_deref().and_then(Matter::parse),
        row: object
            .get("row")
            .and_then(Value::as_array)
            .and_then(|digits| RowMarks::parse(digits.iter().map(Value::as_str))),
    })
}
