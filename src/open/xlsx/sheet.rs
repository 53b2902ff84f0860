//! One worksheet part in a single pass: values, formula flags, merges, hidden rows and columns.

use super::kinds::{Damaged, Kind, number, text_value, truth};
use super::plain::{self, PlainCell};
use super::strings::{Strings, decode_escapes};
use super::styles::Styles;
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::open::disguise::disguised;
use crate::open::fault::Fault;
use crate::open::grid::{Sheet, Value};
use crate::open::runs::Run;
use crate::open::serial::{self, Epoch};
use crate::open::sparse::{Allowance, Losses, SheetBuilder};
use crate::open::xml::{Xml, attributes, local, push_reference, push_text};
use quick_xml::events::{BytesStart, Event};

/// What cells refer to outside their own sheet.
pub(super) struct Shared<'a> {
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a Styles,
    pub(super) epoch: Epoch,
}

/// The cell being read.
#[derive(Debug, Default)]
struct Pending {
    /// Its place; none when it stands outside the sheet.
    at: Option<CellRef>,
    kind: Kind,
    style: usize,
    formula: bool,
    /// Whether a value is stored, be it an empty one.
    stored: bool,
}

impl Pending {
    /// Whether its value is text; that of a formula may not be there.
    const fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text) && (self.stored || !self.formula)
    }
}

/// Which block of the sheet the reader stands in: other blocks use the same tag names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Other,
    Columns,
    Data,
    Merges,
}

pub(super) struct SheetReader<'a, 'l> {
    shared: &'a Shared<'a>,
    allowance: &'a mut Allowance<'l>,
    builder: SheetBuilder,
    block: Block,
    cell: Pending,
    in_value: bool,
    phonetic: bool,
    run: Run,
    text: String,
    /// The row and the column that a cell or row without an address gets.
    next: (u32, u32),
}

impl<'a, 'l> SheetReader<'a, 'l> {
    pub(super) fn new(
        builder: SheetBuilder,
        shared: &'a Shared<'a>,
        allowance: &'a mut Allowance<'l>,
    ) -> Self {
        Self {
            shared,
            allowance,
            builder,
            block: Block::Other,
            cell: Pending::default(),
            in_value: false,
            phonetic: false,
            run: Run::default(),
            text: String::new(),
            next: (0, 0),
        }
    }

    /// Reads the part to its end.
    pub(super) fn read(mut self, mut xml: Xml<'_>) -> Result<(Sheet, Losses), Fault> {
        loop {
            while self.block == Block::Data
                && let Some(cell) = xml.step(plain::cell)
            {
                self.plain(&cell)?;
            }
            match xml.next()? {
                Event::Start(tag) => self.start(&tag)?,
                Event::Empty(tag) => self.empty(&tag)?,
                Event::End(tag) => self.end(local(tag.name()))?,
                Event::Text(text) if self.in_value => self.add(&text)?,
                Event::CData(text) if self.in_value => self.add(&text)?,
                Event::GeneralRef(name) if self.in_value => {
                    push_reference(&mut self.text, &name);
                    self.allowance.check_text(self.text.len())?;
                }
                Event::Eof => return Ok(self.builder.finish()),
                _ => {}
            }
        }
    }

    fn add(&mut self, text: &str) -> Result<(), Fault> {
        push_text(&mut self.text, text);
        self.allowance.check_text(self.text.len())
    }

    /// A cell that was told whole: nearly all are.
    fn plain(&mut self, cell: &PlainCell<'_>) -> Result<(), Fault> {
        let style = cell.style.parse().unwrap_or_default();
        let kind = Kind::named(cell.kind);
        self.begin_cell(CellRef::parse_bytes(cell.at.as_bytes()), style, kind);
        let Some(value) = cell.value else { return self.end_cell() };
        self.cell.stored = true;
        if matches!(kind, Kind::Number | Kind::Shared) {
            self.allowance.check_text(value.len())?;
            return self.close_cell(value);
        }
        self.add(value)?;
        self.end_cell()
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        match (self.block, local(tag.name())) {
            (Block::Data, "c") => self.start_cell(tag),
            (Block::Data, "v") => {
                self.cell.stored = true;
                self.in_value = true;
            }
            (Block::Data, "t") => {
                self.in_value = !self.phonetic;
                if self.in_value {
                    self.run.begin(&mut self.text);
                }
            }
            (Block::Data, "r") => self.run = Run::default(),
            (Block::Data, name @ ("strike" | "vertAlign")) => self.run.note(name, tag),
            (Block::Data, "f") => self.cell.formula = true,
            (Block::Data, "rPh") => (self.phonetic, self.run) = (true, Run::default()),
            (Block::Data, "row") => self.start_row(tag),
            (Block::Other, "sheetData") => self.block = Block::Data,
            (Block::Other, "cols") => self.block = Block::Columns,
            (Block::Other, "mergeCells") => self.block = Block::Merges,
            (Block::Columns | Block::Merges, _) => return self.empty(tag),
            _ => {}
        }
        Ok(())
    }

