//! The machine-readable yearly review (`danh-gia-<year>.json`): keys in their fixed order.

use super::each::Each;
use super::{Tool, counts, diagnostic};
use crate::aggregate::Summary;
use crate::aggregate::review::{
    Accepted, Document, Named, Review, Share, Trend, UnitQuarter, UnitYear,
};
use crate::model::privacy::masked;
use crate::model::submission::FilePath;
use crate::model::{Level, Measure, Place, Tallies};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Said in every form of the review.
pub(in crate::render) const NO_RATING: &str = "Các danh sách do phần mềm gợi ý theo tiêu chí của hồ sơ quy tắc; không phải xếp loại chính thức.";

/// The whole review as one object, with a line end.
pub fn review(review: &Review) -> String {
    let mut text = Vec::new();
    review_to(review, &mut text).ok();
    String::from_utf8(text).unwrap_or_default()
}

/// As [`review`], written while it is made.
pub fn review_to(review: &Review, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, &Whole(review))?;
    out.write_all(b"\n")
}

/// The keys of the result in their order.
struct Whole<'a>(&'a Review);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let review = self.0;
        let mut keys = serializer.serialize_map(None)?;
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        keys.serialize_entry("tool", &Tool { name, version })?;
        keys.serialize_entry("year", &review.year)?;
        keys.serialize_entry("as_of", &review.as_of.to_string())?;
        keys.serialize_entry("scope", &review.scope.code.to_string())?;
        keys.serialize_entry("geography", review.geography.key())?;
        keys.serialize_entry("year_by", review.criteria.year_by.value.key())?;
        keys.serialize_entry("note", NO_RATING)?;
        keys.serialize_entry("quarters", &Each(|| review.quarters.iter().map(quarter)))?;
        keys.serialize_entry("units", &Each(|| review.units.iter().map(|one| unit(review, one))))?;
        keys.serialize_entry("totals", &totals(review))?;
        let named = |list: &'_ [Named]| list.iter().map(|one| named(review, one)).collect();
        let [commended, reminded]: [Vec<Value>; 2] =
            [&review.commended, &review.reminded].map(|list| named(list));
        keys.serialize_entry("commended", &commended)?;
        keys.serialize_entry("reminded", &reminded)?;
        let documents = || review.documents.iter().map(|one| document(review, one));
        keys.serialize_entry("evidence", &Each(documents))?;
        keys.serialize_entry("explanations", &Each(|| review.accepted.iter().map(accepted)))?;
        keys.serialize_entry("diagnostics", &Each(|| diagnostics(review)))?;
        let before = || review.before.iter().map(|quarter| quarter.period.to_string());
        keys.serialize_entry("compared_with", &Each(before))?;
        keys.end()
    }
}

fn quarter(quarter: &Summary) -> Value {
    let profile = &quarter.profile;
    json!({
        "period": quarter.period.to_string(),
        "deadline": quarter.deadline.to_string(),
        "profile": {"id": profile.id, "sha256": profile.sha256, "status": profile.status},
        "files": quarter.files.iter().map(super::file).collect::<Vec<_>>(),
    })
}

fn unit(review: &Review, unit: &UnitYear) -> Value {
    let record = unit.punctuality;
    let code = |at: usize| review.units.get(at).map(|other| other.unit.code.to_string());
    let quality = unit.quality();
    json!({
        "code": unit.unit.code.to_string(),
        "name": unit.unit.full_name(),
        "level": unit.unit.level.key(),
        "parent": unit.unit.parent.map(|parent| parent.to_string()),
        "valid_from": unit.unit.valid_from.to_string(),
        "valid_to": unit.unit.valid_to.map(|day| day.to_string()),
        "heir": unit.heir.and_then(code),
        "made_of": unit.origins.iter().filter_map(|at| code(*at)).collect::<Vec<_>>(),
        "carried": unit.carried,
        "verdict": unit.account.verdict.key(),
        "required": unit.account.owed,
        "counted": unit.account.counted,
        "quarters": unit.quarters.iter().map(|one| of_quarter(one.as_ref())).collect::<Vec<_>>(),
        "submission": {
            "owed": record.owed, "on_time": record.on_time, "late": record.late,
            "undated": record.undated, "unreadable": record.unreadable, "missing": record.missing,
        },
        "year": figures(&unit.shown),
        "answered": share(Share::answered(&unit.shown)),
        "settled": share(Share::settled(&unit.shown)),
        "notices": share(Share::notices(&unit.shown)),
        "errors": quality.errors,
        "errors_excused": quality.excused,
        "warnings": quality.warnings,
        "trend": unit.trend.as_ref().map(trend),
        "rearranged": review.break_words(unit),
    })
}

