//! A sheet with one list, shared out over further sheets where it is too long for one.

use crate::render::workbook::RenderError;
use crate::render::workbook::sheets;
use crate::render::workbook::stamp::{Fill, Rows};
use crate::render::workbook::style::{self, Tab, Weight};
use crate::render::workbook::table::{Column, PLAIN, Table};
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;
use std::ops::Range;
use std::sync::Arc;

/// What a list looks like.
pub(super) struct List<'a> {
    /// The sheet's name.
    pub(super) name: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// Lines under the title.
    pub(super) remarks: Vec<String>,
    /// Its columns.
    pub(super) columns: &'a [Column],
    /// Columns that stay in view.
    pub(super) frozen: u16,
    /// The colour of its tab.
    pub(super) tab: Tab,
    /// One sample row for each kind of row.
    pub(super) kinds: &'a [(Weight, bool)],
    /// Columns with verdicts, which are coloured.
    pub(super) verdicts: &'a [u16],
}

/// Rows with figures: plain ones and sums of a level, each with and without a hole.
pub(super) const WITH_SUMS: &[(Weight, bool)] =
    &[(Weight::Plain, false), (Weight::Plain, true), (Weight::Level, false), (Weight::Level, true)];

/// Rows with figures that may have a hole.
pub(super) const MARKED: &[(Weight, bool)] = &[(Weight::Plain, false), (Weight::Plain, true)];

impl<'a> List<'a> {
    /// A list of plain rows.
    pub(super) fn plain(
        name: &'a str,
        title: &'a str,
        remarks: Vec<String>,
        columns: &'a [Column],
    ) -> Self {
        let (frozen, tab) = (3, Tab::Annex);
        Self { name, title, remarks, columns, frozen, tab, kinds: PLAIN, verdicts: &[] }
    }

    /// The table of so many rows.
    pub(super) fn table<'t>(&'t self, name: &'t str, rows: usize) -> Table<'t> {
        Table {
            name,
            title: self.title,
            remarks: self.remarks.clone(),
            columns: self.columns,
            numbered: true,
            frozen: self.frozen,
            tab: self.tab,
            kinds: self.kinds,
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            largest: Vec::new(),
        }
    }

    /// The row of the sheet, from zero, in which the first line stands.
    pub(super) fn first_row(&self) -> u32 {
        self.table(self.name, 0).first_row()
    }

    /// Adds the list; `write` is given the number of each line, from zero, and fills an open row.
    pub(super) fn add<'w>(
        &self,
        to: &mut Workbook,
        fills: &mut Vec<Fill<'w>>,
        rows: usize,
        write: impl Fn(usize, &mut RowWriter<'_>) + Sync + Send + 'w,
    ) -> Result<(), RenderError> {
        let write = Arc::new(write);
        let capacity = sheets::capacity(self.first_row());
        for (at, range) in sheets::split(rows, capacity).into_iter().enumerate() {
            let name = sheets::name(self.name, at);
            let table = self.table(&name, range.len());
            let sheet = table.add(to)?;
            for column in self.verdicts {
                style::color_verdicts(sheet, (table.first_row(), *column, table.last_row()))?;
            }
            let lines = Lines { first: table.first_row(), range, write: Arc::clone(&write) };
            fills.push(Fill::new(&table, to.worksheets().len(), lines, Vec::new()));
        }
        Ok(())
    }
}

struct Lines<F> {
    first: u32,
    range: Range<usize>,
    write: Arc<F>,
}

impl<F: Fn(usize, &mut RowWriter<'_>) + Sync + Send> Rows for Lines<F> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (range, first) = sheets::piece(&self.range, piece, self.first);
        for (row, line) in (first..).zip(range) {
            to.open(row, 0);
            (self.write)(line, to);
            to.close();
        }
    }
}
