//! Where a value stands in a sheet, counted from zero and shown as Excel shows it.

use std::fmt;

/// A cell address (ô): row and column counted from zero; `Display` gives the A1 form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row, counted from zero.
    pub row: u32,
    /// Column, counted from zero.
    pub col: u32,
}

/// Rows that a sheet of the format can have.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns that a sheet of the format can have.
pub const MAX_COLS: u32 = 16_384;

impl CellRef {
    /// The cell at this row and column, both counted from zero.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Reads the A1 form (`B7`, `$B$7`); `None` when it is no address or lies outside a sheet.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_bytes(text.as_bytes())
    }

    /// As [`CellRef::parse`], for the bytes of an XML attribute.
    pub fn parse_bytes(text: &[u8]) -> Option<Self> {
        let (mut col, mut row) = (0u32, 0u32);
        for &byte in text {
            match byte {
                b'$' => {}
                b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                    col = col
                        .checked_mul(26)?
                        .checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
                }
                b'0'..=b'9' if col > 0 => {
                    row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
                }
                _ => return None,
            }
        }
        (row >= 1 && col >= 1 && row <= MAX_ROWS && col <= MAX_COLS)
            .then(|| Self::new(row - 1, col - 1))
    }
}

/// The letters of a column counted from zero: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_addresses() {
        for (text, row, col) in
            [("A1", 0, 0), ("B7", 6, 1), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)]
        {
            assert_eq!(CellRef::parse(text), Some(CellRef::new(row, col)));
            assert_eq!(CellRef::new(row, col).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in ["", "A", "1", "A0", "1A", "XFE1", "A1048577", "A1B", "Á1", "A-1"] {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn address_survives_the_round_trip(row in 0..MAX_ROWS, col in 0..MAX_COLS) {
            let cell = CellRef::new(row, col);
            prop_assert_eq!(CellRef::parse(&cell.to_string()), Some(cell));
        }
    }
}
