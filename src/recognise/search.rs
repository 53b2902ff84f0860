//! Looks for the headers of a sheet's tables, wherever they stand and however often they repeat.

use super::forms::{Forms, TableForm};
use super::header::Header;
use super::header_words::{has_group, looks_like_header};
use super::marks::{numbers_columns, repeats};
use super::merged::Merges;
use super::met_headers::header_at;
use crate::model::Period;
use crate::model::text::{key, push_key};
use crate::notation::period;
use crate::open::{Row, Sheet, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows above a header that are its title.
const TITLE_ROWS: u32 = 8;
/// Rows of groups that may stand above the row by which a header is known.
const ROWS_OF_GROUPS: u32 = 2;
/// Titles that stand side by side in one row.
const MOST_TITLES: usize = 3;
/// Bytes of the longest title that says that its table is not to be used.
const LONGEST_MARK: usize = 40;
/// Rows below the first one of a header in which the first row of data is looked for.
const ROWS_TO_FIRST: usize = 6;
/// Characters of the longest title.
const LONGEST_TITLE: usize = 400;

/// One table's header and how far down the table may reach.
#[derive(Debug)]
pub(super) struct Found {
    pub header: Arc<Header>,
    /// Where the header stands once more, first and last row.
    pub again: Vec<(u32, u32)>,
    /// The last row before the next table's header.
    pub end: u32,
    /// Whether its title says that it is not to be used: `Bỏ`, `Biểu 1 (cũ)`.
    pub old: bool,
    /// The quarter that its own title names, in the row nearest to it.
    pub quarter: Option<Period>,
    /// All quarters that its title names.
    pub quarters: BTreeSet<Period>,
}

/// What was found in one sheet.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The headers, from the top.
    pub found: Vec<Found>,
    /// In a sheet without a table, the first row that is almost a header.
    pub near: Option<u32>,
}

/// Finds the headers of a sheet. The same header once more, further down, goes on with its table,
/// unless the title between them names another quarter.
pub(super) fn tables_of(sheet: &Sheet, merges: &Merges, forms: &Forms) -> Search {
    let sheet_key = key(&sheet.name.name);
    let mut search = Search::default();
    let mut next = 0;
    for (at, row) in sheet.rows.iter().enumerate() {
        let open = search.found.last().map(|found| &*found.header);
        if row.index < next || !looks_like_header(row, forms) {
            continue;
        }
        let titles = titles_above(sheet, at, next);
        let old = says_old(titles, forms);
        let another = |open: &Header| {
            old || other_quarter(sheet, open, titles) || begins_anew(sheet, open, forms, titles, at)
        };
        let goes_on = |open: &Header| repeats(row, open) && !another(open);
        if open.is_some_and(goes_on) {
            continue;
        }
        let title_keys: Vec<String> = titles.iter().flat_map(self::titles).map(key).collect();
        let named = |form: &TableForm| {
            form.is_named(&sheet_key) || title_keys.iter().any(|title| form.is_named(title))
        };
        let Some(header) = best_header(sheet, merges, forms, &named, (at, next)) else {
            search.near.get_or_insert(row.index);
            continue;
        };
        next = header.last_row + 1;
        if let Some(open) = search.found.last_mut() {
            if same_columns(&open.header, &header) && !another(&open.header) {
                open.again.push((header.first_row, header.last_row));
                continue;
            }
            open.end = header.first_row.saturating_sub(1);
        }
        search.found.push(Found {
            header,
            again: Vec::new(),
            end: u32::MAX,
            old,
            quarter: quarter_of(titles),
            quarters: period::all_in_lines(titles.iter().flat_map(self::titles)),
        });
    }
    if !search.found.is_empty() {
        search.near = None;
    }
    search
}

/// The header at that row, or from the groups above it when that explains more.
fn best_header(
    sheet: &Sheet,
    merges: &Merges,
    forms: &Forms,
    named: &dyn Fn(&TableForm) -> bool,
    (at, free): (usize, u32),
) -> Option<Arc<Header>> {
    let row = sheet.rows.get(at)?;
    let plain = header_at(sheet, merges, forms, named, row.index);
    let before = at.checked_sub(1).and_then(|before| sheet.rows.get(before));
    let above = before.filter(|above| {
        above.index >= free && row.index - above.index <= ROWS_OF_GROUPS && has_group(above, forms)
    });
    let Some(above) = above else { return plain };
    let higher = header_at(sheet, merges, forms, named, above.index);
    let known =
        |header: &Option<Arc<Header>>| header.as_ref().map_or(0, |header| header.known.len());
    if known(&higher) > known(&plain) { higher } else { plain }
}

