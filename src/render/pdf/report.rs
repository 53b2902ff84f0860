//! The quarterly report as a document: head, text, signature, annexes.

use super::figure::LEGEND;
use super::font::Face;
use super::letterhead::{annex, head, signature, title};
use super::model::{About, Align, Block, Document, Orientation, Paragraph, Table};
use super::office::{Office, Standard};
use super::{charts, respell, small_tables, units_table};
use crate::aggregate::Summary;
use crate::render::narrative::Part;

/// Size of the running text in points, and the distance of its baselines.
const BODY: (f64, f64) = (14.0, 18.0);

/// One annex.
pub(super) struct Annex {
    /// Its number.
    pub(super) number: u32,
    /// The name by which links find it.
    pub(super) anchor: &'static str,
    /// Its title.
    pub(super) title: String,
}

/// Puts the document together.
pub(super) fn document<'s>(summary: &'s Summary, office: &Office, parts: &[Part]) -> Document<'s> {
    let subject = subject(summary);
    let annexes = annexes(summary);
    let mut blocks = vec![head(office, summary.as_of)];
    blocks.extend(title(&subject, office.standard));
    blocks.extend(body(summary, office, parts));
    blocks.extend(contents(&annexes, office.standard));
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
    let party = "kết quả tiếp xúc, đối thoại trực tiếp với Nhân dân".to_owned();
    vec![party, format!("theo Quy chế 17-QC/TU {}", summary.period.label())]
}

/// The narrative's parts in the report's own type.
fn body<'s>(summary: &'s Summary, office: &Office, parts: &[Part]) -> Vec<Block<'s>> {
    let mut blocks = Vec::new();
    let mut drawn = 0;
    for part in parts {
        if let Part::Chart(name) = part {
            if let Some(mut chart) = charts::named(summary, name, drawn + 1) {
                drawn += 1;
                respell::chart(&mut chart, office.spelling);
                blocks.push(Block::Chart(chart));
            }
        } else {
            blocks.push(Block::Paragraph(text(part, office.standard)));
        }
    }
    blocks
}

/// One part of the narrative in the report's own type.
pub(super) fn text(part: &Part, standard: Standard) -> Paragraph<'static> {
    let body = |face, text: &str| Paragraph {
        leading: BODY.1,
        align: Align::Justified,
        first: 10.0,
        after: 5.0,
        ..Paragraph::new(face, BODY.0, tied(text))
    };
    match part {
        Part::Heading { depth, text } => {
            let face = if *depth < 2 { Face::Bold } else { Face::BoldItalic };
            let text = numbered(text, standard);
            let outline = Some((*depth, text.clone()));
            Paragraph { keep: true, outline, before: 3.0, ..body(face, &text) }
        }
        Part::Paragraph(text) | Part::Chart(text) => body(Face::Regular, text),
        Part::Item(text) => body(Face::Regular, &format!("- {text}")),
        Part::Remark(text) => Paragraph { size: 13.0, leading: 17.0, ..body(Face::Italic, text) },
    }
}

/// `I-` in documents of the Party, `I.` in those of the State.
fn numbered(heading: &str, standard: Standard) -> String {
    match heading.split_once("- ") {
        Some((number, words))
            if standard == Standard::State && number.bytes().all(|b| b"IVX".contains(&b)) =>
        {
            format!("{number}. {words}")
        }
        _ => heading.to_owned(),
    }
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

/// The list of annexes, each line a link; it stays with the signature, which may not stand alone.
pub(super) fn contents(annexes: &[Annex], standard: Standard) -> Vec<Block<'static>> {
    let line = |text: String| Paragraph {
        keep: true,
        leading: BODY.1,
        first: 10.0,
        after: 3.0,
        ..Paragraph::new(Face::Regular, BODY.0, text)
    };
    let first = line("Kèm theo báo cáo này:".to_owned());
    let mut blocks = vec![Block::Paragraph(Paragraph { before: 3.0, ..first })];
    for (i, annex) in annexes.iter().enumerate() {
        let last = i + 1 == annexes.len();
        let end = if last && standard == Standard::State { "./." } else { "." };
        let text = format!("- Phụ lục {}. {}{end}", annex.number, annex.title);
        blocks.push(Block::Paragraph(Paragraph { link: Some(annex.anchor), ..line(text) }));
    }
    blocks
}

fn pages_of<'s>(annex_of: &Annex, summary: &'s Summary, office: &Office) -> Vec<Block<'s>> {
    let Annex { number, anchor, title } = annex_of;
    let mut blocks: Vec<Block<'s>> = vec![Block::Page(Orientation::Landscape)];
    blocks.extend(annex(*number, anchor, title, office, summary.as_of));
    let mut table: Table<'s> = match number {
        1 => units_table::table(summary),
        2 => small_tables::subjects(summary),
        3 => small_tables::reminded(summary),
        _ => small_tables::rules(&summary.profile),
    };
    respell::table(&mut table, office.spelling);
    blocks.push(Block::Table(table));
    if *number < 6 {
        let legend = Paragraph::new(Face::Italic, 10.0, LEGEND);
        blocks.push(Block::Paragraph(Paragraph { before: 4.0, ..legend }));
    }
    blocks
}
