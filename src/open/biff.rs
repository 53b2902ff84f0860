//! What calamine leaves out of `.xls` files: which rows and columns are hidden.

use super::ole;

/// The hidden parts of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hidden {
    /// Rows counted from zero, ascending.
    pub(super) rows: Vec<u32>,
    /// Columns, first and last, counted from zero.
    pub(super) columns: Vec<(u32, u32)>,
}

const BOUNDSHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007D;
const EOF: u16 = 0x000A;

/// Whether the workbook is encrypted: by XOR too, which the library reads as if it were not there.
pub(super) fn is_encrypted(file: &[u8]) -> bool {
    const ENCRYPTION: u16 = 0x002F;
    let Some(stream) = ole::stream(file, &["Workbook", "Book"]) else { return false };
    Records(&stream).take_while(|(id, _)| *id != EOF).any(|(id, _)| id == ENCRYPTION)
}

/// The hidden parts of each sheet, in the order of the workbook; empty where the file does not say.
pub(super) fn hidden(file: &[u8]) -> Vec<Hidden> {
    let Some(stream) = ole::stream(file, &["Workbook", "Book"]) else { return Vec::new() };
    let sheets =
        Records(&stream).take_while(|(id, _)| *id != EOF).filter(|(id, _)| *id == BOUNDSHEET);
    let starts =
        sheets.map(|(_, data)| long(data, 0).and_then(|start| usize::try_from(start).ok()));
    starts
        .map(|start| start.and_then(|start| stream.get(start..)).map(sheet).unwrap_or_default())
        .collect()
}

fn sheet(from: &[u8]) -> Hidden {
    let mut hidden = Hidden::default();
    // A chart inside the sheet has an end of its own, and rows and columns stand before it.
    for (id, data) in Records(from).take_while(|(id, _)| *id != EOF) {
        match id {
            ROW => {
                let flagged = short(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                hidden.rows.extend(short(data, 0).filter(|_| flagged).map(u32::from));
            }
            COLINFO => {
                let flagged = short(data, 8).is_some_and(|flags| flags & 1 != 0);
                let none_wide = short(data, 4) == Some(0);
                let range = short(data, 0).zip(short(data, 2)).filter(|_| flagged || none_wide);
                hidden
                    .columns
                    .extend(range.map(|(first, last)| (u32::from(first), u32::from(last))));
            }
            _ => {}
        }
    }
    hidden.rows.sort_unstable();
    hidden.rows.dedup();
    hidden
}

/// The records of a stream, each with its number and its data; ends where the stream makes no sense.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((id, data))
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(short(data, at)?) | u32::from(short(data, at + 2)?) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &[u8] = include_bytes!("../../tests/specimens/bieu.xls");

    #[test]
    fn hidden_rows_and_columns_of_a_specimen() {
        let seen = hidden(FILE);
        assert_eq!(seen[0], Hidden { rows: vec![4], columns: vec![(3, 3)] });
        assert_eq!((seen.len(), &seen[1]), (2, &Hidden::default()));
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), end in any::<prop::sample::Index>()) {
            let mut bytes = FILE.to_vec();
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = hidden(&bytes);
            let _ = hidden(&bytes[..end.index(bytes.len())]);
        }
    }
}
