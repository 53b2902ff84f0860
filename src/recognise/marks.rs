//! Rows under a header that hold no data: the row of column numbers, and the header once more.

use super::header::Header;
use crate::model::text::{begins_plainly, key};
use crate::open::{Row, Value};

/// Whether a row only numbers the columns: `1 2 3`, `(1)`, `A B 1 2`, `3=4+5`, `Cột 1`. Above the
/// first row of data numbers may be left out, and columns may have been moved together with their numbers.
pub(super) fn numbers_columns(row: &Row, above_data: bool) -> bool {
    let mut next: Option<u32> = None;
    let mut seen: Vec<u32> = Vec::new();
    let mut letters: Vec<&str> = Vec::new();
    let mut tagged: Vec<u32> = Vec::new();
    let mut codes = 0;
    for cell in &row.cells {
        let mark = match &cell.value {
            // A spreadsheet takes `(1)` for minus one.
            Value::Number(n) if above_data => whole(n.abs()).map_or(Mark::No, Mark::Number),
            Value::Number(n) => whole(*n).map_or(Mark::No, Mark::Number),
            Value::Text(text) => mark_of(text),
            _ => Mark::No,
        };
        match mark {
            Mark::Blank | Mark::Sum => {}
            // No letter stands for two columns; ticks do.
            Mark::Letter(letter) if letters.contains(&letter) => return false,
            Mark::Letter(letter) => letters.push(letter),
            Mark::Code => codes += 1,
            Mark::Tagged(n) if tagged.last().is_none_or(|last| *last < n) => tagged.push(n),
            // The numbers follow each other; figures of a row of data do not.
            Mark::Number(n) | Mark::Formula(n) if above_data => seen.push(n),
            Mark::Number(n) if next.map_or(n <= 1, |next| n == next) => next = Some(n + 1),
            Mark::Formula(n) => next = Some(n + 1),
            Mark::Number(_) | Mark::Tagged(_) | Mark::No => return false,
        }
    }
    let marks = row.cells.len();
    if above_data && !seen.is_empty() {
        let highest = seen.iter().max().is_some_and(|most| *most as usize <= marks + 5);
        let counted = are_different(&seen) || start_over(&seen) || go_up(&seen);
        return marks >= 3 && highest && counted;
    }
    marks >= 3 && codes < marks && (next.is_some() || marks >= 5)
}

fn are_different(numbers: &[u32]) -> bool {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|two| matches!(two, [one, other] if one != other))
}

/// Whether numbers go up by one and begin with one again: each block of columns is numbered by itself.
fn start_over(numbers: &[u32]) -> bool {
    numbers.first() == Some(&1)
        && numbers
            .windows(2)
            .all(|two| matches!(two, [one, next] if *next == one + 1 || *next == 1))
        && numbers.windows(2).all(|two| two != [1, 1])
}

/// Whether many numbers go up by one from the first on, but for a column or two copied with its number.
fn go_up(numbers: &[u32]) -> bool {
    const FEWEST: usize = 8;
    const MOST_COPIES: usize = 2;
    let steps = || numbers.windows(2).filter_map(|two| <[u32; 2]>::try_from(two).ok());
    let copies = steps().filter(|[one, next]| one == next).count();
    numbers.len() >= FEWEST
        && numbers.first().is_some_and(|first| *first <= 1)
        && steps().all(|[one, next]| next == one || next == one + 1)
        && copies <= MOST_COPIES
}

/// Characters of the longest mark; a sum over many columns is long.
const LONGEST_MARK: usize = 80;

enum Mark<'t> {
    Blank,
    Number(u32),
    /// `3=4+5`, with its own number.
    Formula(u32),
    /// `=4+5`, without one.
    Sum,
    /// A letter, or a Roman number.
    Letter(&'t str),
    /// The code of an outcome; a row of nothing else is a header.
    Code,
    /// A number behind the word for a column, or behind the letter of a block: `Cột 1`, `A1`.
    Tagged(u32),
    No,
}

fn whole(n: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked here")]
    (n.fract() == 0.0 && (0.0..1000.0).contains(&n)).then_some(n as u32)
}

fn mark_of(text: &str) -> Mark<'_> {
    let text = text.trim();
    if text.len() > LONGEST_MARK {
        return Mark::No;
    }
    let bare = text.trim_matches(BRACKETS);
    if bare.is_empty() {
        return if text.is_empty() { Mark::Blank } else { Mark::No };
    }
    if let Some((left, right)) = bare.split_once('=') {
        let sum = right.chars().all(|c| c.is_ascii_digit() || "+-–…→:()[], .".contains(c));
        let left = left.trim_matches(BRACKETS);
        return match left.parse() {
            Ok(number) if sum => Mark::Formula(number),
            _ if sum && left.is_empty() => Mark::Sum,
            _ => Mark::No,
        };
    }
    if is_column_letter(bare) || is_roman(bare) {
        return Mark::Letter(bare);
    }
    let number = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    if number {
        return bare.parse().map_or(Mark::No, Mark::Number);
    }
    let (tag, digits) = bare.split_at(bare.find(|c: char| c.is_ascii_digit()).unwrap_or_default());
    // `K1` … `K5` are names of columns.
    let tag_known = matches!(key(tag).as_str(), "cot" | "c" | "a" | "b");
    let digits = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    match bare.trim_start_matches(tag).parse() {
        Ok(number) if tag_known && digits => Mark::Tagged(number),
        _ if tag == "K" && digits => Mark::Code,
        _ => Mark::No,
    }
}

