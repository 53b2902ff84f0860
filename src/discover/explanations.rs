//! The office's own list of explanations (`giai-trinh.csv`): which finding, what reason, what was decided.

use super::office_list;
use super::walk::FoundFile;
use crate::model::content::is_key;
use crate::model::explanation::{About, Decision, Explanation};
use crate::model::text::key;
use crate::model::{CellRef, Finding, Period, Place, Text, UnitCode};
use crate::notation::date::{DateReading, from_text};
use crate::notation::period::from_label;
use crate::rules::bm::BM02;
use crate::rules::dl::{DL02, DL03, DL04};
use chrono::NaiveDate;

/// The name of the list.
pub(super) const FILE_NAME: &str = "giai-trinh.csv";

/// A column: its name in messages, and the headers by which it is known, as keys.
struct Column {
    name: &'static str,
    headers: &'static [&'static str],
}

const CODE: Column = Column { name: "Mã lỗi", headers: &["maloi", "maquytac", "code"] };
const UNIT: Column = Column { name: "Mã đơn vị", headers: &["madonvi", "donvi", "unit"] };
const PERIOD: Column = Column { name: "Kỳ", headers: &["ky", "kybaocao", "period"] };
const PLACE: Column = Column {
    name: "Vị trí hoặc khóa",
    headers: &["vitri", "vitrihoackhoa", "o", "khoa", "place", "key"],
};
const REASON: Column = Column { name: "Lý do", headers: &["lydo", "noidung", "reason"] };
const DECISION: Column =
    Column { name: "Kết luận", headers: &["ketluan", "quyetdinh", "decision"] };
const BY: Column = Column { name: "Người duyệt", headers: &["nguoiduyet", "by"] };
const DATE: Column = Column { name: "Ngày duyệt", headers: &["ngayduyet", "ngay", "date"] };
const UNTIL: Column =
    Column { name: "Hiệu lực đến", headers: &["hieulucden", "denngay", "until"] };

/// Reads a list; a row that cannot be read costs that row, and is told.
pub(super) fn read(
    file: &FoundFile,
    explanations: &mut Vec<Explanation>,
    findings: &mut Vec<Finding>,
) {
    let mut rows = office_list::rows(file, "danh sách giải trình", findings).into_iter();
    let Some((_, header)) = rows.next() else { return };
    let headers: Vec<String> = header.iter().map(key).collect();
    let lacking: Vec<String> = [&CODE, &UNIT, &REASON, &DECISION]
        .into_iter()
        .filter(|column| !headers.iter().any(|name| column.headers.contains(&name.as_str())))
        .map(|column| format!("“{}”", column.name))
        .collect();
    if !lacking.is_empty() {
        let message = format!(
            "Danh sách giải trình không có cột {}; không giải trình nào được áp dụng.",
            lacking.join(", ")
        );
        let finding = Finding::new(&BM02, Place::file(file.path.clone()), message);
        findings.push(finding.help("Ghi đủ tên cột ở dòng đầu của giai-trinh.csv rồi chạy lại."));
        return;
    }
    for (line, row) in rows {
        if row.iter().all(|cell| Text::new(cell).is_none()) {
            continue;
        }
        let row = Row { file, line, headers: &headers, row: &row };
        match row.explanation() {
            Ok(explanation) => explanations.push(explanation),
            Err(finding) => findings.push(*finding),
        }
    }
}

/// One row under its headers.
struct Row<'a> {
    file: &'a FoundFile,
    line: usize,
    headers: &'a [String],
    row: &'a csv::StringRecord,
}

type Refused = Box<Finding>;

