//! From the document to the file: pages drawn as soon as they are laid out, packed on all cores, put together.

use super::content::Content;
use super::finish::{Contents, finish};
use super::flow::{self, Drawing};
use super::font::Fonts;
use super::model::{About, Document};
use super::pack::Packer;
use super::page::{Layout, Page};
use super::structure::{ElementId, Structure};
use super::{RenderError, canvas, faces};
use rayon::prelude::*;

/// How many drawn pages wait to be packed together: a page takes ten times the room before it is packed.
const BATCH: usize = 64;

/// The file of the document.
pub(super) fn print(document: &Document<'_>) -> Result<Vec<u8>, RenderError> {
    let mut fonts = Fonts::new()?;
    let mut press = Press::default();
    let layout = flow::lay_out_to(&mut fonts, document, &mut press);
    press.finish(&fonts, &layout, &document.about)
}

/// The file of pages that are laid out already.
pub(super) fn print_pages(
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
) -> Result<Vec<u8>, RenderError> {
    let mut press = Press::default();
    for page in &mut layout.pages {
        press.draw(page, fonts, &layout.structure);
    }
    press.finish(fonts, &layout, about)
}

/// The pages drawn so far.
#[derive(Default)]
struct Press {
    waiting: Vec<((f64, f64), Vec<u8>)>,
    done: Vec<Contents>,
    /// Whose each mark of each page is.
    marks: Vec<Vec<ElementId>>,
}

impl Drawing for Press {
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

impl Press {
    fn pack(&mut self) {
        let drawn = std::mem::take(&mut self.waiting);
        let packed = drawn.par_iter().map_init(Packer::new, |packer, (size, content)| Contents {
            size: *size,
            content: packer.pack(content),
        });
        self.done.par_extend(packed);
    }

    fn finish(
        mut self,
        fonts: &Fonts,
        layout: &Layout,
        about: &About,
    ) -> Result<Vec<u8>, RenderError> {
        self.pack();
        finish(faces::document(fonts)?, self.done, layout, &self.marks, about)
    }
}
