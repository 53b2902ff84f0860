//! Whole headers that were met before: the files of a folder are made from one blank form, so a header is understood once.

use super::forms::{Forms, TableForm};
use super::header::{Header, MOST_HEADER_ROWS, read_header};
use super::marks::numbers_columns;
use super::merged::Merges;
use crate::open::{Merge, Row, Sheet, Value};
use std::sync::{Arc, OnceLock};

/// Places for headers; a folder has a few, and this is a bound for what strangers write.
const PLACES: usize = 256;
/// Places in which one header may be kept.
const TRIES: usize = 4;
/// The largest header that is kept: its cells, and the bytes of their text.
const LARGEST: (usize, usize) = (256, 16 * 1024);
/// The most tables whose names are told.
const MOST_TABLES: usize = 32;

/// Headers that were met. What is kept changes no answer: a header is known only by all that it is read from. A place
/// is written once and then only read.
#[derive(Debug)]
pub(super) struct MetHeaders(Box<[OnceLock<Known>]>);

impl Default for MetHeaders {
    fn default() -> Self {
        Self((0..PLACES).map(|_| OnceLock::new()).collect())
    }
}

/// What a header was read from, and what it says.
#[derive(Debug)]
struct Known {
    first: u32,
    named: u32,
    rows: Box<[Row]>,
    merges: Box<[Merge]>,
    says: Arc<Header>,
}

/// All that a header is read from, the forms left out.
struct Window<'a> {
    first: u32,
    /// Which tables the sheet's name or the title announces, a bit for each.
    named: u32,
    rows: &'a [Row],
    merges: &'a [Merge],
}

/// The header that starts at that row, as [`read_header`] finds it.
pub(super) fn header_at(
    sheet: &Sheet,
    merges: &Merges,
    forms: &Forms,
    named: &dyn Fn(&TableForm) -> bool,
    first: u32,
) -> Option<Arc<Header>> {
    let read = || read_header(sheet, merges, forms, named, first).map(Arc::new);
    let Some(window) = Window::of(sheet, merges, forms, named, first) else { return read() };
    let met = forms.met_headers();
    if let Some(says) = met.get(&window) {
        return Some(says);
    }
    let says = read()?;
    met.keep(&window, &says);
    Some(says)
}

impl<'a> Window<'a> {
    /// The rows down to the one that numbers the columns, which ends every header; none where there is no such row.
    fn of(
        sheet: &'a Sheet,
        merges: &'a Merges,
        forms: &Forms,
        named: &dyn Fn(&TableForm) -> bool,
        first: u32,
    ) -> Option<Self> {
        let start = sheet.rows.partition_point(|row| row.index < first);
        let below = sheet.rows.get(start..)?;
        let near = below.iter().take_while(|row| row.index < first + MOST_HEADER_ROWS);
        let end = near.skip(1).position(|row| numbers_columns(row, true))? + 1;
        let rows = below.get(..=end)?;
        let last = rows.last()?.index;
        let merges = merges.beginning_in(first.saturating_sub(MOST_HEADER_ROWS - 1), last);
        // What a range that begins above holds stands in no row of these.
        let from_above = |merge: &Merge| merge.first.row < first && merge.last.row >= first;
        if merges.len() > LARGEST.0
            || merges.iter().any(from_above)
            || forms.tables.len() > MOST_TABLES
        {
            return None;
        }
        let bits = forms.tables.iter().enumerate();
        let named = bits.map(|(at, form)| u32::from(named(form)) << at).sum();
        Some(Self { first, named, rows, merges })
    }

    fn is_small(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let text = |value: &Value| match value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        cells().take(LARGEST.0 + 1).count() <= LARGEST.0
            && cells().map(|cell| text(&cell.value)).sum::<usize>() <= LARGEST.1
    }

    /// Where it is looked for first; headers that differ in their words alone are few.
    fn place(&self) -> usize {
        let cells = self.rows.iter().map(|row| row.cells.len());
        let first = usize::try_from(self.first).unwrap_or_default();
        cells.chain([self.merges.len(), first]).fold(0, |all, n| all * 31 % PLACES + n % PLACES)
    }
}

