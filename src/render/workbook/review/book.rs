//! The sheets of the review in their order, and what every one of them says.

use super::{criteria, evidence, figures, findings, overview, quarters, record, trend, verdicts};
use crate::aggregate::review::{Geography, Review, UnitYear};
use crate::model::Level;
use crate::render::json::review::NO_RATING;
use crate::render::workbook::{RenderError, finish, grounds, properties, style};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Seek, Write};

/// Draws the workbook of a yearly review. Equal reviews give equal bytes.
pub fn review(review: &Review) -> Result<Vec<u8>, RenderError> {
    let mut out = Cursor::new(Vec::new());
    review_to(review, &mut out)?;
    Ok(out.into_inner())
}

/// As [`review`], written while it is made.
pub fn review_to(review: &Review, out: impl Write + Seek) -> Result<(), RenderError> {
    let mut to = Workbook::new();
    to.set_default_format(&style::base(), 20, 64)?;
    let title = format!(
        "Đánh giá thực hiện Quy chế 17-QC/TU năm {}, {}",
        review.year,
        review.scope.full_name()
    );
    to.set_properties(&properties(title, review.as_of)?);
    let mut fills = Vec::new();
    overview::add(review, &mut to)?;
    verdicts::add(review, &mut to, &mut fills)?;
    record::add(review, &mut to, &mut fills)?;
    figures::add(review, &mut to, &mut fills)?;
    trend::add(review, &mut to, &mut fills)?;
    criteria::add(review, &mut to, &mut fills)?;
    evidence::add(review, &mut to, &mut fills)?;
    quarters::add(review, &mut to, &mut fills)?;
    findings::add(review, &mut to, &mut fills)?;
    if let Some(profile) = review.profile() {
        grounds::add((&[(profile, Vec::new())], false), caption(review), &mut to, &mut fills)?;
    }
    findings::add_sources(review, &mut to, &mut fills)?;
    finish(&mut to, &fills, out)
}

/// What every sheet says under its title.
pub(super) fn caption(review: &Review) -> String {
    format!(
        "{}, năm {}; số liệu tính đến ngày {}. {NO_RATING}",
        review.scope.full_name(),
        review.year,
        review.as_of.format("%d/%m/%Y")
    )
}

/// How units that ended in the year are shown; nothing where there is none.
pub(super) fn break_remark(review: &Review) -> Option<String> {
    let words = match review.geography {
        Geography::Then => {
            "số liệu ghi ở đơn vị tồn tại vào thời điểm đó, đơn vị cũ đứng dưới đơn vị kế tục"
        }
        Geography::Now => "số liệu của đơn vị cũ ghi ở đơn vị kế tục",
    };
    review.is_rearranged().then(|| {
        format!(
            "Trong năm có sắp xếp đơn vị hành chính, chuỗi số liệu ngắt quãng ở thời điểm đó: {words}; mỗi đơn vị \
             được xét theo các quý mà mình tồn tại."
        )
    })
}

/// The number of a unit in the first list, which ties its rows to it.
pub(super) fn number(at: usize) -> u64 {
    u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1)
}

/// The name of a unit; one that ended stands under its heir.
pub(super) fn name(unit: &UnitYear) -> String {
    let name = unit.unit.full_name();
    match (unit.ended, unit.unit.valid_to) {
        (true, Some(day)) if unit.heir.is_some() => {
            format!("↳ {name} (đến {})", day.format("%d/%m/%Y"))
        }
        (true, Some(day)) => format!("{name} (đến {})", day.format("%d/%m/%Y")),
        _ => name,
    }
}

/// The word of a level in its column.
pub(super) const fn level(level: Level) -> &'static str {
    crate::render::workbook::words::level(level)
}
