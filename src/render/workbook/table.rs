//! A printed table: title, remarks, header rows, widths and page; its rows follow by stamping.

use super::RenderError;
use super::style::{self, Shape, Tab, Weight};
use crate::model::count::grouped;
use rust_xlsxwriter::{Format, IgnoreError, Workbook, Worksheet, XlsxError};

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The header above several columns, empty where there is none.
    pub(super) group: &'static str,
    /// The column's own header.
    pub(super) head: &'static str,
    /// Its width in characters.
    pub(super) width: f64,
    /// What it holds.
    pub(super) shape: Shape,
}

/// A column without a group header.
pub(super) const fn col(head: &'static str, width: f64, shape: Shape) -> Column {
    Column { group: "", head, width, shape }
}

/// A column under a group header.
pub(super) const fn sub(
    group: &'static str,
    head: &'static str,
    width: f64,
    shape: Shape,
) -> Column {
    Column { group, head, width, shape }
}

/// What a table sheet looks like before its rows.
pub(super) struct Table<'a> {
    /// The sheet's name.
    pub(super) name: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// Lines under the title.
    pub(super) remarks: Vec<String>,
    /// Its columns.
    pub(super) columns: &'a [Column],
    /// Whether a row of column numbers stands under the headers.
    pub(super) numbered: bool,
    /// Columns that stay in view.
    pub(super) frozen: u16,
    /// The colour of its tab.
    pub(super) tab: Tab,
    /// One sample row for each: weight, and whether figures are marked as incomplete.
    pub(super) kinds: &'a [(Weight, bool)],
    /// How many rows it will have.
    pub(super) rows: u32,
    /// The largest number of a column, where its width may not be enough: a number never wraps.
    pub(super) largest: Vec<(u16, u64)>,
}

/// Sample rows of a table whose rows are all alike.
pub(super) const PLAIN: &[(Weight, bool)] = &[(Weight::Plain, false)];

