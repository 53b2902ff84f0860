//! The sheet Thông tin under labels of other offices: read, or named where nobody understands it.

use super::{HEADER, ONE, TWO, WHOLE, read, sheet};
use qc17::open::Workbook;
use std::collections::BTreeSet;

/// What it is, the lines of the sheet, and what must be said.
type Info = (&'static str, &'static [&'static str], &'static [&'static str]);

const CASES: &[Info] = &[
    (
        "other labels of the unit, the quarter and the day",
        &[
            "Tên xã, phường|Phường Duyên Hải",
            "Kỳ báo cáo (Quý/Năm)|Quý I/2021",
            "Ngày, tháng, năm báo cáo|02/04/2021",
        ],
        &[],
    ),
    (
        "a day under a label that nobody knows",
        &["Đơn vị|Phường Duyên Hải", "Kỳ báo cáo|Quý I/2021", "Hoàn thành vào hôm|02/04/2021"],
        &["BM03"],
    ),
    (
        "the same with a colon of its own and a number before it",
        &[
            "1|Đơn vị|:|Phường Duyên Hải",
            "2|Kỳ báo cáo|:|Quý I/2021",
            "3|Hoàn thành vào hôm|:|02/04/2021",
        ],
        &["BM03"],
    ),
    (
        "the same in one cell",
        &["Đơn vị: Phường Duyên Hải", "Kỳ báo cáo: Quý I/2021", "Hoàn thành vào: 02/04/2021"],
        &["BM03"],
    ),
    (
        "a label like a known one",
        &["Đơn vị|Phường Duyên Hải", "Kỳ báo cáo|Quý I/2021", "Người lập bảng|Lê Văn Nam"],
        &["BM03"],
    ),
    (
        "what an office keeps for itself beside what is asked",
        &["Đơn vị|Phường Duyên Hải", "Kỳ báo cáo|Quý I/2021", "Diện tích (ha)|1.250"],
        &["BM03"],
    ),
    (
        "captions, addresses, a letterhead, signatures and free lines",
        &[
            "ĐẢNG BỘ THÀNH PHỐ LÀO CAI|ĐẢNG CỘNG SẢN VIỆT NAM",
            "THÔNG TIN CHUNG",
            "Nội dung|Giá trị",
            "Đơn vị|Phường Duyên Hải",
            "Kỳ báo cáo|Quý I/2021",
            "Email|duyenhai@laocai.gov.vn",
            "Ghi bằng phông Unicode, gửi trước ngày mồng 5",
            "",
            "NGƯỜI LẬP|T/M BAN THƯỜNG VỤ",
            "(Ký, ghi rõ họ tên)|(Ký tên, đóng dấu)",
            "",
            "Lê Văn Nam|Trần Văn Bình",
        ],
        &[],
    ),
];

#[test]
fn labels_of_the_information_sheet_are_read_or_named() {
    for (what, lines, codes) in CASES {
        let sheets =
            vec![sheet("Thông tin", 0, lines, &[]), sheet("Biểu 1", 1, &[HEADER, ONE, TWO], &[])];
        let read = read(&Workbook { sheets });
        assert_eq!((read.unit.as_deref(), read.sums), (Some("02635"), WHOLE), "{what}");
        assert_eq!(read.codes, codes.iter().copied().collect::<BTreeSet<_>>(), "{what}");
    }
}

#[test]
fn why_nothing_was_held_is_read_under_its_other_names() {
    for label in [
        "Lý do không tổ chức hội nghị",
        "Lí do không tổ chức (nếu có)",
        "Nguyên nhân không tổ chức",
        "Lý do không đối thoại",
    ] {
        let info = format!("{label}|Do dịch Covid-19");
        let lines = ["Đơn vị|Phường Duyên Hải", "Kỳ báo cáo|Quý I/2021", &info];
        let sheets = vec![sheet("Thông tin", 0, &lines, &[]), sheet("Biểu 1", 1, &[HEADER], &[])];
        assert_eq!(read(&Workbook { sheets }).codes, BTreeSet::new(), "{label}");
    }
}
