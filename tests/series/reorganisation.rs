//! The reorganisation of 2025 from files: 151 and 168 communes in 18 districts until June, 99 communes from July.

use super::land::{Made, land, said, same_petitions, same_sums};
use super::maker::series::{Way, usual};
use qc17::aggregate::review::review;
use qc17::aggregate::{Summary, comparison, over_span};
use qc17::model::backlog::{Movement, Trace};
use qc17::model::{Geography, Level, Measure, Span, UnitCode};
use qc17::pipeline::{run, series};
use qc17::register::Register;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(crate) struct Years {
    pub(crate) made: Made,
    /// 2024-Q4 to 2026-Q1, as a report of the last of them has them.
    quarters: Vec<Summary>,
    /// 2024-Q4 to 2025-Q4, as a report of the year has them.
    year: Vec<Summary>,
    pub(crate) register: Register,
}

pub(crate) static YEARS: LazyLock<Years> = LazyLock::new(|| {
    let made = Made::new(&land(&["10", "15"], "2024-Q4", "2026-Q1"), &usual);
    let of = |span: &str, history: &[&str]| {
        let job = made.job(span, history, Geography::Now);
        series(&job, &|_, _| {}).unwrap().quarters
    };
    let quarters = of("2026-Q1", &["2024-Q4", "2025"]);
    let year = of("2025", &["2024-Q4"]);
    Years { made, quarters, year, register: Register::embedded().unwrap() }
});

fn span(text: &str) -> Span {
    Span::parse(text).unwrap()
}

pub(crate) fn year(geography: Geography) -> Summary {
    let span = span("2025");
    let ours = YEARS.year.iter().filter(|quarter| span.contains(quarter.period.last()));
    over_span(span, ours.cloned().collect(), &YEARS.register, geography).unwrap()
}

#[test]
fn every_quarter_has_its_units_and_their_figures() {
    let counts = |summary: &Summary| {
        Level::ALL.map(|level| summary.units.iter().filter(|one| one.unit.level == level).count())
    };
    let found: Vec<(String, [usize; 3])> = (YEARS.quarters.iter())
        .map(|quarter| (quarter.period.to_string(), counts(quarter)))
        .collect();
    let (old, new) = ([2, 18, 151 + 168], [1, 0, 99]);
    let expected = [
        ("2024-Q4", old),
        ("2025-Q1", old),
        ("2025-Q2", old),
        ("2025-Q3", new),
        ("2025-Q4", new),
        ("2026-Q1", new),
    ];
    assert_eq!(found, expected.map(|(period, counts)| (period.to_owned(), counts)));
    for quarter in &YEARS.quarters {
        same_sums(&YEARS.made, &quarter.period.to_string(), quarter);
        for code in ["SL06", "DV01", "DV03", "DV04", "DV07", "KY02"] {
            assert_eq!(said(quarter, code), [""; 0], "{}", quarter.period);
        }
    }
}

#[test]
fn either_geography_gives_the_same_sums() {
    let [then, now] = [Geography::Then, Geography::Now].map(year);
    same_sums(&YEARS.made, "2025", &then);
    assert_eq!(then.totals, now.totals);
    for summary in [&then, &now] {
        for level in Level::ALL {
            for measure in Measure::ALL {
                let lines = summary.units.iter().filter(|line| line.unit.level == level);
                let sum: u64 = lines.filter_map(|line| line.tallies.sum(measure)).sum();
                assert_eq!(
                    sum,
                    summary.total(level, measure).unwrap_or(0),
                    "{level:?} {measure:?}"
                );
            }
        }
        let said = summary.break_in_words().unwrap();
        assert!(said.contains("quý II/2025 có 2 cấp tỉnh, 18 cấp huyện, 319 cấp xã"), "{said}");
    }
    assert_eq!((then.units.len(), now.units.len()), (431, 118));
}

/// What was open under the old units is with the new ones, and is counted once.
#[test]
fn petitions_go_over_to_the_successors() {
    let [then, now] = [Geography::Then, Geography::Now].map(year);
    let total = now.backlog.total();
    assert_eq!(then.backlog.total(), total);
    same_petitions(&YEARS.made, "2025", &now);
    let open = |summary: &Summary| -> Vec<String> {
        summary.backlog.open().map(|one| format!("{:?} {:?}", one.unit, one.content)).collect()
    };
    assert_eq!(open(&then), open(&now));
    // The lines of the present units add up to the sum; every account closes.
    let mut lines = qc17::model::backlog::Flow::default();
    for (line, account) in now.petition_accounts() {
        assert_eq!(account.due(), i128::from(account.get(Movement::Closing)), "{:?}", line.unit);
        lines.merge(&account);
    }
    assert_eq!(lines, total);
}

