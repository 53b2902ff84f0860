//! The faces in the file, made by printpdf: each cut down to the letters that the report uses.

use super::RenderError;
use super::font::{Face, Fonts};
use printpdf::{
    FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A face with the letters used only.
pub(super) struct Cut {
    /// Which face.
    pub(super) face: Face,
    /// The code of each letter: its glyph's number in the face cut down.
    pub(super) codes: HashMap<char, u16>,
    letters: BTreeSet<char>,
    font: PdfFont,
}

/// Cuts every face down to the letters of the words met.
pub(super) fn cut(fonts: &Fonts) -> Result<Vec<Cut>, RenderError> {
    let mut letters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for word in fonts.words() {
        letters.entry(word.face).or_insert_with(|| [' '].into()).extend(word.text.chars());
    }
    let letters: Vec<_> = letters.into_iter().collect();
    letters.into_par_iter().map(|(face, letters)| Cut::new(fonts, face, letters)).collect()
}

impl Cut {
    fn new(fonts: &Fonts, face: Face, letters: BTreeSet<char>) -> Result<Self, RenderError> {
        let mut remapper = subsetter::GlyphRemapper::new();
        let codes: HashMap<char, u16> =
            (letters.iter()).map(|c| (*c, remapper.remap(fonts.glyph(face, *c)))).collect();
        let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| RenderError::Font)?;
        let font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new());
        let mut font = font.ok_or(RenderError::Font)?;
        let tag = Sha256::digest(&bytes);
        let tag: String = tag.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
        font.codepoint_to_glyph =
            letters.iter().filter_map(|c| Some((u32::from(*c), *codes.get(c)?))).collect();
        font.font_name = Some(format!("{tag}+{}", face.name()));
        Ok(Self { face, codes, letters, font: PdfFont::new(font) })
    }
}

/// A document of one page that has every letter of every face, for its fonts.
pub(super) fn document(cuts: Vec<Cut>) -> lopdf::Document {
    let mut document = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for Cut { face, letters, font, .. } in cuts {
        let id = FontId(face.resource().to_owned());
        ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(letters.into_iter().collect())] });
        document.resources.fonts.map.insert(id, font);
    }
    ops.push(Op::EndTextSection);
    document.pages = vec![PdfPage::new(Mm(210.0), Mm(297.0), ops)];
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    printpdf::to_lopdf_doc(&document, &options, &mut Vec::new())
}
