//! Which rows under a header are data, which are sums, and where the table ends.

use super::header::{Header, numbers_columns, repeats};
use crate::model::text::key;
use crate::open::{Cell, Row, Sheet, Value};
use std::collections::BTreeSet;

/// What a row under a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    /// A row that the form asks for.
    Data,
    /// A row of sums (Tổng cộng).
    Sum,
    /// Blank, a section's title, a repeated header, a row of column numbers.
    Between,
    /// The signature block or notes: nothing of the table follows, unless data comes again.
    Foot,
}

/// The rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRows {
    /// Rows of data, counted from zero.
    pub data: Vec<u32>,
    /// Rows of sums, with the first and last row each covers.
    pub sums: Vec<(u32, (u32, u32))>,
    /// The last row that belongs to the table.
    pub end: u32,
}

/// Columns that a row must fill, and the column that numbers the rows.
#[derive(Debug, Clone, Default)]
pub struct RowShape {
    /// Columns of the table.
    pub columns: BTreeSet<u32>,
    /// Those of them that a row cannot do without.
    pub required: BTreeSet<u32>,
    /// STT.
    pub number: Option<u32>,
}

/// Words with which a signature block or a note begins.
const FOOT_WORDS: [&str; 14] = [
    "nguoilap",
    "noinhan",
    "thutruong",
    "tm",
    "kt",
    "kytenn",
    "xacnhan",
    "ghichu",
    "luuy",
    "bithu",
    "chutich",
    "vanphong",
    "tl",
    "nguoitonghop",
];

/// Sorts the rows from `first` up to (not including) `end`.
pub fn table_rows(sheet: &Sheet, header: &Header, shape: &RowShape, end: u32) -> TableRows {
    let mut rows = TableRows { end: header.last_row, ..TableRows::default() };
    let mut from = header.last_row + 1;
    let mut ended = false;
    for row in sheet.rows.iter().filter(|row| (header.last_row + 1..end).contains(&row.index)) {
        match kind_of(row, sheet, header, shape, ended) {
            RowKind::Data => rows.data.push(row.index),
            RowKind::Sum => {
                rows.sums.push((row.index, (from, row.index)));
                // Only a section's own sum starts a new section.
                if !is_grand_total(row) {
                    from = row.index + 1;
                }
                ended |= is_grand_total(row);
            }
            RowKind::Between => {}
            RowKind::Foot => ended = true,
        }
        rows.end = row.index;
    }
    for (_, covers) in &mut rows.sums {
        covers.1 = covers.1.saturating_sub(1);
    }
    let start = header.last_row + 1;
    for (at, covers) in &mut rows.sums {
        let grand = sheet.row(*at).is_some_and(is_grand_total);
        // A grand total above the rows is usual too: it covers the whole table.
        let above = rows.data.iter().all(|row| row > at);
        if grand && above {
            *covers = (*at + 1, rows.data.last().copied().unwrap_or(*at));
        } else if grand {
            covers.0 = start;
        }
    }
    rows
}

fn kind_of(row: &Row, sheet: &Sheet, header: &Header, shape: &RowShape, ended: bool) -> RowKind {
    let inside: Vec<&Cell> = row
        .cells
        .iter()
        .filter(|cell| shape.columns.contains(&cell.col))
        .filter(|c| filled(c))
        .collect();
    if inside.is_empty() || numbers_columns(row) || repeats(row, sheet, header) {
        return RowKind::Between;
    }
    let numbered = shape.number.and_then(|col| row.get(col)).is_some_and(is_row_number);
    if is_sum(row) && !numbered {
        return RowKind::Sum;
    }
    let others = inside.iter().filter(|cell| Some(cell.col) != shape.number).count();
    let required = inside.iter().filter(|cell| shape.required.contains(&cell.col)).count();
    let figures = inside
        .iter()
        .filter(|cell| Some(cell.col) != shape.number && !matches!(cell.value, Value::Text(_)))
        .count();
    if numbered {
        return if others > 0 { RowKind::Data } else { RowKind::Between };
    }
    if ended || is_foot(row) {
        // After the end only a row that is filled like a row of the table is one.
        let full = required * 2 > shape.required.len() && figures > 0;
        return if full { RowKind::Data } else { RowKind::Foot };
    }
    if figures > 0 || required >= 2 { RowKind::Data } else { RowKind::Between }
}

fn filled(cell: &Cell) -> bool {
    !matches!(&cell.value, Value::Text(text) if text.trim().is_empty())
}

fn is_row_number(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(n) => *n >= 0.0 && n.fract() == 0.0,
        Value::Text(text) => {
            let bare = text.trim().trim_end_matches(['.', ')']);
            !bare.is_empty() && bare.len() <= 6 && bare.bytes().all(|b| b.is_ascii_digit())
        }
        _ => false,
    }
}

fn first_words(row: &Row) -> Option<String> {
    row.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) if text.len() <= 120 && !text.trim().is_empty() => Some(key(text)),
        _ => None,
    })
}

fn is_sum(row: &Row) -> bool {
    first_words(row).is_some_and(|words| is_total_word(&words) || is_section_sum(&words))
}

fn is_grand_total(row: &Row) -> bool {
    first_words(row).is_some_and(|words| is_total_word(&words))
}

fn is_total_word(words: &str) -> bool {
    matches!(words, "tong" | "cong" | "ts")
        || ["tongcong", "tongso"].iter().any(|w| words.starts_with(w))
}

/// `Cộng I`, `Cộng mục 2`, `Tổng I`, `Cộng huyện …`.
fn is_section_sum(words: &str) -> bool {
    let rest = words.strip_prefix("cong").or_else(|| words.strip_prefix("tong"));
    rest.is_some_and(|rest| {
        let counter = rest.len() <= 4 && rest.chars().all(|c| "ivxabcd0123456789".contains(c));
        counter || ["muc", "phan", "huyen", "khu", "nhom"].iter().any(|w| rest.starts_with(w))
    })
}

fn is_foot(row: &Row) -> bool {
    first_words(row).is_some_and(|words| {
        FOOT_WORDS.iter().any(|word| {
            words
                .strip_prefix(word)
                .is_some_and(|rest| word.len() > 2 || rest.starts_with(['b', 'd', 'u']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sum() {
        for (words, sum) in [
            ("Tổng cộng", true),
            ("TỔNG SỐ:", true),
            ("Cộng", true),
            ("Cộng I", true),
            ("Cộng huyện Bảo Yên", true),
            ("Cộng đồng dân cư thôn 3", false),
            ("Tổ dân phố số 5", false),
            ("Công tác giải phóng mặt bằng", false),
        ] {
            let words = key(words);
            assert_eq!(is_total_word(&words) || is_section_sum(&words), sum, "{words}");
        }
    }

    #[test]
    fn words_of_a_signature_block() {
        let row = |text: &str| Row {
            cells: vec![Cell { col: 1, value: Value::Text(text.into()), computed: false }],
            ..Row::default()
        };
        for (words, foot) in [
            ("NGƯỜI LẬP BIỂU", true),
            ("T/M BAN THƯỜNG VỤ", true),
            ("KT. BÍ THƯ", true),
            ("Ghi chú: số liệu đến hết tháng 3", true),
            ("Thôn Tân Tiến", false),
            ("Trụ sở UBND xã", false),
        ] {
            assert_eq!(is_foot(&row(words)), foot, "{words}");
        }
    }
}
