//! `ĐG1 - Kết quả năm`: the four quarterly verdicts of each unit beside the one of the year.

use super::book::{break_remark, caption, level, name, number};
use super::list::{List, MARKED};
use crate::aggregate::review::{Review, UnitQuarter, UnitYear};
use crate::aggregate::{Measure, Tally};
use crate::render::workbook::RenderError;
use crate::render::workbook::figure::figure;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::Shape;
use crate::render::workbook::table::{Column, col, sub};
use crate::render::workbook::words::NOTHING;
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;

/// The name of the sheet.
pub(super) const NAME: &str = "ĐG1 - Kết quả năm";
const VERDICTS: &str = "Kết quả từng quý";
const OWED: &str = "Chỉ tiêu của quý";
const COUNTED: &str = "Tính vào chỉ tiêu";
const YEAR: &str = "Cả năm";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 30.0, Shape::Text),
    col("Cấp", 11.5, Shape::Word),
    sub(VERDICTS, "Quý I", 16.0, Shape::Word),
    sub(VERDICTS, "Quý II", 16.0, Shape::Word),
    sub(VERDICTS, "Quý III", 16.0, Shape::Word),
    sub(VERDICTS, "Quý IV", 16.0, Shape::Word),
    sub(OWED, "I", 5.0, Shape::Number),
    sub(OWED, "II", 5.0, Shape::Number),
    sub(OWED, "III", 5.0, Shape::Number),
    sub(OWED, "IV", 5.0, Shape::Number),
    sub(COUNTED, "I", 6.0, Shape::Number),
    sub(COUNTED, "II", 6.0, Shape::Number),
    sub(COUNTED, "III", 6.0, Shape::Number),
    sub(COUNTED, "IV", 6.0, Shape::Number),
    sub(YEAR, "Chỉ tiêu", 7.5, Shape::Number),
    sub(YEAR, "Được tính", 7.5, Shape::Number),
    sub(YEAR, "Còn thiếu", 7.5, Shape::Number),
    sub(YEAR, "Kết quả năm", 20.0, Shape::Word),
    col("Ghi chú", 46.0, Shape::Text),
];

/// The column of the level, and that of the year's verdict.
pub(super) const LEVEL: u32 = 3;
/// The column of the year's verdict.
pub(super) const VERDICT: u32 = 19;

/// The sheet without its rows.
pub(super) fn list(review: &Review) -> List<'static> {
    let by = format!(
        "Chỉ tiêu năm xét theo {}. Dấu –: đơn vị chưa có hoặc không còn trong quý đó, hoặc không có số liệu (khác 0).",
        review.criteria.year_by.value.label()
    );
    let mut remarks = vec![caption(review), by];
    remarks.extend(break_remark(review));
    let title = "ĐÁNH GIÁ 1. KẾT QUẢ THỰC HIỆN CHỈ TIÊU TỪNG QUÝ VÀ CẢ NĂM";
    let list = List::plain(NAME, title, remarks, COLUMNS);
    List { kinds: MARKED, verdicts: &[4, 5, 6, 7, 19], ..list }
}

/// Adds the sheet.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    list(review).add(to, fills, review.units.len(), |at, to| {
        let Some(unit) = review.units.get(at) else { return };
        head(unit, at, to);
        for (slot, quarter) in unit.quarters.iter().enumerate() {
            match quarter {
                Some(quarter) => to.text(verdict(quarter)),
                None => to.text(&review.carried_words(unit, slot).unwrap_or(NOTHING.to_owned())),
            }
        }
        for measure in [Measure::Required, Measure::Counted] {
            for quarter in &unit.quarters {
                let tally = quarter.as_ref().map_or(Tally::default(), |q| q.tallies.get(measure));
                figure(to, 0, tally, None, |_| String::new());
            }
        }
        year(unit, to);
        to.text(&review.note(unit));
    })
}

/// The columns with which every sheet of units begins.
pub(super) fn head(unit: &UnitYear, at: usize, to: &mut RowWriter<'_>) {
    to.number(number(at));
    to.text(unit.unit.code.as_str());
    to.text(&name(unit));
    to.text(level(unit.unit.level));
}

fn verdict(quarter: &UnitQuarter) -> &'static str {
    use crate::aggregate::review::Timing;
    // A quarter that is not over has no verdict yet.
    if quarter.timing == Timing::Pending { quarter.timing.label() } else { quarter.verdict.label() }
}

fn year(unit: &UnitYear, to: &mut RowWriter<'_>) {
    let account = unit.account;
    let row = to.number_of_row();
    to.formula(&format!("SUM(I{row}:L{row})"), u64::from(account.owed));
    // Where each head is counted, the year's lesser head may be another one than a quarter's.
    let sum = unit.own.sum(Measure::Counted);
    let counted = Tally {
        sum: sum.map(|_| u64::from(account.counted)),
        incomplete: unit.own.get(Measure::Counted).incomplete,
    };
    figure(to, 0, counted, sum, |row| format!("SUM(M{row}:P{row})"));
    match counted.sum {
        Some(counted) => {
            let short = u64::from(account.owed).saturating_sub(counted);
            to.formula(&format!("MAX(0,Q{row}-R{row})"), short);
        }
        None => to.text(NOTHING),
    }
    to.text(account.verdict.label());
}
