//! Disorder of whose a file is: titles against names, several units at once, names that fit two.

use super::beside::with_names;
use super::clean::quarter;
use super::draft::*;
use super::head::{info, info_lines, no_info};
use super::identity::named;
use super::mutation::{DETAIL, Mutation, hole, said};

pub const MUTATIONS: &[Mutation] = &[
    hole(
        "title-ended-name",
        "Tiêu đề ghi xã không còn trong kỳ, tên tệp có mã xã khác",
        DETAIL,
        &["DV04"],
        |d, _| title_against_name(d, "UBND XÃ QUAN THẦN SÁN"),
    ),
    hole(
        "title-unknown-name",
        "Tiêu đề ghi xã không có thật, tên tệp có mã xã",
        DETAIL,
        &["DV01"],
        |d, _| title_against_name(d, "UBND XÃ TRỜI ƠI ĐẤT HỠI"),
    ),
    hole(
        "title-elsewhere-name",
        "Tiêu đề ghi huyện khác, tên tệp có mã xã",
        DETAIL,
        &["DV03"],
        |d, _| {
            let other =
                if d.unit.district == "Huyện Bảo Yên" { "Bắc Hà" } else { "Bảo Yên" };
            title_against_name(d, &format!("HUYỆN ỦY {}", other.to_uppercase()))
        },
    ),
    hole(
        "title-several-units",
        "Tiêu đề ghi nhiều phường, tên tệp có mã của một phường",
        DETAIL,
        &["DV07"],
        |d, _| title_against_name(d, "CỤM CÁC PHƯỜNG DUYÊN HẢI, CỐC LẾU, KIM TÂN"),
    ),
    hole("name-of-two", "Ô tên ghi hai đơn vị", DETAIL, &["DV07"], |d, dice| {
        let joined =
            dice.pick(&["Phường Duyên Hải, Phường Cốc Lếu", "Phường Duyên Hải và phường Cốc Lếu"]);
        info(d, "Tên đơn vị", Some(words(joined)))
    }),
    hole("code-of-two", "Ô mã ghi hai mã", DETAIL, &["DV07"], |d, _| {
        info(d, "Mã đơn vị", Some(words("02635, 02644")))
    }),
    hole(
        "name-plain-of-two",
        "Tên không dấu có thể là hai phường của một thị xã",
        DETAIL,
        &["DV07"],
        |d, _| named(d, "phuong sa pa"),
    ),
    said(
        "sheet-named-draft",
        "Tên trang ghi nháp, kế hoạch, cũ",
        DETAIL,
        &["DL08"],
        |d, dice| sheet_named(d, dice.pick::<&str>(&["Kế hoạch đối thoại", "Biểu 1 dự thảo"])),
    ),
    said("sheet-named-other-quarter", "Tên trang ghi quý khác", DETAIL, &["KY02"], |d, dice| {
        let before = d.truth.period.previous().unwrap();
        let with_year = format!("Biểu 1 - {}", quarter(before)).replace('/', "-");
        let name =
            if dice.coin() { with_year } else { format!("Biểu 1 - Quý {}", before.roman()) };
        sheet_named(d, &name)
    }),
    said("sheet-named-other-unit", "Tên trang ghi xã khác", DETAIL, &["DV03"], |d, dice| {
        let other = if d.unit.code == "02989" { "Phường Kim Tân" } else { "Xã Bảo Hà" };
        sheet_named(d, &if dice.coin() { format!("Biểu 1 {other}") } else { other.to_owned() })
    }),
    said(
        "posts-of-other-unit",
        "Chức vụ người chủ trì là của xã khác",
        DETAIL,
        &["DV03"],
        |d, _| {
            let other = if d.unit.code == "02989" { "phường Kim Tân" } else { "xã Bảo Hà" };
            let Some(table) = with_names(d) else { return false };
            let heads = ["Bí thư", "Chủ tịch UBND"];
            let mut any = false;
            for cells in table.rows() {
                let head = |post: &&&str| cells.get("chair") == Some(&words(post));
                let Some(post) = heads.iter().find(head) else { continue };
                let name = format!("Nguyễn Văn An, {post} {other}");
                any |= cells.insert("chair_name".to_owned(), words(&name)).is_some();
            }
            any
        },
    ),
];

/// Names the sheet of Biểu 1, where it is the only one of its kind.
fn sheet_named(draft: &mut Draft, name: &str) -> bool {
    let meetings = |block: &&Block| matches!(block, Block::Table(table) if table.id == "meetings");
    if draft.sheets.iter().flat_map(|sheet| &sheet.blocks).filter(meetings).count() > 1 {
        return false;
    }
    // Else the name alone says whose it is.
    let label = words("Kỳ báo cáo");
    if !info_lines(draft).is_some_and(|lines| lines.iter().any(|line| line[0].1 == label)) {
        return false;
    }
    let at = draft.sheet_of("meetings").unwrap();
    name.clone_into(&mut draft.sheets[at].name);
    draft.sheets[at].blocks.len() == 1
}

/// The office's line and the quarter in the title, the unit's code in the file's name alone.
fn title_against_name(draft: &mut Draft, office: &str) -> bool {
    let period = draft.truth.period;
    draft.file = format!("BC_{}_{}_Q{}.xlsx", draft.unit.code, period.year(), period.number());
    no_info(draft, vec![vec![(0, words(office))], vec![(0, words(&quarter(period)))]])
}