/// In the first quarter of the new units a petition of the old ones is known again, whoever carries it.
#[test]
fn petitions_are_known_again_after_the_merger() {
    let job = YEARS.made.job("2025-Q3", &["2024-Q4", "2025-H1"], Geography::Now);
    let third = run(&job, &|_, _| {}).unwrap();
    let mut traces: BTreeMap<(Level, Trace), usize> = BTreeMap::new();
    for one in third.backlog.open() {
        // Districts ended without heirs: what they left stays named, under their old code.
        let line = third.units.iter().find(|line| line.unit.code == one.unit);
        let level = line.map_or(Level::District, |line| line.unit.level);
        *traces.entry((level, one.trace)).or_default() += 1;
    }
    let of = |level, trace| traces.get(&(level, trace)).copied().unwrap_or(0);
    assert!(of(Level::Commune, Trace::Same) > 20 && of(Level::District, Trace::Silent) > 0);
    let known = [Trace::New, Trace::Same, Trace::Stated, Trace::Silent];
    assert!(traces.keys().all(|(_, trace)| known.contains(trace)), "{traces:?}");
    assert!(
        traces
            .keys()
            .all(|(level, trace)| { *level != Level::District || *trace == Trace::Silent })
    );
    let left = YEARS.made.of("2025-Q2").filter(|told| told.unit.level.key() == "district");
    let left: u64 = left.filter_map(|told| told.account).map(|account| account.closing).sum();
    assert!(u64::try_from(of(Level::District, Trace::Silent)).unwrap() >= left && left > 0);
}

/// Kim Tân had the code that Lào Cai has: each has its own account by the old geography.
#[test]
fn a_code_that_was_used_again_stands_for_two_units() {
    let json: Value =
        serde_json::from_str(&qc17::render::json::json(&year(Geography::Then))).unwrap();
    let of_code = |list: &Value, key: &str| -> Vec<Value> {
        let all = list.as_array().unwrap().iter();
        all.filter(|unit| unit[key] == "02647").cloned().collect()
    };
    let names: Vec<Value> =
        of_code(&json["units"], "code").iter().map(|unit| unit["name"].clone()).collect();
    assert_eq!(names, ["Phường Kim Tân (đến 30/06/2025)", "Phường Lào Cai"]);
    let accounts = of_code(&json["backlog"]["units"], "unit");
    let until: Vec<&Value> = accounts.iter().map(|one| &one["until"]).collect();
    assert_eq!(until, [&Value::from("2025-06-30"), &Value::Null]);
    for (account, quarters) in accounts.iter().zip(["2025-H1", "2025-H2"]) {
        let told = YEARS.made.of(quarters).filter(|told| told.unit.code == "02647");
        let raised: u64 = told.filter_map(|told| told.account).map(|one| one.new).sum();
        assert_eq!(account["new"], raised);
    }
}

#[test]
fn a_comparison_across_the_break_says_so() {
    let compared = comparison(span("2026-Q1"), &YEARS.quarters, &YEARS.register);
    let (previous, before) = (compared.previous.unwrap(), compared.same_last_year.unwrap());
    assert_eq!((previous.period, previous.rearranged), (span("2025-Q4"), false));
    assert_eq!((before.period, before.rearranged), (span("2025-Q1"), true));
    for (past, text) in [(previous, "2025-Q4"), (before, "2025-Q1")] {
        for (level, word) in super::land::LEVELS {
            let found = past.totals.get(&level).and_then(|tallies| tallies.sum(Measure::Opinions));
            assert_eq!(found.unwrap_or(0), YEARS.made.sum(text, word, "opinions"), "{text} {word}");
        }
    }
}

#[test]
fn the_review_crosses_the_reorganisation() {
    let [then, now] = [Geography::Then, Geography::Now]
        .map(|geography| review(YEARS.year.clone(), &YEARS.register, 2025, geography).unwrap());
    assert_eq!(then.totals, now.totals);
    for (level, word) in super::land::LEVELS {
        let found = now.totals.get(&level).and_then(|tallies| tallies.sum(Measure::Periodic));
        assert_eq!(found.unwrap_or(0), YEARS.made.sum("2025", word, "periodic"), "{word}");
    }
    let code = UnitCode::parse("02647").unwrap();
    let of_code: Vec<_> = now.units.iter().filter(|unit| unit.unit.code == code).collect();
    let heir = of_code.iter().find(|unit| !unit.ended).unwrap();
    let old = of_code.iter().find(|unit| unit.ended).unwrap();
    assert!(now.break_words(heir).is_some() && now.break_words(old).is_some());
    // Each is judged by the quarters in which it existed.
    let quarters = |unit: &qc17::aggregate::review::UnitYear| {
        unit.quarters.iter().map(Option::is_some).collect::<Vec<_>>()
    };
    assert_eq!(quarters(heir), [false, false, true, true]);
    assert_eq!(quarters(old), [true, true, false, false]);
    // An heir shows its predecessors' figures with its own.
    let mut expected: BTreeMap<&str, u64> = BTreeMap::new();
    let family: BTreeSet<String> = (heir.origins.iter())
        .map(|at| now.units[*at].unit.code.to_string())
        .chain([heir.unit.code.to_string()])
        .collect();
    for told in YEARS.made.of("2025").filter(|told| told.way != Way::Silent) {
        if family.contains(&told.unit.code) {
            *expected.entry("opinions").or_default() +=
                u64::from(told.figures.get("opinions").unwrap_or(0));
        }
    }
    assert_eq!(heir.shown.sum(Measure::Opinions), expected.get("opinions").copied());
}
