//! `bien-nhan.csv`: of every file what it is, when it came, what became of it, and where the answer is.

use super::notice::Notice;
use crate::aggregate::{Summary, UnitLine};
use crate::model::{Period, Unit, UnitCode};
use std::borrow::Cow;
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

/// A code and, in a report over several quarters, the quarter in which it meant that unit.
type Owner = (UnitCode, Option<Period>);

/// What each unit is told, and in which files.
pub(super) type Answers<'a> = BTreeMap<Owner, (&'a Notice<'a>, Vec<String>)>;

/// The list, as a spreadsheet program opens it.
pub(super) fn receipts(
    summary: &Summary,
    units: &[Cow<'_, UnitLine>],
    answers: &Answers<'_>,
) -> String {
    let owners = owners(units);
    let mut out = String::from("\u{FEFF}");
    push_row(&mut out, &HEADER.map(str::to_owned));
    for file in &summary.files {
        let day = |day: Option<chrono::NaiveDate>| {
            day.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default()
        };
        let owner = file.unit.map(|code| (code, file.period));
        let known = owner.and_then(|owner| owners.get(&owner));
        let unit = known.map(|unit| format!("{} {}", unit.code, unit.full_name()));
        let answer = owner.and_then(|owner| answers.get(&owner));
        let words = match (answer, known) {
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

/// Whom a code means.
fn owners<'a>(units: &'a [Cow<'_, UnitLine>]) -> BTreeMap<Owner, &'a Unit> {
    let mut owners = BTreeMap::new();
    for line in units {
        if line.quarters.is_empty() {
            owners.insert((line.unit.code, None), &line.unit);
        }
        for part in &line.quarters {
            owners.insert((part.line.unit.code, Some(part.period)), &line.unit);
        }
    }
    owners
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
