//! Petitions over two and three quarters: every fate a petition can have, and the account that it leaves.

use crate::aggregate::Summary;
use crate::check::trials::{Batch, code};
use crate::model::backlog::{Backlog, Movement, Trace};
use crate::model::submission::Table;
use crate::model::{
    CarriedPetition, CellRef, Count, Field, Outcome, Period, Petition, Place, Text,
};
use crate::register::Register;
use crate::rules::testing::Trial;
use proptest::prelude::*;

const UNIT: &str = "02989";

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn field<T>(row: u32, col: u32, value: Option<T>) -> Field<T> {
    let cell = CellRef::new(row, col);
    value.map_or(Field::blank(cell), |value| Field::new(cell, value))
}

/// A row of Biểu 2: what it says and what became of it.
fn new(row: u32, (content, outcome): (&str, Option<Outcome>)) -> Petition {
    Petition {
        row,
        no: field(row, 0, Some(Count::new(row))),
        content: field(row, 2, Text::new(content)),
        outcome: field(row, 8, outcome),
        ..Petition::default()
    }
}

/// A row of Biểu 3: origin, words, outcome before and now.
type Carried<'a> = (&'a str, &'a str, Option<Outcome>, Option<Outcome>);

fn carried(row: u32, (origin, content, before, outcome): Carried<'_>) -> CarriedPetition {
    CarriedPetition {
        row,
        no: field(row, 0, Some(Count::new(row))),
        origin: field(row, 1, Period::parse(origin)),
        content: field(row, 2, Text::new(content)),
        before: field(row, 5, before),
        outcome: field(row, 6, outcome),
        ..CarriedPetition::default()
    }
}

