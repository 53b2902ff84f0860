//! `Số liệu quý`: the figures of every unit in every quarter, from which the year is summed.

use super::book::{caption, name, number};
use super::list::{List, MARKED};
use crate::aggregate::Measure;
use crate::aggregate::review::{Review, UnitQuarter, UnitYear};
use crate::render::workbook::RenderError;
use crate::render::workbook::figure::figure;
use crate::render::workbook::sheets;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::{Shape, Tab};
use crate::render::workbook::table::{Column, col, sub};
use rust_xlsxwriter::Workbook;

const NAME: &str = "Số liệu quý";
const CHAIR: &str = "Chủ trì";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const NOTICES: &str = "Thông báo kết luận";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("Ghi ở TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 28.0, Shape::Text),
    col("Quý", 6.0, Shape::Word),
    col("Chỉ tiêu", 7.0, Shape::Number),
    col("Tính vào chỉ tiêu", 7.0, Shape::Number),
    col("Định kỳ", 7.0, Shape::Number),
    col("Đột xuất", 7.0, Shape::Number),
    sub(CHAIR, "Bí thư", 7.0, Shape::Number),
    sub(CHAIR, "Chủ tịch UBND", 8.0, Shape::Number),
    sub(CHAIR, "Đồng chủ trì", 7.0, Shape::Number),
    sub(CHAIR, "Ủy quyền", 7.5, Shape::Number),
    col("Số lượt người tham gia", 9.5, Shape::Number),
    sub(OPINIONS, "Tổng số", 8.5, Shape::Number),
    sub(OPINIONS, "Trả lời tại hội nghị", 8.5, Shape::Number),
    sub(OPINIONS, "Đã giải quyết sau hội nghị", 9.0, Shape::Number),
    sub(OPINIONS, "Đang giải quyết", 8.5, Shape::Number),
    sub(OPINIONS, "Chưa giải quyết", 8.5, Shape::Number),
    sub(OPINIONS, "Chuyển cấp trên", 8.5, Shape::Number),
    sub(NOTICES, "Đúng hạn", 7.0, Shape::Number),
    sub(NOTICES, "Muộn", 7.0, Shape::Number),
    sub(NOTICES, "Chưa có", 7.0, Shape::Number),
    col("Tình trạng nộp", 18.0, Shape::Word),
    col("Kết quả", 18.0, Shape::Word),
    col("Lý do đơn vị nêu", 30.0, Shape::Text),
    col("Tệp", 40.0, Shape::Text),
];

/// The name of the column that says at which unit a row is counted.
pub(super) const AT: &str = "SLQ_TT";

/// The name of a measure's column.
pub(super) fn column(measure: Measure) -> String {
    format!("SLQ_{}", measure.key().to_uppercase())
}

/// The unit, as a place in the list, at which a unit's figures are counted.
fn counted_at(unit: &UnitYear, at: usize) -> usize {
    unit.heir.filter(|_| unit.carried).unwrap_or(at)
}

/// Adds the sheet and names its columns.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let what = "Một dòng là một đơn vị trong một quý, lấy từ báo cáo quý đó; số cả năm ở các trang trước là tổng các dòng \
                này theo cột “Ghi ở TT”.";
    let remarks = vec![caption(review), what.to_owned()];
    let list = List::plain(NAME, "SỐ LIỆU TỪNG QUÝ CỦA TỪNG ĐƠN VỊ", remarks, COLUMNS);
    let list = List { kinds: MARKED, tab: Tab::Rows, verdicts: &[23], frozen: 4, ..list };
    let rows: Vec<(usize, &UnitYear, &UnitQuarter)> = (review.units.iter().enumerate())
        .flat_map(|(at, unit)| {
            unit.known().map(move |quarter| (counted_at(unit, at), unit, quarter))
        })
        .collect();
    let names: Vec<(String, u16)> =
        Measure::ALL.into_iter().map(column).zip(4u16..).chain([(AT.to_owned(), 0)]).collect();
    let names: Vec<(&str, u16)> = names.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    sheets::define(to, &list.table(NAME, rows.len()), NAME, &names, "")?;
    let count = rows.len();
    list.add(to, fills, count, move |at, to| {
        let Some((counted_at, unit, quarter)) = rows.get(at) else { return };
        to.number(number(*counted_at));
        to.text(quarter.code.as_str());
        to.text(&name(unit));
        to.text(quarter.period.roman());
        for measure in Measure::ALL {
            figure(to, 0, quarter.tallies.get(measure), None, |_| String::new());
        }
        to.text(quarter.state.label());
        to.text(quarter.verdict.label());
        match &quarter.reason {
            Some(reason) => to.text(reason.as_str()),
            None => to.blank(),
        }
        match &quarter.file {
            Some(file) => to.text(file.as_str()),
            None => to.blank(),
        }
    })
}
