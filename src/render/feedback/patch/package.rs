//! The whole of it: which parts change, in which order they are read and written.

use super::PatchError;
use super::book::Book;
use super::cells::{Colours, Spots};
use super::comments::{self, Commented};
use super::parts::Parts;
use super::relations::{Relations, part_of};
use super::scan::Edits;
use super::sheet::Frame;
use super::styles::{Looks, MINIMAL, Styles};
use super::types::{self, Types};
use super::{app, drawing};
use crate::model::{CellRef, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be marked.
pub(in crate::render::feedback) struct Order<'a> {
    /// What the sheet in front is called.
    pub(in crate::render::feedback) name: &'a str,
    /// Where one from an earlier round stands, as a place in the workbook's list.
    pub(in crate::render::feedback) earlier: Option<usize>,
    /// By place of the sheet: how grave, and the comment.
    pub(in crate::render::feedback) marks:
        &'a BTreeMap<usize, BTreeMap<CellRef, (Severity, String)>>,
    /// The sheet in front as XML, from its formats, its namespace, and whether the package is signed.
    pub(in crate::render::feedback) letter: &'a dyn Fn(&Looks, &str, bool) -> String,
}

/// The marked copy.
pub(in crate::render::feedback) struct Patched {
    /// The package.
    pub(in crate::render::feedback) bytes: Vec<u8>,
    /// The extension that its content asks for.
    pub(in crate::render::feedback) extension: &'static str,
}

/// Marks a package; no part of it may inflate beyond so many bytes.
pub(in crate::render::feedback) fn patch(
    bytes: &[u8],
    order: &Order<'_>,
    largest: u64,
) -> Result<Patched, PatchError> {
    let mut parts = Parts::open(bytes, largest)?;
    let main = main_part(&mut parts)?;
    let text = parts.text(&main)?.ok_or(PatchError::Lacking("workbook"))?;
    let book = Book::read(&text)?;
    let mut links = Relations::read(&main, parts.text(&part_of(&main))?)?;
    let known = parts.text(types::PART)?.ok_or(PatchError::Lacking("list of types"))?;
    let extension = types::extension(&known, &main);
    let mut package = Package {
        folder: main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/")),
        namespace: book.namespace().to_owned(),
        base: links.base().to_owned(),
        parts,
        types: Types::default(),
        blocks: 0,
    };
    let sheets: Vec<Option<String>> = book
        .sheets
        .iter()
        .map(|sheet| links.get(&sheet.relation))
        .map(|link| link.filter(|link| !link.target.is_empty()).map(|link| link.target.clone()))
        .collect();
    let styles_part = links.of_kind("styles").map(|link| link.target.clone());
    let styles_text = package.styles(styles_part.as_deref(), &mut links)?;
    let mut styles = Styles::read(&styles_text.1)?;
    let looks = styles.looks();
    for (at, part) in sheets.iter().enumerate() {
        let Some(part) = part.as_deref().filter(|_| order.earlier != Some(at)) else { continue };
        package.sheet(part, order.marks.get(&at), order.earlier.is_some(), &mut styles)?;
    }
    package.parts.put(&styles_text.0, styles.finish()?);
    let signed = package.parts.any_below("_xmlsignatures/");
    let letter = (order.letter)(&looks, &package.namespace, signed);
    let earlier = order.earlier.and_then(|at| Some((at, sheets.get(at)?.clone()?)));
    let text = if let Some((at, part)) = earlier {
        package.parts.put(&part, letter);
        // What the old sheet had beside it (links, comments of its own) is not named any more.
        book.moved_first(at)?
    } else {
        let part = package.parts.free(&format!("{}worksheets/sheet", package.folder), ".xml");
        package.types.part(&part, "worksheet");
        let relation = links.add(&format!("{}/worksheet", package.base), &part);
        let name = book.free_name(order.name);
        package.parts.put(&part, letter);
        let worksheets = sheets.iter().flatten().count();
        if let Some(app) = package.parts.text("docProps/app.xml").ok().flatten()
            && let Some(changed) = app::with_sheet(&app, &name, worksheets)
        {
            package.parts.put("docProps/app.xml", changed);
        }
        book.with_first(&name, &relation, &package.base)?
    };
    package.parts.put(&main, text);
    if links.is_changed() {
        package.parts.put(&part_of(&main), links.finish()?);
    }
    let known = package.types.apply(&known)?;
    package.parts.put(types::PART, known);
    Ok(Patched { bytes: package.parts.finish()?, extension })
}

/// The part that the package names as its document; the usual place when it names none.
fn main_part(parts: &mut Parts<'_>) -> Result<String, PatchError> {
    let root = Relations::read("", parts.text("_rels/.rels")?)?;
    let named = root.of_kind("officeDocument").map(|link| link.target.clone());
    Ok(named.filter(|part| parts.has(part)).unwrap_or_else(|| "xl/workbook.xml".to_owned()))
}

struct Package<'a> {
    parts: Parts<'a>,
    types: Types,
    /// The folder of the workbook part, with its `/`.
    folder: String,
    namespace: String,
    base: String,
    /// Blocks of shape numbers in use.
    blocks: usize,
}

