//! The canvas over printpdf: pages of operations, and faces cut down to the letters used.

use super::canvas::Canvas;
use super::finish::finish;
use super::font::{Face, Fonts, Word};
use super::lines::mm;
use super::model::About;
use super::page::{Area, Join, Layout, Line, Rule};
use super::{MM_PER_PT, RenderError};
use printpdf::{
    Color, FontId, Greyscale, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A place on the page in hundredths of a point, from the lower left corner.
type Place = (i64, i64);

/// Collects the operations of each page.
#[derive(Default)]
pub(super) struct Printed {
    pages: Vec<PdfPage>,
    height: f64,
    thickness: i64,
    cursor: Option<Place>,
    font: Option<(Face, i64)>,
}

impl Canvas for Printed {
    fn page(&mut self, (width, height): (f64, f64)) {
        self.end_page();
        self.pages.push(PdfPage::new(Mm(single(width)), Mm(single(height)), Vec::new()));
        self.height = height;
        self.thickness = -1;
    }

    fn area(&mut self, area: &Area) {
        let percent = single(area.grey);
        let col = Color::Greyscale(Greyscale { percent, icc_profile: None });
        self.push(Op::SetFillColor { col });
        let (x, y) = self.place(area.at.0, area.at.1 + area.size.1);
        let (width, height) = (Pt(points(area.size.0)), Pt(points(area.size.1)));
        let mode = Some(PaintMode::Fill);
        let rectangle =
            Rect { x: hundredths(x), y: hundredths(y), width, height, mode, winding_order: None };
        self.push(Op::DrawRectangle { rectangle });
        let col = Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
        self.push(Op::SetFillColor { col });
    }

    fn rule(&mut self, rule: &Rule) {
        let thickness = whole(rule.thickness * 100.0);
        if thickness != self.thickness {
            self.push(Op::SetOutlineThickness { pt: hundredths(thickness) });
            self.thickness = thickness;
        }
        let points = [rule.from, rule.to].map(|(x, y)| {
            let (x, y) = self.place(x, y);
            LinePoint { p: Point { x: hundredths(x), y: hundredths(y) }, bezier: false }
        });
        let line = printpdf::Line { points: points.to_vec(), is_closed: false };
        self.push(Op::DrawLine { line });
    }

    fn text<'w>(&mut self, line: &Line, words: impl Iterator<Item = (Join, &'w Word)>) {
        let mut words = words.peekable();
        let Some((_, first)) = words.peek() else { return };
        let mut face = first.face;
        let (x, y) = self.place(line.left, line.baseline);
        let (left, below) = self.cursor.unwrap_or_else(|| {
            self.push(Op::StartTextSection);
            (0, 0)
        });
        self.push(Op::SetTextCursor {
            pos: Point { x: hundredths(x - left), y: hundredths(y - below) },
        });
        self.cursor = Some((x, y));
        self.choose(face, line.size);
        let gap = -whole(line.stretch / mm(line.size) * 1000.0);
        let mut items = Vec::new();
        let mut piece = String::new();
        for (i, (join, word)) in words.enumerate() {
            if i > 0 && join.has_space() {
                piece.push(' ');
                offset(&mut items, &mut piece, gap);
            }
            if word.face != face {
                flush(&mut items, &mut piece);
                self.push(Op::ShowText { items: std::mem::take(&mut items) });
                face = word.face;
                self.choose(face, line.size);
            }
            let mut from = 0;
            for kern in &word.kerns {
                piece.push_str(word.text.get(from..kern.after).unwrap_or_default());
                offset(&mut items, &mut piece, -i64::from(kern.by));
                from = kern.after;
            }
            piece.push_str(word.text.get(from..).unwrap_or_default());
        }
        flush(&mut items, &mut piece);
        self.push(Op::ShowText { items });
    }

    fn finish(
        mut self,
        fonts: &Fonts,
        layout: &Layout,
        about: &About,
    ) -> Result<Vec<u8>, RenderError> {
        self.end_page();
        let mut document = PdfDocument::new(&about.title);
        document.pages = self.pages;
        for (face, letters) in letters(fonts) {
            let font = cut_down(face, &letters)?;
            document.resources.fonts.map.insert(font_id(face), PdfFont::new(font));
        }
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        let lopdf = printpdf::to_lopdf_doc(&document, &options, &mut Vec::new());
        drop(document);
        finish(lopdf, layout, about)
    }
}

impl Printed {
    fn push(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.ops.push(op);
        }
    }

    fn end_page(&mut self) {
        if self.cursor.take().is_some() {
            self.push(Op::EndTextSection);
        }
        self.font = None;
    }

    fn place(&self, x: f64, y: f64) -> Place {
        let hundredths = |mm: f64| whole(mm / MM_PER_PT * 100.0);
        (hundredths(x), hundredths(self.height - y))
    }

    fn choose(&mut self, face: Face, size: f64) {
        let wanted = (face, whole(size * 100.0));
        if self.font != Some(wanted) {
            let font = PdfFontHandle::External(font_id(face));
            self.push(Op::SetFont { font, size: Pt(single(size)) });
            self.font = Some(wanted);
        }
    }
}

/// Ends the piece and moves the pen by that many thousandths of the size to the left.
fn offset(items: &mut Vec<TextItem>, piece: &mut String, by: i64) {
    if by != 0 {
        flush(items, piece);
        #[expect(clippy::cast_precision_loss, reason = "thousandths of a letter's size")]
        items.push(TextItem::Offset(by as f32));
    }
}

fn flush(items: &mut Vec<TextItem>, piece: &mut String) {
    if !piece.is_empty() {
        items.push(TextItem::Text(std::mem::take(piece)));
    }
}

/// The letters that each face has to draw.
fn letters(fonts: &Fonts) -> BTreeMap<Face, BTreeSet<char>> {
    let mut letters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for word in fonts.words() {
        letters.entry(word.face).or_insert_with(|| [' '].into()).extend(word.text.chars());
    }
    letters
}

/// The face with these letters only, under new glyph numbers.
fn cut_down(face: Face, letters: &BTreeSet<char>) -> Result<ParsedFont, RenderError> {
    let whole =
        ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new()).ok_or(RenderError::Font)?;
    let mut remapper = subsetter::GlyphRemapper::new();
    let mut codes = BTreeMap::new();
    for letter in letters {
        let code = u32::from(*letter);
        let glyph = whole.codepoint_to_glyph.get(&code).copied().unwrap_or_default();
        codes.insert(code, remapper.remap(glyph));
    }
    let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| RenderError::Font)?;
    let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or(RenderError::Font)?;
    let tag: String =
        Sha256::digest(&bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    font.codepoint_to_glyph = codes;
    font.font_name = Some(format!("{tag}+{}", face.name()));
    Ok(font)
}

fn font_id(face: Face) -> FontId {
    FontId(format!("TF{}", face as usize))
}

/// Hundredths of a point as the library wants them.
fn hundredths(value: i64) -> Pt {
    #[expect(clippy::cast_precision_loss, reason = "a page is under a million hundredths wide")]
    Pt(value as f32 / 100.0)
}

fn points(mm: f64) -> f32 {
    hundredths(whole(mm / MM_PER_PT * 100.0)).0
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    let whole = value.round() as i64;
    whole
}

fn single(value: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "the library counts in single precision")]
    let single = value as f32;
    single
}
