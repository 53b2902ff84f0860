//! Roll-ups (Biểu 02) as districts draw them: each commune's figures are read, or the row is named.

use super::sheet;
use qc17::model::submission::{Body, FilePath};
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::Workbook;
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::BTreeMap;

/// What it is, its lines, the code and attendees of each row that counts, and what must be said.
type RollUp = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, u64)],
    &'static [&'static str],
);

const COLUMNS: &str = "Số cuộc định kỳ|Số cuộc đột xuất|Số lượt người tham gia|Tổng số ý kiến";
const BOTH: &[(&str, u64)] = &[("02989", 50), ("02947", 60)];

const CASES: [RollUp; 13] = [
    ("names", &["STT|Đơn vị|*", "1|Xã Bảo Hà|1|0|50|3", "2|Thị trấn Phố Ràng|1|1|60|4"], BOTH, &[]),
    ("codes alone", &["STT|Mã đơn vị|*", "1|02989|1|0|50|3", "2|2947|1|1|60|4"], BOTH, &[]),
    (
        "codes that lost their zero, names in capitals",
        &["STT|Mã ĐV|Tên xã|*", "1|2989|BẢO HÀ|1|0|50|3", "2|2947|TT. PHỐ RÀNG|1|1|60|4"],
        BOTH,
        &[],
    ),
    (
        "units of measure",
        &["STT|Đơn vị|*", "1|Xã Bảo Hà|1 cuộc|0|50 người|3 ý kiến", "2|Thị trấn Phố Ràng|1|1|60|4"],
        BOTH,
        &[],
    ),
    (
        "a unit of measure of another column",
        &["STT|Đơn vị|*", "1|Xã Bảo Hà|1|0|50 cuộc|3", "2|Thị trấn Phố Ràng|1|1|60|4"],
        &[("02947", 60)],
        &["DL01"],
    ),
    (
        "sums above and below",
        &[
            "STT|Đơn vị|*",
            "|Toàn huyện|2|1|110|7",
            "1|Xã Bảo Hà|1|0|50|3",
            "2|Thị trấn Phố Ràng|1|1|60|4",
            "|Tổng cộng|2|1|110|7",
        ],
        BOTH,
        &[],
    ),
    (
        "parts with words for titles, and Cộng under each",
        &[
            "STT|Đơn vị|*",
            "|Các xã",
            "1|Xã Bảo Hà|1|0|50|3",
            "|Cộng|1|0|50|3",
            "|Các thị trấn",
            "1|Thị trấn Phố Ràng|1|1|60|4",
            "|Cộng|1|1|60|4",
        ],
        BOTH,
        &[],
    ),
    (
        "a commune that sent nothing",
        &["STT|Đơn vị|*", "1|Xã Bảo Hà", "2|Thị trấn Phố Ràng|1|1|60|4"],
        &[("02947", 60)],
        &["DL03"],
    ),
    (
        "a letter wrong",
        &["STT|Đơn vị|*", "1|Xã Bảo Hàa|1|0|50|3", "2|Thị trấn Phố Ràng|1|1|60|4"],
        BOTH,
        &["DV02"],
    ),
    (
        "code of one, name of another",
        &[
            "STT|Mã đơn vị|Đơn vị|*",
            "1|02989|Xã Lương Sơn|1|0|50|3",
            "2|02947|Thị trấn Phố Ràng|1|1|60|4",
        ],
        &[("02947", 60)],
        &["DV01"],
    ),
    (
        "the district's own meetings in the list",
        &[
            "STT|Đơn vị|*",
            "1|Xã Bảo Hà|1|0|50|3",
            "2|Thị trấn Phố Ràng|1|1|60|4",
            "3|Huyện Bảo Yên|1|0|9|1",
        ],
        BOTH,
        &["DV01"],
    ),
    (
        "the district's own level and that of its communes as parts under letters",
        &[
            "STT|Đơn vị|*",
            "A|Cấp huyện|1|0|9|1",
            "B|Cấp xã|2|1|110|7",
            "1|Xã Bảo Hà|1|0|50|3",
            "2|Thị trấn Phố Ràng|1|1|60|4",
        ],
        BOTH,
        &["DV01"],
    ),
    (
        "dashes for none",
        &["STT|Đơn vị|*", "1|Xã Bảo Hà|1|-|50|3", "2|Thị trấn Phố Ràng|-|-|60|không có ý kiến"],
        BOTH,
        &[],
    ),
];

#[test]
fn rows_of_a_roll_up_are_read_or_named() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    for (what, lines, expected, codes) in CASES {
        let lines: Vec<String> = lines.iter().map(|line| line.replace('*', COLUMNS)).collect();
        let all = ["HUYỆN BẢO YÊN", "BIỂU TỔNG HỢP QUÝ I/2021"].into_iter();
        let all: Vec<&str> = all.chain(lines.iter().map(String::as_str)).collect();
        let book = Workbook { sheets: vec![sheet("Tổng hợp", 0, &all, &[])] };
        let file = FilePath::new("tong hop.xlsx");
        let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
        let said: Vec<_> = read.findings.iter().map(|f| (f.rule.code, &f.message)).collect();
        let Ok(Body::RollUp(rollup)) = read.outcome.map(|submission| submission.body) else {
            unreachable!("{what}: a roll-up, {said:?}")
        };
        let rows = rollup
            .rows
            .iter()
            .filter_map(|row| Some((row.unit?.to_string(), row.attendees.value()?.get())));
        let rows: Vec<(String, u64)> = rows.collect();
        let expected: Vec<(String, u64)> =
            expected.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect();
        assert_eq!(rows, expected, "{what}: {said:?}");
        assert_eq!(
            said.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
            codes,
            "{what}: {said:?}"
        );
    }
}

#[test]
fn who_led_the_meetings_is_read_under_a_group_of_other_words() {
    for group in ["Chủ trì", "Trong đó", "", "Chia ra", "Trong đó chủ trì"] {
        let groups =
            format!("STT|Đơn vị|Số cuộc|||{group}|||Số lượt người tham gia|Tổng số ý kiến");
        let lines = [
            "HUYỆN BẢO YÊN",
            "BIỂU TỔNG HỢP QUÝ I/2021",
            &groups,
            "||Định kỳ|Đột xuất|Tổng số|Bí thư|Chủ tịch UBND|Ủy quyền||",
            "1|Xã Bảo Hà|3|2|5|2|1|2|50|3",
        ];
        let merges = ["A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:I4", "J3:J4"];
        let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
        let register = Register::embedded().unwrap();
        let terms =
            Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
        let file = FilePath::new("tong hop.xlsx");
        let book = Workbook { sheets: vec![sheet("Biểu 02", 0, &lines, &merges)] };
        let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
        assert!(read.findings.is_empty(), "{group}: {:?}", read.findings);
        let Ok(Body::RollUp(rollup)) = read.outcome.map(|submission| submission.body) else {
            unreachable!("{group}: a roll-up")
        };
        let row = rollup.rows.first().unwrap();
        let led = [&row.by_secretary, &row.by_chairman, &row.by_deputy];
        let led = led.map(|count| count.value().map(qc17::model::Count::get));
        assert_eq!(led, [Some(2), Some(1), Some(2)], "{group}");
    }
}
