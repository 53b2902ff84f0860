//! The parts beside the sheets: which sheets there are, their shared strings, which formats are dates.

use super::records::{DAMAGED, Records};
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::package::Package;
use crate::open::relations::{self, Relation, Relations};
use crate::open::runs::Run;
use crate::open::serial::Epoch;
use crate::open::sparse::label;
use crate::open::xlsx::{Strings, Styles};

/// One sheet as the workbook lists it.
#[derive(Debug)]
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
    relations: Relations,
}

const WORKBOOK_PROPERTIES: u32 = 153;
const SHEET: u32 = 156;
const STRING: u32 = 19;
const FONT: u32 = 43;
const FONTS: u32 = 611;
const FONTS_END: u32 = 612;
const FORMAT: u32 = 44;
const CELL_FORMAT: u32 = 47;
const CELL_FORMATS: u32 = 617;
const CELL_FORMATS_END: u32 = 618;

impl Contents {
    /// Reads the workbook part and its relationships.
    pub(super) fn read(
        package: &mut Package<'_>,
        limits: &Limits,
        buffer: &mut Vec<u8>,
    ) -> Result<Self, Fault> {
        let part = relations::document(package, "xl/workbook.bin", buffer)?;
        let mut contents = Self::default();
        let mut records = Records::new(package.bytes(&part, buffer)?, limits);
        while let Some((id, mut data)) = records.next()? {
            match id {
                SHEET => {
                    if contents.sheets.len() >= limits.sheets {
                        return Err(Passed::Sheets(limits.sheets).into());
                    }
                    let state = data.long().zip(data.long()).ok_or(DAMAGED)?.0;
                    let (relation, name) = data.text().zip(data.text()).ok_or(DAMAGED)?;
                    let (name, relation) = (label(&name).to_owned(), label(&relation).to_owned());
                    contents.sheets.push(Listed { name, hidden: state != 0, relation });
                }
                WORKBOOK_PROPERTIES => {
                    let old = data.long().is_some_and(|flags| flags & 1 == 1);
                    contents.epoch = if old { Epoch::Y1904 } else { Epoch::Y1900 };
                }
                _ => {}
            }
        }
        drop(records);
        contents.relations = Relations::of(package, &part, buffer)?;
        Ok(contents)
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

/// Reads the shared strings; the count that the part declares is never looked at.
pub(super) fn strings(
    mut records: Records<'_>,
    styles: &Styles,
    limits: &Limits,
) -> Result<Strings, Fault> {
    let mut strings = Strings::default();
    while let Some((id, mut data)) = records.next()? {
        if id == STRING {
            strings.add(&data.rich_text(styles).ok_or(DAMAGED)?, limits)?;
        }
    }
    Ok(strings)
}

/// Reads how cell formats show numbers, and what fonts set apart.
pub(super) fn styles(mut records: Records<'_>, limits: &Limits) -> Result<Styles, Fault> {
    let mut styles = Styles::default();
    let (mut in_cells, mut in_fonts) = (false, false);
    while let Some((id, mut data)) = records.next()? {
        match id {
            FORMAT => {
                let (number, code) = data.short().zip(data.text()).ok_or(DAMAGED)?;
                styles.add_format(u32::from(number), &code, limits)?;
            }
            FONTS => in_fonts = true,
            FONTS_END => in_fonts = false,
            FONT if in_fonts => {
                let (flags, script) = (data.skip(2).and_then(|()| data.short()))
                    .zip(data.skip(2).and_then(|()| data.short()))
                    .ok_or(DAMAGED)?;
                styles.add_font(Run::of_font(flags, script), limits)?;
            }
            CELL_FORMATS => in_cells = true,
            CELL_FORMATS_END => in_cells = false,
            CELL_FORMAT if in_cells => {
                let format = data.short().zip(data.short()).ok_or(DAMAGED)?.1;
                let font = data.short().map(usize::from);
                styles.add_cell_format(u32::from(format), font, limits)?;
            }
            _ => {}
        }
    }
    Ok(styles)
}
