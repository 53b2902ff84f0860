//! Disorder beside the rows: parts of a table, its titles and notes that say that figures are something else.

use super::clean::quarter;
use super::draft::*;
use super::identity::no_info;
use super::mutation::{BOTH, DETAIL, Mutation, hole, said};
use super::rows::name_column;
use qc17::open::Value;
use std::collections::BTreeMap;

pub const MUTATIONS: &[Mutation] = &[
    hole(
        "postponed-part",
        "Phần các cuộc hoãn dưới bảng",
        DETAIL,
        &["DL08"],
        |d, dice| {
            part(d, dice.pick::<&str>(&["Các cuộc hoãn, chưa tổ chức", "II. Dự kiến quý sau"]))
        },
    ),
    hole(
        "last-year-part",
        "Phần cùng kỳ năm trước dưới bảng",
        DETAIL,
        &["DL08"],
        |d, dice| part(d, dice.pick::<&str>(&["Cùng kỳ năm trước", "Quý I/2019 (để so sánh)"])),
    ),
    hole(
        "other-unit-part",
        "Phần của đơn vị khác dưới bảng",
        DETAIL,
        &["DL08"],
        |d, _| {
            let other =
                if d.unit.full == "Xã Bảo Hà" { "Xã Cam Cọn" } else { "Xã Bảo Hà" };
            part(d, other)
        },
    ),
    hole(
        "example-part",
        "Ví dụ cách ghi để lại dưới bảng",
        DETAIL,
        &["DL08"],
        |d, _| part(d, "Ví dụ cách ghi (xóa khi nộp)"),
    ),
    hole("draft-below", "Dòng nháp dưới phần ký tên", DETAIL, &["DL08"], |d, _| {
        part(d, "NGƯỜI LẬP BIỂU")
    }),
    said("summed-title", "Tiêu đề ghi lũy kế từ đầu năm", BOTH, &["DL08"], |d, _| {
        let lines = [
            format!("UBND {}", d.unit.full),
            format!("{} (lũy kế từ đầu năm)", quarter(d.truth.period)),
        ];
        no_info(d, lines.iter().map(|line| vec![(0, words(line))]).collect())
    }),
];

/// A line of words below the rows, and below it a row like the first.
fn part(draft: &mut Draft, line: &str) -> bool {
    let table = draft.main();
    let Some(name) = name_column(table).filter(|_| table.has("no")) else { return false };
    let Some(row) = table.rows().next().cloned() else { return false };
    table.items.push(Item::Other(BTreeMap::from([(name, words(line))])));
    let cells = row.into_iter().map(|(key, value)| match value {
        Value::Number(n) if key == "no" => (key, Value::Number(n + 700.0)),
        value => (key, value),
    });
    table.items.push(Item::Other(cells.collect()));
    true
}
