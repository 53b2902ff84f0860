//! The fixed parts of a Party document (36-HD/VPTW, 05-HD/VPTW): head, title, signature, recipients.

use super::font::Face;
use super::model::{Align, Beside, Block, Paragraph};
use super::office::Office;
use chrono::{Datelike, NaiveDate};

/// A blank left to be filled by hand: it must not shrink and no line may end in it.
const BLANK: &str = "\u{2007}\u{2007}\u{2007}\u{2007}\u{2007}\u{2007}";

/// Tên cơ quan, số và ký hiệu on the left; tiêu đề, địa danh và ngày on the right.
pub(super) fn head(office: &Office, as_of: NaiveDate) -> Block<'static> {
    let superior = Paragraph::centred(Face::Regular, 14.0, office.superior.clone());
    let issuer = Paragraph::centred(Face::Bold, 14.0, office.issuer.clone());
    let star = Paragraph::centred(Face::Regular, 14.0, "*");
    let symbol = Paragraph::centred(Face::Regular, 14.0, symbol(office));
    let party = Paragraph::centred(Face::Bold, 15.0, "ĐẢNG CỘNG SẢN VIỆT NAM");
    let date = format!("{}, {}", office.place, dated(office, as_of));
    let date = Paragraph::centred(Face::Italic, 14.0, date);
    Block::Beside(Beside {
        left: vec![superior, issuer, star, symbol],
        right: vec![Paragraph { rule: Some(1.0), ..party }, Paragraph { before: 16.0, ..date }],
        share: 0.46,
    })
}

/// `Số 12-BC/BDVTU`; the number stays blank until it is given.
pub(super) fn symbol(office: &Office) -> String {
    format!("Số {}-{}", office.number.as_deref().unwrap_or(BLANK), office.symbol)
}

/// The day of issue; blank, with the year of the run, until it is given.
pub(super) fn dated(office: &Office, as_of: NaiveDate) -> String {
    match office.date {
        Some(date) => crate::render::narrative::long_date(date),
        None => format!("ngày{BLANK}tháng{BLANK}năm\u{A0}{}", as_of.year()),
    }
}

/// Tên loại, trích yếu and the mark below it.
pub(super) fn title(subject: &[String]) -> Vec<Block<'static>> {
    let kind = Paragraph::centred(Face::Bold, 16.0, "BÁO CÁO");
    let mut parts = vec![Block::Space(18.0), Block::Paragraph(kind)];
    for line in subject {
        let line = Paragraph::centred(Face::Bold, 14.0, line.clone());
        parts.push(Block::Paragraph(Paragraph { leading: 18.0, ..line }));
    }
    let mark = Paragraph::centred(Face::Regular, 14.0, "-----");
    parts.push(Block::Paragraph(Paragraph { after: 8.0, ..mark }));
    parts
}

/// Nơi nhận on the left, thẩm quyền, chức vụ và họ tên người ký on the right.
pub(super) fn signature(office: &Office) -> Vec<Block<'static>> {
    let label = Paragraph::new(Face::Regular, 14.0, "Nơi nhận:");
    let mut left = vec![Paragraph { rule: Some(1.0), after: 2.0, ..label }];
    for (i, recipient) in office.recipients.iter().enumerate() {
        let mark = if i + 1 == office.recipients.len() { "." } else { ";" };
        left.push(Paragraph::new(Face::Regular, 12.0, format!("-\u{A0}{recipient}{mark}")));
    }
    let mut right = Vec::new();
    if !office.authority.is_empty() {
        right.push(Paragraph::centred(Face::Bold, 14.0, office.authority.clone()));
    }
    let post = Paragraph::centred(Face::Regular, 14.0, office.post.clone());
    right.push(Paragraph { after: 4.0 * 14.0 * 1.2, ..post });
    let signer = office.signer.clone().unwrap_or_else(|| BLANK.to_owned());
    right.push(Paragraph::centred(Face::Bold, 14.0, signer));
    vec![Block::Space(16.0), Block::Beside(Beside { left, right, share: 0.5 })]
}

/// The head of an annex: number, title and which report it belongs to.
pub(super) fn annex(
    number: u32,
    anchor: &'static str,
    title: &str,
    office: &Office,
    as_of: NaiveDate,
) -> Vec<Block<'static>> {
    let label = Paragraph::centred(Face::Bold, 14.0, format!("Phụ lục {number}"));
    let title = Paragraph::centred(Face::Bold, 14.0, title.to_owned());
    let belongs = format!(
        "(Kèm theo Báo cáo {}, {} của {})",
        symbol(office).to_lowercase().replacen(&office.symbol.to_lowercase(), &office.symbol, 1),
        dated(office, as_of),
        office.issuer_in_text
    );
    let belongs = Paragraph::centred(Face::Italic, 12.0, belongs);
    vec![
        Block::Paragraph(Paragraph {
            anchor: Some(anchor),
            keep: true,
            align: Align::Centre,
            ..label
        }),
        Block::Paragraph(Paragraph { keep: true, ..title }),
        Block::Paragraph(Paragraph { keep: true, after: 8.0, ..belongs }),
    ]
}
