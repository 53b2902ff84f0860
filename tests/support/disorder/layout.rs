//! Disorder of the header and of what stands around the table.

use super::clean::quarter;
use super::dice::Dice;
use super::draft::*;
use super::mutation::{BOTH, Mutation, ROLLUP, quiet};
use qc17::open::Value;
use std::collections::BTreeMap;

pub const MUTATIONS: &[Mutation] = &[
    quiet("title-rows", "Các dòng tiêu đề phía trên bảng", BOTH, title_rows),
    quiet("one-header-row", "Tiêu đề một hàng", BOTH, one_row),
    quiet(
        "three-header-rows",
        "Tiêu đề ba hàng, có nhóm \u{201c}Trong đó\u{201d}",
        BOTH,
        |d, _| height(d, 3),
    ),
    quiet("four-header-rows", "Tiêu đề bốn hàng", BOTH, |d, _| height(d, 4)),
    quiet(
        "unmerged-groups",
        "Ô nhóm không trộn, tên nhóm chỉ ở cột đầu",
        BOTH,
        |d, _| {
            d.tables().for_each(|table| table.head.merged = false);
            true
        },
    ),
    quiet(
        "low-headers",
        "Tiêu đề riêng nằm ở hàng dưới của phần tiêu đề",
        BOTH,
        |d, _| {
            d.tables()
                .for_each(|table| table.head = Head { low: true, merged: false, ..table.head });
            true
        },
    ),
    quiet("broken-words", "Tiêu đề xuống dòng giữa chữ (S/T/T)", BOTH, broken_words),
    quiet("capitals", "Tiêu đề viết hoa, thừa dấu và khoảng trắng", BOTH, capitals),
    quiet("remarks", "Tiêu đề kèm đơn vị tính, số cột trong ngoặc", BOTH, remarks),
    quiet("header-again", "Tiêu đề lặp lại giữa bảng", BOTH, header_again),
    quiet("header-twice", "Tiêu đề dán hai lần liền nhau", BOTH, header_twice),
    quiet("numbers-digits", "Hàng số thứ tự cột 1 2 3", BOTH, |d, _| numbering(d, 0)),
    quiet("numbers-brackets", "Hàng số thứ tự cột (1) (2)", BOTH, |d, _| numbering(d, 1)),
    quiet("numbers-letters", "Hàng số thứ tự cột A B 1 2", BOTH, |d, _| numbering(d, 2)),
    quiet("numbers-formulas", "Hàng số thứ tự cột 3=4+5", BOTH, |d, _| numbering(d, 3)),
    quiet("roman-numbers", "Số thứ tự của Biểu 02 là I, II, III", ROLLUP, |d, _| {
        const ROMAN: [&str; 12] =
            ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        // Beside sections with such numbers nobody could tell them apart.
        let table = d.main();
        if table.items.iter().any(|item| matches!(item, Item::Other(_))) {
            return false;
        }
        for (cells, number) in table.rows().zip(ROMAN) {
            cells.insert("no".to_owned(), words(number));
        }
        true
    }),
    quiet("moved-right", "Bảng không bắt đầu ở cột A", BOTH, |d, dice| {
        let left = dice.within(1, 5);
        d.tables().for_each(|table| table.left = left);
        true
    }),
    quiet("notes-below", "Ghi chú và chữ ký dưới bảng", BOTH, signature),
];

fn header_twice(draft: &mut Draft, _: &mut Dice) -> bool {
    let table = draft.main();
    if !table.head.merged {
        return false;
    }
    table.items.insert(0, Item::HeaderAgain);
    true
}

