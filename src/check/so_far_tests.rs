//! Quotas longer than a quarter: decided at their end, from the quarters before when those are known.

use super::so_far::Earlier;
use super::trials::{Batch, code};
use crate::aggregate::{Summary, UnitLine};
use crate::model::submission::{Body, Table};
use crate::model::{Chair, Field, Period, RollUpRow, UnitCode, Verdict};
use crate::profile::Profile;
use crate::register::Register;
use crate::rules::testing::{Trial, count, day, set, spoil, text};

const UNIT: &str = "02989";

/// What the unit sends in one quarter: `-` no file, `!` one that cannot be read, `0` a form without
/// meetings, `?` not given at all, `L2` two meetings that only its district's Biểu 02 lists; otherwise a letter for
/// each meeting, `x` with an unreadable chair, `#` without the column.
fn send(batch: &mut Batch, unit: &str, what: &str) {
    match what {
        "-" => {}
        "!" => batch.reject(unit),
        _ if what.starts_with('L') => list(batch, unit, what[1..].parse().unwrap()),
        _ => batch.send(unit, |t| fill(t, what)),
    }
}

/// Biểu 02 of the district with so many meetings of that commune, all of its secretary.
fn list(batch: &mut Batch, unit: &str, meetings: u32) {
    let mut row = RollUpRow { row: 5, unit: Some(code(unit)), ..RollUpRow::default() };
    for field in [&mut row.periodic, &mut row.total, &mut row.by_secretary] {
        count(field, meetings);
    }
    for field in [&mut row.ad_hoc, &mut row.by_chairman, &mut row.by_both, &mut row.by_deputy] {
        count(field, 0);
    }
    batch.send("087", |t| {
        t.submission.body = Body::RollUp(Table { rows: vec![row], ..Table::default() });
    });
}

fn fill(t: &mut Trial, what: &str) {
    let first = t.submission.period.first_day();
    t.detail().petitions = None;
    t.detail().carried = None;
    let row = t.meeting(0).clone();
    t.detail().meetings.rows.clear();
    if what == "0" {
        text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
        return;
    }
    for (at, letter) in what.chars().enumerate() {
        let mut row = row.clone();
        set(&mut row.date, first + chrono::Days::new(u64::try_from(at).unwrap()));
        match letter {
            'B' => set(&mut row.chair, Chair::Secretary),
            'C' => set(&mut row.chair, Chair::Chairman),
            'J' => set(&mut row.chair, Chair::Joint),
            '#' => row.chair = Field::absent(),
            _ => spoil(&mut row.chair),
        }
        t.detail().meetings.rows.push(row);
    }
}

/// The quarters of 2021 from the first, each with what the unit sends; the last one's summary.
fn year(profile: &str, unit: &str, quarters: &[&str]) -> Summary {
    year_under(&Profile::embedded(profile).unwrap(), unit, quarters)
}

fn year_under(profile: &Profile, unit: &str, quarters: &[&str]) -> Summary {
    let mut known: Vec<Earlier> = Vec::new();
    let mut last = None;
    for (number, what) in (1..).zip(quarters) {
        let mut batch = Batch::empty();
        batch.period = Period::quarter(2021, number).unwrap();
        batch.profile = profile.clone();
        batch.as_of = batch.profile.deadline(batch.period);
        batch.earlier.clone_from(&known);
        send(&mut batch, unit, what);
        let summary = batch.summary();
        if *what != "?" {
            known.push(Earlier::of(batch.period, &summary.units));
        }
        last = Some(summary);
    }
    last.unwrap()
}

fn line<'a>(summary: &'a Summary, unit: &str) -> &'a UnitLine {
    summary.unit(code(unit)).unwrap()
}

