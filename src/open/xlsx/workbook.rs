//! The workbook part: which sheets there are, where they lie, and from which day dates count.

use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::package::Package;
use crate::open::relations::{self, Relation, Relations};
use crate::open::seen::Seen;
use crate::open::serial::Epoch;
use crate::open::sparse::label;
use crate::open::xml::{Xml, attributes, unescaped};
use quick_xml::events::{BytesStart, Event};
use std::sync::Arc;

/// One sheet as the workbook lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    relation: String,
}

/// The workbook part with its relationships.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) list: Arc<List>,
    relations: Relations,
}

/// What workbook parts said that were read before.
static SEEN: Seen<List> = Seen::new();

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) sheets: Vec<Listed>,
    pub(super) epoch: Epoch,
    /// Whether the writer left all formulas to be computed by whoever opens the workbook.
    pub(super) recalculates: bool,
}

impl Contents {
    /// Reads the workbook part and its relationships.
    pub(super) fn read(package: &mut Package<'_>, buffer: &mut Vec<u8>) -> Result<Self, Fault> {
        let part = relations::document(package, "xl/workbook.xml", buffer)?;
        let list = package.known((&part, ""), &SEEN, buffer, List::read)?;
        Ok(Self { list, relations: Relations::of(package, &part, buffer)? })
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

impl List {
    fn read(mut xml: Xml<'_>, limits: &Limits) -> Result<Self, Fault> {
        let mut list = Self::default();
        let mut in_sheets = false;
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                    "sheets" => in_sheets = true,
                    "sheet" if in_sheets => {
                        if list.sheets.len() >= limits.sheets {
                            return Err(Passed::Sheets(limits.sheets).into());
                        }
                        list.sheets.push(listed(&tag));
                    }
                    "workbookPr" => {
                        let old = attributes(&tag)
                            .any(|(key, value)| key == "date1904" && matches!(value, "1" | "true"));
                        list.epoch = if old { Epoch::Y1904 } else { Epoch::Y1900 };
                    }
                    "calcPr" => {
                        list.recalculates = attributes(&tag).any(|(key, value)| {
                            key == "fullCalcOnLoad" && matches!(value, "1" | "true")
                        });
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().into_inner() == "sheets" => in_sheets = false,
                Event::Eof => return Ok(list),
                _ => {}
            }
        }
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
