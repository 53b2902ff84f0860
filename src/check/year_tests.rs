//! The verdict on a year from its quarters: every answer, and what a hole may change.

use super::checked::UnitLine;
use super::heads::Heads;
use super::ledger::{Entry, Standing};
use super::so_far::Adds;
use super::year::{YearAccount, YearQuarter};
use crate::model::{
    Chair, Level, Measure, Period, SubmissionState, Tally, Text, Unit, UnitCode, UnitKind, Verdict,
};
use crate::profile::Profile;
use crate::profile::model::{Counted, QuotaSpan};
use crate::profile::review::YearBy;

fn unit() -> Unit {
    Unit {
        code: UnitCode::parse("02989").unwrap(),
        name: Text::new("Bảo Hà").unwrap(),
        kind: UnitKind::Xa,
        level: Level::Commune,
        parent: None,
        valid_from: "2004-01-01".parse().unwrap(),
        valid_to: None,
        aliases: Vec::new(),
    }
}

fn profile() -> Profile {
    Profile::embedded("quy-che-17").unwrap()
}

fn entry(standing: Standing, chair: Chair, repeats: bool) -> Entry {
    Entry {
        meeting: 0,
        day: "2021-03-10".parse().ok(),
        standing,
        holes: Vec::new(),
        credits: Vec::new(),
        chair: Some(chair),
        repeats,
        out_of_season: false,
    }
}

/// One quarter in a word: meetings of the secretary `S`, of the chairman `C`, joint `J`, unknown `?`,
/// a repeated row `=`; then what is owed after `/`, and `r` for a reason. `chua` is a missing report,
/// `hong` an unreadable one, `nay` one that is not due yet, `mien` one that is not owed.
fn quarter(word: &str) -> (UnitLine, bool) {
    let (meetings, owed) = word.split_once('/').unwrap_or((word, "1"));
    let reason = owed.ends_with('r');
    let owed: u64 = owed.trim_end_matches('r').parse().unwrap();
    let mut line = UnitLine::unsent(unit(), 90);
    *line.tallies.get_mut(Measure::Required) = Tally::known(owed);
    line.reason = reason.then(|| Text::new("Mưa lũ").unwrap());
    match meetings {
        "chua" | "nay" => return (line, meetings == "nay"),
        "mien" => {
            (line.submission, line.verdict) = (SubmissionState::NotOwed, Verdict::Exempt);
            *line.tallies.get_mut(Measure::Required) = Tally::known(0);
            return (line, false);
        }
        "hong" => {
            (line.submission, line.verdict) = (SubmissionState::Unreadable, Verdict::Undetermined);
            return (line, false);
        }
        _ => {}
    }
    line.submission = SubmissionState::OnTime;
    let entries: Vec<Entry> = (meetings.chars().filter(|c| *c != '0'))
        .map(|c| match c {
            'S' => entry(Standing::Counts, Chair::Secretary, false),
            'C' => entry(Standing::Counts, Chair::Chairman, false),
            'J' => entry(Standing::Counts, Chair::Joint, false),
            '=' => entry(Standing::Counts, Chair::Secretary, true),
            '?' => entry(Standing::Unknown, Chair::Secretary, false),
            other => panic!("{other}"),
        })
        .collect();
    let count = |of: &str| meetings.chars().filter(|c| of.contains(*c)).count() as u64;
    let (sure, all) = (count("SCJ"), count("SCJ=?"));
    *line.tallies.get_mut(Measure::Counted) =
        Tally { sum: Some(count("SCJ=")), incomplete: count("?") > 0 };
    line.verdict = match () {
        () if owed == 0 => Verdict::Exempt,
        () if sure >= owed => Verdict::Met,
        () if all >= owed => Verdict::Undetermined,
        () if reason => Verdict::ShortWithReason,
        () => Verdict::Short,
    };
    let of = |counts: &dyn Fn(&&Entry) -> bool, possible| {
        Heads::of(entries.iter().filter(counts), &profile(), possible)
    };
    let sure = |entry: &&Entry| entry.standing == Standing::Counts;
    line.adds = Adds {
        counted: of(&sure, false),
        once: of(&|entry| sure(entry) && !entry.repeats, false),
        possible: Some(of(&|_| true, true)),
    };
    (line, false)
}

/// The account of a year of such quarters; `.` is a quarter in which the unit did not exist.
fn year(words: &str, profile: &Profile, by: YearBy) -> YearAccount {
    let lines: Vec<(Period, (UnitLine, bool))> = (words.split_whitespace().zip(1..))
        .filter(|(word, _)| *word != ".")
        .map(|(word, number)| (Period::quarter(2021, number).unwrap(), quarter(word)))
        .collect();
    let quarters: Vec<YearQuarter<'_>> = (lines.iter())
        .map(|(period, (line, pending))| YearQuarter { period: *period, line, pending: *pending })
        .collect();
    YearAccount::of(&quarters, profile, by)
}

