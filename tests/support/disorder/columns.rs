//! Disorder of the columns: their order, their names, what is missing and what is too much.

use super::clean::{CHAIRS, FORMATS, KINDS};
use super::dice::Dice;
use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, ROLLUP, hole, quiet, said};
use qc17::open::Value;

pub const MUTATIONS: &[Mutation] = &[
    quiet("reordered", "Cột xếp theo thứ tự khác", BOTH, reordered),
    quiet("optional-missing", "Thiếu các cột không bắt buộc", DETAIL, optional_missing),
    quiet("aliases", "Tiêu đề viết tắt, viết cách khác", BOTH, aliases),
    said("extra", "Thêm cột riêng của đơn vị", BOTH, &["BM03"], extra),
    said(
        "hours-beside",
        "Thêm cột Thời gian ghi giờ bên cạnh Ngày tổ chức",
        DETAIL,
        &["BM03"],
        |d, _| {
            let own = |column: &ColumnDraft| column.header == "Ngày tổ chức";
            let table = d.main();
            let days = table.rows().all(|cells| matches!(cells.get("date"), Some(Value::Date(_))));
            days && table.columns.iter().any(own)
                && beside(d, "extra:hours", "Thời gian", "8h00 - 11h00")
        },
    ),
    hole("other-units-rows", "Cột Đơn vị ghi xã khác", DETAIL, &["DV03"], |d, _| {
        let other = if d.unit.full == "Xã Bảo Hà" { "Xã Cam Cọn" } else { "Xã Bảo Hà" };
        beside(d, "unit_name", "Xã, phường", other)
    }),
    quiet(
        "own-unit-column",
        "Cột Đơn vị ghi chính đơn vị báo cáo",
        DETAIL,
        |d, dice| {
            let full = d.unit.full.clone();
            beside(d, "unit_name", dice.pick::<&str>(&["Đơn vị", "Tên đơn vị"]), &full)
        },
    ),
    said("share", "Cột tỷ lệ mang tên cột đếm", DETAIL, &["BM03"], |d, _| {
        beside(d, "extra:share", "Đã giải quyết (%)", "80")
    }),
    said(
        "headerless",
        "Cột có số liệu mà không có tiêu đề",
        BOTH,
        &["BM03"],
        |d, _| beside(d, "extra:blank", "", "12"),
    ),
    quiet("own-quarter", "Tiêu đề cột ghi thêm chính quý báo cáo", DETAIL, |d, _| {
        let quarter = super::clean::quarter(d.truth.period);
        let named = |sheet: &SheetDraft| sheet.name == "Thông tin";
        if !d.sheets.first().is_some_and(named) {
            return false;
        }
        let table = d.main();
        let mut plain = table.columns.iter_mut().filter(|column| {
            column.key == "attendees" && column.group.is_none() || column.header == "Chủ trì"
        });
        let some = plain.next();
        some.map(|column| column.header = format!("{} {quarter}", column.header)).is_some()
    }),
    hole(
        "other-quarter-column",
        "Tiêu đề cột ghi quý khác",
        DETAIL,
        &["BM02", "BM03"],
        |d, _| {
            let other = super::clean::quarter(d.truth.period.previous().unwrap());
            let column = d.main().column("chair").filter(|column| column.header == "Chủ trì");
            column.map(|column| column.header = format!("Chủ trì {other}")).is_some()
        },
    ),
    hole("near-name", "Tiêu đề cột bắt buộc viết gần giống", DETAIL, &["BM02", "BM03"], near_name),
    hole("near-optional", "Tiêu đề cột tùy chọn viết gần giống", DETAIL, &["BM03"], near_optional),
    hole("required-missing", "Thiếu một cột bắt buộc", DETAIL, &["BM02"], required_missing),
    hole("doubled", "Hai cột cùng một tiêu đề", BOTH, &["BM04"], doubled),
    hole("other-span", "Cột lũy kế đứng dưới nhóm khác kỳ", DETAIL, &["BM02", "BM03"], other_span),
    quiet(
        "ticked-kind",
        "Đánh dấu x ở cột Định kỳ, Đột xuất",
        DETAIL,
        |d, dice| ticked(d, "kind", Some("Loại cuộc"), &KINDS, dice),
    ),
    quiet("ticked-kind-alone", "Đánh dấu x, không có ô nhóm", DETAIL, |d, dice| {
        ticked(d, "kind", None, &KINDS, dice)
    }),
    quiet(
        "ticked-chair",
        "Đánh dấu x ở cột Bí thư, Chủ tịch UBND, Ủy quyền",
        DETAIL,
        |d, dice| ticked(d, "chair", Some("Chủ trì"), &CHAIRS, dice),
    ),
    quiet(
        "ticked-heads",
        "Đánh dấu cả Bí thư và Chủ tịch UBND: đồng chủ trì",
        DETAIL,
        ticked_heads,
    ),
    quiet(
        "ticked-format",
        "Đánh dấu x ở cột Trực tiếp, Trực tuyến",
        DETAIL,
        |d, dice| ticked(d, "format", Some("Hình thức"), &FORMATS, dice),
    ),
    hole(
        "ticked-twice",
        "Đánh dấu cả Định kỳ và Đột xuất",
        DETAIL,
        &["DL04"],
        |d, dice| {
            ticked(d, "kind", Some("Loại cuộc"), &KINDS, dice)
                && set_ticks(d, &["kind:periodic", "kind:ad_hoc"], &words("x"))
        },
    ),
    hole("ticked-none", "Không đánh dấu loại cuộc nào", DETAIL, &["DL03"], |d, dice| {
        ticked(d, "kind", Some("Loại cuộc"), &KINDS, dice)
            && set_ticks(d, &["kind:periodic", "kind:ad_hoc"], &words(" "))
    }),
    hole("ticked-oddly", "Ô đánh dấu ghi chữ khác", DETAIL, &["DL04"], |d, dice| {
        ticked(d, "kind", Some("Loại cuộc"), &KINDS, dice)
            && set_ticks(d, &["kind:ad_hoc"], &words("2 cuộc"))
    }),
    quiet("district-column", "Có cột huyện, trộn ô cho nhiều xã", ROLLUP, district_column),
    quiet("names-only", "Biểu 02 không có cột mã, chỉ có tên xã", ROLLUP, |d, _| {
        let sums = d.main().items.iter().any(|item| matches!(item, Item::Other(_)));
        // Two rows with one name may have been made another disorder of: then the codes tell.
        let names: Vec<_> = d.main().rows().map(|cells| cells.get("unit_name").cloned()).collect();
        let twice = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        !sums && !twice && d.main().has("unit_name") && remove(d.main(), "unit_code")
    }),
];

