//! Disorder beside the rows: parts of a table, its titles and notes that say that figures are something else.

use super::clean::quarter;
use super::dice::Dice;
use super::draft::*;
use super::head::{info_lines, no_info};
use super::mutation::{BOTH, DETAIL, Mutation, hole, quiet, said};
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
    said("second-line", "Người chủ trì thứ hai ở dòng riêng", DETAIL, &["DL03"], second_line),
    said(
        "other-post",
        "Chức vụ cạnh họ tên khác mã chủ trì",
        DETAIL,
        &["DL04"],
        |d, dice| {
            let name = *dice.pick(&["Lê Văn Nam, Phó Chủ tịch UBND", "Lê Văn Nam, Bí thư Tỉnh ủy"]);
            let heads = ["Bí thư", "Chủ tịch UBND", "Đồng chủ trì"].map(words);
            let Some(table) = with_names(d) else { return false };
            let mut rows = table.rows();
            let row =
                rows.find(|cells| cells.get("chair").is_some_and(|chair| heads.contains(chair)));
            row.is_some_and(|cells| cells.insert("chair_name".to_owned(), words(name)).is_some())
        },
    ),
    said(
        "reason-in-table",
        "Lý do không tổ chức ghi thành dòng trong Biểu 1 trống",
        DETAIL,
        &["DL08"],
        |d, dice| {
            let line = *dice.pick(&[
                "Trong quý không tổ chức hội nghị do dịch Covid-19",
                "Ghi chú: Quý này chưa tổ chức được cuộc nào vì mưa lũ",
            ]);
            // A sheet left over would be used in place of one without rows.
            if d.tables().any(|table| !table.real) {
                return false;
            }
            let table = d.main();
            // With hidden rows, lines and sums others have begun something else.
            if table.items.iter().any(|item| !matches!(item, Item::Row { hidden: false, .. })) {
                return false;
            }
            let Some(name) = name_column(table) else { return false };
            table.items = vec![Item::Other(BTreeMap::from([(name, words(line))]))];
            d.truth.tables.insert("meetings", Vec::new()).is_some()
        },
    ),
    said("held-reason", "Ô lý do ghi là đã tổ chức", DETAIL, &["DL08"], |d, dice| {
        reason(d, dice.pick::<&str>(&["Đã tổ chức 3 cuộc", "Có", "(ghi rõ)", "Không áp dụng"]))
    }),
    said(
        "reason-left",
        "Lý do kỳ trước còn để lại bên các cuộc",
        DETAIL,
        &["DL08"],
        |d, _| reason(d, "Không tổ chức cuộc nào do dịch"),
    ),
    said(
        "note-under",
        "Ghi chú dưới bảng nói số liệu là số khác",
        BOTH,
        &["DL08"],
        |d, dice| {
            let note = *dice.pick(&[
                "Ghi chú: số liệu là số ước, số chính thức gửi sau",
                "Số liệu trên là lũy kế từ đầu năm",
                "(Dự thảo, chưa phải số liệu chính thức)",
            ]);
            under(d, note)
        },
    ),
    quiet("note-harmless", "Ghi chú, nơi nhận, phần ký dưới bảng", BOTH, |d, dice| {
        under(d, dice.pick::<&str>(&["Nơi nhận: Thường trực; Lưu VT", "Ghi chú: Đã kiểm tra"]))
    }),
    said(
        "note-of-petition",
        "Ghi chú cạnh kiến nghị: đã rút, trùng, của kỳ trước",
        DETAIL,
        &["DL08"],
        |d, dice| {
            let notes = ["Công dân đã rút kiến nghị", "Trùng với kiến nghị số 1"];
            let note = words(dice.pick::<&str>(&notes));
            let Some(table) = d.table("petitions").filter(|table| !table.has("note")) else {
                return false;
            };
            let header = "Ghi chú".to_owned();
            table.columns.push(ColumnDraft { key: "note".to_owned(), group: None, header });
            let row = table.rows().next();
            row.is_some_and(|cells| cells.insert("note".to_owned(), note).is_none())
        },
    ),
    said("summed-title", "Tiêu đề ghi lũy kế từ đầu năm", BOTH, &["DL08"], |d, _| {
        let lines = [
            format!("UBND {}", d.unit.full),
            format!("{} (lũy kế từ đầu năm)", quarter(d.truth.period)),
        ];
        no_info(d, lines.iter().map(|line| vec![(0, words(line))]).collect())
    }),
];

/// A line of words in the first column, behind a blank one, below everything in the main table.
fn under(draft: &mut Draft, line: &str) -> bool {
    let table = draft.main();
    let Some(key) = table.columns.first().map(|column| column.key.clone()) else { return false };
    if table.rows().next().is_none() || key.contains(':') {
        return false;
    }
    table.items.push(Item::Blank);
    table.items.push(Item::Other(BTreeMap::from([(key, words(line))])));
    true
}

/// Writes a reason for holding no meeting, beside the meetings.
fn reason(draft: &mut Draft, text: &str) -> bool {
    let held = draft.table("meetings").is_some_and(|table| table.rows().next().is_some());
    let Some(lines) = info_lines(draft).filter(|_| held) else { return false };
    lines.push(vec![(0, words("Lý do không tổ chức")), (1, words(text))]);
    true
}

/// The meetings with a column for the names of who chaired, which nobody's figures depend on.
pub fn with_names(draft: &mut Draft) -> Option<&mut TableDraft> {
    let table = draft.table("meetings")?;
    if table.has("chair_name") || !table.has("chair") {
        return None;
    }
    let at = table.columns.iter().position(|column| column.key == "chair")? + 1;
    let header = "Họ tên, chức vụ người chủ trì".to_owned();
    table.columns.insert(at, ColumnDraft { key: "chair_name".to_owned(), group: None, header });
    table.rows().for_each(|cells| {
        cells.insert("chair_name".to_owned(), words("Nguyễn Văn Thử"));
    });
    Some(table)
}

/// Below a numbered row that is followed by another one, the second person who chaired and nothing else.
fn second_line(draft: &mut Draft, _: &mut Dice) -> bool {
    let Some(table) = with_names(draft) else { return false };
    let row = |item: &Item| matches!(item, Item::Row { hidden: false, .. });
    let at = table.items.windows(2).position(|two| two.iter().all(row));
    let numbered = table.columns.first().is_some_and(|column| column.key == "no");
    let (Some(at), true) = (at, numbered) else { return false };
    let cells = BTreeMap::from([("chair_name".to_owned(), words("Bí thư Sùng Đức Yên"))]);
    table.items.insert(at + 1, Item::Other(cells));
    true
}

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
