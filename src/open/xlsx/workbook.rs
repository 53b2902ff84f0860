//! The workbook part: which sheets there are, where they lie, and from which day dates count.

use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::package::Package;
use crate::open::relations::{self, Relation, Relations};
use crate::open::serial::Epoch;
use crate::open::sparse::label;
use crate::open::xml::{Xml, attributes, unescaped};
use quick_xml::events::{BytesStart, Event};

/// One sheet as the workbook lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    relation: String,
}

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sheets: Vec<Listed>,
    pub(super) epoch: Epoch,
    /// Whether the writer left all formulas to be computed by whoever opens the workbook.
    pub(super) recalculates: bool,
    relations: Relations,
}

impl Contents {
    /// Reads the workbook part and its relationships.
    pub(super) fn read(
        package: &mut Package<'_>,
        limits: &Limits,
        buffer: &mut Vec<u8>,
    ) -> Result<Self, Fault> {
        let part = relations::document(package, "xl/workbook.xml", limits, buffer)?;
        let mut contents = Self::default();
        contents.list(package.xml(&part, buffer)?, limits)?;
        contents.relations = Relations::of(package, &part, limits, buffer)?;
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
                    "calcPr" => {
                        self.recalculates = attributes(&tag).any(|(key, value)| {
                            key == "fullCalcOnLoad" && matches!(value, "1" | "true")
                        });
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
        self.relations.named(&sheet.relation)
    }

    /// The part that a relationship of that kind leads to.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.relations.part(kind)
    }
}

fn listed(tag: &BytesStart<'_>) -> Listed {
    let mut sheet = Listed { name: String::new(), hidden: false, relation: String::new() };
    for (key, value) in attributes(tag) {
        match key {
            "name" => label(&unescaped(value)).clone_into(&mut sheet.name),
            "state" => sheet.hidden = matches!(value, "hidden" | "veryHidden"),
            "id" => label(&unescaped(value)).clone_into(&mut sheet.relation),
            _ => {}
        }
    }
    sheet
}
