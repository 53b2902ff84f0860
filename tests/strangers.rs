//! Forms as other offices draw them, written by hand: each is read right, or says what it could not read.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "strangers/cases.rs"]
mod cases;
#[path = "strangers/info.rs"]
mod info;
#[path = "strangers/rollups.rs"]
mod rollups;
#[path = "strangers/units.rs"]
#[allow(clippy::panic, reason = "a test may stop where it stands")]
mod units;

use cases::CASES;
use qc17::model::submission::{Body, FilePath, SheetName};
use qc17::model::{CellRef, Count, Field};
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::{Cell, Merge, Row, Sheet, Value, Workbook};
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::{BTreeMap, BTreeSet};

const TITLES: [&str; 2] = ["ĐẢNG ỦY PHƯỜNG DUYÊN HẢI", "BÁO CÁO ĐỐI THOẠI QUÝ I NĂM 2021"];
const HEADER: &str =
    "STT|Ngày tổ chức|Loại cuộc|Chủ trì|Chủ đề, nội dung|Số người tham gia|Số ý kiến";
const ONE: &str = "1|17/3/2021|Định kỳ|Bí thư|Nông thôn mới|136|7";
const TWO: &str = "2|20/2/2021|Đột xuất|Chủ tịch UBND|Đất đai|80|5";
/// Both meetings: periodic, ad hoc, by a secretary, by a chairman, attendees, opinions.
const WHOLE: [u32; 6] = [1, 1, 1, 1, 216, 12];

/// A sheet out of lines whose cells are parted by bars; what parses as a number is one.
fn sheet(name: &str, order: u32, lines: &[&str], merges: &[&str]) -> Sheet {
    let cell = |(col, text): (u32, &str)| {
        let value = text.parse().map_or_else(|_| Value::Text(text.into()), Value::Number);
        (!text.is_empty()).then_some(Cell { col, value, computed: false })
    };
    let rows = (0u32..).zip(lines).map(|(index, line)| Row {
        index,
        hidden: false,
        cells: (0u32..).zip(line.split('|')).filter_map(cell).collect(),
    });
    let corner = |text: &str| CellRef::parse(text).unwrap();
    let merges = merges.iter().map(|range| {
        let (first, last) = range.split_once(':').unwrap();
        Merge { first: corner(first), last: corner(last) }
    });
    Sheet {
        name: SheetName::new(name, order),
        rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        merges: merges.collect(),
        ..Sheet::default()
    }
}

struct Reading {
    unit: Option<String>,
    sums: [u32; 6],
    holes: bool,
    codes: BTreeSet<&'static str>,
}

fn read(book: &Workbook) -> Reading {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    let file = FilePath::new("bao cao.xlsx");
    let read = normalise(&file, book, recognise(&file, book, &forms), terms);
    let mut reading = Reading {
        unit: None,
        sums: [0; 6],
        holes: false,
        codes: read.findings.iter().map(|finding| finding.rule.code).collect(),
    };
    let submission = match read.outcome {
        Ok(submission) => submission,
        Err(rejection) => {
            reading.unit = rejection.could_be.first().map(ToString::to_string);
            return reading;
        }
    };
    reading.unit = Some(submission.unit.to_string());
    let Body::Detail(detail) = submission.body else { return reading };
    for row in &detail.meetings.rows {
        let kind = row.kind.value().map(|kind| format!("{kind:?}")).unwrap_or_default();
        let chair = row.chair.value().map(|chair| format!("{chair:?}")).unwrap_or_default();
        let counted = row.date.value().is_some();
        let count = |field: &Field<Count>| {
            field.value().map_or(0, |count| u32::try_from(count.get()).unwrap())
        };
        let all = [
            u32::from(kind == "Periodic"),
            u32::from(kind == "AdHoc"),
            u32::from(chair == "Secretary"),
            u32::from(chair == "Chairman"),
            count(&row.attendees),
            count(&row.opinions),
        ];
        for (sum, n) in reading.sums.iter_mut().zip(all) {
            *sum += if counted { n } else { 0 };
        }
        reading.holes |= !counted || kind.is_empty() || row.attendees.value().is_none();
    }
    reading
}

