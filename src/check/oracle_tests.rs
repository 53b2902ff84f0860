//! What is owed, what counts and the verdict, recounted from the rows by trying every way to read them.

use super::oracle::{Came, Known, Row, Rules, any_row, any_rules, came};
use super::trials::{Batch, on};
use crate::aggregate::Summary;
use crate::check::so_far::Earlier;
use crate::model::{
    Chair, Count, Field, Finding, Kind, Measure, Meeting, Period, Reading, SubmissionState, Verdict,
};
use crate::profile::model::{Cutoff, QuotaSpan};
use crate::rules::testing::{Trial, meeting, text};
use chrono::{Datelike, Days, Months, NaiveDate};
use proptest::prelude::*;

const UNIT: &str = "02989";
/// It began on 10/02/2021: 50 days of the quarter, 33 days of the one that ends on the 14th.
const YOUNG: &str = "02962";

/// The findings of a unit under those codes, by code and message.
fn told<'a>(summary: &'a Summary, unit: &str, codes: &[&str]) -> Vec<(&'a str, &'a str)> {
    let of_unit = |one: &&Finding| one.unit == Some(super::trials::code(unit));
    let of_codes = |one: &&Finding| codes.contains(&one.rule.code);
    let found = summary.findings.iter().filter(of_unit).filter(of_codes);
    found.map(|one| (one.rule.code, one.message.as_str())).collect()
}

/// The code under which a verdict is told.
fn code_of(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Short => Some("CT01"),
        Verdict::ShortWithReason => Some("CT04"),
        _ => None,
    }
}

fn write<T>(field: &mut Field<T>, value: Option<T>, blank: bool) {
    let none = if blank { Reading::Blank } else { Reading::Unreadable };
    field.reading = value.map_or(none, Reading::Given);
}

fn written(no: u32, row: &Row) -> Meeting {
    let mut meeting = meeting(4 + no, no);
    text(&mut meeting.place, &format!("Thôn {}", row.place));
    write(&mut meeting.date, row.day, row.blank);
    write(&mut meeting.kind, row.kind, row.blank);
    write(&mut meeting.chair, row.chair, row.blank);
    write(&mut meeting.with_tuyen_van, row.combined, row.blank);
    write(&mut meeting.attendees, row.people.map(Count::new), row.blank);
    meeting
}

/// The form with these rows and nothing else.
fn fill(t: &mut Trial, rows: &[Row], has_reason: bool) {
    let detail = t.detail();
    detail.meetings.rows = (1..).zip(rows).map(|(no, row)| written(no, row)).collect();
    (detail.petitions, detail.carried) = (None, None);
    if has_reason {
        text(&mut detail.no_meeting_reason, "Mưa lũ");
    }
}

