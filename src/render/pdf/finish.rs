//! The last mile of the file, which printpdf leaves open: outline, links, language, identity, compression.

use super::file::{File, write_object};
use super::model::{About, Orientation};
use super::pack::packed;
use super::page::{Layout, Link, Page};
use super::structure::ElementId;
use super::tags::Tags;
use super::{MM_PER_PT, RenderError, archive};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use std::collections::BTreeMap;

/// A page whose content is in the file: its width and height in millimetres, and the content's object.
pub(super) type Drawn = ((f64, f64), ObjectId);

/// A link with the words that are clicked, and their page.
type Linked = (ObjectId, ElementId, usize);

/// Ends a file that holds the pages' contents, with the faces and what holds it together; the same bytes for
/// the same content.
pub(super) fn finish(
    mut document: Document,
    (mut file, drawn): (File<'_>, &[Drawn]),
    layout: &Layout,
    marks: &[Vec<ElementId>],
    about: &About,
) -> Result<(), RenderError> {
    let pages = replace_pages(&mut document, drawn)?;
    let links = add_links(&mut document, &pages, layout);
    let outline = add_outline(&mut document, &pages, layout);
    let archive = archive::entries(&mut document, about);
    if let Ok(replaced) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.objects.insert(replaced, info(about).into());
    }
    let lies: Vec<Orientation> = layout.pages.iter().map(|page| page.orientation).collect();
    let first = document.max_id + 1;
    let structure = &layout.structure;
    let tags = Tags { structure, marks, lies: &lies, pages: &pages, links: &links, first };
    complete_catalogue(&mut document, outline, tags.root(), archive)?;
    file.end_at(tags.last());
    for ((id, _), object) in &mut document.objects {
        if let Object::Stream(stream) = object {
            pack(stream);
            file.stream(*id, &stream.dict, &stream.content);
        } else {
            file.object(*id, |out| write_object(out, object));
        }
    }
    tags.write(&mut file);
    file.finish(document.trailer)
}

/// Takes the page that held all letters out and puts the report's pages in.
fn replace_pages(document: &mut Document, drawn: &[Drawn]) -> Result<Vec<ObjectId>, RenderError> {
    let fault = |_| RenderError::Writing;
    let letters = document.get_pages().into_values().next().ok_or(RenderError::Writing)?;
    for content in document.get_page_contents(letters) {
        document.objects.remove(&content);
    }
    let letters = document.objects.remove(&letters).ok_or(RenderError::Writing)?;
    let template = letters.as_dict().map_err(fault)?;
    let parent = template.get(b"Parent").and_then(Object::as_reference).map_err(fault)?;
    let resources = template.get(b"Resources").map_err(fault)?;
    let mut pages = Vec::with_capacity(drawn.len());
    for (key, (size, content)) in (0_i64..).zip(drawn) {
        let mut page = Dictionary::new();
        page.set("Type", "Page");
        page.set("Parent", parent);
        page.set("MediaBox", [0.0, 0.0, size.0, size.1].map(exact).to_vec());
        page.set("Resources", resources.clone());
        page.set("Contents", *content);
        page.set("StructParents", key);
        page.set("Tabs", "S");
        pages.push(document.add_object(page));
    }
    let tree = document.get_dictionary_mut(parent).map_err(fault)?;
    tree.set("Count", i64::try_from(pages.len()).unwrap_or(i64::MAX));
    tree.set("Kids", pages.iter().copied().map(Object::Reference).collect::<Vec<_>>());
    Ok(pages)
}

fn complete_catalogue(
    document: &mut Document,
    outline: Option<ObjectId>,
    structure: ObjectId,
    archive: [(&'static str, Object); 2],
) -> Result<(), RenderError> {
    let catalogue = document.catalog_mut().map_err(|_| RenderError::Writing)?;
    catalogue.set("Lang", Object::string_literal("vi-VN"));
    catalogue.set("StructTreeRoot", structure);
    let mut marked = Dictionary::new();
    marked.set("Marked", true);
    catalogue.set("MarkInfo", marked);
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    catalogue.set("ViewerPreferences", viewer);
    catalogue.set("PageLayout", "SinglePage");
    for (key, value) in archive {
        catalogue.set(key, value);
    }
    if let Some(outline) = outline {
        catalogue.set("Outlines", outline);
        catalogue.set("PageMode", "UseOutlines");
    }
    let mut decimal = Dictionary::new();
    decimal.set("S", "D");
    let mut labels = Dictionary::new();
    labels.set("Nums", vec![0.into(), decimal.into()]);
    catalogue.set("PageLabels", labels);
    Ok(())
}

fn info(about: &About) -> Dictionary {
    let mut info = Dictionary::new();
    for (key, value) in [
        ("Title", about.title.clone()),
        ("Author", about.author.clone()),
        ("Subject", about.subject.clone()),
        ("Keywords", about.keywords.join(", ")),
        ("Creator", super::TOOL.to_owned()),
        ("Producer", "printpdf".to_owned()),
    ] {
        info.set(key, text_string(&value));
    }
    info
}

/// A string of the document that readers show: UTF-16 with its mark.
pub(super) fn text_string(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes.collect(), StringFormat::Hexadecimal)
}

/// Where a page is entered: at that many millimetres from its top.
fn destination(pages: &[ObjectId], layout: &Layout, page: usize, top: i64) -> Option<Object> {
    let height = layout.pages.get(page)?.orientation.size().1;
    #[expect(clippy::cast_precision_loss, reason = "a place on a page")]
    let top = points(height - top as f64);
    let (page, top) = (Object::Reference(*pages.get(page)?), Object::Real(top));
    Some(vec![page, "XYZ".into(), Object::Null, top, Object::Null].into())
}

/// Points from the lower left corner, in hundredths.
pub(super) fn points_exact(mm: f64) -> f64 {
    (mm / MM_PER_PT * 100.0).round() / 100.0
}

fn exact(mm: f64) -> Object {
    #[expect(clippy::cast_possible_truncation, reason = "the library counts in single precision")]
    let points = points_exact(mm) as f32;
    Object::Real(points)
}

fn points(mm: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "the library counts in single precision")]
    let points = (mm / MM_PER_PT).round() as f32;
    points
}

