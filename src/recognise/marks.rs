//! Rows under a header that hold no data: the row of column numbers, and the header once more.

use super::header::Header;
use crate::model::text::key;
use crate::open::{Row, Value};

/// Whether a row only numbers the columns: `1 2 3`, `(1)`, `A B 1 2`, `3=4+5`. Above the
/// first row of data numbers may be left out, and columns may have been moved together with their numbers.
pub(super) fn numbers_columns(row: &Row, above_data: bool) -> bool {
    let mut next: Option<u32> = None;
    let mut seen: Vec<u32> = Vec::new();
    for cell in &row.cells {
        let mark = match &cell.value {
            Value::Number(n) => whole(*n).map_or(Mark::No, Mark::Number),
            Value::Text(text) => mark_of(text),
            _ => Mark::No,
        };
        match mark {
            Mark::Blank | Mark::Other => {}
            // The numbers follow each other; figures of a row of data do not.
            Mark::Number(n) | Mark::Formula(n) if above_data => seen.push(n),
            Mark::Number(n) if next.map_or(n <= 1, |next| n == next) => next = Some(n + 1),
            Mark::Formula(n) => next = Some(n + 1),
            Mark::Number(_) | Mark::No => return false,
        }
    }
    let marks = row.cells.len();
    if above_data && !seen.is_empty() {
        let highest = seen.iter().max().is_some_and(|most| *most as usize <= marks + 5);
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        return marks >= 3 && highest && seen.len() == all;
    }
    marks >= 3 && (next.is_some() || marks >= 5)
}

enum Mark {
    Blank,
    Number(u32),
    /// `3=4+5`, with its own number.
    Formula(u32),
    /// A letter.
    Other,
    No,
}

fn whole(n: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked here")]
    (n.fract() == 0.0 && (0.0..1000.0).contains(&n)).then_some(n as u32)
}

fn mark_of(text: &str) -> Mark {
    let text = text.trim();
    if text.len() > 24 {
        return Mark::No;
    }
    let bare = text.trim_matches(['(', ')', '[', ']', ' ', '.']);
    if bare.is_empty() {
        return if text.is_empty() { Mark::Blank } else { Mark::No };
    }
    if let Some((left, right)) = bare.split_once('=') {
        let sum = right.chars().all(|c| c.is_ascii_digit() || "+-()[], .".contains(c));
        let number = left.trim_matches(['(', ')', '[', ']', ' ']).parse();
        return number.ok().filter(|_| sum).map_or(Mark::No, Mark::Formula);
    }
    if bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase()) {
        return Mark::Other;
    }
    let number = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    bare.parse().ok().filter(|_| number).map_or(Mark::No, Mark::Number)
}

/// Whether a row repeats words of the header further down the table.
pub(super) fn repeats(row: &Row, header: &Header) -> bool {
    let mut words = 0usize;
    let mut same = 0usize;
    for cell in &row.cells {
        match &cell.value {
            Value::Text(text) if text.trim().is_empty() => {}
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
        ] {
            assert_eq!(numbers_columns(&row(marks), false), expected, "{marks:?}");
        }
        assert!(numbers_columns(&row(&["1", "2", "4", "5"]), true));
        assert!(numbers_columns(&row(&["3", "1", "2", "(4)"]), true));
        assert!(!numbers_columns(&row(&["3", "1", "85"]), true));
        assert!(!numbers_columns(&row(&["3", "3", "2"]), true));
        assert!(!numbers_columns(&row(&["1", "2", "4", "5"]), false));
    }
}
