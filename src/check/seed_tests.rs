//! The figures that were published come out of submissions that hold them: three years of one city, one province.
//!
//! Published are sums and rounded percentages only; how they fall on units and quarters is made up here.

use super::trials::{Batch, code};
use crate::aggregate::summary::SubjectLine;
use crate::aggregate::{Summary, over_span};
use crate::model::Measure::{
    AdHoc, Answered, Counted, Forwarded, Opinions, Periodic, Required, Resolved,
};
use crate::model::{
    Chair, Geography, Kind, Level, Measure, Outcome, Period, Petition, Span, Subject, Text, Verdict,
};
use crate::register::Register;
use crate::render::narrative::share;
use crate::rules::testing::{Trial, count, meeting, set, text};

/// Thành phố Lào Cai, 2020–2022: 210 = 10 + 200 meetings, 200 = 143 + 57, 1.078 opinions.
const CITY: &str = "080";
const SLOTS: usize = 17 * 12;
/// 1.078 opinions of the communes by outcome: 78 are beyond their authority, 93% of the rest are settled.
const OUTCOMES: [usize; 5] = [620, 310, 50, 20, 78];

/// How much of a whole falls to one of so many places, evenly.
fn part(whole: usize, places: usize, at: usize) -> usize {
    (at + 1) * whole / places - at * whole / places
}

/// A meeting of the quarter without opinions, at a place of its own.
fn held(t: &mut Trial, kind: Kind, chair: Chair) {
    let rows = t.detail().meetings.rows.len();
    let no = u32::try_from(rows).unwrap() + 1;
    let mut row = meeting(4 + no, no);
    set(&mut row.date, t.submission.period.first_day());
    text(&mut row.place, &format!("Tổ {no}"));
    set(&mut row.kind, kind);
    set(&mut row.chair, chair);
    count(&mut row.opinions, 0);
    row.outcomes.iter_mut().for_each(|field| count(field, 0));
    t.detail().meetings.rows.push(row);
}

fn opinions(t: &mut Trial, at: usize, outcomes: [usize; 5]) {
    let row = t.meeting(at);
    for (field, number) in row.outcomes.iter_mut().zip(outcomes) {
        count(field, u32::try_from(number).unwrap());
    }
    count(&mut row.opinions, u32::try_from(outcomes.iter().sum::<usize>()).unwrap());
}

/// An empty form, or one with what `fill` adds.
fn form(batch: &mut Batch, unit: &str, fill: impl FnOnce(&mut Trial)) {
    batch.send(unit, |t| {
        t.detail().meetings.rows.clear();
        t.detail().petitions = None;
        t.detail().carried = None;
        text(&mut t.detail().no_meeting_reason, "Dịch Covid-19");
        fill(t);
    });
}

/// The city in the quarter of that number, counted from zero; how many of its meetings came before.
fn city(number: usize, before: &mut usize) -> Summary {
    let year = 2020 + i32::try_from(number / 4).unwrap();
    let period = Period::quarter(year, u32::try_from(number % 4).unwrap() + 1).unwrap();
    let mut batch = Batch::of(Register::embedded().unwrap(), CITY, period);
    form(&mut batch, CITY, |t| {
        for _ in 0..part(10, 12, number) {
            held(t, Kind::Periodic, Chair::Joint);
            opinions(t, t.submission.detail().unwrap().meetings.rows.len() - 1, [9, 1, 0, 0, 0]);
        }
    });
    let day = period.last_day();
    let communes: Vec<_> = batch.register.children(code(CITY), day).map(|unit| unit.code).collect();
    assert_eq!(communes.len(), 17);
    for (at, unit) in communes.into_iter().enumerate() {
        let slot = number * 17 + at;
        form(&mut batch, unit.as_str(), |t| {
            let kinds = [(Kind::Periodic, 143), (Kind::AdHoc, 57)];
            for (kind, whole) in kinds {
                for _ in 0..part(whole, SLOTS, slot) {
                    held(t, kind, Chair::Secretary);
                    let row = t.submission.detail().unwrap().meetings.rows.len() - 1;
                    opinions(t, row, OUTCOMES.map(|whole| part(whole, 200, *before)));
                    *before += 1;
                }
            }
        });
    }
    batch.summary()
}

#[test]
fn three_years_of_the_city_give_the_published_figures() {
    let mut meetings = 0;
    let quarters: Vec<Summary> = (0..12).map(|number| city(number, &mut meetings)).collect();
    let sum = |level, measures: &[Measure]| -> u64 {
        let of = |summary: &Summary| -> u64 {
            measures.iter().filter_map(|measure| summary.total(level, *measure)).sum()
        };
        quarters.iter().map(of).sum()
    };
    let city = sum(Level::District, &[Periodic, AdHoc]);
    let communes = sum(Level::Commune, &[Periodic, AdHoc]);
    assert_eq!((city + communes, city, communes), (210, 10, 200));
    assert_eq!((sum(Level::Commune, &[Periodic]), sum(Level::Commune, &[AdHoc])), (143, 57));
    assert_eq!(sum(Level::Commune, &[Opinions]), 1_078);
    assert_eq!(crate::model::count::grouped(sum(Level::Commune, &[Opinions])), "1.078");
    // (K1 + K2) / (total − K5), and K1 / total of the city's own ten meetings.
    let settled = sum(Level::Commune, &[Answered, Resolved]);
    let within = sum(Level::Commune, &[Opinions]) - sum(Level::Commune, &[Forwarded]);
    assert_eq!(share(settled, within).as_deref(), Some("93,0%"));
    let answered = share(sum(Level::District, &[Answered]), sum(Level::District, &[Opinions]));
    assert_eq!(answered.as_deref(), Some("90,0%"));
    // One a quarter is 204, less one: Phường Lào Cai, merged on 01/03/2020, owed nothing for that quarter.
    let verdicts = |verdict| -> usize {
        let of_communes = |summary: &Summary| {
            let lines = summary.units.iter().filter(|line| line.unit.level == Level::Commune);
            lines.filter(|line| line.verdict == verdict).count()
        };
        quarters.iter().map(of_communes).sum()
    };
    assert_eq!((sum(Level::Commune, &[Required]), sum(Level::Commune, &[Counted])), (203, 143));
    // Its meeting of that quarter counts and meets nothing: 142 + 61 = 203.
    assert_eq!((verdicts(Verdict::Met), verdicts(Verdict::ShortWithReason)), (142, 61));
    assert_eq!(verdicts(Verdict::Exempt), 1);
    let ledger: usize = quarters
        .iter()
        .flat_map(Summary::accounts)
        .filter(|account| account.line.unit.level == Level::Commune)
        .map(|account| account.meetings().filter(|meeting| meeting.counts == Some(true)).count())
        .sum();
    assert_eq!(ledger, 143);
}