#[test]
fn the_six_answers_by_the_sum_and_by_each_quarter() {
    use Verdict::{Exempt, Met, NotSubmitted, Short, ShortWithReason, Undetermined};
    let profile = profile();
    for (words, by_sum, by_quarter) in [
        ("S S S S", Met, Met),
        ("S 0 S S", Short, Short),
        // A meeting more in one quarter makes up for one less in another, where the profile says so.
        ("S 0 SS S", Met, Short),
        ("0/1r S S S", ShortWithReason, ShortWithReason),
        ("0/1r 0 S S", Short, Short),
        ("0/1r 0/1r SS SS", Met, ShortWithReason),
        // Not submitted is not zero.
        ("S S S chua", NotSubmitted, NotSubmitted),
        ("chua chua chua chua", NotSubmitted, NotSubmitted),
        ("SS S S chua", Met, NotSubmitted),
        // One report missing and one short: what was reported is short already in its own quarter.
        ("S 0 S chua", NotSubmitted, Short),
        ("S 0/1r S chua", NotSubmitted, NotSubmitted),
        // An unreadable report can be anything.
        ("S S S hong", Undetermined, Undetermined),
        ("SS S S hong", Met, Undetermined),
        ("0 S S hong", Undetermined, Short),
        ("S S hong chua", Undetermined, Undetermined),
        // A hole is decided only where every way to fill it gives the same answer.
        ("S S S ?", Undetermined, Undetermined),
        ("S 0 0 ?", Short, Short),
        ("S 0 S S?", Undetermined, Short),
        ("S ? 0/1r S", Undetermined, Undetermined),
        ("S 0/1r 0/1r ?", Undetermined, Undetermined),
        ("S 0/1r 0/1r ?/1r", ShortWithReason, Undetermined),
        ("0 0 chua ?", NotSubmitted, Short),
        // A row that repeats another may be one meeting or two.
        ("S= S S 0", Undetermined, Short),
        ("SS S S =", Met, Undetermined),
        // Units that existed for a part of the year owe that part.
        (". . S S", Met, Met),
        (". . S 0", Short, Short),
        ("S S . .", Met, Met),
        (". mien S S", Met, Met),
        (". . . mien", Exempt, Exempt),
        ("mien mien mien mien", Exempt, Exempt),
        // A year that is not over: neither missing nor zero.
        ("S S nay nay", Undetermined, Undetermined),
        ("S 0 nay nay", Undetermined, Short),
        ("SS SS nay nay", Met, Undetermined),
    ] {
        let account = |by| year(words, &profile, by);
        assert_eq!(account(YearBy::Sum).verdict, by_sum, "{words}, sum");
        assert_eq!(account(YearBy::EachQuarter).verdict, by_quarter, "{words}, each quarter");
    }
}

#[test]
fn the_account_says_what_is_owed_counted_and_possible() {
    let profile = profile();
    for (words, owed, counted, sure, possible) in [
        ("S S S S", 4, 4, 4, Some(4)),
        ("SS= 0 ? chua", 4, 3, 2, Some(4)),
        ("S hong S S", 4, 3, 3, None),
        (". . SS 0", 2, 2, 2, Some(2)),
        ("S S nay nay", 4, 2, 2, None),
    ] {
        let account = year(words, &profile, YearBy::Sum);
        assert_eq!(
            (account.owed, account.counted, account.sure, account.possible),
            (owed, counted, sure, possible),
            "{words}"
        );
    }
}

#[test]
fn heads_are_counted_over_the_whole_year() {
    let mut profile = profile();
    let quota = profile.quotas.get_mut(&Level::Commune).unwrap();
    (quota.counted.value, quota.per.value) = (Counted::EachHead, QuotaSpan::Year);
    for (words, counted, verdict) in [
        // The lesser head of each quarter has none; over the year both have two.
        ("S/0 C/0 S/0 C/2", 2, Verdict::Met),
        ("S/0 S/0 C/0 0/2", 1, Verdict::Short),
        ("S/0 S/0 C/0 0/2r", 1, Verdict::ShortWithReason),
        ("0/0r S/0 C/0 0/2", 1, Verdict::Short),
        ("J/0 0/0 J/0 0/2", 2, Verdict::Met),
        ("S/0 S/0 C/0 chua/2", 1, Verdict::NotSubmitted),
        // A longer quota needs every report, also of quarters that owe nothing themselves.
        ("chua/0 S/0 C/0 0/2", 1, Verdict::NotSubmitted),
        ("hong/0 S/0 C/0 0/2", 1, Verdict::Undetermined),
        ("S/0 S/0 C/0 nay/2", 1, Verdict::Undetermined),
    ] {
        let account = year(words, &profile, YearBy::Sum);
        assert_eq!((account.counted, account.verdict), (counted, verdict), "{words}");
    }
}