impl Row<'_> {
    fn explanation(&self) -> Result<Explanation, Refused> {
        let unit = self.needed(&UNIT)?;
        Ok(Explanation {
            file: self.file.path.clone(),
            line: self.line,
            code: self.needed(&CODE)?,
            unit: *UnitCode::spellings(unit.as_str())
                .first()
                .ok_or_else(|| self.unknown(&UNIT, &unit))?,
            period: self.period()?,
            about: self.about()?,
            reason: self.needed(&REASON)?,
            decision: self.decision()?,
            by: self.cell(&BY),
            date: self.day(&DATE)?,
            until: self.day(&UNTIL)?,
        })
    }

    fn cell(&self, column: &Column) -> Option<Text> {
        let at = self.headers.iter().position(|name| column.headers.contains(&name.as_str()))?;
        Text::new(self.row.get(at)?)
    }

    fn needed(&self, column: &Column) -> Result<Text, Refused> {
        self.cell(column).ok_or_else(|| {
            let message = format!("chưa ghi “{}”", column.name);
            Box::new(Self::finding(Finding::new(&DL03, self.place(), self.sentence(&message))))
        })
    }

    fn period(&self) -> Result<Option<Period>, Refused> {
        let Some(written) = self.cell(&PERIOD) else { return Ok(None) };
        from_label(written.as_str()).map(Some).ok_or_else(|| self.unknown(&PERIOD, &written))
    }

    fn about(&self) -> Result<About, Refused> {
        let Some(written) = self.cell(&PLACE) else { return Ok(About::Every) };
        let text = written.as_str();
        if is_key(text) {
            return Ok(About::Content(text.to_ascii_lowercase()));
        }
        let (sheet, cell) = text
            .rsplit_once('!')
            .map_or((None, text), |(sheet, cell)| (Text::new(sheet.trim_matches('\'')), cell));
        let cell = CellRef::parse(cell.trim()).ok_or_else(|| self.unknown(&PLACE, &written))?;
        Ok(About::Cell(sheet, cell))
    }

    /// A blank is no slip: the unit has explained, and nobody has decided yet.
    fn decision(&self) -> Result<Decision, Refused> {
        let Some(written) = self.cell(&DECISION) else { return Ok(Decision::Pending) };
        match key(written.as_str()).as_str() {
            "chapnhan" | "duocchapnhan" | "chapthuan" | "dongy" | "accepted" => {
                Ok(Decision::Accepted)
            }
            "khongchapnhan" | "khongduocchapnhan" | "khongchapthuan" | "khongdongy" | "tuchoi"
            | "refused" => Ok(Decision::Refused),
            "chuaduyet" | "choduyet" | "chuaketluan" | "dangxemxet" | "pending" => {
                Ok(Decision::Pending)
            }
            _ => Err(self.unknown(&DECISION, &written)),
        }
    }

    fn day(&self, column: &Column) -> Result<Option<NaiveDate>, Refused> {
        let Some(written) = self.cell(column) else { return Ok(None) };
        match from_text(written.as_str(), None) {
            DateReading::Day(day) => Ok(Some(day)),
            DateReading::Invalid => {
                let message =
                    format!("“{}” ghi “{written}”, không phải ngày có trong lịch", column.name);
                let finding = Finding::new(&DL02, self.place(), self.sentence(&message));
                Err(Box::new(Self::finding(finding).value(written.as_str())))
            }
        }
    }

    fn unknown(&self, column: &Column, written: &Text) -> Refused {
        let message = format!("“{}” ghi “{written}”, không hiểu được", column.name);
        let finding = Finding::new(&DL04, self.place(), self.sentence(&message));
        Box::new(Self::finding(finding).value(written.as_str()))
    }

    fn place(&self) -> Place {
        Place::file(self.file.path.clone())
    }

    fn sentence(&self, what: &str) -> String {
        format!("Dòng {} của danh sách giải trình: {what}; bỏ qua dòng này.", self.line)
    }

    /// Of no unit: the office's slip is no error of whom the row is about.
    fn finding(finding: Finding) -> Finding {
        finding.help("Sửa dòng này trong giai-trinh.csv rồi chạy lại.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::submission::FilePath;

    fn read_text(text: &str) -> (Vec<Explanation>, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        let disk = root.path().join(FILE_NAME);
        std::fs::write(&disk, text).unwrap();
        let file = FoundFile { path: FilePath::new(FILE_NAME), disk };
        let (mut explanations, mut findings) = (Vec::new(), Vec::new());
        read(&file, &mut explanations, &mut findings);
        assert!(findings.iter().all(|finding| finding.unit.is_none()), "no fault of a unit");
        let line = |finding: &Finding| format!("{} {}", finding.rule.code, finding.message);
        (explanations, findings.iter().map(line).collect())
    }

    #[test]
    fn headers_in_both_languages() {
        let vietnamese = "\u{FEFF}Mã lỗi;Mã đơn vị;Kỳ;Vị trí;Lý do;Kết luận;Người duyệt;Ngày duyệt;Hiệu lực đến\n\
                          CT01;02989;quý I/2021;;Mưa lũ;Chấp nhận;Trưởng ban;10/04/2021;30/06/2021\n";
        let english = "code,unit,period,place,reason,decision,by,date,until\n\
                       CT01,02989,2021-Q1,,Mưa lũ,accepted,Trưởng ban,2021-04-10,2021-06-30\n";
        let (one, none) = read_text(vietnamese);
        assert_eq!(none, [""; 0]);
        assert_eq!(read_text(english).0, one);
        assert_eq!(one[0].line, 2);
        assert_eq!(
            one[0].words(),
            "Giải trình được chấp nhận (Trưởng ban), đến ngày 30/06/2021: Mưa lũ"
        );
    }

    #[test]
    fn places_and_keys() {
        for (written, about) in [
            ("", About::Every),
            ("B7", About::Cell(None, CellRef::new(6, 1))),
            (
                "Biểu 1 - Hội nghị!B7",
                About::Cell(Text::new("Biểu 1 - Hội nghị"), CellRef::new(6, 1)),
            ),
            ("0A12bc34de", About::Content("0a12bc34de".to_owned())),
        ] {
            let text = format!("code,unit,place,reason,decision\nTH01,02989,{written},x,refused\n");
            assert_eq!(read_text(&text).0[0].about, about, "{written}");
        }
    }

    #[test]
    fn a_list_without_its_columns_is_told_once() {
        let (explanations, findings) = read_text("code;unit\nCT01;02989\nCT01;02992\n");
        assert!(explanations.is_empty());
        assert_eq!(
            findings,
            ["BM02 Danh sách giải trình không có cột “Lý do”, “Kết luận”; không giải trình nào \
              được áp dụng."]
        );
        assert_eq!(read_text("").1, [""; 0]);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told() {
        let text = "code,unit,period,place,reason,decision,until\n\
                    ,02989,,,x,accepted,\n\
                    CT01,xã 9,,,x,accepted,\n\
                    CT01,02989,,,,accepted,\n\
                    CT01,02989,,,x,có lẽ,\n\
                    CT01,02989,Q9,,x,accepted,\n\
                    CT01,02989,,chỗ kia,x,accepted,\n\
                    CT01,02989,,,x,accepted,31/02/2021\n\
                    ,,,,,,\n\
                    CT01,02989\n\
                    CT01,02989,,,x,,\n";
        let (explanations, findings) = read_text(text);
        // What nobody has decided yet is shown as that.
        let waiting: Vec<_> = explanations.iter().map(|one| (one.line, one.decision)).collect();
        assert_eq!(waiting, [(11, Decision::Pending)]);
        let codes: Vec<&str> = findings.iter().map(|line| &line[..4]).collect();
        assert_eq!(codes, ["DL03", "DL04", "DL03", "DL04", "DL04", "DL04", "DL02", "DL03"]);
        assert_eq!(
            findings[6],
            "DL02 Dòng 8 của danh sách giải trình: “Hiệu lực đến” ghi “31/02/2021”, không phải ngày có \
             trong lịch; bỏ qua dòng này."
        );
    }
}