/// What it is, its lines below the titles, its merges, what must be said. Without a word from the tool, every
/// figure is right.
type Case =
    (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

#[test]
fn forms_of_strangers_are_read_right_or_say_what_is_not() {
    for (what, lines, merges, codes) in CASES {
        let lines: Vec<&str> = TITLES.iter().chain(*lines).copied().collect();
        let book = Workbook { sheets: vec![sheet("Trang tính 1", 0, &lines, merges)] };
        let read = read(&book);
        assert_eq!(read.codes, codes.iter().copied().collect(), "{what}");
        assert_eq!(read.unit.as_deref(), Some("02635"), "{what}");
        if codes.is_empty() || !read.holes {
            let missing = read.sums.iter().zip(WHOLE).any(|(sum, right)| *sum > right);
            assert!(!missing, "{what}: more than there is, {:?}", read.sums);
        }
        if codes.is_empty() {
            assert_eq!((read.sums, read.holes), (WHOLE, false), "{what}");
        }
    }
}

#[test]
fn labels_side_by_side_hold_for_the_row_below() {
    let info = [
        "Mã đơn vị|Tên đơn vị|Kỳ báo cáo|Ngày báo cáo",
        "02635|Phường Duyên Hải|Quý I/2021|02/04/2021",
    ];
    let sheets =
        vec![sheet("Thông tin", 0, &info, &[]), sheet("Biểu 1", 1, &[HEADER, ONE, TWO], &[])];
    let read = read(&Workbook { sheets });
    assert_eq!((read.unit.as_deref(), read.sums), (Some("02635"), WHOLE));
    assert!(read.codes.is_empty(), "{:?}", read.codes);
}

#[test]
fn a_table_of_another_quarter_is_left_over() {
    let old = "1|17/12/2020|Định kỳ|Bí thư|Nông thôn mới|99|9";
    let info =
        ["Mã đơn vị|Tên đơn vị|Kỳ báo cáo", "02635 - Phường Duyên Hải|Phường Duyên Hải|Quý I/21"];
    for (name, title) in [("Quý IV-2020", "BIỂU 1"), ("Biểu 1", "BIỂU 1 QUÝ IV NĂM 2020")]
    {
        let sheets = vec![
            sheet("Thông tin", 0, &info, &[]),
            sheet(name, 1, &[title, HEADER, old], &[]),
            sheet("Sheet3", 2, &[HEADER, ONE, TWO], &[]),
        ];
        let read = read(&Workbook { sheets });
        assert_eq!((read.unit.as_deref(), read.sums), (Some("02635"), WHOLE), "{name}");
        assert_eq!(read.codes, BTreeSet::from(["DV05"]), "{name}");
    }
}

/// Neither sheet is preferred for naming one quarter, when the other compares its own with that one.
#[test]
fn a_table_that_compares_with_an_earlier_quarter_is_not_the_earlier_one() {
    let old = ["KẾT QUẢ QUÝ IV NĂM 2020", HEADER, "1|17/12/2020|Định kỳ|Bí thư|Nông thôn mới|99|9"];
    let report = ["ĐẢNG ỦY PHƯỜNG DUYÊN HẢI", "QUÝ I/2021", "So với quý IV/2020", HEADER, ONE, TWO];
    let sheets = vec![sheet("Trang tính 8", 0, &old, &[]), sheet("Trang tính 1", 1, &report, &[])];
    let read = read(&Workbook { sheets });
    assert_ne!(read.sums[4], 99, "the figures of the earlier quarter");
    assert!(read.codes.contains("DV05"), "{:?}", read.codes);
}

#[test]
fn a_unit_is_never_taken_for_its_namesake() {
    for (code, name, district, unit, codes) in [
        // The code of Phường Sa Pả with the name of Phường Sa Pa.
        ("03002", "Phường Sa Pa", "", None, &["DV03"][..]),
        ("03002", "Phuong Sa Pa", "", Some("03002"), &[]),
        ("03002", "Phường Sa Pả", "", Some("03002"), &[]),
        // The code of the city with the name of a ward.
        ("080", "Phường Lào Cai", "", None, &["DV03"]),
        ("02641", "Phường Lào Cai", "", Some("02641"), &[]),
        // Bản Hồ lies in Sa Pa; in Bắc Hà it would be Bản Phố with a letter lost.
        ("", "Xã Bản Hố", "Huyện Bắc Hà", None, &["DV07"]),
        ("", "Xã Bản Hồ", "Thị xã Sa Pa, tỉnh Lào Cai", Some("03046"), &[]),
        ("", "Xã Thanh Bình, huyện Mường Khương, tỉnh Lào Cai", "", Some("02779"), &[]),
        ("", "XãVạnHoà", "", Some("02665"), &[]),
        ("Mã 02635", "", "", Some("02635"), &[]),
    ] {
        let info = [
            format!("Mã đơn vị|{code}"),
            format!("Tên đơn vị|{name}"),
            format!("Huyện, thị xã, thành phố|{district}"),
            "Kỳ báo cáo|Quý I/2021".to_owned(),
        ];
        let info: Vec<&str> = info.iter().map(String::as_str).collect();
        let sheets =
            vec![sheet("Thông tin", 0, &info, &[]), sheet("Biểu 1", 1, &[HEADER, ONE, TWO], &[])];
        let read = read(&Workbook { sheets });
        let what = format!("{code} {name} {district}");
        assert_eq!(read.codes, codes.iter().copied().collect(), "{what}");
        if unit.is_some() {
            assert_eq!((read.unit.as_deref(), read.sums), (unit, WHOLE), "{what}");
        } else {
            assert_eq!(read.sums, [0; 6], "{what}");
        }
    }
}

#[test]
fn a_plan_does_not_stand_for_the_report() {
    let plan = ["KẾ HOẠCH NĂM 2021", HEADER, "1|15/6/2021|Định kỳ|Bí thư|Dự kiến|100|0"];
    let report: Vec<&str> = TITLES.into_iter().chain([HEADER, ONE, TWO]).collect();
    let sheets = vec![sheet("Kế hoạch", 0, &plan, &[]), sheet("Báo cáo", 1, &report, &[])];
    let read = read(&Workbook { sheets });
    assert_eq!((read.unit.as_deref(), read.sums), (Some("02635"), WHOLE));
    assert_eq!(read.codes, BTreeSet::from(["DV05"]));
}

#[test]
fn whose_file_it_is_shows_where_no_table_can_be_read() {
    let strange = "Thứ tự|Hôm nào|Kiểu gì|Ai nói|Về việc gì|Bao nhiêu người";
    for header in [strange, "5|STT|Ngày tổ chức|Loại cuộc|Chủ trì|Chủ đề, nội dung"]
    {
        let lines: Vec<&str> = TITLES.into_iter().chain([header, ONE, TWO]).collect();
        let read = read(&Workbook { sheets: vec![sheet("Trang tính 1", 0, &lines, &[])] });
        assert_eq!(
            read.unit.as_deref(),
            Some("02635"),
            "{header}: its figures are unreadable, not missing"
        );
        assert!(read.codes.contains("TEP05"), "{:?}", read.codes);
    }
}

#[test]
fn a_name_of_two_communes_in_a_roll_up_is_no_choice() {
    let lines = [
        "HUYỆN TRẠM TẤU",
        "BIỂU TỔNG HỢP QUÝ I/2021",
        "STT|Đơn vị|Số cuộc định kỳ|Số cuộc đột xuất|Số lượt người tham gia|Tổng số ý kiến",
        "1|Trạm Tấu|1|0|50|3",
        "2|Xã Trạm Tấu|1|0|60|4",
        "3|Xã Hoàn Toàn Lạ|1|0|70|5",
    ];
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    let terms =
        Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope: None };
    let file = FilePath::new("tong hop.xlsx");
    let book = Workbook { sheets: vec![sheet("Tổng hợp", 0, &lines, &[])] };
    let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
    let said: Vec<_> = read.findings.iter().map(|f| (f.rule.code, f.message.as_str())).collect();
    let both = "Tên “Trạm Tấu” có thể là: Thị trấn Trạm Tấu (04585); Xã Trạm Tấu (04600); số liệu của dòng không được cộng.";
    assert_eq!(said.first(), Some(&("DV07", both)), "{said:?}");
    assert_eq!(said.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["DV07", "DV01"]);
    let Ok(Body::RollUp(rollup)) = read.outcome.map(|submission| submission.body) else {
        unreachable!("a roll-up")
    };
    let units: Vec<_> =
        rollup.rows.iter().map(|row| row.unit.map(|unit| unit.to_string())).collect();
    assert_eq!(units, [None, Some("04600".to_owned()), None]);
}
