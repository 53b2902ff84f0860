//! The structure tree of the file: every element with its place, and for every mark whose it is.

use super::file::{File, write_object};
use super::finish::{points_exact, text_string};
use super::model::Orientation;
use super::structure::{Element, ElementId, Structure, Tag};
use crate::render::digits::push_decimal;
use lopdf::ObjectId;
use std::collections::BTreeMap;
use std::io::Write;

/// A piece of an element's content: a mark of a page.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    page: u32,
    mark: u32,
}

/// What the tree needs to know of the file.
pub(super) struct Tags<'l> {
    /// What each part is.
    pub(super) structure: &'l Structure,
    /// Whose each mark is, page by page.
    pub(super) marks: &'l [Vec<ElementId>],
    /// How each page lies.
    pub(super) lies: &'l [Orientation],
    /// The objects of the pages.
    pub(super) pages: &'l [ObjectId],
    /// The objects of the links with the element and the page of each, in the order of their keys.
    pub(super) links: &'l [(ObjectId, ElementId, usize)],
    /// The first object number that is free.
    pub(super) first: u32,
}

impl Tags<'_> {
    /// The object of the tree's root.
    pub(super) const fn root(&self) -> ObjectId {
        (self.first, 0)
    }

    fn object(&self, element: ElementId) -> u32 {
        self.first + 2 + number(element.index())
    }

    /// The number of the last object that is written.
    pub(super) fn last(&self) -> u32 {
        self.first + 1 + number(self.structure.elements().len() + self.marks.len())
    }

    /// Writes all of it.
    pub(super) fn write(&self, file: &mut File<'_>) {
        let parents = self.first + 1;
        let arrays = self.first + 2 + number(self.structure.elements().len());
        let keys = self.marks.len() + self.links.len();
        file.object(self.first, |out| {
            let document = self.object(ElementId::DOCUMENT);
            put(out, format_args!("<</Type/StructTreeRoot/K {document} 0 R"));
            put(out, format_args!("/ParentTree {parents} 0 R/ParentTreeNextKey {keys}>>"));
        });
        self.write_parents(file, parents, arrays);
        self.write_elements(file);
    }

    /// For every mark of every page and for every link: whose it is.
    fn write_parents(&self, file: &mut File<'_>, parents: u32, arrays: u32) {
        file.object(parents, |out| {
            out.extend_from_slice(b"<</Nums[");
            for page in 0..self.marks.len() {
                push_number(out, number(page));
                reference(out, b"", arrays + number(page));
            }
            for (i, (_, element, _)) in self.links.iter().enumerate() {
                push_number(out, number(self.marks.len() + i));
                reference(out, b"", self.object(*element));
            }
            out.extend_from_slice(b"]>>");
        });
        file.objects(arrays, self.marks.len(), |page, out| {
            out.push(b'[');
            for element in self.marks.get(page).into_iter().flatten() {
                reference(out, b"", self.object(*element));
            }
            out.push(b']');
        });
    }

    fn write_elements(&self, file: &mut File<'_>) {
        let elements = self.structure.elements();
        let count = elements.len();
        let children = self.structure.numbered().skip(1);
        let children = Grouped::new(count, children.map(|(id, element)| (element.parent, id)));
        let pieces = self.marks.iter().enumerate().flat_map(|(page, marks)| {
            let piece = move |mark| Piece { page: number(page), mark: number(mark) };
            marks.iter().enumerate().map(move |(mark, element)| (*element, piece(mark)))
        });
        let pieces = Grouped::new(count, pieces);
        let links = self.links.iter().map(|((link, _), element, page)| (*element, (*link, *page)));
        let links = Grouped::new(count, links);
        let drawings: BTreeMap<usize, Vec<u8>> = self.drawings();
        file.objects(self.first + 2, count, |at, out| {
            let Some(element) = elements.get(at) else { return };
            self.head(out, at == ElementId::DOCUMENT.index(), element);
            out.extend_from_slice(drawings.get(&at).map_or(b"", Vec::as_slice));
            self.kids(out, children.of(at), pieces.of(at), links.of(at));
            out.extend_from_slice(b">>");
        });
    }

    fn head(&self, out: &mut Vec<u8>, whole: bool, element: &Element) {
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(element.tag.name().as_bytes());
        reference(out, b"/P ", if whole { self.first } else { self.object(element.parent) });
        let scope = match element.tag {
            Tag::ColumnHead => "/Scope/Column",
            Tag::RowHead => "/Scope/Row",
            Tag::List => "/ListNumbering/Disc",
            _ => "",
        };
        let owner = if element.tag == Tag::List { "List" } else { "Table" };
        if !scope.is_empty() || element.span != (1, 1) {
            put(out, format_args!("/A<</O/{owner}{scope}"));
            for (key, count) in [("RowSpan", element.span.0), ("ColSpan", element.span.1)] {
                if count > 1 {
                    put(out, format_args!("/{key} {count}"));
                }
            }
            out.extend_from_slice(b">>");
        }
    }

    fn kids(
        &self,
        out: &mut Vec<u8>,
        children: &[ElementId],
        pieces: &[Piece],
        links: &[(u32, usize)],
    ) {
        let page = |at: usize| self.pages.get(at).map_or(0, |(page, _)| *page);
        let home = pieces.first().map(|piece| piece.page);
        if let Some(home) = home {
            reference(out, b"/Pg ", page(home as usize));
        }
        if children.is_empty() && pieces.is_empty() && links.is_empty() {
            return;
        }
        out.extend_from_slice(b"/K[");
        for child in children {
            reference(out, b"", self.object(*child));
        }
        for piece in pieces {
            if Some(piece.page) == home {
                push_number(out, piece.mark);
            } else {
                reference(out, b"<</Type/MCR/Pg ", page(piece.page as usize));
                out.extend_from_slice(b"/MCID ");
                push_number(out, piece.mark);
                out.extend_from_slice(b">>");
            }
        }
        for (link, at) in links {
            reference(out, b"<</Type/OBJR/Pg ", page(*at));
            reference(out, b"/Obj ", *link);
            out.extend_from_slice(b">>");
        }
        out.push(b']');
    }

    /// What is said of each drawing: its words, and where it stands.
    fn drawings(&self) -> BTreeMap<usize, Vec<u8>> {
        let page_of = |element: ElementId| {
            let here = |marks: &Vec<ElementId>| marks.contains(&element);
            self.marks.iter().position(here).and_then(|page| self.lies.get(page))
        };
        let mut said = BTreeMap::new();
        for drawing in &self.structure.drawings {
            let mut out = b"/Alt".to_vec();
            write_object(&mut out, &text_string(&drawing.words));
            if let (Some([left, top, width, height]), Some(lies)) =
                (drawing.extent, page_of(drawing.element))
            {
                let (_, page) = lies.size();
                let box_ = [left, page - top - height, left + width, page - top].map(points_exact);
                let [a, b, c, d] = box_;
                put(
                    &mut out,
                    format_args!("/A<</O/Layout/Placement/Block/BBox[{a} {b} {c} {d}]>>"),
                );
            }
            said.insert(drawing.element.index(), out);
        }
        said
    }
}

