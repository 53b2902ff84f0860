//! Disorder of what a file says about itself: whose it is, and for which quarter.

use super::clean::quarter;
use super::draft::*;
use super::mutation::{BOTH, DETAIL, Mutation, ROLLUP, hole, quiet, said};
use qc17::model::text::key;
use qc17::open::Value;

pub const MUTATIONS: &[Mutation] = &[
    quiet(
        "code-as-number",
        "Mã đơn vị thành số, mất số 0 đầu",
        DETAIL,
        |d, dice| {
            let number: f64 = d.unit.code.parse().unwrap();
            let written =
                if dice.coin() { Value::Number(number) } else { words(&format!("{number}.0")) };
            info(d, "Mã đơn vị", Some(written))
        },
    ),
    quiet("name-only", "Chỉ ghi tên, không ghi mã", DETAIL, |d, _| {
        let full = words(&d.unit.full);
        let named = info_lines(d).is_some_and(|lines| lines.iter().any(|line| line[1].1 == full));
        named && info(d, "Mã đơn vị", None)
    }),
    quiet("name-capitals", "Tên đơn vị viết hoa", DETAIL, |d, _| {
        let name = d.unit.full.to_uppercase();
        named(d, &name)
    }),
    quiet("name-bare", "Tên đơn vị không có chữ xã, phường", DETAIL, |d, _| {
        let name = d.unit.bare.clone();
        named(d, &name)
    }),
    quiet("name-short", "Tên viết tắt X., P., TT.", DETAIL, |d, _| {
        let name = abbreviated(&d.unit.full);
        named(d, &name)
    }),
    quiet("name-plain", "Tên đơn vị không dấu", DETAIL, |d, _| {
        let name = plain(&d.unit.full);
        named(d, &name)
    }),
    quiet(
        "name-and-district",
        "Tên đơn vị kèm tên huyện trong một ô",
        DETAIL,
        |d, _| {
            let name = format!("{}, {}", d.unit.full, d.unit.district);
            named(d, &name)
        },
    ),
    said("name-slip", "Tên đơn vị sai một chữ", DETAIL, &["DV02"], |d, _| {
        let name = slip(&d.unit.full);
        named(d, &name)
    }),
    hole(
        "other-name",
        "Mã của đơn vị này, tên của đơn vị khác",
        DETAIL,
        &["DV03"],
        |d, _| {
            let code = d.unit.code.clone();
            info(d, "Mã đơn vị", Some(words(&code)))
                && info(d, "Tên đơn vị", Some(words("Xã Không Có Thật")))
        },
    ),
    said("code-slip", "Mã gõ sai một chữ số, tên đúng", DETAIL, &["DV02"], |d, dice| {
        let (code, full) = (d.unit.code.clone(), d.unit.full.clone());
        let typed = if dice.coin() { code.replacen('0', "O", 1) } else { format!("{code}7") };
        info(d, "Mã đơn vị", Some(words(&typed))) && info(d, "Tên đơn vị", Some(words(&full)))
    }),
    hole(
        "code-unknown-name-known",
        "Mã không có trong danh mục, tên đúng",
        DETAIL,
        &["DV03"],
        |d, _| {
            let full = d.unit.full.clone();
            info(d, "Mã đơn vị", Some(words("99999"))) && info(d, "Tên đơn vị", Some(words(&full)))
        },
    ),
    hole(
        "code-unknown",
        "Mã không có trong danh mục, không ghi tên",
        DETAIL,
        &["DV01"],
        |d, _| info(d, "Mã đơn vị", Some(words("99999"))) && info(d, "Tên đơn vị", None),
    ),
    hole("unit-ended", "Đơn vị không còn trong kỳ báo cáo", DETAIL, &["DV04"], |d, _| {
        // Xã Quan Thần Sán was merged on 01/03/2020.
        info(d, "Mã đơn vị", Some(words("02830"))) && info(d, "Tên đơn vị", None)
    }),
    hole("unit-to-come", "Đơn vị chưa có trong kỳ báo cáo", DETAIL, &["DV04"], |d, _| {
        info(d, "Mã đơn vị", None) && info(d, "Tên đơn vị", Some(words("Xã Châu Quế")))
    }),
    hole(
        "namesakes",
        "Tên trùng nhiều đơn vị, không ghi huyện",
        DETAIL,
        &["DV07"],
        |d, _| info(d, "Huyện, thị xã, thành phố", None) && named(d, "Xã Thanh Bình"),
    ),
    said("kind-slip", "Ghi sai loại đơn vị (xã, phường)", DETAIL, &["DV02"], |d, _| {
        let kind = if d.unit.full.starts_with("Phường") { "Xã" } else { "Phường" };
        let name = format!("{kind} {}", d.unit.bare);
        named(d, &name)
    }),
    said(
        "title-bare",
        "Tên xã đứng một mình trong dòng tiêu đề",
        DETAIL,
        &["DV02"],
        |d, _| {
            let lines = vec![
                vec![(0, words(&d.unit.bare.to_uppercase()))],
                vec![(0, words(&quarter(d.truth.period)))],
            ];
            "bao cao.xlsx".clone_into(&mut d.file);
            no_info(d, lines)
        },
    ),
    quiet("addressee", "Dòng Kính gửi, Nơi nhận nêu đơn vị khác", DETAIL, |d, _| {
        let lines = vec![
            vec![(0, words(&format!("UBND {}", d.unit.full.to_uppercase())))],
            vec![(0, words(&quarter(d.truth.period)))],
            vec![(0, words("Kính gửi: UBND xã Bảo Hà, huyện Bảo Yên"))],
        ];
        no_info(d, lines)
    }),
    quiet(
        "labels-in-one-cell",
        "Nhãn và giá trị trong một ô, không có trang Thông tin",
        DETAIL,
        |d, _| {
            let lines = vec![
                vec![(0, words(&format!("Đơn vị: {}", d.unit.full)))],
                vec![(0, words(&format!("Kỳ báo cáo: {}", quarter(d.truth.period))))],
            ];
            no_info(d, lines)
        },
    ),
    quiet("labels-beside", "Nhãn và giá trị ở hai ô phía trên bảng", DETAIL, |d, _| {
        let lines = vec![vec![
            (0, words("Đơn vị báo cáo:")),
            (3, words(&d.unit.full)),
            (6, words("Kỳ báo cáo:")),
            (8, words(&quarter(d.truth.period))),
        ]];
        no_info(d, lines)
    }),
    quiet(
        "titles-only",
        "Đơn vị và kỳ chỉ có trong dòng tiêu đề",
        DETAIL,
        |d, _| {
            let lines = vec![
                vec![(0, words(&format!("ĐẢNG ỦY {}", d.unit.full.to_uppercase())))],
                vec![(0, words("BÁO CÁO KẾT QUẢ ĐỐI THOẠI"))],
                vec![(0, words(&quarter(d.truth.period).to_uppercase()))],
            ];
            no_info(d, lines)
        },
    ),
    quiet("letterhead", "Tiêu đề có cả huyện và xã", DETAIL, |d, _| {
        let lines = vec![
            vec![(0, words(&d.unit.district.to_uppercase()))],
            vec![(0, words(&format!("UBND {}", d.unit.full.to_uppercase())))],
            vec![(0, words("Quý")), (1, words("")), (3, words(&quarter(d.truth.period)))],
        ];
        no_info(d, lines)
    }),
    quiet(
        "district-above",
        "Tiêu đề chỉ có huyện, tên tệp có mã xã",
        DETAIL,
        |d, _| {
            let lines = vec![vec![(0, words(&d.unit.district.to_uppercase()))]];
            let coded = d.file.contains(&d.unit.code);
            coded && no_info(d, lines)
        },
    ),
    said("title-slip", "Tên xã trong tiêu đề sai một chữ", DETAIL, &["DV02"], |d, _| {
        let name = slip(&d.unit.full).to_uppercase();
        let lines = vec![
            vec![(0, words(&d.unit.district.to_uppercase()))],
            vec![(0, words(&format!("UBND {name}")))],
            vec![(0, words(&quarter(d.truth.period)))],
        ];
        "bao cao.xlsx".clone_into(&mut d.file);
        no_info(d, lines)
    }),
    hole(
        "title-unknown",
        "Tên xã trong tiêu đề không có thật",
        DETAIL,
        &["DV01"],
        |d, _| {
            let lines = vec![
                vec![(0, words(&d.unit.district.to_uppercase()))],
                vec![(0, words("UBND XÃ TRỜI ƠI ĐẤT HỠI"))],
                vec![(0, words(&quarter(d.truth.period)))],
            ];
            "bao cao.xlsx".clone_into(&mut d.file);
            no_info(d, lines)
        },
    ),
    quiet("sheet-name", "Đơn vị và kỳ ở tên trang", DETAIL, |d, _| {
        let name =
            format!("{} Q{} {}", d.unit.full, d.truth.period.number(), d.truth.period.year());
        "bao cao.xlsx".clone_into(&mut d.file);
        let at = d.sheet_of("meetings").unwrap();
        if d.sheets[at].blocks.iter().filter(|b| matches!(b, Block::Table(_))).count() > 1 {
            return false;
        }
        d.sheets[at].name = name;
        no_info(d, vec![])
    }),
    quiet("file-name-marks", "Tên tệp có final, (1), ver2, lần 2", BOTH, |d, dice| {
        let mark = *dice.pick(&[" final", " (1)", "_ver2", " lan 2", " - Copy", " sửa"]);
        if d.file == "bao cao.xlsx" {
            return false;
        }
        d.file = d.file.replace(".xlsx", &format!("{mark}.xlsx"));
        true
    }),
    quiet("file-name", "Đơn vị và kỳ ở tên tệp", DETAIL, |d, _| {
        let period = d.truth.period;
        let name = plain(&d.unit.full);
        d.file = format!("BC {name} quy {} nam {} (lan 2).xlsx", period.number(), period.year());
        no_info(d, vec![])
    }),
    said(
        "file-name-bare",
        "Tên tệp chỉ có tên xã, không có chữ xã",
        DETAIL,
        &["DV02"],
        |d, _| {
            let period = d.truth.period;
            d.file = format!("{} Q{}-{}.xlsx", plain(&d.unit.bare), period.number(), period.year());
            no_info(d, vec![])
        },
    ),
    hole("nobody", "Không ghi đơn vị ở đâu", DETAIL, &["DV01"], |d, _| {
        let lines = vec![vec![(0, words(&quarter(d.truth.period)))]];
        "bao cao.xlsx".clone_into(&mut d.file);
        no_info(d, lines)
    }),
    quiet(
        "rows-by-name",
        "Biểu 02 ghi tên xã viết tắt, viết hoa, không dấu",
        ROLLUP,
        |d, dice| {
            each_commune(d, |name| match dice.below(3) {
                0 => abbreviated(name),
                1 => name.to_uppercase(),
                _ => plain(name),
            })
        },
    ),
    said(
        "rows-with-slips",
        "Biểu 02 ghi sai một chữ trong tên xã",
        ROLLUP,
        &["DV02"],
        |d, _| {
            let mut first = true;
            each_commune(d, |name| {
                let long = key(name).len() > 9;
                if std::mem::take(&mut first) || !long { name.to_owned() } else { slip(name) }
            })
        },
    ),
    quiet("rows-by-code", "Biểu 02 chỉ có mã, không có tên xã", ROLLUP, |d, _| {
        let sums = d.main().items.iter().any(|item| matches!(item, Item::Other(_)));
        !sums && d.main().has("unit_code") && super::columns::remove(d.main(), "unit_name")
    }),
    hole(
        "row-code-and-name",
        "Biểu 02 ghi mã của xã này, tên của xã khác",
        ROLLUP,
        &["DV01"],
        |d, _| {
            // Another disorder may have taken the codes away: then the name alone holds.
            if !d.main().has("unit_code") {
                return false;
            }
            let names: Vec<Value> =
                d.main().rows().filter_map(|cells| cells.get("unit_name").cloned()).collect();
            let Some(cells) =
                d.main().rows().next().filter(|cells| cells.contains_key("unit_code"))
            else {
                return false;
            };
            let Some(last) = names.last().filter(|_| names.len() > 1) else { return false };
            cells.insert("unit_name".to_owned(), last.clone());
            true
        },
    ),
    quiet("row-of-district", "Biểu 02 có dòng Toàn huyện ở đầu", ROLLUP, |d, _| {
        super::rows::named_total(d, "Toàn huyện")
    }),
    hole("row-unknown", "Biểu 02 có tên xã không có thật", ROLLUP, &["DV01"], |d, _| {
        if !d.main().has("unit_name") {
            return false;
        }
        let cells = d.main().rows().next().unwrap();
        cells.remove("unit_code");
        cells.insert("unit_name".to_owned(), words("Xã Không Có Thật"));
        true
    }),
    quiet("row-codes-short", "Biểu 02 mất số 0 đầu của mã", ROLLUP, |d, _| {
        d.main().rows().for_each(|cells| {
            if let Some(Value::Text(code)) = cells.get("unit_code").cloned()
                && let Ok(number) = code.parse()
            {
                cells.insert("unit_code".to_owned(), Value::Number(number));
            }
        });
        true
    }),
];

