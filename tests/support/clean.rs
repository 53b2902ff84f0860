//! The clean submission that every example starts from, read from its own page, for any unit and quarter.

use super::document::{Document, Piece};
use super::forms::FORMS;
use super::sheet::{FURTHER, Sheet};
use super::value::Value;
use qc17::model::{Level, Period, Unit};
use qc17::register::Register;
use std::path::Path;
use std::sync::LazyLock;

/// The page of the clean submission.
pub(crate) const PAGE: &str = "bai-nop-sach.md";

static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let page = Document::read(&folder().join(PAGE));
    let mut sheets: Vec<Sheet> = Vec::new();
    for (name, from, to) in page.sections() {
        let mut sheet = Sheet::blank(&name).unwrap();
        for (_, piece) in page.pieces(from + 1, to).unwrap() {
            let Piece::Table(header, rows) = piece else { panic!("{PAGE}: {piece:?}") };
            for row in rows {
                sheet.row(&row[0]).unwrap();
                for (column, value) in header.iter().zip(&row).skip(1) {
                    let value = if row[0] == FURTHER && value.contains("{n}") {
                        Value::Text(value.clone())
                    } else if value.is_empty() {
                        continue;
                    } else {
                        Value::parse(value)
                    };
                    sheet.set(&row[0], column, value).unwrap();
                }
            }
        }
        sheets.push(sheet);
    }
    sheets
});

/// Where the examples are.
pub(crate) fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")
}

/// The clean Form 01 of a unit for a quarter, or the clean Form 02 of a district.
pub(crate) fn submission(
    register: &Register,
    unit: &Unit,
    period: Period,
    is_rollup: bool,
) -> Vec<Sheet> {
    let rollup = |sheet: &&Sheet| sheet.form.starts_with("Biểu 02") == is_rollup;
    let mut sheets: Vec<Sheet> = SHEETS.iter().filter(rollup).cloned().collect();
    let months = (period.year() - 2021) * 12 + (i32::try_from(period.number()).unwrap() - 1) * 3;
    for sheet in &mut sheets {
        for value in
            sheet.rows.iter_mut().chain(&mut sheet.further).flat_map(|row| row.cells.values_mut())
        {
            *value = value.shifted(months);
            if let Value::Text(text) = value {
                *text = moved_quarter(text, months);
            }
        }
        let subtitle = format!("{} - {}", period.label(), unit.full_name());
        sheet.subtitle = Some(subtitle);
    }
    if is_rollup {
        return sheets;
    }
    own_words(register, unit, period, &mut sheets);
    if unit.level == Level::Province {
        // A province owes its meetings over the year, and outside the quarter's last month.
        for sheet in &mut sheets {
            sheet
                .rows
                .retain(|row| sheet.form == FORMS.info.sheet || row.key.parse::<u32>().is_err());
        }
        let reason = Value::Text("Tổ chức theo kế hoạch năm".to_owned());
        sheets[0].set("Lý do không tổ chức", "", reason).unwrap();
    }
    sheets
}

fn own_words(register: &Register, unit: &Unit, period: Period, sheets: &mut [Sheet]) {
    let parent = unit.parent.and_then(|code| register.get(code, period.last_day()));
    let district = parent.filter(|parent| parent.level == Level::District);
    let info = &mut sheets[0];
    for (label, words) in [
        ("Mã đơn vị", Some(unit.code.to_string())),
        ("Tên đơn vị", Some(unit.full_name())),
        ("Huyện, thị xã, thành phố", district.map(Unit::full_name)),
        ("Kỳ báo cáo", Some(period.label())),
    ] {
        let value = words.map_or(Value::Blank, Value::Text);
        info.set(label, "", value).unwrap();
    }
}

/// `Quý III/2020` so many months later; other text as it is.
fn moved_quarter(text: &str, months: i32) -> String {
    let Some(period) =
        text.starts_with("Quý ").then(|| qc17::notation::period::from_label(text)).flatten()
    else {
        return text.to_owned();
    };
    let quarters = period.year() * 4 + i32::try_from(period.number()).unwrap() - 1 + months / 3;
    let number = u32::try_from(quarters.rem_euclid(4) + 1).unwrap();
    Period::quarter(quarters.div_euclid(4), number).unwrap().label()
}
