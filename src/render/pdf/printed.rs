//! From the document to the file: pages drawn as soon as they are laid out, packed on all cores, put together.

use super::content::Content;
use super::file::File;
use super::finish::{Drawn, finish};
use super::flow::{self, Drawing};
use super::font::Fonts;
use super::model::{About, Document};
use super::pack::Packer;
use super::page::{Layout, Page};
use super::structure::{ElementId, Structure};
use super::{RenderError, canvas, faces};
use lopdf::Dictionary;
use rayon::prelude::*;
use std::io::Write;

/// How many drawn pages wait to be packed together: a page takes ten times the room before it is packed.
const BATCH: usize = 64;

/// Writes the file of the document.
pub(super) fn print(document: &Document<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut fonts = Fonts::new()?;
    let mut press = Press::new(out);
    let layout = flow::lay_out_to(&mut fonts, document, &mut press);
    press.finish(&fonts, &layout, &document.about)
}

/// Writes the file of pages that are laid out already.
pub(super) fn print_pages(
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let mut press = Press::new(out);
    for page in &mut layout.pages {
        press.draw(page, fonts, &layout.structure);
    }
    press.finish(fonts, &layout, about)
}

/// The pages drawn so far.
struct Press<'o> {
    waiting: Vec<((f64, f64), Vec<u8>)>,
    file: File<'o>,
    done: Vec<Drawn>,
    /// Whose each mark of each page is.
    marks: Vec<Vec<ElementId>>,
}

impl Drawing for Press<'_> {
    fn draw(&mut self, page: &mut Page, fonts: &Fonts, structure: &Structure) {
        let size = page.orientation.size();
        let mut content = Content::new(size.1, fonts);
        self.marks.push(canvas::draw(&mut content, structure, page));
        self.waiting.push((size, content.finish()));
        // What has been drawn takes more room than the file; links are for the file's end.
        page.forget_drawing();
        if self.waiting.len() >= BATCH {
            self.pack();
        }
    }
}

impl<'o> Press<'o> {
    fn new(out: &'o mut dyn Write) -> Self {
        Self { waiting: Vec::new(), file: File::new(out), done: Vec::new(), marks: Vec::new() }
    }

    /// Packs the waiting pages and writes them, as the first objects of the file.
    fn pack(&mut self) {
        let drawn = std::mem::take(&mut self.waiting);
        let packed =
            drawn.par_iter().map_init(Packer::new, |packer, (_, content)| packer.pack(content));
        let packed: Vec<Vec<u8>> = packed.collect();
        let mut dictionary = Dictionary::new();
        dictionary.set("Filter", "FlateDecode");
        for ((size, _), content) in drawn.iter().zip(packed) {
            let id = self.next();
            self.file.stream(id, &dictionary, &content);
            self.done.push((*size, (id, 0)));
        }
    }

    /// The number of the next object.
    fn next(&self) -> u32 {
        u32::try_from(self.done.len()).map_or(u32::MAX, |done| done + 1)
    }

    fn finish(mut self, fonts: &Fonts, layout: &Layout, about: &About) -> Result<(), RenderError> {
        self.pack();
        let mut document = faces::document(fonts)?;
        document.renumber_objects_with(self.next());
        finish(document, (self.file, &self.done), layout, &self.marks, about)
    }
}
