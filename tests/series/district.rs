//! Two years of a district as its office would run them: comparisons, longer reports, the ledger, the review, what is owed.

use super::land::{Made, flow, land};
use super::maker::backlog::Account;
use super::maker::series::usual;
use super::program::{content, program, ran};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static MADE: LazyLock<Made> =
    LazyLock::new(|| Made::new(&land(&["087"], "2020-Q1", "2021-Q4"), &usual));

fn run(words: &[&str], span: &str, history: &[&str]) -> Value {
    let period = ["--period", span, "--scope", "087"];
    MADE.run(&[words, &period].concat(), span, history)
}

/// The totals of a result are those of that span.
fn same(totals: &Value, span: &str) {
    for (plural, level) in [("districts", "district"), ("communes", "commune")] {
        for key in ["periodic", "ad_hoc", "attendees", "opinions", "answered", "by_both"] {
            let expected = MADE.sum(span, level, key);
            assert_eq!(totals[plural][key], expected, "{key} of {level} in {span}");
        }
    }
}

#[test]
fn a_quarter_beside_other_periods() {
    let result = run(&["check"], "2021-Q3", &["2020", "2021-H1"]);
    same(&result["totals"], "2021-Q3");
    let compared = &result["comparison"];
    for (key, span) in
        [("previous", "2021-Q2"), ("same_last_year", "2020-Q3"), ("since_january", "2021-9M")]
    {
        assert_eq!(compared[key]["period"], span);
        same(&compared[key]["totals"], span);
    }
    assert_eq!(compared["absent"], Value::Array(Vec::new()));
}

/// A history with a gap compares what it can and names what it cannot.
#[test]
fn what_the_history_lacks_is_named() {
    let result = run(&["check"], "2021-Q3", &["2021-Q2"]);
    let compared = &result["comparison"];
    same(&compared["previous"]["totals"], "2021-Q2");
    assert_eq!(compared["same_last_year"], Value::Null);
    assert_eq!(compared["since_january"], Value::Null);
    assert_eq!(compared["absent"], serde_json::json!(["2020-Q3", "2021-9M"]));
}

#[test]
fn longer_reports_are_their_quarters_added_up() {
    for (span, before) in [
        ("2021-H1", Some("2020-H2")),
        ("2021-H2", Some("2021-H1")),
        ("2021-9M", None),
        ("2021", Some("2020")),
        ("2020-2021", None),
    ] {
        let history: Vec<&str> = before.into_iter().collect();
        let result = run(&["check"], span, &history);
        assert_eq!(result["period"], span);
        same(&result["totals"], span);
        if let Some(before) = before {
            same(&result["comparison"]["previous"]["totals"], before);
        }
    }
}

/// Opening + new − settled − passed up = closing, for each unit and for all, over the quarters of a year.
#[test]
fn the_ledger_of_petitions_closes_over_a_year() {
    let result = run(&["check"], "2021", &["2020"]);
    let diagnostics = result["diagnostics"].as_array().unwrap();
    let lost: Vec<&Value> = diagnostics.iter().filter(|one| one["code"] == "SL06").collect();
    assert!(lost.is_empty(), "rows in another order are the same petitions: {lost:?}");
    let mut accounts: BTreeMap<&str, Vec<Account>> = BTreeMap::new();
    for told in MADE.of("2021") {
        accounts.entry(&told.unit.code).or_default().extend(told.account);
    }
    let ledger = &result["backlog"];
    let same = |found: &Value, expected: &Account| {
        for (key, value) in expected.json().as_object().unwrap() {
            assert_eq!(&found[key], value, "{key} of {found}");
        }
        assert_eq!(
            (found["lost"].as_u64(), found["added"].as_u64()),
            (Some(0), Some(0)),
            "{found}"
        );
    };
    let mut total = Account::default();
    for (code, quarters) in &accounts {
        let Some((first, last)) = quarters.first().zip(quarters.last()) else { continue };
        let mut year = Account::default();
        for one in quarters {
            year.add(one);
        }
        (year.opening, year.closing) = (first.opening, last.closing);
        let units = ledger["units"].as_array().unwrap();
        let unit = units.iter().find(|unit| unit["unit"] == *code).unwrap();
        same(unit, &year);
        total.add(&year);
    }
    same(&ledger["total"], &total);
    let known = ["new", "same", "silent", "stated"];
    for open in ledger["open"].as_array().unwrap() {
        assert!(known.contains(&open["match"].as_str().unwrap()), "{open}");
    }
    // Each account closes by itself as well.
    for told in MADE.of("2021") {
        if let Some(account) = told.account {
            let flow = flow(&account);
            let closing = flow.get(qc17::model::backlog::Movement::Closing);
            assert_eq!(flow.due(), i128::from(closing));
        }
    }
}