fn title_rows(draft: &mut Draft, dice: &mut Dice) -> bool {
    if super::head::titles_tell_another_time(draft) {
        return false;
    }
    let quarter = quarter(draft.truth.period);
    let full = draft.unit.full.to_uppercase();
    for sheet in &mut draft.sheets {
        let table = |block: &Block| matches!(block, Block::Table(table) if table.real);
        let Some(at) = sheet.blocks.iter().position(table) else { continue };
        let mut lines = vec![
            vec![(0, words("ĐẢNG BỘ TỈNH LÀO CAI")), (6, words("ĐẢNG CỘNG SẢN VIỆT NAM"))],
            vec![(0, words(&full))],
            vec![(2, words("KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI TRỰC TIẾP VỚI NHÂN DÂN"))],
            vec![(2, words(&quarter))],
            vec![(3, words("(Kèm theo Báo cáo số 12-BC/ĐU)"))],
        ];
        lines.extend((0..dice.below(3)).map(|_| vec![]));
        sheet.blocks.insert(at, Block::Lines(lines));
    }
    true
}

fn one_row(draft: &mut Draft, _: &mut Dice) -> bool {
    height(draft, 1)
}

fn height(draft: &mut Draft, rows: u32) -> bool {
    draft.tables().for_each(|table| table.head.rows = rows);
    true
}

fn each_header(draft: &mut Draft, mut change: impl FnMut(&str) -> String) -> bool {
    for column in draft.tables().flat_map(|table| &mut table.columns) {
        column.header = change(&column.header);
        column.group = column.group.as_deref().map(&mut change);
    }
    true
}

fn broken_words(draft: &mut Draft, _: &mut Dice) -> bool {
    each_header(draft, |text| {
        if text.chars().count() <= 3 {
            let letters: Vec<String> = text.chars().map(String::from).collect();
            return letters.join("\n");
        }
        text.replace(' ', "\n")
    })
}

fn capitals(draft: &mut Draft, _: &mut Dice) -> bool {
    each_header(draft, |text| format!("  {}: ", text.to_uppercase().replace(' ', "  ")))
}

fn remarks(draft: &mut Draft, dice: &mut Dice) -> bool {
    for column in draft.tables().flat_map(|table| &mut table.columns) {
        let remark = match column.key.as_str() {
            "attendees" | "women" | "minority" => "(người)",
            "opinions" => "(ý kiến)",
            "date" => "(ngày/tháng/năm)",
            _ if dice.coin() => "(3)",
            _ => continue,
        };
        column.header = format!("{}\n{remark}", column.header);
    }
    true
}

fn header_again(draft: &mut Draft, dice: &mut Dice) -> bool {
    for table in draft.tables() {
        let at = 1 + dice.below(table.items.len());
        if super::rows::has_second_line(table) {
            continue;
        }
        table.items.insert(at, Item::HeaderAgain);
    }
    true
}

fn numbering(draft: &mut Draft, style: usize) -> bool {
    for table in draft.tables() {
        let mark = |at: usize| match style {
            0 => Value::Number(at as f64 + 1.0),
            1 => words(&format!("({})", at + 1)),
            2 if at < 2 => words(["A", "B"][at]),
            2 => Value::Number(at as f64 - 1.0),
            _ if at % 5 == 4 => words(&format!("{}={}+{}", at + 1, at + 2, at + 3)),
            _ => words(&format!("[{}]", at + 1)),
        };
        let marks: BTreeMap<String, Value> =
            table.columns.iter().enumerate().map(|(at, c)| (c.key.clone(), mark(at))).collect();
        table.items.insert(0, Item::Other(marks));
    }
    true
}

fn signature(draft: &mut Draft, dice: &mut Dice) -> bool {
    for sheet in &mut draft.sheets {
        if !sheet.blocks.iter().any(|block| matches!(block, Block::Table(_))) {
            continue;
        }
        let mut lines = vec![vec![]; dice.below(3)];
        lines.extend([
            vec![(1, words("Ghi chú: số liệu tính đến hết quý."))],
            vec![(5, words("Lào Cai, ngày … tháng … năm 2021"))],
            vec![(1, words("NGƯỜI LẬP BIỂU")), (5, words("T/M BAN THƯỜNG VỤ"))],
            vec![(1, words("(Ký, ghi rõ họ tên)")), (5, words("BÍ THƯ"))],
            vec![],
            vec![(1, words("Nguyễn Văn A")), (5, words("Trần Thị B"))],
        ]);
        sheet.blocks.push(Block::Lines(lines));
    }
    true
}
