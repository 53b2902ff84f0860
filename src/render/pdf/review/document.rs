//! The report of the yearly review: head, text, signature, annexes with every unit.

use super::{lists, tables};
use crate::aggregate::review::Review;
use crate::render::json::review::NO_RATING;
use crate::render::narrative::{Part, Template, review_narrative};
use crate::render::pdf::figure::LEGEND;
use crate::render::pdf::font::{Face, Fonts};
use crate::render::pdf::letterhead::{annex, head, signature, title};
use crate::render::pdf::model::{About, Block, Document, Orientation, Paragraph, Table};
use crate::render::pdf::office::Office;
use crate::render::pdf::report::{Annex, contents, text};
use crate::render::pdf::{RenderError, canvas, flow, printed, respell, small_tables};

/// The review as a PDF file, with the office's own words; the same bytes for the same review.
pub fn review(
    review: &Review,
    office: &Office,
    template: &Template<'_>,
) -> Result<Vec<u8>, RenderError> {
    let parts = review_narrative(review, template, office.spelling)?;
    let document = document(review, office, &parts);
    let mut fonts = Fonts::new()?;
    let layout = flow::lay_out(&mut fonts, &document);
    canvas::draw(printed::Printed::default(), &fonts, layout, &document.about)
}

/// Puts the document together.
pub(super) fn document<'r>(review: &'r Review, office: &Office, parts: &[Part]) -> Document<'r> {
    let subject = vec![
        "đánh giá kết quả tiếp xúc, đối thoại trực tiếp với Nhân dân".to_owned(),
        format!("theo Quy chế 17-QC/TU năm {}", review.year),
    ];
    let annexes = annexes(review);
    let mut blocks = vec![head(office, review.as_of)];
    blocks.extend(title(&subject, office.standard));
    let words = parts.iter().filter(|part| !matches!(part, Part::Chart(_)));
    blocks.extend(words.map(|part| Block::Paragraph(text(part, office.standard))));
    blocks.extend(contents(&annexes, office.standard));
    blocks.extend(signature(office));
    for annex in &annexes {
        blocks.extend(pages_of(annex, review, office));
    }
    let about = About {
        title: format!("Báo cáo {}", subject.join(" ")),
        author: office.issuer_in_text.clone(),
        subject: format!("Đánh giá thực hiện Quy chế 17-QC/TU năm {}", review.year),
        keywords: ["Quy chế 17-QC/TU", "đánh giá năm"].map(str::to_owned).to_vec(),
    };
    let mark = (!office.is_complete()).then_some("DỰ THẢO".into());
    Document { blocks, mark, about }
}

fn annexes(review: &Review) -> Vec<Annex> {
    let year = review.year;
    let annex = |number, anchor, title| Annex { number, anchor, title };
    vec![
        annex(1, "pl1", format!("Kết quả thực hiện chỉ tiêu từng quý và cả năm {year}")),
        annex(2, "pl2", format!("Nộp báo cáo và chất lượng số liệu năm {year}")),
        annex(3, "pl3", format!("Thông báo kết luận và giải quyết ý kiến, kiến nghị năm {year}")),
        annex(4, "pl4", format!("So sánh năm {year} với năm {}", year - 1)),
        annex(5, "pl5", format!("Danh sách gợi ý biểu dương, nhắc nhở năm {year}")),
        annex(6, "pl6", "Quy tắc áp dụng, tiêu chí và căn cứ".to_owned()),
        annex(7, "pl7", format!("Danh mục minh chứng để đối chiếu năm {year}")),
    ]
}

fn pages_of<'r>(of: &Annex, review: &'r Review, office: &Office) -> Vec<Block<'r>> {
    let mut blocks: Vec<Block<'r>> = vec![Block::Page(Orientation::Landscape)];
    blocks.extend(annex(of.number, of.anchor, &of.title, office, review.as_of));
    let mut shown: Vec<Table<'r>> = match of.number {
        1 => vec![tables::verdicts(review)],
        2 => vec![tables::record(review)],
        3 => vec![tables::figures(review)],
        4 => vec![tables::trend(review)],
        5 => vec![lists::named(review)],
        6 => review.profile().map(small_tables::rules).into_iter().collect(),
        _ => vec![lists::documents(review)],
    };
    for table in &mut shown {
        respell::table(table, office.spelling);
    }
    blocks.extend(shown.into_iter().map(Block::Table));
    let remark = match of.number {
        1..=4 => LEGEND,
        5 => NO_RATING,
        _ => return blocks,
    };
    let legend = Paragraph::new(Face::Italic, 10.0, remark);
    blocks.push(Block::Paragraph(Paragraph { before: 4.0, ..legend }));
    blocks
}
