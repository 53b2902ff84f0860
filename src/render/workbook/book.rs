//! The summary in the order of the workbook: numbered units, their rows, and where each row will stand.

use super::annex::RowKind;
use super::counting::{self, Facts};
use crate::aggregate::{Measure, Summary, UnitLine};
use crate::check::ledger::Entry;
use crate::model::submission::{Body, FilePath, SheetName, Submission};
use crate::model::{Level, Meeting, Period, Petition, UnitCode};
use crate::profile::model::Counted;
use std::collections::BTreeMap;
use std::ops::Range;

/// Everything the sheets are drawn from.
pub(super) struct Book<'a> {
    /// The figures.
    pub(super) summary: &'a Summary,
    /// The units in the order of PL1: level by level, communes by district, by code.
    pub(super) lines: Vec<Line<'a>>,
    /// Where each unit of each quarter stands in `lines`.
    places: BTreeMap<(UnitCode, Period), usize>,
    /// The rows of Biểu 1, in the order of the units.
    pub(super) meetings: Vec<MeetingRow<'a>>,
    /// The tables of Biểu 2, in the order of the units.
    pub(super) petitions: Vec<PetitionTable<'a>>,
}

/// One unit.
pub(super) struct Line<'a> {
    /// Its number in PL1 (TT), which ties its rows to it: codes that look like numbers do not serve formulas.
    pub(super) number: u32,
    /// Its figures.
    pub(super) unit: &'a UnitLine,
    /// Its full name.
    pub(super) name: String,
    /// The full name of its district; empty where there is none.
    pub(super) district: String,
    /// Its rows among all meetings.
    pub(super) meetings: Range<usize>,
    /// The first of its rows among all petitions, where it has any.
    pub(super) petitions: Option<usize>,
    /// Whether it sent a form of its own.
    pub(super) detailed: bool,
    /// The file and row, from zero, of its district's form, when its figures come from there.
    pub(super) rolled_up: Option<(&'a FilePath, u32)>,
}

/// One row of `Hội nghị`.
pub(super) struct MeetingRow<'a> {
    /// Whose, as a place in the list of units.
    pub(super) line: usize,
    /// The file.
    pub(super) file: &'a FilePath,
    /// The sheet.
    pub(super) sheet: &'a SheetName,
    /// The row as read.
    pub(super) meeting: &'a Meeting,
    /// What it adds.
    pub(super) facts: Facts,
}

/// The petitions of one file.
pub(super) struct PetitionTable<'a> {
    /// Whose, as a place in the list of units.
    pub(super) line: usize,
    /// The file.
    pub(super) file: &'a FilePath,
    /// The sheet.
    pub(super) sheet: &'a SheetName,
    /// How many petitions stand before it.
    pub(super) start: usize,
    /// Its rows.
    pub(super) rows: &'a [Petition],
}

impl Line<'_> {
    /// Its place in the list of units.
    pub(super) fn place(&self) -> usize {
        usize::try_from(self.number).map_or(0, |number| number.saturating_sub(1))
    }
}

impl<'a> Book<'a> {
    /// Puts the summary in order.
    pub(super) fn new(summary: &'a Summary) -> Self {
        let lines = lines(summary);
        let last = summary.period.last();
        let parts = lines.iter().enumerate().flat_map(|(at, line)| {
            let parts = line.unit.parts(last).into_iter();
            parts.map(move |(period, part)| ((part.unit.code, period), at))
        });
        let places = parts.collect();
        let mut book = Self { summary, lines, places, meetings: Vec::new(), petitions: Vec::new() };
        book.place_rows();
        book.place_roll_ups();
        book
    }

