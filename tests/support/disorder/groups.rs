//! Disorder of the groups over columns: strange ones, and names that stand for a group.

use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, hole, quiet, said};

pub const MUTATIONS: &[Mutation] = &[
    quiet(
        "group-by-number",
        "Nhóm cột mang tên một cột: Thông báo kết luận số",
        DETAIL,
        |d, _| rename(d, "Thông báo kết luận", "Thông báo kết luận số"),
    ),
    hole(
        "group-unknown",
        "Nhóm cột thông báo kết luận mang tên khác",
        DETAIL,
        &["BM03"],
        |d, dice| {
            let names = ["Thông báo", "Thông báo kết quả", "Văn bản sau hội nghị"];
            rename(d, "Thông báo kết luận", dice.pick::<&str>(&names))
        },
    ),
    said("group-beside", "Thêm nhóm cột riêng: Số, Ngày", DETAIL, &["BM03"], |d, dice| {
        strange(
            d,
            dice.pick::<&str>(&["Báo cáo kết quả", "Giấy mời", "Nghị quyết"]),
            &["Số", "Ngày"],
        )
    }),
    said(
        "group-of-other-span",
        "Thêm nhóm cột kỳ trước bên cạnh nhóm của kỳ này",
        BOTH,
        &["BM03"],
        |d, dice| {
            let group = *dice.pick(&["Kiến nghị kỳ trước chuyển sang", "Lũy kế từ đầu năm"]);
            strange(d, group, &["Đã giải quyết", "Đang giải quyết", "Chưa giải quyết"])
        },
    ),
];

/// Gives a group of the main table another name; a table without group cells has none.
fn rename(draft: &mut Draft, from: &str, to: &str) -> bool {
    let table = draft.main();
    let mut some = false;
    for column in table.columns.iter_mut().filter(|_| table.head.rows > 1) {
        if column.group.as_deref() == Some(from) {
            column.group = Some(to.to_owned());
            some = true;
        }
    }
    some
}

/// Puts a group that is nobody's behind the last column.
fn strange(draft: &mut Draft, group: &str, headers: &[&str]) -> bool {
    let table = draft.main();
    if table.head.rows == 1 || table.has("extra:strange0") {
        return false;
    }
    for (at, header) in headers.iter().enumerate() {
        let key = format!("extra:strange{at}");
        let (group, header) = (Some(group.to_owned()), (*header).to_owned());
        table.columns.push(ColumnDraft { key: key.clone(), group, header });
        table.rows().for_each(|cells| {
            cells.insert(key.clone(), words("3"));
        });
    }
    true
}
