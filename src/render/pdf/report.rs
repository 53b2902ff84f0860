//! The quarterly report as a document: head, text, signature, annexes.

use super::annexes;
use super::charts;
use super::font::Face;
use super::letterhead::{annex_head, head, signature, title};
use super::model::{About, Align, Block, Document, Orientation, Paragraph, Role, Target};
use super::office::{Office, Standard};
use crate::aggregate::Summary;
use crate::render::Spelling;
use crate::render::narrative::Part;
use chrono::NaiveDate;

/// Size of the running text in points, and the distance of its baselines.
const BODY: (f64, f64) = (14.0, 18.0);

/// One annex of a document.
pub(super) struct Enclosed<'s> {
    /// Its name.
    pub(super) label: &'static str,
    /// The name by which links find it.
    pub(super) anchor: &'static str,
    /// Its title.
    pub(super) title: String,
    /// What stands below the title.
    pub(super) blocks: Vec<Block<'s>>,
}

/// Puts the document together.
pub(super) fn document<'s>(summary: &'s Summary, office: &Office, parts: &[Part]) -> Document<'s> {
    let subject = subject(summary);
    let annexes = enclosed(summary, office.spelling);
    let mut blocks = vec![head(office, summary.as_of)];
    blocks.extend(title(&subject, office.standard));
    blocks.extend(body(summary, office, parts));
    blocks.extend(contents(&annexes, office.standard));
    blocks.extend(signature(office));
    blocks.extend(pages(annexes, office, summary.as_of));
    let mark = (!office.is_complete()).then_some("DỰ THẢO".into());
    let about = About {
        title: format!("Báo cáo {}", subject.join(" ")),
        author: office.issuer_in_text.clone(),
        subject: format!("Thực hiện Quy chế 17-QC/TU {}", summary.period.label()),
        keywords: ["Quy chế 17-QC/TU", "tiếp xúc, đối thoại"].map(str::to_owned).to_vec(),
    };
    Document { blocks, mark, about }
}

/// The annexes, each on a page of its own.
pub(super) fn pages<'s>(
    annexes: Vec<Enclosed<'s>>,
    office: &Office,
    as_of: NaiveDate,
) -> Vec<Block<'s>> {
    let mut blocks = Vec::new();
    for Enclosed { label, anchor, title, blocks: content } in annexes {
        blocks.push(Block::Page(Orientation::Landscape));
        blocks.extend(annex_head(label, anchor, &title, office, as_of));
        blocks.extend(content);
    }
    blocks
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
            if let Some(chart) = charts::named(summary, name, drawn + 1, office.spelling) {
                drawn += 1;
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
            let role = Role::Heading(depth + 2);
            Paragraph { keep: true, outline, role, before: 3.0, ..body(face, &text) }
        }
        Part::Paragraph(text) | Part::Chart(text) => body(Face::Regular, text),
        Part::Item(text) => {
            Paragraph { role: Role::Item, ..body(Face::Regular, &format!("- {text}")) }
        }
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

/// The list of annexes, each line a link; it stays with the signature, which may not stand alone.
pub(super) fn contents(annexes: &[Enclosed<'_>], standard: Standard) -> Vec<Block<'static>> {
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
        let Enclosed { label, anchor, title, .. } = annex;
        let text = format!("- {label}. {title}{end}");
        let link = Some(Target { anchor, words: label });
        let role = Role::Item;
        blocks.push(Block::Paragraph(Paragraph { role, link, ..line(text) }));
    }
    blocks
}

/// The annexes that have something to show.
fn enclosed(summary: &Summary, spelling: Spelling) -> Vec<Enclosed<'_>> {
    let enclosed = annexes::ALL.iter().map(|annex| Enclosed {
        label: annex.label,
        anchor: annex.anchor,
        title: spelling.apply(&(annex.title)(summary)).into_owned(),
        blocks: (annex.blocks)(summary, spelling),
    });
    enclosed.filter(|one| !one.blocks.is_empty()).collect()
}
