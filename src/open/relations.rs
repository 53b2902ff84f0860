//! Relationships (quan hệ) of a package: which part another part names, and by which name.

use super::fault::Fault;
use super::limits::{Limits, Passed};
use super::package::Package;
use super::seen::Seen;
use super::sparse::label;
use super::xml::{Xml, attributes, unescaped};
use quick_xml::events::Event;
use std::sync::Arc;

/// Bytes of a target that can be the name of a part.
const LONGEST_TARGET: usize = 1024;

/// One relationship (quan hệ) between parts.
#[derive(Debug)]
pub(super) struct Relation {
    id: String,
    /// The last word of the type, the same in transitional and strict files.
    kind: String,
    /// The part that it leads to, from the root of the package.
    pub(super) target: String,
}

impl Relation {
    /// Whether it leads to a sheet of cells, not to a chart, a dialog or macros.
    pub(super) fn is_worksheet(&self) -> bool {
        self.kind == "worksheet"
    }
}

/// The relationships of one part.
#[derive(Debug, Default)]
pub(super) struct Relations(Arc<Vec<Relation>>);

/// Those that were read before.
static SEEN: Seen<Vec<Relation>> = Seen::new();

impl Relations {
    /// Reads the relationships of a part; none when the package has none for it.
    pub(super) fn of(
        package: &mut Package<'_>,
        part: &str,
        buffer: &mut Vec<u8>,
    ) -> Result<Self, Fault> {
        let listed = relations_of(part);
        if !package.has(&listed) {
            return Ok(Self::default());
        }
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let read = |xml: Xml<'_>, limits: &Limits| read(xml, folder, limits);
        package.known((&listed, folder), &SEEN, buffer, read).map(Self)
    }

    /// The relationship of that name.
    pub(super) fn named(&self, id: &str) -> Option<&Relation> {
        self.0.iter().find(|relation| relation.id == id)
    }

    /// The part that a relationship of that kind leads to.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.0.iter().find(|relation| relation.kind == kind).map(|relation| &*relation.target)
    }
}

/// The part that the package names as its document; the usual one when it names none.
pub(super) fn document(
    package: &mut Package<'_>,
    usual: &str,
    buffer: &mut Vec<u8>,
) -> Result<String, Fault> {
    const ROOT: &str = "_rels/.rels";
    if !package.has(ROOT) {
        return Ok(usual.to_owned());
    }
    let read = |xml: Xml<'_>, limits: &Limits| read(xml, "", limits);
    let relations = Relations(package.known((ROOT, ""), &SEEN, buffer, read)?);
    Ok(relations
        .part("officeDocument")
        .filter(|part| package.has(part))
        .unwrap_or(usual)
        .to_owned())
}

/// Where the relationships of a part lie.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn read(mut xml: Xml<'_>, folder: &str, limits: &Limits) -> Result<Vec<Relation>, Fault> {
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().into_inner() == "Relationship" =>
            {
                if relations.len() >= limits.parts {
                    return Err(Passed::Parts(limits.parts).into());
                }
                let (mut id, mut kind, mut target) = (String::new(), String::new(), String::new());
                for (key, value) in attributes(&tag) {
                    let value = unescaped(value);
                    match key {
                        "Id" => label(&value).clone_into(&mut id),
                        "Type" => {
                            label(value.rsplit('/').next().unwrap_or_default())
                                .clone_into(&mut kind);
                        }
                        // A longer one is no part of any package.
                        "Target" if value.len() <= LONGEST_TARGET => {
                            target = resolve(folder, &value);
                        }
                        _ => {}
                    }
                }
                relations.push(Relation { id, kind, target });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The path of a target from the package's root, `.` and `..` resolved, never above the root.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "./worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "../custom/a.xml", "custom/a.xml"),
            ("", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(folder, target), path);
        }
    }
}
