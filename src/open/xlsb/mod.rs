//! Excel's binary workbooks (`.xlsb`), read record by record in one pass over each part.

mod records;
mod sheet;
#[cfg(test)]
mod tests;
mod workbook;

use super::fault::Fault;
use super::limits::Limits;
use super::opened::Contents;
use super::package::{MISSING, Package};
use super::sparse::{Allowance, SheetBuilder};
use crate::model::submission::SheetName;
use records::Records;
use sheet::{Shared, SheetReader};

/// Reads all worksheets; one that is damaged costs itself.
pub(super) fn read(package: &mut Package<'_>, limits: &Limits) -> Result<Contents, Fault> {
    let mut buffer = Vec::new();
    let workbook = workbook::Contents::read(package, limits, &mut buffer)?;
    let styles = match workbook.part("styles") {
        Some(part) => {
            workbook::styles(Records::new(package.bytes(part, &mut buffer)?, limits), limits)?
        }
        None => super::xlsx::Styles::default(),
    };
    let strings = match workbook.part("sharedStrings").filter(|part| package.has(part)) {
        Some(part) => {
            let records = Records::new(package.bytes(part, &mut buffer)?, limits);
            workbook::strings(records, &styles, limits)?
        }
        None => super::xlsx::Strings::default(),
    };
    let shared = Shared { strings: &strings, styles: &styles, epoch: workbook.epoch };
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    for (order, listed) in (0u32..).zip(&workbook.sheets) {
        let name = SheetName::new(listed.name.as_str(), order);
        let relation = workbook.relation(listed);
        if relation.is_some_and(|relation| !relation.is_worksheet()) {
            continue;
        }
        let builder = SheetBuilder::new(name.clone(), listed.hidden);
        let read = (relation.ok_or(MISSING))
            .and_then(|relation| package.bytes(&relation.target, &mut buffer))
            .and_then(|bytes| {
                let records = Records::new(bytes, limits);
                SheetReader::new(builder, &shared, &mut allowance).read(records)
            });
        contents.add(name, read)?;
    }
    Ok(contents)
}