    fn empty(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        match (self.block, local(tag.name())) {
            (Block::Data, "c") => {
                self.start_cell(tag);
                self.end_cell()
            }
            (Block::Data, "f") => {
                self.cell.formula = true;
                Ok(())
            }
            (Block::Data, "v") => {
                self.cell.stored = true;
                Ok(())
            }
            (Block::Data, name @ ("strike" | "vertAlign")) => {
                self.run.note(name, tag);
                Ok(())
            }
            (Block::Data, "row") => {
                self.start_row(tag);
                Ok(())
            }
            (Block::Columns, "col") => {
                self.column(tag);
                Ok(())
            }
            (Block::Merges, "mergeCell") => self.merge(tag),
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        match (self.block, name) {
            (Block::Data, "c") => return self.end_cell(),
            (Block::Data, "v") => self.in_value = false,
            (Block::Data, "t") if std::mem::take(&mut self.in_value) => {
                self.run.end(&mut self.text);
            }
            (Block::Data, "is") => self.run = Run::default(),
            (Block::Data, "rPh") => self.phonetic = false,
            (Block::Data, "sheetData")
            | (Block::Columns, "cols")
            | (Block::Merges, "mergeCells") => {
                self.block = Block::Other;
            }
            _ => {}
        }
        Ok(())
    }

    fn start_row(&mut self, tag: &BytesStart<'_>) {
        let (mut row, mut hidden) = (self.next.0, false);
        for (key, value) in attributes(tag) {
            match key {
                "r" => row = row_index(value),
                "hidden" => hidden |= is_true(value),
                "ht" => hidden |= is_zero(value),
                _ => {}
            }
        }
        self.next = (row.saturating_add(1), 0);
        if row < MAX_ROWS {
            self.builder.row(row, hidden);
        }
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        let row = self.next.0.wrapping_sub(1);
        let mut at = Some(CellRef::new(row, self.next.1));
        let (mut style, mut type_of) = (0, Kind::default());
        for (key, value) in attributes(tag) {
            match key {
                "r" => at = CellRef::parse_bytes(value.as_bytes()),
                "s" => style = value.parse().unwrap_or_default(),
                "t" => type_of = Kind::named(value),
                _ => {}
            }
        }
        self.begin_cell(at, style, type_of);
    }

    fn begin_cell(&mut self, at: Option<CellRef>, style: usize, kind: Kind) {
        self.text.clear();
        self.in_value = false;
        let inside = at.filter(|at| at.row < MAX_ROWS && at.col < MAX_COLS);
        self.cell = Pending { at: inside, kind, style, ..Pending::default() };
        self.next.1 = at.map_or(self.next.1, |at| at.col).saturating_add(1);
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        if self.cell.is_text() {
            decode_escapes(&mut self.text, 0);
        }
        let text = std::mem::take(&mut self.text);
        let ended = self.close_cell(&text);
        self.text = text;
        ended
    }

    /// Takes up the cell that was read, with the text of its value.
    fn close_cell(&mut self, text: &str) -> Result<(), Fault> {
        let cell = std::mem::take(&mut self.cell);
        let value = match self.value(&cell, text) {
            Ok(None) => return Ok(()),
            Ok(Some(value)) => Some(value),
            Err(Damaged) => None,
        };
        let Some(at) = cell.at else {
            self.builder.outside();
            return Ok(());
        };
        self.builder.turn_to(at.row);
        match value {
            Some(value) => {
                if self.shared.styles.is_struck(cell.style) {
                    self.builder.strike(at);
                }
                let computed = cell.formula && value != Value::Uncomputed;
                self.builder.cell(at.col, value, computed, self.allowance)
            }
            None => self.builder.unreadable(at.col, self.allowance),
        }
    }

    /// What the cell holds; nothing for a blank one.
    fn value(&self, cell: &Pending, text: &str) -> Result<Option<Value>, Damaged> {
        let shared = self.shared;
        let raw = text.trim_ascii();
        if cell.kind == Kind::Shared && !raw.is_empty() {
            let index = raw.parse::<usize>().map_err(|_| Damaged)?;
            let string = shared.strings.get(index).ok_or(Damaged)?;
            return Ok((!string.is_empty()).then(|| Value::Text(string.clone())));
        }
        if cell.is_text() {
            return Ok(text_value(text));
        }
        if raw.is_empty() {
            return Ok(cell.formula.then_some(Value::Uncomputed));
        }
        let value = match cell.kind {
            Kind::Bool => Value::Bool(truth(raw)?),
            Kind::Error => Value::Error(raw.into()),
            Kind::Date => serial::iso(raw).map_or_else(|| Value::Text(raw.into()), Value::Date),
            _ => {
                let number = number(raw)?;
                let date =
                    shared.styles.is_date(cell.style).then(|| serial::date(number, shared.epoch));
                match date.flatten() {
                    Some(date) => Value::Date(date),
                    None if shared.styles.is_percent(cell.style) => serial::percent(number),
                    None if shared.styles.is_disguised(cell.style) => disguised(number),
                    None => Value::Number(number),
                }
            }
        };
        Ok(Some(value))
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        let (mut first, mut last, mut hidden) = (0u32, 0u32, false);
        for (key, value) in attributes(tag) {
            match key {
                "min" => first = value.parse().unwrap_or_default(),
                "max" => last = value.parse().unwrap_or_default(),
                "hidden" => hidden |= is_true(value),
                "width" => hidden |= is_zero(value),
                _ => {}
            }
        }
        if let (true, Some(first), Some(last)) = (hidden, first.checked_sub(1), last.checked_sub(1))
        {
            self.builder.hide_columns(first, last);
        }
    }

    fn merge(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let Some((_, range)) = attributes(tag).find(|(key, _)| *key == "ref") else {
            return Ok(());
        };
        let corners = range
            .split_once(':')
            .and_then(|(one, other)| Some((CellRef::parse(one)?, CellRef::parse(other)?)));
        match corners {
            Some((one, other)) => self.builder.merge(one, other, self.allowance),
            None => Ok(()),
        }
    }
}

/// The row of that number, counted from zero; beyond every sheet when it is none.
fn row_index(value: &str) -> u32 {
    value.parse::<u32>().ok().and_then(|row| row.checked_sub(1)).unwrap_or(u32::MAX)
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

fn is_zero(value: &str) -> bool {
    value.parse::<f64>().is_ok_and(|size| size == 0.0)
}
