//! Writes one table of a form: titles, header rows, column numbers, rows, total row, signatures.

use super::Failure;
use super::form::{Column, Table};
use super::model::Value;
use super::style::{Style, height, width};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet};

/// How many header rows a table has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heads {
    /// One, with `group - header` in one cell.
    Flat,
    /// Two, the upper one with merged groups.
    Grouped,
}

/// A table being written into a sheet.
pub(crate) struct Page<'a> {
    pub(crate) sheet: &'a mut Worksheet,
    pub(crate) table: &'a Table,
    pub(crate) style: &'a Style,
}

/// An empty workbook whose bytes do not depend on the day it is made.
pub(crate) fn workbook() -> Result<Workbook, Failure> {
    let mut book = Workbook::new();
    let born = ExcelDateTime::from_ymd(2021, 1, 1)?;
    let maker = "Dữ liệu mẫu, nội dung hư cấu";
    book.set_properties(&DocProperties::new().set_author(maker).set_creation_datetime(&born));
    Ok(book)
}

/// The sizes of paper, as the file format numbers them.
pub(crate) const A3: u8 = 8;
pub(crate) const A4: u8 = 9;

/// Paper, margins, letterhead and page number; `repeat` are the header rows.
pub(crate) fn paper(
    sheet: &mut Worksheet,
    size: u8,
    letterhead: &str,
    repeat: (u32, u32),
) -> Result<(), Failure> {
    sheet.set_landscape().set_paper_size(size).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.4, 0.9, 0.6, 0.3, 0.3);
    sheet.set_header(letterhead);
    sheet.set_footer("&R&\"Times New Roman,Regular\"&10Trang &P/&N");
    sheet.set_repeat_rows(repeat.0, repeat.1)?;
    Ok(())
}

