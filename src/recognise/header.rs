//! Where a table's headers stand, and which column is which: by the words, never by position.

mod beside;
pub mod doubled;
mod groups;

use self::beside::dates_beside;
use self::doubled::SetAside;
use self::groups::{lenders, set_strangers_aside, strange_group};
use super::columns::{Columns, locate};
use super::forms::{Forms, TableForm, TableId, Word};
use super::header_below::{lone_tick, refines, says_units};
use super::header_quarter::HeaderQuarter;
use super::header_words::{begins_with_figure, cell_text, is_counted};
use super::marks::numbers_columns;
use super::merged::Merges;
use crate::model::Text;
use crate::model::text::key;
use crate::open::{Row, Sheet, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Header rows that one table can have: groups, sub-groups, headers.
pub(super) const MOST_HEADER_ROWS: u32 = 4;
/// Known headers that make a row of words the header of a table.
const FEWEST_KNOWN: usize = 3;
/// A merge wider than any table is a title.
const WIDEST_GROUP: u32 = 200;

/// One column of a header.
#[derive(Debug, Clone)]
pub struct HeaderColumn {
    /// The column.
    pub col: u32,
    /// The row of its own words, the lowest of the header.
    pub row: u32,
    /// Its words, groups first.
    words: Vec<Words>,
    /// The same as the forms know them.
    known: Vec<Word>,
    /// Two or more of them together as one name, the longest first.
    joined: Vec<Word>,
    /// The keys of words that say nothing about the column.
    aside: Vec<Arc<str>>,
    /// A cell merged over several columns stands above it: where its group ends is drawn.
    drawn: bool,
    /// The group above it that the form does not know, its own or a lent one.
    strange: Option<Words>,
    /// The quarter that its name or its group's ends with.
    quarter: Option<HeaderQuarter>,
}

/// The words of one cell of a header.
#[derive(Debug, Clone)]
struct Words {
    /// As a reader sees them.
    text: Text,
    /// Their key, remarks left out.
    key: Arc<str>,
}

impl HeaderColumn {
    const fn at(col: u32, row: u32) -> Self {
        Self {
            col,
            row,
            words: Vec::new(),
            known: Vec::new(),
            joined: Vec::new(),
            aside: Vec::new(),
            drawn: false,
            strange: None,
            quarter: None,
        }
    }

    /// Its words as a reader sees them, groups first.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|words| words.text.as_str()).collect();
        words.join(" - ")
    }

    /// The keys of its words, from the top down.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.words.iter().map(|words| &*words.key)
    }

    /// The groups above it.
    fn groups(&self) -> &[Word] {
        self.known.split_last().map_or(&[], |(_, groups)| groups)
    }
}

/// The header of one table.
#[derive(Debug, Clone)]
pub struct Header {
    /// Which table it heads.
    pub table: TableId,
    /// First header row.
    pub first_row: u32,
    /// Last header row.
    pub last_row: u32,
    /// The columns that are known, by index into the form's columns; two for one field is BM04.
    pub known: BTreeMap<usize, Vec<HeaderColumn>>,
    /// The columns that are not known.
    pub unknown: Vec<HeaderColumn>,
    /// Groups that are not known, over columns that are: the first of those columns, and the name.
    pub unknown_groups: Vec<(HeaderColumn, Text)>,
    /// Columns under other names of fields that are read from elsewhere.
    pub set_aside: Vec<SetAside>,
    /// Where its fields stand, once that was asked for: one header may serve many files.
    places: OnceLock<Arc<Columns>>,
}

impl Header {
    /// Where the fields of its table stand.
    pub fn columns(&self, form: &TableForm) -> Arc<Columns> {
        Arc::clone(self.places.get_or_init(|| Arc::new(locate(self, form))))
    }

    /// Whether that column's header has a row with these words; the key is made only when asked for.
    pub fn has_word(&self, col: u32, words: impl FnOnce() -> String) -> bool {
        let aside = self.set_aside.iter().map(|aside| &aside.column);
        let mut all = self.known.values().flatten().chain(&self.unknown).chain(aside);
        all.find(|column| column.col == col).is_some_and(|column| {
            let words = words();
            column.path().any(|key| key == words) || column.aside.iter().any(|key| **key == *words)
        })
    }

    /// The quarters behind the names of its columns.
    pub(super) fn quarters(&self) -> impl Iterator<Item = Option<HeaderQuarter>> {
        self.known.values().flatten().map(|column| column.quarter)
    }

    /// The first and the last column.
    pub fn span(&self) -> (u32, u32) {
        let cols = || self.known.values().flatten().map(|column| column.col);
        (cols().min().unwrap_or_default(), cols().max().unwrap_or_default())
    }
}

/// How well a reading of a header explains it: columns, required ones among them, told by its name.
type Score = (usize, usize, bool);

