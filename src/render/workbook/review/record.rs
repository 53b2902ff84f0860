//! `ĐG2 - Nộp báo cáo, số liệu`: when each quarter's report came, and how many faults it had.

use super::book::{break_remark, caption};
use super::list::List;
use super::verdicts::head;
use crate::aggregate::review::{Quality, Review, Timing, UnitQuarter};
use crate::render::workbook::RenderError;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::Shape;
use crate::render::workbook::table::{Column, col, sub};
use crate::render::workbook::words::NOTHING;
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;

/// The name of the sheet.
pub(super) const NAME: &str = "ĐG2 - Nộp báo cáo, số liệu";
const STATES: &str = "Tình trạng nộp";
const DAYS: &str = "Ngày nộp";
const YEAR: &str = "Số báo cáo trong năm";
const ERRORS: &str = "Lỗi phải sửa";
const WARNINGS: &str = "Sửa hoặc giải trình";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 30.0, Shape::Text),
    col("Cấp", 11.5, Shape::Word),
    sub(STATES, "Quý I", 13.0, Shape::Word),
    sub(STATES, "Quý II", 13.0, Shape::Word),
    sub(STATES, "Quý III", 13.0, Shape::Word),
    sub(STATES, "Quý IV", 13.0, Shape::Word),
    sub(DAYS, "Quý I", 11.5, Shape::Date),
    sub(DAYS, "Quý II", 11.5, Shape::Date),
    sub(DAYS, "Quý III", 11.5, Shape::Date),
    sub(DAYS, "Quý IV", 11.5, Shape::Date),
    sub(YEAR, "Phải nộp", 6.5, Shape::Number),
    sub(YEAR, "Đúng hạn", 6.5, Shape::Number),
    sub(YEAR, "Muộn", 6.5, Shape::Number),
    sub(YEAR, "Không rõ ngày", 6.5, Shape::Number),
    sub(YEAR, "Không đọc được", 7.5, Shape::Number),
    sub(YEAR, "Chưa nộp", 6.5, Shape::Number),
    sub(ERRORS, "I", 5.5, Shape::Number),
    sub(ERRORS, "II", 5.5, Shape::Number),
    sub(ERRORS, "III", 5.5, Shape::Number),
    sub(ERRORS, "IV", 5.5, Shape::Number),
    sub(ERRORS, "Cả năm", 6.5, Shape::Number),
    sub(ERRORS, "Đã giải trình", 7.0, Shape::Number),
    sub(WARNINGS, "I", 5.5, Shape::Number),
    sub(WARNINGS, "II", 5.5, Shape::Number),
    sub(WARNINGS, "III", 5.5, Shape::Number),
    sub(WARNINGS, "IV", 5.5, Shape::Number),
    sub(WARNINGS, "Cả năm", 6.5, Shape::Number),
];

/// The columns of reports owed and in time.
pub(super) const OWED: &str = "M";
/// The column of reports in time.
pub(super) const ON_TIME: &str = "N";
/// The column of the year's errors.
pub(super) const ALL_ERRORS: &str = "W";

/// The sheet without its rows.
pub(super) fn list(review: &Review) -> List<'static> {
    let what = "Nộp đúng hạn n/4: số báo cáo đúng hạn trên số báo cáo phải nộp trong năm. Chưa nộp không có nghĩa là \
                không tổ chức cuộc nào. Lỗi xem từng dòng ở trang Lỗi số liệu.";
    let mut remarks = vec![caption(review), what.to_owned()];
    remarks.extend(break_remark(review));
    List::plain(NAME, "ĐÁNH GIÁ 2. NỘP BÁO CÁO VÀ CHẤT LƯỢNG SỐ LIỆU", remarks, COLUMNS)
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
        for quarter in &unit.quarters {
            to.text(quarter.as_ref().map_or(NOTHING, |quarter| quarter.timing.label()));
        }
        for quarter in &unit.quarters {
            match quarter.as_ref().and_then(|quarter| quarter.submitted) {
                Some(day) => to.date(day),
                None => to.text(NOTHING),
            }
        }
        let (row, record) = (to.number_of_row(), unit.punctuality);
        to.formula(&format!("SUM(N{row}:R{row})"), u64::from(record.owed));
        for (timing, count) in [
            (Timing::OnTime, record.on_time),
            (Timing::Late, record.late),
            (Timing::Undated, record.undated),
            (Timing::Unreadable, record.unreadable),
            (Timing::Missing, record.missing),
        ] {
            let formula = format!("COUNTIF(E{row}:H{row},\"{}\")", timing.label());
            to.formula(&formula, u64::from(count));
        }
        let whole = unit.quality();
        faults(&unit.quarters, to, |quality| quality.errors);
        to.formula(&format!("SUM(S{row}:V{row})"), whole.errors);
        to.number(whole.excused);
        faults(&unit.quarters, to, |quality| quality.warnings);
        to.formula(&format!("SUM(Y{row}:AB{row})"), whole.warnings);
    })
}

fn faults(
    quarters: &[Option<UnitQuarter>; 4],
    to: &mut RowWriter<'_>,
    of: impl Fn(Quality) -> u64,
) {
    for quarter in quarters {
        match quarter {
            Some(quarter) => to.number(of(quarter.quality)),
            None => to.text(NOTHING),
        }
    }
}
