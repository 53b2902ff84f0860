//! Phụ lục 5: the report's figures beside those of other periods, with the differences.

use super::figure::{NOTHING, shown};
use super::model::{Align, Cell, HeaderCell, Row, RowKind, Table};
use super::small_tables::row;
use crate::aggregate::{Figure, Summary, Tallies, Tally};
use crate::model::count::grouped;
use crate::model::{Level, Past};
use crate::render::Spelling;
use crate::render::other_periods::{BEFORE, YEAR_AGO};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How many columns the table has.
const COLUMNS: usize = 8;

/// The table; none where no other period is known. Of several that are asked for, the columns of one that
/// is not known are dashes.
pub(super) fn table(summary: &Summary, spelling: Spelling) -> Option<Table<'static>> {
    let of = &summary.comparison;
    let others = [&of.previous, &of.same_last_year, &of.since_january].map(Option::as_ref);
    if others.iter().all(Option::is_none) {
        return None;
    }
    let mut columns = vec![Align::Centre, Align::Left];
    columns.extend([Align::Right; COLUMNS - 2]);
    Some(Table {
        columns,
        header: header(),
        header_rows: 2,
        numbered: true,
        rows: rows(summary, others, spelling),
        names: 1,
        size: 11.0,
        continued: "Phụ lục 5 (tiếp theo)".into(),
    })
}

fn header() -> Vec<HeaderCell<'static>> {
    let cell = |(row, column): (usize, usize), (rows, columns), text: &'static str| HeaderCell {
        row,
        column,
        rows,
        columns,
        text: text.into(),
    };
    let (figure, change) = ("Số liệu", "Tăng (+), giảm (−)");
    vec![
        cell((0, 0), (2, 1), "TT"),
        cell((0, 1), (2, 1), "Nội dung"),
        cell((0, 2), (2, 1), "Kỳ này"),
        cell((0, 3), (1, 2), BEFORE),
        cell((0, 5), (1, 2), YEAR_AGO),
        cell((0, 7), (2, 1), "Lũy kế từ đầu năm"),
        cell((1, 3), (1, 1), figure),
        cell((1, 4), (1, 1), change),
        cell((1, 5), (1, 1), figure),
        cell((1, 6), (1, 1), change),
    ]
}

/// Level by level, those that are no more too, then all together; one level needs no sum.
fn rows(summary: &Summary, others: [Option<&Past>; 3], spelling: Spelling) -> Vec<Row<'static>> {
    let past = others.iter().flatten().flat_map(|past| past.totals.keys());
    let levels: BTreeSet<Level> = summary.totals.keys().chain(past).copied().collect();
    let mut groups: Vec<Option<Level>> = Vec::new();
    if levels.len() > 1 {
        groups.extend(levels.into_iter().map(Some));
    }
    groups.push(None);
    let several = groups.len() > 1;
    let mut rows = Vec::with_capacity(groups.len() * (Figure::ALL.len() + 1));
    for group in groups {
        if several {
            let text = spelling.apply(group.map_or("Tổng cộng các cấp", level_head)).into_owned();
            let cells = vec![Cell { text: text.into(), columns: COLUMNS }];
            rows.push(Row { kind: RowKind::Group, cells });
        }
        for (number, figure) in (1u32..).zip(Figure::ALL) {
            let of = |totals: &BTreeMap<Level, Tallies>| match group {
                Some(level) => figure.of_level(totals, level),
                None => figure.of_all(totals),
            };
            let now = of(&summary.totals);
            let [before, year_ago, sum] =
                others.map(|past| past.map(|past| of(&past.totals)).unwrap_or_default());
            let texts: [Cow<'static, str>; COLUMNS] = [
                number.to_string().into(),
                spelling.apply(figure.headline()),
                shown(now).into(),
                shown(before).into(),
                difference(before, now).into(),
                shown(year_ago).into(),
                difference(year_ago, now).into(),
                shown(sum).into(),
            ];
            rows.push(row(RowKind::Plain, texts));
        }
    }
    rows
}

const fn level_head(level: Level) -> &'static str {
    match level {
        Level::Province => "Cấp tỉnh",
        Level::District => "Cấp huyện",
        Level::Commune => "Cấp xã",
    }
}

/// From the figure then to the figure now; none unless both are known.
fn difference(then: Tally, now: Tally) -> String {
    let Some((from, until)) = then.sum.zip(now.sum) else { return NOTHING.to_owned() };
    let sign = match until.cmp(&from) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    let star = if then.incomplete || now.incomplete { "*" } else { "" };
    format!("{sign}{}{star}", grouped(until.abs_diff(from)))
}
