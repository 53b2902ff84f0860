//! A whole year of the province, 162 units in each quarter: sums, accounts of petitions, identities.

use super::land::{Made, flow, land, said, same_petitions, same_sums};
use super::maker::backlog::Account;
use super::maker::series::usual;
use qc17::aggregate::over_span;
use qc17::aggregate::review::review;
use qc17::model::Geography;
use qc17::model::backlog::Movement;
use qc17::pipeline::{run, series};
use std::collections::BTreeMap;

#[test]
fn all_of_2021_for_the_province() {
    let made = Made::new(&land(&["10"], "2021-Q1", "2021-Q4"), &usual);
    let job = made.job("2021", &[], Geography::Now);
    let series = series(&job, &|_, _| {}).unwrap();
    assert_eq!(series.quarters.len(), 4);
    for quarter in &series.quarters {
        let span = quarter.period.to_string();
        same_sums(&made, &span, quarter);
        assert_eq!(quarter.units.len(), 162);
        assert_eq!(said(quarter, "SL06"), [""; 0], "{span}");
        for told in made.of(&span) {
            let code = qc17::model::UnitCode::parse(&told.unit.code).unwrap();
            let found = quarter.backlog.units.get(&code).and_then(|unit| unit.flow);
            let expected = told.account.as_ref().map(flow);
            // Where nothing is to be told of petitions there is no account.
            let empty = expected == Some(flow(&Account::default()));
            assert!(found == expected || (empty && found.is_none()), "{span} {code} {found:?}");
        }
    }
    let year = over_span(series.span, series.quarters.clone(), &job.register, job.geography);
    let year = year.unwrap();
    same_sums(&made, "2021", &year);
    same_petitions(&made, "2021", &year);
    let mut last: BTreeMap<&str, Account> = BTreeMap::new();
    for told in made.of("2021") {
        last.extend(told.account.map(|account| (told.unit.code.as_str(), account)));
    }
    let closing: u64 = last.values().map(|account| account.closing).sum();
    assert_eq!(year.backlog.total().get(Movement::Closing), closing);
    let review = review(series.quarters, &job.register, 2021, job.geography).unwrap();
    assert_eq!(review.units.len(), 162);
    let named = review.commended.iter().chain(&review.reminded);
    assert!(named.clone().count() > 0);
    assert!(named.into_iter().all(|one| !one.criteria.is_empty()));
}

/// Other seeds, other histories: every account over four quarters closes, on either side of a merger.
#[test]
fn whatever_happened_to_petitions_the_account_closes() {
    for seed in 1..=4 {
        for (scopes, span, geographies) in [
            (&["084"][..], "2021", &[Geography::Now][..]),
            (&["10", "15"], "2025", &[Geography::Now, Geography::Then]),
        ] {
            if scopes.len() > 1 && seed > 1 {
                continue;
            }
            let (from, to) = (format!("{span}-Q1"), format!("{span}-Q4"));
            let made = Made::seeded(&land(scopes, &from, &to), &usual, seed);
            for geography in geographies {
                let mut job = made.job(span, &[], *geography);
                job.scope = qc17::model::UnitCode::parse(scopes.last().unwrap());
                same_petitions(&made, span, &run(&job, &|_, _| {}).unwrap());
            }
        }
    }
}
