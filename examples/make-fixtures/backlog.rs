//! The petitions of a unit from one quarter to the next, and the account of them that must come out.

use super::model::{Carried, Petition, Submission};
use super::prng::Prng;
use super::quarter::{Quarter, add, workday};

/// A petition without its last word: open (K3, K4), or passed up (K5) and not yet answered from above.
#[derive(Clone)]
pub(crate) struct Kept {
    row: Carried,
}

/// What was open, came, ended and is open at one unit in one quarter, counted apart from the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) opening: u64,
    pub(crate) new: u64,
    pub(crate) answered: u64,
    pub(crate) settled: u64,
    pub(crate) passed_up: u64,
    pub(crate) closing: u64,
}

/// The rows of Biểu 3: each petition once, with what became of it, in no order.
pub(crate) fn carry(before: &[Kept], quarter: Quarter, rng: &mut Prng) -> Vec<Carried> {
    let mut rows: Vec<Carried> = Vec::new();
    for Kept { row } in before {
        let drawn = rng.between(1, 100);
        let outcome = match (row.outcome, drawn) {
            (_, 1..=55) => 2,
            (3 | 4, 56..=75) => 3,
            (3 | 4, 76..=88) => 4,
            _ => 5,
        };
        let day = workday(add(quarter.month(2), i64::from(rng.between(3, 24))));
        let number = format!("{:02}/UBND-VP", rng.between(2, 40));
        let reply = matches!(outcome, 2 | 5).then_some((number, day));
        rows.push(Carried { before: row.outcome, outcome, reply, ..row.clone() });
    }
    rng.shuffle(&mut rows);
    rows
}

/// What the report leaves without its last word. What was passed up is asked after once.
pub(crate) fn keep(submission: &Submission, quarter: Quarter) -> Vec<Kept> {
    let waits =
        |row: &&Carried| matches!(row.outcome, 3 | 4) || (row.outcome, row.before) == (5, 3);
    let carried = submission.carried.iter().filter(waits).cloned();
    let raised = submission.petitions.iter().flatten();
    let raised = raised.filter(|one| matches!(one.outcome, 3..=5)).map(|one| Carried {
        origin: quarter.label(),
        content: one.content.clone(),
        subject: one.subject,
        authority: one.authority,
        before: one.outcome,
        outcome: one.outcome,
        reply: None,
    });
    carried.chain(raised).map(|row| Kept { row }).collect()
}

impl Account {
    /// The account of a report, after what was open.
    pub(crate) fn of(before: &[Kept], submission: &Submission) -> Self {
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        let is_open = |outcome: u32| matches!(outcome, 3 | 4);
        let raised: Vec<&Petition> = submission.petitions.iter().flatten().collect();
        let carried: Vec<&Carried> =
            submission.carried.iter().filter(|row| is_open(row.before)).collect();
        let ended = |outcome: u32| {
            count(raised.iter().filter(|one| one.outcome == outcome).count())
                + count(carried.iter().filter(|one| one.outcome == outcome).count())
        };
        Self {
            opening: count(before.iter().filter(|one| is_open(one.row.outcome)).count()),
            new: count(raised.len()),
            answered: ended(1),
            settled: ended(2),
            passed_up: ended(5),
            closing: ended(3) + ended(4),
        }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let Self { opening, new, answered, settled, passed_up, closing } = self;
        serde_json::json!({
            "opening": opening,
            "new": new,
            "answered": answered,
            "settled": settled,
            "passed_up": passed_up,
            "closing": closing,
        })
    }

    /// Adds another unit's account of the same quarter.
    pub(crate) fn add(&mut self, other: &Self) {
        self.opening += other.opening;
        self.new += other.new;
        self.answered += other.answered;
        self.settled += other.settled;
        self.passed_up += other.passed_up;
        self.closing += other.closing;
    }
}
