//! Disorder of the rows: sections, sums, blanks, ghosts, hidden and merged ones.

use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, hole, quiet, said};
use qc17::open::Value;
use std::collections::BTreeMap;

pub const MUTATIONS: &[Mutation] = &[
    quiet("total-below", "Dòng Tổng cộng ở cuối bảng", BOTH, |d, dice| {
        let name = *dice.pick(&["Tổng cộng", "TỔNG SỐ", "Cộng", "Tổng cộng quý"]);
        total(d, name, usize::MAX)
    }),
    quiet("total-above", "Dòng Tổng cộng ở đầu bảng", BOTH, |d, _| {
        total(d, "Tổng cộng", 0)
    }),
    quiet("sections", "Dòng đề mục I, II và dòng Cộng I, Cộng II", BOTH, |d, _| {
        sections(d, false)
    }),
    quiet("section-sums", "Dòng đề mục I, II mang luôn số cộng", BOTH, |d, _| {
        sections(d, true)
    }),
    quiet(
        "plain-sections",
        "Đề mục bằng chữ, dòng Cộng dưới mỗi phần",
        BOTH,
        |d, _| plain_sections(d),
    ),
    said(
        "example-row",
        "Dòng Ví dụ của mẫu còn để lại",
        DETAIL,
        &["DL03"],
        |d, dice| {
            let mark = *dice.pick(&["Ví dụ", "VD", "Mẫu"]);
            let Some(mut cells) = d.main().rows().next().cloned() else { return false };
            if !d.main().has("no") {
                return false;
            }
            cells.insert("no".to_owned(), words(mark));
            d.main().items.insert(0, Item::Other(cells));
            true
        },
    ),
    said(
        "row-of-year",
        "Dòng Lũy kế từ đầu năm dưới bảng",
        BOTH,
        &["DL03"],
        |d, _| {
            let table = d.main();
            let rows: Vec<usize> = (0..table.items.len()).collect();
            let mut cells = sums(table, &rows);
            let Some(name) = name_column(table).filter(|_| table.has("no") && !cells.is_empty())
            else {
                return false;
            };
            for value in cells.values_mut() {
                *value = Value::Number(9_999.0);
            }
            cells.insert(name, words("Lũy kế từ đầu năm"));
            table.items.push(Item::Other(cells));
            true
        },
    ),
    said(
        "row-of-shares",
        "Dòng Tỷ lệ, So với kỳ trước dưới bảng",
        BOTH,
        &["DL03"],
        |d, dice| {
            let table = d.main();
            let rows: Vec<usize> = (0..table.items.len()).collect();
            let mut cells = sums(table, &rows);
            let Some(name) = name_column(table).filter(|_| table.has("no") && !cells.is_empty())
            else {
                return false;
            };
            for value in cells.values_mut() {
                *value = Value::Number(-7.0);
            }
            let said = dice.pick(&[
                "Tỷ lệ (%)",
                "So với quý trước",
                "Tăng (+), giảm (-)",
                "Cùng kỳ năm trước",
            ]);
            cells.insert(name, words(said));
            table.items.push(Item::Other(cells));
            true
        },
    ),
    quiet("blank-rows", "Hàng trống xen giữa", BOTH, |d, dice| {
        for table in d.tables() {
            let at = dice.below(table.items.len() + 1);
            if has_second_line(table) {
                continue;
            }
            table.items.insert(at, Item::Blank);
        }
        true
    }),
    quiet("ghosts", "Hàng trăm hàng chỉ có số thứ tự", BOTH, |d, dice| {
        let many = dice.within(100, 300);
        for table in d.tables() {
            let last = table.items.len() as u32;
            table.items.extend((1..many).map(|n| {
                let number = Value::Number(f64::from(last + n));
                Item::Other(BTreeMap::from([("no".to_owned(), number)]))
            }));
        }
        true
    }),
    quiet("filler-rows", "Hàng chỉ có dấu chấm để điền", BOTH, |d, dice| {
        let filler = *dice.pick(&["…", "......", "____"]);
        for table in d.tables() {
            let keys: Vec<String> = table
                .columns
                .iter()
                .map(|column| column.key.clone())
                .filter(|key| key != "no")
                .collect();
            let cells = keys.into_iter().map(|key| (key, Value::Text(filler.into())));
            table.items.push(Item::Other(cells.collect()));
        }
        true
    }),
    quiet("ghost-blanks", "Hàng chỉ có khoảng trắng", BOTH, |d, _| {
        for table in d.tables() {
            let blank = table.columns.iter().map(|c| (c.key.clone(), words(" \u{A0}"))).collect();
            table.items.push(Item::Other(blank));
        }
        true
    }),
    quiet("unnumbered", "Không ghi số thứ tự", DETAIL, |d, _| {
        if d.main().items.iter().any(|item| matches!(item, Item::Other(_))) {
            return false;
        }
        super::columns::remove(d.main(), "no");
        d.truth.tables.get_mut("meetings").unwrap().iter_mut().for_each(|row| {
            row.remove("no");
        });
        true
    }),
    quiet("merged-down", "Ô số liệu trộn qua nhiều hàng", DETAIL, |d, _| {
        d.main().merged = vec!["kind", "chair", "format", "topic"];
        true
    }),
    said("hidden-row", "Hàng có số liệu bị ẩn", BOTH, &["TEP08"], |d, _| {
        d.main().items.iter_mut().for_each(|item| {
            if let Item::Row { truth: 0, hidden, .. } = item {
                *hidden = true;
            }
        });
        true
    }),
    said("hidden-column", "Cột có số liệu bị ẩn", BOTH, &["TEP08"], |d, _| {
        d.main().hidden_cols.push("attendees".to_owned());
        true
    }),
    said("stray-figures", "Hàng có số mà không rõ là gì", BOTH, &["DL03"], |d, _| {
        let stray = BTreeMap::from([stray_figure(d)]);
        d.main().items.push(Item::Other(stray));
        true
    }),
    hole("half-row", "Dòng thiếu dữ liệu bắt buộc", BOTH, &["DL03"], |d, _| {
        let key = if d.kind == Kind::Detail { "topic" } else { "attendees" };
        d.main().rows().next().is_some_and(|cells| cells.remove(key).is_some())
    }),
];