impl Page<'_> {
    /// Titles over the whole width, one below the other from the first row.
    pub(crate) fn titles(&mut self, subtitles: &[&str]) -> Result<(), Failure> {
        let last = self.table.last();
        self.sheet.merge_range(0, 0, 0, last, &self.table.title, &self.style.title)?;
        self.sheet.set_row_height(0, 22)?;
        for (row, words) in (1..).zip(subtitles) {
            self.sheet.merge_range(row, 0, row, last, words, &self.style.subtitle)?;
        }
        Ok(())
    }

    /// Header rows from `top` and the row of column numbers under them; gives the first data row.
    pub(crate) fn heads(&mut self, top: u32, heads: Heads) -> Result<u32, Failure> {
        let lower = if heads == Heads::Grouped { top + 1 } else { top };
        for (index, column) in (0..).zip(&self.table.columns) {
            self.head(top, lower, index, column)?;
            self.sheet.set_column_width(index, width(&column.field))?;
            self.sheet.write_with_format(lower + 1, index, index + 1, &self.style.numbering)?;
        }
        self.groups(top, lower)?;
        self.sheet.set_row_height(top, if heads == Heads::Grouped { 32 } else { 48 })?;
        if heads == Heads::Grouped {
            self.sheet.set_row_height(lower, 62)?;
        }
        self.sheet.set_freeze_panes(lower + 2, 0)?;
        Ok(lower + 2)
    }

    fn head(&mut self, top: u32, lower: u32, at: u16, column: &Column) -> Result<(), Failure> {
        let style = &self.style.head;
        if top == lower {
            let words = column.flat.as_ref().unwrap_or(&column.header);
            self.sheet.write_with_format(top, at, words, style)?;
        } else if column.group.is_some() {
            self.sheet.write_with_format(lower, at, &column.header, style)?;
        } else {
            self.sheet.merge_range(top, at, lower, at, &column.header, style)?;
        }
        Ok(())
    }

    fn groups(&mut self, top: u32, lower: u32) -> Result<(), Failure> {
        if top == lower {
            return Ok(());
        }
        let mut from = 0;
        for run in self.table.columns.chunk_by(|a, b| a.group == b.group) {
            let to = from + u16::try_from(run.len())? - 1;
            if let Some(Some(group)) = run.first().map(|column| &column.group) {
                self.sheet.merge_range(top, from, top, to, group, &self.style.head)?;
            }
            from = to + 1;
        }
        Ok(())
    }

    /// One row, cell by cell.
    pub(crate) fn row(&mut self, row: u32, value: impl Fn(&str) -> Value) -> Result<(), Failure> {
        let mut tallest = height("", 1.0);
        for (at, column) in (0..).zip(&self.table.columns) {
            let value = value(&column.field);
            if let Value::Text(words) = &value {
                tallest = tallest.max(height(words, width(&column.field)));
            }
            self.cell(row, at, &value, is_wide(&column.field))?;
        }
        self.sheet.set_row_height(row, tallest)?;
        Ok(())
    }

    fn cell(&mut self, row: u32, at: u16, value: &Value, wide: bool) -> Result<(), Failure> {
        let style = self.style;
        let words = if wide { &style.text } else { &style.centre };
        match value {
            Value::Blank => self.sheet.write_blank(row, at, words)?,
            Value::Text(text) => self.sheet.write_with_format(row, at, text, words)?,
            Value::Number(count) => self.sheet.write_with_format(row, at, *count, &style.count)?,
            Value::Date(day) => self.sheet.write_with_format(row, at, day, &style.date)?,
            Value::LostReference => {
                let lost = Formula::new("=#REF!").set_result("#REF!");
                self.sheet.write_with_format(row, at, lost, &style.count)?
            }
        };
        Ok(())
    }

    /// The total row: a label over the columns before the first count, then what `total` gives.
    pub(crate) fn total(
        &mut self,
        row: u32,
        label_to: u16,
        total: impl Fn(&str, u16) -> Total,
    ) -> Result<(), Failure> {
        let style = &self.style.total;
        self.sheet.merge_range(row, 0, row, label_to, "Tổng cộng", &self.style.total_label)?;
        for (at, column) in (0..).zip(&self.table.columns).skip(usize::from(label_to) + 1) {
            match total(&column.field, at) {
                Total::Sum(formula) => self.sheet.write_with_format(row, at, formula, style)?,
                Total::Typed(count) => self.sheet.write_with_format(row, at, count, style)?,
                Total::Blank => self.sheet.write_blank(row, at, style)?,
            };
        }
        Ok(())
    }

    /// A note under the table, over its whole width.
    pub(crate) fn note(&mut self, row: u32, words: &str) -> Result<(), Failure> {
        self.sheet.merge_range(row, 0, row, self.table.last(), words, &self.style.note)?;
        Ok(())
    }

    /// The signature block: who made the form on the left, place, date and signer on the right.
    pub(crate) fn signatures(&mut self, row: u32, block: &Signatures) -> Result<(), Failure> {
        let last = self.table.last();
        let (left, right) = ((1, last / 3), (last - last / 3, last));
        let (bold, slanted) = (&self.style.signer, &self.style.place);
        let mut put = |row, (from, to), words: &str, style| {
            self.sheet.merge_range(row, from, row, to, words, style).map(|_| ())
        };
        put(row, right, &block.place_and_date, slanted)?;
        put(row + 1, left, "NGƯỜI LẬP BIỂU", bold)?;
        put(row + 1, right, &block.on_behalf_of, bold)?;
        put(row + 2, right, "BÍ THƯ", bold)?;
        put(row + 6, left, &block.prepared_by, bold)?;
        put(row + 6, right, &block.signer, bold)?;
        Ok(())
    }
}

/// A cell of the total row.
pub(crate) enum Total {
    /// A formula with its stored result.
    Sum(Formula),
    /// A number that somebody typed over the formula.
    Typed(u32),
    Blank,
}

/// `SUM` over `rows` cells from `first` down, with the value a spreadsheet program would store.
pub(crate) fn sum(at: u16, first: u32, rows: u32, stored: &str) -> Total {
    let column = letters(at);
    let formula = Formula::new(format!("=SUM({column}{}:{column}{})", first + 1, first + rows));
    Total::Sum(formula.set_result(stored))
}

/// The words of a signature block.
pub(crate) struct Signatures {
    pub(crate) place_and_date: String,
    pub(crate) on_behalf_of: String,
    pub(crate) prepared_by: String,
    pub(crate) signer: String,
}

fn is_wide(field: &str) -> bool {
    matches!(field, "content" | "topic" | "chair_name" | "unit_name" | "place" | "agency" | "note")
}

/// The name of a column: `A`, `AA`.
pub(crate) fn letters(at: u16) -> String {
    let letter = |n: u16| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}