/// A figure as it is and whether it misses a cell; nothing is said of one that no row can tell.
fn figure(rules: &Rules, rows: &[Row], of: impl Fn(&Row) -> Option<u64>) -> (u64, bool) {
    let held = |row: &&Row| row.day.is_some_and(|day| rules.within(1, day));
    let sum = rows.iter().filter(held).filter_map(&of).sum();
    (sum, rows.iter().filter(held).any(|row| of(row).is_none()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_verdict_is_what_every_reading_gives(
        rows in prop::collection::vec(any_row(), 0..5),
        rules in any_rules(),
        young: bool,
        has_reason: bool,
    ) {
        let mut batch = Batch::empty();
        rules.put(&mut batch.profile);
        let unit = if young { YOUNG } else { UNIT };
        let reason = has_reason || rows.is_empty();
        batch.send(unit, |t| fill(t, &rows, reason));
        let there = match (young, rules.cutoff) {
            (true, Cutoff::Calendar) => 50,
            (true, Cutoff::Day14) => 33,
            (false, _) => 90,
        };
        let owed = if there >= rules.min_days { rules.min } else { 0 };
        let summary = batch.summary();
        let line = summary.unit(super::trials::code(unit)).unwrap();
        prop_assert_eq!(line.tallies.sum(Measure::Required), Some(u64::from(owed)));
        let quarters = vec![(1, Came::Report, rows.as_slice())];
        let known = Known { rules: &rules, quarters, excused: owed == 0 };
        prop_assert_eq!(line.verdict, known.verdict(owed, reason));
        let counted = known.counted();
        prop_assert_eq!(line.tallies.sum(Measure::Counted), Some(u64::from(counted)));
        // A quota that is surely missed is told once, with the figures that make it so.
        let short = told(&summary, unit, &["CT01", "CT04"]);
        let codes: Vec<&str> = short.iter().map(|(code, _)| *code).collect();
        prop_assert_eq!(codes, code_of(line.verdict).into_iter().collect::<Vec<_>>());
        let held = |row: &&Row| row.day.is_some_and(|day| rules.within(1, day));
        if let Some((_, message)) = short.first() {
            let words = format!(
                "Chỉ tiêu quý I/2021 là {owed} cuộc; đã tổ chức {} cuộc, được tính {counted} cuộc, còn thiếu {} cuộc.",
                rows.iter().filter(held).count(),
                owed - counted,
            );
            prop_assert!(message.starts_with(&words), "{}\n{}", message, words);
        }
        let open = summary.unchecked.iter().any(|one| one.rule.code == "CT01");
        prop_assert_eq!(open, line.verdict == Verdict::Undetermined);
        // A meeting that surely does not count, and one outside the months, is told where it stands.
        let idle = rows.iter().filter(held).filter(|row| rules.meanings(1, row) == [None]).count();
        let idle = if owed > 0 { idle } else { 0 };
        prop_assert_eq!(told(&summary, unit, &["CT02"]).len(), idle);
        let early = |row: &&Row| {
            row.kind == Some(Kind::Periodic) && row.day.is_some_and(|day| day.month() % 3 != 0)
        };
        let early = rows.iter().filter(held).filter(early).count();
        prop_assert_eq!(told(&summary, unit, &["CT03"]).len(), early);
        for (measure, of) in [
            (Measure::Periodic, &(|row: &Row| row.kind.map(|kind| u64::from(kind == Kind::Periodic)))
                as &dyn Fn(&Row) -> Option<u64>),
            (Measure::AdHoc, &|row| row.kind.map(|kind| u64::from(kind == Kind::AdHoc))),
            (Measure::BySecretary, &|row| row.chair.map(|c| u64::from(c == Chair::Secretary))),
            (Measure::ByChairman, &|row| row.chair.map(|c| u64::from(c == Chair::Chairman))),
            (Measure::ByBoth, &|row| {
                row.chair.map(|c| u64::from(matches!(c, Chair::Joint | Chair::BothPosts)))
            }),
            (Measure::ByDeputy, &|row| row.chair.map(|c| u64::from(c == Chair::Deputy))),
            (Measure::Attendees, &|row| row.people.map(u64::from)),
        ] {
            let (sum, hole) = figure(&rules, &rows, of);
            let tally = line.tallies.get(measure);
            prop_assert_eq!(tally.sum.unwrap_or(0), sum, "{:?}", measure);
            let undated = rows.iter().any(|row| row.day.is_none_or(|day| !rules.within(1, day)));
            prop_assert!(tally.incomplete || !hole, "{:?}", measure);
            prop_assert!(!tally.incomplete || hole || undated, "{:?}", measure);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Quotas of a half-year and of a year: nothing is owed before their end, and there all their quarters
    /// are read together, whatever came of them and however long the unit has been there.
    #[test]
    fn a_longer_quota_is_what_every_reading_of_all_its_quarters_gives(
        quarters in prop::array::uniform4((came(), prop::collection::vec(any_row(), 0..3), any::<bool>())),
        rules in any_rules(),
        is_year: bool,
        young: bool,
    ) {
        let (per, quarters_of) = if is_year { (QuotaSpan::Year, 4) } else { (QuotaSpan::HalfYear, 2) };
        let unit = if young { YOUNG } else { UNIT };
        let there = if rules.cutoff == Cutoff::Calendar { 50 } else { 33 };
        let excused = young && there < rules.min_days;
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut all: Vec<(u32, Came, Vec<Row>)> = Vec::new();
        for (quarter, (came, mut rows, has_reason)) in (1..).zip(quarters) {
            for day in rows.iter_mut().filter_map(|row| row.day.as_mut()) {
                *day = *day + Months::new(3 * (quarter - 1));
            }
            let mut batch = Batch::empty();
            batch.period = Period::quarter(2021, quarter).unwrap();
            batch.as_of = batch.profile.deadline(batch.period);
            rules.put(&mut batch.profile);
            let quota = batch.profile.quotas.get_mut(&crate::model::Level::Commune).unwrap();
            quota.per.value = per;
            batch.earlier.clone_from(&earlier);
            let reason = has_reason || rows.is_empty();
            match came {
                Came::Report => batch.send(unit, |t| {
                    fill(t, &rows, reason);
                    t.submission.report_date.reading = Reading::Given(made_on(quarter));
                }),
                Came::Unreadable => batch.reject(unit),
                Came::Nothing => {}
            }
            let summary = batch.summary();
            earlier.push(Earlier::of(batch.period, &summary.units));
            if (quarter - 1) % quarters_of == 0 {
                all.clear();
            }
            all.push((quarter, came, rows));
            let line = summary.unit(super::trials::code(unit)).unwrap();
            let owed = if quarter % quarters_of == 0 { rules.min } else { 0 };
            prop_assert_eq!(line.tallies.sum(Measure::Required), Some(u64::from(owed)));
            let known = Known {
                rules: &rules,
                quarters: all.iter().map(|(q, came, rows)| (*q, *came, rows.as_slice())).collect(),
                excused,
            };
            prop_assert_eq!(line.verdict, known.verdict(owed, reason), "{}", quarter);
            let short = told(&summary, unit, &["CT01", "CT04"]);
            let codes: Vec<&str> = short.iter().map(|(code, _)| *code).collect();
            prop_assert_eq!(codes, code_of(line.verdict).into_iter().collect::<Vec<_>>());
            if let Some((_, message)) = short.first() {
                let words = format!("còn thiếu {} cuộc.", owed - known.counted());
                prop_assert!(message.contains(&words), "{}\n{}", message, words);
            }
            let excused = excused && quarter == 1;
            let missing = usize::from(came == Came::Nothing && !excused);
            prop_assert_eq!(told(&summary, unit, &["TH05"]).len(), missing);
            let state = line.submission;
            prop_assert_eq!(state == SubmissionState::Missing, missing == 1);
            prop_assert_eq!(state == SubmissionState::Unreadable, came == Came::Unreadable);
            prop_assert_eq!(state == SubmissionState::NotOwed, came == Came::Nothing && excused);
        }
    }
}

/// The last day of a quarter, on which its report is made.
fn made_on(quarter: u32) -> NaiveDate {
    Period::quarter(2021, quarter).unwrap().last_day()
}

#[test]
fn the_days_of_the_young_commune() {
    let register = Batch::empty().register;
    let began = register.get(super::trials::code(YOUNG), on("2021-03-31")).unwrap().valid_from;
    assert_eq!((on("2021-03-31") - began).num_days() + 1, 50);
    assert_eq!(began + Days::new(32), on("2021-03-14"));
}
