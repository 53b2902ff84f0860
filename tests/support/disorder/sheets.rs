//! Disorder of the sheets: renamed, hidden, put together, left over from an earlier quarter.

use super::clean::quarter;
use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, ROLLUP, hole, quiet, said};
use qc17::open::Value;

pub const MUTATIONS: &[Mutation] = &[
    quiet("renamed-sheets", "Các trang đổi tên thành Sheet1, Sheet2", BOTH, |d, _| {
        // Not where a sheet's name alone says something.
        let told = d.file == "bao cao.xlsx" && d.sheets[0].name != "Thông tin";
        if told || d.tables().any(|table| !table.real) {
            return false;
        }
        for (n, sheet) in d.sheets.iter_mut().enumerate().filter(|(_, s)| s.name != "Thông tin") {
            sheet.name = format!("Sheet{}", n + 1);
        }
        true
    }),
    quiet("one-sheet", "Mọi biểu nằm trong một trang", DETAIL, |d, _| {
        if d.sheets
            .iter()
            .any(|sheet| sheet.hidden || ["Trang 4", "Cán bộ"].contains(&&*sheet.name))
        {
            return false;
        }
        // Where a sheet's name alone says whose it is, the name cannot go.
        if d.sheets[0].name != "Thông tin" && d.file == "bao cao.xlsx" {
            return false;
        }
        // The first sheet's name goes; where it says that the sheet is old, nothing would say so.
        if ["Biểu 1 (cũ)", "Bỏ", "Biểu cũ", "Copy"].contains(&&*d.sheets[0].name) {
            return false;
        }
        let mut one = d.sheets.remove(0);
        for sheet in d.sheets.drain(..) {
            one.blocks.push(Block::Lines(vec![vec![], vec![(0, words(&sheet.name))], vec![]]));
            one.blocks.extend(sheet.blocks);
        }
        "Báo cáo".clone_into(&mut one.name);
        d.sheets.push(one);
        true
    }),
    said(
        "old-sheet",
        "Trang của kỳ trước còn để lại (cũ)",
        BOTH,
        &["DV05"],
        |d, dice| {
            let name = *dice.pick(&["Biểu 1 (cũ)", "Bỏ", "Biểu cũ", "Copy"]);
            let at = if dice.coin() { 0 } else { d.sheets.len() };
            leave(d, name, false, at)
        },
    ),
    said(
        "other-quarter-sheet",
        "Trang của quý trước còn để lại, tiêu đề ghi quý trước",
        BOTH,
        &["DV05"],
        |d, _| {
            if d.sheets[0].name != "Thông tin" {
                return false;
            }
            let old = quarter(d.truth.period.previous().unwrap());
            let title = Block::Lines(vec![vec![(0, words(&format!("KẾT QUẢ {old}")))]]);
            if !leave(d, "Trang tính 8", false, 1) {
                return false;
            }
            d.sheets[1].blocks.insert(0, title);
            true
        },
    ),
    said("second-sheet", "Hai trang cùng một biểu", BOTH, &["DV05"], |d, _| {
        let end = d.sheets.len();
        leave(d, "Trang tính 9", false, end)
    }),
    said("old-hidden", "Trang của kỳ trước bị ẩn", BOTH, &["DV05"], |d, _| {
        leave(d, "Biểu 1 - Quý trước", true, 0)
    }),
    said(
        "old-table-below",
        "Bảng của kỳ trước ở dưới, có tiêu đề kỳ khác",
        BOTH,
        &["DV05"],
        |d, _| {
            if d.sheets[0].name != "Thông tin" {
                return false;
            }
            let old = quarter(d.truth.period.previous().unwrap());
            let now = quarter(d.truth.period);
            let mut copy = d.main().clone();
            scramble(&mut copy);
            let at = d.sheet_of(d.main_id()).unwrap();
            if d.sheets[at].blocks.iter().filter(|b| matches!(b, Block::Table(_))).count() > 1 {
                return false;
            }
            d.sheets[at].blocks.insert(0, Block::Lines(vec![vec![(0, words(&now))]]));
            d.sheets[at].blocks.push(Block::Lines(vec![vec![], vec![(0, words(&old))]]));
            d.sheets[at].blocks.push(Block::Table(copy));
            true
        },
    ),
    said("hidden-sheet", "Trang có số liệu bị ẩn", BOTH, &["TEP08"], |d, _| {
        let at = d.sheet_of(d.main_id()).unwrap();
        let copies = d.tables().any(|table| !table.real);
        d.sheets[at].hidden = true;
        !copies
    }),
    hole("torn-header", "Trang mất gần hết tiêu đề", DETAIL, &["TEP05"], |d, _| {
        let Some(table) = d.table("carried") else { return false };
        for column in &mut table.columns {
            if !matches!(column.key.as_str(), "no" | "content") {
                "?".clone_into(&mut column.header);
            }
        }
        let at = d.sheet_of("carried").unwrap();
        if at != d.sheets.len() - 1 || d.sheet_of("meetings") == Some(at) {
            return false;
        }
        "Trang 4".clone_into(&mut d.sheets[at].name);
        true
    }),
    said(
        "sheet-per-quarter",
        "Mỗi quý một trang, tên trang là Quý I, Quý II",
        DETAIL,
        &["DV05"],
        |d, _| {
            if d.sheets[0].name != "Thông tin" || d.sheet_of("meetings") != Some(1) {
                return false;
            }
            let number = |n: u32| ["Quý I", "Quý II", "Quý III", "Quý IV"][n as usize - 1];
            let own = d.truth.period.number();
            let end = d.sheets.len();
            number(own).clone_into(&mut d.sheets[1].name);
            leave(d, number(own % 4 + 1), false, end)
        },
    ),
    hole(
        "rows-on-next-sheet",
        "Dòng cuối của bảng nằm ở trang sau, không có tiêu đề",
        BOTH,
        &["DL03"],
        |d, _| {
            let id = d.main_id();
            let table = d.main();
            let rows = table.items.iter().filter(|item| matches!(item, Item::Row { .. })).count();
            let Some(Item::Row { .. }) = table.items.last() else { return false };
            if rows < 2 || !table.merged.is_empty() || d.sheets.iter().any(|sheet| sheet.hidden) {
                return false;
            }
            let table = d.main();
            let mut rest = table.clone();
            rest.items = table.items.pop().into_iter().collect();
            rest.head.rows = 0;
            let at = d.sheet_of(id).unwrap() + 1;
            let blocks = vec![Block::Table(rest)];
            let name = "Trang tính 7".to_owned();
            d.sheets.insert(at, SheetDraft { name, hidden: false, blocks });
            true
        },
    ),
    quiet(
        "own-meetings-beside",
        "Biểu 02 và Biểu 1 của huyện trong một tệp",
        ROLLUP,
        |d, _| {
            let header = [
                "STT",
                "Ngày tổ chức",
                "Loại cuộc",
                "Chủ trì",
                "Chủ đề, nội dung",
                "Số lượt người",
            ];
            let first = d.truth.period.first_day().format("%d/%m/%Y").to_string();
            let row = ["1", &first, "Định kỳ", "Bí thư", "Đường liên xã", "85"];
            let line =
                |cells: &[&str]| (0..).zip(cells).map(|(col, text)| (col, words(text))).collect();
            d.sheets.push(SheetDraft {
                name: "Biểu 1 - Hội nghị".to_owned(),
                hidden: false,
                blocks: vec![Block::Lines(vec![line(&header), line(&row)])],
            });
            true
        },
    ),
    quiet("other-sheets", "Thêm trang không phải biểu", BOTH, |d, _| {
        let list = vec![
            vec![(0, words("Danh sách cán bộ"))],
            vec![(0, words("STT")), (1, words("Họ và tên")), (2, words("Năm sinh"))],
            vec![(0, Value::Number(1.0)), (1, words("Nguyễn Văn A")), (2, Value::Number(1980.0))],
        ];
        d.sheets.push(SheetDraft {
            name: "Cán bộ".to_owned(),
            hidden: false,
            blocks: vec![Block::Lines(list)],
        });
        true
    }),
];

/// Figures that would show if they were added.
fn scramble(table: &mut TableDraft) {
    table.real = false;
    for cells in table.rows() {
        for value in cells.values_mut() {
            if let Value::Number(n) = value {
                *n += 5_000.0;
            }
        }
    }
}

/// Leaves a copy of the main table, with other figures, in a sheet of its own.
fn leave(draft: &mut Draft, name: &str, hidden: bool, at: usize) -> bool {
    if super::head::is_misnamed(draft) {
        return false;
    }
    let taken = draft.sheets.iter().any(|sheet| sheet.name == name);
    // Which of two sheets is used would depend on which is hidden.
    if taken || draft.sheets.iter().any(|sheet| sheet.hidden) {
        return false;
    }
    let mut copy = draft.main().clone();
    scramble(&mut copy);
    let blocks = vec![Block::Table(copy)];
    draft.sheets.insert(at, SheetDraft { name: name.to_owned(), hidden, blocks });
    true
}
