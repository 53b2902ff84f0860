//! `PL2 - Lĩnh vực`: petitions by field and outcome, and the opinions that no petition row describes.

use super::RenderError;
use super::annex::{Annex, RowKind};
use super::book::Book;
use super::counting::over;
use super::figure::figure;
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab, Weight};
use super::table::{Column, Table, col, sub};
use super::units;
use super::xml::RowWriter;
use crate::aggregate::summary::SubjectLine;
use crate::aggregate::{Measure, Tally};
use crate::model::{Outcome, Subject};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;

const OUTCOME: &str = "Kết quả giải quyết";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã lĩnh vực", 9.0, Shape::Word),
    col("Lĩnh vực", 48.0, Shape::Text),
    sub(OUTCOME, "Trả lời tại hội nghị (K1)", 12.0, Shape::Number),
    sub(OUTCOME, "Đã giải quyết sau hội nghị (K2)", 12.0, Shape::Number),
    sub(OUTCOME, "Đang giải quyết (K3)", 12.0, Shape::Number),
    sub(OUTCOME, "Chưa giải quyết (K4)", 12.0, Shape::Number),
    sub(OUTCOME, "Chuyển cấp trên (K5)", 12.0, Shape::Number),
    col("Không rõ kết quả", 12.0, Shape::Number),
    col("Tổng số", 12.0, Shape::Number),
];

/// The name of the sheet.
pub(super) const NAME: &str = "PL2 - Lĩnh vực";
/// The column of names, as letters.
pub(super) const FIELD_COL: u16 = 2;
/// The column of totals.
pub(super) const TOTAL_COL: u16 = 9;

/// The rows of PL2.
pub(super) struct Subjects {
    lines: Vec<(Subject, String, SubjectLine)>,
    from_rows: BTreeMap<Subject, SubjectLine>,
    unclassified: u64,
    /// All opinions: the figure of the report, and the cell of PL1 that shows it.
    opinions: (u64, String),
    petition_sheets: usize,
}

impl Subjects {
    /// Every field of the list, and those that only the figures know.
    pub(super) fn new(book: &Book<'_>, annex: &Annex, petition_sheets: usize) -> Self {
        let table = &book.summary.subjects;
        let mut lines: Vec<_> = (book.summary.subject_names.iter())
            .map(|(code, name)| (*code, name.clone(), line(&table.lines, *code)))
            .collect();
        for code in table.lines.keys() {
            if !lines.iter().any(|(known, ..)| known == code) {
                lines.push((*code, String::new(), line(&table.lines, *code)));
            }
        }
        let from_rows = from_rows(book);
        let opinions = Annex::tally(book, &RowKind::Total, Measure::Opinions).0.sum.unwrap_or(0);
        let last = annex.row(annex.rows.len().saturating_sub(1));
        let cell = format!("'{}'!{}{last}", units::NAME, units::column(Measure::Opinions));
        Self {
            lines,
            from_rows,
            unclassified: table.unclassified,
            opinions: (opinions, cell),
            petition_sheets,
        }
    }

