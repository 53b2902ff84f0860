//! Locks the order and the names of the sheets, which the writing library has no word for.

use super::FormError;
use crate::render::workbook::package;
use std::io::Cursor;

/// The part that lists the sheets.
const PART: &str = "xl/workbook.xml";
/// What stands right behind the lock.
const NEXT: &str = "<bookViews>";

/// The package with its structure locked, without a password.
pub(super) fn structure(book: &[u8]) -> Result<Vec<u8>, FormError> {
    let mut out = Cursor::new(Vec::new());
    let mut package = package::Writer::new(&mut out);
    let mut locked = false;
    for part in package::read(book)? {
        if part.name() != PART {
            package.copy(&part)?;
            continue;
        }
        let xml = part.inflate()?;
        let (before, after) = xml.split_once(NEXT).ok_or(FormError::Frame)?;
        let pieces = [before, "<workbookProtection lockStructure=\"1\"/>", NEXT, after];
        package.fill(PART, pieces.len(), |piece, out| {
            out.extend_from_slice(pieces.get(piece).copied().unwrap_or_default().as_bytes());
        })?;
        locked = true;
    }
    package.finish()?;
    if locked { Ok(out.into_inner()) } else { Err(FormError::Frame) }
}
