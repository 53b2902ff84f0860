//! The rows of a district's roll-up (Biểu 02), each with the commune that it names.

use super::detail::{OUTCOME_FIELDS, read_rows};
use super::near::{NameParts, district_in, is_near, name_parts, near_units};
use super::reader::{Source, TableReader};
use super::values::{folded, shown};
use crate::model::submission::Table;
use crate::model::text::{key, word_key};
use crate::model::{CellRef, Field, Finding, Level, RollUpRow, Text, Unit, UnitCode, UnitKind};
use crate::open::Value;
use crate::recognise::FoundTable;
use crate::recognise::forms::TableForm;
use crate::recognise::is_own_level;
use crate::register::Register;
use crate::rules::dl::DL03;
use crate::rules::dv::{DV01, DV02, DV07};
use chrono::NaiveDate;

/// The counts of a row.
const FIGURES: [&str; 15] = [
    "periodic",
    "ad_hoc",
    "total",
    "by_secretary",
    "by_chairman",
    "by_both",
    "by_deputy",
    "attendees",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "notices",
];

/// Reads Biểu 02 of that district; a row whose commune cannot be told is said and left out of every sum,
/// and so is a row without any figure: blank is not reported.
pub(super) fn rows(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    (register, day, district): (&Register, NaiveDate, UnitCode),
    findings: &mut Vec<Finding>,
) -> Table<RollUpRow> {
    let listed = Listed { register, day, district, is_plain: is_plain(source, table) };
    let mut said = Vec::new();
    let (table, silent) = without_silent(source, table, form);
    let read = read_rows(source, &table, form, findings, |reader, row| {
        let named = Named::read(reader, row);
        let unit = listed.unit_of(&named);
        let candidates = if unit.is_some() { Vec::new() } else { listed.candidates(&named) };
        said.extend(finding(source, &named, unit, &candidates));
        RollUpRow {
            row,
            unit: unit.map(|(unit, _)| unit.code),
            could_be: if unit.is_some() { Vec::new() } else { listed.could_be(&named) },
            named_at: named.at,
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
    findings.extend(said);
    findings.extend(not_entered(source, &table, &silent));
    read
}

/// Whether all names are written without diacritics, and then each may be that of any unit that differs in those alone.
fn is_plain(source: Source<'_>, table: &FoundTable) -> bool {
    let Some(col) = table.columns.at.get("unit_name") else { return false };
    let cells = table.rows.data.iter().filter_map(|row| source.sheet.cell(CellRef::new(*row, col)));
    let mut names = cells.map(|cell| shown(&cell.value));
    names.all(|name| name.is_ascii())
}

/// The table without the rows that hold no figure, and those rows.
fn without_silent(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
) -> (FoundTable, Vec<u32>) {
    let mut reader = TableReader::new(source, table, form);
    let mut table = table.clone();
    let cols: Vec<(&str, u32)> =
        FIGURES.iter().filter_map(|field| Some((*field, table.columns.at.get(field)?))).collect();
    let data = std::mem::take(&mut table.rows.data);
    let (told, silent) = data.into_iter().partition(|row| {
        reader.go_to(*row);
        // The form's own formula for the number of meetings says nothing where nothing was entered.
        cols.iter().any(|(field, col)| {
            let cell = reader.cell(reader.here(*col));
            cell.is_some_and(|cell| {
                *field != "total" || !(cell.computed || cell.value == Value::Uncomputed)
            })
        })
    });
    table.rows.data = told;
    (table, silent)
}

/// DL03 once for an untouched Biểu 02, and else for each commune without figures.
fn not_entered(source: Source<'_>, table: &FoundTable, silent: &[u32]) -> Vec<Finding> {
    if table.rows.data.is_empty() && !silent.is_empty() {
        let message = "Biểu 02 chưa nhập: chưa có số liệu của xã nào.";
        let help = "Nhập số liệu của từng xã vào Biểu 02 rồi gửi lại.";
        return vec![Finding::new(&DL03, source.place(table.anchor), message).help(help)];
    }
    let at = ["unit_name", "unit_code"].iter().find_map(|field| table.columns.at.get(field));
    let col = at.unwrap_or_default();
    let of_row = |row: &u32| {
        let at = CellRef::new(*row, col);
        let name = source.sheet.cell(at).map(|cell| shown(&cell.value)).unwrap_or_default();
        let message =
            format!("Dòng \u{201c}{name}\u{201d} chưa có số liệu nào; không coi là đã báo cáo.");
        let help = "Nhập số liệu của xã; không có cuộc nào thì ghi 0.";
        Finding::new(&DL03, source.place(at), message).help(help)
    };
    silent.iter().map(of_row).collect()
}

/// What a row says about whose it is.
struct Named {
    code: Option<String>,
    name: Option<String>,
    district: Option<String>,
    /// The cell of the code, or else of the name.
    at: Option<CellRef>,
    name_at: Option<CellRef>,
    row: u32,
}

impl Named {
    fn read(reader: &mut TableReader<'_>, row: u32) -> Self {
        let given =
            |field: &Field<Text>| field.given().map(|text| folded(text.as_str()).into_owned());
        let code = reader.text("unit_code");
        let name = reader.text("unit_name");
        let district = given(&reader.text("district"));
        let (code_text, name_text) = (given(&code), given(&name));
        let (code_text, name_text) = match name_text {
            Some(name) => unlisted(code_text, &name),
            None => (code_text, None),
        };
        let at = code.cell().filter(|_| code_text.is_some()).or(name.cell());
        Self { code: code_text, name: name_text, district, at, name_at: name.cell(), row }
    }
}

/// A name without the number or the dash of a list in front of it, and the code that stands there where the row has no
/// other: `1. Xã Pha Long`, `- Xã Pha Long`, `02752 - Xã Pha Long`.
fn unlisted(code: Option<String>, name: &str) -> (Option<String>, Option<String>) {
    const SIGNS: [char; 9] = ['.', ')', '-', '+', '*', '•', '–', ':', '/'];
    let sign = |c: char| c.is_whitespace() || SIGNS.contains(&c);
    let bare = name.trim_start_matches(sign);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = bare.strip_suffix(rest).unwrap_or_default();
    let plain = rest.trim_start_matches(sign);
    match (number.len(), &code) {
        // What follows a number without a sign may be a name with one: `4 Pha Long`.
        (1..=3, _) if rest.starts_with(sign) => (code, Some(plain.to_owned())),
        (4 | 5, None) if !plain.is_empty() => (Some(number.to_owned()), Some(plain.to_owned())),
        (4 | 5, Some(own)) if !plain.is_empty() && same_code(own, number) => {
            (code, Some(plain.to_owned()))
        }
        (0, _) => (code, Some(bare.to_owned())),
        _ => (code, Some(name.to_owned())),
    }
}

fn same_code(one: &str, other: &str) -> bool {
    let other = UnitCode::spellings(other);
    UnitCode::spellings(one).into_iter().any(|code| other.contains(&code))
}

/// DV07 for a name that several communes may bear, DV01 for a row of nobody's, DV02 for a name that was
/// only near.
fn finding(
    source: Source<'_>,
    named: &Named,
    unit: Option<(&Unit, bool)>,
    candidates: &[&Unit],
) -> Option<Finding> {
    let at = named.at.unwrap_or(CellRef::new(named.row, 0));
    let Some((unit, exact)) = unit else {
        let both = named.code.iter().chain(&named.name).map(String::as_str);
        let written = both.collect::<Vec<_>>().join(" ");
        if candidates.len() > 1 {
            let names: Vec<String> = candidates
                .iter()
                .map(|unit| format!("{} ({})", unit.full_name(), unit.code))
                .collect();
            let message = format!(
                "Tên \u{201c}{written}\u{201d} có thể là: {}; số liệu của dòng không được cộng.",
                names.join("; ")
            );
            return Some(Finding::new(&DV07, source.place(at), message).value(written));
        }
        if named.name.as_deref().is_some_and(|name| is_own_level(&word_key(name))) {
            let message = format!(
                "Dòng \u{201c}{written}\u{201d} là số của chính cấp lập biểu, không phải của một xã; số liệu của dòng không được cộng."
            );
            let help =
                "Nhập các cuộc do cấp huyện tổ chức vào Biểu 1 của huyện rồi gửi cùng Biểu 02.";
            let said = Finding::new(&DV01, source.place(at), message).value(written);
            return Some(said.help(help));
        }
        let message = format!(
            "Không xác định được xã của dòng này (\u{201c}{written}\u{201d}); số liệu của dòng không được cộng."
        );
        return Some(Finding::new(&DV01, source.place(at), message).value(written));
    };
    let written = named.name.clone().filter(|_| !exact)?;
    let message = format!(
        "Tên ghi \u{201c}{written}\u{201d}: đã hiểu là {} ({}).",
        unit.full_name(),
        unit.code
    );
    let place = source.place(named.name_at.unwrap_or(at));
    Some(Finding::new(&DV02, place, message).value(written))
}

const fn is_above_communes(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Huyen | UnitKind::ThiXa | UnitKind::ThanhPho | UnitKind::Tinh)
}

/// Where the communes of a roll-up are looked up.
#[derive(Clone, Copy)]
struct Listed<'a> {
    register: &'a Register,
    day: NaiveDate,
    district: UnitCode,
    is_plain: bool,
}

impl<'a> Listed<'a> {
    /// The communes of that name in the district.
    fn communes(self, bare: &str) -> Vec<&'a Unit> {
        let mut all = self.register.named_in_text(bare, self.is_plain, self.day, None);
        all.retain(|unit| {
            unit.level == Level::Commune && self.register.is_within(unit, self.district, self.day)
        });
        all
    }

    /// The unit of a row, unless the row says that it lies in another district.
    fn unit_of(self, named: &Named) -> Option<(&'a Unit, bool)> {
        let district = named.district.as_deref();
        let other = district.and_then(|text| district_in(self.register, self.day, text));
        let here = other.is_none_or(|other| other == self.district);
        self.unit(named.code.as_deref(), named.name.as_deref()).filter(|_| here)
    }

    /// The unit that a row names, by code or by name below the district, and whether the name was
    /// written as it is.
    fn unit(self, code: Option<&str>, name: Option<&str>) -> Option<(&'a Unit, bool)> {
        let by_code = code.and_then(|text| self.of_code(text));
        let parts = name.map(name_parts);
        let by_name = parts.and_then(|parts| self.named(parts));
        match (by_code, by_name, parts) {
            (Some(one), Some(other), _) => (one.code == other.code).then_some((one, true)),
            (Some(one), None, None) => Some((one, true)),
            // The code decides where the name is near; a name of another unit contradicts it.
            (Some(one), None, Some(parts)) => {
                let (written, own) = (key(parts.bare), key(one.name.as_str()));
                let kind = parts.kind.is_none_or(|kind| kind == one.kind);
                let exact = self.is_plain && written == own && kind;
                is_near(&written, &own).then_some((one, exact))
            }
            (None, Some(unit), _) => code.is_none().then_some((unit, true)),
            (None, None, Some(parts)) if code.is_none() => match self.near(parts).as_slice() {
                [only] => Some((*only, false)),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_code(self, text: &str) -> Option<&'a Unit> {
        let spellings = UnitCode::spellings(text).into_iter();
        spellings
            .filter_map(|code| self.register.get(code, self.day))
            .find(|unit| self.register.is_within(unit, self.district, self.day))
    }

    /// The communes that a row may be of when it cannot be told: those of its code and of its name.
    fn could_be(self, named: &Named) -> Vec<UnitCode> {
        let by_code = named.code.as_deref().and_then(|text| self.of_code(text));
        by_code.into_iter().chain(self.of_name(named)).map(|unit| unit.code).collect()
    }

    fn named(self, parts: NameParts<'_>) -> Option<&'a Unit> {
        let communes = self.communes(parts.bare);
        let of_kind: Vec<&Unit> =
            communes.iter().copied().filter(|unit| parts.kind == Some(unit.kind)).collect();
        match (of_kind.as_slice(), communes.as_slice()) {
            ([only], _) => Some(*only),
            // `Huyện Bắc Hà` is the whole district, never its town of the same name.
            ([], [only]) if !parts.kind.is_some_and(is_above_communes) => Some(*only),
            _ => None,
        }
    }

    /// The communes that a row may mean by its name alone; a code speaks against all.
    fn candidates(self, named: &Named) -> Vec<&'a Unit> {
        if named.code.is_some() { Vec::new() } else { self.of_name(named) }
    }

    /// The communes of a row's name, unless it says that it lies in another district.
    fn of_name(self, named: &Named) -> Vec<&'a Unit> {
        let Some(name) = &named.name else { return Vec::new() };
        let other = named.district.as_deref();
        let other = other.and_then(|text| district_in(self.register, self.day, text));
        if other.is_some_and(|other| other != self.district) {
            return Vec::new();
        }
        let parts = name_parts(name);
        let mut exact = self.communes(parts.bare);
        if exact.is_empty() {
            exact = self.near(parts);
        }
        exact.sort_by_key(|unit| unit.code);
        exact
    }

    fn near(self, parts: NameParts<'_>) -> Vec<&'a Unit> {
        near_units(self.register, self.day, parts.bare, |unit| {
            unit.level == Level::Commune
                && parts.kind.is_none_or(|kind| unit.kind == kind)
                && self.register.is_within(unit, self.district, self.day)
        })
    }
}
