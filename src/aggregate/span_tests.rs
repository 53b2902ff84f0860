//! Quarters added up: figures, verdicts, states, and the same sums by the old units and by the new.

use super::over_span;
use super::summary::Summary;
use crate::check::trials::{Batch, code};
use crate::model::explanation::{About, Decision, Explanation};
use crate::model::submission::FilePath;
use crate::model::{
    Chair, Geography, Kind, Level, Measure, Period, Span, SubmissionState, Tally, Text, Unit,
    UnitCode, Verdict,
};
use crate::register::Register;
use crate::rules::testing::{count, set, text};
use proptest::prelude::*;

/// What a unit sends in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Nothing,
    Unreadable,
    Reason,
    Meetings(u32, Kind),
}

use Sent::{Meetings, Nothing, Reason, Unreadable};

const HELD: Sent = Meetings(1, Kind::Periodic);

fn send(batch: &mut Batch, unit: UnitCode, sent: Sent) {
    let (meetings, kind) = match sent {
        Nothing => return,
        Unreadable => return batch.reject(unit.as_str()),
        Reason => (0, Kind::Periodic),
        Meetings(meetings, kind) => (meetings, kind),
    };
    batch.send(unit.as_str(), |t| {
        let period = t.submission.period;
        t.submission.file = FilePath::new(&format!("{period}/{unit}.xlsx"));
        t.detail().petitions = None;
        t.detail().carried = None;
        let row = t.meeting(0).clone();
        t.detail().meetings.rows.clear();
        if meetings == 0 {
            text(&mut t.detail().no_meeting_reason, "Dịch bệnh");
        }
        for no in 0..meetings {
            let mut row = row.clone();
            set(&mut row.date, period.last_day() - chrono::Days::new(u64::from(no)));
            set(&mut row.kind, kind);
            set(&mut row.chair, Chair::Secretary);
            count(&mut row.opinions, 7);
            t.detail().meetings.rows.push(row);
        }
    });
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

/// The small province over the quarters of a span; one unit sends this, nobody else anything.
fn small(span: &str, sent: &[Sent]) -> Summary {
    let span = Span::parse(span).unwrap();
    let quarters = span.quarters().into_iter().zip(sent).map(|(period, sent)| {
        let mut batch = Batch::empty();
        batch.period = period;
        batch.as_of = batch.profile.deadline(period);
        send(&mut batch, code("02989"), *sent);
        batch.summary()
    });
    let quarters: Vec<Summary> = quarters.collect();
    over_span(span, quarters, &Batch::empty().register, Geography::Now).unwrap()
}

#[test]
fn the_worst_quarter_decides_and_a_missing_one_leaves_a_mark() {
    use SubmissionState as S;
    use Verdict as V;
    let ad_hoc = Meetings(1, Kind::AdHoc);
    for (span, sent, verdict, state, counted, marked) in [
        ("2021-H1", &[HELD, HELD][..], V::Met, S::OnTime, Some(2), false),
        ("2021-H2", &[HELD, ad_hoc], V::Short, S::OnTime, Some(1), false),
        // Two in one quarter do not stand for none in the other.
        ("2021-H1", &[Meetings(2, Kind::Periodic), ad_hoc], V::Short, S::OnTime, Some(2), false),
        ("2021-H1", &[HELD, Reason], V::ShortWithReason, S::OnTime, Some(1), false),
        ("2021-H1", &[Reason, Reason], V::ShortWithReason, S::NothingToReport, Some(0), false),
        ("2021-9M", &[HELD, Nothing, HELD], V::NotSubmitted, S::Missing, Some(2), true),
        ("2021-9M", &[HELD, Unreadable, HELD], V::Undetermined, S::Unreadable, Some(2), true),
        ("2021-9M", &[ad_hoc, Nothing, HELD], V::Short, S::Missing, Some(1), true),
        ("2021", &[Nothing; 4], V::NotSubmitted, S::Missing, None, false),
        ("2021", &[HELD; 4], V::Met, S::OnTime, Some(4), false),
    ] {
        let summary = small(span, sent);
        let line = summary.unit(code("02989")).unwrap();
        assert_eq!((line.verdict, line.submission), (verdict, state), "{span} {sent:?}");
        let found = line.tallies.get(Measure::Counted);
        assert_eq!(found, Tally { sum: counted, incomplete: marked }, "{span} {sent:?}");
        assert_eq!(line.quarters.len(), sent.len());
        let required = u64::try_from(sent.len()).unwrap();
        assert_eq!(line.tallies.sum(Measure::Required), Some(required));
    }
}

#[test]
fn what_is_missing_is_missing_quarter_by_quarter() {
    let summary = small("2021-H1", &[Meetings(2, Kind::Periodic), Meetings(1, Kind::AdHoc)]);
    let accounts = summary.accounts();
    let own = accounts.iter().find(|one| one.line.unit.code == code("02989")).unwrap();
    assert_eq!((own.owed, own.counted.sum, own.short), (2, Some(2), Some(1)));
    let periods: Vec<String> = own.meetings().map(|one| one.period.to_string()).collect();
    assert_eq!(periods, ["2021-Q1", "2021-Q1", "2021-Q2"]);
    assert_eq!(
        own.note.as_deref(),
        Some(
            "quý I/2021: Đạt (tính 2, chỉ tiêu 1), Đúng hạn; quý II/2021: Chưa đạt (tính 0, chỉ tiêu \
             1), Đúng hạn."
        )
    );
    let missed: Vec<String> = (summary.findings.iter())
        .filter(|one| one.rule.code == "CT01")
        .filter_map(|one| one.period.map(|period| period.to_string()))
        .collect();
    assert_eq!(missed, ["2021-Q2"]);
}

#[test]
fn an_explanation_without_a_quarter_holds_for_each() {
    let row = |line: usize, rule: &str| Explanation {
        file: FilePath::new("giai-trinh.csv"),
        line,
        code: Text::new(rule).unwrap(),
        unit: code("02989"),
        period: None,
        about: About::Every,
        reason: Text::new("Mưa lũ").unwrap(),
        decision: Decision::Accepted,
        by: None,
        date: None,
        until: None,
    };
    let quarters =
        [("2021-Q1", HELD), ("2021-Q2", Meetings(1, Kind::AdHoc))].map(|(text, sent)| {
            let mut batch = Batch::empty();
            batch.period = period(text);
            batch.as_of = batch.profile.deadline(batch.period);
            batch.explanations = vec![row(2, "CT01"), row(3, "TH02"), row(4, "CT99")];
            send(&mut batch, code("02989"), sent);
            batch.summary()
        });
    let span = Span::parse("2021-H1").unwrap();
    let summary =
        over_span(span, quarters.into(), &Batch::empty().register, Geography::Now).unwrap();
    let fates: Vec<_> = (summary.explanations.iter())
        .map(|one| (one.explanation.line, one.fate.key(), one.findings))
        .collect();
    assert_eq!(fates, [(2, "applied", 1), (3, "unmatched", 0)]);
    assert_eq!(summary.unit(code("02989")).unwrap().verdict, Verdict::ShortWithReason);
    assert_eq!(summary.findings.iter().filter(|one| one.rule.code == "DL04").count(), 1);
}

/// The quarters of a span in one or two provinces of a register, each with what every unit sends.
fn quarters(
    make: impl Fn() -> Register,
    span: &str,
    scopes: impl Fn(Period) -> Vec<&'static str>,
    sent: impl Fn(&Unit, Period) -> Sent,
) -> Vec<Summary> {
    let of = |period: Period| {
        let mut all: Option<Summary> = None;
        for scope in scopes(period) {
            let mut batch = Batch::of(make(), scope, period);
            let units: Vec<Unit> = (batch.register.in_force(period.last_day()))
                .filter(|unit| batch.register.is_within(unit, code(scope), period.last_day()))
                .cloned()
                .collect();
            for unit in &units {
                send(&mut batch, unit.code, sent(unit, period));
            }
            let part = batch.summary();
            match &mut all {
                None => all = Some(part),
                Some(all) => {
                    all.units.extend(part.units);
                    all.submissions.extend(part.submissions);
                    for (level, tallies) in part.totals {
                        all.totals.entry(level).or_default().merge(&tallies);
                    }
                }
            }
        }
        let mut all = all.unwrap();
        all.units.sort_by_key(|line| line.unit.code);
        all
    };
    Span::parse(span).unwrap().quarters().into_iter().map(of).collect()
}

/// The sums of each level, whichever way they are read.
fn sums(summary: &Summary) -> Vec<(Level, Vec<Option<u64>>)> {
    let of_lines = |level: Level| {
        Measure::ALL.map(|measure| {
            let lines = summary.units.iter().filter(|line| line.unit.level == level);
            lines.filter_map(|line| line.tallies.sum(measure)).reduce(|a, b| a + b)
        })
    };
    let levels = Level::ALL.into_iter().filter(|level| summary.totals.contains_key(level));
    levels
        .map(|level| {
            let found = of_lines(level).to_vec();
            let told = Measure::ALL.map(|measure| summary.totals[&level].sum(measure));
            assert_eq!(found, told, "{level:?}");
            (level, found)
        })
        .collect()
}

fn both(span: &str, quarters: impl Fn() -> Vec<Summary>, register: &Register) -> [Summary; 2] {
    let span = Span::parse(span).unwrap();
    [Geography::Then, Geography::Now]
        .map(|geography| over_span(span, quarters(), register, geography).unwrap())
}

#[test]
fn the_year_of_the_reorganisation_adds_up_by_either_geography() {
    let register = || Register::embedded().unwrap();
    let scopes = |period: Period| if period.number() < 3 { vec!["10", "15"] } else { vec!["15"] };
    let sent = |unit: &Unit, period: Period| {
        let at = unit.code.as_str().bytes().map(u32::from).sum::<u32>() + period.number();
        if at.is_multiple_of(5) { Nothing } else { Meetings(at % 4 + 1, Kind::Periodic) }
    };
    let of = || quarters(register, "2025", scopes, sent);
    let [then, now] = both("2025", of, &register());
    assert_eq!(sums(&then), sums(&now));
    assert_eq!(then.totals, now.totals);
    let count = |summary: &Summary, level| {
        summary.units.iter().filter(|line| line.unit.level == level).count()
    };
    let counts = |summary: &Summary| Level::ALL.map(|level| count(summary, level));
    // 319 + 99, of which 8 are the same unit in both; both old provinces and the new one.
    assert_eq!((counts(&then), counts(&now)), ([3, 18, 410], [1, 18, 99]));
    let changed = &now.rearranged[0];
    assert_eq!((changed.before.1, changed.after.1), ([2, 18, 319], [1, 0, 99]));
    assert!(now.break_in_words().unwrap().contains("319 cấp xã, từ quý III/2025 có 1 cấp tỉnh"));
    // Districts ended without heirs and say so; 02647 was Kim Tân and is Lào Cai.
    let old: Vec<String> = (then.units.iter())
        .filter(|line| line.unit.code == code("02647"))
        .map(|line| line.unit.full_name())
        .collect();
    assert_eq!(old, ["Phường Kim Tân (đến 30/06/2025)", "Phường Lào Cai"]);
    let city = now.unit(code("080")).unwrap();
    assert_eq!(city.unit.full_name(), "Thành phố Lào Cai (đến 30/06/2025)");
    // The heir's verdict is its own; its figures are those of all.
    let heir = now.unit(code("02647")).unwrap();
    let carried = heir.quarters.iter().filter(|part| part.is_carried).count();
    assert!(carried > 2 && heir.quarters.len() == carried + 2);
    // Of the quarters of the units before it those are told in which something is amiss.
    let words = heir.quarters_in_words().unwrap();
    assert!(words.starts_with("Của chính đơn vị: quý III/2025: "), "{words}");
    assert!(words.contains("Gộp số liệu của 6 đơn vị cũ: Phường Duyên Hải 02635, "), "{words}");
    let (_, amiss) = words.split_once(" Trong đó ").unwrap();
    for part in heir.quarters.iter().filter(|part| part.is_carried) {
        let (unit, quarter) = (&part.line.unit, part.period.label());
        let told = amiss.contains(&format!("{} {}, {quarter}: ", unit.full_name(), unit.code));
        let well = part.line.verdict == Verdict::Met && part.line.submission.has_figures();
        assert_eq!(told, !well, "{} {quarter}: {words}", unit.code);
    }
    // An ended unit says who came after it, on either map.
    let duyen_hai = then.unit(code("02635")).unwrap();
    let heirs: Vec<UnitCode> = duyen_hai.heirs.iter().map(|unit| unit.code).collect();
    assert_eq!(heirs, [code("02647")]);
    assert!(heir.heirs.is_empty() && city.heirs.is_empty());
    // The quarters together are the year.
    for summary in [&then, &now] {
        let quarters = summary.period.quarters().into_iter();
        let held: u64 = quarters
            .map(|quarter| summary.tallies_of(quarter).sum(Measure::Periodic).unwrap())
            .sum();
        let of = |level| summary.total(level, Measure::Periodic).unwrap_or(0);
        assert_eq!(held, Level::ALL.map(of).iter().sum::<u64>());
    }
}

#[test]
fn three_years_are_twelve_quarters_added_up() {
    let sent = |unit: &Unit, period: Period| match unit.level {
        Level::District => Meetings(u32::from(period.number() < 4), Kind::Periodic),
        _ => HELD,
    };
    let of = quarters(|| Register::embedded().unwrap(), "2020-2022", |_| vec!["080"], sent);
    let span = Span::parse("2020-2022").unwrap();
    let register = Register::embedded().unwrap();
    let summary = over_span(span, of, &register, Geography::Now).unwrap();
    let total = |level| summary.total(level, Measure::Periodic);
    assert_eq!((total(Level::District), total(Level::Commune)), (Some(9), Some(17 * 12)));
    assert_eq!(summary.period.label(), "các năm 2020–2022");
}

/// A province whose communes are merged, split and kept on one day, as it falls out.
fn rearranged_register(fates: &[u8]) -> Register {
    let mut units = "code,name,kind,level,parent_code,valid_from,valid_to,aliases\n\
                     10,Tỉnh,tinh,province,,2004-01-01,,\n"
        .to_owned();
    let mut changes = "old_code,new_code,extent,effective_date,legal_basis\n".to_owned();
    for (at, fate) in fates.iter().enumerate() {
        let old = 10_000 + at * 10;
        let heir = |of: usize| 20_000 + of * 10;
        if *fate == 0 {
            units += &format!("{old},Giữ {at},xa,commune,10,2004-01-01,,\n");
            continue;
        }
        units += &format!("{old},Cũ {at},xa,commune,10,2004-01-01,2021-06-30,\n");
        // One heir of its own, one shared with its neighbours, two heirs, or none.
        let heirs: &[usize] = match fate {
            1 => &[at],
            2 => &[at / 3 * 3],
            3 => &[at, at + 100],
            _ => &[],
        };
        for of in heirs {
            let extent = if heirs.len() == 1 { "whole" } else { "part" };
            changes += &format!("{old},{},{extent},2021-07-01,\n", heir(*of));
            let row = format!("{},Mới {of},xa,commune,10,2021-07-01,,\n", heir(*of));
            if !units.contains(&row) {
                units += &row;
            }
        }
    }
    Register::parse((&units, "units.csv"), (&changes, "successions.csv")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sums_are_equal_in_both_geographies(
        fates in proptest::collection::vec(0u8..5, 1..12),
        sent in proptest::collection::vec(0u8..5, 1..30),
    ) {
        let what = |unit: &Unit, period: Period| {
            let at = unit.code.as_str().parse::<usize>().unwrap_or(7) / 10
                + usize::try_from(period.number()).unwrap_or(0) * 3;
            match sent[at % sent.len()] {
                0 => Nothing,
                1 => Unreadable,
                2 => Reason,
                3 => HELD,
                _ => Meetings(2, Kind::AdHoc),
            }
        };
        let register = rearranged_register(&fates);
        let make = || rearranged_register(&fates);
        let of = || quarters(make, "2021", |_| vec!["10"], what);
        let [then, now] = both("2021", of, &register);
        prop_assert_eq!(sums(&then), sums(&now));
        prop_assert_eq!(&then.totals, &now.totals);
        // Nobody is counted twice, and every unit's quarters stand somewhere once.
        let parts = |summary: &Summary| -> usize {
            summary.units.iter().map(|line| line.quarters.len()).sum()
        };
        prop_assert_eq!(parts(&then), parts(&now));
    }
}