/// What is put around the number of a column.
const BRACKETS: [char; 11] = ['(', ')', '[', ']', '<', '>', '{', '}', '/', ' ', '.'];

/// `A` … `Z`, `AA`: letters that spreadsheets put over columns. No record is written in such words alone.
fn is_column_letter(text: &str) -> bool {
    let upper = text.bytes().all(|b| b.is_ascii_uppercase());
    let lower = text.bytes().all(|b| b.is_ascii_lowercase());
    (1..=2).contains(&text.len()) && (upper || lower)
}

fn is_roman(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether a row repeats words of the header further down the table.
pub(super) fn repeats(row: &Row, header: &Header) -> bool {
    let mut words = 0usize;
    let mut same = 0usize;
    for cell in &row.cells {
        match &cell.value {
            Value::Text(text) if !begins_plainly(text) && text.trim_start().is_empty() => {}
            Value::Text(text) => {
                words += 1;
                // A row of data is told by its first cells; its long texts need no key.
                if words <= 8 && header.has_word(cell.col, || key(text)) {
                    same += 1;
                }
            }
            _ => return false,
        }
    }
    words > 0 && same == words.min(8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::Cell;

    fn row(marks: &[&str]) -> Row {
        let cells = (0u32..).zip(marks).map(|(col, mark)| Cell {
            col,
            value: mark.parse().map_or_else(|_| Value::Text((*mark).into()), Value::Number),
            computed: false,
        });
        Row { cells: cells.collect(), ..Row::default() }
    }

    #[test]
    fn rows_that_number_the_columns() {
        for (marks, expected) in [
            (&["1", "2", "3", "4"][..], true),
            (&["(1)", "(2)", "(3)=(4)+(5)", "(4)"], true),
            (&["A", "B", "1", "2", "3=4+5", "4"], true),
            (&["A", "B", "C", "D", "E"], true),
            (&["[1]", "[2]", "[3]"], true),
            (&["0", "1", "2"], true),
            (&["1", "2"], false),
            (&["1", "1", "85"], false),
            (&["1", "5", "85"], false),
            (&["(5)", "(3)", "(2)"], false),
            (&["1", "Thôn 1", "3"], false),
            (&["3", "2", "1"], false),
            (&["A", "B", "C"], false),
            (&["a", "b", "c", "d", "e"], true),
            (&["Y", "Z", "AA", "AB", "AC"], true),
            (&["TT", "BT", "BT", "CT", "CT"], false),
            (&["I", "II", "III", "IV", "V"], true),
            (&["Cột 1", "Cột 2", "Cột 3", "Cột 4", "Cột 5"], true),
            (&["K1", "K2", "K3", "K4", "K5"], false),
            (&["x", "x", "x", "x", "x"], false),
            (&["-1", "-2", "-3"], false),
        ] {
            assert_eq!(numbers_columns(&row(marks), false), expected, "{marks:?}");
        }
        assert!(numbers_columns(&row(&["1", "2", "4", "5"]), true));
        assert!(numbers_columns(&row(&["3", "1", "2", "(4)"]), true));
        assert!(numbers_columns(&row(&["-1", "-2", "-3", "-4"]), true));
        assert!(numbers_columns(&row(&["1", "2", "3", "1", "2"]), true));
        assert!(numbers_columns(&row(&["1", "(2)=(3)+(4)+(5)+(6)+(7)+(8)", "K1", "K2"]), true));
        assert!(numbers_columns(&row(&["1", "2 = 3 + … + 7", "<3>", "=4+5", "4"]), true));
        assert!(!numbers_columns(&row(&["K1", "K2", "K3", "K4"]), true));
        assert!(numbers_columns(&row(&["1", "2", "3", "4", "4", "5", "6", "7", "8"]), true));
        assert!(!numbers_columns(&row(&["1", "2", "2", "3", "3", "3", "4", "4", "4"]), true));
        assert!(!numbers_columns(&row(&["1", "1", "2"]), true));
        assert!(!numbers_columns(&row(&["3", "1", "85"]), true));
        assert!(!numbers_columns(&row(&["3", "3", "2"]), true));
        assert!(!numbers_columns(&row(&["1", "2", "4", "5"]), false));
    }
}
