//! Phụ lục 5 and 7 of the yearly review: units named by criteria, and documents to tick off.

use super::tables::{empty, name};
use crate::aggregate::review::{Document, Named, Review};
use crate::render::narrative::name_in_review;
use crate::render::pdf::figure::NOTHING;
use crate::render::pdf::model::{Align, Cell, Row, RowKind, Table};
use crate::render::pdf::small_tables::{plain, row};
use std::borrow::Cow;

/// Phụ lục 5: both lists, each line with the criteria that put it there.
pub(super) fn named(review: &Review) -> Table<'static> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Kết quả năm", Align::Left),
        ("Tiêu chí đưa vào danh sách", Align::Left),
    ];
    let mut rows: Vec<Row<'static>> = Vec::new();
    for (title, named) in [
        ("Đề nghị xem xét biểu dương: đủ mọi tiêu chí", &review.commended),
        ("Đề nghị xem xét nhắc nhở: có ít nhất một tiêu chí", &review.reminded),
    ] {
        let text = format!("{title} ({} đơn vị)", named.len()).into();
        rows.push(Row { kind: RowKind::Group, cells: vec![Cell { text, columns: heads.len() }] });
        if named.is_empty() {
            rows.push(empty("Không có đơn vị nào.", heads.len()));
        }
        rows.extend(named.iter().enumerate().filter_map(|(at, one)| line(review, at, one)));
    }
    plain(&heads, "Phụ lục 5 (tiếp theo)", rows)
}

fn line(review: &Review, at: usize, named: &Named) -> Option<Row<'static>> {
    let unit = review.units.get(named.unit)?;
    let criteria: Vec<&str> = named.criteria.iter().map(|one| one.words.as_str()).collect();
    let texts: [Cow<'static, str>; 4] = [
        (at + 1).to_string().into(),
        name_in_review(review, unit).into(),
        unit.account.verdict.label().into(),
        format!("{}.", criteria.join("; ")).into(),
    ];
    Some(row(RowKind::Plain, texts))
}

/// How a document is told in tables: kind, number, days, quarters, where, and what to look at.
pub(super) fn told(document: &Document) -> [Cow<'static, str>; 6] {
    let missing = if document.unreadable { "không đọc được" } else { NOTHING };
    let days = document.days();
    let number = document.number.clone();
    [
        document.kind.label().into(),
        number.map_or(Cow::Borrowed(missing), Cow::Owned),
        if days.is_empty() { missing.into() } else { days.into() },
        document.quarters().into(),
        place(document).into(),
        document.remark().unwrap_or_default().into(),
    ]
}

/// File, sheet and cells; the workbook has the whole path.
fn place(document: &Document) -> String {
    let Some((_, first)) = document.places.first() else { return String::new() };
    let file = first.file.as_ref().map_or("", |file| file.file_name());
    let sheet = first.sheet.as_ref().map(|sheet| &*sheet.name);
    let parts = [Some(file), sheet, Some(&*document.cells())];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" › ")
}

/// Phụ lục 7: every document once, unit by unit, the last column left to the reviewer.
pub(super) fn documents(review: &Review) -> Table<'static> {
    let heads = [
        ("TT", Align::Centre),
        ("Loại văn bản", Align::Left),
        ("Số, ký hiệu", Align::Left),
        ("Ngày", Align::Centre),
        ("Quý", Align::Centre),
        ("Nơi ghi trong báo cáo", Align::Left),
        ("Lưu ý", Align::Left),
        ("Đã đối chiếu", Align::Centre),
    ];
    let mut rows: Vec<Row<'static>> = Vec::new();
    let mut last = None;
    for (number, document) in (1u64..).zip(&review.documents) {
        if last != Some(document.unit) {
            last = Some(document.unit);
            let unit = review.units.get(document.unit);
            let text = unit.map(|unit| format!("{} ({})", name(unit), unit.unit.code));
            let text = text.unwrap_or_default().into();
            let cells = vec![Cell { text, columns: heads.len() }];
            rows.push(Row { kind: RowKind::Group, cells });
        }
        let texts = [number.to_string().into()].into_iter().chain(told(document));
        rows.push(row(RowKind::Plain, texts.chain(["".into()])));
    }
    if rows.is_empty() {
        rows.push(empty("Các báo cáo không nêu văn bản nào.", heads.len()));
    }
    Table { size: 9.0, ..plain(&heads, "Phụ lục 7 (tiếp theo)", rows) }
}
