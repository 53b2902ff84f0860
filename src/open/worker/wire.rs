//! What goes over the pipe between the program and its worker, checked on arrival.

use crate::model::CellRef;
use crate::model::submission::SheetName;
use crate::open::fault::Fault;
use crate::open::grid::{Cell, Sheet, Value};
use crate::open::limits::{Limits, Passed};
use crate::open::opened::Contents;
use crate::open::sparse::{Allowance, Losses, SheetBuilder};
use crate::open::struck::Struck;
use chrono::DateTime;
use std::io::{self, Read, Write};

/// A file to be read, with the limits that hold for it.
#[derive(Debug, PartialEq)]
pub(super) struct Request {
    pub(super) limits: Limits,
    pub(super) bytes: Vec<u8>,
}

/// Sends one frame: its length, then its pieces.
pub(super) fn send(out: &mut impl Write, pieces: &[&[u8]]) -> io::Result<()> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    out.write_all(&(length as u64).to_le_bytes())?;
    for piece in pieces {
        out.write_all(piece)?;
    }
    out.flush()
}

/// Bytes for which room is made before they come.
const LONGEST_SOUND: u64 = 32 * crate::open::limits::MIB;

/// Receives one frame of no more than so many bytes; none at the end of the pipe.
pub(super) fn receive(input: &mut impl Read, largest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u64::from_le_bytes(length);
    let most = length.min(largest);
    // Exactly so much, where it is no more than a sound sender sends: a frame that grows is held twice.
    let mut frame = Vec::with_capacity(usize::try_from(most.min(LONGEST_SOUND)).unwrap_or(0));
    let taken = input.take(most).read_to_end(&mut frame)?;
    if taken as u64 == length { Ok(Some(frame)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// The limits that a worker looks at, in the order of the frame.
fn shared(limits: &mut Limits) -> [&mut usize; 6] {
    let Limits { sheets, cells, merges, cell_text_bytes, text_bytes, parts, .. } = limits;
    [sheets, cells, merges, cell_text_bytes, text_bytes, parts]
}

/// Bytes of the longest answer that a workbook within the limits can have.
pub(super) fn longest_answer(limits: &Limits) -> u64 {
    const EACH: usize = 32;
    let things = limits.cells.saturating_add(limits.merges).saturating_add(limits.sheets);
    let rest = usize::try_from(crate::open::limits::MIB).unwrap_or(usize::MAX);
    let bytes = things.saturating_mul(EACH).saturating_add(limits.text_bytes).saturating_add(rest);
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// What goes before the bytes of a file in the frame that asks for it to be read.
pub(super) fn head(limits: &Limits) -> Vec<u8> {
    let mut frame = Vec::new();
    let mut limits = limits.clone();
    for n in [limits.worker_bytes, limits.part_bytes, limits.inflated_bytes] {
        frame.extend(n.to_le_bytes());
    }
    for n in shared(&mut limits) {
        frame.extend((*n as u64).to_le_bytes());
    }
    frame
}

/// Reads a request; none when the frame is none.
pub(super) fn parse_request(mut frame: Vec<u8>) -> Option<Request> {
    let mut rest = Frame(&frame);
    let mut limits = Limits {
        worker_bytes: rest.number()?,
        part_bytes: rest.number()?,
        inflated_bytes: rest.number()?,
        ..Limits::default()
    };
    for n in shared(&mut limits) {
        *n = usize::try_from(rest.number()?).ok()?;
    }
    let start = frame.len() - rest.0.len();
    // In place: a file of its own length beside itself is what the memory limit does not foresee.
    frame.drain(..start);
    Some(Request { limits, bytes: frame })
}

/// The frame that answers with what was read, or with why nothing was.
pub(super) fn answer(read: &Result<Contents, Fault>) -> Vec<u8> {
    let mut out = Vec::new();
    match read {
        Ok(contents) => {
            out.push(0);
            for sheet in &contents.workbook.sheets {
                put_sheet(&mut out, sheet, &contents.losses_of(&sheet.name));
            }
            for name in contents.lost() {
                out.push(b'L');
                put_name(&mut out, name);
            }
        }
        Err(Fault::Password) => out.push(2),
        Err(Fault::Limit(passed)) => out.extend([3, limit_code(*passed)]),
        Err(_) => out.push(1),
    }
    out
}

fn put_number(out: &mut Vec<u8>, n: u32) {
    out.extend(n.to_le_bytes());
}

fn put_amount(out: &mut Vec<u8>, amount: usize) {
    put_number(out, u32::try_from(amount).unwrap_or(u32::MAX));
}

fn put_corner(out: &mut Vec<u8>, at: CellRef) {
    put_number(out, at.row);
    put_number(out, at.col);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, u32::try_from(text.len()).unwrap_or(u32::MAX));
    out.extend(text.bytes());
}

fn put_name(out: &mut Vec<u8>, name: &SheetName) {
    put_number(out, name.order);
    put_text(out, &name.name);
}

fn put_sheet(out: &mut Vec<u8>, sheet: &Sheet, losses: &Losses) {
    out.push(b'S');
    put_name(out, &sheet.name);
    out.push(u8::from(sheet.hidden));
    for row in &sheet.rows {
        out.push(if row.hidden { b'H' } else { b'R' });
        put_number(out, row.index);
        row.cells.iter().for_each(|cell| put_cell(out, cell));
    }
    for (first, last) in &sheet.hidden_cols {
        out.push(b'K');
        put_number(out, *first);
        put_number(out, *last);
    }
    for merge in &sheet.merges {
        out.push(b'M');
        put_corner(out, merge.first);
        put_corner(out, merge.last);
    }
    if let Some(first) = losses.first_far {
        out.push(b'X');
        put_amount(out, losses.far);
        put_corner(out, first);
    }
    if losses.struck.cells() > 0 {
        out.push(b'G');
        put_amount(out, losses.struck.cells());
        put_amount(out, losses.struck.ranges().len());
        for (first, last) in losses.struck.ranges() {
            put_corner(out, *first);
            put_corner(out, *last);
        }
    }
    for _ in 0..losses.outside {
        out.push(b'O');
    }
    out.push(b'E');
}

fn put_cell(out: &mut Vec<u8>, cell: &Cell) {
    out.push(if cell.computed { b'f' } else { b'c' });
    put_number(out, cell.col);
    match &cell.value {
        Value::Text(text) => {
            out.push(b't');
            put_text(out, text);
        }
        Value::Error(text) => {
            out.push(b'e');
            put_text(out, text);
        }
        Value::Number(number) => {
            out.push(b'n');
            out.extend(number.to_bits().to_le_bytes());
        }
        Value::Date(date) => {
            out.push(b'd');
            out.extend(date.and_utc().timestamp_millis().to_le_bytes());
        }
        Value::Bool(truth) => out.extend([b'b', u8::from(*truth)]),
        Value::Uncomputed => out.push(b'u'),
    }
}

const fn limit_code(passed: Passed) -> u8 {
    match passed {
        Passed::Sheets(_) => 0,
        Passed::Merges(_) => 1,
        Passed::CellText(_) => 2,
        Passed::Text(_) => 3,
        Passed::PartBytes(_) => 4,
        Passed::InflatedBytes(_) => 5,
        Passed::Ratio(_) => 6,
        Passed::Parts(_) => 7,
        _ => 8,
    }
}

fn limit(code: u8, limits: &Limits) -> Passed {
    match code {
        0 => Passed::Sheets(limits.sheets),
        1 => Passed::Merges(limits.merges),
        2 => Passed::CellText(limits.cell_text_bytes),
        3 => Passed::Text(limits.text_bytes),
        4 => Passed::PartBytes(limits.part_bytes),
        5 => Passed::InflatedBytes(limits.inflated_bytes),
        6 => Passed::Ratio(limits.ratio),
        7 => Passed::Parts(limits.parts),
        _ => Passed::Cells(limits.cells),
    }
}

/// Reads an answer, within the limits once more; a frame that makes no sense is a damage.
pub(super) fn parse_answer(frame: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    const SENSELESS: Fault = Fault::Broken("sổ làm việc Excel bị hỏng");
    let mut rest = Frame(frame);
    match rest.byte().ok_or(SENSELESS)? {
        0 => {}
        2 => return Err(Fault::Password),
        3 => return Err(limit(rest.byte().ok_or(SENSELESS)?, limits).into()),
        _ => return Err(SENSELESS),
    }
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    while let Some(tag) = rest.byte() {
        let name = rest.name().ok_or(SENSELESS)?;
        match tag {
            b'S' => {
                let sheet = rest.sheet(name.clone(), &mut allowance)?.ok_or(SENSELESS)?;
                contents.add(name, Ok(sheet))?;
            }
            _ => contents.add(name, Err(SENSELESS))?,
        }
    }
    Ok(contents)
}

/// What is still to be read of a frame.
struct Frame<'a>(&'a [u8]);

impl<'a> Frame<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn short(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn number(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.short()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn name(&mut self) -> Option<SheetName> {
        let order = self.short()?;
        Some(SheetName::new(self.text()?, order))
    }

    fn sheet(
        &mut self,
        name: SheetName,
        allowance: &mut Allowance<'_>,
    ) -> Result<Option<(Sheet, Losses)>, Fault> {
        let Some(hidden) = self.byte() else { return Ok(None) };
        let mut builder = SheetBuilder::new(name, hidden == 1);
        while let Some(tag) = self.byte() {
            let told = match tag {
                b'E' => return Ok(Some(builder.finish())),
                b'R' => self.short().map(|row| builder.row(row, false)),
                b'H' => self.short().map(|row| builder.row(row, true)),
                b'K' => self
                    .short()
                    .zip(self.short())
                    .map(|(first, last)| builder.hide_columns(first, last)),
                b'O' => {
                    builder.outside();
                    Some(())
                }
                b'X' => {
                    self.amount().zip(self.corner()).map(|(n, first)| builder.count_far(n, first))
                }
                b'G' => self.struck().map(|told| builder.struck(told)),
                b'M' => match self.corners() {
                    Some((first, last)) => Some(builder.merge(first, last, allowance)?),
                    None => None,
                },
                _ => match self.short().zip(self.value()) {
                    Some((col, value)) => Some(builder.cell(col, value, tag == b'f', allowance)?),
                    None => None,
                },
            };
            if told.is_none() {
                break;
            }
        }
        Ok(None)
    }

    fn corners(&mut self) -> Option<(CellRef, CellRef)> {
        Some((self.corner()?, self.corner()?))
    }

    fn amount(&mut self) -> Option<usize> {
        Some(usize::try_from(self.short()?).unwrap_or(usize::MAX))
    }

    fn struck(&mut self) -> Option<Struck> {
        let (cells, ranges) = (self.amount()?, self.short()?);
        Some(Struck::told(cells, (0..ranges).map_while(|_| self.corners())))
    }

    fn corner(&mut self) -> Option<CellRef> {
        Some(CellRef::new(self.short()?, self.short()?))
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            b't' => Value::Text(self.text()?.into()),
            b'e' => Value::Error(self.text()?.into()),
            b'n' => Value::Number(f64::from_bits(self.number()?)),
            b'd' => {
                let millis = i64::from_le_bytes(self.take()?);
                Value::Date(DateTime::from_timestamp_millis(millis)?.naive_utc())
            }
            b'b' => Value::Bool(self.byte()? == 1),
            _ => Value::Uncomputed,
        })
    }
}

#[cfg(test)]
mod tests;
