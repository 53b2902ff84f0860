//! The feedback (phiếu phản hồi) that a unit sends back in its workbook: no form, but it holds explanations.

use crate::model::content::is_key;
use crate::model::explanation::{About, Decision, Explanation};
use crate::model::submission::FilePath;
use crate::model::text::same_key;
use crate::model::{CellRef, Period, Text, UnitCode};
use crate::notation::period::from_label;
use crate::open::{Row, Sheet, Value, Workbook};

/// The words by which the sheet is written and known again.
pub mod words {
    /// What the sheet is called.
    pub const SHEET: &str = "Phiếu phản hồi";
    /// Whose it is.
    pub const UNIT: &str = "Mã đơn vị";
    /// For which quarter.
    pub const PERIOD: &str = "Kỳ báo cáo";
    /// What the marked file was called.
    pub const FILE: &str = "Tệp gốc";
    /// Which version the corrected file will be.
    pub const VERSION: &str = "Lần gửi lại";
    /// The column of sheets.
    pub const PLACE: &str = "Trang";
    /// The column of cells.
    pub const CELL: &str = "Ô";
    /// The column in which the unit explains.
    pub const ANSWER: &str = "Giải trình của đơn vị";
    /// The column of codes.
    pub const CODE: &str = "Mã lỗi";
    /// The hidden column by which a finding is known again when rows have moved.
    pub const KEY: &str = "Khóa";
}

/// Rows above the list in which the sheet says whose it is.
const HEAD: usize = 40;

/// What the sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Which sheet of the workbook's list it is.
    pub order: u32,
    /// Whose it is.
    pub unit: Option<UnitCode>,
    /// For which quarter.
    pub period: Option<Period>,
    /// What the marked file was called.
    pub original: Option<Text>,
    /// Which version of the unit's submission its workbook is.
    pub version: u32,
    answers: Vec<Answer>,
}

/// One row with an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    line: usize,
    code: Text,
    about: About,
    reason: Text,
}

impl Returned {
    /// The explanations of that unit, from that file.
    pub fn explanations(&self, unit: UnitCode, file: &FilePath) -> Vec<Explanation> {
        let explanation = |answer: &Answer| Explanation {
            file: file.clone(),
            line: answer.line,
            code: answer.code.clone(),
            unit,
            period: self.period,
            about: answer.about.clone(),
            reason: answer.reason.clone(),
            decision: Decision::Pending,
            by: None,
            date: None,
            until: None,
        };
        self.answers.iter().map(explanation).collect()
    }
}

/// Takes the sheet out of a workbook; of several copies the first is read, and none stays.
pub fn take_returned(workbook: &mut Workbook) -> Option<Returned> {
    let mut returned = None;
    workbook.sheets.retain(|sheet| match read(sheet) {
        Some(found) => {
            returned.get_or_insert(found);
            false
        }
        None => true,
    });
    returned
}

/// The columns of the list.
struct Columns {
    place: Option<u32>,
    cell: Option<u32>,
    answer: u32,
    code: u32,
    key: u32,
}

impl Columns {
    fn of(row: &Row) -> Option<Self> {
        // Answer, code and key are three cells.
        if row.cells.len() < 3 {
            return None;
        }
        let at = |name: &str| {
            let named = |value: &Value| matches!(value, Value::Text(text) if same_key(text, name));
            row.cells.iter().find(|cell| named(&cell.value)).map(|cell| cell.col)
        };
        // First the column that no table of the forms has.
        let answer = at(words::ANSWER)?;
        Some(Self {
            place: at(words::PLACE),
            cell: at(words::CELL),
            answer,
            code: at(words::CODE)?,
            key: at(words::KEY)?,
        })
    }
}

