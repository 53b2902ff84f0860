//! `PL1 - Theo đơn vị`: one row per unit, a sum per district, per level and over all.

use super::RenderError;
use super::annex::{Annex, RowKind};
use super::book::{Book, Line};
use super::counting;
use super::figure::{figure, marked};
use super::meetings;
use super::petitions;
use super::sheets;
use super::sources::Sources;
use super::stamp::{Fill, Link, Rows};
use super::style::{Shape, Tab, Weight};
use super::table::{Column, Table, col, sub};
use super::words::NOTHING;
use super::xml::RowWriter;
use crate::aggregate::{Figure, Measure, SubmissionState, Summary, Tally, Verdict};
use crate::model::CellRef;
use crate::model::cell::column_letters;
use crate::model::privacy::masked;
use crate::model::submission::FilePath;
use rust_xlsxwriter::Workbook;

const HELD: &str = "Số cuộc đã tổ chức";
const CHAIR: &str = "Chủ trì";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const NOTICES: &str = "Thông báo kết luận";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 5.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 32.0, Shape::Link),
    col("Chỉ tiêu của kỳ", 7.0, Shape::Number),
    col("Tính vào chỉ tiêu", 7.0, Shape::Number),
    sub(HELD, "Định kỳ", 7.0, Shape::Number),
    sub(HELD, "Đột xuất", 7.0, Shape::Number),
    sub(HELD, "Tổng số", 7.0, Shape::Number),
    sub(CHAIR, "Bí thư", 7.0, Shape::Number),
    sub(CHAIR, "Chủ tịch UBND", 8.0, Shape::Number),
    sub(CHAIR, "Đồng chủ trì", 7.0, Shape::Number),
    sub(CHAIR, "Ủy quyền", 7.5, Shape::Number),
    col("Số lượt người tham gia", 9.5, Shape::Number),
    sub(OPINIONS, "Tổng số", 8.5, Shape::Number),
    sub(OPINIONS, "Trả lời tại hội nghị", 8.5, Shape::Number),
    sub(OPINIONS, "Đã giải quyết sau hội nghị", 9.0, Shape::Number),
    sub(OPINIONS, "Đang giải quyết", 8.5, Shape::Number),
    sub(OPINIONS, "Chưa giải quyết", 8.5, Shape::Number),
    sub(OPINIONS, "Chuyển cấp trên", 8.5, Shape::Number),
    sub(NOTICES, "Đúng hạn", 7.0, Shape::Number),
    sub(NOTICES, "Muộn", 7.0, Shape::Number),
    sub(NOTICES, "Chưa có", 7.0, Shape::Number),
    col("Ngày nộp", 11.5, Shape::Date),
    col("Tình trạng nộp", 18.0, Shape::Word),
    col("Kết quả thực hiện", 23.0, Shape::Word),
    col("Ghi chú", 30.0, Shape::Text),
];

/// The name of the sheet.
pub(super) const NAME: &str = "PL1 - Theo đơn vị";

/// The column of the submission state and that of the verdict.
pub(super) const STATE: u32 = 23;
/// The column of the verdict.
pub(super) const VERDICT: u32 = 24;

/// The figure of a row of PL1, and what its formula computes.
pub(super) fn tally(figure: Figure, book: &Book<'_>, kind: &RowKind) -> (Tally, Option<u64>) {
    match figure {
        Figure::Of(measure) => Annex::tally(book, kind, measure),
        Figure::Held => {
            let mut both = Annex::tally(book, kind, Measure::Periodic).0;
            both.merge(Annex::tally(book, kind, Measure::AdHoc).0);
            (both, both.sum)
        }
    }
}

/// The first column of figures, counted from zero.
const FIRST_FIGURE: u32 = Figure::FIRST_COLUMN - 1;

/// The column that shows a figure, as letters.
pub(super) fn letters(figure: Figure) -> String {
    column_letters(figure.column() - 1)
}

/// The column that shows a measure.
pub(super) fn column(measure: Measure) -> String {
    letters(Figure::Of(measure))
}