/// A figure in a column that a row can do without.
fn stray_figure(draft: &Draft) -> (String, Value) {
    let key = if draft.kind == Kind::Detail { "women" } else { "notices" };
    (key.to_owned(), Value::Number(77.0))
}

const SUMMED: [&str; 17] = [
    "attendees",
    "women",
    "minority",
    "speakers",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "periodic",
    "ad_hoc",
    "total",
    "by_secretary",
    "by_chairman",
    "by_both",
    "notices",
];

/// The sums of rows `first` to `last` of a table, as the cells of a row of sums.
fn sums(table: &TableDraft, rows: &[usize]) -> BTreeMap<String, Value> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for item in &table.items {
        let Item::Row { truth, cells, .. } = item else { continue };
        for key in SUMMED.iter().filter(|_| rows.contains(truth)) {
            if let Some(Value::Number(n)) = cells.get(*key) {
                *sums.entry((*key).to_owned()).or_default() += n;
            }
        }
    }
    sums.into_iter().map(|(key, sum)| (key, Value::Number(sum))).collect()
}

/// The column next to the number, where the name of a sum or of a section stands.
pub fn name_column(table: &TableDraft) -> Option<String> {
    table.columns.iter().map(|column| column.key.clone()).find(|key| key != "no")
}

fn total(draft: &mut Draft, name: &str, at: usize) -> bool {
    for table in draft.tables() {
        let rows: Vec<usize> = (0..table.items.len()).collect();
        let mut cells = sums(table, &rows);
        let column =
            if table.has("no") && at > 0 { Some("no".to_owned()) } else { name_column(table) };
        cells.extend(column.map(|key| (key, words(name))));
        table.items.insert(at.min(table.items.len()), Item::Other(cells));
    }
    true
}