/// What belongs to each element, in the order it came in.
struct Grouped<T> {
    /// Where the items of each element begin, and one more for the end of the last.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    fn new(elements: usize, of: impl Iterator<Item = (ElementId, T)> + Clone) -> Self {
        let mut starts = vec![0_u32; elements + 1];
        for (element, _) in of.clone() {
            if let Some(count) = starts.get_mut(element.index() + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut items = vec![T::default(); sum as usize];
        let mut next = starts.clone();
        for (element, item) in of {
            let Some(at) = next.get_mut(element.index()) else { continue };
            if let Some(slot) = items.get_mut(*at as usize) {
                *slot = item;
            }
            *at += 1;
        }
        Self { starts, items }
    }

    fn of(&self, element: usize) -> &[T] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |bound| *bound as usize);
        self.items.get(bound(element)..bound(element + 1)).unwrap_or_default()
    }
}

/// A reference to an object behind those bytes, and a space.
fn reference(out: &mut Vec<u8>, before: &[u8], object: u32) {
    out.extend_from_slice(before);
    push_decimal(out, u64::from(object));
    out.extend_from_slice(b" 0 R ");
}

/// A number and a space.
fn push_number(out: &mut Vec<u8>, value: u32) {
    push_decimal(out, u64::from(value));
    out.push(b' ');
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Writing to memory does not fail.
fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
