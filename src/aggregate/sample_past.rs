//! A made-up quarter with the quarters before it, for the tests of comparisons and of charts over time.

use super::sample::province;
use super::summary::{Summary, Verdict};
use crate::model::{Measure, Past, PastQuarter, Period, Span, Tallies, Tally, UnitStanding};

/// The second quarter of 2021 with seven quarters before it; a figure of a year ago has a hole.
pub(crate) fn province_with_past() -> Summary {
    let mut summary = province();
    let own = Period::parse("2021-Q2").unwrap();
    summary.period = own.into();
    summary.as_of = "2021-07-05".parse().unwrap();
    summary.deadline = summary.as_of;
    let mut quarters = Vec::new();
    let mut period = own;
    for back in 1..8 {
        period = period.previous().unwrap();
        quarters.insert(0, quarter(&summary, period, back));
    }
    let past = |back: usize| quarters.get(quarters.len() - back).map(|one| one.past.clone());
    summary.comparison.previous = past(1);
    summary.comparison.same_last_year = past(4).map(|mut past| {
        for tallies in past.totals.values_mut() {
            tallies.mark(Measure::Attendees);
        }
        past.reported -= 12;
        past.rearranged = true;
        past
    });
    summary.comparison.since_january = past(1).map(|mut sum| {
        sum.period = Span::HalfYear { year: 2021, second: false };
        for (level, tallies) in &summary.totals {
            sum.totals.entry(*level).or_default().merge(tallies);
        }
        sum
    });
    summary.comparison.quarters = quarters;
    summary
}

/// The report's own figures, some fewer for every quarter further back; every ninth unit changes.
fn quarter(summary: &Summary, period: Period, back: u64) -> PastQuarter {
    let mut totals = summary.totals.clone();
    for tallies in totals.values_mut() {
        *tallies = fewer(tallies, back);
    }
    let standing = |(i, line): (usize, &super::UnitLine)| {
        let turn = (i as u64 + back) % 9;
        let unit = match turn {
            0 => Verdict::Short,
            4 => Verdict::NotSubmitted,
            _ => line.verdict,
        };
        (line.unit.code, UnitStanding { unit, heads: (turn == 7).then_some([unit, Verdict::Met]) })
    };
    let owed = summary.units.len() as u64;
    let standings = summary.units.iter().enumerate().map(standing).collect();
    let past =
        Past { period: period.into(), totals, owed, reported: owed - back, rearranged: false };
    PastQuarter { past, standings }
}

fn fewer(tallies: &Tallies, back: u64) -> Tallies {
    let mut out = *tallies;
    for measure in Measure::ALL {
        if let Some(sum) = tallies.sum(measure) {
            *out.get_mut(measure) = Tally::known(sum - sum * back / 20);
        }
    }
    out
}
