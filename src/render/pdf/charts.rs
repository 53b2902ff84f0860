//! Which figures the charts of the report show.

use super::figure::{held, shown};
use super::model::{Bar, Chart};
use crate::aggregate::{Measure, Summary, Tallies};
use crate::model::count::grouped;
use crate::model::{Level, Outcome, Period, UnitCode};
use crate::render::Spelling;
use crate::render::narrative::{district, share};
use std::collections::BTreeMap;

/// Most units that get a bar of their own.
const MOST_BARS: usize = 30;

/// Most quarters in a trend.
const MOST_QUARTERS: usize = 8;

/// Most fields that get a bar.
const MOST_FIELDS: usize = 10;

/// The chart of that name; nothing when there is no such chart or nothing was reported for it.
pub(super) fn named(
    summary: &Summary,
    name: &str,
    number: u32,
    spelling: Spelling,
) -> Option<Chart> {
    let chart = match name {
        "hoi-nghi" => meetings(summary),
        "ket-qua" => outcomes(summary, spelling),
        "linh-vuc" => fields(summary, spelling),
        "xu-huong" => trend(summary),
        _ => None,
    }?;
    let title = format!("Biểu đồ {number}. {}", spelling.apply(&chart.title));
    Some(Chart { title, ..chart })
}

/// Periodic and ad hoc meetings by district, by unit, or by how many units held how many.
fn meetings(summary: &Summary) -> Option<Chart> {
    if let Some(bars) = by_district(summary) {
        return chart("Số cuộc theo huyện (cấp huyện và các xã trực thuộc)", bars);
    }
    let below_province = || summary.units.iter().filter(|line| line.unit.level != Level::Province);
    if below_province().count() <= MOST_BARS {
        let bars = below_province().map(|line| meetings_bar(line.unit.full_name(), &line.tallies));
        return chart("Số cuộc theo đơn vị", bars.collect());
    }
    spread(summary)
}

/// A bar for each district with its communes, one for the communes of none; nothing where no commune has one:
/// in a year in which districts ended, shown by the present units, theirs are a few meetings of all.
fn by_district(summary: &Summary) -> Option<Vec<Bar>> {
    let of_level = |level| summary.units.iter().filter(move |line| line.unit.level == level);
    let mut below: BTreeMap<UnitCode, Tallies> = BTreeMap::new();
    let mut others: Option<Tallies> = None;
    for line in of_level(Level::Commune) {
        match district(summary, line) {
            Some(above) => below.entry(above).or_default().merge(&line.tallies),
            None => others.get_or_insert_default().merge(&line.tallies),
        }
    }
    let has_districts = of_level(Level::District).next().is_some();
    let covers = has_districts && (others.is_none() || !below.is_empty());
    (summary.scope.level == Level::Province && covers).then(|| {
        let districts = of_level(Level::District).map(|above| {
            let mut sums = above.tallies;
            below.get(&above.unit.code).into_iter().for_each(|communes| sums.merge(communes));
            meetings_bar(above.unit.full_name(), &sums)
        });
        let others =
            others.map(|sums| meetings_bar("Xã, phường không thuộc huyện".to_owned(), &sums));
        districts.chain(others).collect()
    })
}

fn chart(title: &str, bars: Vec<Bar>) -> Option<Chart> {
    let legend = vec!["Định kỳ", "Đột xuất"];
    let any = bars.iter().any(|bar| bar.parts.iter().any(|part| *part > 0));
    any.then(|| Chart { title: title.to_owned(), upright: false, legend, bars })
}

fn meetings_bar(label: String, tallies: &Tallies) -> Bar {
    let part = |measure| tallies.sum(measure).unwrap_or(0);
    let parts = vec![part(Measure::Periodic), part(Measure::AdHoc)];
    Bar { label, parts, note: shown(held(tallies)) }
}

/// Periodic and ad hoc meetings of all levels, quarter by quarter; nothing for one quarter alone.
fn trend(summary: &Summary) -> Option<Chart> {
    let label = |period: Period| format!("{}/{}", period.roman(), period.year());
    let mut bars: Vec<Bar> = Vec::new();
    for known in &summary.comparison.quarters {
        let quarter = known.past.period.as_quarter()?;
        bars.push(meetings_bar(label(quarter), &all(&known.past.totals)));
    }
    match summary.period.as_quarter() {
        Some(quarter) => bars.push(meetings_bar(label(quarter), &all(&summary.totals))),
        None => bars.extend(
            summary
                .period
                .quarters()
                .into_iter()
                .map(|quarter| meetings_bar(label(quarter), &summary.tallies_of(quarter))),
        ),
    }
    let skipped = bars.len().saturating_sub(MOST_QUARTERS);
    bars.drain(..skipped);
    let several = bars.len() > 1;
    let chart = chart("Số cuộc tiếp xúc, đối thoại qua các quý", bars)?;
    several.then_some(Chart { upright: true, ..chart })
}

