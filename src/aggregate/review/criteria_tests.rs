//! Every number of `[review]` decides something, at its very edge, and what is not certain decides nothing.

use super::criteria::{commend, remind};
use super::model::{Punctuality, Quality, Timing, UnitQuarter, UnitYear};
use crate::check::year::YearAccount;
use crate::model::{
    Level, Measure, Period, SubmissionState, Tallies, Tally, Text, Unit, UnitCode, UnitKind,
    Verdict,
};
use crate::profile::Profile;
use crate::profile::review::ReviewCriteria;

/// A unit with four reports in time, four of four meetings, nine of ten petitions settled.
fn good() -> UnitYear {
    let quarter = |number| UnitQuarter {
        period: Period::quarter(2021, number).unwrap(),
        code: UnitCode::parse("02989").unwrap(),
        state: SubmissionState::OnTime,
        timing: Timing::OnTime,
        verdict: Verdict::Met,
        submitted: None,
        reason: None,
        file: None,
        tallies: Tallies::zero(),
        quality: Quality::default(),
    };
    let mut own = Tallies::zero();
    for (measure, count) in [
        (Measure::NoticesOnTime, 4),
        (Measure::Opinions, 12),
        (Measure::Answered, 6),
        (Measure::Resolved, 3),
        (Measure::Pending, 1),
        (Measure::Forwarded, 2),
    ] {
        *own.get_mut(measure) = Tally::known(count);
    }
    UnitYear {
        unit: Unit {
            code: UnitCode::parse("02989").unwrap(),
            name: Text::new("Bảo Hà").unwrap(),
            kind: UnitKind::Xa,
            level: Level::Commune,
            parent: None,
            valid_from: "2004-01-01".parse().unwrap(),
            valid_to: None,
            aliases: Vec::new(),
        },
        quarters: [1, 2, 3, 4].map(|number| Some(quarter(number))),
        account: YearAccount {
            owed: 4,
            counted: 4,
            sure: 4,
            possible: Some(4),
            verdict: Verdict::Met,
        },
        own,
        shown: own,
        reports: 4,
        carried: false,
        ended: false,
        heir: None,
        origins: Vec::new(),
        punctuality: Punctuality { owed: 4, on_time: 4, ..Punctuality::default() },
        trend: None,
    }
}

fn criteria() -> ReviewCriteria {
    Profile::embedded("quy-che-17").unwrap().review.unwrap()
}

/// What holds, by key without its table; nothing when the unit is not on the list for commendation.
fn praised(unit: &UnitYear, criteria: &ReviewCriteria) -> Option<Vec<&'static str>> {
    let met = commend(unit, &criteria.commend)?;
    Some(met.iter().map(|one| one.key.trim_start_matches("review.commend.")).collect())
}

fn reminded(unit: &UnitYear, criteria: &ReviewCriteria) -> Vec<&'static str> {
    let found = remind(unit, &criteria.remind);
    found.iter().map(|one| one.key.trim_start_matches("review.remind.")).collect()
}

fn count(unit: &mut UnitYear, measure: Measure, count: u64) {
    *unit.own.get_mut(measure) = Tally::known(count);
}

fn fault(unit: &mut UnitYear, errors: u64, excused: u64) {
    let quarter = unit.quarters[0].as_mut().unwrap();
    quarter.quality = Quality { errors, excused, warnings: 7 };
}

type Make = fn(&mut UnitYear);
type Change = fn(&mut ReviewCriteria);

/// The parameter, a unit that stands one step beyond it, and the number that takes that unit in again.
const COMMEND: [(&str, Make, Change); 6] = [
    (
        "quarters",
        |u| u.punctuality = Punctuality { owed: 1, on_time: 1, ..u.punctuality },
        |c| {
            c.commend.quarters.value = 1;
        },
    ),
    ("met", |u| u.account.verdict = Verdict::ShortWithReason, |c| c.commend.met.value = false),
    (
        "not_on_time",
        |u| u.punctuality = Punctuality { on_time: 3, undated: 1, ..u.punctuality },
        |c| c.commend.not_on_time.value = 1,
    ),
    (
        "notices_percent",
        |u| count(u, Measure::NoticesLate, 1),
        |c| {
            c.commend.notices_percent.value = 80;
        },
    ),
    (
        "settled_percent",
        |u| count(u, Measure::Resolved, 2),
        |c| {
            c.commend.settled_percent.value = 80;
        },
    ),
    ("errors", |u| fault(u, 2, 1), |c| c.commend.errors.value = 1),
];

