//! `ĐG4 - So với năm trước`: the same quarters of two years, unit by unit.

use super::book::{break_remark, caption};
use super::figures::share;
use super::list::{List, MARKED};
use super::verdicts::head;
use crate::aggregate::review::{Review, Share, Trend};
use crate::aggregate::{Measure, Tallies, Tally};
use crate::render::workbook::RenderError;
use crate::render::workbook::figure::{figure, marked};
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::Shape;
use crate::render::workbook::table::{Column, col, sub};
use crate::render::workbook::words::NOTHING;
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;

const NAME: &str = "ĐG4 - So với năm trước";
const HELD: &str = "Số cuộc (định kỳ, đột xuất)";
const COUNTED: &str = "Tính vào chỉ tiêu";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const SETTLED: &str = "Tỷ lệ giải quyết trong thẩm quyền";
const VERDICT: &str = "Kết quả năm";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 30.0, Shape::Text),
    col("Cấp", 11.5, Shape::Word),
    col("Các quý so sánh", 12.0, Shape::Word),
    sub(HELD, "Năm trước", 8.0, Shape::Number),
    sub(HELD, "Năm nay", 8.0, Shape::Number),
    sub(HELD, "Tăng, giảm", 8.0, Shape::Number),
    sub(COUNTED, "Năm trước", 8.0, Shape::Number),
    sub(COUNTED, "Năm nay", 8.0, Shape::Number),
    sub(COUNTED, "Tăng, giảm", 8.0, Shape::Number),
    sub(OPINIONS, "Năm trước", 8.0, Shape::Number),
    sub(OPINIONS, "Năm nay", 8.0, Shape::Number),
    sub(OPINIONS, "Tăng, giảm", 8.0, Shape::Number),
    sub(SETTLED, "Năm trước", 9.0, Shape::Percent),
    sub(SETTLED, "Năm nay", 9.0, Shape::Percent),
    sub(VERDICT, "Năm trước", 18.0, Shape::Word),
    sub(VERDICT, "Năm nay", 18.0, Shape::Word),
    col("Ghi chú", 40.0, Shape::Text),
];

/// Adds the sheet; it says so where nothing of the year before is known.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let rows: Vec<usize> = (review.units.iter().enumerate())
        .filter(|(_, unit)| unit.trend.is_some())
        .map(|(at, _)| at)
        .collect();
    let what = if rows.is_empty() {
        "Không có báo cáo nào của năm trước; thêm thư mục năm trước bằng --history để so sánh."
    } else {
        "Chỉ cộng những quý có số liệu ở cả hai năm. Kết quả năm trước chỉ nêu khi có đủ bốn quý."
    };
    let mut remarks = vec![caption(review), what.to_owned()];
    remarks.extend(break_remark(review));
    let list = List::plain(NAME, "ĐÁNH GIÁ 4. SO VỚI NĂM TRƯỚC", remarks, COLUMNS);
    let list = List { kinds: MARKED, verdicts: &[16, 17], ..list };
    let count = rows.len();
    list.add(to, fills, count, move |line, to| {
        let unit = rows.get(line).and_then(|at| Some((*at, review.units.get(*at)?)));
        let Some((at, unit)) = unit else { return };
        let Some(trend) = &unit.trend else { return };
        head(unit, at, to);
        row(trend, unit.account.verdict.label(), to);
    })
}

fn row(trend: &Trend, verdict: &str, to: &mut RowWriter<'_>) {
    let names = ["I", "II", "III", "IV"];
    let quarters: Vec<&str> = (trend.quarters.iter())
        .filter_map(|number| names.get(usize::try_from(*number).ok()?.checked_sub(1)?).copied())
        .collect();
    let words = quarters.join(", ");
    to.text(if words.is_empty() { NOTHING } else { &words });
    let row = to.number_of_row();
    for (columns, of) in [
        ("FG", held as fn(&Tallies) -> Tally),
        ("IJ", |tallies| tallies.get(Measure::Counted)),
        ("LM", |tallies| tallies.get(Measure::Opinions)),
    ] {
        change(of(&trend.then), of(&trend.now), (columns, row), to);
    }
    for tallies in [&trend.then, &trend.now] {
        let settled = Share::settled(tallies);
        to.style(if settled.uncertain { marked(0) } else { 0 });
        match settled.known() {
            Some((part, whole)) => share(settled, &part.to_string(), &whole.to_string(), to),
            None => to.text(NOTHING),
        }
        to.style(0);
    }
    to.text(trend.verdict.map_or(NOTHING, crate::model::Verdict::label));
    to.text(verdict);
    to.text(if trend.broken {
        "So với tổng số liệu của các đơn vị tiền thân; chuỗi số liệu ngắt quãng do sắp xếp đơn vị."
    } else {
        ""
    });
}

fn held(tallies: &Tallies) -> Tally {
    let mut held = tallies.get(Measure::Periodic);
    held.merge(tallies.get(Measure::AdHoc));
    held
}

/// The two figures, and the second less the first.
fn change(then: Tally, now: Tally, (columns, row): (&str, u32), to: &mut RowWriter<'_>) {
    figure(to, 0, then, None, |_| String::new());
    figure(to, 0, now, None, |_| String::new());
    let (a, b) = columns.split_at(1);
    to.style(if then.incomplete || now.incomplete { marked(0) } else { 0 });
    match then.sum.zip(now.sum) {
        Some((then, now)) => to.difference_formula(&format!("{b}{row}-{a}{row}"), now, then),
        None => to.text(NOTHING),
    }
    to.style(0);
}
