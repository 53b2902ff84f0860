//! Disorder inside cells: dates, numbers, codes and text in all the ways people write them.

use super::clean::written_day;
use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, hole, quiet, said};
use qc17::open::Value;
use unicode_normalization::UnicodeNormalization;

pub const MUTATIONS: &[Mutation] = &[
    quiet("dates-as-text", "Ngày ghi bằng chữ, nhiều kiểu", DETAIL, |d, dice| {
        each(d, |_, value| {
            if let Value::Date(when) = value {
                *value = written_day(when.date(), dice.below(8));
            }
        })
    }),
    quiet("numbers-as-text", "Số ghi bằng chữ: 1.078, 05, 12 cuộc", BOTH, |d, dice| {
        each_count(d, |key, n| {
            let dotted = qc17::model::Count::new(n).to_string();
            words(&match dice.below(5) {
                0 => n.to_string(),
                1 => dotted,
                2 => format!("{n:02}"),
                3 => format!("{dotted} {}", unit_of(key)),
                _ => format!(" {n}\u{A0}"),
            })
        })
    }),
    quiet("zeros-in-words", "Số 0 ghi là - hoặc Không", BOTH, |d, dice| {
        each_count(d, |_, n| match n {
            0 => words(dice.pick::<&str>(&["-", "Không", "–", "0"])),
            n => Value::Number(f64::from(n)),
        })
    }),
    said("thousands-as-decimals", "Ô số 1,078 ở cột đếm", BOTH, &["DL08"], |d, _| {
        // A sum written beside it would tell which reading is right.
        if d.main().items.iter().any(|item| matches!(item, Item::Other(_))) {
            return false;
        }
        let Some(cells) = d.main().rows().next() else { return false };
        match cells.get_mut("attendees") {
            Some(Value::Number(n)) if *n >= 1_000.0 && *n % 10.0 != 0.0 => *n /= 1_000.0,
            _ => return false,
        }
        true
    }),
    hole("bad-number", "Ô đếm ghi chữ", BOTH, &["DL01"], |d, dice| {
        let said = *dice.pick(&["khoảng 100", "80%", "-5", "12,5", "nhiều"]);
        first_cell(d, "attendees", words(said))
    }),
    hole(
        "other-measure",
        "Đơn vị tính không phải của cột",
        BOTH,
        &["DL01"],
        |d, dice| {
            let table = d.main();
            let counted =
                |column: &&ColumnDraft| MEASURED.iter().any(|(key, _)| *key == column.key);
            let keys: Vec<String> =
                table.columns.iter().filter(counted).map(|column| column.key.clone()).collect();
            if keys.is_empty() {
                return false;
            }
            let key = dice.pick(&keys).clone();
            let others: Vec<&str> = ["cuộc", "người", "ý kiến", "thông báo"]
                .into_iter()
                .filter(|word| *word != unit_of(&key))
                .collect();
            let unit = *dice.pick(&others);
            let said = match dice.below(4) {
                0 => format!("không có {unit}"),
                1 => format!("{:02} {}", dice.within(1, 99), unit.to_uppercase()),
                _ => format!("{} {unit}", dice.within(1, 99)),
            };
            first_cell(d, &key, words(&said))
        },
    ),
    hole(
        "share-of-hundred",
        "Ô định dạng phần trăm ở cột đếm",
        BOTH,
        &["DL01"],
        |d, dice| {
            let said = *dice.pick(&["100%", "85,5%", "3500%"]);
            first_cell(d, "opinions", words(said))
        },
    ),
    hole("raised-footnote", "Dấu chú thích ¹ sau con số", BOTH, &["DL01"], |d, dice| {
        first_cell(d, "attendees", words(dice.pick::<&str>(&["136^1", "9^2", "120^(a)"])))
    }),
    hole(
        "struck-out-part",
        "Số cũ gạch ngang cạnh số mới",
        BOTH,
        &["DL01"],
        |d, dice| {
            first_cell(
                d,
                "attendees",
                words(dice.pick::<&str>(&["(gạch bỏ: 120)136", "136(gạch bỏ: 7)"])),
            )
        },
    ),
    hole("between-two", "Ô đếm ghi hai số", BOTH, &["DL01"], |d, dice| {
        let said = *dice.pick(&["35/40", "10-12", "30 hoặc 40", "20+15"]);
        first_cell(d, "attendees", words(said))
    }),
    quiet("none-in-words", "Số 0 ghi là “không có ý kiến”", BOTH, |d, dice| {
        each_count(d, |key, n| match n {
            0 if unit_of(key) == "ý kiến" => {
                words(dice.pick::<&str>(&["Không có ý kiến", "không có ý kiến nào", "Không có"]))
            }
            n => Value::Number(f64::from(n)),
        })
    }),
    quiet("written-out", "Số nguyên kèm phần lẻ bằng 0: 35,0", BOTH, |d, dice| {
        each_count(d, |_, n| words(&format!("{n}{}", dice.pick(&[",0", ".0", ",00"]))))
    }),
    hole("month-first", "Ngày ghi tháng trước ngày", DETAIL, &["DL02"], |d, dice| {
        let said = *dice.pick(&["03/25/2021", "12/31/2021", "2-28-2021"]);
        first_cell(d, "date", words(said))
    }),
    hole(
        "other-level",
        "Chủ trì là chức vụ của cấp khác",
        DETAIL,
        &["DL04"],
        |d, dice| {
            let said = *dice.pick(&["Bí thư Huyện ủy", "Chủ tịch UBND huyện", "Bí thư Tỉnh ủy"]);
            first_cell(d, "chair", words(said))
        },
    ),
    hole(
        "posts-unclear",
        "Chủ trì ghi tên người hoặc hai chức vụ trái nhau",
        DETAIL,
        &["DL04"],
        |d, dice| {
            let said = *dice.pick(&["Nguyễn Văn A", "Bí thư; Phó Chủ tịch UBND", "Trưởng thôn"]);
            first_cell(d, "chair", words(said))
        },
    ),
    quiet(
        "posts-in-full",
        "Chủ trì ghi đủ chức vụ, nơi công tác",
        DETAIL,
        |d, dice| {
            each(d, |key, value| {
                let Value::Text(text) = &value else { return };
                let said: &[&str] = match (key, &**text) {
                    ("chair", "Bí thư") => &["Bí thư, Chủ tịch HĐND", "Đ/c Bí thư Đảng ủy xã"],
                    ("chair", "Chủ tịch UBND") => {
                        &["Phó Bí thư, Chủ tịch UBND xã", "PBT, CT UBND"]
                    }
                    ("chair", "Ủy quyền") => {
                        &["Ủy quyền cho PCT", "PCT UBND", "Phó CT UBND xã"]
                    }
                    ("chair", "Đồng chủ trì") => &["BT + CT", "BT và CT UBND"],
                    ("chair", "Bí thư kiêm Chủ tịch UBND") => &["BT kiêm CT"],
                    _ => return,
                };
                *value = words(dice.pick::<&str>(said));
            })
        },
    ),
    said(
        "posts-side-by-side",
        "Chủ trì ghi hai chức vụ, không rõ của một hay hai người",
        DETAIL,
        &["DL04"],
        |d, dice| {
            let mut changed = false;
            each(d, |key, value| {
                let joint = matches!(&*value, Value::Text(text) if &**text == "Đồng chủ trì");
                if key == "chair" && joint {
                    changed = true;
                    *value = words(dice.pick::<&str>(&[
                        "Bí thư, Chủ tịch UBND",
                        "BT, CT UBND",
                        "Bí thư Đảng ủy, Chủ tịch UBND xã",
                    ]));
                }
            });
            changed
        },
    ),
    hole("bad-date", "Ngày không có trong lịch", DETAIL, &["DL02"], |d, dice| {
        let said = *dice.pick(&["31/02/2021", "cuối tháng", "15/3/1021", "13/13/2021"]);
        first_cell(d, "date", words(said))
    }),
    hole("formula-fault", "Ô lỗi công thức", BOTH, &["DL05"], |d, _| {
        first_cell(d, "opinions", Value::Error("#REF!".into()))
    }),
    hole("formula-unstored", "Công thức chưa có giá trị", BOTH, &["DL06"], |d, _| {
        first_cell(d, "opinions", Value::Uncomputed)
    }),
    quiet("outcomes-in-words", "Kết quả ghi bằng chữ", DETAIL, |d, dice| {
        each(d, |key, value| {
            let Value::Text(text) = &value else { return };
            let said: &[&str] = match (key, &**text) {
                ("outcome" | "before", "K1") => {
                    &["Trả lời tại hội nghị", "K1 - Trả lời tại hội nghị"]
                }
                ("outcome" | "before", "K2") => &["Đã giải quyết", "Đã GQ", "k2"],
                ("outcome" | "before", "K3") => &["Đang GQ", "ĐANG GIẢI QUYẾT"],
                ("outcome" | "before", "K4") => &["Chưa GQ", "Chưa giải quyết"],
                ("outcome" | "before", "K5") => &["Đã chuyển cấp có thẩm quyền", "Chuyển cấp trên"],
                _ => return,
            };
            *value = words(dice.pick::<&str>(said));
        })
    }),
    quiet(
        "codes-varied",
        "Lĩnh vực, chủ trì ghi mã, tên hoặc cả hai",
        DETAIL,
        |d, dice| {
            each(d, |key, value| {
                let Value::Text(text) = &value else { return };
                let said: &[&str] = match (key, &**text) {
                    ("field", "Đất đai") => &["L01", "L01 - Đất đai", "l01", "ĐẤT ĐAI"],
                    ("field", "Giao thông") => &["L05", "Đường giao thông", "giao thong"],
                    ("field", "Khác") => &["L99", "Lĩnh vực khác"],
                    ("chair", "Bí thư") => &["Bí thư Đảng ủy", "BÍ THƯ ĐẢNG UỶ"],
                    ("chair", "Ủy quyền") => &["Uỷ quyền", "Phó Chủ tịch UBND"],
                    ("chair", "Đồng chủ trì") => &["Bí thư và Chủ tịch UBND"],
                    ("kind", "Định kỳ") => &["ĐK", "định kỳ"],
                    _ => return,
                };
                *value = words(dice.pick::<&str>(said));
            })
        },
    ),
    quiet(
        "spelling-i",
        "Viết i thay y, thêm “đồng chí” trước chức vụ",
        DETAIL,
        |d, _| {
            each(d, |key, value| {
                let Value::Text(text) = &value else { return };
                *value = words(match (key, &**text) {
                    ("kind", "Định kỳ") => "Định kì",
                    ("chair", "Bí thư") => "Đ/c Bí thư Đảng ủy xã",
                    ("chair", "Chủ tịch UBND") => "Đồng chí Chủ tịch UBND xã",
                    _ => return,
                });
            })
        },
    ),
    hole("ditto", "Ghi nt, // thay cho chữ của dòng trên", DETAIL, &["DL04"], |d, dice| {
        let mark = words(dice.pick::<&str>(&["nt", "//", "\u{201d}"]));
        let Some(cells) = d.main().rows().nth(1) else { return false };
        match cells.get_mut("kind") {
            Some(value @ Value::Text(_)) => *value = mark,
            _ => return false,
        }
        true
    }),
    hole("code-slip", "Mã ghi sai một chữ", DETAIL, &["DL04"], |d, _| {
        let Some(cells) = d.main().rows().next() else { return false };
        match cells.get_mut("kind") {
            Some(Value::Text(text)) => *text = format!("{text}g").into(),
            _ => return false,
        }
        true
    }),
    said("field-slip", "Lĩnh vực ghi sai một chữ", DETAIL, &["DL04"], |d, _| {
        let Some(cells) = d.table("petitions").and_then(|table| table.rows().next()) else {
            return false;
        };
        match cells.get_mut("field") {
            Some(Value::Text(text)) if text.len() > 9 => *text = format!("{text}g").into(),
            _ => return false,
        }
        true
    }),
    hole("code-unknown", "Loại cuộc không có trong danh mục", DETAIL, &["DL04"], |d, _| {
        first_cell(d, "kind", words("Thường xuyên"))
    }),
    quiet("spaces", "Khoảng trắng lạ, chữ rộng, dấu gạch U+2011", BOTH, |d, dice| {
        each(d, |key, value| {
            let Value::Text(text) = &value else { return };
            if matches!(key, "content" | "place" | "plan_no" | "notice_no") {
                return;
            }
            *value = words(&match dice.below(3) {
                0 => format!("\u{A0}{}\u{3000}", text.replace(' ', "\u{A0}")),
                1 => full_width(text),
                _ => format!("\u{200B}{}\n", text.replace('-', "\u{2011}")),
            });
        })
    }),
    quiet("decomposed", "Chữ tổ hợp (dấu rời)", BOTH, |d, _| {
        for sheet in &mut d.sheets {
            for block in &mut sheet.blocks {
                match block {
                    Block::Lines(lines) => lines.iter_mut().flatten().for_each(|(_, v)| apart(v)),
                    Block::Table(table) => {
                        table.rows().flat_map(|cells| cells.values_mut()).for_each(apart);
                        for column in &mut table.columns {
                            column.header = column.header.nfd().collect();
                            column.group = column.group.as_deref().map(|g| g.nfd().collect());
                        }
                    }
                }
            }
            if sheet.name != "Thông tin" {
                sheet.name = sheet.name.nfd().collect();
            }
        }
        true
    }),
];