fn of_quarter(quarter: Option<&UnitQuarter>) -> Value {
    let Some(quarter) = quarter else { return Value::Null };
    let mut object = Map::new();
    object.insert("period".into(), quarter.period.to_string().into());
    object.insert("code".into(), quarter.code.to_string().into());
    object.insert("submission".into(), quarter.state.key().into());
    object.insert("timing".into(), quarter.timing.key().into());
    object.insert("submitted".into(), json!(quarter.submitted.map(|day| day.to_string())));
    object.insert("verdict".into(), quarter.verdict.key().into());
    object.insert("reason".into(), json!(quarter.reason.as_ref().map(crate::model::Text::as_str)));
    object.insert("file".into(), json!(quarter.file.as_ref().map(FilePath::as_str)));
    counts(&mut object, &quarter.tallies);
    object.insert("errors".into(), quarter.quality.errors.into());
    object.insert("errors_excused".into(), quarter.quality.excused.into());
    object.insert("warnings".into(), quarter.quality.warnings.into());
    Value::Object(object)
}

fn figures(tallies: &Tallies) -> Value {
    let mut object = Map::new();
    counts(&mut object, tallies);
    Value::Object(object)
}

/// Part and whole as counts: a rounded percentage could not be added up again.
fn share(share: Share) -> Value {
    json!({"part": share.part, "whole": share.whole, "uncertain": share.uncertain})
}

fn trend(trend: &Trend) -> Value {
    let of = |tallies: &Tallies| {
        let mut object = Map::new();
        for measure in [Measure::Counted, Measure::Periodic, Measure::AdHoc, Measure::Opinions] {
            object.insert(measure.key().into(), json!(tallies.sum(measure)));
        }
        object.insert("settled".into(), share(Share::settled(tallies)));
        Value::Object(object)
    };
    json!({
        "quarters": trend.quarters,
        "before": of(&trend.then),
        "now": of(&trend.now),
        "rearranged": trend.broken,
        "verdict_before": trend.verdict.map(crate::model::Verdict::key),
    })
}

fn totals(review: &Review) -> Value {
    let mut totals = Map::new();
    for (level, name) in [
        (Level::Province, "province"),
        (Level::District, "districts"),
        (Level::Commune, "communes"),
    ] {
        let tallies = review.totals.get(&level).copied().unwrap_or_default();
        totals.insert(name.into(), figures(&tallies));
    }
    Value::Object(totals)
}

fn named(review: &Review, named: &Named) -> Value {
    let unit = review.units.get(named.unit).map(|unit| &unit.unit);
    let criteria = named.criteria.iter();
    json!({
        "unit": unit.map(|unit| unit.code.to_string()),
        "name": unit.map(crate::model::Unit::full_name),
        "criteria": criteria.map(|one| json!({"key": one.key, "words": one.words})).collect::<Vec<_>>(),
    })
}

fn document(review: &Review, document: &Document) -> Value {
    let unit = review.units.get(document.unit).map(|unit| unit.unit.code.to_string());
    let places = document.places.iter().map(|(period, place)| {
        let mut object = place_of(place);
        object.insert("period".into(), period.to_string().into());
        Value::Object(object)
    });
    json!({
        "unit": unit,
        "kind": document.kind.key(),
        "number": document.number,
        "dates": document.dates.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "unreadable": document.unreadable,
        "places": places.collect::<Vec<_>>(),
    })
}

fn place_of(place: &Place) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("file".into(), json!(place.file.as_ref().map(FilePath::as_str)));
    object.insert("sheet".into(), json!(place.sheet.as_ref().map(|sheet| sheet.name.as_ref())));
    object.insert("cell".into(), json!(place.cell.map(|cell| cell.to_string())));
    object
}

fn accepted(one: &Accepted) -> Value {
    let row = &one.explanation;
    json!({
        "code": row.code.as_str(),
        "unit": row.unit.to_string(),
        "quarters": one.quarters.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "reason": masked(row.reason.as_str()),
        "by": row.by.as_ref().map(crate::model::Text::as_str),
        "date": row.date.map(|day| day.to_string()),
        "until": row.until.map(|day| day.to_string()),
        "findings": one.findings,
        "file": row.file.as_str(),
        "line": row.line,
    })
}

/// All findings, each with its quarter; none for those of the year as a whole.
fn diagnostics(review: &Review) -> impl Iterator<Item = Value> {
    review.all_findings().map(|(period, finding)| {
        let mut value = diagnostic(finding);
        if let Value::Object(object) = &mut value {
            object.insert("period".into(), json!(period.map(|period| period.to_string())));
        }
        value
    })
}
