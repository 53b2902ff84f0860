//! Submission states partition the register, whatever is sent: random registers, and the reorganisation of 2025.

use super::batch::Content;
use super::trials::{Batch, code, on};
use crate::aggregate::Summary;
use crate::model::submission::{Body, FilePath, Table};
use crate::model::{
    Count, FileStatus, Form, Level, Period, RollUpRow, SubmissionState, Tallies, Unit, UnitCode,
    Verdict,
};
use crate::register::Register;
use crate::rules::testing::{blank, count, date, set, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What may come from one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sent {
    InTime,
    Late,
    Undated,
    Nothing,
    Untouched,
    Broken,
    Twice,
    OtherQuarter,
    BrokenAndInTime,
    OnlyListed,
}

const ALL: [Sent; 10] = [
    Sent::InTime,
    Sent::Late,
    Sent::Undated,
    Sent::Nothing,
    Sent::Untouched,
    Sent::Broken,
    Sent::Twice,
    Sent::OtherQuarter,
    Sent::BrokenAndInTime,
    Sent::OnlyListed,
];

/// A Form 01 with a day of its own and a meeting in the quarter.
fn form(batch: &mut Batch, unit: UnitCode, name: &str, sent: Sent) {
    let (first, last) = (batch.period.first_day(), batch.period.last_day());
    batch.send(unit.as_str(), |t| {
        t.submission.file = FilePath::new(name);
        set(&mut t.submission.report_date, last);
        set(&mut t.meeting(0).date, first);
        match sent {
            Sent::Late => set(&mut t.submission.report_date, last + chrono::Days::new(40)),
            Sent::Undated => blank(&mut t.submission.report_date),
            Sent::Nothing | Sent::Untouched => {
                t.detail().meetings.rows.clear();
                t.detail().petitions = None;
                t.detail().carried = None;
            }
            Sent::OtherQuarter => t.submission.period = t.period.previous().unwrap(),
            _ => {}
        }
        if sent == Sent::Nothing {
            text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
        }
    });
}

fn send(batch: &mut Batch, unit: UnitCode, sent: Sent) {
    let name = format!("xa/{unit}.xlsx");
    match sent {
        Sent::Broken => batch.reject(unit.as_str()),
        Sent::OnlyListed => {}
        Sent::Twice => {
            form(batch, unit, &name, Sent::InTime);
            form(batch, unit, &format!("xa/{unit} (lần 2).xlsx"), Sent::InTime);
        }
        Sent::BrokenAndInTime => {
            batch.reject(unit.as_str());
            form(batch, unit, &name, Sent::InTime);
        }
        other => form(batch, unit, &name, other),
    }
}

/// The roll-up of a district, dated in time, with one row for each of these communes.
fn roll_up(batch: &mut Batch, district: UnitCode, communes: &[UnitCode]) {
    let row = |(at, unit): (u32, &UnitCode)| {
        let mut row = RollUpRow { row: at, unit: Some(*unit), ..RollUpRow::default() };
        for field in [&mut row.periodic, &mut row.total, &mut row.attendees] {
            count(field, 1);
        }
        set(&mut row.ad_hoc, Count::ZERO);
        row
    };
    let rows = (5..).zip(communes).map(row).collect();
    let last = batch.period.last_day();
    batch.send(district.as_str(), |t| {
        t.submission.file = FilePath::new(&format!("huyen/{district}_Bieu02.xlsx"));
        set(&mut t.submission.report_date, last);
        t.submission.body = Body::RollUp(Table { rows, ..Table::default() });
    });
}

/// The state that the unit must be in, worked out anew.
fn expected(unit: &Unit, sent: Option<Sent>, listed: bool, batch: &Batch) -> SubmissionState {
    use SubmissionState as State;
    match sent {
        Some(Sent::InTime | Sent::Twice | Sent::BrokenAndInTime) => return State::OnTime,
        Some(Sent::Late) => return State::Late,
        Some(Sent::Undated) => return State::Undated,
        Some(Sent::Nothing) => return State::NothingToReport,
        _ if listed => return State::OnTime,
        Some(Sent::Broken) => return State::Unreadable,
        _ => {}
    }
    let (first, last) = (batch.period.first_day(), batch.period.last_day());
    let mut from = unit.valid_from;
    // A unit that goes on under the same name is the same unit.
    for earlier in batch.register.ever(unit.code) {
        if earlier.valid_to == from.pred_opt() && earlier.name == unit.name {
            from = earlier.valid_from;
        }
    }
    let days = (last - from.max(first)).num_days() + 1;
    if days < 45 { State::NotOwed } else { State::Missing }
}

/// Sends what is said, runs the checks and holds the result against the register.
fn partitions(mut batch: Batch, sent: &BTreeMap<UnitCode, Sent>) {
    let day = batch.period.last_day();
    for (unit, what) in sent {
        send(&mut batch, *unit, *what);
    }
    let scope: Vec<Unit> = (batch.register.in_force(day))
        .filter(|unit| batch.register.is_within(unit, batch.scope, day))
        .cloned()
        .collect();
    let mut listed = BTreeSet::new();
    for district in scope.iter().filter(|unit| unit.level == Level::District) {
        let communes: Vec<UnitCode> = (batch.register.children(district.code, day))
            .filter(|unit| sent.get(&unit.code) == Some(&Sent::OnlyListed))
            .map(|unit| unit.code)
            .collect();
        if !communes.is_empty() {
            roll_up(&mut batch, district.code, &communes);
            listed.extend(communes);
        }
    }
    let summary = batch.summary();
    let found: Vec<(UnitCode, SubmissionState)> =
        summary.units.iter().map(|line| (line.unit.code, line.submission)).collect();
    let wanted: Vec<(UnitCode, SubmissionState)> = (scope.iter())
        .map(|unit| {
            let what = sent.get(&unit.code).copied();
            (unit.code, expected(unit, what, listed.contains(&unit.code), &batch))
        })
        .collect();
    assert_eq!(found, wanted);
    holds_together(&summary);
}

/// What is true of any quarter.
fn holds_together(summary: &Summary) {
    let units = summary.units.len();
    let in_state = |state| summary.units.iter().filter(|line| line.submission == state).count();
    assert_eq!(SubmissionState::ALL.into_iter().map(in_state).sum::<usize>(), units);
    for level in Level::ALL {
        let of_level = || summary.units.iter().filter(move |line| line.unit.level == level);
        let owed = of_level().filter(|line| line.submission != SubmissionState::NotOwed).count();
        let came = of_level().filter(|line| line.submission.has_figures()).count();
        assert!(came <= owed && owed <= of_level().count(), "{level:?}: {came} of {owed}");
        let mut sum = Tallies::default();
        of_level().for_each(|line| sum.merge(&line.tallies));
        assert_eq!(summary.totals.get(&level).copied().unwrap_or_default(), sum);
    }
    let mut used: BTreeSet<(UnitCode, Option<Form>)> = BTreeSet::new();
    for file in summary.files.iter().filter(|file| file.status == FileStatus::Used) {
        let unit = file.unit.unwrap();
        assert!(used.insert((unit, file.form)), "two files used of {unit}");
    }
    let missing = |line: &&crate::aggregate::UnitLine| {
        line.submission == SubmissionState::Missing
            && !used.contains(&(line.unit.code, Some(Form::Detail)))
    };
    let told = summary.findings.iter().filter(|finding| finding.rule.code == "TH05").count();
    assert_eq!(told, summary.units.iter().filter(missing).count());
}

prop_compose! {
    /// A day around the first quarter of 2021.
    fn any_day()(days in -120i64..120) -> chrono::NaiveDate {
        on("2021-02-15") + chrono::Duration::days(days)
    }
}

/// A register of two districts; each commune begins and ends when it likes, some under a second name.
fn any_register() -> impl Strategy<Value = Register> {
    let life = (prop::option::of(any_day()), prop::option::of(any_day()), any::<bool>());
    prop::collection::vec((0u32..2, life), 0..12).prop_map(|communes| {
        let mut text = "code,name,kind,level,parent_code,valid_from,valid_to,aliases\n\
                        10,Lào Cai,tinh,province,,2004-01-01,,\n\
                        11,Điện Biên,tinh,province,,2004-01-01,,\n\
                        080,Lào Cai,thanh_pho,district,10,2004-01-01,,\n\
                        087,Bảo Yên,huyen,district,10,2004-01-01,,\n"
            .to_owned();
        for (at, (district, (from, to, renamed))) in communes.into_iter().enumerate() {
            let parent = ["080", "087"][district as usize];
            let from = from.unwrap_or(on("2004-01-01"));
            let to = to.filter(|to| *to > from).map(|to| to.to_string()).unwrap_or_default();
            if renamed && from > on("2010-01-02") {
                let eve = from.pred_opt().unwrap();
                writeln!(text, "{:05},Cũ {at},xa,commune,{parent},2010-01-01,{eve},", 100 + at)
                    .unwrap();
            }
            writeln!(text, "{:05},Mới {at},xa,commune,{parent},{from},{to},", 100 + at).unwrap();
        }
        Register::parse((&text, "units.csv"), ("", "successions.csv")).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_register_and_any_mail(
        register in any_register(),
        mail in prop::collection::btree_map(0usize..16, prop::sample::select(&ALL[..]), 0..16),
    ) {
        let units = ["10", "11", "080", "087"].map(code).into_iter();
        let units: Vec<UnitCode> =
            units.chain((100..112).map(|n| code(&format!("{n:05}")))).collect();
        let sent = mail.into_iter().map(|(at, what)| (units[at], what)).collect();
        let batch = Batch::of(register, "10", Period::quarter(2021, 1).unwrap());
        partitions(batch, &sent);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The register as it is, before and after 01/07/2025; codes of either time send what they like.
    #[test]
    fn the_reorganisation_of_2025(
        mail in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&ALL[..])), 0..200),
        after: bool,
    ) {
        let register = Register::embedded().unwrap();
        let sent = mail.into_iter().map(|(at, what)| (at.get(register.all()).code, what)).collect();
        let (scope, quarter) = if after { ("15", 3) } else { ("10", 2) };
        let batch = Batch::of(register, scope, Period::quarter(2025, quarter).unwrap());
        partitions(batch, &sent);
    }
}

#[test]
fn the_register_of_2025_has_as_many_units_as_the_law_gives() {
    for (scope, quarter, communes, districts) in
        [("10", 2, 151, 9), ("15", 2, 168, 9), ("15", 3, 99, 0)]
    {
        let register = Register::embedded().unwrap();
        let batch = Batch::of(register, scope, Period::quarter(2025, quarter).unwrap());
        let summary = batch.summary();
        let of = |level| summary.units.iter().filter(|line| line.unit.level == level).count();
        let found = (of(Level::Province), of(Level::District), of(Level::Commune));
        assert_eq!(found, (1, districts, communes), "{scope} {quarter}");
        let missing = summary.units.iter().all(|line| line.submission == SubmissionState::Missing);
        assert!(missing);
    }
}

#[test]
fn what_a_file_or_a_day_leaves_open_is_said() {
    let mut batch = Batch::empty();
    batch.reject("02947");
    // Nothing falls due for the province in this quarter.
    batch.reject("10");
    batch.send("02950", |t| {
        crate::rules::testing::spoil(&mut t.submission.report_date);
        date(&mut t.meeting(0).notice_date, "2021-03-12");
    });
    let summary = batch.summary();
    let open: Vec<String> = (summary.unchecked.iter())
        .map(|one| {
            format!(
                "{} {} {:?}",
                one.rule.code,
                one.unit,
                one.place.file.as_ref().map(FilePath::as_str)
            )
        })
        .collect();
    assert_eq!(
        open,
        ["CT01 02947 Some(\"xa/02947-hong.xlsx\")", "TH04 02950 Some(\"xa/02950.xlsx\")"]
    );
    assert!(matches!(batch.files[0].content, Content::Rejected(_)));
}

/// A figure with a hole on either side is not compared, and that is said.
#[test]
fn what_cannot_be_compared_with_the_roll_up_is_said() {
    for (own, listed, expected) in
        [(false, false, ""), (true, false, "SL07 "), (false, true, "SL07 C6")]
    {
        let mut batch = Batch::empty();
        batch.send("02947", |t| {
            count(&mut t.meeting(0).attendees, 1);
            if own {
                crate::rules::testing::spoil(&mut t.meeting(0).attendees);
            }
        });
        roll_up(&mut batch, code("087"), &[code("02947")]);
        let Some(Content::Submission(submission)) =
            batch.files.last_mut().map(|file| &mut file.content)
        else {
            panic!("a roll-up was sent");
        };
        let Body::RollUp(table) = &mut submission.body else { panic!("it is a roll-up") };
        if listed {
            table.rows[0].attendees = crate::model::Field::blank(crate::model::CellRef::new(5, 2));
            crate::rules::testing::spoil(&mut table.rows[0].attendees);
        }
        let summary = batch.summary();
        let open: Vec<String> = (summary.unchecked.iter())
            .filter(|one| one.rule.code == "SL07")
            .map(|one| {
                let cells: Vec<String> = one.blocked_by.iter().map(ToString::to_string).collect();
                format!("SL07 {}", cells.join(" "))
            })
            .collect();
        assert_eq!(open.join(""), expected);
        assert!(summary.findings.iter().all(|finding| finding.rule.code != "SL07"));
    }
}

/// Biểu 02 of a district of two communes that sent nothing themselves; of one it does not say who chaired.
#[test]
fn what_a_roll_up_leaves_open_is_said() {
    let mut batch = Batch::empty();
    let communes = [code("02947"), code("02950")];
    roll_up(&mut batch, code("087"), &communes);
    let Some(Content::Submission(submission)) =
        batch.files.last_mut().map(|file| &mut file.content)
    else {
        panic!("a roll-up was sent");
    };
    let Body::RollUp(table) = &mut submission.body else { panic!("it is a roll-up") };
    count(&mut table.rows[0].by_secretary, 1);
    let summary = batch.summary();
    let verdicts = communes.map(|unit| summary.unit(unit).unwrap().verdict);
    assert_eq!(verdicts, [Verdict::Met, Verdict::Undetermined]);
    let open: Vec<_> =
        summary.unchecked.iter().map(|one| (one.rule.code, one.unit.as_str())).collect();
    assert!(open.contains(&("CT01", "02950")) && !open.contains(&("CT01", "02947")), "{open:?}");
    let accounts = summary.accounts();
    let note = |unit| accounts.iter().find(|one| one.line.unit.code == unit).unwrap().note.clone();
    let [known, vague] = communes.map(|unit| note(unit).unwrap());
    assert!(!known.contains("không cho biết đủ") && vague.contains("không cho biết đủ"));
}
