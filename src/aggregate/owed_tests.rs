//! What is owed on a day: before the quarter ends with the days left, on its last day what the ledger says.

use super::*;
use crate::check::Earlier;
use crate::check::trials::{Batch, code, on};
use crate::model::{Authority, Chair, Field};
use crate::profile::Profile;
use crate::rules::testing::{Trial, blank, date, set, spoil, text};
use proptest::prelude::*;

const UNIT: &str = "02989";

fn calendar() -> Calendar {
    Calendar::embedded().unwrap()
}

fn of<'a, 'b>(owed: &'b Owed<'a>, unit: &str) -> &'b UnitOwed<'a> {
    owed.units.iter().find(|one| one.line.unit.code == code(unit)).unwrap()
}

/// A unit's items, a word each, after that change to the clean submission: what, `?` when uncertain, last day, days left.
fn items(as_of: &str, change: impl FnOnce(&mut Trial)) -> Vec<String> {
    let mut batch = Batch::empty();
    batch.as_of = on(as_of);
    batch.send(UNIT, |t| {
        date(&mut t.submission.report_date, as_of);
        change(t);
    });
    let summary = batch.summary();
    let owed = Owed::of(&summary, &calendar()).unwrap();
    let word = |item: &Item| {
        let mark = if item.is_certain { "" } else { "?" };
        let due = item.due.map(|due| format!(" {} {}", due.day, due.left)).unwrap_or_default();
        format!("{:?}{mark}{due}", item.duty)
    };
    of(&owed, UNIT).items.iter().map(word).collect()
}

/// The clean petition that is open: received on 10/03/2021, due 90 days later.
const OPEN: usize = 5;

