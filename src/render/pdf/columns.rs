//! How wide the columns of a table are: from their content, within the page.

use super::font::{Face, Fonts};
use super::lines::{mm, push_words, space};
use super::model::{RowKind, Table};

/// Space between a cell's text and its sides, in millimetres.
pub(super) const PAD: f64 = 1.0;

/// The widest that a column asks for on its own, in millimetres; longer text is broken.
const ENOUGH: f64 = 70.0;

/// What a column asks for, in thousandths of the size of its letters.
#[derive(Debug, Clone, Copy, Default)]
struct Wish {
    /// Its longest word.
    least: f64,
    /// Its longest text on one line.
    full: f64,
}

/// The width of each column in millimetres; together they fill `width`.
pub(super) fn widths(fonts: &mut Fonts, table: &Table<'_>, width: f64) -> Vec<f64> {
    let wishes = wishes(fonts, table);
    let unit = mm(table.size) / 1000.0;
    let least: Vec<f64> = wishes.iter().map(|wish| wish.least * unit + 2.0 * PAD).collect();
    let full: Vec<f64> = (wishes.iter().zip(&least))
        .map(|(wish, least)| (wish.full * unit + 2.0 * PAD + 0.1).min(ENOUGH).max(*least))
        .collect();
    let (sum_least, sum_full) = (least.iter().sum::<f64>(), full.iter().sum::<f64>());
    if sum_full <= width {
        // What is to spare shortens the long texts first; no other column needs it.
        let longer: Vec<f64> = (wishes.iter().zip(&full))
            .map(|(wish, full)| (wish.full * unit + 2.0 * PAD + 0.1 - full).max(0.0))
            .collect();
        let part = ((width - sum_full) / longer.iter().sum::<f64>().max(0.1)).min(1.0);
        let grown = full.iter().zip(&longer).map(|(full, longer)| full + longer * part);
        let grown: Vec<f64> = grown.collect();
        let sum = grown.iter().sum::<f64>();
        return grown.iter().map(|grown| grown * width / sum).collect();
    }
    if sum_least <= width {
        let part = (width - sum_least) / (sum_full - sum_least);
        return least
            .iter()
            .zip(&full)
            .map(|(least, full)| least + (full - least) * part)
            .collect();
    }
    capped(&least, width)
}

/// Narrows the widest columns to one common width, so that all together fit.
fn capped(least: &[f64], width: f64) -> Vec<f64> {
    let (mut low, mut high) = (0.0, width);
    for _ in 0..60 {
        let cap = f64::midpoint(low, high);
        let sum: f64 = least.iter().map(|least| least.min(cap)).sum();
        if sum > width { high = cap } else { low = cap }
    }
    least.iter().map(|least| least.min(low)).collect()
}

fn wishes(fonts: &mut Fonts, table: &Table<'_>) -> Vec<Wish> {
    let mut wishes = vec![Wish::default(); table.columns.len()];
    let mut tokens = Vec::new();
    let between = space(fonts, Face::Regular, 1.0) / mm(1.0) * 1000.0;
    let mut measure = |fonts: &mut Fonts, face, text: &str| {
        tokens.clear();
        push_words(fonts, face, text, false, &mut tokens);
        let mut wish = Wish::default();
        for (i, token) in tokens.iter().enumerate() {
            let word = f64::from(fonts.get(token.word).width);
            wish.least = wish.least.max(word);
            wish.full += word + if i > 0 { between } else { 0.0 };
        }
        wish
    };
    for row in &table.rows {
        let face = if row.kind == RowKind::Plain { Face::Regular } else { Face::Bold };
        let mut column = 0;
        for cell in &row.cells {
            if cell.columns == 1 && !cell.text.is_empty() {
                let asked = measure(fonts, face, &cell.text);
                if let Some(wish) = wishes.get_mut(column) {
                    wish.least = wish.least.max(asked.least);
                    wish.full = wish.full.max(asked.full);
                }
            }
            column += cell.columns;
        }
    }
    for cell in &table.header {
        let asked = measure(fonts, Face::Bold, &cell.text).least;
        let end = (cell.column + cell.columns).min(wishes.len());
        let Some(covered) = wishes.get_mut(cell.column..end) else { continue };
        let has: f64 = covered.iter().map(|wish| wish.least).sum();
        let each = (asked - has) / f64::from(u32::try_from(covered.len().max(1)).unwrap_or(1));
        for wish in covered {
            wish.least += each.max(0.0);
            wish.full = wish.full.max(wish.least);
        }
    }
    wishes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::model::{Align, Cell, Row};
    use proptest::prelude::*;

    /// A verdict of one word beside its criteria, as in the lists of the review.
    #[test]
    fn long_texts_get_what_is_to_spare() {
        let mut fonts = Fonts::new().unwrap();
        let long = "nộp đúng hạn mọi báo cáo; ".repeat(20);
        let texts = ["1", "Đạt", long.as_str()];
        let cells = texts.map(|text| Cell { text: text.into(), columns: 1 });
        let table = Table {
            columns: vec![Align::Left; texts.len()],
            rows: vec![Row { kind: RowKind::Plain, cells: cells.to_vec() }],
            size: 10.0,
            ..Table::default()
        };
        let widths = widths(&mut fonts, &table, 250.0);
        assert!(widths[2] > 230.0, "{widths:?}");
    }

    proptest! {
        #[test]
        fn columns_fill_the_width(texts in prop::collection::vec("[a-zđêô ]{0,90}", 1..12)) {
            let mut fonts = Fonts::new().unwrap();
            let cells = texts.iter().map(|text| Cell { text: text.as_str().into(), columns: 1 });
            let table = Table {
                columns: vec![Align::Left; texts.len()],
                rows: vec![Row { kind: RowKind::Plain, cells: cells.collect() }],
                size: 10.0,
                ..Table::default()
            };
            let widths = widths(&mut fonts, &table, 165.0);
            prop_assert!((widths.iter().sum::<f64>() - 165.0).abs() < 0.01);
            prop_assert!(widths.iter().all(|width| *width > 0.0));
        }
    }
}
