//! One binary worksheet in a single pass: values, formula flags, merges, hidden rows and columns.

use super::records::{DAMAGED, Data, Records};
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::open::disguise::disguised;
use crate::open::fault::Fault;
use crate::open::grid::{Sheet, Value};
use crate::open::serial::{self, Epoch};
use crate::open::sparse::{Allowance, Losses, SheetBuilder};
use crate::open::xlsx::{Strings, Styles};

/// What cells refer to outside their own sheet.
pub(super) struct Shared<'a> {
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a Styles,
    pub(super) epoch: Epoch,
}

const ROW: u32 = 0;
/// Cells that name their column.
const CELLS: std::ops::RangeInclusive<u32> = 1..=11;
/// Cells that stand right of the one before; the same kinds as [`CELLS`] from one on.
const NEXT_CELLS: std::ops::RangeInclusive<u32> = 12..=18;
const RICH_TEXT: u32 = 62;
const COLUMNS: u32 = 60;
const DATA_END: u32 = 146;
const MERGE: u32 = 176;
const SHEET_END: u32 = 130;

pub(super) struct SheetReader<'a, 'l> {
    builder: SheetBuilder,
    shared: &'a Shared<'a>,
    allowance: &'a mut Allowance<'l>,
    row: u32,
    next_col: u32,
}

impl<'a, 'l> SheetReader<'a, 'l> {
    pub(super) fn new(
        builder: SheetBuilder,
        shared: &'a Shared<'a>,
        allowance: &'a mut Allowance<'l>,
    ) -> Self {
        Self { builder, shared, allowance, row: 0, next_col: 0 }
    }

    /// Reads the part to its end.
    pub(super) fn read(mut self, mut records: Records<'_>) -> Result<(Sheet, Losses), Fault> {
        let (mut ended, mut in_data) = (false, true);
        while let Some((id, mut data)) = records.next()? {
            match id {
                ROW if in_data => self.start_row(data).ok_or(DAMAGED)?,
                id if in_data && (CELLS.contains(&id) || id == RICH_TEXT) => {
                    let col = data.long().ok_or(DAMAGED)?;
                    self.cell(id, col, data)?;
                }
                id if in_data && NEXT_CELLS.contains(&id) => {
                    self.cell(id - NEXT_CELLS.start() + 1, self.next_col, data)?;
                }
                COLUMNS => self.columns(data).ok_or(DAMAGED)?,
                DATA_END => in_data = false,
                MERGE => {
                    let (first, last) = corners(data).ok_or(DAMAGED)?;
                    self.builder.merge(first, last, self.allowance)?;
                }
                SHEET_END => ended = true,
                _ => {}
            }
        }
        if ended { Ok(self.builder.finish()) } else { Err(DAMAGED) }
    }

    fn start_row(&mut self, mut data: Data<'_>) -> Option<()> {
        self.row = data.long()?;
        self.next_col = 0;
        let (_format, height) = (data.long()?, data.short()?);
        let flags = data.short()?;
        if self.row < MAX_ROWS {
            self.builder.row(self.row, flags & 0x1000 != 0 || height == 0);
        }
        Some(())
    }

    fn columns(&mut self, mut data: Data<'_>) -> Option<()> {
        let (first, last, width) = (data.long()?, data.long()?, data.long()?);
        let (_format, flags) = (data.long()?, data.short()?);
        if flags & 1 != 0 || width == 0 {
            self.builder.hide_columns(first, last);
        }
        Some(())
    }

    fn cell(&mut self, id: u32, col: u32, mut data: Data<'_>) -> Result<(), Fault> {
        self.next_col = col.saturating_add(1);
        // Three bytes of format, one of flags.
        let style = data.long().ok_or(DAMAGED)? & 0x00FF_FFFF;
        if id == 1 {
            return Ok(());
        }
        if self.row >= MAX_ROWS || col >= MAX_COLS {
            self.builder.outside();
            return Ok(());
        }
        self.builder.turn_to(self.row);
        match self.value(id, style, data) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => {
                if usize::try_from(style).is_ok_and(|style| self.shared.styles.is_struck(style)) {
                    self.builder.strike(CellRef::new(self.row, col));
                }
                self.builder.cell(col, value, (8..=11).contains(&id), self.allowance)
            }
            Err(Senseless) => self.builder.unreadable(col, self.allowance),
        }
    }

    /// What the cell holds; nothing for a blank text.
    fn value(&self, id: u32, style: u32, mut data: Data<'_>) -> Result<Option<Value>, Senseless> {
        let value = match id {
            2 => data.packed_number().and_then(|number| self.number(number, style)),
            3 | 11 => data.byte().and_then(error).map(|error| Value::Error(error.into())),
            4 | 10 => data.byte().map(|byte| Value::Bool(byte != 0)),
            5 | 9 => data.real().and_then(|number| self.number(number, style)),
            6 | 8 => return data.text().map(|raw| text(&raw)).ok_or(Senseless),
            7 => {
                let index = data.long().and_then(|index| usize::try_from(index).ok());
                let found = index.and_then(|index| self.shared.strings.get(index));
                return found.map(|found| text(found)).ok_or(Senseless);
            }
            _ => {
                let rich = data.rich_text(self.shared.styles);
                return rich.map(|raw| text(&raw)).ok_or(Senseless);
            }
        };
        value.map(Some).ok_or(Senseless)
    }

    fn number(&self, number: f64, style: u32) -> Option<Value> {
        let style = usize::try_from(style).ok()?;
        let styles = self.shared.styles;
        let date = styles.is_date(style).then(|| serial::date(number, self.shared.epoch)).flatten();
        number.is_finite().then(|| match date {
            Some(date) => Value::Date(date),
            None if styles.is_percent(style) => serial::percent(number),
            None if styles.is_disguised(style) => disguised(number),
            None => Value::Number(number),
        })
    }
}

/// The content of a cell contradicts its type.
struct Senseless;

fn corners(mut data: Data<'_>) -> Option<(CellRef, CellRef)> {
    let (first, last) = (data.long()?, data.long()?);
    let (left, right) = (data.long()?, data.long()?);
    Some((CellRef::new(first, left), CellRef::new(last, right)))
}

fn text(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.into()))
}

const fn error(code: u8) -> Option<&'static str> {
    Some(match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return None,
    })
}
