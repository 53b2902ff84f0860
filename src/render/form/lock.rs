//! Locks the order and the names of the sheets, which the writing library has no word for.

use super::FormError;
use crate::render::workbook::package;

/// The part that lists the sheets.
const PART: &str = "xl/workbook.xml";
/// What stands right behind the lock.
const NEXT: &str = "<bookViews>";

/// The package with its structure locked, without a password.
pub(super) fn structure(book: &[u8]) -> Result<Vec<u8>, FormError> {
    let mut parts = package::read(book)?;
    let part = parts.iter_mut().find(|part| part.name() == PART).ok_or(FormError::Frame)?;
    let xml = part.inflate()?;
    let (before, after) = xml.split_once(NEXT).ok_or(FormError::Frame)?;
    let pieces = [before, "<workbookProtection lockStructure=\"1\"/>", NEXT, after];
    part.replace(pieces.len(), |piece, out| {
        out.extend_from_slice(pieces.get(piece).copied().unwrap_or_default().as_bytes());
    })?;
    Ok(package::write(parts)?)
}
