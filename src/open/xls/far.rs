//! Cells of an `.xls` that stand so far from the rest that the library would fill memory with the blank between.

use super::biff::{
    self, BOF, EOF, FORMULA, LABEL, MULRK, NUMBER, RICH, RK, Records, SHARED_TEXT, TRUTH,
};
use std::borrow::Cow;

/// Cells of the rectangle around a sheet's cells that cost little whatever is in them.
const SMALL: u64 = 100_000;
/// How many times as many places as cells a larger rectangle may have.
const SPARSE: u64 = 16;
/// Rows and columns of one sheet that are given up.
const MOST: usize = 200;
/// Records that only say how large a sheet is, for which the library makes room at once.
const DIMENSIONS: u16 = 0x0200;
/// The text that a formula comes to; it stands behind the formula.
const STRING: u16 = 0x0207;
/// Records of cells with something in them.
const CELLS: [u16; 8] = [FORMULA, MULRK, NUMBER, LABEL, TRUTH, RK, RICH, SHARED_TEXT];
/// The number of a record that nobody reads.
const NOTHING: [u8; 2] = [1, 0];

/// The row and column of a cell, counted from zero.
pub(super) type Cell = (u32, u32);

/// The record of one cell, or of several side by side.
struct Record {
    /// Where it stands in the stream, with the text that belongs to it.
    at: usize,
    text: Option<usize>,
    row: u32,
    first: u32,
    last: u32,
}

/// The file without the cells that stand too far off, and those of each sheet.
pub(super) fn without_far_cells(file: &[u8]) -> (Cow<'_, [u8]>, Vec<Vec<Cell>>) {
    let Some(stream) = biff::workbook(file) else { return (Cow::Borrowed(file), Vec::new()) };
    let mut gone: Vec<usize> = Vec::new();
    let far = biff::starts(&stream.bytes).map(|start| {
        let Some(start) = start.filter(|start| *start < stream.bytes.len()) else {
            return Vec::new();
        };
        let (mut records, sizes) = records(stream.bytes.get(start..).unwrap_or_default());
        gone.extend(sizes.iter().map(|at| start + at));
        let far = take_far(&mut records);
        gone.extend(
            far.iter()
                .flat_map(|record| [Some(record.at), record.text])
                .flatten()
                .map(|at| start + at),
        );
        let cells = |record: &Record| {
            (record.first..=record.last).map(|col| (record.row, col)).collect::<Vec<_>>()
        };
        far.iter().flat_map(cells).collect()
    });
    let far: Vec<Vec<Cell>> = far.collect();
    if gone.is_empty() {
        return (Cow::Borrowed(file), far);
    }
    let mut file = file.to_vec();
    for at in gone {
        for (byte, at) in NOTHING.into_iter().zip([at, at + 1]) {
            if let Some(place) = stream.place(at).and_then(|place| file.get_mut(place)) {
                *place = byte;
            }
        }
    }
    (Cow::Owned(file), far)
}

/// The records of a sheet's own cells, and of its size.
fn records(from: &[u8]) -> (Vec<Record>, Vec<usize>) {
    let (mut found, mut sizes): (Vec<Record>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut depth = 0u32;
    for (at, id, data) in Records::of(from) {
        match id {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS => sizes.push(at),
            STRING => {
                if let Some(last) = found.last_mut() {
                    last.text = Some(at);
                }
            }
            id if CELLS.contains(&id) => {
                let Some((row, first)) = biff::place(data) else { continue };
                let more = if id == MULRK { data.len().saturating_sub(6) / 6 } else { 1 };
                let last = first + u32::try_from(more.saturating_sub(1)).unwrap_or_default();
                found.push(Record { at, text: None, row, first, last });
            }
            _ => {}
        }
    }
    (found, sizes)
}

/// The rectangle around the cells: rows, then columns, first and last.
fn around(records: &[Record]) -> Option<[u32; 4]> {
    let rows = records.iter().map(|record| record.row);
    let first = records.iter().map(|record| record.first).min()?;
    let last = records.iter().map(|record| record.last).max()?;
    Some([rows.clone().min()?, rows.max()?, first, last])
}

fn area([top, bottom, left, right]: [u32; 4]) -> u64 {
    u64::from(bottom - top + 1) * u64::from(right - left + 1)
}

/// Takes the outermost rows and columns off as long as the rectangle is large and next to empty, each time
/// the side where the fewest cells take the most blank with them.
fn take_far(records: &mut Vec<Record>) -> Vec<Record> {
    let mut far = Vec::new();
    for _ in 0..MOST {
        let Some(whole) = around(records) else { break };
        let cells = u64::try_from(records.len()).unwrap_or(u64::MAX);
        if area(whole) <= SMALL.max(cells.saturating_mul(SPARSE)) {
            break;
        }
        let [top, bottom, left, right] = whole;
        let sides: [&dyn Fn(&Record) -> bool; 4] = [
            &|record| record.row == bottom,
            &|record| record.last == right,
            &|record| record.row == top,
            &|record| record.first == left,
        ];
        let cost = |side: &&dyn Fn(&Record) -> bool| {
            let (lost, kept) =
                records.iter().fold((0u64, None::<[u32; 4]>), |(lost, kept), record| {
                    if side(record) {
                        return (lost + 1, kept);
                    }
                    let [a, b, c, d] =
                        kept.unwrap_or([record.row, record.row, record.first, record.last]);
                    let kept = [
                        a.min(record.row),
                        b.max(record.row),
                        c.min(record.first),
                        d.max(record.last),
                    ];
                    (lost, Some(kept))
                });
            // Blank that goes for each cell that goes.
            (area(whole) - kept.map_or(0, area)) / lost.max(1)
        };
        let Some(side) = sides.iter().rev().max_by_key(|side| cost(side)) else { break };
        far.extend(records.extract_if(.., |record| side(record)));
    }
    far
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(at: &[(u32, u32)]) -> Vec<Record> {
        let record = |(row, col): &(u32, u32)| Record {
            at: 0,
            text: None,
            row: *row,
            first: *col,
            last: *col,
        };
        at.iter().map(record).collect()
    }

    #[test]
    fn which_cells_are_too_far_off() {
        let table: Vec<_> =
            (0..2_000u32).flat_map(|row| (0..27).map(move |col| (row, col))).collect();
        let with = |more: &[(u32, u32)]| cells(&[&table[..], more].concat());
        let places = |far: &[Record]| {
            far.iter().map(|record| (record.row, record.first)).collect::<Vec<_>>()
        };
        for (mut records, far) in [
            (with(&[]), vec![]),
            (with(&[(65_535, 255)]), vec![(65_535, 255)]),
            (with(&[(65_535, 0), (3, 255)]), vec![(65_535, 0)]),
            (with(&[(2_300, 3)]), vec![]),
            (cells(&[(0, 0), (65_535, 255)]), vec![(65_535, 255)]),
            (cells(&[]), vec![]),
        ] {
            assert_eq!(places(&take_far(&mut records)), far);
        }
    }
}
