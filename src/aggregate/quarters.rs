//! The quarters of a unit, and of a whole report, in words: what a sum does not show.

use super::summary::{QuarterLine, Rearranged, Summary, UnitLine};
use crate::model::backlog::Flow;
use crate::model::count::grouped;
use crate::model::{Level, Measure};

/// One quarter of a unit: `quý I/2021: Đạt (tính 1, chỉ tiêu 1), Đúng hạn`.
fn words(part: &QuarterLine) -> String {
    let line = &part.line;
    let whose = if part.is_carried {
        format!(" ({} {})", line.unit.full_name(), line.unit.code)
    } else {
        String::new()
    };
    let of = |measure| {
        let tally = line.tallies.get(measure);
        let sum = tally.sum.map_or("–".to_owned(), grouped);
        if tally.incomplete { format!("{sum}*") } else { sum }
    };
    let late = part.days_late.map(|days| format!(" {days} ngày")).unwrap_or_default();
    format!(
        "{}{whose}: {} (tính {}, chỉ tiêu {}), {}{late}",
        part.period.label(),
        line.verdict.label(),
        of(Measure::Counted),
        of(Measure::Required),
        line.submission.label()
    )
}

impl UnitLine {
    /// Its quarters in words, where the report is over several; a quarter of its predecessors is said
    /// to be theirs.
    pub fn quarters_in_words(&self) -> Option<String> {
        let words: Vec<String> = self.quarters.iter().map(words).collect();
        (!words.is_empty()).then(|| format!("{}.", words.join("; ")))
    }

    /// The most days by which one of its reports was late.
    pub fn most_days_late(&self) -> Option<i64> {
        self.quarters.iter().filter(|part| !part.is_carried).filter_map(|part| part.days_late).max()
    }
}

impl Summary {
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