fn apart(value: &mut Value) {
    if let Value::Text(text) = value {
        *text = text.nfd().collect::<String>().into();
    }
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}

/// Changes every cell of every row of the truth's tables.
fn each(draft: &mut Draft, mut change: impl FnMut(&str, &mut Value)) -> bool {
    for table in draft.tables().filter(|table| table.real) {
        for cells in table.rows() {
            for (key, value) in cells.iter_mut() {
                let ticked = key.contains(':') || matches!(key.as_str(), "topic" | "unit_name");
                if !ticked {
                    change(key, value);
                }
            }
        }
    }
    true
}

/// Columns whose numbers have a unit of measure.
const MEASURED: [(&str, &str); 18] = [
    ("attendees", "người"),
    ("women", "người"),
    ("minority", "người"),
    ("speakers", "người"),
    ("opinions", "ý kiến"),
    ("answered", "ý kiến"),
    ("resolved", "ý kiến"),
    ("pending", "ý kiến"),
    ("unresolved", "ý kiến"),
    ("forwarded", "ý kiến"),
    ("notices", "thông báo"),
    ("periodic", "cuộc"),
    ("ad_hoc", "cuộc"),
    ("total", "cuộc"),
    ("by_secretary", "cuộc"),
    ("by_chairman", "cuộc"),
    ("by_both", "cuộc"),
    ("by_deputy", "cuộc"),
];

/// The unit of measure of what a column counts.
fn unit_of(key: &str) -> &'static str {
    MEASURED.iter().find(|(measured, _)| *measured == key).map_or("cuộc", |(_, unit)| unit)
}

fn each_count(draft: &mut Draft, mut write: impl FnMut(&str, u32) -> Value) -> bool {
    each(draft, |key, value| match value {
        Value::Number(n)
            if n.fract() == 0.0
                && *n < 40_000.0
                && !matches!(key, "no" | "meeting_no" | "unit_code") =>
        {
            *value = write(key, *n as u32);
        }
        _ => {}
    })
}

fn first_cell(draft: &mut Draft, key: &str, value: Value) -> bool {
    let table = draft.main();
    if !table.has(key) {
        return false;
    }
    let Some(cells) = table.rows().next() else { return false };
    cells.insert(key.to_owned(), value);
    true
}
