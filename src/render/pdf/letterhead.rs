//! The fixed parts of a document by its rules: head, title, signature and recipients, annex heads.

use super::font::Face;
use super::model::{Align, Beside, Block, Paragraph, Role};
use super::office::{BLANK, Office, Standard};
use crate::render::narrative::capitalised;
use chrono::NaiveDate;

/// Tên cơ quan, số và ký hiệu on the left; tiêu đề, địa danh và ngày on the right.
pub(super) fn head(office: &Office, as_of: NaiveDate) -> Block<'static> {
    let date = format!("{}, {}", office.place, office.dated(as_of));
    Block::Beside(match office.standard {
        Standard::Party => party_head(office, date),
        Standard::State => state_head(office, date),
    })
}

fn party_head(office: &Office, date: String) -> Beside<'static> {
    let superior = Paragraph::centred(Face::Regular, 14.0, office.superior.clone());
    let star = Paragraph::centred(Face::Regular, 14.0, "*");
    let reference = Paragraph::centred(Face::Regular, 14.0, office.reference());
    let party = Paragraph::centred(Face::Bold, 15.0, "ĐẢNG CỘNG SẢN VIỆT NAM");
    let date = Paragraph::centred(Face::Italic, 14.0, date);
    Beside {
        left: [superior].into_iter().chain(issuer(office, 14.0)).chain([star, reference]).collect(),
        right: vec![Paragraph { rule: Some(1.0), ..party }, Paragraph { before: 16.0, ..date }],
        share: 0.46,
    }
}

fn state_head(office: &Office, date: String) -> Beside<'static> {
    let mut left = Vec::new();
    if !office.superior.is_empty() {
        left.push(Paragraph::centred(Face::Regular, 13.0, office.superior.clone()));
    }
    left.extend(issuer(office, 13.0));
    if let Some(last) = left.last_mut() {
        last.rule = Some(0.4);
    }
    let reference = Paragraph::centred(Face::Regular, 13.0, office.reference());
    left.push(Paragraph { before: 6.0, ..reference });
    let nation = office.spelling.apply("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    let nation = Paragraph::centred(Face::Bold, 12.0, nation.into_owned());
    let motto = Paragraph::centred(Face::Bold, 13.0, "Độc lập - Tự do - Hạnh phúc");
    let date = Paragraph::centred(Face::Italic, 13.0, date);
    let right =
        vec![nation, Paragraph { rule: Some(1.0), ..motto }, Paragraph { before: 6.0, ..date }];
    Beside { left, right, share: 0.42 }
}

/// The issuer's name, parted where the office wants it, but one name to whoever hears it read.
fn issuer(office: &Office, size: f64) -> Vec<Paragraph<'static>> {
    let line = |text: &str| Paragraph::centred(Face::Bold, size, text.to_owned());
    let mut lines: Vec<_> = office.issuer.lines().map(line).collect();
    lines.iter_mut().skip(1).for_each(|line| line.role = Role::More);
    lines
}

/// Tên loại, trích yếu and the mark below it.
pub(super) fn title(subject: &[String], standard: Standard) -> Vec<Block<'static>> {
    let kind_size = if standard == Standard::Party { 16.0 } else { 14.0 };
    let kind = Paragraph::centred(Face::Bold, kind_size, "BÁO CÁO");
    let kind = Paragraph { role: Role::Heading(1), ..kind };
    let mut parts = vec![Block::Space(18.0), Block::Paragraph(kind)];
    for (i, line) in subject.iter().enumerate() {
        let last = i + 1 == subject.len() && standard == Standard::State;
        // The Party's subject begins small, the State's with a capital.
        let capital = i == 0 && standard == Standard::State;
        let line = if capital { capitalised(line) } else { line.clone() };
        let line = Paragraph::centred(Face::Bold, 14.0, line);
        let rule = last.then_some(0.4);
        let after = if last { 12.0 } else { 0.0 };
        let role = Role::More;
        parts.push(Block::Paragraph(Paragraph { leading: 18.0, rule, after, role, ..line }));
    }
    if standard == Standard::Party {
        let mark = Paragraph::centred(Face::Regular, 14.0, "-----");
        parts.push(Block::Paragraph(Paragraph { after: 8.0, ..mark }));
    }
    parts
}

/// Nơi nhận on the left, thẩm quyền, chức vụ và họ tên người ký on the right.
pub(super) fn signature(office: &Office) -> Vec<Block<'static>> {
    let party = office.standard == Standard::Party;
    let label = if party {
        let label = Paragraph::new(Face::Regular, 14.0, "Nơi nhận:");
        // A low line brings its rule close to the words, as an underline stands.
        Paragraph { rule: Some(1.0), leading: 13.0, before: 1.9, after: 2.0, ..label }
    } else {
        Paragraph::new(Face::BoldItalic, 12.0, "Nơi nhận:")
    };
    let mut left = vec![label];
    let size = if party { 12.0 } else { 11.0 };
    for (i, recipient) in office.recipients.iter().enumerate() {
        let mark = if i + 1 == office.recipients.len() { "." } else { ";" };
        let item = Paragraph::new(Face::Regular, size, format!("-\u{A0}{recipient}{mark}"));
        left.push(Paragraph { role: Role::Item, ..item });
    }
    let mut right = Vec::new();
    if !office.authority.is_empty() {
        right.push(Paragraph::centred(Face::Bold, 14.0, office.authority.clone()));
    }
    let post_face = if party { Face::Regular } else { Face::Bold };
    let post = Paragraph::centred(post_face, 14.0, office.post.clone());
    // Four blank lines for hand and seal.
    right.push(Paragraph { after: 4.0 * 14.0 * 1.2, ..post });
    let signer = office.signer.clone().unwrap_or_else(|| BLANK.to_owned());
    right.push(Paragraph::centred(Face::Bold, 14.0, signer));
    vec![Block::Space(16.0), Block::Beside(Beside { left, right, share: 0.5 })]
}

/// The head of an annex: number, title and which report it belongs to.
pub(super) fn annex_head(
    label: &'static str,
    anchor: &'static str,
    title: &str,
    office: &Office,
    as_of: NaiveDate,
) -> Vec<Block<'static>> {
    let outline = Some(format!("{label}. {title}"));
    let label = Paragraph::centred(Face::Bold, 14.0, label);
    let title = Paragraph::centred(Face::Bold, 14.0, title.to_owned());
    let belongs = format!(
        "(Kèm theo Báo cáo {}, {} của {})",
        office.reference().replacen('S', "s", 1),
        office.dated(as_of),
        office.issuer_in_text
    );
    let belongs = Paragraph::centred(Face::Italic, 12.0, belongs);
    vec![
        Block::Paragraph(Paragraph {
            anchor: Some(anchor),
            outline: outline.map(|title| (0, title)),
            keep: true,
            role: Role::Heading(2),
            align: Align::Centre,
            ..label
        }),
        Block::Paragraph(Paragraph { keep: true, role: Role::More, ..title }),
        Block::Paragraph(Paragraph { keep: true, after: 8.0, ..belongs }),
    ]
}
