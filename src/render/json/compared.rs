//! The key `comparison` of the result: the same sums for other periods, and the quarters of the trend.

use super::totals_of;
use crate::model::{Comparison, Past, PastQuarter, UnitStanding, Verdict};
use serde_json::{Value, json};

/// The other periods; nothing where no other period was asked for.
pub(super) fn comparison(comparison: &Comparison) -> Option<Value> {
    let known = *comparison != Comparison::default();
    let absent: Vec<String> = comparison.absent.iter().map(ToString::to_string).collect();
    known.then(|| {
        json!({
            "previous": comparison.previous.as_ref().map(past),
            "same_last_year": comparison.same_last_year.as_ref().map(past),
            "since_january": comparison.since_january.as_ref().map(past),
            "quarters": comparison.quarters.iter().map(quarter).collect::<Vec<_>>(),
            "absent": absent,
        })
    })
}

fn past(past: &Past) -> Value {
    json!({
        "period": past.period.to_string(),
        "owed": past.owed,
        "reported": past.reported,
        "rearranged": past.rearranged,
        "totals": totals_of(&past.totals),
    })
}

fn quarter(quarter: &PastQuarter) -> Value {
    let of = |verdict: Verdict| {
        let standings = quarter.standings.values();
        standings.filter(|standing: &&UnitStanding| standing.unit == verdict).count()
    };
    let verdicts: serde_json::Map<String, Value> = Verdict::ALL
        .iter()
        .map(|verdict| (verdict.key().to_owned(), of(*verdict).into()))
        .collect();
    let mut object = past(&quarter.past);
    if let Value::Object(map) = &mut object {
        map.insert("verdicts".to_owned(), Value::Object(verdicts));
    }
    object
}
