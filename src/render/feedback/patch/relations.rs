//! Relationships (quan hệ) between parts: what leads where, and one more of them.

use super::PatchError;
use super::scan::{Edits, Role, tags};
use crate::render::workbook::push_escaped;
use std::borrow::Cow;

/// The namespace of relationship parts.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What the types of relationships begin with in transitional files.
pub(super) const TRANSITIONAL: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// One relationship.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// Its number, unique in the part.
    pub(super) id: String,
    /// Its whole type.
    pub(super) kind: String,
    /// The part that it leads to, from the root of the package; empty where it leads outside.
    pub(super) target: String,
}

impl Relation {
    /// Whether its type ends with that word.
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind.rsplit('/').next() == Some(word)
    }
}

/// The relationships of one part.
#[derive(Debug)]
pub(super) struct Relations {
    text: String,
    folder: String,
    all: Vec<Relation>,
    added: Vec<String>,
}

impl Relations {
    /// Reads those of a part; `text` is none when it has none yet.
    pub(super) fn read(part: &str, text: Option<String>) -> Result<Self, PatchError> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let text = text.unwrap_or_else(|| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{PACKAGE}\"></Relationships>")
        });
        let mut all = Vec::new();
        for tag in tags(&text) {
            let tag = tag?;
            if !tag.opens("Relationship") {
                continue;
            }
            let value = |name| plain(tag.value(name).unwrap_or_default()).into_owned();
            let outside = tag.value("TargetMode") == Some("External");
            let target = if outside { String::new() } else { resolve(&folder, &value("Target")) };
            all.push(Relation { id: value("Id"), kind: value("Type"), target });
        }
        Ok(Self { text, folder, all, added: Vec::new() })
    }

    /// The relationship of that number.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.all.iter().find(|relation| relation.id == id)
    }

    /// The first relationship of that kind.
    pub(super) fn of_kind(&self, word: &str) -> Option<&Relation> {
        self.all.iter().find(|relation| relation.is(word) && !relation.target.is_empty())
    }

    /// What the types begin with: another word in strict files.
    pub(super) fn base(&self) -> &str {
        let known = self.all.iter().find(|relation| relation.kind.contains("officeDocument"));
        known.and_then(|one| one.kind.rsplit_once('/')).map_or(TRANSITIONAL, |(base, _)| base)
    }

    /// Adds one and says its number.
    pub(super) fn add(&mut self, kind: &str, target: &str) -> String {
        let taken = |id: &str| self.all.iter().any(|known| known.id.eq_ignore_ascii_case(id));
        let id =
            (1..=u32::MAX).map(|n| format!("rIdPh{n}")).find(|id| !taken(id)).unwrap_or_default();
        let path = relative(&self.folder, target);
        self.added.push(format!(
            "Relationship Id=\"{id}\" Type=\"{}\" Target=\"{}\"/>",
            escaped(kind),
            escaped(&path)
        ));
        self.all.push(Relation { id: id.clone(), kind: kind.into(), target: target.into() });
        id
    }

    /// Whether one was added.
    pub(super) fn is_changed(&self) -> bool {
        !self.added.is_empty()
    }

    /// The part with what was added.
    pub(super) fn finish(&self) -> Result<String, PatchError> {
        let mut edits = Edits::new(&self.text);
        let mut root = None;
        for tag in tags(&self.text) {
            let tag = tag?;
            if tag.depth == 0 {
                let prefix = tag.prefix();
                let words: Vec<String> =
                    self.added.iter().map(|one| format!("<{prefix}{one}")).collect();
                let words = words.concat();
                match tag.role {
                    Role::Open => root = Some(tag),
                    Role::Empty => edits.append(&tag, None, &words),
                    Role::Close => {
                        if let Some(open) = root {
                            edits.append(&open, Some(&tag), &words);
                        }
                    }
                }
            }
        }
        Ok(edits.finish())
    }
}

/// Where the relationships of a part lie.
pub(super) fn part_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The path of a target from the package's root.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for piece in base.split('/').chain(target.split('/')) {
        match piece {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            _ => path.push(piece),
        }
    }
    path.join("/")
}

/// A target as a relationship of that folder writes it.
fn relative(folder: &str, target: &str) -> String {
    let own: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    let other: Vec<&str> = target.split('/').collect();
    let same = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = own.iter().skip(same).map(|_| "..");
    up.chain(other.iter().skip(same).copied()).collect::<Vec<_>>().join("/")
}

/// A value as it stands in an attribute, its references resolved.
pub(super) fn plain(value: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
}

/// A text as XML writes it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push_escaped(&mut out, text);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_relationship() {
        let text = "<r:Relationships xmlns:r='p'><r:Relationship Id='rIdPh1' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' Target='/xl/worksheets/sheet1.xml'/></r:Relationships>";
        let mut relations = Relations::read("xl/workbook.xml", Some(text.to_owned())).unwrap();
        assert_eq!(relations.get("rIdPh1").unwrap().target, "xl/worksheets/sheet1.xml");
        let base = relations.base().to_owned();
        assert_eq!(base, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        assert_eq!(relations.add(&format!("{base}/styles"), "xl/styles.xml"), "rIdPh2");
        assert!(relations.finish().unwrap().ends_with(
            "<r:Relationship Id=\"rIdPh2\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/styles\" Target=\"styles.xml\"/></r:Relationships>"
        ));
        let mut none = Relations::read("xl/worksheets/sheet1.xml", None).unwrap();
        none.add("t", "xl/comments1.xml");
        assert!(none.finish().unwrap().contains("Target=\"../comments1.xml\""));
        let empty = Some("<Relationships xmlns='p'/>".to_owned());
        let mut empty = Relations::read("a.xml", empty).unwrap();
        empty.add("t", "b.xml");
        assert!(empty.finish().unwrap().starts_with("<Relationships xmlns='p'><Relationship Id"));
    }
}
