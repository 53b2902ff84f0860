//! Which rows under a header are data, which are sums, and which cannot be told.

mod ends;
mod headings;
mod wordless;

use self::ends::{below_end, unsign};
use self::headings::find_headings;
use self::wordless::{MOST_WORDLESS, find_sum_above, wordless_sum};
use super::forms::TableId;
use super::header::Header;
use super::marks::{numbers_columns, repeats};
use super::merged::Merges;
use super::none_words::NoneWords;
use super::row_cells::{
    few_words, first_words, is_commune_code, is_empty, is_figure, is_idle, is_number,
    is_row_number, is_spelt_out, may_be_sum, names_own_level, row_number, says_none,
    says_none_held,
};
use super::row_words::{
    begins_as_total, begins_foot, compares, counts_sections, is_example, is_other_span,
    is_section_sum, is_total,
};
use crate::model::CellRef;
use crate::open::{Row, Sheet, Value};

/// Columns at the left of a table in one of which a title between the rows begins.
const TITLE_COLUMNS: usize = 2;

/// What a row under a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    /// A row that the form asks for.
    Data,
    /// The sum of the whole table (Tổng cộng).
    Total,
    /// The sum of the section above (Cộng I).
    SectionSum,
    /// The title of the section below, with its sums in the same row (I. Các xã vùng cao).
    SectionTitle,
    /// Blank, a title without figures, a repeated header, a row of column numbers, a row that is
    /// numbered but empty.
    Between,
    /// The signature block or notes: nothing of the table follows, unless data comes again.
    Foot,
    /// A row that says itself that it only shows how to fill the form in (Ví dụ).
    Example,
    /// Figures of another time, or a comparison with them: `Lũy kế từ đầu năm`, `Cùng kỳ`.
    Beside,
    /// Something is written there that is neither data nor known to be anything else.
    Unclear,
}

/// The rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRows {
    /// Rows of data, counted from zero.
    pub data: Vec<u32>,
    /// Rows of sums, with the first and last row each covers.
    pub sums: Vec<(u32, (u32, u32))>,
    /// Rows that hold something and could not be told.
    pub unclear: Vec<u32>,
    /// Rows of figures of another time.
    pub beside: Vec<u32>,
    /// Rows that say themselves that they are examples.
    pub examples: Vec<u32>,
    /// Rows of data below the sum of the whole table or the signature block.
    pub below_end: Vec<u32>,
    /// The last row that belongs to the table.
    pub end: u32,
}

/// Columns that a row must fill, and the column that numbers the rows.
#[derive(Debug, Clone, Default)]
pub struct RowShape {
    /// Columns of the table, ascending.
    pub columns: Vec<u32>,
    /// The columns of each field that a row cannot do without; one of them is enough.
    pub required: Vec<Vec<u32>>,
    /// STT.
    pub number: Option<u32>,
    /// The code of the unit that a row of a roll-up is about.
    pub unit: Option<u32>,
}

/// One table's surroundings, for telling its rows.
struct Sorter<'a> {
    header: &'a Header,
    shape: &'a RowShape,
    merges: &'a Merges,
    none: &'a NoneWords,
    /// Whether rows of the table are numbered 1, 2, 3, so that a row without a number stands out.
    numbered: bool,
}

