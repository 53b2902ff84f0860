//! The faces in the file, made by printpdf: each cut down to the letters that the report uses.

use super::RenderError;
use super::codes::Used;
use super::font::{Face, Fonts};
use printpdf::{
    FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// A document of one page that has every letter of every face, for its fonts.
pub(super) fn document(fonts: &Fonts) -> Result<lopdf::Document, RenderError> {
    let used: Vec<(Face, &Used)> = fonts.used().collect();
    let cut: Vec<PdfFont> =
        used.par_iter().map(|(face, used)| cut_down(*face, used)).collect::<Result<_, _>>()?;
    let mut document = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for ((face, used), font) in used.into_iter().zip(cut) {
        let id = FontId(face.resource().to_owned());
        ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(used.letters().collect())] });
        document.resources.fonts.map.insert(id, font);
    }
    ops.push(Op::EndTextSection);
    document.pages = vec![PdfPage::new(Mm(210.0), Mm(297.0), ops)];
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    Ok(printpdf::to_lopdf_doc(&document, &options, &mut Vec::new()))
}

/// The face with the glyphs used only, numbered by their codes.
fn cut_down(face: Face, used: &Used) -> Result<PdfFont, RenderError> {
    let mut remapper = subsetter::GlyphRemapper::new();
    for glyph in used.glyphs() {
        remapper.remap(*glyph);
    }
    let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| RenderError::Font)?;
    let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or(RenderError::Font)?;
    let tag = Sha256::digest(&bytes);
    let tag: String = tag.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    font.codepoint_to_glyph = used.codes().map(|(c, code)| (u32::from(c), code)).collect();
    font.font_name = Some(format!("{tag}+{}", face.name()));
    Ok(PdfFont::new(font))
}