/// The table, for its place on the sheet.
pub(super) fn table(rows: usize, remarks: Vec<String>) -> Table<'static> {
    const KINDS: &[(Weight, bool)] = &[
        (Weight::Plain, false),
        (Weight::Plain, true),
        (Weight::Group, false),
        (Weight::Group, true),
        (Weight::Level, false),
        (Weight::Level, true),
        (Weight::Total, false),
        (Weight::Total, true),
    ];
    Table {
        name: NAME,
        title: "PHỤ LỤC 1. KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI TRỰC TIẾP VỚI NHÂN DÂN THEO ĐƠN VỊ",
        remarks,
        columns: COLUMNS,
        numbered: true,
        frozen: 3,
        tab: Tab::Annex,
        kinds: KINDS,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// What every annex says about holes and blanks.
pub(super) fn legend(summary: &Summary) -> String {
    let silent = match summary.period.as_quarter() {
        Some(_) => "",
        None => ", hoặc có quý chưa nộp",
    };
    format!(
        "Dấu – : không có số liệu (khác với 0). Dấu * và chữ nghiêng: số liệu chưa đủ, vì có ô không đọc được \
         hoặc cuộc không xác định được ngày trong kỳ{silent} (xem trang Lỗi số liệu)."
    )
}

/// Adds the sheet.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    annex: &'a Annex,
    sources: &Sources,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let own = "Số của từng đơn vị là số cuộc do chính đơn vị đó tổ chức; dòng huyện trong phần Cấp xã là tổng \
               các xã, không gồm số của huyện; mỗi cuộc chỉ tính một lần. Nhấn tên đơn vị để xem các cuộc của đơn vị hoặc \
               tệp gốc, nhấn số ở cột 14 để xem từng kiến nghị.";
    let own = match book.summary.break_in_words() {
        Some(broken) => format!("{own} {broken}"),
        None => own.to_owned(),
    };
    let mut table =
        table(annex.rows.len(), vec![super::caption(book.summary), own, legend(book.summary)]);
    table.largest = largest(book);
    let columns = columns(book.summary);
    table.columns = &columns;
    let sheet = table.add(to)?;
    let (first, last) = (table.first_row(), table.last_row());
    let at = u16::try_from(VERDICT).unwrap_or_default();
    super::style::color_verdicts(sheet, (first, at, last))?;
    let links = links(book, annex, sources);
    fills.push(Fill::new(&table, to.worksheets().len(), UnitRows { book, annex }, links));
    Ok(())
}

/// Its columns: over several quarters there is more to say of a unit.
fn columns(summary: &Summary) -> Vec<Column> {
    let mut columns = COLUMNS.to_vec();
    if let Some(remark) = columns.last_mut().filter(|_| summary.period.as_quarter().is_none()) {
        remark.width = 70.0;
    }
    columns
}

/// The sum over all levels is the largest number of its column.
fn largest(book: &Book<'_>) -> Vec<(u16, u64)> {
    let figures = Figure::ALL.map(|figure| tally(figure, book, &RowKind::Total).0.sum.unwrap_or(0));
    (3u16..).zip(figures).collect()
}

/// From each unit to the first of its rows, or else to its file; from its opinions to its petitions.
fn links(book: &Book<'_>, annex: &Annex, sources: &Sources) -> Vec<Link> {
    let opinions = Figure::Of(Measure::Opinions).column() - 1;
    let mut links = Vec::new();
    for (line, row) in book.lines.iter().zip(annex.unit_rows()) {
        let own = match target(line) {
            Target::Rows(at) => Some(meetings::place(at)),
            Target::File(file) => sources.place(file),
            Target::Nowhere => None,
        };
        let petitions = line.petitions.map(petitions::place);
        let from = |col| CellRef::new(row - 1, col);
        links.extend(own.map(|to| Link { from: from(2), to }));
        links.extend(petitions.map(|to| Link { from: from(opinions), to }));
    }
    links
}

/// Where the name of a unit leads.
enum Target<'a> {
    Rows(usize),
    File(&'a FilePath),
    Nowhere,
}

fn target<'a>(line: &Line<'a>) -> Target<'a> {
    match &line.unit.file {
        _ if !line.meetings.is_empty() => Target::Rows(line.meetings.start),
        Some(file) => Target::File(file),
        None => Target::Nowhere,
    }
}

struct UnitRows<'a> {
    book: &'a Book<'a>,
    annex: &'a Annex,
}

impl Rows for UnitRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&(0..self.annex.rows.len()))
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (range, first) =
            sheets::piece(&(0..self.annex.rows.len()), piece, self.annex.first_row);
        let rows = self.annex.rows.get(range).unwrap_or_default();
        for (row, kind) in (first..).zip(rows) {
            let weight = kind.weight();
            to.open(row, weight);
            match kind {
                RowKind::Unit(line) => {
                    if let Some(line) = self.book.lines.get(*line) {
                        self.unit(line, to);
                    }
                }
                _ => self.sum(kind, to),
            }
            to.close();
        }
    }
}

