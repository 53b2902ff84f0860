//! The directory of a zip package as nearly all writers write it, read where it lies; all others are left to the zip library.

use super::package::Part;
use std::borrow::Cow;
use zip::CompressionMethod;

/// Parts of the largest directory that is read here.
const MOST_PARTS: usize = 64;
/// Bytes of the record at the end of the package.
const END: usize = 22;
/// Bytes of a record of the directory, and of a part's own header, without the name and what follows it.
const RECORD: usize = 46;
const HEADER: usize = 30;
/// Flags that change nothing here: how hard it was packed, sizes behind the part, names in UTF-8.
const HARMLESS: u16 = 0x080E;
/// The bits by which an entry is told to be a link.
const LINK: u32 = 0o120_000 << 16;

/// The parts of a package without anything out of the ordinary: one directory right before the end, which lists each
/// part once, at its place, with its own name and sizes.
pub(super) fn plain(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let start = bytes.len().checked_sub(END)?;
    let end = bytes.get(start..)?;
    if !end.starts_with(b"PK\x05\x06") || end.get(1..)?.windows(4).any(|w| w == b"PK\x05\x06") {
        return None;
    }
    let count = usize::from(short(end, 10)?);
    let (size, offset) = (long(end, 12)?, long(end, 16)?);
    let whole = short(end, 4)? == 0
        && short(end, 6)? == 0
        && usize::from(short(end, 8)?) == count
        && short(end, 20)? == 0
        && size.checked_add(offset)? == start;
    if !whole || !(1..=MOST_PARTS).contains(&count) {
        return None;
    }
    let mut directory = bytes.get(offset..start)?;
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(count);
    for _ in 0..count {
        let (part, rest) = record(bytes, directory)?;
        if parts.iter().any(|other| other.raw_name == part.raw_name) {
            return None;
        }
        parts.push(part);
        directory = rest;
    }
    directory.is_empty().then_some(parts)
}

/// The part that a directory begins with, and the rest of the directory.
fn record<'a>(bytes: &'a [u8], directory: &'a [u8]) -> Option<(Part<'a>, &'a [u8])> {
    let own = directory.get(..RECORD)?;
    let method = match short(own, 10)? {
        0 => CompressionMethod::Stored,
        8 => CompressionMethod::Deflated,
        _ => return None,
    };
    let (packed, size, header) = (long(own, 20)?, long(own, 24)?, long(own, 42)?);
    let saturated = usize::try_from(u32::MAX).ok()?;
    let plain = own.starts_with(b"PK\x01\x02")
        && short(own, 8)? & !HARMLESS == 0
        // Neither further data nor a comment nor another disk.
        && [30, 32, 34].into_iter().all(|at| short(own, at) == Some(0))
        && u32::try_from(long(own, 38)?).ok()? & LINK != LINK
        && ![packed, size, header].contains(&saturated);
    if !plain {
        return None;
    }
    let (name, rest) = directory.get(RECORD..)?.split_at_checked(usize::from(short(own, 28)?))?;
    let raw_name = std::str::from_utf8(name).ok()?;
    if raw_name.is_empty() || raw_name.ends_with(['/', '\\']) {
        return None;
    }
    let there = bytes.get(header..)?;
    let length = usize::from(short(there, 26)?);
    let data = HEADER + length + usize::from(short(there, 28)?);
    if !there.starts_with(b"PK\x03\x04") || there.get(HEADER..HEADER + length)? != name {
        return None;
    }
    let part = Part {
        raw_name: Cow::Borrowed(raw_name),
        packed: there.get(data..)?.get(..packed)?,
        size: u64::try_from(size).ok()?,
        crc: u32::try_from(long(own, 16)?).ok()?,
        method,
        link: false,
        encrypted: false,
        lost: false,
    };
    Some((part, rest))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))?;
    usize::try_from(four).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::package::Package;
    use crate::open::specimen::{packed, parts, zip};
    use proptest::prelude::*;

    /// What the library lists; none where it lists nothing.
    fn listed(bytes: &[u8]) -> Option<String> {
        Package::listed(bytes).ok().map(|parts| format!("{parts:?}"))
    }

    #[test]
    fn usual_packages_are_listed_as_the_library_lists_them() {
        let book = packed(&parts("<sheetData/>", ""));
        for bytes in [book, zip(&[("a.csv", b"a;b"), ("Xã/b.csv", b"")])] {
            let found = plain(&bytes).map(|parts| format!("{parts:?}"));
            assert!(found.is_some());
            assert_eq!(found, listed(&bytes));
        }
        for bytes in [zip(&[]), zip(&[("a/", b""), ("a/b", b"x")]), b"PK\x05\x06".to_vec()] {
            assert!(plain(&bytes).is_none());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn damaged_packages_are_listed_as_the_library_lists_them_or_not_at_all(
            turned in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            whole in any::<bool>(),
        ) {
            let mut bytes = zip(&[("a.csv", b"a;b"), ("b.csv", b"c;d;e"), ("c.csv", b"")]);
            // Nearly all of it is directory and headers.
            for (at, byte) in turned {
                let at = if whole { at.index(bytes.len()) } else { bytes.len() - 1 - at.index(bytes.len() / 2) };
                bytes[at] = byte;
            }
            if let Some(parts) = plain(&bytes) {
                prop_assert_eq!(Some(format!("{parts:?}")), listed(&bytes));
            }
        }
    }
}