/// Takes a column away; its cells are no longer written.
pub fn remove(table: &mut TableDraft, key: &str) -> bool {
    // A line that stands in that column would go with it, and with it what it says.
    let line = |item: &Item| matches!(item, Item::Other(cells) if cells.len() == 1 && cells.contains_key(key));
    if table.items.iter().any(line) {
        return false;
    }
    let before = table.columns.len();
    table.columns.retain(|column| column.key != key);
    table.columns.len() < before
}

fn reordered(draft: &mut Draft, dice: &mut Dice) -> bool {
    // A second line of a row is told by where it begins.
    let second = |item: &Item| matches!(item, Item::Other(cells) if cells.len() == 1 && cells.contains_key("chair_name"));
    if draft.tables().any(|table| table.items.iter().any(second)) {
        return false;
    }
    for table in draft.tables() {
        // Columns of one group stay together.
        let mut blocks: Vec<Vec<ColumnDraft>> = Vec::new();
        for column in table.columns.drain(..) {
            match blocks.last_mut() {
                Some(block) if column.group.is_some() && block[0].group == column.group => {
                    block.push(column);
                }
                // A date that is known by its number stays behind it.
                Some(block) if column.key == "notice_date" && block[0].key == "notice_no" => {
                    block.push(column);
                }
                _ => blocks.push(vec![column]),
            }
        }
        while !blocks.is_empty() {
            table.columns.extend(blocks.remove(dice.below(blocks.len())));
        }
    }
    true
}

fn optional_missing(draft: &mut Draft, dice: &mut Dice) -> bool {
    let optional = ["note", "published", "minutes_date", "with_tuyen_van", "agency", "repeated"];
    let mut some = false;
    for table in draft.tables() {
        for key in optional {
            some |= dice.coin() && remove(table, key);
        }
    }
    some
}

const ALIASES: &[(&str, &[&str])] = &[
    ("no", &["TT", "Số TT"]),
    ("date", &["Ngày họp", "Thời gian tổ chức", "Ngày, tháng"]),
    ("topic", &["Nội dung đối thoại", "Chủ đề"]),
    ("minority", &["DTTS", "Đồng bào DTTS"]),
    ("answered", &["Trả lời tại HN", "K1"]),
    ("resolved", &["Đã GQ", "K2"]),
    ("pending", &["Đang GQ", "K3"]),
    ("unresolved", &["Chưa GQ", "K4"]),
    ("forwarded", &["Vượt thẩm quyền", "K5"]),
    ("field", &["Thuộc lĩnh vực", "LV"]),
    ("authority", &["Cấp giải quyết"]),
    ("unit_name", &["Tên đơn vị", "Xã, phường, thị trấn"]),
    ("notices", &["Số TBKL"]),
];

fn aliases(draft: &mut Draft, dice: &mut Dice) -> bool {
    let torn = |table: &&mut TableDraft| table.columns.iter().any(|column| column.header == "?");
    for column in draft.tables().filter(|table| !torn(table)).flat_map(|table| &mut table.columns) {
        if let Some((_, names)) = ALIASES.iter().find(|(key, _)| *key == column.key) {
            column.header = (*dice.pick(names)).to_owned();
        }
    }
    true
}

