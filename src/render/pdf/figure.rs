//! One figure in a table: `1.078`, `12*` with a hole in it, `–` where nothing was reported.

use crate::aggregate::{Measure, Tallies, Tally};
use crate::model::count::grouped;
use chrono::NaiveDate;

/// Shown where nothing was reported, which is not zero.
pub(super) const NOTHING: &str = "–";

/// What the star and the dash mean, under every table of figures.
pub(super) const LEGEND: &str = "Ghi chú: dấu “–” là chưa có số liệu (khác 0); dấu “*” là số liệu \
    chưa đầy đủ, có ô không đọc được, số ghi là tổng của các ô đọc được.";

/// The same where quarters are summed: one that did not come is a hole too.
pub(super) const LEGEND_OF_QUARTERS: &str = "Ghi chú: dấu “–” là chưa có số liệu (khác 0); dấu “*” là số liệu chưa đầy đủ, có ô \
    không đọc được hoặc có quý chưa nộp, số ghi là tổng của phần đọc được.";

/// The figure of a measure.
pub(super) fn shown(tally: Tally) -> String {
    let star = if tally.incomplete { "*" } else { "" };
    match tally.sum {
        Some(sum) => format!("{}{star}", grouped(sum)),
        None => format!("{NOTHING}{star}"),
    }
}

/// Periodic and ad hoc meetings together.
pub(super) fn held(tallies: &Tallies) -> Tally {
    let mut held = tallies.get(Measure::Periodic);
    held.merge(tallies.get(Measure::AdHoc));
    held
}

/// A day in a table, or the dash.
pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| NOTHING.to_owned(), |day| day.format("%d/%m/%Y").to_string())
}