/// An officer gets them with --period 2020-2022: no year alone has them.
#[test]
fn the_published_figures_are_those_of_a_report_over_three_years() {
    let mut meetings = 0;
    let quarters: Vec<Summary> = (0..12).map(|number| city(number, &mut meetings)).collect();
    let (span, register) = (Span::parse("2020-2022").unwrap(), Register::embedded().unwrap());
    let summary = over_span(span, quarters, &register, Geography::Now).unwrap();
    let of = |level, measure| summary.total(level, measure).unwrap_or_default();
    let held = |level| of(level, Periodic) + of(level, AdHoc);
    assert_eq!((held(Level::District), held(Level::Commune)), (10, 200));
    assert_eq!((of(Level::Commune, Periodic), of(Level::Commune, AdHoc)), (143, 57));
    assert_eq!(of(Level::Commune, Opinions), 1_078);
    assert_eq!((of(Level::Commune, Required), of(Level::Commune, Counted)), (203, 143));
}

/// The province, 2020–2022: 5 of the Standing Committee, 5 of the Chairman, 1 joint: 6 for each head.
#[test]
fn three_years_of_the_province_give_six_for_each_head() {
    let chairs = [
        (0, Chair::Secretary),
        (1, Chair::Chairman),
        (2, Chair::Secretary),
        (3, Chair::Chairman),
        (4, Chair::Secretary),
        (5, Chair::Joint),
        (6, Chair::Chairman),
        (8, Chair::Secretary),
        (9, Chair::Chairman),
        (10, Chair::Secretary),
        (11, Chair::Chairman),
    ];
    let (mut heads, mut figures) = ((0, 0), [0; 3]);
    let mut years = [(0, 0); 3];
    for number in 0..12usize {
        let year = 2020 + i32::try_from(number / 4).unwrap();
        let period = Period::quarter(year, u32::try_from(number % 4).unwrap() + 1).unwrap();
        let mut batch = Batch::of(Register::embedded().unwrap(), "10", period);
        form(&mut batch, "10", |t| {
            for (_, chair) in chairs.iter().filter(|(at, _)| *at == number) {
                held(t, Kind::Periodic, *chair);
            }
        });
        let summary = batch.summary();
        let line = summary.unit(code("10")).unwrap();
        let (secretary, chairman) = line.ledger.as_ref().unwrap().by_head;
        heads = (heads.0 + secretary, heads.1 + chairman);
        years[number / 4].0 += secretary;
        years[number / 4].1 += chairman;
        let of = [Measure::BySecretary, Measure::ByChairman, Measure::ByBoth];
        for (sum, measure) in figures.iter_mut().zip(of) {
            *sum += line.tallies.sum(measure).unwrap();
        }
    }
    assert_eq!((figures, heads), ([5, 5, 1], (6, 6)));
    assert_eq!(years, [(2, 2); 3]);
}

/// 139 opinions of voters by field and by outcome, as another province published them for 2022.
#[test]
fn a_table_by_field_and_outcome_adds_up_both_ways() {
    let fields = [13, 46, 12, 12, 18, 7, 7, 24];
    let outcomes = [(Outcome::K2, 109), (Outcome::K4, 14), (Outcome::K3, 16)];
    let mut outcome = outcomes.iter().flat_map(|(outcome, times)| vec![*outcome; *times]);
    let mut batch = Batch::empty();
    batch.send("02989", |t| {
        count(&mut t.meeting(0).opinions, 139);
        let mut rows: Vec<Petition> = Vec::new();
        for (at, times) in fields.iter().enumerate() {
            for _ in 0..*times {
                let mut row = t.petition(0).clone();
                row.content.reading = crate::model::Reading::Given(
                    Text::new(&format!("Kiến nghị {}", rows.len())).unwrap(),
                );
                set(&mut row.subject, Subject::parse(&format!("L{:02}", at + 1)).unwrap());
                set(&mut row.outcome, outcome.next().unwrap());
                rows.push(row);
            }
        }
        t.detail().petitions.as_mut().unwrap().rows = rows;
    });
    let table = batch.summary().subjects;
    let by_field: Vec<u64> = table.lines.values().map(SubjectLine::total).collect();
    assert_eq!(by_field, fields);
    let of = |outcome| table.lines.values().map(|line| line.outcome(outcome)).sum::<u64>();
    assert_eq!((of(Outcome::K2), of(Outcome::K4), of(Outcome::K3)), (109, 14, 16));
    assert_eq!((by_field.iter().sum::<u64>(), table.unclassified), (139, 0));
    // The page prints 78%.
    assert_eq!(share(109, 139).as_deref(), Some("78,4%"));
}
