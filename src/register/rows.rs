//! Reads the rows of the two register tables; what one row cannot say alone is checked elsewhere.

use super::error::{RegisterError, RowProblem};
use crate::model::{Level, Text, Unit, UnitCode, UnitKind};
use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};

/// The columns of the table of units.
pub(super) const UNIT_COLUMNS: [&str; 8] =
    ["code", "name", "kind", "level", "parent_code", "valid_from", "valid_to", "aliases"];
/// The columns of the table of changes.
pub(super) const CHANGE_COLUMNS: [&str; 5] =
    ["old_code", "new_code", "extent", "effective_date", "legal_basis"];

/// A row together with its line.
pub(super) struct Lined<T> {
    pub(super) line: u64,
    pub(super) row: T,
}

/// A change (sáp nhập, chia tách, đổi tên) as the table writes it.
pub(super) struct ChangeRow {
    pub(super) old: UnitCode,
    pub(super) new: UnitCode,
    pub(super) day: NaiveDate,
    pub(super) basis: String,
}

/// A row of `units.csv`.
pub(super) fn unit(row: &StringRecord) -> Result<Unit, RowProblem> {
    let [code, name, kind, level, parent, from, to, aliases] = cells(row)?;
    let unit = Unit {
        code: unit_code(code, "code")?,
        name: Text::new(name).ok_or(RowProblem::Name)?,
        kind: word(kind, "kind", UnitKind::parse, UnitKind::ALL.map(UnitKind::key).as_slice())?,
        level: word(level, "level", Level::parse, Level::ALL.map(Level::key).as_slice())?,
        parent: match parent {
            "" => None,
            _ => Some(unit_code(parent, "parent_code")?),
        },
        valid_from: day(from, "valid_from")?,
        valid_to: match to {
            "" => None,
            _ => Some(day(to, "valid_to")?),
        },
        aliases: aliases.split('|').filter_map(Text::new).collect(),
    };
    if unit.valid_to.is_some_and(|last| last < unit.valid_from) {
        return Err(RowProblem::Backwards);
    }
    if unit.parent.is_none() != (unit.level == Level::Province) {
        return Err(RowProblem::ParentMissing);
    }
    Ok(unit)
}

/// A row of `successions.csv`.
pub(super) fn change(row: &StringRecord) -> Result<ChangeRow, RowProblem> {
    let [old, new, extent, date, basis] = cells(row)?;
    word(extent, "extent", |w| ["whole", "part"].contains(&w).then_some(()), &["whole", "part"])?;
    Ok(ChangeRow {
        old: unit_code(old, "old_code")?,
        new: unit_code(new, "new_code")?,
        day: day(date, "effective_date")?,
        basis: basis.to_owned(),
    })
}

/// Reads a whole table: the header must be those columns, each row goes through `parse`.
pub(super) fn table<T>(
    text: &str,
    file: &str,
    columns: &[&str],
    parse: impl Fn(&StringRecord) -> Result<T, RowProblem>,
) -> Result<Vec<Lined<T>>, RegisterError> {
    // A byte order mark is not part of the first column's name.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let bad = |line, problem| RegisterError::Row { file: file.to_owned(), line, problem };
    let header = reader.headers().map_err(|_| bad(1, RowProblem::Cells))?;
    if !header.iter().map(str::trim).eq(columns.iter().copied()) {
        return Err(RegisterError::Header {
            file: file.to_owned(),
            found: header.iter().take(columns.len() + 2).collect::<Vec<_>>().join(","),
            expected: columns.join(","),
        });
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            bad(error.position().map_or(0, csv::Position::line), RowProblem::Cells)
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Lined { line, row: parse(&record).map_err(|problem| bad(line, problem))? });
    }
    Ok(rows)
}

/// The cells of a row without outer spaces, which official tables carry along.
fn cells<const N: usize>(row: &StringRecord) -> Result<[&str; N], RowProblem> {
    // An unclosed quotation mark swallows the rows below it into one cell.
    if row.iter().any(|cell| cell.contains('\n')) {
        return Err(RowProblem::Cells);
    }
    let cells: Vec<&str> = row.iter().map(str::trim).collect();
    cells.try_into().map_err(|_| RowProblem::Cells)
}

fn unit_code(text: &str, column: &'static str) -> Result<UnitCode, RowProblem> {
    UnitCode::parse(text).ok_or_else(|| RowProblem::Code(text.to_owned(), column))
}

fn day(text: &str, column: &'static str) -> Result<NaiveDate, RowProblem> {
    text.parse().map_err(|_| RowProblem::Day(text.to_owned(), column))
}

fn word<T>(
    text: &str,
    column: &'static str,
    parse: impl Fn(&str) -> Option<T>,
    allowed: &[&str],
) -> Result<T, RowProblem> {
    parse(text).ok_or_else(|| RowProblem::Word(text.to_owned(), column, allowed.join(", ")))
}
