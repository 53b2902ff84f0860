//! Builds a register from its tables and refuses one that could be read two ways.

use super::Register;
use super::error::{RegisterError, RowProblem};
use super::rows::{self, CHANGE_COLUMNS, ChangeRow, Lined, UNIT_COLUMNS};
use super::succession::Change;
use crate::model::Unit;
use chrono::NaiveDate;
use std::fs::File;
use std::io::Read;
use std::path::Path;

const UNITS: &str = include_str!("../../templates/units/units.csv");
const CHANGES: &str = include_str!("../../templates/units/successions.csv");
/// The whole nation since 2004 is about 2 MB.
const LIMIT_MB: u64 = 64;

impl Register {
    /// The register that comes with the program: Lào Cai and Yên Bái since 2015.
    pub fn embedded() -> Result<Self, RegisterError> {
        Self::parse((UNITS, "units.csv"), (CHANGES, "successions.csv"))
    }

    /// A register of the office's own, with the same columns; changes are read from
    /// `successions.csv` in the same folder, where there is one.
    pub fn load(path: &Path) -> Result<Self, RegisterError> {
        let units = read(path)?;
        let beside = path.with_file_name("successions.csv");
        let changes = if beside.is_file() && beside != path { Some(read(&beside)?) } else { None };
        Self::parse(
            (&units, &path.display().to_string()),
            (changes.as_deref().unwrap_or_default(), &beside.display().to_string()),
        )
    }

    /// Builds a register from the text and file name of its two tables; no text means no changes.
    pub fn parse(
        (units, units_file): (&str, &str),
        (changes, changes_file): (&str, &str),
    ) -> Result<Self, RegisterError> {
        let rows = rows::table(units, units_file, &UNIT_COLUMNS, rows::unit)?;
        let register = checked(rows, units_file)?;
        if changes.is_empty() {
            return Ok(register);
        }
        let rows = rows::table(changes, changes_file, &CHANGE_COLUMNS, rows::change)?;
        let resolved: Result<Vec<Change>, _> = rows
            .into_iter()
            .map(|Lined { line, row }| {
                resolve(&register, row).map_err(|problem| RegisterError::Row {
                    file: changes_file.to_owned(),
                    line,
                    problem,
                })
            })
            .collect();
        Ok(register.with_changes(resolved?))
    }
}

fn read(path: &Path) -> Result<String, RegisterError> {
    let file = path.display().to_string();
    let unreadable = |source| RegisterError::Unreadable { file: file.clone(), source };
    let mut bytes = Vec::new();
    let limit = LIMIT_MB * 1024 * 1024;
    let opened = File::open(path).map_err(unreadable)?;
    opened.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).map_or(true, |len| len > limit) {
        return Err(RegisterError::TooLarge { file, limit_mb: LIMIT_MB });
    }
    String::from_utf8(bytes).map_err(|_| RegisterError::NotUtf8 { file })
}

/// Sorts the units and checks what only the whole table can show.
fn checked(mut rows: Vec<Lined<Unit>>, file: &str) -> Result<Register, RegisterError> {
    let bad = |line, problem| RegisterError::Row { file: file.to_owned(), line, problem };
    rows.sort_by_key(|lined| (lined.row.code, lined.row.valid_from, lined.line));
    for (before, after) in rows.iter().zip(rows.iter().skip(1)) {
        let same = before.row.code == after.row.code;
        if same && before.row.valid_to.is_none_or(|last| after.row.valid_from <= last) {
            return Err(bad(after.line, RowProblem::Overlap(after.row.code.to_string())));
        }
    }
    let lines: Vec<u64> = rows.iter().map(|lined| lined.line).collect();
    let register = Register::new(rows.into_iter().map(|lined| lined.row).collect());
    for (unit, line) in register.all().iter().zip(lines) {
        check_parent(&register, unit).map_err(|problem| bad(line, problem))?;
    }
    Ok(register)
}

/// The parent must be there, and above, on the first and on the last day of the unit.
fn check_parent(register: &Register, unit: &Unit) -> Result<(), RowProblem> {
    let Some(code) = unit.parent else { return Ok(()) };
    for day in [unit.valid_from, unit.valid_to.unwrap_or(NaiveDate::MAX)] {
        let parent = register.get(code, day).ok_or_else(|| {
            // A unit that lasts has no last day to name; the parent's end is what was overlooked.
            let ended = register.ever(code).filter_map(|parent| parent.valid_to).last();
            let shown = unit.valid_to.or(ended.and_then(|day| day.succ_opt())).unwrap_or(day);
            let day = if day == NaiveDate::MAX { shown } else { day };
            RowProblem::ParentUnknown(code.to_string(), day.format("%d/%m/%Y").to_string())
        })?;
        if parent.level >= unit.level {
            return Err(RowProblem::ParentLevel(code.to_string()));
        }
    }
    Ok(())
}

/// Finds the unit that ended (or gave) and the one that received.
fn resolve(register: &Register, row: ChangeRow) -> Result<Change, RowProblem> {
    let eve = row.day.pred_opt().unwrap_or(row.day);
    let find = |code, day: NaiveDate, column| {
        register.index_of(code, day).ok_or_else(|| {
            let day = day.format("%d/%m/%Y").to_string();
            RowProblem::Unresolved(format!("{code}"), column, day)
        })
    };
    Ok(Change {
        old: find(row.old, eve, "old_code")?,
        new: find(row.new, row.day, "new_code")?,
        day: row.day,
        basis: row.basis,
    })
}