    /// A unit that sent no form of its own may stand in its district's.
    fn place_roll_ups(&mut self) {
        for submission in &self.summary.submissions {
            let Body::RollUp(form) = &submission.body else { continue };
            for row in &form.rows {
                let at = row.unit.map(|code| (code, submission.period));
                let place = at.and_then(|at| self.places.get(&at).copied());
                let line = place.and_then(|at| self.lines.get_mut(at));
                let last = self.summary.period.last();
                let used = |line: &&mut Line<'_>| {
                    let parts = line.unit.parts(last).into_iter();
                    let mut of = parts.filter(|(period, _)| *period == submission.period);
                    let counts = of.any(|(_, part)| part.submission.has_figures());
                    !line.detailed && counts && line.rolled_up.is_none()
                };
                if let Some(line) = line.filter(used) {
                    line.rolled_up = Some((&submission.file, row.row));
                }
            }
        }
    }

    fn place_rows(&mut self) {
        let mut sent: Vec<_> = (self.summary.submissions.iter())
            .filter_map(|submission| {
                let detail = submission.detail()?;
                Some((*self.places.get(&(submission.unit, submission.period))?, submission, detail))
            })
            .collect();
        sent.sort_by_key(|(line, submission, _)| (*line, submission.period, submission.unit));
        let mut petitions = 0;
        for (line, submission, detail) in sent {
            let from = self.meetings.len();
            let entries = self.entries(line, submission);
            self.meetings.extend(detail.meetings.rows.iter().enumerate().map(|(at, meeting)| {
                let facts = counting::facts(self.summary, submission, meeting, entries.get(at));
                let sheet = &detail.meetings.sheet;
                let file = sheet.file.as_ref().unwrap_or(&submission.file);
                MeetingRow { line, file, sheet, meeting, facts }
            }));
            let to = self.meetings.len();
            if let Some(line) = self.lines.get_mut(line) {
                line.meetings = if line.detailed { line.meetings.start..to } else { from..to };
                line.detailed = true;
            }
            if let Some(table) = &detail.petitions {
                if let Some(line) = self.lines.get_mut(line).filter(|_| !table.rows.is_empty()) {
                    line.petitions = line.petitions.or(Some(petitions));
                }
                self.petitions.push(PetitionTable {
                    line,
                    file: table.sheet.file.as_ref().unwrap_or(&submission.file),
                    sheet: &table.sheet,
                    start: petitions,
                    rows: &table.rows,
                });
                petitions += table.rows.len();
            }
        }
    }

    /// The ledger of that submission.
    fn entries(&self, line: usize, submission: &Submission) -> &'a [Entry] {
        let last = self.summary.period.last();
        let own = (submission.period, submission.unit);
        let parts = self.lines.get(line).map(|line| line.unit.parts(last)).unwrap_or_default();
        let of = parts.into_iter().find(|(period, part)| (*period, part.unit.code) == own);
        let ledger = of.and_then(|(_, part)| part.ledger.as_ref());
        ledger.map(|ledger| ledger.entries.as_slice()).unwrap_or_default()
    }

    /// How many petitions there are.
    pub(super) fn petition_count(&self) -> usize {
        self.petitions.last().map_or(0, |table| table.start + table.rows.len())
    }

    /// The line of the unit that had that code in that quarter, the report's last one by default.
    pub(super) fn line(&self, code: UnitCode, period: Option<Period>) -> Option<&Line<'a>> {
        let of_code = self.places.range((code, Period::FIRST)..).take_while(|(at, _)| at.0 == code);
        let found = period.and_then(|period| self.places.get(&(code, period)));
        self.lines.get(*found.or(of_code.last().map(|(_, at)| at))?)
    }

    /// The same for a unit of the report: the place of its own quarters, not of its predecessors'.
    pub(super) fn line_of(&self, unit: &UnitLine) -> Option<&Line<'a>> {
        let own = unit.quarters.iter().find(|part| !part.is_carried).map(|part| part.period);
        self.line(unit.unit.code, own)
    }

    /// The districts under which communes are grouped, each with its communes; one group without a
    /// district where there is no such level.
    pub(super) fn groups(&self) -> Vec<(Option<&Line<'a>>, Range<usize>)> {
        let mut groups: Vec<(Option<&Line<'a>>, Range<usize>)> = Vec::new();
        for at in self.level(Level::Commune) {
            let parent = self.lines.get(at).and_then(|line| line.unit.unit.parent);
            let district = parent
                .and_then(|code| self.line(code, None))
                .filter(|line| line.unit.unit.level == Level::District);
            let code = |line: Option<&Line<'_>>| line.map(|line| line.number);
            match groups.last_mut() {
                Some((last, range)) if code(*last) == code(district) => range.end = at + 1,
                _ => groups.push((district, at..at + 1)),
            }
        }
        groups
    }

    /// The units of one level.
    pub(super) fn level(&self, level: Level) -> Range<usize> {
        let of = |line: &Line<'_>| line.unit.unit.level;
        let start = self.lines.partition_point(|line| of(line) < level);
        start..self.lines.partition_point(|line| of(line) <= level)
    }

    /// The units that a row of PL1 covers.
    pub(super) fn covered(&self, kind: &RowKind) -> &[Line<'a>] {
        let range = match kind {
            RowKind::Unit(at) => *at..*at + 1,
            RowKind::Group(_, communes) => communes.clone(),
            RowKind::Level(level, _) => self.level(*level),
            RowKind::Total => 0..self.lines.len(),
        };
        self.lines.get(range).unwrap_or_default()
    }

    /// How the quota of a level is counted.
    pub(super) fn counted(&self, level: Level) -> Counted {
        self.summary.profile.quota(level).map_or(Counted::Unit, |quota| quota.counted.value)
    }

    /// What the unit's own rows give for a measure.
    pub(super) fn of_rows(&self, line: &Line<'_>, measure: Measure) -> Option<u64> {
        let rows = self.meetings.get(line.meetings.clone()).filter(|_| line.detailed)?;
        let rows = rows.iter().map(|row| (row.meeting, row.facts));
        Some(counting::value(measure, self.counted(line.unit.unit.level), rows))
    }
}

fn lines(summary: &Summary) -> Vec<Line<'_>> {
    let mut units: Vec<&UnitLine> = summary.units.iter().collect();
    // A commune directly under a province has that province for a parent: no group of its own.
    units.sort_by_key(|line| {
        let unit = &line.unit;
        let parent = unit.parent.filter(|_| unit.level == Level::Commune);
        (unit.level, parent, unit.code)
    });
    let line = |(number, unit): (u32, &'_ UnitLine)| -> (u32, String) {
        let parent = unit.unit.parent.and_then(|code| summary.unit(code));
        let district = parent.filter(|parent| parent.unit.level == Level::District);
        (number, district.map(|district| district.unit.full_name()).unwrap_or_default())
    };
    (1u32..)
        .zip(units)
        .map(|(number, unit)| Line {
            number,
            unit,
            name: unit.unit.full_name(),
            district: line((number, unit)).1,
            meetings: 0..0,
            petitions: None,
            detailed: false,
            rolled_up: None,
        })
        .collect()
}
