//! Where each line of PL1 stands, and which lines its sums cover.

use super::book::Book;
use super::units;
use super::words;
use crate::aggregate::{Measure, Tally};
use crate::model::Level;
use std::ops::Range;

/// One row of PL1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A unit, as a place in the list of units.
    Unit(usize),
    /// A district's communes: the district and their places in the list.
    Group(usize, Range<usize>),
    /// A level and how many rows below belong to it.
    Level(Level, u32),
    /// Everything.
    Total,
}

impl RowKind {
    /// The sample row in whose style it is written.
    pub(super) const fn weight(&self) -> usize {
        match self {
            Self::Unit(_) => 0,
            Self::Group(..) => 2,
            Self::Level(..) => 4,
            Self::Total => 6,
        }
    }

    /// What stands in the column of names.
    pub(super) fn label(&self, book: &Book<'_>) -> String {
        match self {
            Self::Unit(at) | Self::Group(at, _) => {
                let name = book.lines.get(*at).map(|line| line.name.clone()).unwrap_or_default();
                if matches!(self, Self::Group(..)) { format!("{name} (các xã)") } else { name }
            }
            Self::Level(level, _) => words::level(*level).to_uppercase(),
            Self::Total => "TỔNG CỘNG CÁC CẤP".to_owned(),
        }
    }
}

/// The rows of PL1.
#[derive(Debug)]
pub(super) struct Annex {
    /// The rows from the top.
    pub(super) rows: Vec<RowKind>,
    /// The row of the sheet in which the first one stands, counted from zero.
    pub(super) first_row: u32,
    /// How many sheets the meetings take.
    pub(super) meeting_sheets: usize,
}

impl Annex {
    /// Lays the rows out.
    pub(super) fn new(book: &Book<'_>, meeting_sheets: usize) -> Self {
        let mut rows = Vec::new();
        for level in Level::ALL {
            let units = book.level(level);
            if units.is_empty() {
                continue;
            }
            let at = rows.len();
            rows.push(RowKind::Total);
            if level == Level::Commune {
                for (district, communes) in book.groups() {
                    if let Some(district) = district {
                        rows.push(RowKind::Group(district.place(), communes.clone()));
                    }
                    rows.extend(communes.map(RowKind::Unit));
                }
            } else {
                rows.extend(units.map(RowKind::Unit));
            }
            let below = u32::try_from(rows.len() - at - 1).unwrap_or_default();
            if let Some(row) = rows.get_mut(at) {
                *row = RowKind::Level(level, below);
            }
        }
        rows.push(RowKind::Total);
        let first_row = units::table(rows.len(), vec![String::new(); 3]).first_row();
        Self { rows, first_row, meeting_sheets }
    }

    /// The row of the sheet, counted from one, in which that line stands.
    pub(super) fn row(&self, at: usize) -> u32 {
        self.first_row + 1 + u32::try_from(at).unwrap_or_default()
    }

    /// The rows of the units, counted from one, in their own order.
    pub(super) fn unit_rows(&self) -> Vec<u32> {
        let rows = self.rows.iter().enumerate();
        // Within a level the units stand in their own order, and levels follow each other.
        rows.filter(|(_, kind)| matches!(kind, RowKind::Unit(_)))
            .map(|(at, _)| self.row(at))
            .collect()
    }

    /// The rows that the sum in that row covers, counted from one, without the last.
    pub(super) fn span(&self, kind: &RowKind, row: u32) -> Range<u32> {
        let length = |range: &Range<usize>| u32::try_from(range.len()).unwrap_or_default();
        match kind {
            RowKind::Unit(_) => row..row + 1,
            RowKind::Group(_, communes) => row + 1..row + 1 + length(communes),
            RowKind::Level(_, below) => row + 1..row + 1 + below,
            RowKind::Total => self.row(0)..row,
        }
    }

    /// The figure of a sum as the report has it, and as its formula computes it.
    pub(super) fn tally(book: &Book<'_>, kind: &RowKind, measure: Measure) -> (Tally, Option<u64>) {
        let mut lines = Tally::default();
        for line in book.covered(kind) {
            lines.merge(line.unit.tallies.get(measure));
        }
        let total = |level: Level| {
            book.summary.totals.get(&level).map(|tallies| tallies.get(measure)).unwrap_or_default()
        };
        let reported = match kind {
            RowKind::Unit(_) | RowKind::Group(..) => lines,
            RowKind::Level(level, _) => total(*level),
            RowKind::Total => {
                let mut all = Tally::default();
                for level in Level::ALL {
                    all.merge(total(level));
                }
                all
            }
        };
        (reported, lines.sum)
    }

    /// The formula of a sum in that column. Only units have a number in column A, so no sum is added to a sum.
    pub(super) fn sum(&self, kind: &RowKind, row: u32, col: &str) -> String {
        let rows = self.span(kind, row);
        let (first, last) = (rows.start, rows.end.saturating_sub(1));
        match kind {
            RowKind::Group(..) => format!("SUM({col}{first}:{col}{last})"),
            _ => format!("SUMIFS({col}{first}:{col}{last},$A{first}:$A{last},\">0\")"),
        }
    }
}
