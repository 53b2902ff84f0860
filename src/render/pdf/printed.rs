//! The canvas over printpdf: pages of operations, and faces cut down to the letters used.

use super::canvas::{Canvas, Mark};
use super::file::deflated;
use super::finish::{Contents, finish};
use super::font::{Face, Fonts, Word};
use super::lines::mm;
use super::model::About;
use super::page::{Area, Join, Layout, Line, Rule};
use super::structure::ElementId;
use super::{MM_PER_PT, RenderError};
use lopdf::Object;
use printpdf::{
    Color, DictItem, FontId, Greyscale, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A place on the page in hundredths of a point, from the lower left corner.
type Place = (i64, i64);

/// How many pages are kept as operations before they become bytes: operations take ten times the room.
const BATCH: usize = 48;

/// Collects the operations of some pages, and the bytes of those before.
pub(super) struct Printed {
    fonts: BTreeMap<FontId, PdfFont>,
    letters: BTreeMap<Face, BTreeSet<char>>,
    pages: Vec<PdfPage>,
    done: Vec<Contents>,
    height: f64,
    thickness: i64,
    cursor: Option<Place>,
    font: Option<(Face, i64)>,
    wanted: Mark,
    open: Option<Mark>,
}

impl Printed {
    /// A canvas with the faces cut down to the letters of these words.
    pub(super) fn new(fonts: &Fonts) -> Result<Self, RenderError> {
        let letters = letters(fonts);
        let mut cut = BTreeMap::new();
        for (face, letters) in &letters {
            cut.insert(font_id(*face), PdfFont::new(cut_down(*face, letters)?));
        }
        Ok(Self {
            fonts: cut,
            letters,
            pages: Vec::new(),
            done: Vec::new(),
            height: 0.0,
            thickness: -1,
            cursor: None,
            font: None,
            wanted: None,
            open: None,
        })
    }
}

impl Canvas for Printed {
    fn page(&mut self, (width, height): (f64, f64)) -> Result<(), RenderError> {
        self.end_page();
        if self.pages.len() >= BATCH {
            self.print()?;
        }
        self.pages.push(PdfPage::new(Mm(single(width)), Mm(single(height)), Vec::new()));
        self.height = height;
        self.thickness = -1;
        Ok(())
    }

    fn mark(&mut self, mark: Mark) {
        self.wanted = mark;
    }

    fn area(&mut self, area: &Area) {
        self.open_mark("Layout");
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
        self.open_mark("Layout");
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
            self.close_mark();
            self.push(Op::StartTextSection);
            (0, 0)
        });
        self.open_mark("Pagination");
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
        if line.goes_on {
            piece.push(' ');
        }
        flush(&mut items, &mut piece);
        self.push(Op::ShowText { items });
    }

    fn finish(
        mut self,
        layout: &Layout,
        marks: &[Vec<ElementId>],
        about: &About,
    ) -> Result<Vec<u8>, RenderError> {
        self.end_page();
        self.print()?;
        let contents = std::mem::take(&mut self.done);
        let document = self.faces();
        finish(document, contents, layout, marks, about)
    }
}

impl Printed {
    fn push(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.ops.push(op);
        }
    }

    fn end_page(&mut self) {
        self.close_mark();
        if self.cursor.take().is_some() {
            self.push(Op::EndTextSection);
        }
        self.font = None;
    }

    /// Opens the mark that is wanted unless it is open; `kind` says what an adornment is.
    fn open_mark(&mut self, kind: &str) {
        if self.open == Some(self.wanted) {
            return;
        }
        self.close_mark();
        let (tag, key, value) = match self.wanted {
            Some((tag, number)) => {
                let number = i64::try_from(number).unwrap_or(i64::MAX);
                (tag.name(), "MCID", DictItem::Int(number))
            }
            None => ("Artifact", "Type", DictItem::Name(kind.as_bytes().to_vec())),
        };
        let properties = DictItem::Dict { map: [(key.to_owned(), value)].into() };
        self.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        self.open = Some(self.wanted);
    }

    fn close_mark(&mut self) {
        if self.open.take().is_some() {
            self.push(Op::EndMarkedContent);
        }
    }

    /// Turns the pages collected so far into bytes.
    fn print(&mut self) -> Result<(), RenderError> {
        let pages = std::mem::take(&mut self.pages);
        let count = pages.len();
        let mut printed = self.document(pages);
        let ids: Vec<_> = printed.get_pages().into_values().collect();
        for id in ids {
            let content = printed.get_page_contents(id).first().copied();
            let content = content.and_then(|id| printed.objects.remove(&id));
            let page = printed.get_dictionary(id).ok();
            let size = page.and_then(|page| page.get(b"MediaBox").ok()).cloned();
            if let (Some(Object::Stream(stream)), Some(size)) = (content, size) {
                self.done.push(Contents { size, content: stream.content });
            }
        }
        let from = self.done.len().checked_sub(count).ok_or(RenderError::Writing)?;
        let fresh = self.done.get_mut(from..).unwrap_or_default();
        fresh.par_iter_mut().for_each(|page| page.content = deflated(&page.content));
        Ok(())
    }

    fn document(&mut self, pages: Vec<PdfPage>) -> lopdf::Document {
        let mut document = PdfDocument::new("");
        document.pages = pages;
        document.resources.fonts.map = std::mem::take(&mut self.fonts);
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        let printed = printpdf::to_lopdf_doc(&document, &options, &mut Vec::new());
        self.fonts = std::mem::take(&mut document.resources.fonts.map);
        printed
    }

    /// A document of one page that has every letter of every face, for its fonts.
    fn faces(&mut self) -> lopdf::Document {
        let mut ops = vec![Op::StartTextSection];
        for (face, letters) in &self.letters {
            let font = PdfFontHandle::External(font_id(*face));
            ops.push(Op::SetFont { font, size: Pt(10.0) });
            let items = vec![TextItem::Text(letters.iter().collect())];
            ops.push(Op::ShowText { items });
        }
        ops.push(Op::EndTextSection);
        self.document(vec![PdfPage::new(Mm(210.0), Mm(297.0), ops)])
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
