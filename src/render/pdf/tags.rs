//! The structure tree of the file: every element with its place, and for every mark whose it is.

use super::file::{File, write_object};
use super::finish::{points_exact, text_string};
use super::model::Orientation;
use super::structure::{Element, ElementId, Structure, Tag};
use lopdf::ObjectId;
use std::collections::BTreeMap;
use std::io::Write;

/// A piece of an element's content: a mark of a page.
#[derive(Debug, Clone, Copy)]
struct Piece {
    element: ElementId,
    page: usize,
    mark: usize,
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

    /// Writes all of it.
    pub(super) fn write(&self, file: &mut File) {
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
    fn write_parents(&self, file: &mut File, parents: u32, arrays: u32) {
        file.object(parents, |out| {
            out.extend_from_slice(b"<</Nums[");
            for page in 0..self.marks.len() {
                put(out, format_args!("{page} {} 0 R ", arrays + number(page)));
            }
            for (i, (_, element, _)) in self.links.iter().enumerate() {
                let key = self.marks.len() + i;
                put(out, format_args!("{key} {} 0 R ", self.object(*element)));
            }
            out.extend_from_slice(b"]>>");
        });
        for (page, marks) in self.marks.iter().enumerate() {
            file.object(arrays + number(page), |out| {
                out.push(b'[');
                for element in marks {
                    put(out, format_args!("{} 0 R ", self.object(*element)));
                }
                out.push(b']');
            });
        }
    }

    fn write_elements(&self, file: &mut File) {
        let elements = self.structure.elements();
        let mut children: Vec<(ElementId, u32)> = (elements.iter().enumerate().skip(1))
            .map(|(i, element)| (element.parent, self.first + 2 + number(i)))
            .collect();
        children.sort_by_key(|(parent, _)| *parent);
        let mut pieces: Vec<Piece> = Vec::with_capacity(elements.len());
        for (page, marks) in self.marks.iter().enumerate() {
            let piece =
                |(mark, element): (usize, &ElementId)| Piece { element: *element, page, mark };
            pieces.extend(marks.iter().enumerate().map(piece));
        }
        pieces.sort_by_key(|piece| piece.element);
        let drawings: BTreeMap<ElementId, Vec<u8>> = self.drawings();
        let mut links: BTreeMap<ElementId, Vec<(u32, usize)>> = BTreeMap::new();
        for ((link, _), element, page) in self.links {
            links.entry(*element).or_default().push((*link, *page));
        }
        let (mut children, mut pieces) = (children.as_slice(), pieces.as_slice());
        for (id, element) in self.structure.numbered() {
            let own = |of: &ElementId| *of == id;
            let (mine, rest) = split(children, |(parent, _)| own(parent));
            children = rest;
            let (parts, rest) = split(pieces, |piece| own(&piece.element));
            pieces = rest;
            let links = links.get(&id).map_or(&[] as &[_], Vec::as_slice);
            file.object(self.object(id), |out| {
                self.head(out, id, element);
                out.extend_from_slice(drawings.get(&id).map_or(b"", Vec::as_slice));
                self.kids(out, mine, parts, links);
                out.extend_from_slice(b">>");
            });
        }
    }

    fn head(&self, out: &mut Vec<u8>, id: ElementId, element: &Element) {
        put(out, format_args!("<</S/{}", element.tag.name()));
        let parent =
            if id == ElementId::DOCUMENT { self.first } else { self.object(element.parent) };
        put(out, format_args!("/P {parent} 0 R"));
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
        children: &[(ElementId, u32)],
        pieces: &[Piece],
        links: &[(u32, usize)],
    ) {
        let page = |at: usize| self.pages.get(at).map_or(0, |(page, _)| *page);
        let home = pieces.first().map(|piece| piece.page);
        if let Some(home) = home {
            put(out, format_args!("/Pg {} 0 R", page(home)));
        }
        if children.is_empty() && pieces.is_empty() && links.is_empty() {
            return;
        }
        out.extend_from_slice(b"/K[");
        for (_, child) in children {
            put(out, format_args!("{child} 0 R "));
        }
        for piece in pieces {
            if Some(piece.page) == home {
                put(out, format_args!("{} ", piece.mark));
            } else {
                let page = page(piece.page);
                put(out, format_args!("<</Type/MCR/Pg {page} 0 R/MCID {}>>", piece.mark));
            }
        }
        for (link, at) in links {
            put(out, format_args!("<</Type/OBJR/Pg {} 0 R/Obj {link} 0 R>>", page(*at)));
        }
        out.push(b']');
    }

    /// What is said of each drawing: its words, and where it stands.
    fn drawings(&self) -> BTreeMap<ElementId, Vec<u8>> {
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
            said.insert(drawing.element, out);
        }
        said
    }
}

/// The items at the front that belong together, and the rest.
fn split<T>(items: &[T], belongs: impl Fn(&T) -> bool) -> (&[T], &[T]) {
    let end = items.iter().position(|item| !belongs(item)).unwrap_or(items.len());
    items.split_at_checked(end).unwrap_or((items, &[]))
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Writing to memory does not fail.
fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
