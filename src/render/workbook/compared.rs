//! `PL5 - So sánh`: the report's figures beside those of other periods, differences as formulas.

use super::RenderError;
use super::annex::{Annex, RowKind};
use super::book::Book;
use super::figure::{figure, marked};
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab, Weight};
use super::table::{Column, Table, col, sub};
use super::units;
use super::words::{self, NOTHING};
use super::xml::RowWriter;
use crate::aggregate::{Figure, Tally};
use crate::model::Past;
use crate::render::other_periods::{BEFORE, YEAR_AGO, remark};
use rust_xlsxwriter::Workbook;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Nội dung", 42.0, Shape::Text),
    col("Kỳ này", 13.0, Shape::Number),
    sub(BEFORE, "Số liệu", 13.0, Shape::Number),
    sub(BEFORE, "Tăng (+), giảm (−)", 13.0, Shape::Number),
    sub(YEAR_AGO, "Số liệu", 13.0, Shape::Number),
    sub(YEAR_AGO, "Tăng (+), giảm (−)", 13.0, Shape::Number),
    col("Lũy kế từ đầu năm", 13.0, Shape::Number),
];

const KINDS: &[(Weight, bool)] =
    &[(Weight::Plain, false), (Weight::Plain, true), (Weight::Level, false), (Weight::Level, true)];
const LEVEL: usize = 2;

/// Adds the sheet, where other periods are asked for.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    annex: &'a Annex,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let comparison = &book.summary.comparison;
    let others = [&comparison.previous, &comparison.same_last_year, &comparison.since_january];
    let known = others.iter().any(|other| other.is_some());
    if !known && comparison.absent.is_empty() {
        return Ok(());
    }
    let sums: Vec<(RowKind, u32)> = (annex.rows.iter().enumerate())
        .filter(|(_, kind)| matches!(kind, RowKind::Level(..) | RowKind::Total))
        .map(|(at, kind)| (kind.clone(), annex.row(at)))
        .collect();
    let mut remarks = vec![super::caption(book.summary)];
    remarks.extend(remark(book.summary));
    let table = Table {
        name: "PL5 - So sánh",
        title: "PHỤ LỤC 5. SO SÁNH VỚI CÁC KỲ KHÁC",
        remarks,
        columns: COLUMNS,
        numbered: true,
        frozen: 2,
        tab: Tab::Annex,
        kinds: KINDS,
        rows: u32::try_from(sums.len() * (Figure::ALL.len() + 1)).unwrap_or(u32::MAX),
        largest: Vec::new(),
    };
    table.add(to)?;
    let first = table.first_row();
    let rows = Few(move |to: &mut RowWriter<'_>| {
        let mut row = first;
        for (kind, source) in &sums {
            to.open(row, LEVEL);
            to.blank();
            to.text(match kind {
                RowKind::Level(level, _) => words::level(*level),
                _ => "Tổng cộng các cấp",
            });
            (0..6).for_each(|_| to.blank());
            to.close();
            for (number, figure) in (1u64..).zip(Figure::ALL) {
                row += 1;
                to.open(row, 0);
                to.number(number);
                self::row(book, (figure, kind, *source), others, to);
                to.close();
            }
            row += 1;
        }
    });
    fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    Ok(())
}

fn row(
    book: &Book<'_>,
    (of, kind, source): (Figure, &RowKind, u32),
    [before, year_ago, since_january]: [&Option<Past>; 3],
    to: &mut RowWriter<'_>,
) {
    to.text(of.headline());
    let (now, _) = units::tally(of, book, kind);
    figure(to, 0, now, now.sum, |_| format!("'{}'!{}{source}", units::NAME, units::letters(of)));
    for (past, letter) in [(before, 'D'), (year_ago, 'F')] {
        let then = past.as_ref().map(|past| of_past(of, kind, past)).unwrap_or_default();
        figure(to, 0, then, None, |_| String::new());
        difference(to, (then, now), letter);
    }
    let sum = since_january.as_ref().map(|past| of_past(of, kind, past)).unwrap_or_default();
    figure(to, 0, sum, None, |_| String::new());
}

/// From the figure then to the figure now; none unless both are known.
fn difference(to: &mut RowWriter<'_>, (then, now): (Tally, Tally), letter: char) {
    let Some((from, until)) = then.sum.zip(now.sum) else { return to.text(NOTHING) };
    to.style(if then.incomplete || now.incomplete { marked(0) } else { 0 });
    let row = to.number_of_row();
    to.signed_formula(&format!("C{row}-{letter}{row}"), i128::from(until) - i128::from(from));
    to.style(0);
}

/// The figure of another period, of the same level or of all.
fn of_past(of: Figure, kind: &RowKind, past: &Past) -> Tally {
    match kind {
        RowKind::Level(level, _) => of.of_level(&past.totals, *level),
        _ => of.of_all(&past.totals),
    }
}
