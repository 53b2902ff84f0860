//! The rows of a district's roll-up (Biểu 02), each with the commune that it names.

use super::detail::{OUTCOME_FIELDS, read_rows};
use super::identity::spellings_of_code;
use super::reader::Source;
use crate::model::submission::Table;
use crate::model::{CellRef, Finding, Level, RollUpRow, Unit, UnitCode};
use crate::recognise::FoundTable;
use crate::recognise::forms::TableForm;
use crate::register::{Register, parse_unit_name};
use crate::rules::dv::DV01;
use chrono::NaiveDate;

/// Reads Biểu 02 of that district; a row whose commune cannot be told is said and left out of every sum.
pub fn rows(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    (register, day, district): (&Register, NaiveDate, UnitCode),
    findings: &mut Vec<Finding>,
) -> Table<RollUpRow> {
    let mut unnamed: Vec<(CellRef, String)> = Vec::new();
    let read = read_rows(source, table, form, findings, |reader, row| {
        let code = reader.text("unit_code");
        let name = reader.text("unit_name");
        let given = |field: &crate::model::Field<crate::model::Text>| {
            field.given().map(|text| text.as_str().to_owned())
        };
        let (code_text, name_text) = (given(&code), given(&name));
        let unit = listed_unit(register, day, district, code_text.as_deref(), name_text.as_deref());
        let named_at = code.cell.filter(|_| code_text.is_some()).or(name.cell);
        if unit.is_none() {
            let written = code_text.into_iter().chain(name_text).collect::<Vec<_>>().join(" ");
            unnamed.push((named_at.unwrap_or(CellRef::new(row, 0)), written));
        }
        RollUpRow {
            row,
            unit: unit.map(|unit| unit.code),
            named_at,
            periodic: reader.count("periodic"),
            ad_hoc: reader.count("ad_hoc"),
            total: reader.count("total"),
            by_secretary: reader.count("by_secretary"),
            by_chairman: reader.count("by_chairman"),
            by_both: reader.count("by_both"),
            by_deputy: reader.count("by_deputy"),
            attendees: reader.count("attendees"),
            opinions: reader.count("opinions"),
            outcomes: OUTCOME_FIELDS.map(|field| reader.count(field)),
            notices: reader.count("notices"),
            note: reader.text("note"),
        }
    });
    for (cell, written) in unnamed {
        let message = format!(
            "Không xác định được xã của dòng này (\u{201c}{written}\u{201d}); số liệu của dòng không được cộng."
        );
        findings.push(Finding::new(&DV01, source.place(cell), message).value(written));
    }
    read
}

/// The unit that a cell of a roll-up names, by code or by name below the district.
fn listed_unit<'a>(
    register: &'a Register,
    day: NaiveDate,
    district: UnitCode,
    code: Option<&str>,
    name: Option<&str>,
) -> Option<&'a Unit> {
    let of_code =
        |text: &str| spellings_of_code(text).into_iter().find_map(|code| register.get(code, day));
    let by_code = code.and_then(of_code).filter(|unit| register.is_within(unit, district, day));
    let by_name = name.and_then(|name| {
        let (kind, bare) = parse_unit_name(name);
        let all = register.named(bare, day, None, Some(district));
        let communes: Vec<&Unit> =
            all.into_iter().filter(|unit| unit.level == Level::Commune).collect();
        let of_kind: Vec<&Unit> =
            communes.iter().copied().filter(|unit| kind == Some(unit.kind)).collect();
        match (of_kind.as_slice(), communes.as_slice()) {
            ([only], _) | ([], [only]) => Some(*only),
            _ => None,
        }
    });
    match (by_code, by_name) {
        (Some(one), Some(other)) => (one.code == other.code).then_some(one),
        // A name that cannot be understood beside a code that can is not a contradiction.
        (Some(one), None) => Some(one),
        (None, by_name) => by_name.filter(|_| code.is_none()),
    }
}