#[test]
fn the_verdict_waits_for_the_end_and_knows_the_quarters_before() {
    use Verdict::{Exempt, Met, NotSubmitted, Short, ShortWithReason, Undetermined};
    for (profile, unit, quarters, verdict) in [
        // One a half-year.
        ("nua-nam", UNIT, &["B"][..], Exempt),
        ("nua-nam", UNIT, &["L1", "0"], Met),
        ("nua-nam", UNIT, &["0", "L1"], Met),
        ("nua-nam", UNIT, &["L0", "L0"], Short),
        ("nua-nam", UNIT, &["B", "0"], Met),
        ("nua-nam", UNIT, &["0", "B"], Met),
        ("nua-nam", UNIT, &["0", "0"], ShortWithReason),
        ("nua-nam", UNIT, &["-", "0"], Undetermined),
        ("nua-nam", UNIT, &["!", "0"], Undetermined),
        ("nua-nam", UNIT, &["x", "0"], Undetermined),
        ("nua-nam", UNIT, &["?", "0"], Undetermined),
        ("nua-nam", UNIT, &["?", "B"], Met),
        ("nua-nam", UNIT, &["B", "-"], Met),
        ("nua-nam", UNIT, &["B", "!"], Met),
        ("nua-nam", UNIT, &["0", "-"], NotSubmitted),
        ("nua-nam", UNIT, &["0", "!"], Undetermined),
        // The half-years do not lend each other meetings.
        ("nua-nam", UNIT, &["BB", "B", "0"], Exempt),
        ("nua-nam", UNIT, &["BB", "B", "0", "0"], ShortWithReason),
        // Two a year for each head.
        ("quy-che-17", "10", &["B", "C", "J"], Exempt),
        ("quy-che-17", "10", &["B", "C", "J", "0"], Met),
        ("quy-che-17", "10", &["BB", "0", "0", "C"], Short),
        ("quy-che-17", "10", &["BB", "0", "0", "CC"], Met),
        ("quy-che-17", "10", &["BB", "0", "x", "C"], Undetermined),
        ("quy-che-17", "10", &["BB", "?", "0", "C"], Undetermined),
        ("quy-che-17", "10", &["?", "JJ", "0", "0"], Met),
    ] {
        let summary = year(profile, unit, quarters);
        assert_eq!(line(&summary, unit).verdict, verdict, "{profile} {quarters:?}");
        let raised = |code: &str| {
            let of = |found: UnitCode| found.as_str() == unit;
            summary.findings.iter().any(|one| one.rule.code == code && one.unit.is_some_and(of))
        };
        assert_eq!(raised("CT01"), verdict == Short, "{quarters:?}");
        assert_eq!(raised("CT04"), verdict == ShortWithReason, "{quarters:?}");
    }
}

/// A meeting that counts for one head only goes, over all quarters, to the head who needs it; what is said of
/// the heads is what the count is made of.
#[test]
fn a_shared_meeting_goes_where_it_is_needed_over_the_whole_span() {
    let mut profile = Profile::embedded("quy-che-17").unwrap();
    profile.joint_counts_for.value = crate::profile::model::JointCountsFor::One;
    for (quarters, by_head, verdict) in [
        (&["J", "B", "BC", "0"][..], (2, 2), Verdict::Met),
        (&["J", "B", "B", "B"], (3, 1), Verdict::Short),
        (&["C", "J", "J", "J"], (2, 2), Verdict::Met),
        (&["J", "0", "0", "0"], (1, 0), Verdict::ShortWithReason),
        (&["J", "J", "J", "0"], (2, 1), Verdict::ShortWithReason),
        (&["JC", "C", "CC", "0"], (1, 4), Verdict::ShortWithReason),
    ] {
        let summary = year_under(&profile, "10", quarters);
        let found = line(&summary, "10");
        let so_far = found.so_far.as_ref().unwrap();
        assert_eq!((so_far.by_head, found.verdict), (by_head, verdict), "{quarters:?}");
        assert_eq!(so_far.counted, by_head.0.min(by_head.1), "{quarters:?}");
    }
}

/// Biểu 02 says who chaired: two meetings of the secretary are none of the chairman.
#[test]
fn heads_of_a_listed_commune_are_told_apart() {
    let mut profile = Profile::embedded("nua-nam").unwrap();
    let quota = profile.quotas.get_mut(&crate::model::Level::Commune).unwrap();
    quota.counted.value = crate::profile::model::Counted::EachHead;
    for (quarters, verdict) in [
        (["L1", "L1"], Verdict::Short),
        // Whether the listed one counts for the secretary, the row does not say.
        (["L1", "C"], Verdict::Undetermined),
        (["L1", "J"], Verdict::Met),
    ] {
        let summary = year_under(&profile, UNIT, &quarters);
        assert_eq!(line(&summary, UNIT).verdict, verdict, "{quarters:?}");
    }
}

/// Why a longer quota cannot be decided: a quarter that is not given, a cell or a column of this one, a cell
/// before it.
#[test]
fn what_leaves_a_longer_quota_open_is_said() {
    for (quarters, reason) in [
        (["?", "0"], "Chỉ tiêu dài hơn một quý: cần báo cáo quý I/2021 của đơn vị mới xét được."),
        (
            ["0", "x"],
            "Chưa kiểm tra được vì ô F6 không đọc được, chưa ghi hoặc có ngày không dùng được.",
        ),
        (["0", "#"], "Biểu 1 thiếu cột để xét chỉ tiêu."),
        (["x", "0"], "Chỉ tiêu dài hơn một quý: báo cáo quý trước của đơn vị có ô không đọc được."),
    ] {
        let summary = year("nua-nam", UNIT, &quarters);
        let open: Vec<&str> = (summary.unchecked.iter())
            .filter(|one| one.rule.code == "CT01" && one.unit == code(UNIT))
            .map(|one| one.reason.as_str())
            .collect();
        assert_eq!(open, [reason], "{quarters:?}");
    }
}