impl Table<'_> {
    /// The first row of data, counted from zero.
    pub(super) fn first_row(&self) -> u32 {
        self.header_row() + 1 + u32::from(self.grouped()) + u32::from(self.numbered)
    }

    /// The last row of data; the first one when there is none, so that ranges hold a row.
    pub(super) fn last_row(&self) -> u32 {
        self.first_row() + self.rows.saturating_sub(1)
    }

    /// The last column.
    pub(super) fn last_col(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// How many characters of running text fit one line of each column, with a margin for wide letters.
    pub(super) fn room(&self) -> Vec<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "widths are below 256"
        )]
        let room = |(column, width): (&Column, f64)| {
            // Words of a list and file names break late, and leave more of a line unused.
            let used = if matches!(column.shape, Shape::Word | Shape::Link) { 0.85 } else { 1.1 };
            (width * used - 1.0).max(1.0) as usize
        };
        self.columns.iter().zip(self.widths()).map(room).collect()
    }

    /// The width of each column: its own, or what its largest number takes with dots and mark.
    fn widths(&self) -> impl Iterator<Item = f64> {
        (0u16..).zip(self.columns).map(|(at, column)| {
            let largest = self.largest.iter().filter(|(col, _)| *col == at);
            largest.fold(column.width, |width, (_, value)| width.max(width_of(*value)))
        })
    }

    fn header_row(&self) -> u32 {
        1 + u32::try_from(self.remarks.len()).unwrap_or_default()
    }

    fn grouped(&self) -> bool {
        self.columns.iter().any(|column| !column.group.is_empty())
    }

    /// Adds the sheet with everything but its rows; sample rows stand where the rows will.
    pub(super) fn add<'w>(&self, book: &'w mut Workbook) -> Result<&'w mut Worksheet, RenderError> {
        let sheet = book.add_worksheet().set_name(self.name)?;
        page(sheet, self.tab);
        for (col, width) in (0u16..).zip(self.widths()) {
            sheet.set_column_width(col, width)?;
        }
        sheet.write_string_with_format(0, 0, self.title, &style::title())?;
        sheet.set_row_height(0, 22)?;
        for (row, remark) in (1u32..).zip(&self.remarks) {
            self.remark(sheet, row, remark)?;
        }
        self.headers(sheet)?;
        let (first, last) = (self.first_row(), self.last_row());
        sheet.set_repeat_rows(self.header_row(), first - 1)?;
        sheet.set_freeze_panes(first, self.frozen)?;
        sheet.autofilter(first - 1, 0, last, self.last_col())?;
        sheet.ignore_error_range(
            first,
            0,
            last,
            self.last_col(),
            IgnoreError::NumberStoredAsText,
        )?;
        for (row, (weight, marked)) in (first..).zip(self.kinds) {
            for (col, column) in (0u16..).zip(self.columns) {
                sheet.write_blank(row, col, &style::cell(column.shape, *weight, *marked))?;
            }
        }
        Ok(sheet)
    }

    /// A remark runs over all columns of the table; its height is ours to know, merged cells never grow.
    fn remark(&self, sheet: &mut Worksheet, row: u32, text: &str) -> Result<(), RenderError> {
        let width: f64 = self.columns.iter().map(|column| column.width).sum();
        sheet.merge_range(row, 0, row, self.last_col(), text, &style::remark())?;
        sheet.set_row_height(row, 15 * lines(text, width))?;
        Ok(())
    }

    fn headers(&self, sheet: &mut Worksheet) -> Result<(), RenderError> {
        let top = self.header_row();
        let low = top + u32::from(self.grouped());
        let format = style::header();
        let (mut height, mut group_height) = (1, 1);
        let mut group = 0..0u16;
        for (at, column) in (0u16..).zip(self.columns) {
            height = height.max(lines(column.head, column.width));
            if column.group.is_empty() {
                merge(sheet, (top, at, low, at), column.head, &format)?;
                continue;
            }
            sheet.write_string_with_format(low, at, column.head, &format)?;
            if at >= group.end {
                let same = self.columns.iter().skip(usize::from(at));
                let same = same.take_while(|next| next.group == column.group);
                let width: f64 = same.clone().map(|column| column.width).sum();
                group_height = group_height.max(lines(column.group, width));
                group = at..at + u16::try_from(same.count()).unwrap_or(1);
                merge(sheet, (top, at, top, group.end - 1), column.group, &format)?;
            }
        }
        if self.grouped() {
            sheet.set_row_height(top, 15 * group_height + 3)?;
            height = height.max(2);
        }
        sheet.set_row_height(low, 15 * height + 2)?;
        if self.numbered {
            for (at, number) in (0u16..=self.last_col()).zip(1u32..) {
                sheet.write_number_with_format(low + 1, at, number, &style::column_number())?;
            }
        }
        Ok(())
    }
}

/// The width that a number takes with its dots and mark.
pub(super) fn width_of(value: u64) -> f64 {
    f64::from(u32::try_from(grouped(value).len() + 2).unwrap_or_default())
}

/// A4 landscape, one page wide, page x/y in the footer.
pub(in crate::render) fn page(sheet: &mut Worksheet, tab: Tab) {
    sheet.set_tab_color(tab.color());
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&C&\"{},Regular\"&11Trang &P/&N", style::FONT));
}

/// Merges a range of more than one cell; a single cell is only written.
pub(in crate::render) fn merge(
    sheet: &mut Worksheet,
    (row, col, last_row, last_col): (u32, u16, u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (row, col) == (last_row, last_col) {
        sheet.write_string_with_format(row, col, text, format)?;
    } else {
        sheet.merge_range(row, col, last_row, last_col, text, format)?;
    }
    Ok(())
}

/// How many lines a text takes when it breaks between words at that width.
pub(in crate::render) fn lines(text: &str, width: f64) -> u32 {
    // Bold capitals are wider than the digits that a column's width is counted in.
    let mut lines = 1;
    let mut used = 0.0;
    for word in text.split(' ') {
        let length = word.chars().map(|c| if c.is_uppercase() { 1.4 } else { 1.05 }).sum::<f64>();
        if used > 0.0 && used + 0.6 + length > width {
            lines += 1;
            used = 0.0;
        }
        used += length + 0.6;
    }
    lines
}
