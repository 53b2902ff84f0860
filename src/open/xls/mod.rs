//! Workbooks of Excel 97-2003 (`.xls`) by way of calamine; only ever called inside the worker process.

mod biff;
mod far;
mod rich;

use super::fault::Fault;
use super::grid::{Sheet, Value};
use super::limits::{Limits, Passed};
use super::opened::Contents;
use super::runs::set_apart;
use super::serial::{self, Epoch};
use super::sparse::{Allowance, Losses, SheetBuilder};
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::model::submission::SheetName;
use biff::Unsaid;
use calamine::{Data, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError};
use far::without_far_cells;
use std::io::Cursor;

const DAMAGED: Fault = Fault::Broken("sổ làm việc Excel bị hỏng");

/// Reads all worksheets. May abort or run without end on hostile bytes.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    let stream = biff::workbook(bytes).map(|stream| stream.bytes).unwrap_or_default();
    if biff::is_encrypted(&stream) {
        return Err(Fault::Password);
    }
    let all_unsaid = biff::unsaid(&stream);
    drop(stream);
    let (bytes, all_far) = without_far_cells(bytes);
    let mut book: Xls<_> = Xls::new(Cursor::new(&*bytes)).map_err(|error| match error {
        XlsError::Password => Fault::Password,
        _ => DAMAGED,
    })?;
    let epoch = epoch(book.has_1904_epoch());
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    for (name, hidden) in worksheets(book.sheets_metadata(), limits)? {
        let builder = SheetBuilder::new(name.clone(), hidden);
        let order = usize::try_from(name.order).unwrap_or(usize::MAX);
        let unsaid = all_unsaid.get(order).cloned().unwrap_or_default();
        let far = all_far.get(order).map(Vec::as_slice).unwrap_or_default();
        let sheet = read_sheet(&mut book, &name, builder, (epoch, unsaid, far), &mut allowance);
        contents.add(name, sheet)?;
    }
    // The library is known to find nothing in some files that are not empty.
    if contents.workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Fault::Broken("không đọc được ô nào trong sổ làm việc Excel"));
    }
    Ok(contents)
}

fn read_sheet(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &SheetName,
    mut builder: SheetBuilder,
    (epoch, unsaid, far): (Epoch, Unsaid, &[far::Cell]),
    allowance: &mut Allowance<'_>,
) -> Result<(Sheet, Losses), Fault> {
    for (first, last) in unsaid.columns {
        builder.hide_columns(first, last);
    }
    let range = book.worksheet_range(&name.name).map_err(|_| DAMAGED)?;
    let formulas = book.worksheet_formula(&name.name).map_err(|_| DAMAGED)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let place = (top.saturating_add(number(row)), left.saturating_add(number(col)));
        let computed = formulas.get_value(place).is_some_and(|formula| !formula.is_empty());
        if unsaid.rows.binary_search(&place.0).is_ok() {
            builder.row(place.0, true);
        }
        let read = match value(data.clone(), epoch) {
            Some(Value::Number(number)) if unsaid.percents.contains(&place) => {
                Some(serial::percent(number))
            }
            Some(Value::Text(text)) => Some(match unsaid.rich.get(&place) {
                Some((first, stretches)) => Value::Text(set_apart(&text, *first, stretches).into()),
                None => Value::Text(text),
            }),
            read => read,
        };
        if read.is_some() && unsaid.struck.contains(&place) {
            builder.strike(CellRef::new(place.0, place.1));
        }
        put(&mut builder, place, read, computed, allowance)?;
    }
    for (row, col) in far {
        builder.turn_to(*row);
        builder.too_far(*col, allowance)?;
    }
    for merge in book.merge_cells_by_sheet_name(&name.name).unwrap_or_default() {
        let corner = |(row, col)| CellRef::new(row, col);
        builder.merge(corner(merge.start), corner(merge.end), allowance)?;
    }
    Ok(builder.finish())
}

/// The worksheets in the workbook's order, with whether they are hidden.
fn worksheets(
    sheets: &[calamine::Sheet],
    limits: &Limits,
) -> Result<Vec<(SheetName, bool)>, Fault> {
    if sheets.len() > limits.sheets {
        return Err(Passed::Sheets(limits.sheets).into());
    }
    let listed = (0u32..).zip(sheets).filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet);
    let named = listed.map(|(order, sheet)| {
        let name = SheetName::new(sheet.name.as_str(), order);
        (name, sheet.visible != SheetVisible::Visible)
    });
    Ok(named.collect())
}

fn put(
    builder: &mut SheetBuilder,
    (row, col): (u32, u32),
    value: Option<Value>,
    computed: bool,
    allowance: &mut Allowance<'_>,
) -> Result<(), Fault> {
    let Some(value) = value else { return Ok(()) };
    if row >= MAX_ROWS || col >= MAX_COLS {
        builder.outside();
        return Ok(());
    }
    builder.turn_to(row);
    builder.cell(col, value, computed, allowance)
}

fn value(data: Data, epoch: Epoch) -> Option<Value> {
    match data {
        Data::Empty => None,
        #[expect(clippy::cast_precision_loss, reason = "the format's whole numbers have 30 bits")]
        Data::Int(number) => Some(Value::Number(number as f64)),
        Data::Float(number) => Some(Value::Number(number)),
        Data::String(text) | Data::DurationIso(text) => text_value(text),
        Data::Bool(truth) => Some(Value::Bool(truth)),
        Data::DateTime(date) => Some(date_value(date, epoch)),
        Data::DateTimeIso(text) => match serial::iso(&text) {
            Some(date) => Some(Value::Date(date)),
            None => text_value(text),
        },
        Data::Error(error) => Some(Value::Error(error.to_string().into())),
    }
}

fn text_value(text: String) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.into()))
}

fn date_value(date: ExcelDateTime, epoch: Epoch) -> Value {
    let number = date.as_f64();
    let read = date.is_datetime().then(|| serial::date(number, epoch)).flatten();
    read.map_or(Value::Number(number), Value::Date)
}

const fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::Y1904 } else { Epoch::Y1900 }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
