//! One table of an `OpenDocument` workbook: repetitions are counted, never spelt out while empty.

use super::super::fault::Fault;
use super::super::grid::{Sheet, Value};
use super::super::runs::Run;
use super::super::serial;
use super::super::sparse::{Allowance, Losses, SheetBuilder, UNREADABLE};
use super::super::xml::{Xml, attributes, push_reference, push_text, unescaped};
use super::styles::Styles;
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use quick_xml::events::{BytesStart, Event};

/// The cell being read.
#[derive(Debug)]
struct Pending {
    repeated: u32,
    across: u32,
    down: u32,
    kind: String,
    /// The value as the attributes give it.
    value: Option<String>,
    formula: bool,
    error: bool,
    struck: bool,
    paragraphs: u32,
}

/// A row's cells, kept until it is known how often the row repeats.
#[derive(Debug, Clone)]
struct Ready {
    first: u32,
    count: u32,
    value: Value,
    computed: bool,
    struck: bool,
}

pub(super) struct SheetReader<'a, 'l> {
    builder: SheetBuilder,
    styles: &'a Styles,
    allowance: &'a mut Allowance<'l>,
    row: u32,
    rows: u32,
    row_hidden: bool,
    /// Whether the row strikes out its cells, where it says so.
    row_struck: Option<bool>,
    /// Columns that strike out their cells, first and last.
    struck_columns: Vec<(u32, u32)>,
    col: u32,
    column: u32,
    cells: Vec<Ready>,
    /// Bytes of text in them.
    waiting: usize,
    cell: Option<Pending>,
    text: String,
    in_paragraph: usize,
    in_note: usize,
    /// The stretches of text around the place.
    spans: Vec<Run>,
}

impl<'a, 'l> SheetReader<'a, 'l> {
    pub(super) fn new(
        builder: SheetBuilder,
        styles: &'a Styles,
        allowance: &'a mut Allowance<'l>,
    ) -> Self {
        Self {
            builder,
            styles,
            allowance,
            row: 0,
            rows: 1,
            row_hidden: false,
            row_struck: None,
            struck_columns: Vec::new(),
            col: 0,
            column: 0,
            cells: Vec::new(),
            waiting: 0,
            cell: None,
            text: String::new(),
            in_paragraph: 0,
            in_note: 0,
            spans: Vec::new(),
        }
    }

