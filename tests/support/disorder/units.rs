//! Disorder of whose a file is: titles against names, several units at once, names that fit two.

use super::clean::quarter;
use super::draft::*;
use super::head::{info, no_info};
use super::identity::named;
use super::mutation::{DETAIL, Mutation, hole};

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
];

/// The office's line and the quarter in the title, the unit's code in the file's name alone.
fn title_against_name(draft: &mut Draft, office: &str) -> bool {
    let period = draft.truth.period;
    draft.file = format!("BC_{}_{}_Q{}.xlsx", draft.unit.code, period.year(), period.number());
    no_info(draft, vec![vec![(0, words(office))], vec![(0, words(&quarter(period)))]])
}
