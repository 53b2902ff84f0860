//! `ĐG7 - Minh chứng`, `ĐG8 - Giải trình`: documents to tick off, and explanations that were accepted.

use super::book::{caption, name, number};
use super::list::List;
use crate::aggregate::review::Review;
use crate::model::privacy::masked;
use crate::render::workbook::RenderError;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::{Shape, Tab};
use crate::render::workbook::table::{Column, col, sub};
use crate::render::workbook::words::{NOTHING, UNREADABLE};
use rust_xlsxwriter::Workbook;

const SOURCE: &str = "Nơi ghi trong báo cáo";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 7.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 26.0, Shape::Text),
    col("Loại văn bản", 21.0, Shape::Word),
    col("Số, ký hiệu", 20.0, Shape::Word),
    col("Ngày", 24.0, Shape::Word),
    col("Quý", 9.0, Shape::Word),
    sub(SOURCE, "Tệp", 34.0, Shape::Text),
    sub(SOURCE, "Trang", 20.0, Shape::Text),
    sub(SOURCE, "Ô", 16.0, Shape::Word),
    col("Lưu ý", 26.0, Shape::Text),
    col("Đã đối chiếu", 9.0, Shape::Word),
];

#[rustfmt::skip]
const EXPLAINED: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Mã lỗi", 12.0, Shape::Word),
    col("Quý áp dụng", 14.0, Shape::Word),
    col("Số lỗi", 7.0, Shape::Number),
    col("Lý do", 60.0, Shape::Text),
    col("Người chấp nhận", 24.0, Shape::Text),
    col("Ngày", 11.5, Shape::Date),
    col("Đến ngày", 11.5, Shape::Date),
    col("Nguồn", 34.0, Shape::Text),
];

/// Adds both sheets.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    documents(review, to, fills)?;
    explanations(review, to, fills)
}

fn documents<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let what = "Mỗi văn bản một dòng, theo số và ngày mà đơn vị ghi trong báo cáo; một văn bản ghi ở nhiều ô thì nêu đủ các ô. \
                Cột cuối để trống cho người đối chiếu đánh dấu.";
    let remarks = vec![caption(review), what.to_owned()];
    let title = "ĐÁNH GIÁ 7. DANH MỤC MINH CHỨNG ĐỂ ĐỐI CHIẾU";
    let list = List::plain("ĐG7 - Minh chứng", title, remarks, COLUMNS);
    list.add(to, fills, review.documents.len(), move |line, to| {
        let one =
            review.documents.get(line).and_then(|one| Some((one, review.units.get(one.unit)?)));
        let Some((one, unit)) = one else { return };
        to.number(number(line));
        to.text(unit.unit.code.as_str());
        to.text(&name(unit));
        to.text(one.kind.label());
        let missing = if one.unreadable { UNREADABLE } else { NOTHING };
        to.text(one.number.as_deref().unwrap_or(missing));
        let days = one.days();
        to.text(if days.is_empty() { missing } else { &days });
        to.text(&one.quarters());
        let first = one.places.first().map(|(_, place)| place);
        to.text(first.and_then(|place| place.file.as_ref()).map_or("", |file| file.as_str()));
        to.text(first.and_then(|place| place.sheet.as_ref()).map_or("", |sheet| &*sheet.name));
        to.text(&one.cells());
        to.text(&one.remark().unwrap_or_default());
        to.blank();
    })
}

fn explanations<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let what = "Giải trình mà cơ quan tổng hợp đã chấp nhận (giai-trinh.csv); lỗi vẫn nêu, nhưng không tính là lỗi của đơn vị.";
    let mut remarks = vec![caption(review), what.to_owned()];
    if review.accepted.is_empty() {
        remarks.push("Trong năm không có giải trình nào được chấp nhận.".to_owned());
    }
    let list = List::plain(
        "ĐG8 - Giải trình",
        "ĐÁNH GIÁ 8. GIẢI TRÌNH ĐÃ ĐƯỢC CHẤP NHẬN",
        remarks,
        EXPLAINED,
    );
    let list = List { tab: Tab::Faults, ..list };
    list.add(to, fills, review.accepted.len(), move |line, to| {
        let Some(one) = review.accepted.get(line) else { return };
        let row = &one.explanation;
        to.number(number(line));
        to.text(row.unit.as_str());
        to.text(row.code.as_str());
        to.text(&one.period_words());
        to.number(u64::try_from(one.findings).unwrap_or(u64::MAX));
        to.text(&masked(row.reason.as_str()));
        to.text(row.by.as_ref().map_or(NOTHING, |by| by.as_str()));
        for day in [row.date, row.until] {
            match day {
                Some(day) => to.date(day),
                None => to.text(NOTHING),
            }
        }
        to.text(&format!("{}, dòng {}", row.file, row.line));
    })
}
