//! From the document to the file: pages are drawn as soon as they are laid out, and packed while the next are drawn.

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
use std::io::Write;
use std::sync::mpsc::{self, SyncSender};

/// How many drawn pages may wait to be packed: each takes ten times the room that it has in the file.
const WAITING: usize = 16;

/// A page as it was drawn: its width and height in millimetres, and the operators.
type Sheet = ((f64, f64), Vec<u8>);

/// Writes the file of the document.
pub(super) fn print(
    document: &Document<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), RenderError> {
    let mut fonts = Fonts::new()?;
    let (printed, marks, layout) =
        with_press(out, |press| flow::lay_out_to(&mut fonts, document, press));
    printed.finish(&fonts, &layout, &marks, &document.about)
}

/// Writes the file of pages that are laid out already.
pub(super) fn print_pages(
    fonts: &Fonts,
    mut layout: Layout,
    about: &About,
    out: &mut (dyn Write + Send),
) -> Result<(), RenderError> {
    let (printed, marks, ()) = with_press(out, |press| {
        for page in &mut layout.pages {
            press.draw(page, fonts, &layout.structure);
        }
    });
    printed.finish(fonts, &layout, &marks, about)
}

/// Draws the pages while those drawn before are packed and written. Gives what was printed and whose each mark
/// is. The thread is its own and not of the shared ones, all of which may be waiting for a page.
fn with_press<T>(
    out: &mut (dyn Write + Send),
    draw: impl FnOnce(&mut Press) -> T,
) -> (Printed<'_>, Vec<Vec<ElementId>>, T) {
    let (sheets, received) = mpsc::sync_channel(WAITING);
    std::thread::scope(|scope| {
        let printing = scope.spawn(move || {
            let mut printed = Printed { file: File::new(out), pages: Vec::new() };
            let mut packer = Packer::new();
            for sheet in received {
                printed.add(&sheet, &mut packer);
            }
            printed
        });
        let mut press = Press { sheets, marks: Vec::new() };
        let drawn = draw(&mut press);
        let Press { sheets, marks } = press;
        drop(sheets);
        let printed = printing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (printed, marks, drawn)
    })
}

/// Draws pages and hands them on.
struct Press {
    sheets: SyncSender<Sheet>,
    /// Whose each mark of each page is.
    marks: Vec<Vec<ElementId>>,
}

impl Drawing for Press {
    fn draw(&mut self, page: &mut Page, fonts: &Fonts, structure: &Structure) {
        let size = page.orientation.size();
        let mut content = Content::new(size.1, fonts);
        self.marks.push(canvas::draw(&mut content, structure, page));
        // Nobody stops receiving but by a panic, which is passed on when the printing is waited for.
        self.sheets.send((size, content.finish())).ok();
        // What has been drawn takes more room than the file; links are for the file's end.
        page.forget_drawing();
    }
}

/// The file with the pages printed so far, as its first objects.
struct Printed<'o> {
    file: File<'o>,
    pages: Vec<Drawn>,
}

impl Printed<'_> {
    /// Packs a page and writes it.
    fn add(&mut self, (size, content): &Sheet, packer: &mut Packer) {
        let mut dictionary = Dictionary::new();
        dictionary.set("Filter", "FlateDecode");
        let id = self.next();
        self.file.stream(id, &dictionary, &packer.pack(content));
        self.pages.push((*size, (id, 0)));
    }

    /// The number of the next object.
    fn next(&self) -> u32 {
        u32::try_from(self.pages.len()).map_or(u32::MAX, |pages| pages + 1)
    }

    fn finish(
        self,
        fonts: &Fonts,
        layout: &Layout,
        marks: &[Vec<ElementId>],
        about: &About,
    ) -> Result<(), RenderError> {
        let mut document = faces::document(fonts)?;
        document.renumber_objects_with(self.next());
        finish(document, (self.file, &self.pages), layout, marks, about)
    }
}