/// Sorts the rows below a header up to and including row `end`, the header's repetitions left out.
pub fn table_rows(
    sheet: &Sheet,
    header: &Header,
    merges: &Merges,
    (shape, none): (&RowShape, &NoneWords),
    (end, again): (u32, &[(u32, u32)]),
) -> TableRows {
    let first = sheet.rows.partition_point(|row| row.index <= header.last_row);
    let under = || sheet.rows.iter().skip(first).take_while(|row| row.index <= end);
    let number = |row: &Row| shape.number.and_then(|col| row.get(col)).is_some_and(is_row_number);
    let numbered = under().any(|row| number(row) && row.cells.len() > 2);
    let sorter = Sorter { header, shape, merges, none, numbered };
    let (mut begun, mut ended) = (false, false);
    let mut looks = 0;
    let mut kinds = Vec::new();
    let header_again = |row: u32| again.iter().any(|span| (span.0..=span.1).contains(&row));
    for row in under().filter(|row| !header_again(row.index)) {
        let mut kind = sorter.kind_of(row, begun, ended);
        if matches!(kind, RowKind::Data | RowKind::Unclear)
            && looks < MOST_WORDLESS
            && sorter.is_wordless(row)
        {
            looks += 1;
            kind = wordless_sum(sheet, &kinds, row).unwrap_or(kind);
        }
        // `Cộng` under each of several blocks is that block's sum.
        let again = kind == RowKind::Total && kinds.iter().any(|(_, kind)| *kind == RowKind::Total);
        if again && looks < MOST_WORDLESS {
            looks += 1;
            kind = wordless_sum(sheet, &kinds, row).unwrap_or(kind);
        }
        begun |= kind == RowKind::Data;
        ended |= matches!(kind, RowKind::Total | RowKind::Foot);
        if kind != RowKind::Between {
            kinds.push((row.index, kind));
        }
    }
    find_sum_above(sheet, &mut kinds, &sorter);
    find_headings(sheet, &mut kinds, &sorter);
    let number = |at| sheet.cell(CellRef::new(at, shape.number?)).and_then(row_number);
    let is_header = |at| header_again(at) || sheet.row(at).is_some_and(|row| repeats(row, header));
    unsign(&mut kinds, (number, is_header), |at| {
        sheet.row(at).is_some_and(|row| sorter.goes_on(&sorter.facts(row)))
    });
    if end < u32::MAX || numbered {
        // A few words below the last row are the next table's title, or who signs.
        let told = |kind: RowKind| !matches!(kind, RowKind::Unclear | RowKind::Foot);
        let last = kinds.iter().rposition(|(_, kind)| told(*kind)).map_or(0, |at| at + 1);
        let mut at = 0;
        kinds.retain(|(row, kind)| {
            at += 1;
            *kind != RowKind::Unclear || at <= last || !sheet.row(*row).is_some_and(few_words)
        });
    }
    let mut rows = assemble(&kinds, header.last_row);
    rows.below_end = below_end(&kinds, number);
    rows
}

/// Puts the rows together; what a sum covers depends on the rows around it.
fn assemble(kinds: &[(u32, RowKind)], header_end: u32) -> TableRows {
    let of = |wanted: RowKind| {
        kinds.iter().filter(move |(_, kind)| *kind == wanted).map(|(row, _)| *row)
    };
    let data: Vec<u32> = of(RowKind::Data).collect();
    let last = data.last().copied().unwrap_or(header_end);
    let mut sums = Vec::new();
    let mut from = header_end + 1;
    let mut title: Option<u32> = None;
    for (row, kind) in kinds {
        let before = row.saturating_sub(1);
        match kind {
            RowKind::Total if data.first().is_none_or(|first| first > row) => {
                sums.push((*row, (row + 1, last)));
            }
            RowKind::Total => {
                sums.push((*row, (header_end + 1, before)));
                // The first of several `Cộng` looks like the whole table's until another one comes.
                from = row + 1;
            }
            RowKind::SectionSum => {
                sums.push((*row, (from, before)));
                from = row + 1;
            }
            RowKind::SectionTitle => {
                sums.extend(title.map(|title| (title, (title + 1, before))));
                title = Some(*row);
                from = row + 1;
            }
            _ => continue,
        }
        if !matches!(kind, RowKind::SectionTitle) {
            sums.extend(title.take().map(|title| (title, (title + 1, before))));
        }
    }
    sums.extend(title.map(|title| (title, (title + 1, last))));
    sums.sort_unstable();
    let end = data.iter().chain(sums.iter().map(|(row, _)| row)).max();
    let end = end.copied().unwrap_or(header_end);
    let (unclear, examples) = (of(RowKind::Unclear).collect(), of(RowKind::Example).collect());
    let beside = of(RowKind::Beside).collect();
    TableRows { data, sums, unclear, beside, examples, below_end: Vec::new(), end }
}

