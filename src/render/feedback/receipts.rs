//! `bien-nhan.csv`: of every file what it is, when it came, what became of it, and where the answer is.

use super::notice::Notice;
use crate::aggregate::Summary;
use crate::model::UnitCode;
use std::collections::BTreeMap;

/// The name of the list.
pub(super) const FILE_NAME: &str = "bien-nhan.csv";

const HEADER: [&str; 8] = [
    "Tệp",
    "SHA-256",
    "Ngày nhận",
    "Nhận lần cuối",
    "Tình trạng",
    "Đơn vị",
    "Trả lời",
    "Tệp phản hồi",
];

/// The list, as a spreadsheet program opens it.
pub(super) fn receipts(
    summary: &Summary,
    answers: &BTreeMap<UnitCode, (&Notice<'_>, Vec<String>)>,
) -> String {
    let mut out = String::from("\u{FEFF}");
    push_row(&mut out, &HEADER.map(str::to_owned));
    for file in &summary.files {
        let day = |day: Option<chrono::NaiveDate>| {
            day.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default()
        };
        let line = file.unit.and_then(|code| summary.unit(code));
        let unit = line.map(|line| format!("{} {}", line.unit.code, line.unit.full_name()));
        let answer = file.unit.and_then(|unit| answers.get(&unit));
        let words = match (answer, line) {
            (Some((notice, _)), _) => notice.answer.label(),
            (None, Some(_)) => "ĐÃ CHẤP NHẬN",
            (None, None) => "",
        };
        push_row(
            &mut out,
            &[
                file.path.as_str().to_owned(),
                file.sha256.clone().unwrap_or_default(),
                day(file.received),
                day(file.received_last),
                file.status.label().to_owned(),
                unit.unwrap_or_default(),
                words.to_owned(),
                answer.map(|(_, files)| files.join(" ")).unwrap_or_default(),
            ],
        );
    }
    out
}

fn push_row(out: &mut String, cells: &[String]) {
    let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    out.push_str(&quoted.join(","));
    out.push_str("\r\n");
}

/// A cell in quotes; what would begin a formula is kept from doing so.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    let plain: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{mark}{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_never_formulas() {
        for (cell, expected) in [
            ("BC \"1\".xlsx", "\"BC \"\"1\"\".xlsx\""),
            ("=cmd|x.xlsx", "\"'=cmd|x.xlsx\""),
            ("@a\nb", "\"'@a b\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}
