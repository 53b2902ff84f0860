//! The quarters of a unit, and of a whole report, in words: what a sum does not show.

use super::summary::{QuarterLine, Rearranged, SubmissionState, Summary, UnitLine, Verdict};
use crate::model::backlog::Flow;
use crate::model::count::grouped;
use crate::model::{Level, Measure, Period, Tallies, Unit, UnitCode};
use std::collections::BTreeMap;

/// One quarter of a unit: `quý I/2021: Đạt (tính 1, chỉ tiêu 1), Đúng hạn`.
fn words(part: &QuarterLine) -> String {
    let line = &part.line;
    let of = |measure| {
        let tally = line.tallies.get(measure);
        let sum = tally.sum.map_or("–".to_owned(), grouped);
        if tally.incomplete { format!("{sum}*") } else { sum }
    };
    let late = part.days_late.map(|days| format!(" {days} ngày")).unwrap_or_default();
    format!(
        "{}: {} (tính {}, chỉ tiêu {}), {}{late}",
        part.period.label(),
        line.verdict.label(),
        of(Measure::Counted),
        of(Measure::Required),
        line.submission.label()
    )
}

/// Whether somebody would ask about the quarter: its quota not met, its report not in time.
const fn is_amiss(part: &QuarterLine) -> bool {
    use SubmissionState::{NotOwed, NothingToReport, OnTime};
    let in_time = matches!(part.line.submission, OnTime | NothingToReport | NotOwed);
    !in_time || !matches!(part.line.verdict, Verdict::Met | Verdict::Exempt)
}

impl UnitLine {
    /// Its quarters in words, where the report is over several; then the units whose figures it shows
    /// too, with those of their quarters in which something is amiss.
    pub fn quarters_in_words(&self) -> Option<String> {
        let own: Vec<String> =
            self.quarters.iter().filter(|part| !part.is_carried).map(words).collect();
        let own = own.join("; ");
        match self.predecessors_in_words() {
            Some(before) if own.is_empty() => Some(before),
            Some(before) => Some(format!("Của chính đơn vị: {own}. {before}")),
            None => (!own.is_empty()).then(|| format!("{own}.")),
        }
    }

    /// The units before it whose figures are in its line (đơn vị cũ), each once, in the order of codes.
    pub fn predecessors(&self) -> Vec<&Unit> {
        let carried = self.quarters.iter().filter(|part| part.is_carried);
        let units: BTreeMap<UnitCode, &Unit> =
            carried.map(|part| (part.line.unit.code, &part.line.unit)).collect();
        units.into_values().collect()
    }

    fn predecessors_in_words(&self) -> Option<String> {
        let units = self.predecessors();
        let named = |unit: &Unit| format!("{} {}", unit.full_name(), unit.code);
        let all: Vec<String> = units.iter().map(|unit| named(unit)).collect();
        let amiss = self.quarters.iter().filter(|part| part.is_carried && is_amiss(part));
        let amiss: Vec<String> =
            amiss.map(|part| format!("{}, {}", named(&part.line.unit), words(part))).collect();
        let amiss = match amiss.as_slice() {
            [] => String::new(),
            some => format!(" Trong đó {}.", some.join("; ")),
        };
        (!all.is_empty())
            .then(|| format!("Gộp số liệu của {} đơn vị cũ: {}.{amiss}", all.len(), all.join(", ")))
    }

    /// The most days by which one of its reports was late.
    pub fn most_days_late(&self) -> Option<i64> {
        self.quarters.iter().filter(|part| !part.is_carried).filter_map(|part| part.days_late).max()
    }
}

impl Summary {
    /// The figures of all units in one quarter of a longer span, whichever lines show them.
    pub fn tallies_of(&self, quarter: Period) -> Tallies {
        let mut all = Tallies::default();
        let parts = self.units.iter().flat_map(|line| &line.quarters);
        for part in parts.filter(|part| part.period == quarter) {
            all.merge(&part.line.tallies);
        }
        all
    }

    /// The accounts of petitions of the lines that have one, in their order.
    pub fn petition_accounts(&self) -> impl Iterator<Item = (&UnitLine, Flow)> {
        self.units.iter().filter_map(|line| Some((line, self.petition_account(line)?)))
    }

    /// The account of petitions of one line. Under one code there may be two units in a span, one after
    /// the other, each with its own.
    pub fn petition_account(&self, line: &UnitLine) -> Option<Flow> {
        match self.geography {
            Some(_) => line.flow,
            None => self.backlog.units.get(&line.unit.code)?.flow,
        }
    }

    /// Where the units change inside the span, and how the figures before that are shown.
    pub fn break_in_words(&self) -> Option<String> {
        let geography = self.geography?;
        let breaks: Vec<String> = self.rearranged.iter().map(one_break).collect();
        (!breaks.is_empty()).then(|| {
            format!(
                "Sắp xếp đơn vị hành chính trong kỳ: {}. Ở đây {}.",
                breaks.join("; "),
                geography.label()
            )
        })
    }
}

fn one_break(one: &Rearranged) -> String {
    let units = |counts: [usize; 3]| {
        let named = Level::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        let named = named.map(|(level, count)| format!("{count} {}", level.label()));
        named.collect::<Vec<_>>().join(", ")
    };
    format!(
        "{} có {}, từ {} có {}",
        one.before.0.label(),
        units(one.before.1),
        one.after.0.label(),
        units(one.after.1)
    )
}
