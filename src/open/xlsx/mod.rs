//! Workbooks of Excel 2007 and later (`.xlsx`, `.xlsm`), read in one pass over each part.

mod kinds;
mod plain;
mod sheet;
mod strings;
mod styles;
#[cfg(test)]
mod tests;
mod workbook;

use super::fault::Fault;
use super::grid::{Cell, Value, Workbook};
use super::limits::Limits;
use super::opened::Contents;
use super::package::{MISSING, Package, with_scratch};
use super::seen::Seen;
use super::sparse::{Allowance, SheetBuilder};
use crate::model::submission::SheetName;
use sheet::{Shared, SheetReader};
use std::sync::Arc;
pub(super) use strings::Strings;
pub(super) use styles::Styles;

/// The styles that were read before.
static STYLES: Seen<Styles> = Seen::new();

/// Reads all worksheets; one that is damaged costs itself.
pub(super) fn read(package: &mut Package<'_>, limits: &Limits) -> Result<Contents, Fault> {
    with_scratch(|buffer| read_with(buffer, package, limits))
}

fn read_with(
    buffer: &mut Vec<u8>,
    package: &mut Package<'_>,
    limits: &Limits,
) -> Result<Contents, Fault> {
    let workbook = workbook::Contents::read(package, buffer)?;
    // Without its strings a cell is a hole that is named; without styles a date would pass for a number.
    let strings = match workbook.part("sharedStrings").filter(|part| package.has(part)) {
        Some(part) => Strings::read(package.xml(part, buffer)?, limits)?,
        None => Strings::default(),
    };
    let styles = match workbook.part("styles") {
        Some(part) => package.known((part, ""), &STYLES, buffer, Styles::read)?,
        None => Arc::default(),
    };
    let shared = Shared { strings: &strings, styles: &styles, epoch: workbook.list.epoch };
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    for (order, listed) in (0u32..).zip(&workbook.list.sheets) {
        let name = SheetName::new(listed.name.as_str(), order);
        let relation = workbook.relation(listed);
        if relation.is_some_and(|relation| !relation.is_worksheet()) {
            continue;
        }
        let builder = SheetBuilder::new(name.clone(), listed.hidden);
        let read = (relation.ok_or(MISSING))
            .and_then(|relation| package.xml(&relation.target, buffer))
            .and_then(|xml| SheetReader::new(builder, &shared, &mut allowance).read(xml));
        contents.add(name, read)?;
    }
    if workbook.list.recalculates {
        forget_zeros(&mut contents.workbook);
    }
    Ok(contents)
}

/// Writers that do not compute store a zero with every formula and ask Excel to compute on opening:
/// where no formula has any other result, the zeros are none.
fn forget_zeros(workbook: &mut Workbook) {
    let mut computed: Vec<&mut Cell> = workbook
        .sheets
        .iter_mut()
        .flat_map(|sheet| &mut sheet.rows)
        .flat_map(|row| &mut row.cells)
        .filter(|cell| cell.computed)
        .collect();
    if computed.iter().all(|cell| cell.value == Value::Number(0.0)) {
        for cell in &mut computed {
            cell.value = Value::Uncomputed;
            cell.computed = false;
        }
    }
}
