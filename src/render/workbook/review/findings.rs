//! `Lỗi số liệu` and `Nguồn` of a year: what was found in each quarter, and the files it was found in.

use super::book::{caption, number};
use super::list::List;
use crate::aggregate::FileLine;
use crate::aggregate::review::Review;
use crate::model::submission::FilePath;
use crate::model::{Finding, Period, UnitCode};
use crate::render::workbook::RenderError;
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::{Shape, Tab};
use crate::render::workbook::table::{Column, col};
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 7.0, Shape::Ordinal),
    col("Kỳ", 9.0, Shape::Word),
    col("Mức độ", 14.0, Shape::Word),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Tệp", 36.0, Shape::Text),
    col("Trang", 18.0, Shape::Text),
    col("Ô", 7.0, Shape::Word),
    col("Nội dung", 60.0, Shape::Text),
    col("Cách xử lý", 44.0, Shape::Text),
    col("Mã lỗi", 20.0, Shape::Word),
    col("Giải trình", 30.0, Shape::Text),
];

#[rustfmt::skip]
const FILES: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Kỳ", 9.0, Shape::Word),
    col("Tệp", 46.0, Shape::Text),
    col("Mã đơn vị", 9.0, Shape::Word),
    col("Tình trạng", 19.0, Shape::Word),
    col("Ngày nhận", 11.5, Shape::Date),
    col("Dung lượng (byte)", 12.0, Shape::Number),
    col("SHA-256", 40.0, Shape::Text),
];

/// Adds the findings: of each quarter, then of the year.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let all: Vec<(Option<Period>, &Finding)> = review.all_findings().collect();
    let title = "LỖI SỐ LIỆU VÀ ĐIỀU CẦN KIỂM TRA TRONG NĂM";
    let list = List::plain("Lỗi số liệu", title, vec![caption(review)], COLUMNS);
    let list = List { tab: Tab::Faults, frozen: 4, ..list };
    let count = all.len();
    list.add(to, fills, count, move |line, to| {
        let Some((period, finding)) = all.get(line) else { return };
        to.number(number(line));
        to.text(&period.map_or("cả năm".to_owned(), |period| period.to_string()));
        row(finding, to);
    })
}

fn maybe(to: &mut RowWriter<'_>, text: Option<&str>) {
    match text {
        Some(text) if !text.is_empty() => to.text(text),
        _ => to.blank(),
    }
}

fn row(finding: &Finding, to: &mut RowWriter<'_>) {
    let place = &finding.place;
    to.text(finding.severity.label());
    maybe(to, finding.unit.as_ref().map(UnitCode::as_str));
    maybe(to, place.file.as_ref().map(FilePath::as_str));
    maybe(to, place.sheet.as_ref().map(|sheet| &*sheet.name));
    maybe(to, place.cell.map(|cell| cell.to_string()).as_deref());
    to.text(&finding.message);
    to.text(&finding.help);
    to.text(&format!("{} {}", finding.rule.code, finding.rule.slug));
    maybe(to, finding.explanation.as_ref().map(|one| one.words()).as_deref());
}

/// Adds the files of the year and of the one before.
pub(super) fn add_sources<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let all: Vec<(Period, &FileLine)> = (review.before.iter().chain(&review.quarters))
        .flat_map(|quarter| quarter.files.iter().map(|file| (quarter.period.last(), file)))
        .collect();
    let tool = format!("Lập bằng qc17 phiên bản {}.", env!("CARGO_PKG_VERSION"));
    let profiles = review.quarters.iter().map(|quarter| {
        let profile = &quarter.profile;
        format!(
            "{}: {} ({}), SHA-256 {}",
            quarter.period, profile.id, profile.status, profile.sha256
        )
    });
    let profiles = format!("Hồ sơ quy tắc. {}.", profiles.collect::<Vec<_>>().join("; "));
    let list = List::plain("Nguồn", "NGUỒN SỐ LIỆU", vec![caption(review), tool, profiles], FILES);
    let list = List { tab: Tab::Grounds, ..list };
    let count = all.len();
    list.add(to, fills, count, move |line, to| {
        let Some((period, file)) = all.get(line) else { return };
        to.number(number(line));
        to.text(&period.to_string());
        to.text(file.path.as_str());
        maybe(to, file.unit.as_ref().map(UnitCode::as_str));
        to.text(file.status.label());
        match file.received {
            Some(day) => to.date(day),
            None => to.blank(),
        }
        to.number(file.size);
        maybe(to, file.sha256.as_deref());
    })
}