impl Package<'_> {
    /// The style part with its name; a new one where there is none.
    fn styles(
        &mut self,
        part: Option<&str>,
        links: &mut Relations,
    ) -> Result<(String, String), PatchError> {
        if let Some(part) = part
            && let Some(text) = self.parts.text(part)?
        {
            return Ok((part.to_owned(), text));
        }
        let part = self.parts.free(&format!("{}styles", self.folder), ".xml");
        links.add(&format!("{}/styles", self.base), &part);
        self.types.part(&part, "styles");
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        Ok((part, MINIMAL.replace(main, &self.namespace)))
    }

    /// Marks one sheet, or only takes its selection away.
    fn sheet(
        &mut self,
        part: &str,
        marks: Option<&BTreeMap<CellRef, (Severity, String)>>,
        again: bool,
        styles: &mut Styles<'_>,
    ) -> Result<(), PatchError> {
        let Some(text) = self.parts.text(part)? else { return Ok(()) };
        if marks.is_none() && !again && !text.contains("tabSelected") {
            return Ok(());
        }
        let frame = Frame::read(&text)?;
        let mut edits = Edits::new(&text);
        frame.deselect(&mut edits);
        let (mut colours, mut words) = (Colours::new(), BTreeMap::<CellRef, String>::new());
        for (cell, (severity, comment)) in marks.into_iter().flatten() {
            let cell = frame.anchor(*cell);
            let worst = colours.entry(cell).or_insert(*severity);
            *worst = (*worst).min(*severity);
            let all = words.entry(cell).or_default();
            if !all.is_empty() {
                all.push_str("\n\n");
            }
            all.push_str(comment);
        }
        if marks.is_some() || again {
            let spots = Spots::find(&text, &colours, &styles.ours)?;
            if !colours.is_empty() || spots.is_stale(&colours) {
                spots.colour(&colours, styles, &mut edits)?;
            }
            self.comments(part, &frame, words, again, &mut edits)?;
        }
        if !edits.is_empty() {
            let text = edits.finish();
            self.parts.put(part, text);
        }
        Ok(())
    }

    /// Adds the comments of one sheet.
    fn comments(
        &mut self,
        part: &str,
        frame: &Frame<'_>,
        mut words: BTreeMap<CellRef, String>,
        again: bool,
        edits: &mut Edits<'_>,
    ) -> Result<(), PatchError> {
        let rels = part_of(part);
        let mut links = Relations::read(part, self.parts.text(&rels)?)?;
        let target = |word| links.of_kind(word).map(|link| link.target.clone());
        let (known, threads) = (target("comments"), target("threadedComment"));
        if words.is_empty() && !(again && known.is_some()) {
            return Ok(());
        }
        if let Some(threads) = threads.and_then(|part| self.parts.text(&part).transpose()) {
            // A cell with a conversation has no room for a comment; its colour and the list must do.
            let threads = threads?;
            words.retain(|cell, _| !threads.contains(&format!("ref=\"{cell}\"")));
        }
        let old = known.as_deref().map(|part| self.parts.text(part)).transpose()?.flatten();
        let Commented { text, boxed, unboxed } = match &old {
            Some(text) => comments::merged(text, &words)?,
            None => comments::fresh(&words, &self.namespace),
        };
        if boxed.is_empty() && unboxed.is_empty() && old.as_ref() == Some(&text) {
            return Ok(());
        }
        let comments_part = known.filter(|_| old.is_some()).unwrap_or_else(|| {
            let part = self.parts.free(&format!("{}comments", self.folder), ".xml");
            links.add(&format!("{}/comments", self.base), &part);
            self.types.part(&part, "comments");
            part
        });
        self.parts.put(&comments_part, text);
        self.boxes(frame, &mut links, (&boxed, &unboxed), edits)?;
        if links.is_changed() {
            self.parts.put(&rels, links.finish()?);
        }
        Ok(())
    }

    /// Adds the boxes of the comments to the sheet's drawing, or a drawing to the sheet.
    fn boxes(
        &mut self,
        frame: &Frame<'_>,
        links: &mut Relations,
        (boxed, unboxed): (&BTreeSet<CellRef>, &BTreeSet<CellRef>),
        edits: &mut Edits<'_>,
    ) -> Result<(), PatchError> {
        if let Some(part) = frame.drawing.and_then(|id| links.get(id)).map(|link| &link.target)
            && let Some(text) = self.parts.text(part)?
        {
            let text = drawing::merged(&text, boxed, unboxed).ok_or(PatchError::Xml)?;
            let part = part.clone();
            self.parts.put(&part, text);
            return Ok(());
        }
        if frame.drawing.is_some() {
            return Err(PatchError::Lacking("drawing of comments"));
        }
        if boxed.is_empty() {
            return Ok(());
        }
        let part = self.parts.free(&format!("{}drawings/vmlDrawing", self.folder), ".vml");
        self.types.drawing();
        // Blocks far behind those that other programs begin with.
        self.blocks += 1;
        self.parts.put(&part, drawing::fresh(boxed, 100 + self.blocks));
        let id = links.add(&format!("{}/vmlDrawing", self.base), &part);
        frame.name_drawing(&id, &self.base, edits);
        Ok(())
    }
}