/// The sums of the whole table above its rows, under that name in the column beside the number.
pub fn named_total(draft: &mut Draft, name: &str) -> bool {
    let table = draft.main();
    let rows: Vec<usize> = (0..table.items.len()).collect();
    let mut cells = sums(table, &rows);
    let Some(column) = Some("unit_name").filter(|key| table.has(key)) else { return false };
    cells.insert(column.to_owned(), words(name));
    table.items.insert(0, Item::Other(cells));
    true
}

/// Cuts the main table in two parts with words for titles, and `Cộng` under each.
fn plain_sections(draft: &mut Draft) -> bool {
    let table = draft.main();
    let only_rows = table.items.iter().all(|item| matches!(item, Item::Row { .. }));
    let Some(name) = name_column(table).filter(|_| table.has("no") && only_rows) else {
        return false;
    };
    let (rows, half) = (table.items.len(), table.items.len() / 2);
    if half == 0 {
        return false;
    }
    let title = |said: &str| Item::Other(BTreeMap::from([(name.clone(), words(said))]));
    let sum = |table: &TableDraft, rows: std::ops::Range<usize>| {
        let mut cells = sums(table, &rows.collect::<Vec<_>>());
        cells.insert("no".to_owned(), words("Cộng"));
        Item::Other(cells)
    };
    let (first, second) = (sum(table, 0..half), sum(table, half..rows));
    table.items.push(second);
    table.items.splice(half..half, [first, title("Đột xuất")]);
    table.items.insert(0, title("Định kỳ"));
    true
}

/// Cuts each table in two sections, with titles and sums.
fn sections(draft: &mut Draft, in_title: bool) -> bool {
    for table in draft.tables() {
        if !table.has("no") || table.rows().next().is_none() {
            return false;
        }
        let place = |wanted: usize| {
            let at = table
                .items
                .iter()
                .position(|item| matches!(item, Item::Row { truth, .. } if *truth == wanted));
            at.unwrap()
        };
        let rows = table.items.iter().filter(|item| matches!(item, Item::Row { .. })).count();
        let half = rows / 2;
        let (start, middle, end) = (place(0), place(half), place(rows - 1) + 1);
        let first: Vec<usize> = (0..half).collect();
        let second: Vec<usize> = (half..rows).collect();
        let name = name_column(table);
        let title = |number: &str, said: &str, with: BTreeMap<String, Value>| {
            let mut cells = with;
            cells.insert("no".to_owned(), words(number));
            cells.extend(name.clone().map(|key| (key, words(said))));
            Item::Other(cells)
        };
        let sum = |said: &str, with: BTreeMap<String, Value>| {
            let mut cells = with;
            cells.extend(name.clone().map(|key| (key, words(said))));
            Item::Other(cells)
        };
        let of = |rows: &[usize]| if in_title { sums(table, rows) } else { BTreeMap::new() };
        let below = |rows: &[usize]| sums(table, rows);
        let items = [
            (end, (!in_title).then(|| sum("Cộng II", below(&second)))),
            (middle, Some(title("II", "Các cuộc còn lại", of(&second)))),
            (middle, (!in_title).then(|| sum("Cộng I", below(&first)))),
            (start, Some(title("I", "Các cuộc đầu quý", of(&first)))),
        ];
        for (at, item) in items {
            if let Some(item) = item {
                table.items.insert(at, item);
            }
        }
    }
    true
}

/// Whether a second person who chaired stands on a line of its own: apart from its meeting that is no more told from a
/// signature.
pub fn has_second_line(table: &TableDraft) -> bool {
    let second =
        |cells: &BTreeMap<String, Value>| cells.len() == 1 && cells.contains_key("chair_name");
    table.items.iter().any(|item| matches!(item, Item::Other(cells) if second(cells)))
}