impl MetHeaders {
    fn get(&self, window: &Window<'_>) -> Option<Arc<Header>> {
        let known = |known: &&Known| {
            (known.first, known.named) == (window.first, window.named)
                && *known.merges == *window.merges
                && *known.rows == *window.rows
        };
        let found = self.places(window).map_while(OnceLock::get).find(known);
        found.map(|known| Arc::clone(&known.says))
    }

    fn keep(&self, window: &Window<'_>, says: &Arc<Header>) {
        let free = self.places(window).find(|place| place.get().is_none());
        if let Some(free) = free.filter(|_| window.is_small()) {
            let known = Known {
                first: window.first,
                named: window.named,
                rows: window.rows.into(),
                merges: window.merges.into(),
                says: Arc::clone(says),
            };
            // Another core may have been faster.
            free.set(known).ok();
        }
    }

    fn places(&self, window: &Window<'_>) -> impl Iterator<Item = &OnceLock<Known>> {
        let first = window.place();
        (first..first + TRIES).filter_map(|at| self.0.get(at % PLACES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRef;
    use crate::open::Cell;
    use crate::recognise::TableId;
    use std::collections::BTreeMap;

    /// A sheet with those rows from the third on; a number where a text is one.
    fn sheet(rows: &[&[&str]]) -> Sheet {
        let cell = |(col, text): (u32, &&str)| {
            let value = text.parse().map_or_else(|_| Value::Text((*text).into()), Value::Number);
            Cell { col, value, computed: false }
        };
        let rows = (2u32..).zip(rows).map(|(index, cells)| Row {
            index,
            hidden: false,
            cells: (0u32..).zip(*cells).map(cell).collect(),
        });
        Sheet { rows: rows.collect(), ..Sheet::default() }
    }

    fn said(sheet: &Sheet, forms: &Forms, named: bool, first: u32) -> String {
        let merges = Merges::of(sheet);
        let named = |form: &TableForm| named && form.id == TableId::Petitions;
        format!("{:?}", header_at(sheet, &merges, forms, &named, first).as_deref())
    }

    /// Each is read after all the others, and once more by forms that have met nothing.
    #[test]
    fn a_header_that_was_met_says_what_it_says_by_itself() {
        let words: &[&str] = &["STT", "Nội dung ý kiến, kiến nghị", "Lĩnh vực", "Kết quả", "Ngày"];
        let others: &[&str] = &["STT", "Nội dung ý kiến, kiến nghị", "Lĩnh vực", "Ghi chú", "Ngày"];
        let numbers: &[&str] = &["1", "2", "3", "4", "5"];
        let group: &[&str] = &["", "", "", "Văn bản trả lời", ""];
        let data: &[&str] = &["7", "Sửa đường", "L01", "K1", "x"];
        let mut sheets: Vec<Sheet> = [
            &[words, numbers][..],
            &[words, numbers, data],
            &[words, data],
            &[others, numbers],
            &[words, words, numbers],
            &[group, words, numbers],
            &[words, group, numbers],
            &[words, others, group, words, numbers],
            &[numbers, words, numbers],
        ]
        .map(sheet)
        .into();
        let merge = |(row, last): (u32, u32)| Merge {
            first: CellRef::new(row, 3),
            last: CellRef::new(last, 4),
        };
        for range in [(2, 2), (2, 3), (0, 2), (1, 1), (3, 3), (9, 9)] {
            sheets.push(Sheet { merges: vec![merge(range)], ..sheet(&[group, words, numbers]) });
        }
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        for _ in 0..2 {
            for (sheet, named, first) in
                sheets.iter().flat_map(|s| [(s, false, 2), (s, true, 2), (s, false, 3)])
            {
                let fresh = Forms::load(&BTreeMap::new()).unwrap();
                let alone = said(sheet, &fresh, named, first);
                assert_eq!(said(sheet, &forms, named, first), alone, "{sheet:?}");
            }
        }
        let kept = forms.met_headers().0.iter().filter(|place| place.get().is_some()).count();
        assert!((6..30).contains(&kept), "{kept}");
    }
}
