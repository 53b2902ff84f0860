//! The workbook part: which sheets there are, where they lie, and from which day dates count.

use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::package::Package;
use crate::open::serial::Epoch;
use crate::open::xml::{Xml, attributes, unescaped};
use quick_xml::events::{BytesStart, Event};

/// One sheet as the workbook lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    relation: String,
}

/// One relationship (quan hệ) between parts.
#[derive(Debug)]
pub(super) struct Relation {
    id: String,
    /// The last word of the type, the same in transitional and strict files.
    kind: String,
    /// The part that it leads to, from the root of the package.
    pub(super) target: String,
}

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sheets: Vec<Listed>,
    pub(super) epoch: Epoch,
    relations: Vec<Relation>,
}

impl Contents {
    /// Reads the workbook part and its relationships.
    pub(super) fn read(
        package: &mut Package<'_>,
        limits: &Limits,
        buffer: &mut Vec<u8>,
    ) -> Result<Self, Fault> {
        let part = main_part(package, limits, buffer)?;
        let mut contents = Self::default();
        contents.list(package.xml(&part, buffer)?, limits)?;
        let relations = relations_of(&part);
        if package.has(&relations) {
            let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
            contents.relations = read_relations(package.xml(&relations, buffer)?, folder, limits)?;
        }
        Ok(contents)
    }

    fn list(&mut self, mut xml: Xml<'_>, limits: &Limits) -> Result<(), Fault> {
        let mut in_sheets = false;
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                    "sheets" => in_sheets = true,
                    "sheet" if in_sheets => {
                        if self.sheets.len() >= limits.sheets {
                            return Err(Passed::Sheets(limits.sheets).into());
                        }
                        self.sheets.push(listed(&tag));
                    }
                    "workbookPr" => {
                        let old = attributes(&tag)
                            .any(|(key, value)| key == "date1904" && matches!(value, "1" | "true"));
                        self.epoch = if old { Epoch::Y1904 } else { Epoch::Y1900 };
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().into_inner() == "sheets" => in_sheets = false,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The relationship that a listed sheet stands for.
    pub(super) fn relation(&self, sheet: &Listed) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.id == sheet.relation)
    }

    /// The part that a relationship of that kind leads to.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.relations
            .iter()
            .find(|relation| relation.kind == kind)
            .map(|relation| &*relation.target)
    }
}

impl Relation {
    /// Whether it leads to a sheet of cells, not to a chart, a dialog or macros.
    pub(super) fn is_worksheet(&self) -> bool {
        self.kind == "worksheet"
    }
}

fn listed(tag: &BytesStart<'_>) -> Listed {
    let mut sheet = Listed { name: String::new(), hidden: false, relation: String::new() };
    for (key, value) in attributes(tag) {
        match key {
            "name" => sheet.name = unescaped(value).into_owned(),
            "state" => sheet.hidden = matches!(value, "hidden" | "veryHidden"),
            "id" => sheet.relation = unescaped(value).into_owned(),
            _ => {}
        }
    }
    sheet
}

/// The part that the package names as its document; the usual place when it names none.
fn main_part(
    package: &mut Package<'_>,
    limits: &Limits,
    buffer: &mut Vec<u8>,
) -> Result<String, Fault> {
    const USUAL: &str = "xl/workbook.xml";
    const ROOT: &str = "_rels/.rels";
    if !package.has(ROOT) {
        return Ok(USUAL.to_owned());
    }
    let relations = read_relations(package.xml(ROOT, buffer)?, "", limits)?;
    let named = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(named
        .map(|relation| relation.target)
        .filter(|part| package.has(part))
        .unwrap_or_else(|| USUAL.to_owned()))
}

/// Where the relationships of a part lie.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn read_relations(mut xml: Xml<'_>, folder: &str, limits: &Limits) -> Result<Vec<Relation>, Fault> {
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
                        "Id" => id = value.into_owned(),
                        "Type" => kind = value.rsplit('/').next().unwrap_or_default().into(),
                        "Target" => target = resolve(folder, &value),
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
