//! Small parts that many files share to the byte, for one blank form was handed out to all: read once for all of them.

use super::limits::Limits;
use super::package::Part;
use std::sync::{Arc, OnceLock};
use zip::CompressionMethod;

/// Different parts that are kept; what is met beyond them is read each time.
const PLACES: usize = 64;
/// Places in which one part may be kept.
const TRIES: usize = 4;
/// Packed bytes of the largest part that is kept, and inflated ones: few bytes may swell to very many.
const LARGEST: (usize, u64) = (2048, 32 * 1024);

/// What was read from parts of one kind. What is kept changes no answer: a part is known only by all of its bytes,
/// and under the limits that it was read under. A place is written once and then only read.
#[derive(Debug)]
pub(super) struct Seen<T>([OnceLock<Known<T>>; PLACES]);

/// A part, and what it says.
#[derive(Debug)]
struct Known<T> {
    packed: Box<[u8]>,
    method: CompressionMethod,
    size: u64,
    crc: u32,
    /// What else the reading goes by.
    context: Box<str>,
    limits: Limits,
    says: Arc<T>,
}

impl<T> Seen<T> {
    /// Nothing was read yet.
    pub(super) const fn new() -> Self {
        Self([const { OnceLock::new() }; PLACES])
    }

    /// What that part said when it was read before.
    pub(super) fn get(&self, part: &Part<'_>, context: &str, limits: &Limits) -> Option<Arc<T>> {
        let known = |known: &&Known<T>| {
            (known.method, known.size, known.crc) == (part.method, part.size, part.crc)
                && *known.packed == *part.packed
                && *known.context == *context
                && known.limits == *limits
        };
        let found = self.places(part).map_while(OnceLock::get).find(known);
        found.map(|known| Arc::clone(&known.says))
    }

    /// Keeps what a sound part said, where there is room.
    pub(super) fn keep(&self, part: &Part<'_>, context: &str, limits: &Limits, says: &Arc<T>) {
        if part.packed.len() > LARGEST.0 || part.size > LARGEST.1 {
            return;
        }
        if let Some(free) = self.places(part).find(|place| place.get().is_none()) {
            let known = Known {
                packed: part.packed.into(),
                method: part.method,
                size: part.size,
                crc: part.crc,
                context: context.into(),
                limits: limits.clone(),
                says: Arc::clone(says),
            };
            // Another core may have been faster.
            free.set(known).ok();
        }
    }

    fn places(&self, part: &Part<'_>) -> impl Iterator<Item = &OnceLock<Known<T>>> {
        let first = usize::try_from(part.crc).unwrap_or_default();
        (0..TRIES).filter_map(move |more| self.0.get(first.wrapping_add(more) % PLACES))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::submission::FilePath;
    use crate::open::specimen::{codes, workbook};
    use crate::open::{Limits, open};

    /// A part that was read before is read under the limits of the file that it now comes in.
    #[test]
    fn what_was_seen_before_changes_no_answer() {
        let sheet = "<sheetData><row><c s='1'><v>44270</v></c></row></sheetData>";
        let (bytes, path) = (workbook(sheet, ""), FilePath::new("a.xlsx"));
        let plain = Limits::default();
        let first = open(&path, &bytes, &plain);
        assert!(first.workbook.is_some());
        for (limits, expected) in [
            (plain.clone(), ""),
            (Limits { styles: 1, ..plain.clone() }, "[TEP04]"),
            (Limits { xml_depth: 1, ..plain.clone() }, "[TEP04]"),
            (Limits { inflated_bytes: 1, ..plain.clone() }, "[TEP04]"),
            (plain, ""),
        ] {
            let again = open(&path, &bytes, &limits);
            assert_eq!(codes(&again), expected, "{limits:?}");
            assert!(again == first || again.workbook.is_none());
        }
    }
}