    fn table(&self) -> Table<'static> {
        Table {
            name: NAME,
            title: "PHỤ LỤC 2. Ý KIẾN, KIẾN NGHỊ THEO LĨNH VỰC VÀ KẾT QUẢ GIẢI QUYẾT",
            remarks: Vec::new(),
            columns: COLUMNS,
            numbered: true,
            frozen: 3,
            tab: Tab::Annex,
            kinds: &[
                (Weight::Plain, false),
                (Weight::Plain, true),
                (Weight::Total, false),
                (Weight::Total, true),
            ],
            rows: u32::try_from(self.lines.len() + 2).unwrap_or(u32::MAX),
            largest: Vec::new(),
        }
    }

    /// Rows of the fields on the sheet, first and last, counted from zero.
    pub(super) fn rows(&self, book: &Book<'_>) -> (u32, u32) {
        let table = self.with_remarks(book);
        (table.first_row(), table.last_row().saturating_sub(1))
    }

    fn with_remarks(&self, book: &Book<'_>) -> Table<'static> {
        let own = "Số theo lĩnh vực lấy từ Biểu 2. Chưa phân lĩnh vực: ý kiến có trong tổng số của Biểu 1 (hoặc \
                   Biểu 02 của huyện) mà không có dòng nào ở Biểu 2.";
        Table { remarks: vec![super::caption(book.summary), own.to_owned()], ..self.table() }
    }

    /// Adds the sheet.
    pub(super) fn add<'a>(
        &'a self,
        book: &'a Book<'a>,
        to: &mut Workbook,
        fills: &mut Vec<Fill<'a>>,
    ) -> Result<(), RenderError> {
        let mut table = self.with_remarks(book);
        table.largest = (3u16..).zip(self.sums()).collect();
        table.add(to)?;
        let first = table.first_row();
        let rows = Few(move |to: &mut RowWriter<'_>| self.write(first, to));
        fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
        Ok(())
    }

    fn write(&self, first: u32, to: &mut RowWriter<'_>) {
        let mut row = first;
        for (number, (code, name, line)) in (1u64..).zip(&self.lines) {
            to.open(row, 0);
            to.number(number);
            to.text(&code.to_string());
            to.text(name);
            self.line(*code, line, to);
            to.close();
            row += 1;
        }
        to.open(row, 0);
        to.number(self.lines.len() as u64 + 1);
        to.blank();
        to.text("Chưa phân lĩnh vực");
        (0..6).for_each(|_| to.blank());
        self.unclassified((first + 1, row), to);
        to.close();
        self.total((first + 1, row + 1), to);
    }

    /// What Biểu 1 counts and no row of Biểu 2 describes.
    fn unclassified(&self, (first, last): (u32, u32), to: &mut RowWriter<'_>) {
        let described: u64 = self.lines.iter().map(|(_, _, line)| line.total()).sum();
        let (opinions, cell) = &self.opinions;
        let rest = opinions.saturating_sub(described);
        figure(to, 0, Tally::known(self.unclassified), Some(rest), |_| {
            format!("MAX(0,N({cell})-SUM(J{first}:J{last}))")
        });
    }

    fn line(&self, code: Subject, line: &SubjectLine, to: &mut RowWriter<'_>) {
        let rows = line_of(&self.from_rows, code);
        for outcome in Outcome::ALL {
            let value = Tally::known(line.outcome(outcome));
            figure(to, 0, value, Some(rows.outcome(outcome)), |row| {
                over(self.petition_sheets, |s| {
                    format!("COUNTIFS(KN_LINHVUC{s},$B{row},KN_KETQUA{s},\"{outcome}\")")
                })
            });
        }
        // The rest of the rows: right only where all the counts before it are those of the rows.
        let rest = (rows == *line).then_some(rows.unread);
        figure(to, 0, Tally::known(line.unread), rest, |row| {
            let all = over(self.petition_sheets, |s| format!("COUNTIFS(KN_LINHVUC{s},$B{row})"));
            format!("{all}-SUM(D{row}:H{row})")
        });
        let total = line.total();
        figure(to, 0, Tally::known(total), Some(total), |row| format!("SUM(D{row}:I{row})"));
    }

    /// The last row: each outcome, what is not known, and all.
    fn sums(&self) -> [u64; 7] {
        let sum = |of: &dyn Fn(&SubjectLine) -> u64| -> u64 {
            self.lines.iter().map(|(_, _, line)| of(line)).sum()
        };
        let [k1, k2, k3, k4, k5] = Outcome::ALL.map(|outcome| sum(&|line| line.outcome(outcome)));
        let unread = sum(&|line| line.unread);
        [k1, k2, k3, k4, k5, unread, sum(&SubjectLine::total) + self.unclassified]
    }

    fn total(&self, (first, last): (u32, u32), to: &mut RowWriter<'_>) {
        let weight = 2;
        to.open(last, weight);
        to.blank();
        to.blank();
        to.text("TỔNG CỘNG");
        for (col, value) in ('D'..='J').zip(self.sums()) {
            figure(to, weight, Tally::known(value), Some(value), |_| {
                format!("SUM({col}{first}:{col}{last})")
            });
        }
        to.close();
    }
}

fn line(lines: &BTreeMap<Subject, SubjectLine>, code: Subject) -> SubjectLine {
    lines.get(&code).cloned().unwrap_or_default()
}

use line as line_of;

/// What the formulas will count.
fn from_rows(book: &Book<'_>) -> BTreeMap<Subject, SubjectLine> {
    let mut lines: BTreeMap<Subject, SubjectLine> = BTreeMap::new();
    for petition in book.petitions.iter().flat_map(|table| table.rows) {
        let code = petition.subject.value().unwrap_or(Subject::OTHER);
        let line = lines.entry(code).or_default();
        let at = Outcome::ALL.iter().position(|outcome| petition.outcome.value() == Some(*outcome));
        match at.and_then(|at| line.outcomes.get_mut(at)) {
            Some(count) => *count += 1,
            None => line.unread += 1,
        }
    }
    lines
}
