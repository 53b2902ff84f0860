//! The report of the yearly review: head, text, signature, annexes with every unit.

use super::{lists, tables};
use crate::aggregate::review::Review;
use crate::render::Spelling;
use crate::render::json::review::NO_RATING;
use crate::render::narrative::{Part, Template, review_narrative};
use crate::render::pdf::figure::LEGEND_OF_QUARTERS;
use crate::render::pdf::font::Face;
use crate::render::pdf::letterhead::{head, signature, title};
use crate::render::pdf::model::{About, Block, Document, Paragraph, Table};
use crate::render::pdf::office::Office;
use crate::render::pdf::report::{Enclosed, contents, pages, text};
use crate::render::pdf::{RenderError, printed, respell, small_tables};
use std::io::Write;

/// The review as a PDF file, with the office's own words; the same bytes for the same review.
pub fn review(
    review: &Review,
    office: &Office,
    template: &Template<'_>,
) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    review_to(review, office, template, &mut out)?;
    Ok(out)
}

/// As [`review`], written while it is made.
pub fn review_to(
    review: &Review,
    office: &Office,
    template: &Template<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), RenderError> {
    let parts = review_narrative(review, template, office.spelling)?;
    let document = document(review, office, &parts);
    printed::print(&document, out)
}

/// Puts the document together.
pub(super) fn document<'r>(review: &'r Review, office: &Office, parts: &[Part]) -> Document<'r> {
    let subject = vec![
        "đánh giá kết quả tiếp xúc, đối thoại trực tiếp với Nhân dân".to_owned(),
        format!("theo Quy chế 17-QC/TU năm {}", review.year),
    ];
    let annexes = annexes(review, office.spelling);
    let mut blocks = vec![head(office, review.as_of)];
    blocks.extend(title(&subject, office.standard));
    let words = parts.iter().filter(|part| !matches!(part, Part::Chart(_)));
    blocks.extend(words.map(|part| Block::Paragraph(text(part, office.standard))));
    blocks.extend(contents(&annexes, office.standard));
    blocks.extend(signature(office));
    blocks.extend(pages(annexes, office, review.as_of));
    let about = About {
        title: format!("Báo cáo {}", subject.join(" ")),
        author: office.issuer_in_text.clone(),
        subject: format!("Đánh giá thực hiện Quy chế 17-QC/TU năm {}", review.year),
        keywords: ["Quy chế 17-QC/TU", "đánh giá năm"].map(str::to_owned).to_vec(),
    };
    let mark = (!office.is_complete()).then_some("DỰ THẢO".into());
    Document { blocks, mark, about }
}

fn annexes(review: &Review, spelling: Spelling) -> Vec<Enclosed<'_>> {
    let year = review.year;
    let trend = tables::trend(review);
    let no_past = format!(
        "Báo cáo của các đơn vị trong năm {} không có trong lần tổng hợp này nên không lập được bảng so sánh.",
        year - 1
    );
    let below_trend = if trend.is_some() { LEGEND_OF_QUARTERS } else { no_past.as_str() };
    let rules = review.profile().map(|profile| small_tables::rules(&[profile], spelling));
    let parts: [(&'static str, &'static str, String, Option<Table<'_>>, &str); 7] = [
        (
            "Phụ lục 1",
            "pl1",
            format!("Kết quả thực hiện chỉ tiêu từng quý và cả năm {year}"),
            Some(tables::verdicts(review)),
            LEGEND_OF_QUARTERS,
        ),
        (
            "Phụ lục 2",
            "pl2",
            format!("Nộp báo cáo và chất lượng số liệu năm {year}"),
            Some(tables::record(review)),
            LEGEND_OF_QUARTERS,
        ),
        (
            "Phụ lục 3",
            "pl3",
            format!("Thông báo kết luận và giải quyết ý kiến, kiến nghị năm {year}"),
            Some(tables::figures(review)),
            LEGEND_OF_QUARTERS,
        ),
        (
            "Phụ lục 4",
            "pl4",
            format!("So sánh năm {year} với năm {}", year - 1),
            trend,
            below_trend,
        ),
        (
            "Phụ lục 5",
            "pl5",
            format!("Danh sách gợi ý biểu dương, nhắc nhở năm {year}"),
            Some(lists::named(review)),
            NO_RATING,
        ),
        ("Phụ lục 6", "pl6", "Quy tắc áp dụng, tiêu chí và căn cứ".to_owned(), rules, ""),
        (
            "Phụ lục 7",
            "pl7",
            format!("Danh mục minh chứng để đối chiếu năm {year}"),
            Some(lists::documents(review)),
            "",
        ),
    ];
    let enclosed = parts.into_iter().map(|(label, anchor, title, table, remark)| {
        let title = spelling.apply(&title).into_owned();
        Enclosed { label, anchor, title, blocks: blocks(table, remark, spelling) }
    });
    enclosed.collect()
}

/// A table with what is to be said below it.
fn blocks<'r>(table: Option<Table<'r>>, remark: &str, spelling: Spelling) -> Vec<Block<'r>> {
    let mut blocks = Vec::new();
    if let Some(mut table) = table {
        respell::table(&mut table, spelling);
        blocks.push(Block::Table(table));
    }
    if !remark.is_empty() {
        let remark = Paragraph::new(Face::Italic, 10.0, spelling.apply(remark).into_owned());
        blocks.push(Block::Paragraph(Paragraph { before: 4.0, ..remark }));
    }
    blocks
}