/// Reads the header that starts at that row: the table and height that explain most of its words.
/// `named` tells which tables the sheet's name or the title announces.
pub(super) fn read_header(
    sheet: &Sheet,
    merges: &Merges,
    forms: &Forms,
    named: &dyn Fn(&TableForm) -> bool,
    first: u32,
) -> Option<Header> {
    let mut best: Option<(Score, &TableForm, u32)> = None;
    let (mut columns, mut taken) = (BTreeMap::new(), first);
    for last in first..first + MOST_HEADER_ROWS {
        if last > first && (lone_tick(sheet, last, forms) || stands_above(sheet, first, last)) {
            break;
        }
        match add_row(&mut columns, sheet, merges, forms, (first, last)) {
            Added::Figures => break,
            Added::Words => taken = last,
            Added::Nothing => {
                taken = last;
                continue;
            }
        }
        for form in &forms.tables {
            let found = match_columns(form, forms, &columns);
            let score = score(form, &found, named(form));
            let enough = score.1 * 2 >= form.required() || score.2;
            let known = found.iter().flatten().count();
            if known >= FEWEST_KNOWN && enough && best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, form, last));
            }
        }
    }
    let (_, form, mut last) = best?;
    // Rows that explain nothing more were looked at in vain; most headers have none.
    if taken > last {
        columns.clear();
        for row in first..=last {
            add_row(&mut columns, sheet, merges, forms, (first, row));
        }
    }
    // Words under a count say of what it is one: `Trong quý`, `Lũy kế`. Unread they would be lost.
    while last + 1 < first + MOST_HEADER_ROWS
        && !stands_above(sheet, first, last + 1)
        && refines(sheet, last + 1, form, forms, &columns)
    {
        last += 1;
        add_row(&mut columns, sheet, merges, forms, (first, last));
    }
    let last = if says_units(sheet, last + 1, forms) { last + 1 } else { last };
    // A header merged downwards ends where its cells end.
    let begun = merges.beginning_in(first, last).iter().map(|merge| merge.last.row);
    let last = begun.max().map_or(last, |end| end.min(first + MOST_HEADER_ROWS - 1).max(last));
    Some(build(form, columns, forms, (first, last)))
}

/// Whether a row of the header stands there once more, pasted below itself: not another level of headers.
fn stands_above(sheet: &Sheet, first: u32, row: u32) -> bool {
    let Some(again) = sheet.row(row).filter(|row| row.cells.len() >= FEWEST_KNOWN) else {
        return false;
    };
    let texts = |row: &Row| -> Vec<(u32, String)> {
        row.cells.iter().map(|cell| (cell.col, key(cell_text(&cell.value)))).collect()
    };
    let wanted = texts(again);
    (first..row).filter_map(|row| sheet.row(row)).any(|above| texts(above) == wanted)
}

fn score(form: &TableForm, found: &[Option<usize>], named: bool) -> Score {
    let mut known: Vec<usize> = found.iter().copied().flatten().collect();
    known.sort_unstable();
    known.dedup();
    let has = |field: &str| {
        known.iter().any(|at| form.columns.get(*at).is_some_and(|column| column.field == field))
    };
    let required = form.columns.iter().filter(|c| c.required && has(c.field)).count();
    let unknown = found.iter().filter(|at| at.is_none()).count();
    ((known.len() + required).saturating_sub(unknown / 2), required, named)
}

enum Added {
    /// Words that belong to the row.
    Words,
    /// Only what merged cells above carry on.
    Nothing,
    /// Figures: data, or the row of column numbers. No header goes on there.
    Figures,
}

/// Adds one more header row below the ones already read.
fn add_row(
    columns: &mut BTreeMap<u32, HeaderColumn>,
    sheet: &Sheet,
    merges: &Merges,
    forms: &Forms,
    (first, row): (u32, u32),
) -> Added {
    let mut labels: BTreeMap<u32, (&str, bool, bool)> = BTreeMap::new();
    if let Some(found) = sheet.row(row) {
        let inside = |col: u32| columns.is_empty() || columns.contains_key(&col);
        let figure = |value: &Value| match value {
            Value::Text(text) => is_counted(text),
            value => *value != Value::Uncomputed,
        };
        let figures = found.cells.iter().any(|cell| inside(cell.col) && figure(&cell.value));
        if figures || numbers_columns(found, true) || (row > first && begins_with_figure(found)) {
            return Added::Figures;
        }
        labels.extend(
            found.cells.iter().map(|cell| (cell.col, (cell_text(&cell.value), true, false))),
        );
    }
    for merge in merges.beginning_in(first.saturating_sub(MOST_HEADER_ROWS - 1), row) {
        if merge.last.row < row {
            continue;
        }
        let Some(anchor) = sheet.cell(merge.first) else { continue };
        let own = merge.first.row == row;
        let wide = merge.last.col > merge.first.col;
        let text = cell_text(&anchor.value);
        for col in merge.first.col..=merge.last.col.min(merge.first.col + WIDEST_GROUP) {
            labels.entry(col).or_insert((text, own, wide)).2 |= wide;
        }
    }
    let mut added = Added::Nothing;
    for (col, (text, own, wide)) in labels {
        let Some(text) = Text::new(text) else { continue };
        let name = forms.header_word(text.as_str());
        let column = columns.entry(col).or_insert_with(|| HeaderColumn::at(col, row));
        column.drawn |= wide;
        if column.words.last().is_some_and(|last| last.key == name.key) {
            continue;
        }
        if own {
            added = Added::Words;
        }
        // `Trong đó` says nothing about the columns below it.
        if name.aside {
            column.aside.push(Arc::clone(&name.key));
            continue;
        }
        column.quarter = name.quarter.or(column.quarter);
        column.known.push(name.word);
        column.words.push(Words { text, key: Arc::clone(&name.key) });
        let longer = 0..column.words.len().saturating_sub(1);
        let joined = longer.map(|at| forms.word(&column.path().skip(at).collect::<String>()));
        column.joined = joined.collect();
        column.row = row;
    }
    added
}

