//! The workbook of the review: the same bytes, its sheets, and no formula that shows another number.

use super::review;
use crate::aggregate::review::sample::{mixed, reorganised};
use crate::aggregate::review::{Geography, Review};
use std::io::{Cursor, Read};

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The texts of one row of a sheet, cell by cell; a number as it is stored.
fn row(xml: &str, containing: &str) -> Vec<String> {
    let row = xml.split("<row ").find(|row| row.contains(containing)).unwrap();
    let value = |cell: &str| {
        let inner = |open: &str, close: &str| {
            Some(cell.split(open).nth(1)?.split(close).next()?.to_owned())
        };
        inner("<v>", "</v>").or_else(|| inner("<t>", "</t>")).unwrap_or_default()
    };
    row.split("<c ").skip(1).map(value).collect()
}

fn years() -> [Review; 3] {
    [
        mixed().review(),
        reorganised().review(),
        reorganised().review_after(Vec::new(), Geography::Now),
    ]
}

#[test]
fn equal_reviews_give_equal_bytes_and_all_sheets() {
    for year in years() {
        let book = review(&year).unwrap();
        assert_eq!(book, review(&year).unwrap());
        let names = part(&book, "xl/workbook.xml");
        let names: Vec<&str> = (names.split("<sheet name=\"").skip(1))
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "Tổng quan",
                "ĐG1 - Kết quả năm",
                "ĐG2 - Nộp báo cáo, số liệu",
                "ĐG3 - Kết luận, giải quyết",
                "ĐG4 - So với năm trước",
                "ĐG5 - Đề nghị biểu dương",
                "ĐG6 - Đề nghị nhắc nhở",
                "ĐG7 - Minh chứng",
                "ĐG8 - Giải trình",
                "Số liệu quý",
                "Lỗi số liệu",
                "PL6 - Quy tắc",
                "Nguồn",
            ]
        );
    }
}

#[test]
fn a_unit_stands_with_its_quarters_and_its_year() {
    let [mixed, then, now] = years().map(|year| review(&year).unwrap());
    let verdicts = part(&mixed, "xl/worksheets/sheet2.xml");
    let tan_tien = row(&verdicts, "<t>02950</t>");
    assert_eq!(
        tan_tien[4..20],
        [
            "Đạt",
            "Chưa đạt",
            "Đạt",
            "Đạt",
            "1",
            "1",
            "1",
            "1",
            "1",
            "0",
            "1",
            "1",
            "4",
            "3",
            "1",
            "Chưa đạt"
        ]
    );
    let missing = row(&verdicts, "<t>02956</t>");
    assert_eq!(missing[12..20], ["1", "1", "–", "1", "4", "3", "1", "Chưa nộp báo cáo"]);
    let figures = part(&now, "xl/worksheets/sheet4.xml");
    let heir = row(&figures, "<t>02989</t>");
    assert_eq!((heir[2].as_str(), heir[11].as_str()), ("Xã Bảo Hà", "42"), "with its predecessors");
    assert!(figures.contains("SUMIFS(SLQ_OPINIONS,SLQ_TT,$A"));
    let own = row(&part(&then, "xl/worksheets/sheet4.xml"), "<t>02989</t>");
    assert_eq!(own[11], "14");
    let before = part(&then, "xl/worksheets/sheet2.xml");
    assert_eq!(row(&before, "<t>02989</t>")[4], "Tiền thân: 1 đạt, 1 chưa đạt");
    assert!(before.contains("↳ Xã Kim Sơn (đến 30/06/2025)"));
}

#[test]
fn the_column_to_tick_is_empty() {
    let [year, ..] = years();
    let evidence = part(&review(&year).unwrap(), "xl/worksheets/sheet8.xml");
    let lines = evidence.split("<row ").filter(|row| row.contains("<t>05-BC/ĐU</t>"));
    let ticks: Vec<&str> = lines.map(|row| row.split("<c ").last().unwrap()).collect();
    assert!(!ticks.is_empty());
    assert!(
        ticks.iter().all(|cell| cell.split("</row>").next().unwrap().ends_with("/>")),
        "{ticks:?}"
    );
}
