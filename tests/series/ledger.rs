//! Petitions of one unit over two quarters of files: what vanishes, changes its origin or comes back is named.

use super::land::{forms, land};
use super::maker::form01;
use super::maker::invent::{recommended, submission};
use super::maker::model::{Carried, Submission};
use super::maker::prng::Prng;
use super::maker::quarter::Quarter;
use super::program::{program, ran};
use serde_json::Value;

const UNIT: &str = "02989";

/// The unit's clean report with one meeting and petitions of these outcomes.
fn report(quarter: Quarter, outcomes: &[u32]) -> Submission {
    let lands = land(&["087"], &quarter.key(), &quarter.key());
    let unit = lands[0].units.iter().find(|unit| unit.code == UNIT).unwrap();
    let mut rng = Prng::new(17, &format!("ledger {}", quarter.key()));
    let mut plan = recommended(quarter, u32::try_from(outcomes.len()).unwrap(), &mut rng);
    plan.outcomes = outcomes.to_vec();
    let mut submission = submission(unit, quarter, &[plan], &mut rng);
    submission.carried.clear();
    submission
}

#[test]
fn what_does_not_fit_the_quarter_before_is_named() {
    let (first, second) = (Quarter::parse("2021-Q1").unwrap(), Quarter::parse("2021-Q2").unwrap());
    let before = report(first, &[1, 2, 3, 4, 3, 5]);
    let asked = before.petitions.as_ref().unwrap();
    let carried = |at: usize, origin: &str, outcome: u32| Carried {
        origin: origin.to_owned(),
        content: asked[at].content.clone(),
        subject: asked[at].subject,
        authority: asked[at].authority,
        before: asked[at].outcome.max(3),
        outcome,
        reply: None,
    };
    let mut now = report(second, &[1]);
    // The third in time and as it was; the fourth with another origin; the fifth not at all; the second,
    // which was settled, once more. What was passed up leaves the account and need not be listed.
    now.carried = vec![
        carried(1, "Quý I/2021", 3),
        carried(3, "Quý IV/2020", 4),
        carried(2, "Quý I/2021", 3),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (quarter, submission) in [(first, &before), (second, &now)] {
        let inside = folder.path().join(quarter.key());
        std::fs::create_dir(&inside).unwrap();
        let bytes = form01::write(&forms(), submission).unwrap();
        std::fs::write(inside.join(submission.unit.path(quarter, "").replace('/', "-")), bytes)
            .unwrap();
    }
    let mut command = program();
    command.arg("check").arg(folder.path().join("2021-Q2"));
    command.arg("--history").arg(folder.path().join("2021-Q1"));
    command.args(["--period", "2021-Q2", "--scope", "087", "--format", "json"]);
    let done = ran(&mut command);
    let result: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let diagnostics = result["diagnostics"].as_array().unwrap();
    let said: Vec<&str> = (diagnostics.iter().filter(|one| one["code"] == "SL06"))
        .map(|one| one["message"].as_str().unwrap())
        .collect();
    let told = |at: usize, words: &str| {
        let content = &asked[at].content;
        said.iter().any(|said| said.contains(content.as_str()) && said.contains(words))
    };
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(told(4, "kỳ này không ghi ở Biểu 3"), "{said:?}");
    assert!(told(3, "kỳ trước ghi phát sinh quý I/2021"), "{said:?}");
    assert!(told(1, "đã ghi đã giải quyết ở quý I/2021, nay lại ghi"), "{said:?}");
    let ledger = &result["backlog"];
    let account = &ledger["units"].as_array().unwrap()[0];
    let of = |key: &str| account[key].as_u64().unwrap();
    let keys = ["opening", "new", "added", "answered", "settled", "passed_up", "lost", "closing"];
    assert_eq!(keys.map(of), [3, 1, 1, 1, 0, 0, 1, 3]);
    let open = ledger["open"].as_array().unwrap();
    let matches: Vec<&str> = open.iter().map(|one| one["match"].as_str().unwrap()).collect();
    assert_eq!(matches, ["added", "origin_changed", "same"]);
    // How long it waits is told from the day on which it came, though the form carries no day over.
    let waiting = &open[2];
    let since = asked[2].received;
    assert_eq!(waiting["since"], since.to_string());
    let as_of: chrono::NaiveDate = result["as_of"].as_str().unwrap().parse().unwrap();
    assert_eq!(waiting["days"], (as_of - since).num_days());
}

/// What one quarter leaves open the next tells again: over both, each is held against the deadline of its own report,
/// and what the next has settled is overdue in neither.
#[test]
fn what_a_later_quarter_settled_is_not_overdue() {
    let (first, second) = (Quarter::parse("2021-Q1").unwrap(), Quarter::parse("2021-Q2").unwrap());
    let before = report(first, &[1, 3]);
    let asked = &before.petitions.as_ref().unwrap()[1];
    let overdue = |outcome: u32| -> Vec<String> {
        let mut now = report(second, &[1]);
        now.carried = vec![Carried {
            origin: "Quý I/2021".to_owned(),
            content: asked.content.clone(),
            subject: asked.subject,
            authority: asked.authority,
            before: asked.outcome,
            outcome,
            reply: None,
        }];
        let folder = tempfile::tempdir().unwrap();
        for (quarter, submission) in [(first, &before), (second, &now)] {
            let inside = folder.path().join(quarter.key());
            std::fs::create_dir(&inside).unwrap();
            let bytes = form01::write(&forms(), submission).unwrap();
            std::fs::write(inside.join(format!("{UNIT}.xlsx")), bytes).unwrap();
        }
        let mut command = program();
        command.arg("check").args(["2021-Q1", "2021-Q2"].map(|q| folder.path().join(q)));
        command.args(["--period", "2021-H1", "--scope", "087", "--as-of", "2021-12-31"]);
        let done = ran(command.args(["--format", "json"]));
        let result: Value =
            serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
        let found = result["diagnostics"].as_array().unwrap().iter();
        let found = found.filter(|one| one["code"] == "TH06");
        found.map(|one| one["file"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(overdue(2), Vec::<String>::new());
    assert_eq!(overdue(4), [format!("2021-Q2/{UNIT}.xlsx")]);
}
