//! Changing one number of a profile changes exactly the values that it should in half-years, nine months and
//! years, and in the yearly review: `UPDATE=1 cargo test` writes what changes, to be reviewed line by line.

use super::over_span;
use super::review::sample::Year;
use crate::check::Earlier;
use crate::check::profile_tests::{CHANGES, quarter};
use crate::check::trials::{difference, on, values, values_of};
use crate::model::{Count, Geography, Kind, Span};
use crate::profile::Profile;
use crate::profile::review::{ReviewCriteria, YearBy};
use crate::render::json::review::review as json_of;
use crate::rules::testing::{Trial, blank, count, date, set, text};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// The first quarter with a unit at the edge of every number, and three quarters of clean reports.
fn year() -> Year {
    let mut year = Year::of_2021();
    for unit in
        ["10", "087", "02947", "02950", "02953", "02956", "02959", "02962", "02965", "02989"]
    {
        year.send(unit, &[2, 3, 4], |_| {});
    }
    let first = quarter();
    year.quarters[0].files = first.files;
    for batch in &mut year.quarters {
        batch.as_of = batch.profile.deadline(batch.period);
    }
    year
}

/// The values of a report over that span under a changed profile.
fn over(span: &str, change: impl Fn(&mut Profile)) -> Vec<String> {
    let span = Span::parse(span).unwrap();
    let mut earlier: Vec<Earlier> = Vec::new();
    let mut quarters = Vec::new();
    for mut batch in year().quarters {
        if !span.quarters().contains(&batch.period) {
            continue;
        }
        change(&mut batch.profile);
        batch.earlier.clone_from(&earlier);
        let summary = batch.summary();
        earlier.push(Earlier::of(batch.period, &summary.units));
        quarters.push(summary);
    }
    let register = (Year::of_2021().register)();
    values(&over_span(span, quarters, &register, Geography::Now).unwrap())
}

/// What changed, short: `02947 counted: 1 → 2` and `+CT01 02947 A3`. Single meetings and notes are left to the
/// tests of one quarter.
fn brief(before: &[String], after: &[String]) -> Vec<String> {
    let mut pairs: BTreeMap<String, [String; 2]> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in difference(before, after) {
        let (sign, rest) = line.split_at(1);
        let (path, value) = rest.split_once(": ").unwrap();
        let single = path.contains("/meetings/") || path.ends_with("/note");
        if single {
            continue;
        }
        if path.ends_with("diagnostics") || path.ends_with("unchecked") {
            let message = value.split(' ').take_while(|word| word.is_ascii());
            lines.push(format!("{sign}{path}: {}", message.collect::<Vec<_>>().join(" ")));
            continue;
        }
        let pair = pairs.entry(path.to_owned()).or_default();
        value.clone_into(&mut pair[usize::from(sign == "+")]);
    }
    let pair =
        |(path, [before, after]): (String, [String; 2])| format!("{path}: {before} → {after}");
    let mut all: Vec<String> = pairs.into_iter().map(pair).collect();
    lines.sort();
    all.extend(lines);
    all
}

/// Holds what was found against the file of that name.
fn hold(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(&path).unwrap(), "found:\n{found}");
}

#[test]
fn one_change_changes_what_it_should_over_several_quarters() {
    let mut found = String::new();
    for span in ["2021-H1", "2021-9M", "2021"] {
        let before = over(span, |_| {});
        for (name, change) in CHANGES {
            writeln!(found, "# {span} {name}").unwrap();
            for line in brief(&before, &over(span, change)) {
                writeln!(found, "{line}").unwrap();
            }
        }
    }
    hold("profile-changes-spans.txt", &found);
}

/// No meeting in the quarter, with a reason.
fn nothing(t: &mut Trial) {
    t.detail().meetings.rows.clear();
    t.detail().petitions = None;
    text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
}

