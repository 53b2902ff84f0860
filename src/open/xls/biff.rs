//! What calamine leaves out of `.xls` files: hidden rows and columns, numbers shown as shares of a hundred, what is
//! struck out or raised.

use super::rich::{Fonts, RichStrings, Stands};
use crate::open::ole::{self, Stream};
use crate::open::runs::{Run, Stretches};
use crate::open::serial::is_percent_format;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the library does not say of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unsaid {
    /// Hidden rows, counted from zero, ascending.
    pub(super) rows: Vec<u32>,
    /// Hidden columns, first and last, counted from zero.
    pub(super) columns: Vec<(u32, u32)>,
    /// The row and column of each cell that shows its number as a share of a hundred.
    pub(super) percents: BTreeSet<(u32, u32)>,
    /// Those of the cells that are struck out.
    pub(super) struck: BTreeSet<(u32, u32)>,
    /// How each text of which a part is struck out or raised begins, and its stretches.
    pub(super) rich: BTreeMap<(u32, u32), (Run, Arc<Stretches>)>,
}

/// What cells refer to outside their own sheet.
struct Shared {
    /// For each cell format, whether it shows a number as a share of a hundred.
    shares: Vec<bool>,
    fonts: Fonts,
    strings: RichStrings,
}

/// The beginning of a sheet, or of a part in a sheet such as a chart.
pub(super) const BOF: u16 = 0x0809;
/// Its end.
pub(super) const EOF: u16 = 0x000A;
const BOUNDSHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007D;
const FORMAT: u16 = 0x041E;
pub(super) const XF: u16 = 0x00E0;
/// A cell with a text of its own.
pub(super) const LABEL: u16 = 0x0204;
/// The same with its stretches behind it.
pub(super) const RICH: u16 = 0x00D6;
/// A cell with a text of the table of shared ones.
pub(super) const SHARED_TEXT: u16 = 0x00FD;
/// A cell that is true, false or a fault.
pub(super) const TRUTH: u16 = 0x0205;
/// A cell with a number.
pub(super) const NUMBER: u16 = 0x0203;
/// A cell with a short number.
pub(super) const RK: u16 = 0x027E;
/// Cells of one row with short numbers.
pub(super) const MULRK: u16 = 0x00BD;
/// A cell with a formula.
pub(super) const FORMULA: u16 = 0x0006;

/// The stream that holds the workbook.
pub(super) fn workbook(file: &[u8]) -> Option<Stream> {
    ole::stream(file, &["Workbook", "Book"])
}

/// Whether the workbook is encrypted: by XOR too, which the library reads as if it were not there.
pub(super) fn is_encrypted(stream: &[u8]) -> bool {
    const ENCRYPTION: u16 = 0x002F;
    globals(stream).any(|(id, _)| id == ENCRYPTION)
}

/// What the library does not say of each sheet, in the order of the workbook.
pub(super) fn unsaid(stream: &[u8]) -> Vec<Unsaid> {
    let fonts = Fonts::of(globals(stream));
    let strings = RichStrings::of(globals(stream), &fonts);
    let shared = Shared { shares: percent_formats(stream), fonts, strings };
    let sheets = starts(stream).map(|start| start.and_then(|start| stream.get(start..)));
    sheets.map(|from| from.map(|from| sheet(from, &shared)).unwrap_or_default()).collect()
}

/// Where each sheet begins.
pub(super) fn starts(stream: &[u8]) -> impl Iterator<Item = Option<usize>> {
    let sheets = globals(stream).filter(|(id, _)| *id == BOUNDSHEET);
    sheets.map(|(_, data)| long(data, 0).and_then(|start| usize::try_from(start).ok()))
}

/// The records that stand before the sheets.
fn globals(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    Records::of(stream).map(|(_, id, data)| (id, data)).take_while(|(id, _)| *id != EOF)
}

/// For each cell format, whether it shows a number as a share of a hundred.
fn percent_formats(stream: &[u8]) -> Vec<bool> {
    // Excel 95 writes text in single bytes, after one byte for its length.
    let wide = globals(stream).next().is_none_or(|(_, data)| short(data, 0) != Some(0x0500));
    let mut custom: Vec<(u16, bool)> = Vec::new();
    for (_, data) in globals(stream).filter(|(id, _)| *id == FORMAT) {
        let code = match data.get(4) {
            _ if !wide => data.get(3..),
            Some(flags) if flags & 1 == 0 => data.get(5..),
            _ => data.get(5..).map(|code| code.get(..code.len() & !1).unwrap_or_default()),
        };
        let code = code.unwrap_or_default();
        // Signs that are no letters are the same in one byte as in two, the other being zero.
        let code: String =
            code.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        custom.extend(short(data, 0).map(|number| (number, is_percent_format(&code))));
    }
    custom.sort_by_key(|(number, _)| *number);
    let shows = |format: u16| match custom.binary_search_by_key(&format, |(number, _)| *number) {
        Ok(at) => custom.get(at).is_some_and(|(_, share)| *share),
        Err(_) => matches!(format, 9 | 10),
    };
    let formats = globals(stream).filter(|(id, _)| *id == XF);
    formats.map(|(_, data)| short(data, 2).is_some_and(shows)).collect()
}

