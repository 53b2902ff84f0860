//! How a unit's figures stand to those of the year before (so với năm trước): the same quarters only.

use super::build::is_pending;
use super::lineage::Row;
use super::model::Trend;
use crate::aggregate::Summary;
use crate::check::year::{YearAccount, YearQuarter};
use crate::model::{Period, Tallies, Verdict};
use crate::profile::review::ReviewCriteria;

/// The quarters that are known in both years; none where there is no such quarter. `origins` are the units
/// that it was made of.
pub(super) fn trend(
    row: &Row<'_>,
    origins: &[&Row<'_>],
    all: &[Summary],
    year: i32,
    criteria: &ReviewCriteria,
) -> Option<Trend> {
    let mut trend = Trend {
        quarters: Vec::new(),
        then: Tallies::default(),
        now: Tallies::default(),
        broken: false,
        verdict: verdict_before(row, all, year, criteria),
    };
    for number in 1..=4 {
        let known = |year| figures(row, origins, Period::quarter(year, number)?);
        let (Some((then, was_carried)), Some((now, is_carried))) = (known(year - 1), known(year))
        else {
            continue;
        };
        trend.quarters.push(number);
        trend.then.merge(&then);
        trend.now.merge(&now);
        trend.broken |= was_carried || is_carried;
    }
    let known = !trend.quarters.is_empty() || trend.verdict.is_some();
    known.then_some(trend)
}

/// A unit's figures in a quarter: its own, or those of all the units that it was made of.
fn figures(row: &Row<'_>, origins: &[&Row<'_>], period: Period) -> Option<(Tallies, bool)> {
    if let Some(line) = row.lines.get(&period) {
        return line.submission.has_figures().then_some((line.tallies, false));
    }
    let mut sum = Tallies::default();
    let mut any = false;
    for line in origins.iter().filter_map(|origin| origin.lines.get(&period)) {
        // One of them without figures leaves a sum that compares with nothing.
        if !line.submission.has_figures() {
            return None;
        }
        sum.merge(&line.tallies);
        any = true;
    }
    any.then_some((sum, true))
}

/// The verdict on the whole year before, by the numbers that were in force then.
fn verdict_before(
    row: &Row<'_>,
    all: &[Summary],
    year: i32,
    criteria: &ReviewCriteria,
) -> Option<Verdict> {
    let before: Vec<&Summary> = all.iter().filter(|q| q.period.year() == year - 1).collect();
    let [_, _, _, last] = before.as_slice() else { return None };
    let parts: Vec<YearQuarter<'_>> = (before.iter())
        .filter_map(|quarter| {
            let period = quarter.period.last();
            let line = row.lines.get(&period)?;
            Some(YearQuarter { period, line, pending: is_pending(line, quarter) })
        })
        .collect();
    let own = last.profile.review.as_ref().unwrap_or(criteria);
    (!parts.is_empty()).then(|| YearAccount::of(&parts, &last.profile, own.year_by.value).verdict)
}
