//! The last mile of the file, which printpdf leaves open: outline, links, language, identity, compression.

use super::model::About;
use super::page::{Layout, Link, Page};
use super::{MM_PER_PT, RenderError, archive};
use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

/// Completes the document and gives its bytes, the same for the same content.
pub(super) fn finish(
    mut document: Document,
    layout: &Layout,
    about: &About,
) -> Result<Vec<u8>, RenderError> {
    "1.7".clone_into(&mut document.version);
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    add_links(&mut document, &pages, layout);
    let outline = add_outline(&mut document, &pages, layout);
    let archive = archive::entries(&mut document, about);
    complete_catalogue(&mut document, outline, archive)?;
    if let Ok(replaced) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.objects.insert(replaced, info(about).into());
    }
    compress(&mut document);
    let identity = identity(&document, about);
    document.trailer.set("ID", vec![identity.clone(), identity]);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(6)
        .build();
    document.save_with_options(&mut bytes, options).map_err(|_| RenderError::Writing)?;
    Ok(bytes)
}

fn complete_catalogue(
    document: &mut Document,
    outline: Option<ObjectId>,
    archive: [(&'static str, Object); 2],
) -> Result<(), RenderError> {
    let catalogue = document.catalog_mut().map_err(|_| RenderError::Writing)?;
    catalogue.set("Lang", Object::string_literal("vi-VN"));
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
fn text_string(text: &str) -> Object {
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

fn points(mm: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "the library counts in single precision")]
    let points = (mm / MM_PER_PT).round() as f32;
    points
}

fn add_links(document: &mut Document, pages: &[ObjectId], layout: &Layout) {
    let anchors: BTreeMap<&str, (usize, i64)> =
        layout.anchors.iter().map(|(name, page, top)| (*name, (*page, *top))).collect();
    for (id, page) in pages.iter().zip(&layout.pages) {
        let links = page.links.iter().filter_map(|link| {
            let (target, top) = anchors.get(link.to)?;
            Some(annotation(page, link, destination(pages, layout, *target, *top)?))
        });
        let links: Vec<Object> = links.collect();
        if let Ok(dictionary) = document.get_dictionary_mut(*id) {
            if links.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", links);
            }
        }
    }
}

fn annotation(page: &Page, link: &Link, destination: Object) -> Object {
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
    dictionary.into()
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

fn compress(document: &mut Document) {
    let mut streams: Vec<_> = document
        .objects
        .values_mut()
        .filter_map(|object| match object {
            Object::Stream(stream) if stream.allows_compression && !stream.dict.has(b"Filter") => {
                Some(stream)
            }
            _ => None,
        })
        .collect();
    streams.par_iter_mut().for_each(|stream| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        if encoder.write_all(&stream.content).is_ok()
            && let Ok(packed) = encoder.finish()
            && packed.len() < stream.content.len()
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    });
}

/// The file's identity: what it shows, not when it was made.
fn identity(document: &Document, about: &About) -> Object {
    let mut digest = Sha256::new();
    for part in [&about.title, &about.author, &about.subject] {
        digest.update(part.as_bytes());
    }
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            digest.update(&stream.content);
        }
    }
    let bytes = digest.finalize().iter().copied().take(16).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}
