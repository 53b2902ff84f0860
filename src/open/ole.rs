//! Tells what an OLE compound file holds by the names in its directory, without following any chain.

use super::fault::Fault;
use super::sniff::Kind;

/// The first bytes of every OLE compound file.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Length of a directory record; records start at multiples of it.
const RECORD: usize = 128;

/// The kind of spreadsheet in the file, or why there is none.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Fault> {
    // Chains of sectors may loop or lie; the records themselves cannot, so each is looked at once.
    let first = bytes.chunks_exact(RECORD).skip(4).find_map(named);
    first.unwrap_or(Err(Fault::Broken("tệp OLE hỏng hoặc không chứa bảng tính")))
}

/// What a directory record says about the whole file, if its name is a telling one.
fn named(record: &[u8]) -> Option<Result<Kind, Fault>> {
    // Type 2 is a stream; the length counts the closing zero.
    let length = usize::from(u16::from_le_bytes([*record.get(64)?, *record.get(65)?]));
    if record.get(66) != Some(&2) || !(4..=64).contains(&length) {
        return None;
    }
    let name = record.get(..length - 2)?;
    let is =
        |wanted: &str| name.iter().copied().eq(wanted.encode_utf16().flat_map(u16::to_le_bytes));
    if is("Workbook") || is("Book") {
        Some(Ok(Kind::Xls))
    } else if is("EncryptedPackage") || is("EncryptionInfo") {
        Some(Err(Fault::Password))
    } else if is("WordDocument") {
        Some(Err(Fault::NotSpreadsheet("văn bản Word")))
    } else if is("PowerPoint Document") {
        Some(Err(Fault::NotSpreadsheet("bài trình chiếu PowerPoint")))
    } else {
        None
    }
}