pub fn info_lines(draft: &mut Draft) -> Option<&mut Vec<Vec<(u32, Value)>>> {
    let sheet = draft.sheets.iter_mut().find(|sheet| sheet.name == "Thông tin")?;
    match &mut sheet.blocks[0] {
        Block::Lines(lines) => Some(lines),
        Block::Table(_) => None,
    }
}

/// Puts another value beside a label of the information sheet, or takes the label away.
pub fn info(draft: &mut Draft, label: &str, value: Option<Value>) -> bool {
    let Some(lines) = info_lines(draft) else { return false };
    let is = |line: &[(u32, Value)]| matches!(&line[0].1, Value::Text(text) if **text == *label);
    let Some(at) = lines.iter().position(|line| is(line)) else { return false };
    match value {
        Some(value) => lines[at][1].1 = value,
        None => {
            lines.remove(at);
        }
    }
    true
}

fn named(draft: &mut Draft, name: &str) -> bool {
    info(draft, "Mã đơn vị", None);
    info(draft, "Tên đơn vị", Some(words(name)))
}

/// Takes the information sheet away; what is left stands above the first table.
pub fn no_info(draft: &mut Draft, lines: Vec<Vec<(u32, Value)>>) -> bool {
    let before = draft.sheets.len();
    draft.sheets.retain(|sheet| sheet.name != "Thông tin");
    if draft.sheets.len() == before {
        return false;
    }
    let at = draft.sheet_of("meetings").unwrap();
    draft.sheets[at].blocks.insert(0, Block::Lines(lines));
    true
}

fn abbreviated(full: &str) -> String {
    full.replace("Xã ", "X. ").replace("Phường ", "P. ").replace("Thị trấn ", "TT. ")
}

/// The words without diacritics.
fn plain(text: &str) -> String {
    text.split(' ').map(key).collect::<Vec<_>>().join(" ")
}

/// One wrong letter: the last one is doubled by another.
fn slip(name: &str) -> String {
    format!("{name}q")
}

fn each_commune(draft: &mut Draft, mut change: impl FnMut(&str) -> String) -> bool {
    let table = draft.main();
    if !table.has("unit_name") || table.items.iter().any(|item| matches!(item, Item::Other(_))) {
        return false;
    }
    // Where two rows bear one name only the codes tell whose they are.
    let names: Vec<_> = table.rows().map(|cells| cells.get("unit_name").cloned()).collect();
    if names.iter().enumerate().any(|(at, name)| names[..at].contains(name)) {
        return false;
    }
    super::columns::remove(table, "unit_code");
    table.rows().for_each(|cells| {
        if let Some(Value::Text(name)) = cells.get("unit_name").cloned() {
            cells.insert("unit_name".to_owned(), words(&change(&name)));
        }
    });
    true
}