#[test]
fn the_running_count_is_shown_at_any_time() {
    for (quarters, counted, possible, unknown) in [
        (&["BC"][..], 1, Some(1), &[][..]),
        (&["BC", "B"], 1, Some(1), &[]),
        (&["BC", "B", "C"], 2, Some(2), &[]),
        (&["BC", "-", "C"], 1, None, &["2021-Q2"]),
        (&["?", "B", "C"], 1, None, &["2021-Q1"]),
        (&["BC", "x", "C"], 1, Some(2), &[]),
    ] {
        let summary = year("quy-che-17", "10", quarters);
        let so_far = line(&summary, "10").so_far.clone().unwrap();
        let names: Vec<String> = so_far.unknown.iter().map(ToString::to_string).collect();
        assert_eq!((so_far.counted, so_far.possible), (counted, possible), "{quarters:?}");
        assert_eq!((so_far.since.to_string().as_str(), names), ("2021-Q1", owned(unknown)));
    }
    let summary = year("quy-che-17", "10", &["BC", "-", "C"]);
    let accounts = summary.accounts();
    let own = accounts.iter().find(|account| account.line.unit.code.as_str() == "10").unwrap();
    assert_eq!(
        own.note.as_deref(),
        Some(
            "Chỉ tiêu 2 cuộc mỗi năm chưa đến hạn. Từ quý I/2021 đến quý III/2021 được tính 1 cuộc \
             (Bí thư 1, Chủ tịch UBND 2); chưa biết số của quý II/2021."
        )
    );
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_shortfall_is_that_of_the_whole_quota() {
    let summary = year("quy-che-17", "10", &["BB", "0", "0", "C"]);
    let said = summary.findings.iter().find(|finding| finding.rule.code == "CT01").unwrap();
    assert_eq!(
        said.message,
        "Chỉ tiêu mỗi năm từ quý I/2021 đến quý IV/2021 là 2 cuộc; được tính 1 cuộc (riêng quý IV/2021 \
         đã tổ chức 1, được tính 0), còn thiếu 1 cuộc. Tính cho Bí thư 2 cuộc, cho Chủ tịch UBND 1 cuộc."
    );
    let accounts = summary.accounts();
    let own = accounts.iter().find(|account| account.line.unit.code.as_str() == "10").unwrap();
    assert_eq!((own.owed, own.short), (2, Some(1)));
    assert_eq!(own.heads.map(|head| head.short), [Some(0), Some(1)]);
}

/// On 01/07/2025 the communes were made anew: their predecessors' meetings are not theirs, and one
/// that keeps its code and name is the same unit.
#[test]
fn a_meeting_belongs_to_the_unit_that_existed_on_its_day() {
    let register = Register::embedded().unwrap();
    let mut profile = Profile::embedded("luat-toi-thieu").unwrap();
    profile.effective_from = day("2019-12-04");
    let (before, after) = (day("2025-06-30"), day("2025-07-01"));
    let is_commune = |unit: &&crate::model::Unit| unit.level == crate::model::Level::Commune;
    let kept = register.in_force(after).filter(is_commune);
    let kept: Vec<_> = kept.filter(|unit| register.began(unit) <= before).collect();
    assert_eq!(kept.len(), 8);
    let made = register.in_force(after).filter(is_commune);
    let made = made
        .filter(|unit| register.began(unit) == after)
        .find(|unit| register.get(unit.code, before).is_some_and(|old| old.level == unit.level));
    for (unit, verdict) in
        [(kept[0].code, Verdict::Met), (made.unwrap().code, Verdict::ShortWithReason)]
    {
        let mut known = Vec::new();
        for (number, scopes, what) in [(1, ["10", "15"], "0"), (2, ["10", "15"], "B")] {
            let mut units = Vec::new();
            for scope in scopes {
                let period = Period::quarter(2025, number).unwrap();
                let mut batch = Batch::of(Register::embedded().unwrap(), scope, period);
                batch.profile = profile.clone();
                send(&mut batch, unit.as_str(), what);
                units.extend(batch.summary().units);
            }
            known.push(Earlier::of(Period::quarter(2025, number).unwrap(), &units));
        }
        for number in [3, 4] {
            let period = Period::quarter(2025, number).unwrap();
            let mut batch = Batch::of(Register::embedded().unwrap(), "15", period);
            batch.profile = profile.clone();
            batch.earlier.clone_from(&known);
            send(&mut batch, unit.as_str(), "0");
            let summary = batch.summary();
            known.push(Earlier::of(period, &summary.units));
            if number == 4 {
                assert_eq!(summary.unit(unit).unwrap().verdict, verdict, "{unit}");
            }
        }
    }
}