fn sheet(from: &[u8], shared: &Shared) -> Unsaid {
    let mut unsaid = Unsaid::default();
    let share = |format: Option<u16>| {
        format.is_some_and(|format| shared.shares.get(usize::from(format)).is_some_and(|s| *s))
    };
    // A chart inside the sheet has an end of its own, and rows and columns stand before it.
    for (_, id, data) in Records::of(from).take_while(|(_, id, _)| *id != EOF) {
        unsaid.note_fonts(id, data, shared);
        match id {
            ROW => {
                let flagged = short(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                unsaid.rows.extend(short(data, 0).filter(|_| flagged).map(u32::from));
            }
            COLINFO => {
                let flagged = short(data, 8).is_some_and(|flags| flags & 1 != 0);
                let none_wide = short(data, 4) == Some(0);
                let range = short(data, 0).zip(short(data, 2)).filter(|_| flagged || none_wide);
                unsaid
                    .columns
                    .extend(range.map(|(first, last)| (u32::from(first), u32::from(last))));
            }
            NUMBER | RK | FORMULA if share(short(data, 4)) => {
                unsaid.percents.extend(place(data));
            }
            MULRK => {
                let formats = data.get(4..).unwrap_or_default().chunks_exact(6);
                let cells = (0u32..).zip(formats).filter(|(_, format)| share(short(format, 0)));
                let cells =
                    cells.filter_map(|(at, _)| place(data).map(|(row, col)| (row, col + at)));
                unsaid.percents.extend(cells);
            }
            _ => {}
        }
    }
    unsaid.rows.sort_unstable();
    unsaid.rows.dedup();
    unsaid
}

impl Unsaid {
    /// Takes up how what is in a cell stands.
    fn note_fonts(&mut self, id: u16, data: &[u8], shared: &Shared) {
        if shared.fonts.are_plain() {
            return;
        }
        let stretches = match id {
            SHARED_TEXT => long(data, 6).and_then(|number| shared.strings.get(number)),
            RICH => shared.fonts.of_cell(data),
            NUMBER | RK | FORMULA | LABEL | TRUTH | MULRK => None,
            _ => return,
        };
        let Some((row, first)) = place(data) else { return };
        // Several numbers have each a format of its own, six bytes apart.
        let many = if id == MULRK { data.len().saturating_sub(6) / 6 } else { 1 };
        for (col, at) in (first..).zip(0..many) {
            match shared.fonts.stands(short(data, 4 + 6 * at), stretches.clone()) {
                Stands::Plain => {}
                Stands::Struck => {
                    self.struck.insert((row, col));
                }
                Stands::Apart(first, stretches) => {
                    self.rich.insert((row, col), (first, stretches));
                }
            }
        }
    }
}

/// The row and the column with which a cell's record begins.
pub(super) fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(short(data, 0)?), u32::from(short(data, 2)?)))
}

/// The records of a stream, each with its place, its number and its data; ends where the stream makes no sense.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// The records of these bytes.
    pub(super) const fn of(stream: &'a [u8]) -> Self {
        Self { stream, at: 0 }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (usize, u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let head = self.stream.get(at..)?;
        let (id, length) = (short(head, 0)?, usize::from(short(head, 2)?));
        let data = head.get(4..4 + length)?;
        self.at = at + 4 + length;
        Some((at, id, data))
    }
}

pub(super) fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(short(data, at)?) | u32::from(short(data, at + 2)?) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &[u8] = include_bytes!("../../../tests/specimens/bieu.xls");

    #[test]
    fn hidden_rows_and_columns_of_a_specimen() {
        let seen = unsaid(&workbook(FILE).unwrap().bytes);
        assert_eq!((&*seen[0].rows, &*seen[0].columns), (&[4][..], &[(3, 3)][..]));
        assert_eq!((seen.len(), &seen[1]), (2, &Unsaid::default()));
    }

    fn record(id: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&id.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    /// A stream with three cell formats, `0.0%`, the built-in percent and a plain one, in wide or narrow letters.
    fn shares(version: u16, code: &[u8]) -> Vec<u8> {
        let short =
            |numbers: &[u16]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let format = |number: u16| record(XF, &short(&[0, number, 0]));
        let number = |row: u16, col: u16, format: u16| {
            record(NUMBER, &[short(&[row, col, format]), 1f64.to_le_bytes().to_vec()].concat())
        };
        let cells = [
            number(0, 0, 0),
            number(0, 1, 1),
            number(0, 2, 2),
            record(RK, &short(&[1, 0, 0, 0, 0])),
            record(MULRK, &short(&[2, 4, 2, 0, 0, 1, 0, 0, 5])),
            record(FORMULA, &short(&[3, 3, 0, 0, 0, 0, 0])),
        ];
        let head = [
            record(BOF, &short(&[version, 5])),
            record(FORMAT, code),
            format(200),
            format(9),
            format(0),
        ];
        let listed = |at: usize| {
            record(BOUNDSHEET, &[&u32::try_from(at).unwrap().to_le_bytes()[..], &[0; 5]].concat())
        };
        let end = record(EOF, &[]);
        let at = head.concat().len() + listed(0).len() + end.len();
        [
            head.concat(),
            listed(at),
            end.clone(),
            record(BOF, &short(&[version, 16])),
            cells.concat(),
            end,
        ]
        .concat()
    }

    #[test]
    fn numbers_shown_as_shares_of_a_hundred() {
        let wide: Vec<u8> = [200u16, 4]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .chain([1])
            .chain("0.0%".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (version, code) in [
            (0x0600, wide.as_slice()),
            (0x0600, b"\xC8\0\x04\0\x000.0%".as_slice()),
            (0x0500, b"\xC8\0\x040.0%".as_slice()),
        ] {
            let seen = unsaid(&shares(version, code));
            let percents: Vec<_> = seen[0].percents.iter().copied().collect();
            assert_eq!(percents, [(0, 0), (0, 1), (1, 0), (2, 5), (3, 3)], "{version:x} {code:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), end in any::<prop::sample::Index>()) {
            let mut bytes = FILE.to_vec();
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            for bytes in [&bytes[..], &bytes[..end.index(bytes.len())]] {
                let _ = workbook(bytes).map(|stream| unsaid(&stream.bytes));
                let _ = super::super::far::without_far_cells(bytes);
            }
        }
    }
}