fn all(totals: &BTreeMap<Level, Tallies>) -> Tallies {
    let mut all = Tallies::default();
    for tallies in totals.values() {
        all.merge(tallies);
    }
    all
}

/// How many units held no meeting, one, two, three, more, for each quarter of the period; for too many
/// units to draw each.
fn spread(summary: &Summary) -> Option<Chart> {
    let wide = u64::try_from(summary.period.quarters().len()).unwrap_or(1).max(1);
    let mut counts = [0_u64; 5];
    for line in &summary.units {
        let Some(meetings) = held(&line.tallies).sum else { continue };
        let slot = usize::try_from(meetings.div_ceil(wide).min(4)).unwrap_or(4);
        if let Some(count) = counts.get_mut(slot) {
            *count += 1;
        }
    }
    let labels = (0..5).map(|slot| match (slot * wide, wide) {
        (0, _) => "Không có cuộc nào".to_owned(),
        (_, _) if slot == 4 => format!("{:02} cuộc trở lên", 3 * wide + 1),
        (most, 1) => format!("{most:02} cuộc"),
        (most, _) => format!("{:02} đến {most:02} cuộc", most - wide + 1),
    });
    let bar = |(label, count): (String, u64)| Bar {
        label,
        parts: vec![count],
        note: format!("{} đơn vị", grouped(count)),
    };
    let any = counts.iter().any(|count| *count > 0);
    any.then(|| Chart {
        title: "Số đơn vị đã báo cáo, theo số cuộc tổ chức trong kỳ".to_owned(),
        upright: false,
        legend: Vec::new(),
        bars: labels.zip(counts).map(bar).collect(),
    })
}

/// The fields with most petitions, those settled apart from the rest.
fn fields(summary: &Summary, spelling: Spelling) -> Option<Chart> {
    let mut bars = Vec::new();
    for (subject, name) in &summary.subject_names {
        let Some(line) = summary.subjects.lines.get(subject) else { continue };
        let total = line.total();
        let settled = line.outcome(Outcome::K1) + line.outcome(Outcome::K2);
        let parts = vec![settled, total - settled];
        bars.push((
            total,
            Bar { label: spelling.apply(name).into_owned(), parts, note: grouped(total) },
        ));
    }
    bars.retain(|(total, _)| *total > 0);
    bars.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
    bars.truncate(MOST_FIELDS);
    let bars: Vec<Bar> = bars.into_iter().map(|(_, bar)| bar).collect();
    let title = "Ý kiến, kiến nghị theo lĩnh vực".to_owned();
    let legend = vec!["Đã trả lời, giải quyết", "Còn lại"];
    (!bars.is_empty()).then_some(Chart { title, upright: false, legend, bars })
}

/// What became of the opinions of all levels.
fn outcomes(summary: &Summary, spelling: Spelling) -> Option<Chart> {
    let all = all(&summary.totals);
    let total = all.sum(Measure::Opinions).filter(|total| *total > 0)?;
    let bar = |(outcome, measure): (Outcome, Measure)| {
        let tally = all.get(measure);
        let part = tally.sum.unwrap_or(0);
        let share = share(part, total).map(|share| format!(" ({share})")).unwrap_or_default();
        let note = format!("{}{share}", shown(tally));
        Bar { label: spelling.apply(outcome.label()).into_owned(), parts: vec![part], note }
    };
    let bars = Outcome::ALL.into_iter().zip(Measure::OUTCOMES).map(bar).collect();
    let title = "Kết quả giải quyết ý kiến, kiến nghị".to_owned();
    Some(Chart { title, upright: false, legend: Vec::new(), bars })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::over_span;
    use crate::aggregate::review::sample::reorganised;
    use crate::model::{Geography, Span};

    /// In a year in which districts end, every meeting is in the chart by either map.
    #[test]
    fn no_meeting_is_left_out_of_the_chart() {
        let year = reorganised();
        let span = Span::parse("2025").unwrap();
        for (geography, title) in [
            (Geography::Then, "Số cuộc theo huyện (cấp huyện và các xã trực thuộc)"),
            (Geography::Now, "Số cuộc theo đơn vị"),
        ] {
            let summary = over_span(span, year.summaries(), &(year.register)(), geography).unwrap();
            let chart = meetings(&summary).unwrap();
            assert_eq!(chart.title, title);
            let drawn: u64 = chart.bars.iter().flat_map(|bar| &bar.parts).sum();
            let total = |level| {
                let of = |measure| summary.total(level, measure).unwrap_or(0);
                of(Measure::Periodic) + of(Measure::AdHoc)
            };
            assert_eq!(drawn, total(Level::District) + total(Level::Commune), "{title}");
            assert!(drawn > 10);
        }
    }
}
