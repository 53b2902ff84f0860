//! Records of a binary part (BIFF12): a number, a length, and so many bytes; no length is believed.

use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::{Run, Stretches, set_apart};
use crate::open::xlsx::Styles;
use std::io::{BufRead, Read};

/// What a part that makes no sense is called.
pub(super) const DAMAGED: Fault = Fault::Broken("sổ làm việc Excel bị hỏng");

/// A run of records out of a part that is inflated on the way.
pub(super) struct Records<'a> {
    source: Box<dyn BufRead + 'a>,
    data: Vec<u8>,
    longest: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(source: Box<dyn BufRead + 'a>, limits: &Limits) -> Self {
        Self { source, data: Vec::new(), longest: limits.xml_piece_bytes }
    }

    /// The next record, its number and its data; none at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Data<'_>)>, Fault> {
        if self.source.fill_buf().map_err(|_| DAMAGED)?.is_empty() {
            return Ok(None);
        }
        let id = self.variable(2)?;
        let length = usize::try_from(self.variable(4)?).map_err(|_| DAMAGED)?;
        if length > self.longest {
            return Err(Passed::XmlPiece(self.longest).into());
        }
        self.data.clear();
        // The room grows with what really comes, not with what is announced.
        let wanted = u64::try_from(length).map_err(|_| DAMAGED)?;
        let taken = self.source.by_ref().take(wanted).read_to_end(&mut self.data);
        match taken {
            Ok(count) if count == length => Ok(Some((id, Data(&self.data)))),
            _ => Err(DAMAGED),
        }
    }

    /// A number of seven bits in each byte, the lowest first.
    fn variable(&mut self, bytes: u32) -> Result<u32, Fault> {
        let mut number = 0u32;
        for at in 0..bytes {
            let mut byte = [0u8];
            self.source.read_exact(&mut byte).map_err(|_| DAMAGED)?;
            let [byte] = byte;
            number |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }
}

/// What is still to be read of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Data<'a>(&'a [u8]);

impl Data<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub(super) fn short(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn real(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    /// A text with its length before it; an absent one is empty.
    pub(super) fn text(&mut self) -> Option<String> {
        let length = self.long()?;
        if length == u32::MAX {
            return Some(String::new());
        }
        let bytes = usize::try_from(length).ok()?.checked_mul(2)?;
        let (text, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        let units = text.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect())
    }

    /// A text with the stretches of it behind it, which are set apart as their fonts say.
    pub(super) fn rich_text(&mut self, styles: &Styles) -> Option<String> {
        const STRETCHES: u8 = 1;
        let (flags, text) = (self.byte()?, self.text()?);
        if flags & STRETCHES == 0 {
            return Some(text);
        }
        // None can begin behind what sixteen bits can count.
        let many = self.long()?.min(1 << 16);
        // A text whose stretches are cut short is a text all the same.
        let stretches = (0..many).map_while(|_| {
            let (start, font) = (self.short()?, self.short()?);
            Some((start, styles.font(usize::from(font))))
        });
        let stretches: Stretches = stretches.collect();
        let plain = stretches.iter().all(|(_, run)| run.is_plain());
        Some(if plain { text } else { set_apart(&text, Run::default(), &stretches) })
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.get(bytes..)?;
        Some(())
    }

    /// A number packed into thirty bits (RK): whole or broken, as it is or in hundredths.
    pub(super) fn packed_number(&mut self) -> Option<f64> {
        let raw = self.long()?;
        let number = if raw & 2 == 0 {
            f64::from_bits(u64::from(raw & !3) << 32)
        } else {
            f64::from(raw.cast_signed() >> 2)
        };
        Some(if raw & 1 == 0 { number } else { number / 100.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_packed_into_thirty_bits() {
        for (raw, number) in [
            (0x3FF0_0000u32, 1.0),
            (2u32 | 85 << 2, 85.0),
            (3 | 12_345 << 2, 123.45),
            (2 | (-7i32 << 2).cast_unsigned(), -7.0),
            (0x4094_0001, 12.8),
        ] {
            let bytes = raw.to_le_bytes();
            assert_eq!(Data(&bytes).packed_number(), Some(number), "{raw:x}");
        }
    }

    #[test]
    fn lengths_are_not_believed() {
        let limits = Limits { xml_piece_bytes: 300, ..Limits::default() };
        for (bytes, fault) in [
            (&[7u8, 5, 1, 2][..], DAMAGED),
            (&[7], DAMAGED),
            (&[7, 0xFF, 0xFF, 0xFF, 0x7F], Passed::XmlPiece(300).into()),
        ] {
            let mut records = Records::new(Box::new(bytes), &limits);
            assert_eq!(records.next().unwrap_err(), fault, "{bytes:?}");
        }
        let mut records = Records::new(Box::new(&[0x9C, 0x01, 2, 1, 0][..]), &limits);
        let (id, mut data) = records.next().unwrap().unwrap();
        assert_eq!((id, data.short(), data.byte()), (156, Some(1), None));
        assert!(records.next().unwrap().is_none());
        assert_eq!(Data(&[9, 0, 0, 0, 65, 0]).text(), None);
        assert_eq!(Data(&[1, 0, 0, 0, 0xD3, 0x1E]).text().as_deref(), Some("ồ"));
    }
}
