//! What the cells of a row hold, as far as it tells what the row is: figures, words, a row number.

use super::none_words::NoneWords;
use super::row_words::is_own_level;
use crate::model::text::{begins_plainly, is_filler, word_key};
use crate::open::{Cell, Row, Value};

/// Bytes of the shortest line that is known by being spelt out; `Không` in every cell is data.
const SHORTEST_LINE: usize = 12;

pub(super) fn is_empty(cell: &Cell) -> bool {
    let is_blank = |text: &str| text.trim_start().is_empty() || is_filler(text);
    matches!(&cell.value, Value::Text(text) if !begins_plainly(text) && is_blank(text))
}

/// A formula that found nothing to add up.
pub(super) fn is_idle(cell: &Cell) -> bool {
    match &cell.value {
        Value::Uncomputed => true,
        Value::Number(n) => cell.computed && *n == 0.0,
        _ => false,
    }
}

pub(super) fn is_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => text.trim_start().starts_with(|c: char| c.is_numeric()),
        _ => true,
    }
}

pub(super) fn is_number(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => {
            let bare = text.trim();
            // A share is a figure too.
            let bare = bare.strip_suffix('%').unwrap_or(bare).trim_end();
            bare == "-" || bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        }
        Value::Date(_) => false,
        _ => true,
    }
}

/// At most three cells, all of them words.
pub(super) fn few_words(row: &Row) -> bool {
    row.cells.len() <= 3 && row.cells.iter().all(|cell| !is_figure(cell))
}

/// Whether a row says in every cell that there is nothing to report: `1 | Không | -`, `1 | Không có kiến nghị`.
pub(super) fn says_none(row: &Row, none: &NoneWords) -> bool {
    let mut words = 0;
    let rest = row.cells.iter().enumerate().filter(|(at, cell)| *at > 0 || !is_row_number(cell));
    rest.map(|(_, cell)| cell).filter(|cell| !is_empty(cell)).all(|cell| match &cell.value {
        Value::Number(n) => *n == 0.0,
        Value::Text(text) => {
            words += 1;
            none.is_none(text)
        }
        _ => false,
    }) && words > 0
}

/// Whether a row holds nothing, its number aside, but a line which says that no meeting was held.
pub(super) fn says_none_held(row: &Row, none: &NoneWords) -> bool {
    let mut rest =
        row.cells.iter().enumerate().filter(|(at, cell)| *at > 0 || !is_row_number(cell));
    let mut filled = rest.by_ref().map(|(_, cell)| cell).filter(|cell| !is_empty(cell));
    match (filled.next().map(|cell| &cell.value), filled.next()) {
        (Some(Value::Text(text)), None) => none.is_none_held(text),
        _ => false,
    }
}

/// Whether the cell holds a commune's code, which may have lost its leading zero.
pub(super) fn is_commune_code(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(n) => (1_000.0..100_000.0).contains(n),
        Value::Text(text) => {
            let text = text.trim();
            (4..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether the cell holds a row's number.
pub(super) fn is_row_number(cell: &Cell) -> bool {
    row_number(cell).is_some()
}

/// The row's number (STT): `3`, `03`, `(3)`, `3.`.
pub(super) fn row_number(cell: &Cell) -> Option<f64> {
    match &cell.value {
        Value::Number(n) => (*n >= 0.0 && n.fract() == 0.0).then_some(*n),
        Value::Text(text) => {
            let bare = text.trim().trim_matches(['(', ')', '.', '/', '-', ' ']);
            let digits = bare.len() <= 6 && bare.bytes().all(|b| b.is_ascii_digit());
            bare.parse().ok().filter(|_| digits)
        }
        _ => None,
    }
}

/// The row's first words, folded but apart; numbers written as text are no words.
pub(super) fn first_words(row: &Row) -> Option<String> {
    let text = row.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) if !is_row_number(cell) && !text.trim().is_empty() => Some(text),
        _ => None,
    })?;
    // The sign of a sum has no letters.
    if matches!(text.trim(), "∑" | "Σ") {
        return Some("tong".to_owned());
    }
    (text.len() <= 120).then(|| word_key(text))
}

/// Whether a cell of the row names the district itself; a letter may number the row before it.
pub(super) fn names_own_level(row: &Row) -> bool {
    row.cells.iter().any(
        |cell| matches!(&cell.value, Value::Text(text) if text.len() <= 60 && is_own_level(&word_key(text))),
    )
}

/// Whether the row's first words can be those of a sum: `Tổng …`, `Cộng …`.
pub(super) fn may_be_sum(row: &Row) -> bool {
    row.cells.iter().any(|cell| match &cell.value {
        Value::Text(text) => text.trim_start().starts_with(['T', 't', 'C', 'c', 'Ｔ', 'Ｃ']),
        _ => false,
    })
}

/// A line of words written into every cell that it was merged over, as some programs do on export.
pub(super) fn is_spelt_out(row: &Row) -> bool {
    fn line(cell: &Cell) -> Option<&str> {
        match &cell.value {
            Value::Text(text) if text.len() >= SHORTEST_LINE && !is_figure(cell) => Some(text),
            _ => None,
        }
    }
    let same = |one: Option<&Cell>, other: Option<&Cell>| {
        one.zip(other).is_some_and(|(one, other)| line(one).is_some() && line(one) == line(other))
    };
    let cells = row.cells.as_slice();
    cells.len() > 1
        && cells.iter().enumerate().all(|(at, cell)| {
            let before = at.checked_sub(1).and_then(|before| cells.get(before));
            same(Some(cell), before) || same(Some(cell), cells.get(at + 1))
        })
}