/// The parameter, a unit that stands right on it, and the number that lets that unit go.
const REMIND: [(&str, Make, Change); 7] = [
    ("short", |u| u.account.verdict = Verdict::Short, |c| c.remind.short.value = false),
    ("missing", |u| u.punctuality.missing = 1, |c| c.remind.missing.value = 2),
    ("unreadable", |u| u.punctuality.unreadable = 1, |c| c.remind.unreadable.value = 2),
    ("late", |u| u.punctuality.late = 2, |c| c.remind.late.value = 3),
    (
        "notices_missing",
        |u| count(u, Measure::NoticesMissing, 1),
        |c| {
            c.remind.notices_missing.value = 2;
        },
    ),
    (
        "settled_below",
        |u| {
            count(u, Measure::Answered, 1);
            count(u, Measure::Resolved, 3);
        },
        |c| c.remind.settled_below.value = 40,
    ),
    ("errors", |u| fault(u, 11, 1), |c| c.remind.errors.value = 11),
];

#[test]
fn every_number_decides_at_its_edge() {
    let keys = COMMEND.map(|(key, ..)| key);
    assert_eq!(praised(&good(), &criteria()).unwrap(), keys, "each line says which criterion");
    for (key, make, change) in COMMEND {
        let (mut unit, mut relaxed) = (good(), criteria());
        make(&mut unit);
        assert_eq!(praised(&unit, &relaxed), None, "{key}");
        change(&mut relaxed);
        assert!(praised(&unit, &relaxed).is_some(), "{key}");
    }
    assert_eq!(reminded(&good(), &criteria()), [""; 0]);
    for (key, make, change) in REMIND {
        let (mut unit, mut relaxed) = (good(), criteria());
        make(&mut unit);
        assert_eq!(reminded(&unit, &relaxed), [key]);
        change(&mut relaxed);
        assert_eq!(reminded(&unit, &relaxed), [""; 0], "{key}");
    }
}

#[test]
fn zero_leaves_a_criterion_out() {
    let mut none = criteria();
    none.remind.short.value = false;
    let remind = &mut none.remind;
    for number in [
        &mut remind.missing,
        &mut remind.unreadable,
        &mut remind.late,
        &mut remind.notices_missing,
        &mut remind.settled_below,
        &mut remind.errors,
    ] {
        number.value = 0;
    }
    for (key, make, _) in REMIND {
        let mut unit = good();
        make(&mut unit);
        assert_eq!(reminded(&unit, &none), [""; 0], "{key}");
    }
}

#[test]
fn what_is_not_certain_puts_nobody_on_a_list() {
    for measure in [Measure::NoticesMissing, Measure::Opinions, Measure::Forwarded] {
        let mut unit = good();
        unit.own.mark(measure);
        assert_eq!(praised(&unit, &criteria()), None, "{measure:?}");
        assert_eq!(reminded(&unit, &criteria()), [""; 0], "{measure:?}");
    }
    // A figure that was not reported is no figure, and a hole never lowers a count of faults.
    let mut unit = good();
    *unit.own.get_mut(Measure::Resolved) = Tally::default();
    assert_eq!(praised(&unit, &criteria()), None);
    let mut unit = good();
    *unit.own.get_mut(Measure::NoticesMissing) = Tally { sum: Some(1), incomplete: true };
    assert_eq!(reminded(&unit, &criteria()), ["notices_missing"]);
    for verdict in [Verdict::Undetermined, Verdict::NotSubmitted, Verdict::Exempt] {
        let mut unit = good();
        unit.account.verdict = verdict;
        assert_eq!((praised(&unit, &criteria()), reminded(&unit, &criteria()).len()), (None, 0));
    }
}

#[test]
fn nothing_to_settle_stands_in_nobodys_way() {
    let mut unit = good();
    for measure in Measure::ALL {
        count(&mut unit, measure, 0);
    }
    let met = commend(&unit, &criteria().commend).unwrap();
    let words: Vec<&str> = met.iter().map(|one| one.words.as_str()).collect();
    assert!(words.contains(&"Không phát sinh ý kiến thuộc thẩm quyền (tiêu chí: từ 90%)"));
    assert_eq!(reminded(&unit, &criteria()), [""; 0]);
}

#[test]
fn every_number_of_the_review_is_tried() {
    let profile = Profile::embedded("quy-che-17").unwrap();
    let keys = profile.parameters.iter().map(|one| one.key.as_str());
    let ours: Vec<&str> = keys.filter_map(|key| key.strip_prefix("review.")).collect();
    let tried = (COMMEND.map(|(key, ..)| format!("commend.{key}")).into_iter())
        .chain(REMIND.map(|(key, ..)| format!("remind.{key}")));
    // What decides the year is tried where the year is judged.
    let tried: Vec<String> = std::iter::once("year_by".to_owned()).chain(tried).collect();
    assert_eq!(ours, tried);
}