/// The rows right above a header that no table has taken.
fn titles_above(sheet: &Sheet, at: usize, free: u32) -> &[Row] {
    let Some(header) = sheet.rows.get(at) else { return &[] };
    let first = sheet
        .rows
        .get(..at)
        .unwrap_or_default()
        .partition_point(|row| row.index < free || row.index + TITLE_ROWS < header.index);
    sheet.rows.get(first..at).unwrap_or_default()
}

/// Whether a title row begins with the table's name: `BIỂU 3: KIẾN NGHỊ TỒN ĐỌNG …`.
fn announces(row: &Row, form: &TableForm) -> bool {
    let mut buffer = String::new();
    titles(row).any(|text| {
        buffer.clear();
        push_key(text, &mut buffer);
        form.is_named(&buffer)
    })
}

/// The texts of a row that is a title: one or two of them, nothing else.
fn titles(row: &Row) -> impl Iterator<Item = &str> {
    let cells = if row.cells.len() <= MOST_TITLES { row.cells.as_slice() } else { &[] };
    cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if text.len() <= LONGEST_TITLE => Some(&**text),
        _ => None,
    })
}

/// Whether the table's own title stands over its header once more and its rows count from one again, or, where
/// they have no numbers, another title than over the first: that is a second table, not the next page of the first.
fn begins_anew(sheet: &Sheet, open: &Header, forms: &Forms, titles: &[Row], at: usize) -> bool {
    let Some(form) = forms.table(open.table) else { return false };
    if !titles.iter().any(|row| announces(row, form)) {
        return false;
    }
    let number = form.columns.iter().position(|column| column.field == "no");
    let number = number.and_then(|at| open.known.get(&at)?.first()).map(|column| column.col);
    let Some(number) = number else {
        let first = sheet.rows.partition_point(|row| row.index < open.first_row);
        let above = titles_above(sheet, first, 0);
        let known = |title: &str| above.iter().flat_map(self::titles).any(|known| known == title);
        return titles.iter().filter(|row| announces(row, form)).any(|row| {
            self::titles(row).any(|title| !known(title) && !key(title).contains("tiep"))
        });
    };
    let below = sheet.rows.iter().skip(at + 1).take(ROWS_TO_FIRST);
    let cells = below.filter_map(|row| Some((row, row.get(number)?)));
    let mut rows = cells.filter(|(row, _)| !numbers_columns(row, true));
    rows.any(|(_, cell)| match &cell.value {
        Value::Number(n) => (n - 1.0).abs() < 0.5,
        Value::Text(text) => matches!(text.trim(), "1" | "01" | "1."),
        _ => false,
    })
}

/// Whether a title says that what follows is not to be used.
fn says_old(rows: &[Row], forms: &Forms) -> bool {
    rows.iter()
        .flat_map(titles)
        .any(|title| title.len() <= LONGEST_MARK && forms.is_discarded(title))
}

/// Whether the title between two headers names another quarter than the title of the first.
fn other_quarter(sheet: &Sheet, open: &Header, titles_between: &[Row]) -> bool {
    let Some(between) = quarter_of(titles_between) else { return false };
    let first = sheet.rows.partition_point(|row| row.index < open.first_row);
    quarter_of(sheet.rows.get(..first).unwrap_or_default()) != Some(between)
}

/// The quarter of the nearest title that names one; a line that only compares (`So với quý IV/2020`) comes last.
fn quarter_of(rows: &[Row]) -> Option<Period> {
    let named = || {
        let lines = rows.iter().rev().flat_map(titles);
        lines.filter_map(|line| Some((line, period::from_text(line)?)))
    };
    let own = named().find(|(line, _)| !period::only_compares(line));
    own.or_else(|| named().next()).map(|(_, quarter)| quarter)
}

fn same_columns(one: &Header, other: &Header) -> bool {
    let cols = |header: &Header| -> Vec<(usize, Vec<u32>)> {
        let known = header.known.iter();
        known.map(|(at, columns)| (*at, columns.iter().map(|c| c.col).collect())).collect()
    };
    one.table == other.table && cols(one) == cols(other) && one.quarters().eq(other.quarters())
}