fn fill(trial: &mut Trial, rows: &[(&str, Option<Outcome>)], old: &[Carried<'_>]) {
    let detail = trial.detail();
    let rows = rows.iter().zip(4..).map(|(row, at)| new(at, *row)).collect();
    let old = old.iter().zip(4..).map(|(row, at)| carried(at, *row)).collect();
    detail.petitions = Some(Table { rows, ..detail.petitions.take().unwrap() });
    detail.carried = Some(Table { rows: old, ..detail.carried.take().unwrap() });
}

/// A quarter in which the unit gives these rows, after what another left.
fn quarter(
    when: &str,
    before: Option<&Backlog>,
    rows: &[(&str, Option<Outcome>)],
    old: &[Carried<'_>],
) -> Summary {
    let register = Batch::empty().register;
    let mut batch = Batch::of(register, "10", period(when));
    batch.send(UNIT, |trial| fill(trial, rows, old));
    batch.summary_after(before)
}

fn said(summary: &Summary) -> Vec<String> {
    let of = |place: &Place| {
        let sheet = place.sheet.as_ref().map(|sheet| sheet.name.to_string()).unwrap_or_default();
        format!("{sheet}!{}", place.cell.map(|cell| cell.to_string()).unwrap_or_default())
    };
    let found = summary.findings.iter().filter(|one| one.rule.code == "SL06");
    let found = found.map(|one| format!("{} {}", of(&one.place), one.message));
    let open = summary.unchecked.iter().filter(|one| one.rule.code == "SL06");
    found.chain(open.map(|one| format!("? {} {}", of(&one.place), one.reason))).collect()
}

fn account(summary: &Summary) -> Vec<u64> {
    let flow = summary.backlog.units[&code(UNIT)].flow.unwrap();
    assert_eq!(flow.due(), i128::from(flow.get(Movement::Closing)), "{flow:?}");
    Movement::ALL.into_iter().map(|movement| flow.get(movement)).collect()
}

fn traces(summary: &Summary) -> Vec<Trace> {
    summary.backlog.open().map(|one| one.trace).collect()
}

const K1: Option<Outcome> = Some(Outcome::K1);
const K2: Option<Outcome> = Some(Outcome::K2);
const K3: Option<Outcome> = Some(Outcome::K3);
const K4: Option<Outcome> = Some(Outcome::K4);
const K5: Option<Outcome> = Some(Outcome::K5);
const ROAD: &str = "Đề nghị sửa đường thôn 3";
const POWER: &str = "Đề nghị kéo điện về thôn Nậm Rịa";
const LAND: &str = "Đề nghị cấp giấy chứng nhận đất ở";

fn first() -> Summary {
    quarter("2021-Q1", None, &[(ROAD, K3), (POWER, K4), (LAND, K2), ("Xin hỏi chế độ", K1)], &[])
}

/// Rows of Biểu 3, what is said of them, the account, and how the open ones were recognised.
type Fate = (&'static [Carried<'static>], &'static [&'static str], [u64; 9], &'static [Trace]);

const SETTLED: Carried<'static> = ("2021-Q1", ROAD, K3, K2);
const WAITING: Carried<'static> = ("2021-Q1", POWER, K4, K4);
const NEAR: Carried<'static> = ("2021-Q1", "Đề nghị kéo điện về thôn Nậm Rịa 2", K4, K3);

const FATES: [Fate; 9] = [
    (&[SETTLED, WAITING], &[], [2, 0, 0, 0, 1, 0, 0, 0, 1], &[Trace::Same]),
    (&[("2021-Q1", ROAD, K3, K5), WAITING], &[], [2, 0, 0, 0, 0, 1, 0, 0, 1], &[Trace::Same]),
    (
        &[WAITING],
        &["B3!A3 Kiến nghị “Đề nghị sửa đường thôn 3” (quý I/2021, đang giải quyết) còn tồn \
                 cuối kỳ trước, kỳ này không ghi ở Biểu 3."],
        [2, 0, 0, 0, 0, 0, 1, 0, 1],
        &[Trace::Same],
    ),
    (
        &[SETTLED, ("2020-Q4", POWER, K4, K4)],
        &["B3!B6 Kiến nghị “Đề nghị kéo điện về thôn Nậm Rịa” kỳ trước ghi phát sinh quý \
                 I/2021, kỳ này ghi khác."],
        [2, 0, 0, 0, 1, 0, 0, 0, 1],
        &[Trace::OriginChanged],
    ),
    (
        &[SETTLED, WAITING, ("2021-Q1", LAND, K3, K3)],
        &["B3!A7 Kiến nghị “Đề nghị cấp giấy chứng nhận đất ở” đã ghi đã giải quyết ở quý \
                 I/2021, nay lại ghi ở Biểu 3."],
        [2, 0, 1, 0, 1, 0, 0, 0, 2],
        &[Trace::Same, Trace::Added],
    ),
    (
        &[SETTLED, ("2021-Q1", POWER, K3, K4)],
        &["B3!F6 Kiến nghị “Đề nghị kéo điện về thôn Nậm Rịa”: kết quả kỳ trước ghi đang \
                 giải quyết, báo cáo kỳ trước là chưa giải quyết."],
        [2, 0, 0, 0, 1, 0, 0, 0, 1],
        &[Trace::Same],
    ),
    (
        &[SETTLED, WAITING, ("2020-Q3", "Chuyện khác hẳn", K5, K3)],
        &[],
        [2, 0, 1, 0, 1, 0, 0, 0, 2],
        &[Trace::Same, Trace::Added],
    ),
    (
        &[SETTLED, WAITING, ("2020-Q3", "Chuyện khác hẳn", K5, K5)],
        &[],
        [2, 0, 0, 0, 1, 0, 0, 0, 1],
        &[Trace::Same],
    ),
    (
        &[SETTLED, NEAR],
        &[
            "B3!A3 Kiến nghị “Đề nghị kéo điện về thôn Nậm Rịa” (quý I/2021, chưa giải quyết) \
                 còn tồn cuối kỳ trước, kỳ này không ghi ở Biểu 3.",
            "B3!A6 Kiến nghị “Đề nghị kéo điện về thôn Nậm Rịa 2” không có trong tồn đọng cuối \
                 kỳ trước.",
        ],
        [2, 0, 1, 0, 1, 0, 1, 0, 1],
        &[Trace::Added],
    ),
];

#[test]
fn every_fate_of_a_petition() {
    let q1 = first();
    assert_eq!(account(&q1), [0, 4, 0, 1, 1, 0, 0, 0, 2]);
    assert_eq!(traces(&q1), [Trace::New, Trace::New]);
    for (rows, expected, figures, trace) in FATES {
        let q2 = quarter("2021-Q2", Some(&q1.backlog), &[], rows);
        assert_eq!(said(&q2), expected, "{rows:?}");
        assert_eq!((account(&q2), traces(&q2)), (figures.to_vec(), trace.to_vec()), "{rows:?}");
    }
}

#[test]
fn nothing_is_held_against_a_unit_of_which_nothing_earlier_is_known() {
    let rows = [("2020-Q4", ROAD, K3, K3), ("2020-Q4", POWER, K4, K2)];
    let alone = quarter("2021-Q2", None, &[], &rows);
    assert_eq!(said(&alone), [""; 0]);
    assert_eq!(account(&alone), [2, 0, 0, 0, 1, 0, 0, 0, 1]);
    assert_eq!(traces(&alone), [Trace::Stated]);
    let after_nothing = quarter("2021-Q2", Some(&Backlog::default()), &[], &rows);
    assert_eq!(said(&after_nothing).len(), 2);
    assert!(said(&after_nothing).iter().all(|one| one.starts_with("? B3!A")));
}

#[test]
fn a_petition_cannot_be_left_over_from_its_own_quarter() {
    let found = said(&quarter("2021-Q2", None, &[], &[("2021-Q2", ROAD, K3, K3)]));
    assert_eq!(
        found,
        ["B3!B5 Kiến nghị “Đề nghị sửa đường thôn 3” ghi ở Biểu 3 nhưng phát sinh quý II/2021, \
          không phải kỳ trước."]
    );
}

#[test]
fn a_row_that_cannot_be_read_blames_nobody() {
    let q1 = first();
    let q2 = quarter(
        "2021-Q2",
        Some(&q1.backlog),
        &[],
        &[("2021-Q1", ROAD, K3, K2), ("2021-Q1", "", K4, K4)],
    );
    assert!(said(&q2).iter().all(|one| one.starts_with('?')), "{:?}", said(&q2));
    assert_eq!(account(&q2), [2, 0, 1, 0, 1, 0, 1, 0, 1]);
    let open = quarter(
        "2021-Q2",
        Some(&q1.backlog),
        &[(LAND, None)],
        &[("2021-Q1", ROAD, K3, K2), ("2021-Q1", POWER, K4, None)],
    );
    assert_eq!(account(&open), [2, 1, 0, 0, 1, 0, 0, 2, 0]);
    assert_eq!(traces(&open), [Trace::Unsure, Trace::Unsure]);
}

/// As the blank form of the next quarter carries it over.
#[test]
fn a_petition_is_known_again_without_its_telephone_number() {
    let q1 = quarter("2021-Q1", None, &[("Sửa cầu, gọi ông Sa 0912345678", K3)], &[]);
    let carried = ("2021-Q1", "Sửa cầu, gọi ông Sa ••••••••••", K3, K4);
    let q2 = quarter("2021-Q2", Some(&q1.backlog), &[], &[carried]);
    assert_eq!(traces(&q2), [Trace::Same]);
    assert!(said(&q2).is_empty(), "{:?}", said(&q2));
}

#[test]
fn a_silent_quarter_keeps_what_was_open() {
    let q1 = first();
    let register = Batch::empty().register;
    let silent = Batch::of(register, "10", period("2021-Q2")).summary_after(Some(&q1.backlog));
    assert_eq!(traces(&silent), [Trace::Silent, Trace::Silent]);
    assert_eq!(silent.backlog.units[&code(UNIT)].flow, None);
    let q3 = quarter("2021-Q3", Some(&silent.backlog), &[], &[("2021-Q1", ROAD, K3, K3)]);
    assert_eq!(traces(&q3), [Trace::Same]);
    assert_eq!(account(&q3), [1, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert!(said(&q3).iter().all(|one| one.starts_with('?')));
}

#[test]
fn what_was_settled_two_quarters_ago_is_remembered() {
    let q2 = quarter(
        "2021-Q2",
        Some(&first().backlog),
        &[],
        &[("2021-Q1", ROAD, K3, K2), ("2021-Q1", POWER, K4, K4)],
    );
    let q3 = quarter(
        "2021-Q3",
        Some(&q2.backlog),
        &[],
        &[("2021-Q1", POWER, K4, K2), ("2021-Q1", ROAD, K3, K3)],
    );
    let expected = "B3!A6 Kiến nghị “Đề nghị sửa đường thôn 3” đã ghi đã giải quyết ở quý II/2021, \
                    nay lại ghi ở Biểu 3.";
    assert_eq!(said(&q3), [expected]);
}

/// In 2025 communes became others, with codes used again: Kim Tân (02647) is now part of Lào Cai (02647).
#[test]
fn petitions_go_to_the_heir() {
    let register = || Register::embedded().unwrap();
    let mut before = Batch::of(register(), "10", period("2025-Q2"));
    before.send("02989", |trial| fill(trial, &[(ROAD, K3)], &[]));
    let q2 = before.summary();
    let heir = {
        let register = register();
        let old = register.get(code("02989"), period("2025-Q2").last_day()).unwrap();
        register.heirs(old, period("2025-Q3").last_day())[0].code
    };
    let mut after = Batch::of(register(), "15", period("2025-Q3"));
    after.send(heir.as_str(), |trial| fill(trial, &[], &[("2025-Q2", ROAD, K3, K4)]));
    let q3 = after.summary_after(Some(&q2.backlog));
    assert_eq!(q3.backlog.units[&heir].open[0].trace, Trace::Same);
    assert_eq!(q3.backlog.total().get(Movement::Closing), 1);
}

fn outcome() -> impl Strategy<Value = Option<Outcome>> {
    prop_oneof![Just(K1), Just(K2), Just(K3), Just(K4), Just(K5), Just(None)]
}

proptest! {
    #[test]
    fn every_account_balances(
        first in prop::collection::vec((0usize..6, outcome()), 0..6),
        then in prop::collection::vec((0usize..7, 0usize..3, outcome(), outcome()), 0..8),
        fresh in prop::collection::vec((0usize..6, outcome()), 0..4),
        known: bool,
    ) {
        let texts = [ROAD, POWER, LAND, "Xin hỏi chế độ", "Đề nghị sửa đường thôn 13", "…", ""];
        let origins = ["2021-Q1", "2020-Q4", ""];
        let rows = |rows: &[(usize, Option<Outcome>)]| -> Vec<(&'static str, Option<Outcome>)> {
            rows.iter().map(|(text, outcome)| (texts[*text], *outcome)).collect()
        };
        let q1 = quarter("2021-Q1", None, &rows(&first), &[]);
        account(&q1);
        let then: Vec<Carried<'_>> =
            then.iter().map(|(t, o, b, k)| (origins[*o], texts[*t], *b, *k)).collect();
        let q2 = quarter("2021-Q2", known.then_some(&q1.backlog), &rows(&fresh), &then);
        let figures = account(&q2);
        let open = q2.backlog.open().count() as u64;
        prop_assert_eq!(open, figures[7] + figures[8]);
        if known {
            prop_assert_eq!(figures[0], q1.backlog.open().count() as u64);
        }
    }
}
