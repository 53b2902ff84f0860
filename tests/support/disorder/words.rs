//! Disorder in words: notices that are said not to be issued, people who only attend.

use super::draft::*;
use super::mutation::{DETAIL, Mutation, ROLLUP, hole, quiet, said};
use qc17::open::Value;

const NOT_ISSUED: [&str; 8] = [
    "Chưa ban hành",
    "Chưa có",
    "Không",
    "Không ban hành",
    "Dự thảo",
    "Đang trình ký",
    "Sẽ ban hành",
    "dự thảo số 12/TB-UBND",
];

pub const MUTATIONS: &[Mutation] = &[
    quiet(
        "no-notice",
        "Số thông báo ghi “Chưa ban hành”, không có ngày",
        DETAIL,
        |d, dice| {
            let said = *dice.pick(&NOT_ISSUED);
            not_issued(d, said, true)
        },
    ),
    said(
        "no-notice-dated",
        "Số thông báo ghi “Chưa ban hành”, bên cạnh có ngày",
        DETAIL,
        &["DL08"],
        |d, dice| {
            let said = *dice.pick(&NOT_ISSUED);
            not_issued(d, said, false)
        },
    ),
    hole(
        "chair-in-doubt",
        "Chủ trì ghi cả người dự mà không rõ ai chủ trì, hoặc ghi chức vụ ở xã khác",
        DETAIL,
        &["DL04"],
        |d, dice| {
            let other = if d.truth.unit == "02989" { "Kim Sơn" } else { "Bảo Hà" };
            let elsewhere = format!("Chủ tịch UBND xã {other}");
            let doubts = ["Chủ tịch UBND và Bí thư dự", "Bí thư dự", "Bi thu du, CT UBND"];
            let said = *dice.pick(&[doubts[0], doubts[1], doubts[2], elsewhere.as_str()]);
            chair(d, None, said)
        },
    ),
    quiet("chair-named", "Chủ trì ghi cả họ tên và chức vụ", DETAIL, |d, dice| {
        let (code, said) = *dice.pick(&[
            ("Chủ tịch UBND", "Đ/c Lê Văn Nam, Chủ tịch UBND"),
            ("Chủ tịch UBND", "Lê Văn Nam - Chủ tịch UBND"),
            ("Bí thư", "Bí thư Đảng ủy Sùng Đức Yên"),
            ("Bí thư", "Sùng Đức Yên (Bí thư)"),
        ]);
        chair(d, Some(code), said)
    }),
    quiet(
        "row-listed",
        "Biểu 02 đánh số trong tên xã: 1. Xã …, - Xã …",
        ROLLUP,
        |d, dice| {
            let dash = dice.coin();
            let mut no = 0;
            let mut some = false;
            d.main().rows().for_each(|cells| {
                no += 1;
                if let Some(Value::Text(name)) = cells.get("unit_name").cloned() {
                    let mark = if dash { "- ".to_owned() } else { format!("{no}. ") };
                    cells.insert("unit_name".to_owned(), words(&format!("{mark}{name}")));
                    some = true;
                }
            });
            some
        },
    ),
    quiet("attends", "Chủ trì ghi thêm người dự", DETAIL, |d, dice| {
        let (code, said) = *dice.pick(&[
            ("Chủ tịch UBND", "Chủ tịch UBND; Bí thư dự"),
            ("Chủ tịch UBND", "Chủ tịch UBND chủ trì, Bí thư tham dự"),
            ("Bí thư", "Bí thư chủ trì và Chủ tịch UBND dự chỉ đạo"),
            ("Bí thư", "Bí thư (chủ trì), Chủ tịch UBND (dự)"),
        ]);
        chair(d, Some(code), said)
    }),
];

/// The first meeting whose notice has a number and a date has none, in those words.
fn not_issued(draft: &mut Draft, said: &str, without_date: bool) -> bool {
    let table = draft.main();
    if !table.has("notice_no") || !table.has("notice_date") {
        return false;
    }
    let rows = table.items.iter_mut().filter_map(|item| match item {
        Item::Row { truth, cells, .. } => Some((*truth, cells)),
        _ => None,
    });
    let dated = |value: Option<&Value>| matches!(value, Some(Value::Date(_)));
    let Some((at, cells)) = rows
        .filter(|(_, cells)| cells.contains_key("notice_no"))
        .find(|(_, cells)| dated(cells.get("notice_date")))
    else {
        return false;
    };
    cells.insert("notice_no".to_owned(), words(said));
    if without_date {
        cells.remove("notice_date");
    }
    let facts = &mut draft.truth.tables.get_mut("meetings").unwrap()[at];
    facts.remove("notice_no");
    facts.remove("notice_date");
    true
}

/// The first meeting that has that code, or any meeting, says who chairs in those words.
fn chair(draft: &mut Draft, code: Option<&str>, said: &str) -> bool {
    let table = draft.main();
    if !table.has("chair") {
        return false;
    }
    let of_code = |value: &&mut Value| match (code, &**value) {
        (Some(code), Value::Text(text)) => **text == *code,
        (None, Value::Text(_)) => true,
        _ => false,
    };
    let cell = table.rows().filter_map(|cells| cells.get_mut("chair")).find(of_code);
    cell.map(|value| *value = words(said)).is_some()
}