fn add_links(document: &mut Document, pages: &[ObjectId], layout: &Layout) -> Vec<Linked> {
    let anchors: BTreeMap<&str, (usize, i64)> =
        layout.anchors.iter().map(|(name, page, top)| (*name, (*page, *top))).collect();
    let mut all: Vec<Linked> = Vec::new();
    for (at, (id, page)) in pages.iter().zip(&layout.pages).enumerate() {
        let from = all.len();
        for link in &page.links {
            let target = anchors.get(link.to.anchor);
            let place = target.and_then(|(to, top)| destination(pages, layout, *to, *top));
            let Some(place) = place else { continue };
            let mut annotation = annotation(page, link, place);
            let key = pages.len() + all.len();
            annotation.set("StructParent", i64::try_from(key).unwrap_or(i64::MAX));
            all.push((document.add_object(annotation), link.element, at));
        }
        let links = all.get(from..).unwrap_or_default().iter();
        let links: Vec<Object> = links.map(|(id, _, _)| Object::Reference(*id)).collect();
        if let Ok(dictionary) = document.get_dictionary_mut(*id)
            && !links.is_empty()
        {
            dictionary.set("Annots", links);
        }
    }
    all
}

fn annotation(page: &Page, link: &Link, destination: Object) -> Dictionary {
    let (_, height) = page.orientation.size();
    let (left, top) = link.at;
    let corners = [left, height - top - link.size.1, left + link.size.0, height - top];
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "Annot");
    dictionary.set("Subtype", "Link");
    dictionary.set("Rect", corners.map(|mm| Object::Real(points(mm))).to_vec());
    dictionary.set("Border", vec![0.into(), 0.into(), 0.into()]);
    dictionary.set("Dest", destination);
    // Bit 3: the link is there on paper too, as PDF/A asks.
    dictionary.set("F", 4);
    dictionary.set("Contents", text_string(link.to.words));
    dictionary
}

/// The outline as a tree; gives its root, or nothing without entries.
fn add_outline(document: &mut Document, pages: &[ObjectId], layout: &Layout) -> Option<ObjectId> {
    if layout.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = layout.outline.iter().map(|_| document.new_object_id()).collect();
    let mut tree = vec![Dictionary::new(); ids.len()];
    let mut top = Dictionary::new();
    top.set("Type", "Outlines");
    // The open path from the root: depth and index of the last entry at each depth.
    let mut path: Vec<(u8, usize)> = Vec::new();
    for (i, (entry, id)) in layout.outline.iter().zip(&ids).enumerate() {
        let mut before = None;
        while let Some((depth, last)) = path.last().copied() {
            if depth < entry.depth {
                break;
            }
            before = Some(last);
            path.pop();
        }
        let parent = path.last().map(|(_, parent)| *parent);
        let parent_id = parent.and_then(|at| ids.get(at)).copied().unwrap_or(root);
        if let Some((before, before_id)) = before.and_then(|at| Some((at, *ids.get(at)?))) {
            if let Some(dictionary) = tree.get_mut(before) {
                dictionary.set("Next", *id);
            }
            if let Some(dictionary) = tree.get_mut(i) {
                dictionary.set("Prev", before_id);
            }
        }
        let holder = match parent {
            Some(parent) => tree.get_mut(parent),
            None => Some(&mut top),
        };
        if let Some(holder) = holder {
            count_child(holder, *id);
        }
        if let Some(dictionary) = tree.get_mut(i) {
            dictionary.set("Title", text_string(&entry.title));
            dictionary.set("Parent", parent_id);
            if let Some(place) = destination(pages, layout, entry.page, entry.top) {
                dictionary.set("Dest", place);
            }
        }
        path.push((entry.depth, i));
    }
    for (id, dictionary) in ids.into_iter().zip(tree) {
        document.set_object(id, dictionary);
    }
    document.set_object(root, top);
    Some(root)
}

/// One more child; entries below the first level stay folded, which a negative count says.
fn count_child(holder: &mut Dictionary, child: ObjectId) {
    let unfolded = holder.has(b"Type");
    let count = holder.get(b"Count").and_then(Object::as_i64).unwrap_or(0).abs() + 1;
    holder.set("Count", if unfolded { count } else { -count });
    if !holder.has(b"First") {
        holder.set("First", child);
    }
    holder.set("Last", child);
}

/// Packs a stream unless it is packed or to be read as it stands.
fn pack(stream: &mut Stream) {
    if stream.allows_compression && !stream.dict.has(b"Filter") {
        stream.dict.set("Filter", "FlateDecode");
        stream.content = packed(&stream.content);
    }
}