/// What the cells of a row say about its kind.
#[derive(Debug, Default)]
struct Facts {
    /// Cells of the table that are filled, the row's number left out.
    filled: usize,
    /// Those among them that are results of formulas with nothing to add up.
    idle: usize,
    /// Figures among them, dates included.
    figures: usize,
    /// Words among them.
    words: usize,
    /// Fields that a row cannot do without and that are filled, by merged cells too.
    required: usize,
    /// Those of them that hold words or a date.
    told: usize,
    /// The place among the table's columns of the first cell that is filled.
    first: usize,
    /// The row is numbered.
    numbered: bool,
    /// The row's number counts sections.
    section: bool,
    /// The row's number says that it is an example.
    example: bool,
}

impl Sorter<'_> {
    /// What a row is; `begun` when rows of data stand above it, `ended` when the table's end does.
    fn kind_of(&self, row: &Row, begun: bool, ended: bool) -> RowKind {
        let facts = self.facts(row);
        if facts.filled == 0 && !facts.section
            || numbers_columns(row, !begun)
            || repeats(row, self.header)
            || is_spelt_out(row)
            || says_none(row, self.none)
            || (!begun && self.header.table == TableId::Meetings && says_none_held(row, self.none))
        {
            return RowKind::Between;
        }
        if facts.example {
            return RowKind::Example;
        }
        let plain = facts.numbered && !may_be_sum(row);
        let words = if plain { None } else { first_words(row) }.unwrap_or_default();
        let beside = is_other_span(&words) || (facts.told <= 1 && compares(&words));
        if beside && facts.figures > 0 && !facts.numbered {
            return RowKind::Beside;
        }
        if let Some(sum) = sum_kind(&words, &facts) {
            return sum;
        }
        if self.header.table == TableId::RollUp && facts.figures > 0 && names_own_level(row) {
            return RowKind::Data;
        }
        let needed = self.shape.required.len();
        if facts.section && self.may_title(row, &facts) {
            return if facts.figures > 0 { RowKind::SectionTitle } else { RowKind::Between };
        }
        if facts.numbered {
            let note = ended && facts.figures == 0 && facts.filled < 2;
            let idle = facts.idle == facts.filled;
            return if idle || note { RowKind::Between } else { RowKind::Data };
        }
        if self.continues(row) && facts.idle < facts.filled {
            // A record of its own may share the number, or number and date, of another.
            return if self.own(row) * 2 > needed { RowKind::Data } else { RowKind::Unclear };
        }
        let full = facts.required * 2 > needed;
        if ended || begins_foot(&words) {
            return match facts.figures {
                _ if full => RowKind::Data,
                0 => RowKind::Foot,
                _ if facts.idle == facts.filled => RowKind::Between,
                _ => RowKind::Unclear,
            };
        }
        if facts.idle == facts.filled {
            return RowKind::Between;
        }
        let half = facts.required * 2 >= needed.max(3) && !self.numbered;
        // Figures that no words or dates go with: in a numbered table, more likely a section's sums.
        let bare = self.numbered && facts.told == 0;
        if full || half || (facts.figures > 0 && facts.required > 0 && !bare) {
            return RowKind::Data;
        }
        // A line of words alone is a title; unless rows carry no numbers, then it may be a record.
        let title = facts.figures == 0 && (facts.filled == 1 || facts.required == 0);
        if title && (self.numbered || facts.required == 0) {
            // A title begins at the left; words further right go on with the record above.
            return if begun && self.goes_on(&facts) { RowKind::Unclear } else { RowKind::Between };
        }
        RowKind::Unclear
    }

    /// Whether a row under a section's number may be its title: hardly a field of a row is told in words.
    fn may_title(&self, row: &Row, facts: &Facts) -> bool {
        let needed = self.shape.required.len();
        self.numbered && !self.names_unit(row) && facts.told * 2 <= needed.min(4)
    }

    /// Whether the row bears the code of a commune, as no heading does.
    fn names_unit(&self, row: &Row) -> bool {
        self.shape.unit.and_then(|col| row.get(col)).is_some_and(is_commune_code)
    }

    /// Whether words without a number begin so far right in a numbered table that they are no title.
    fn goes_on(&self, facts: &Facts) -> bool {
        let in_order = self.shape.number == self.shape.columns.first().copied();
        self.numbered && in_order && facts.first >= TITLE_COLUMNS
    }

    /// Whether the row's number is merged with the one above: more of the same record, not another one.
    fn continues(&self, row: &Row) -> bool {
        let number = self.shape.number.map(|col| CellRef::new(row.index, col));
        let anchor = number.and_then(|at| self.merges.anchor_above(at));
        anchor.is_some_and(|anchor| anchor.row > self.header.last_row)
    }

    /// How many of the fields that a row cannot do without it fills itself.
    fn own(&self, row: &Row) -> usize {
        let fills = |col: &u32| row.get(*col).is_some_and(|cell| !is_empty(cell));
        self.shape.required.iter().filter(|cols| cols.iter().any(fills)).count()
    }

    /// Whether the row holds figures alone, in a table whose rows have numbers: it may be a sum.
    fn is_wordless(&self, row: &Row) -> bool {
        let mut cells = row.cells.iter().filter(|cell| !is_empty(cell));
        self.numbered
            && cells.all(|cell| matches!(cell.value, Value::Number(_)))
            && self.shape.number.is_none_or(|col| row.get(col).is_none_or(is_empty))
    }

    fn facts(&self, row: &Row) -> Facts {
        let mut facts = Facts::default();
        for cell in &row.cells {
            let Ok(place) = self.shape.columns.binary_search(&cell.col) else { continue };
            if is_empty(cell) {
                continue;
            }
            if Some(cell.col) == self.shape.number {
                facts.numbered = is_row_number(cell);
                facts.section = matches!(&cell.value, Value::Text(text) if counts_sections(text));
                facts.example = matches!(&cell.value, Value::Text(text) if is_example(text));
                // A total's name may stand in the numbering column.
                if facts.numbered || facts.section {
                    continue;
                }
            }
            if facts.filled == 0 {
                facts.first = place;
            }
            facts.filled += 1;
            facts.idle += usize::from(is_idle(cell));
            if is_figure(cell) {
                facts.figures += 1;
            } else {
                facts.words += 1;
            }
        }
        if facts.filled > 0 {
            let cells = self.shape.required.iter().filter_map(|cols| self.one_of(row, cols));
            for told in cells {
                facts.required += 1;
                facts.told += usize::from(told);
            }
        }
        facts
    }

    /// Whether one of these columns is filled in the row, and then whether with words or a date. Cells
    /// merged over several rows are looked up by the row below.
    fn one_of(&self, row: &Row, cols: &[u32]) -> Option<bool> {
        cols.iter().find_map(|col| {
            if let Some(cell) = row.get(*col).filter(|cell| !is_empty(cell)) {
                return Some(!is_number(cell));
            }
            let anchor = self.merges.anchor_above(CellRef::new(row.index, *col))?;
            (anchor.row > self.header.last_row).then_some(true)
        })
    }
}

fn sum_kind(words: &str, facts: &Facts) -> Option<RowKind> {
    if is_total(words) {
        return Some(RowKind::Total);
    }
    // A sentence that begins so has other words beside it.
    if begins_as_total(words) && facts.words <= 1 {
        return Some(RowKind::Total);
    }
    (is_section_sum(words) && !facts.numbered && facts.words <= 1).then_some(RowKind::SectionSum)
}

#[cfg(test)]
mod tests;