/// Which column of the form each column of the sheet is, in the sheet's order.
pub(super) fn match_columns(
    form: &TableForm,
    forms: &Forms,
    columns: &BTreeMap<u32, HeaderColumn>,
) -> Vec<Option<usize>> {
    let mut found = Vec::with_capacity(columns.len());
    for (column, lender) in columns.values().zip(lenders(columns)) {
        let Some((leaf, groups)) = column.known.split_last() else {
            found.push(None);
            continue;
        };
        let dashed = in_one_cell(form, forms, column, &DASHES);
        let at = match lender {
            _ if dashed.is_some() => dashed,
            Some(lender) => form.column(lender.groups(), *leaf).or_else(|| {
                // Where the group's end is not drawn, only what belongs to no other group is taken.
                form.column(&[], *leaf).filter(|at| {
                    form.group(*at).is_none()
                        || form.is_tick(*at)
                        || lender.drawn && !form.is_ambiguous(*leaf)
                        || form.is_whole_name_of_paper(*leaf, *at)
                })
            }),
            // `Biên bản` over `Ngày` is one name; the day alone would be that of the meeting.
            None if !groups.iter().any(|group| form.group_of(*group).is_some()) => {
                as_one_name(form, column).or_else(|| form.column(groups, *leaf))
            }
            None => form.column(groups, *leaf),
        };
        let at = at.or_else(|| as_one_name(form, column));
        found.push(at.or_else(|| in_one_cell(form, forms, column, &SIGNS)));
    }
    dates_beside(form, columns, &mut found);
    found
}

/// The column whose name is written over several cells, one below the other.
fn as_one_name(form: &TableForm, column: &HeaderColumn) -> Option<usize> {
    column.joined.iter().find_map(|name| form.column(&[], *name))
}

/// What plainly stands between a group and its header.
const DASHES: [&str; 2] = [" - ", " – "];
/// What may stand there, where the words together are no name.
const SIGNS: [&str; 2] = [": ", "/"];

/// A group and its header in one cell: `Ý kiến, kiến nghị - Đã GQ`.
fn in_one_cell(
    form: &TableForm,
    forms: &Forms,
    column: &HeaderColumn,
    signs: &[&str],
) -> Option<usize> {
    let [words] = column.words.as_slice() else { return None };
    let text = words.text.as_str();
    signs.iter().find_map(|sign| {
        let (group, leaf) = text.rsplit_once(sign)?;
        let group =
            Some(forms.word(&key(group))).filter(|group| form.group_of(*group).is_some())?;
        form.column(&[group], forms.header_word(leaf).word)
    })
}

fn build(
    form: &TableForm,
    columns: BTreeMap<u32, HeaderColumn>,
    forms: &Forms,
    (first_row, last_row): (u32, u32),
) -> Header {
    let found = match_columns(form, forms, &columns);
    let mut header = Header {
        table: form.id,
        first_row,
        last_row,
        known: BTreeMap::new(),
        unknown: Vec::new(),
        unknown_groups: Vec::new(),
        set_aside: Vec::new(),
        places: OnceLock::new(),
    };
    let groups = columns.values().zip(lenders(&columns));
    let strange: Vec<Option<Words>> =
        groups.map(|(column, lender)| strange_group(form, column, lender).cloned()).collect();
    for ((mut column, at), strange) in columns.into_values().zip(found).zip(strange) {
        let leaf = column.known.last().copied().unwrap_or_default();
        let grouped = column.groups().iter().any(|group| form.group_of(*group).is_some());
        let unclear = !grouped && form.is_ambiguous(leaf);
        let other =
            strange.as_ref().is_some_and(|group| unclear || forms.is_other_span(&group.key));
        column.strange = strange;
        match at.filter(|_| !other) {
            Some(at) => header.known.entry(at).or_default().push(column),
            None => header.unknown.push(column),
        }
    }
    set_strangers_aside(&mut header);
    header
}
