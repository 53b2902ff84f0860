//! From the layout to the file: pages drawn and packed side by side, then put together.

use super::canvas;
use super::content::Content;
use super::finish::{Contents, finish};
use super::font::Fonts;
use super::glyphs::Glyphs;
use super::model::About;
use super::pack::Packer;
use super::page::Layout;
use super::structure::ElementId;
use super::{RenderError, faces};
use rayon::prelude::*;

/// The file of the pages laid out.
pub(super) fn print(
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
) -> Result<Vec<u8>, RenderError> {
    let cuts = faces::cut(fonts)?;
    let glyphs = Glyphs::new(fonts, &cuts);
    let (document, (contents, marks)) =
        rayon::join(|| faces::document(cuts), || pages(&glyphs, &mut layout));
    finish(document, contents, &layout, &marks, about)
}

/// The content of every page, and whose each of its marks is.
fn pages(glyphs: &Glyphs, layout: &mut Layout) -> (Vec<Contents>, Vec<Vec<ElementId>>) {
    let structure = &layout.structure;
    let drawn = layout.pages.par_iter_mut().map_init(Packer::new, |packer, page| {
        let size = page.orientation.size();
        let mut content = Content::new(size.1, glyphs);
        let marks = canvas::draw(&mut content, structure, page);
        page.forget_drawing();
        (Contents { size, content: packer.pack(&content.finish()) }, marks)
    });
    drawn.unzip()
}