impl UnitRows<'_> {
    fn unit(&self, line: &Line<'_>, to: &mut RowWriter<'_>) {
        let unit = line.unit;
        to.number(line.number.into());
        to.text(unit.unit.code.as_str());
        // Only a name that leads somewhere looks like a link.
        to.style(if matches!(target(line), Target::Nowhere) { marked(0) } else { 0 });
        to.text(&line.name);
        to.style(0);
        let counted = self.book.counted(unit.unit.level);
        let kind = RowKind::Unit(line.place());
        for each in Figure::ALL {
            let (tally, both) = tally(each, self.book, &kind);
            match each {
                Figure::Held => figure(to, 0, tally, both, held),
                Figure::Of(measure) => {
                    let rows = self.book.of_rows(line, measure);
                    let recipe = counting::recipe(measure, counted);
                    let formula = |row| recipe.formula(row, self.annex.meeting_sheets);
                    figure(to, 0, tally, rows.filter(|_| measure != Measure::Required), formula);
                }
            }
        }
        match unit.submitted {
            Some(day) => to.date(day),
            None => to.text(NOTHING),
        }
        to.text(unit.submission.label());
        to.text(unit.verdict.label());
        let note = note(line);
        if note.is_empty() { to.blank() } else { to.text(&note) }
    }

    fn sum(&self, kind: &RowKind, to: &mut RowWriter<'_>) {
        let weight = kind.weight();
        to.blank();
        to.blank();
        to.text(&kind.label(self.book));
        for (col, each) in (FIRST_FIGURE..).zip(Figure::ALL) {
            let (tally, computed) = tally(each, self.book, kind);
            let col = column_letters(col);
            figure(to, weight, tally, computed, |row| match each {
                Figure::Of(_) => self.annex.sum(kind, row, &col),
                Figure::Held => held(row),
            });
        }
        to.blank();
        self.shares(kind, to);
        to.blank();
    }

    /// How many of the units below have reported, and how many have met the quota.
    fn shares(&self, kind: &RowKind, to: &mut RowWriter<'_>) {
        let rows = self.annex.span(kind, to.number_of_row());
        let (first, last) = (rows.start, rows.end.saturating_sub(1));
        let count = |col: u32, word: &str| {
            let col = column_letters(col);
            format!("COUNTIF({col}{first}:{col}{last},\"{word}\")")
        };
        let all = format!("COUNT($A{first}:$A{last})");
        let exempt = count(STATE, SubmissionState::NotOwed.label());
        let absent = [SubmissionState::Missing, SubmissionState::Unreadable]
            .map(|state| format!("-{}", count(STATE, state.label())))
            .concat();
        let lines = self.book.covered(kind);
        let states = |wanted: fn(SubmissionState) -> bool| {
            lines.iter().filter(|line| wanted(line.unit.submission)).count()
        };
        let owed = states(|state| state != SubmissionState::NotOwed);
        let sent = states(SubmissionState::has_figures);
        to.text_formula(
            &format!("\"Nộp \"&({all}-{exempt}{absent})&\"/\"&({all}-{exempt})"),
            &format!("Nộp {sent}/{owed}"),
        );
        let verdicts = |wanted: fn(Verdict) -> bool| {
            lines.iter().filter(|line| wanted(line.unit.verdict)).count()
        };
        let judged = verdicts(|verdict| verdict != Verdict::Exempt);
        let met = verdicts(|verdict| verdict == Verdict::Met);
        to.text_formula(
            &format!(
                "\"Đạt \"&{}&\"/\"&({all}-{})",
                count(VERDICT, Verdict::Met.label()),
                count(VERDICT, Verdict::Exempt.label())
            ),
            &format!("Đạt {met}/{judged}"),
        );
    }
}

/// Periodic and ad hoc meetings together.
fn held(row: u32) -> String {
    format!("SUM(F{row}:G{row})")
}

/// From this many on, incomplete figures are not named one by one: each is marked in its own cell.
const MANY_HOLES: usize = 6;

/// What a reader must know about a unit's figures.
fn note(line: &Line<'_>) -> String {
    let unit = line.unit;
    let mut notes = Vec::new();
    let holes: Vec<&str> = unit.tallies.incomplete().map(Measure::label).collect();
    if holes.len() > MANY_HOLES {
        notes.push("Chưa đủ số liệu ở hầu hết các cột".to_owned());
    } else if !holes.is_empty() {
        notes.push(format!("Chưa đủ số liệu: {}", holes.join(", ")));
    }
    if let Some((file, row)) = line.rolled_up {
        notes.push(format!(
            "Số liệu theo Biểu 02 của huyện: tệp {}, dòng {}",
            file.file_name(),
            row + 1
        ));
    }
    if let Some(reason) = &unit.reason {
        notes.push(format!("Lý do: {}", masked(reason.as_str())));
    }
    notes.extend(unit.quarters_in_words());
    notes.join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_stands_under_its_header_and_number() {
        for (number, column) in (1u32..).zip(COLUMNS) {
            let figure = Figure::ALL.into_iter().find(|figure| figure.column() == number);
            let is_figure = column.shape == Shape::Number;
            assert_eq!(is_figure, figure.is_some(), "{}", column.head);
            if let Some(figure) = figure {
                assert_eq!(figure.head(), (column.group, column.head));
                assert_eq!(letters(figure), column_letters(number - 1));
            }
        }
        assert_eq!(column(Measure::Required), "D");
        assert_eq!(letters(Figure::Held), "H");
        assert_eq!(column(Measure::NoticesMissing), "V");
        for measure in Measure::ALL {
            assert!(Figure::ALL.contains(&Figure::Of(measure)), "{measure:?}");
        }
        assert_eq!(COLUMNS[STATE as usize].head, "Tình trạng nộp");
        assert_eq!(COLUMNS[VERDICT as usize].head, "Kết quả thực hiện");
    }
}