    /// Reads up to the end of the table.
    pub(super) fn read(mut self, xml: &mut Xml<'_>) -> Result<(Sheet, Losses), Fault> {
        let mut inner = 0usize;
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.local_name().into_inner() == "table" => inner += 1,
                Event::End(tag) if tag.local_name().into_inner() == "table" => {
                    match inner.checked_sub(1) {
                        Some(outer) => inner = outer,
                        None => return Ok(self.builder.finish()),
                    }
                }
                Event::Eof => return Err(Fault::Broken("nội dung XML bị cụt")),
                // A table inside a cell or a drawing is no part of the sheet.
                _ if inner > 0 => {}
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().into_inner())?;
                }
                Event::End(tag) => self.end(tag.local_name().into_inner())?,
                Event::Text(text) if self.in_text() => push_text(&mut self.text, &text),
                Event::CData(text) if self.in_text() => push_text(&mut self.text, &text),
                Event::GeneralRef(name) if self.in_text() => push_reference(&mut self.text, &name),
                _ => {}
            }
            self.allowance.check_text(self.text.len())?;
        }
    }

    const fn in_text(&self) -> bool {
        self.in_paragraph > 0 && self.in_note == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().into_inner() {
            "table-column" => self.columns(tag),
            "table-row" => {
                self.rows = number(tag, "number-rows-repeated").unwrap_or(1);
                self.row_hidden = is_hidden(tag);
                self.row_struck = self.styles.strike(tag, "default-cell-style-name");
                self.col = 0;
                self.cells.clear();
                self.waiting = 0;
            }
            "table-cell" | "covered-table-cell" => self.start_cell(tag),
            "annotation" | "shapes" | "frame" | "custom-shape" => self.in_note += 1,
            "p" | "h" if self.cell.is_some() && self.in_note == 0 => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        self.text.push('\n');
                    }
                }
                self.in_paragraph += 1;
            }
            "s" if self.in_text() => {
                let count = number(tag, "c").unwrap_or(1).min(1000);
                self.text.extend((0..count).map(|_| ' '));
            }
            "span" if self.in_text() => {
                let run = self.styles.run(tag);
                run.begin(&mut self.text);
                self.spans.push(run);
            }
            "tab" if self.in_text() => self.text.push('\t'),
            "line-break" if self.in_text() => self.text.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "table-row" => return self.end_row(),
            "table-cell" | "covered-table-cell" => return self.end_cell(),
            "annotation" | "shapes" | "frame" | "custom-shape" => {
                self.in_note = self.in_note.saturating_sub(1);
            }
            "p" | "h" if self.in_note == 0 => {
                self.in_paragraph = self.in_paragraph.saturating_sub(1);
            }
            "span" if self.in_text() => {
                if let Some(run) = self.spans.pop() {
                    run.end(&mut self.text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn columns(&mut self, tag: &BytesStart<'_>) {
        let count = number(tag, "number-columns-repeated").unwrap_or(1);
        let next = self.column.saturating_add(count);
        if is_hidden(tag) && count > 0 {
            self.builder.hide_columns(self.column, next - 1);
        }
        let struck = self.styles.strike(tag, "default-cell-style-name") == Some(true);
        if struck && self.struck_columns.len() < MAX_COLS as usize {
            self.struck_columns.push((self.column, next - 1));
        }
        self.column = next;
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        self.text.clear();
        self.in_paragraph = 0;
        self.spans.clear();
        let of_column = || {
            let mut columns = self.struck_columns.iter();
            columns.any(|(first, last)| (*first..=*last).contains(&self.col))
        };
        let own = self.styles.strike(tag, "style-name").or(self.row_struck);
        let mut cell = Pending {
            repeated: 1,
            across: 1,
            down: 1,
            kind: String::new(),
            value: None,
            formula: false,
            error: false,
            struck: own.unwrap_or_else(of_column),
            paragraphs: 0,
        };
        for (key, value) in attributes(tag) {
            match key {
                "number-columns-repeated" => cell.repeated = times(value),
                "number-columns-spanned" => cell.across = times(value),
                "number-rows-spanned" => cell.down = times(value),
                "value-type" if value == "error" => cell.error = true,
                "value-type" => cell.kind = value.into(),
                "value" | "date-value" | "boolean-value" | "string-value" => {
                    cell.value = Some(unescaped(value).into_owned());
                }
                "formula" => cell.formula = true,
                _ => {}
            }
        }
        self.cell = Some(cell);
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let first = self.col;
        self.col = first.saturating_add(cell.repeated);
        if cell.across > 1 || cell.down > 1 {
            let last = CellRef::new(
                self.row.saturating_add(cell.down.saturating_sub(1)),
                first.saturating_add(cell.across.saturating_sub(1)),
            );
            if self.row < MAX_ROWS && first < MAX_COLS {
                self.builder.merge(CellRef::new(self.row, first), last, self.allowance)?;
            }
        }
        if let Some(value) = self.value(&cell) {
            if first >= MAX_COLS {
                self.builder.outside();
                return Ok(());
            }
            // The row's cells wait for its end; what is too much for a file is too much here.
            if let Value::Text(text) | Value::Error(text) = &value {
                self.allowance.check_text(text.len())?;
                self.waiting += text.len();
                self.allowance.check_texts(self.waiting)?;
            }
            let computed = cell.formula && value != Value::Uncomputed;
            let (count, struck) = (cell.repeated, cell.struck);
            self.cells.push(Ready { first, count, value, computed, struck });
        }
        Ok(())
    }

    fn value(&self, cell: &Pending) -> Option<Value> {
        let text =
            || (!self.text.trim().is_empty()).then(|| Value::Text(self.text.as_str().into()));
        let raw = cell.value.as_deref();
        if cell.error {
            return Some(Value::Error(self.text.trim().into()));
        }
        let unreadable = || Value::Error(UNREADABLE.into());
        match (cell.kind.as_str(), raw) {
            (kind @ ("float" | "percentage" | "currency"), raw) => {
                let number =
                    raw.and_then(|raw| raw.parse::<f64>().ok()).filter(|number| number.is_finite());
                let value = if kind == "percentage" { serial::percent } else { Value::Number };
                Some(number.map_or_else(unreadable, value))
            }
            ("date", Some(raw)) => serial::iso(raw).map(Value::Date).or_else(text),
            ("boolean", Some(raw)) => Some(Value::Bool(raw == "true")),
            ("", None) if cell.formula => Some(Value::Uncomputed),
            (_, Some(raw)) if self.text.is_empty() => {
                (!raw.trim().is_empty()).then(|| Value::Text(raw.into()))
            }
            _ => text(),
        }
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        let first = self.row;
        self.row = first.saturating_add(self.rows);
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        for row in first..self.row {
            if row >= MAX_ROWS {
                self.builder.outside();
                break;
            }
            self.builder.row(row, self.row_hidden);
            for cell in &cells {
                self.repeat(row, cell)?;
            }
        }
        self.cells = cells;
        Ok(())
    }

    fn repeat(&mut self, row: u32, cell: &Ready) -> Result<(), Fault> {
        for col in cell.first..cell.first.saturating_add(cell.count) {
            if col >= MAX_COLS {
                self.builder.outside();
                break;
            }
            if cell.struck {
                self.builder.strike(CellRef::new(row, col));
            }
            if matches!(&cell.value, Value::Error(error) if &**error == UNREADABLE) {
                self.builder.unreadable(col, self.allowance)?;
            } else {
                self.builder.cell(col, cell.value.clone(), cell.computed, self.allowance)?;
            }
        }
        Ok(())
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attributes(tag).find(|(key, _)| *key == name).map(|(_, value)| times(value))
}

/// How often something stands there: once at least, and no number is too large to be one.
fn times(value: &str) -> u32 {
    let value = value.trim();
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    value.parse().unwrap_or(if digits { u32::MAX } else { 1 }).max(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attributes(tag)
        .any(|(key, value)| key == "visibility" && matches!(value, "collapse" | "filter"))
}