fn beside(draft: &mut Draft, key: &str, header: &str, value: &str) -> bool {
    let table = draft.main();
    if table.has(key) {
        return false;
    }
    let column = ColumnDraft { key: key.to_owned(), group: None, header: header.to_owned() };
    table.columns.insert(table.columns.len() / 2, column);
    // Not inside a group: the group would be torn in two.
    let at = table.columns.iter().position(|column| column.key == key).unwrap();
    let column = table.columns.remove(at);
    table.columns.push(column);
    table.rows().for_each(|cells| {
        cells.insert(key.to_owned(), words(value));
    });
    true
}

fn extra(draft: &mut Draft, dice: &mut Dice) -> bool {
    let header = *dice.pick(&["Kinh phí", "Xếp loại", "Mã hồ sơ nội bộ"]);
    beside(draft, "extra:own", header, "A1")
}

fn near_name(draft: &mut Draft, _: &mut Dice) -> bool {
    // The hours beside it would be the one column that is named after the day.
    !draft.main().has("extra:hours") && rename(draft.main(), "date", "Ngày tổ chứa")
}

fn near_optional(draft: &mut Draft, _: &mut Dice) -> bool {
    rename(draft.main(), "speakers", "Số người phát triển")
}

fn rename(table: &mut TableDraft, key: &str, header: &str) -> bool {
    let Some(column) = table.column(key) else { return false };
    header.clone_into(&mut column.header);
    true
}

fn required_missing(draft: &mut Draft, dice: &mut Dice) -> bool {
    let key = *dice.pick(&["date", "kind", "chair", "topic", "attendees"]);
    let table = draft.main();
    let ticked = table.columns.iter().any(|column| column.key.starts_with(&format!("{key}:")));
    // Of a doubled column one would stay, and nothing would tell that it is the wrong one.
    let twin = table.has("extra:twin") || table.has("extra:hours");
    !ticked && !twin && remove(table, key)
}

fn doubled(draft: &mut Draft, dice: &mut Dice) -> bool {
    let table = draft.main();
    let key = *dice.pick(&["attendees", "opinions"]);
    let Some(at) = table.columns.iter().position(|column| column.key == key) else { return false };
    let mut copy = table.columns[at].clone();
    "extra:twin".clone_into(&mut copy.key);
    if table.has("extra:twin") {
        return false;
    }
    table.columns.insert(at + 1, copy);
    table.rows().for_each(|cells| {
        cells.insert("extra:twin".to_owned(), Value::Number(999.0));
    });
    true
}

fn other_span(draft: &mut Draft, _: &mut Dice) -> bool {
    let table = draft.main();
    if table.head.rows == 1 {
        return false;
    }
    let mut some = false;
    for column in &mut table.columns {
        if column.group.as_deref() == Some("Ý kiến, kiến nghị") {
            column.group = Some("Lũy kế từ đầu năm".to_owned());
            some = true;
        }
    }
    some
}

fn ticked(
    draft: &mut Draft,
    field: &'static str,
    group: Option<&str>,
    codes: &[(&'static str, &str)],
    dice: &mut Dice,
) -> bool {
    let mark = *dice.pick(&["x", "X", "✓", "v"]);
    let Some(table) = draft.table("meetings") else { return false };
    let Some(at) = table.columns.iter().position(|column| column.key == field) else {
        return false;
    };
    table.columns.remove(at);
    for (i, (code, name)) in codes.iter().enumerate() {
        let column = ColumnDraft {
            key: format!("{field}:{code}"),
            group: group.map(str::to_owned),
            header: (*name).to_owned(),
        };
        table.columns.insert(at + i, column);
    }
    for cells in table.filled() {
        let Some(Value::Text(said)) = cells.remove(field) else { continue };
        // Words that are in disorder themselves cannot be ticked.
        let Some((code, _)) = codes.iter().find(|(_, name)| **name == *said) else { return false };
        cells.insert(format!("{field}:{code}"), words(mark));
    }
    true
}

fn set_ticks(draft: &mut Draft, keys: &[&str], value: &Value) -> bool {
    let Some(cells) = draft.main().rows().next() else { return false };
    cells.retain(|key, _| !key.starts_with("kind:"));
    for key in keys {
        cells.insert((*key).to_owned(), value.clone());
    }
    true
}

fn ticked_heads(draft: &mut Draft, dice: &mut Dice) -> bool {
    if !ticked(draft, "chair", Some("Chủ trì"), &CHAIRS, dice) {
        return false;
    }
    let table = draft.main();
    remove(table, "chair:joint");
    for cells in table.filled() {
        if let Some(mark) = cells.remove("chair:joint") {
            cells.insert("chair:secretary".to_owned(), mark.clone());
            cells.insert("chair:chairman".to_owned(), mark);
        }
    }
    true
}

fn district_column(draft: &mut Draft, _: &mut Dice) -> bool {
    let district = draft.unit.full.clone();
    let table = draft.main();
    let column = ColumnDraft {
        key: "district".to_owned(),
        group: None,
        header: "Huyện, thị xã, thành phố".to_owned(),
    };
    table.columns.insert(1, column);
    table.rows().for_each(|cells| {
        cells.insert("district".to_owned(), words(&district));
    });
    table.merged.push("district");
    true
}