#[test]
fn the_review_of_a_year_with_the_year_before() {
    let folder = MADE.path("danh-gia");
    let out = folder.to_str().unwrap();
    let words = ["review", "--year", "2021", "--scope", "087", "--dossier", "--out", out];
    let review = MADE.run(&words, "2021", &["2020"]);
    for unit in review["units"].as_array().unwrap() {
        let code = unit["code"].as_str().unwrap();
        let told: Vec<_> = MADE.of("2021").filter(|told| told.unit.code == code).collect();
        let sum = |key: &str| told.iter().filter_map(|one| one.figures.get(key)).sum::<u32>();
        let quarters = unit["quarters"].as_array().unwrap();
        assert_eq!(quarters.len(), 4, "{code}");
        for (quarter, told) in quarters.iter().zip(&told) {
            let silent = told.way == super::maker::series::Way::Silent;
            assert_eq!(quarter["timing"] == "missing", silent, "{code} {quarter}");
        }
        for key in ["periodic", "ad_hoc", "opinions", "attendees"] {
            assert_eq!(unit["year"][key], sum(key), "{key} of {code}");
        }
        assert!(unit["trend"].is_object(), "{code}");
    }
    let names: Vec<String> =
        content(&folder).keys().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
    let dossiers = names.iter().filter(|name| name.starts_with("ho-so/")).count();
    assert_eq!(dossiers, review["units"].as_array().unwrap().len());
}

/// What is owed on the quarter's last day is what the final ledger says is missing.
#[test]
fn on_the_last_day_the_ledger_is_owed() {
    let mut command = program();
    command.arg("owed").args(MADE.folders("2021-Q2"));
    command.args(["--period", "2021-Q2", "--scope", "087", "--as-of", "2021-06-30"]);
    let done = ran(command.args(["--format", "json"]));
    let owed: Value = serde_json::from_str(&done.out).unwrap();
    let final_run = run(&["check"], "2021-Q2", &[]);
    let ledger = final_run["ledger"].as_array().unwrap();
    let mut short = 0;
    for unit in owed["units"].as_array().unwrap() {
        let account = ledger.iter().find(|one| one["unit"] == unit["code"]).unwrap();
        let line = final_run["units"].as_array().unwrap();
        let line = line.iter().find(|one| one["code"] == unit["code"]).unwrap();
        let state = unit["meetings"]["state"].as_str().unwrap();
        let expected = match line["verdict"].as_str().unwrap() {
            "dat" => "met",
            "chua_nop" => "not_reported",
            _ => "short",
        };
        assert_eq!(state, expected, "{unit}");
        if state == "short" {
            assert_eq!(unit["meetings"]["short"], account["short"], "{unit}");
            assert_eq!(unit["meetings"]["due"]["days_left"], 0);
            short += 1;
        }
    }
    assert!(short > 0, "a district in which nobody lacks a meeting would prove nothing");
}

/// A figure of a longer report leads back to the cells of all its quarters.
#[test]
fn a_figure_of_a_year_is_traced_through_its_quarters() {
    let mut command = program();
    command.args(["trace", "cap xa", "opinions"]).args(MADE.folders("2021"));
    command.args(["--period", "2021", "--scope", "087", "--format", "json"]);
    let done = ran(&mut command);
    let trace: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    assert_eq!(trace["sum"], MADE.sum("2021", "commune", "opinions"), "{}", done.out);
}

/// Over a year a unit gets back a copy of each of its reports in which there is something to mend, under a name of its own.
#[test]
fn feedback_over_a_year_has_a_file_for_each_quarter() {
    let folder = MADE.path("phan-hoi-nam");
    let mut command = program();
    command.arg("feedback").args(MADE.folders("2021")).arg("--out").arg(&folder);
    let done = ran(command.args(["--period", "2021", "--scope", "087"]));
    assert_eq!(done.err, "");
    let files = content(&folder);
    let names: BTreeSet<String> =
        files.keys().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let copies = names.iter().filter_map(|name| name.strip_suffix(".xlsx"));
    let copies: BTreeSet<(String, String)> = copies
        .map(|stem| {
            let (unit, quarter) = (stem.split('-').next().unwrap(), &stem[stem.len() - 7..]);
            (unit.to_owned(), quarter.to_uppercase())
        })
        .collect();
    let result = run(&["check"], "2021", &[]);
    let open = result["diagnostics"].as_array().unwrap().iter();
    let open = open.filter(|one| one["severity"] != "info" && !one["file"].is_null());
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let expected: BTreeSet<(String, String)> =
        open.map(|one| (text(one, "unit"), text(one, "period"))).collect();
    assert!(expected.len() > 15 && expected.is_subset(&copies), "{expected:?} {copies:?}");
    // A copy holds what is wrong in its own quarter, and no other report of the unit.
    for (name, bytes) in
        files.iter().filter(|(name, _)| name.extension().is_some_and(|e| e == "txt"))
    {
        let (name, words) = (name.to_string_lossy(), String::from_utf8_lossy(bytes));
        let others = (1..=4).map(|number| format!("2021_Q{number}"));
        let own = name.trim_end_matches(".txt").rsplit('q').next().unwrap().to_owned();
        for other in others.filter(|other| !other.ends_with(&own)) {
            assert!(!words.contains(&other), "{name}: {words}");
        }
    }
}