/// A day, a change to the clean submission, and what is owed then; the open petition by its days left alone.
type Row = (&'static str, fn(&mut Trial), &'static [&'static str]);

fn ask(rows: &[Row]) {
    let reply = "Reply 2021-06-08 ";
    for (as_of, change, expected) in rows {
        let expected: Vec<String> = (expected.iter())
            .map(|one| {
                let left = one.starts_with(|c: char| c.is_ascii_digit());
                if left { format!("{reply}{one}") } else { (*one).to_owned() }
            })
            .collect();
        assert_eq!(items(as_of, change), expected, "{as_of}");
    }
}

#[test]
fn meetings_ask_for_their_notice() {
    let no_notice: fn(&mut Trial) = |t| {
        blank(&mut t.meeting(0).notice_no);
        blank(&mut t.meeting(0).notice_date);
    };
    ask(&[
        ("2021-03-31", |_| {}, &["69"]),
        ("2021-03-18", no_notice, &["Notice 2021-03-20 2", "82"]),
        ("2021-03-20", no_notice, &["Notice 2021-03-20 0", "80"]),
        ("2021-03-25", no_notice, &["Notice 2021-03-20 -5", "75"]),
        ("2021-03-25", |t| blank(&mut t.meeting(0).notice_date), &["Notice? 2021-03-20 -5", "75"]),
        ("2021-03-25", |t| spoil(&mut t.meeting(0).notice_date), &["Notice? 2021-03-20 -5", "75"]),
        (
            "2021-03-25",
            |t| {
                spoil(&mut t.meeting(0).date);
                blank(&mut t.meeting(0).notice_no);
                blank(&mut t.meeting(0).notice_date);
            },
            &["Notice?", "75"],
        ),
        // Issued, though of which day's meeting cannot be read.
        ("2021-03-25", |t| spoil(&mut t.meeting(0).date), &["75"]),
        // A meeting that is yet to come.
        (
            "2021-03-25",
            |t| {
                date(&mut t.meeting(0).date, "2021-03-28");
                blank(&mut t.meeting(0).notice_no);
                blank(&mut t.meeting(0).notice_date);
            },
            &["75"],
        ),
    ]);
}

#[test]
fn petitions_ask_for_an_answer() {
    ask(&[
        // The tenth working day after 10/03/2021.
        (
            "2021-03-22",
            |t| blank(&mut t.petition(OPEN).acknowledged),
            &["Acknowledgement 2021-03-24 2", "78"],
        ),
        // The tenth is a Friday: until Monday nobody works, and TH07 calls none of these days late.
        (
            "2021-03-22",
            |t| {
                date(&mut t.petition(OPEN).received, "2021-03-12");
                blank(&mut t.petition(OPEN).acknowledged);
            },
            &["Acknowledgement 2021-03-28 6", "Reply 2021-06-10 80"],
        ),
        (
            "2021-03-22",
            |t| spoil(&mut t.petition(OPEN).acknowledged),
            &["Acknowledgement? 2021-03-24 2", "78"],
        ),
        (
            "2021-03-22",
            |t| t.petition(OPEN).acknowledged = Field::absent(),
            &["Acknowledgement? 2021-03-24 2", "78"],
        ),
        ("2021-03-22", |t| blank(&mut t.petition(0).acknowledged), &["78"]),
        // Passed up, with the paper and without.
        ("2021-03-22", |t| blank(&mut t.petition(6).acknowledged), &["78"]),
        (
            "2021-03-22",
            |t| {
                blank(&mut t.petition(6).acknowledged);
                blank(&mut t.petition(6).reply_no);
            },
            &["Acknowledgement 2021-03-24 2", "78"],
        ),
        // No holidays are known for that year, so no working days.
        (
            "2021-03-22",
            |t| {
                date(&mut t.petition(6).received, "2015-03-10");
                blank(&mut t.petition(6).acknowledged);
                blank(&mut t.petition(6).reply_no);
            },
            &["Acknowledgement", "78"],
        ),
        ("2021-03-31", |t| spoil(&mut t.petition(OPEN).received), &["Reply"]),
        ("2021-03-31", |t| spoil(&mut t.petition(OPEN).outcome), &["Reply? 2021-06-08 69"]),
        ("2021-03-31", |t| set(&mut t.petition(OPEN).outcome, Outcome::K2), &[]),
        // Of the third quarter of 2020: 90 days after its end.
        (
            "2021-03-31",
            |t| set(&mut t.carried().outcome, Outcome::K4),
            &["Reply 2020-12-29 -92", "69"],
        ),
    ]);
}

/// Takes the meetings out; with that word for why.
fn without_meetings(t: &mut Trial) {
    t.detail().meetings.rows.clear();
    text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
}

#[test]
fn a_unit_lacks_meetings_until_the_last_day() {
    for (as_of, left) in [("2021-03-10", 21), ("2021-03-31", 0), ("2021-04-05", -5)] {
        let mut batch = Batch::empty();
        batch.as_of = on(as_of);
        batch.send("02947", |_| {});
        batch.send("02950", without_meetings);
        batch.send("02953", |t| spoil(&mut t.meeting(0).chair));
        batch.send("087", |t| t.detail().petitions = None);
        batch.reject("02956");
        let summary = batch.summary();
        let owed = Owed::of(&summary, &calendar()).unwrap();
        assert_eq!(owed.units.len(), summary.units.len());
        for (unit, lack, report, unseen) in [
            ("02947", Lack::Nothing, false, &[][..]),
            ("02950", Lack::Short(1), false, &[]),
            ("02953", Lack::Unknown, false, &[]),
            ("087", Lack::Nothing, false, &[Unseen::Petitions]),
            ("02956", Lack::Unknown, true, &[Unseen::File]),
            ("02959", Lack::NotReported, true, &[Unseen::NotSent]),
        ] {
            let one = of(&owed, unit);
            let meetings = one.meetings.as_ref().unwrap();
            assert_eq!((meetings.lack, meetings.due.left), (lack, left), "{unit}");
            assert_eq!(one.report.is_some(), report, "{unit}");
            assert!(one.report.is_none_or(|due| due.left == left + 5), "{unit}");
            assert_eq!(one.unseen, unseen, "{unit}");
            assert!(!one.is_clear(), "the open petition of the clean form, at least");
        }
    }
}

/// What a unit sends in one quarter: `-` no file, `!` one that cannot be read, otherwise a letter for each meeting.
fn quarter(
    (profile, unit): (&str, &str),
    (number, what): (u32, &str),
    as_of: Option<NaiveDate>,
    earlier: &[Earlier],
) -> Summary {
    let mut batch = Batch::empty();
    batch.period = Period::quarter(2021, number).unwrap();
    batch.profile = Profile::embedded(profile).unwrap();
    batch.as_of = as_of.unwrap_or_else(|| batch.profile.deadline(batch.period));
    batch.earlier = earlier.to_vec();
    let first = batch.period.first_day();
    match what {
        "-" => {}
        "!" => batch.reject(unit),
        _ => batch.send(unit, |t| {
            let row = t.meeting(0).clone();
            without_meetings(t);
            set(&mut t.submission.report_date, first);
            for (at, letter) in (0..).zip(what.trim_matches('0').chars()) {
                let mut row = row.clone();
                set(&mut row.date, first + Days::new(at));
                match letter {
                    'B' => set(&mut row.chair, Chair::Secretary),
                    'C' => set(&mut row.chair, Chair::Chairman),
                    'J' => set(&mut row.chair, Chair::Joint),
                    'D' => set(&mut row.chair, Chair::Deputy),
                    _ => spoil(&mut row.chair),
                }
                t.detail().meetings.rows.push(row);
            }
        }),
    }
    batch.summary()
}

#[test]
fn a_longer_quota_runs_on() {
    for (whose, quarters, lack, heads, last) in [
        (("nua-nam", UNIT), &["0"][..], Lack::Short(1), None, "2021-06-30"),
        (("nua-nam", UNIT), &["B"], Lack::Nothing, None, "2021-06-30"),
        (("nua-nam", UNIT), &["x"], Lack::Unknown, None, "2021-06-30"),
        (("nua-nam", UNIT), &["-"], Lack::NotReported, None, "2021-06-30"),
        (("nua-nam", UNIT), &["B", "-"], Lack::Nothing, None, "2021-06-30"),
        (("nua-nam", UNIT), &["B", "0", "0"], Lack::Short(1), None, "2021-12-31"),
        (("quy-che-17", "10"), &["B"], Lack::Short(2), Some([Some(1), Some(2)]), "2021-12-31"),
        (
            ("quy-che-17", "10"),
            &["BB", "C"],
            Lack::Short(1),
            Some([Some(0), Some(1)]),
            "2021-12-31",
        ),
        (("quy-che-17", "10"), &["-", "0"], Lack::Unknown, Some([None; 2]), "2021-12-31"),
        (("quy-che-17", "10"), &["JJ"], Lack::Nothing, Some([Some(0); 2]), "2021-12-31"),
    ] {
        let mut earlier = Vec::new();
        let mut last_summary = None;
        for (number, what) in (1..).zip(quarters) {
            let summary = quarter(whose, (number, what), None, &earlier);
            earlier.push(Earlier::of(summary.period.last(), &summary.units));
            last_summary = Some(summary);
        }
        let summary = last_summary.unwrap();
        let owed = Owed::of(&summary, &calendar()).unwrap();
        let meetings = of(&owed, whose.1).meetings.as_ref().unwrap();
        assert_eq!(meetings.lack, lack, "{whose:?} {quarters:?}");
        assert_eq!(
            meetings.heads.map(|heads| heads.map(|(_, short)| short)),
            heads,
            "{quarters:?}"
        );
        assert_eq!(meetings.due.day, on(last), "{quarters:?}");
    }
}

#[test]
fn only_a_quarter_ends_on_a_day() {
    let mut summary = Batch::empty().summary();
    summary.period = Span::parse("2021-H1").unwrap();
    let refused = Owed::of(&summary, &calendar()).unwrap_err();
    assert!(refused.to_string().contains("--history"), "{refused}");
}

#[test]
fn numbers_of_persons_are_masked() {
    let mut batch = Batch::empty();
    batch.send(UNIT, |t| {
        text(&mut t.petition(OPEN).content, "Đề nghị gọi 0912345678");
        set(&mut t.petition(OPEN).authority, Authority::Commune);
    });
    let summary = batch.summary();
    let owed = Owed::of(&summary, &calendar()).unwrap();
    let content = of(&owed, UNIT).items[0].content.clone().unwrap();
    assert!(content.contains("Đề nghị gọi") && !content.contains("0912345678"), "{content}");
}

/// What the final ledger says of the meetings of a unit, where a quota falls due.
fn of_ledger(account: &Account<'_>) -> Option<(Lack, Vec<Option<u32>>)> {
    let lack = match account.line.verdict {
        Verdict::Exempt => return None,
        Verdict::Met => Lack::Nothing,
        Verdict::Undetermined => Lack::Unknown,
        Verdict::NotSubmitted => Lack::NotReported,
        Verdict::Short | Verdict::ShortWithReason => Lack::Short(account.short.unwrap()),
    };
    let heads = account.heads.iter().filter(|head| head.owed.is_some());
    Some((lack, heads.map(|head| head.short).collect()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever was sent in the year: on the quarter's last day the final ledger is owed, unit for unit.
    #[test]
    fn on_the_last_day_the_ledger_is_owed(
        profile in prop::sample::select(crate::profile::IDS.to_vec()),
        unit in prop::sample::select(vec![UNIT, "087", "10"]),
        sent in prop::collection::vec("-|!|0|[BCJDx]{1,4}", 1..=4),
    ) {
        let mut earlier = Vec::new();
        for (number, what) in (1..).zip(&sent) {
            let whose = (profile, unit);
            let last_day = Period::quarter(2021, number).unwrap().last_day();
            let running = quarter(whose, (number, what), Some(last_day), &earlier);
            let ended = quarter(whose, (number, what), None, &earlier);
            let owed = Owed::of(&running, &calendar()).unwrap();
            for (owed, account) in owed.units.iter().zip(&ended.accounts()) {
                let Some((lack, heads)) = of_ledger(account) else { continue };
                let meetings = owed.meetings.as_ref().unwrap();
                prop_assert_eq!((meetings.lack, meetings.due.left), (lack, 0));
                let listed: Vec<_> = meetings.heads.iter().flatten().map(|(_, short)| *short).collect();
                prop_assert_eq!(listed, heads);
            }
            earlier.push(Earlier::of(ended.period.last(), &ended.units));
        }
    }
}
