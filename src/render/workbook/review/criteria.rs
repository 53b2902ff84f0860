//! `ĐG5 - Đề nghị biểu dương`, `ĐG6 - Đề nghị nhắc nhở`: who, and by which criterion of the profile.

use super::book::{caption, level};
use super::list::List;
use crate::aggregate::review::{Named, Review};
use crate::render::narrative::name_in_review;
use crate::render::workbook::RenderError;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::Shape;
use crate::render::workbook::table::{Column, col};
use rust_xlsxwriter::Workbook;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 38.0, Shape::Text),
    col("Cấp", 11.5, Shape::Word),
    col("Kết quả năm", 20.0, Shape::Word),
    col("Tiêu chí đưa vào danh sách", 80.0, Shape::Text),
    col("Khóa trong hồ sơ quy tắc", 34.0, Shape::Text),
    col("Ý kiến của cơ quan xem xét", 30.0, Shape::Text),
];

/// Adds both sheets.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let ended = "Đơn vị đã kết thúc hoạt động trong năm không đưa vào danh sách.";
    for (name, title, how, named) in [
        (
            "ĐG5 - Đề nghị biểu dương",
            "ĐÁNH GIÁ 5. ĐƠN VỊ ĐỀ NGHỊ XEM XÉT BIỂU DƯƠNG",
            "Đơn vị đạt tất cả các tiêu chí [review.commend] của hồ sơ quy tắc; tiêu chí chưa chắc chắn coi là chưa đạt.",
            &review.commended,
        ),
        (
            "ĐG6 - Đề nghị nhắc nhở",
            "ĐÁNH GIÁ 6. ĐƠN VỊ ĐỀ NGHỊ XEM XÉT NHẮC NHỞ",
            "Đơn vị có ít nhất một tiêu chí [review.remind] của hồ sơ quy tắc, chắc chắn theo số liệu đã nộp.",
            &review.reminded,
        ),
    ] {
        let remarks = vec![caption(review), format!("{how} {ended}")];
        let list = List { verdicts: &[4], ..List::plain(name, title, remarks, COLUMNS) };
        rows(&list, review, named, to, fills)?;
    }
    Ok(())
}

fn rows<'a>(
    list: &List<'_>,
    review: &'a Review,
    named: &'a [Named],
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    list.add(to, fills, named.len(), move |line, to| {
        let one = named.get(line).and_then(|one| Some((one, review.units.get(one.unit)?)));
        let Some((one, unit)) = one else { return };
        to.number(super::book::number(line));
        to.text(unit.unit.code.as_str());
        to.text(&name_in_review(review, unit));
        to.text(level(unit.unit.level));
        to.text(unit.account.verdict.label());
        let joined = |of: fn(&crate::aggregate::review::Criterion) -> &str, with: &str| {
            one.criteria.iter().map(of).collect::<Vec<_>>().join(with)
        };
        to.text(&joined(|one| &one.words, "; "));
        to.text(&joined(|one| one.key, "; "));
        to.blank();
    })
}