/// A year with a unit at the edge of every number of `[review]`.
fn reviewed(change: impl Fn(&mut ReviewCriteria)) -> Vec<String> {
    let mut year = Year::of_2021();
    let all = [1, 2, 3, 4];
    let rest = |at: usize| [1, 2, 3, 4].into_iter().filter(move |quarter| *quarter != at);
    let send_rest = |year: &mut Year, unit: &str, at: usize| {
        year.send(unit, &rest(at).collect::<Vec<_>>(), |_| {});
    };
    // There for less than 51 days of the first quarter, it owes three reports; two meetings in one quarter
    // make up for none in the next.
    year.send("02962", &[2], |t| {
        let mut row = t.meeting(0).clone();
        set(&mut row.no, Count::new(2));
        text(&mut row.place, "Nhà văn hóa thôn 2");
        count(&mut row.opinions, 0);
        row.outcomes.iter_mut().for_each(|outcome| count(outcome, 0));
        t.detail().meetings.rows.push(row);
    });
    year.send("02962", &[3], nothing);
    year.send("02962", &[4], |_| {});
    // Without a meeting in the second quarter, with a reason.
    send_rest(&mut year, "02950", 2);
    year.send("02950", &[2], nothing);
    // One report late.
    send_rest(&mut year, "02953", 2);
    year.send("02953", &[2], |t| set(&mut t.submission.report_date, on("2021-07-06")));
    // One notice late.
    send_rest(&mut year, "02956", 2);
    year.send("02956", &[2], |t| {
        date(&mut t.meeting(0).notice_date, "2021-06-25");
        date(&mut t.meeting(0).published, "2021-06-26");
    });
    // One error: more women than people.
    send_rest(&mut year, "02959", 2);
    year.send("02959", &[2], |t| count(&mut t.meeting(0).women, 86));
    // An ad hoc meeting in one quarter, and no reason.
    send_rest(&mut year, "02965", 2);
    year.send("02965", &[2], |t| set(&mut t.meeting(0).kind, Kind::AdHoc));
    // One report missing; one that cannot be read.
    send_rest(&mut year, "02947", 2);
    send_rest(&mut year, "087", 3);
    year.quarter(3).reject("087");
    // A meeting without its notice, and petitions that are not settled.
    send_rest(&mut year, "02989", 2);
    year.send("02989", &[2], |t| {
        blank(&mut t.meeting(0).notice_no);
        blank(&mut t.meeting(0).notice_date);
        blank(&mut t.meeting(0).published);
    });
    year.send("10", &all, |t| {
        // Half of what lies within the authority.
        for (field, opinions) in t.meeting(0).outcomes.iter_mut().zip([2, 1, 0, 3, 1]) {
            count(field, opinions);
        }
    });
    for batch in &mut year.quarters {
        batch.profile.min_days_in_period.value = 51;
        // Of a clean report's petitions five in six are settled.
        batch.profile.review.as_mut().unwrap().commend.settled_percent.value = 83;
        change(batch.profile.review.as_mut().unwrap());
    }
    values_of(&json_of(&year.review()))
}

type ReviewChange = (&'static str, fn(&mut ReviewCriteria));

/// One change for every number and choice of `[review]`.
const REVIEW_CHANGES: [ReviewChange; 14] = [
    ("review.year_by", |r| r.year_by.value = YearBy::EachQuarter),
    ("review.commend.quarters", |r| r.commend.quarters.value = 4),
    ("review.commend.met", |r| r.commend.met.value = false),
    ("review.commend.not_on_time", |r| r.commend.not_on_time.value = 1),
    ("review.commend.notices_percent", |r| r.commend.notices_percent.value = 75),
    ("review.commend.settled_percent", |r| r.commend.settled_percent.value = 84),
    ("review.commend.errors", |r| r.commend.errors.value = 1),
    ("review.remind.short", |r| r.remind.short.value = false),
    ("review.remind.missing", |r| r.remind.missing.value = 2),
    ("review.remind.unreadable", |r| r.remind.unreadable.value = 2),
    ("review.remind.late", |r| r.remind.late.value = 1),
    ("review.remind.notices_missing", |r| r.remind.notices_missing.value = 2),
    ("review.remind.settled_below", |r| r.remind.settled_below.value = 75),
    ("review.remind.errors", |r| r.remind.errors.value = 1),
];

#[test]
fn one_change_changes_what_it_should_in_the_review() {
    let before = reviewed(|_| {});
    let mut found = "# as the profile comes\n".to_owned();
    for line in before.iter().filter(|line| line.contains("mmended/") || line.contains("minded/")) {
        writeln!(found, "{line}").unwrap();
    }
    for (name, change) in REVIEW_CHANGES {
        let lines = difference(&before, &reviewed(change));
        writeln!(found, "# {name}").unwrap();
        for line in lines {
            writeln!(found, "{line}").unwrap();
        }
    }
    let sections = found.split("# ").skip(1);
    let idle = sections.filter(|section| section.lines().count() < 2);
    hold("profile-changes-review.txt", &found);
    assert_eq!(idle.collect::<Vec<_>>(), [""; 0], "every number decides something");
}

#[test]
fn every_number_of_the_review_is_tried() {
    let profile = Profile::embedded("quy-che-17").unwrap();
    let of_review = profile.parameters.iter().map(|parameter| parameter.key.as_str());
    let untried = of_review.filter(|key| key.starts_with("review."));
    let untried = untried.filter(|key| !REVIEW_CHANGES.iter().any(|(name, _)| name == key));
    assert_eq!(untried.collect::<Vec<_>>(), [""; 0]);
}
