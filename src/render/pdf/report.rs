//! The quarterly report as a document: head, text, signature, annexes.

use super::figure::LEGEND;
use super::font::Face;
use super::letterhead::{annex, head, signature, title};
use super::model::{About, Align, Block, Document, Orientation, Paragraph, Table};
use super::office::Office;
use super::{small_tables, units_table};
use crate::aggregate::Summary;
use crate::render::narrative::Part;

/// Size of the running text in points, and the distance of its baselines.
const BODY: (f64, f64) = (14.0, 18.0);

/// One annex: its number, the name by which links find it, its title.
struct Annex {
    number: u32,
    anchor: &'static str,
    title: String,
}

/// Puts the document together.
pub(super) fn document<'s>(
    summary: &'s Summary,
    office: &Office,
    parts: &'s [Part],
) -> Document<'s> {
    let subject = subject(summary);
    let mut blocks = vec![head(office, summary.as_of)];
    blocks.extend(title(&subject));
    blocks.extend(parts.iter().filter_map(text));
    let annexes = annexes(summary);
    blocks.extend(contents(&annexes));
    blocks.extend(signature(office));
    for annex in &annexes {
        blocks.extend(pages_of(annex, summary, office));
    }
    let mark = (!office.is_complete()).then_some("DỰ THẢO".into());
    let about = About {
        title: format!("Báo cáo {}", subject.join(" ")),
        author: office.issuer_in_text.clone(),
        subject: format!("Thực hiện Quy chế 17-QC/TU {}", summary.period.label()),
        keywords: ["Quy chế 17-QC/TU", "tiếp xúc, đối thoại"].map(str::to_owned).to_vec(),
    };
    Document { blocks, mark, about }
}

/// Trích yếu nội dung, as long as two lines.
fn subject(summary: &Summary) -> Vec<String> {
    vec![
        "kết quả tiếp xúc, đối thoại trực tiếp với Nhân dân".to_owned(),
        format!("theo Quy chế 17-QC/TU {}", summary.period.label()),
    ]
}

/// A part of the narrative in the report's own type.
fn text(part: &Part) -> Option<Block<'_>> {
    let body = |face, text: &'_ str| Paragraph {
        leading: BODY.1,
        align: Align::Justified,
        first: 10.0,
        after: 5.0,
        ..Paragraph::new(face, BODY.0, tied(text))
    };
    Some(Block::Paragraph(match part {
        Part::Heading { depth, text } => {
            let face = if *depth < 2 { Face::Bold } else { Face::BoldItalic };
            let outline = Some(*depth);
            Paragraph { keep: true, outline, before: 3.0, ..body(face, text) }
        }
        Part::Paragraph(text) => body(Face::Regular, text),
        Part::Item(text) => body(Face::Regular, &format!("- {text}")),
        Part::Remark(text) => Paragraph { size: 13.0, leading: 17.0, ..body(Face::Italic, text) },
        Part::Chart(_) => return None,
    }))
}

/// A number stays on the line of the word that it counts.
fn tied(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut number = false;
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(if number { '\u{A0}' } else { ' ' });
        }
        out.push_str(word);
        number = word.ends_with(|c: char| c.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_digit() || b"./".contains(&b));
    }
    out
}

fn annexes(summary: &Summary) -> Vec<Annex> {
    let period = summary.period.label();
    let annex = |number, anchor, title| Annex { number, anchor, title };
    vec![
        annex(1, "pl1", format!("Kết quả tiếp xúc, đối thoại theo đơn vị, {period}")),
        annex(2, "pl2", format!("Ý kiến, kiến nghị theo lĩnh vực và kết quả giải quyết, {period}")),
        annex(3, "pl3", format!("Đơn vị chưa nộp, nộp muộn, chưa đạt chỉ tiêu, {period}")),
        annex(6, "pl6", format!("Quy tắc áp dụng và căn cứ: {}", summary.profile.name)),
    ]
}

/// The list of annexes, each line a link.
fn contents(annexes: &[Annex]) -> Vec<Block<'static>> {
    let line = |text: String| Paragraph {
        leading: BODY.1,
        first: 10.0,
        after: 3.0,
        ..Paragraph::new(Face::Regular, BODY.0, text)
    };
    let mut blocks = vec![Block::Paragraph(Paragraph {
        keep: true,
        before: 3.0,
        ..line("Kèm theo báo cáo này:".to_owned())
    })];
    blocks.extend(annexes.iter().map(|annex| {
        let text = format!("- Phụ lục {}. {}.", annex.number, annex.title);
        Block::Paragraph(Paragraph { link: Some(annex.anchor), ..line(text) })
    }));
    blocks
}

fn pages_of<'s>(annex_of: &Annex, summary: &'s Summary, office: &Office) -> Vec<Block<'s>> {
    let Annex { number, anchor, title } = annex_of;
    let mut blocks: Vec<Block<'s>> = vec![Block::Page(Orientation::Landscape)];
    let mut top = annex(*number, anchor, title, office, summary.as_of);
    if let Some(Block::Paragraph(first)) = top.first_mut() {
        first.outline = Some(0);
    }
    blocks.extend(top);
    let table: Table<'s> = match number {
        1 => units_table::table(summary),
        2 => small_tables::subjects(summary),
        3 => small_tables::reminded(summary),
        _ => small_tables::rules(summary),
    };
    blocks.push(Block::Table(table));
    if *number < 6 {
        let legend = Paragraph::new(Face::Italic, 10.0, LEGEND);
        blocks.push(Block::Paragraph(Paragraph { before: 4.0, ..legend }));
    }
    blocks
}
