//! Disorder of papers: their number and their date in one cell, and headers that say no more than what stands beside them.

use super::dice::Dice;
use super::draft::*;
use super::mutation::{DETAIL, Mutation, quiet, said};
use qc17::open::Value;
use std::collections::BTreeMap;

pub const MUTATIONS: &[Mutation] = &[
    quiet(
        "notice-in-one-column",
        "Một cột Thông báo kết luận ghi cả số và ngày",
        DETAIL,
        notice_in_one_column,
    ),
    said(
        "notice-date-in-number",
        "Ngày thông báo ghi trong ô số, ô ngày để trống",
        DETAIL,
        &["DL08"],
        |d, dice| {
            let signs = *dice.pick(&[" ngày ", ", ", "\n"]);
            let Some(cells) = with_notice(d).and_then(|table| table.rows().next()) else {
                return false;
            };
            together(cells, signs)
        },
    ),
    quiet(
        "date-behind-number",
        "Cột Ngày thông báo, Ngày ban hành đứng ngay sau cột số thông báo",
        DETAIL,
        |d, dice| {
            let header = *dice.pick(&["Ngày thông báo", "Ngày ban hành", "Ngày"]);
            let Some(table) = with_notice(d) else { return false };
            for (key, header) in [("notice_no", "Số thông báo kết luận"), ("notice_date", header)]
            {
                if let Some(column) = table.column(key) {
                    (column.group, column.header) = (None, header.to_owned());
                }
            }
            true
        },
    ),
];

/// The meetings, with the date of the notice right behind its number and both as they were written first.
fn with_notice(draft: &mut Draft) -> Option<&mut TableDraft> {
    let table = draft.main();
    let at = table.columns.iter().position(|column| column.key == "notice_no")?;
    let behind = table.columns.get(at + 1).is_some_and(|column| column.key == "notice_date");
    let plain = |cells: &BTreeMap<String, Value>| {
        let number = matches!(cells.get("notice_no"), Some(Value::Text(text)) if text.ends_with("/TB-UBND") && !text.contains(' '));
        number && matches!(cells.get("notice_date"), Some(Value::Date(_)))
    };
    (behind && table.rows().all(|cells| plain(cells))).then_some(table)
}

/// Moves the date beside the number.
fn together(cells: &mut BTreeMap<String, Value>, sign: &str) -> bool {
    let (Some(Value::Text(number)), Some(Value::Date(day))) =
        (cells.get("notice_no"), cells.get("notice_date"))
    else {
        return false;
    };
    let both = format!("{number}{sign}{}", day.format("%d/%m/%Y"));
    cells.insert("notice_no".to_owned(), words(&both));
    cells.remove("notice_date");
    true
}

fn notice_in_one_column(draft: &mut Draft, dice: &mut Dice) -> bool {
    let Some(table) = with_notice(draft) else { return false };
    let headers = ["Thông báo kết luận", "Thông báo kết luận (số, ngày)", "Số, ngày TBKL"];
    let header = *dice.pick(&headers);
    table.columns.retain(|column| column.key != "notice_date");
    if let Some(column) = table.column("notice_no") {
        (column.group, column.header) = (None, header.to_owned());
    }
    table.rows().all(|cells| together(cells, " ngày "))
}