fn read(sheet: &Sheet) -> Option<Returned> {
    let head = sheet.rows.iter().take(HEAD);
    let (at, columns) = head.enumerate().find_map(|(at, row)| Some((at, Columns::of(row)?)))?;
    let rows = sheet.rows.get(..at).unwrap_or_default();
    let said = |label: &str| {
        rows.iter().find_map(|row| {
            let named = |value: &Value| text(value).is_some_and(|t| same_key(t.as_str(), label));
            let from = row.cells.iter().position(|cell| named(&cell.value))?;
            row.cells.get(from + 1).and_then(|cell| text(&cell.value))
        })
    };
    let version = said(words::VERSION).and_then(|text| text.as_str().parse().ok());
    let answers = sheet.rows.iter().skip(at + 1).filter_map(|row| answer(row, &columns));
    Some(Returned {
        order: sheet.name.order,
        unit: said(words::UNIT).and_then(|text| UnitCode::parse(text.as_str())),
        period: said(words::PERIOD).and_then(|text| from_label(text.as_str())),
        original: said(words::FILE),
        version: version.unwrap_or(2),
        answers: answers.collect(),
    })
}

fn answer(row: &Row, columns: &Columns) -> Option<Answer> {
    let get = |col: u32| row.get(col).and_then(|cell| text(&cell.value));
    let reason = get(columns.answer)?;
    // The code stands before the fault's name.
    let code = get(columns.code)?;
    let code = code.as_str().split(' ').next().and_then(Text::new)?;
    let digits = |text: &Text| is_key(text.as_str());
    let cell = || {
        let cell = CellRef::parse(get(columns.cell?)?.as_str())?;
        Some(About::Cell(columns.place.and_then(get), cell))
    };
    let about = match get(columns.key).filter(digits) {
        Some(key) => About::Content(key.as_str().to_ascii_lowercase()),
        None => cell().unwrap_or(About::Every),
    };
    let line = usize::try_from(row.index).unwrap_or(usize::MAX).saturating_add(1);
    Some(Answer { line, code, about, reason })
}

/// What a cell says; a number as its digits.
fn text(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) => Text::new(text),
        Value::Number(number) => Text::new(&number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::submission::SheetName;
    use crate::open::Cell;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let cell = |(col, text): (usize, &&str)| {
            (!text.is_empty()).then(|| Cell {
                col: u32::try_from(col).unwrap(),
                value: Value::Text((*text).into()),
                computed: false,
            })
        };
        let row = |(at, row): (usize, &&[&str])| Row {
            index: u32::try_from(at).unwrap(),
            hidden: false,
            cells: row.iter().enumerate().filter_map(cell).collect(),
        };
        Sheet {
            name: SheetName::new(name, 0),
            rows: rows.iter().enumerate().map(row).collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn the_sheet_is_read_and_taken_out() {
        let list: &[&[&str]] = &[
            &["PHIẾU PHẢN HỒI"],
            &["Mã đơn vị", "02989"],
            &["KỲ BÁO CÁO", "", "Quý I/2021"],
            &["Tệp gốc", "BC_02989_2021_Q1.xlsx"],
            &["Lần gửi lại", "3"],
            &["TT", "Trang", "Ô", "Giải trình của đơn vị", "Mã lỗi", "Khóa"],
            &["1", "Biểu 1", "W6", " Biên bản bị lũ cuốn ", "HS02 thieu-bien-ban", "0a12bc34de"],
            &["2", "Biểu 1", "B7", "", "DL02", "0a12bc34df"],
            &["3", "Biểu 1", "C8", "đã hỏi", "DL01", ""],
            &["4", "", "", "mất điện", "CT01", "không"],
        ];
        let mut workbook =
            Workbook { sheets: vec![sheet("Tên khác", list), sheet("Biểu 1", &[&["STT"]])] };
        let returned = take_returned(&mut workbook).unwrap();
        assert_eq!(workbook.sheets.len(), 1);
        assert_eq!(returned.unit, UnitCode::parse("02989"));
        assert_eq!(returned.period, Period::quarter(2021, 1));
        assert_eq!(returned.version, 3);
        let file = FilePath::new("a.xlsx");
        let all = returned.explanations(returned.unit.unwrap(), &file);
        let about: Vec<_> =
            all.iter().map(|one| (one.code.as_str(), one.line, one.about.clone())).collect();
        assert_eq!(
            about,
            [
                ("HS02", 7, About::Content("0a12bc34de".to_owned())),
                ("DL01", 9, About::Cell(Text::new("Biểu 1"), CellRef::new(7, 2))),
                ("CT01", 10, About::Every),
            ]
        );
        assert_eq!(all[0].words(), "Đơn vị giải trình, chưa duyệt: Biên bản bị lũ cuốn");
        assert_eq!(take_returned(&mut workbook), None);
    }
}
