//! `Kiến nghị`: every row of Biểu 2 as it was understood, with its source.

use super::book::{Book, PetitionTable};
use super::counting::suffix;
use super::meetings::{SOURCE, count, date, text, unit, word};
use super::stamp::{Fill, Rows};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col, sub};
use super::words::{self, UNREADABLE};
use super::xml::RowWriter;
use super::{RenderError, sheets};
use crate::model::{Count, Outcome, Petition, Reading, Subject};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::ops::Range;

const REPLY: &str = "Văn bản trả lời";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT ở PL1", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 16.0, Shape::Text),
    col("Huyện, thị xã, thành phố", 14.0, Shape::Text),
    col("STT", 6.0, Shape::Ordinal),
    col("Cuộc số", 6.0, Shape::Ordinal),
    col("Nội dung ý kiến, kiến nghị", 52.0, Shape::Text),
    col("Mã lĩnh vực", 8.0, Shape::Word),
    col("Lĩnh vực", 20.0, Shape::Text),
    col("Thẩm quyền giải quyết", 11.0, Shape::Word),
    col("Cơ quan giải quyết", 20.0, Shape::Text),
    col("Ngày tiếp nhận", 10.5, Shape::Date),
    col("Ngày báo nhận, chuyển", 10.5, Shape::Date),
    col("Kết quả", 9.0, Shape::Word),
    sub(REPLY, "Số", 14.0, Shape::Text),
    sub(REPLY, "Ngày", 10.5, Shape::Date),
    col("Kiến nghị lặp lại", 8.0, Shape::Word),
    col("Ghi chú", 18.0, Shape::Text),
    sub(SOURCE, "Tệp", 26.0, Shape::Text),
    sub(SOURCE, "Trang", 13.0, Shape::Text),
    sub(SOURCE, "Dòng", 7.0, Shape::Ordinal),
];

/// The columns that formulas read, by name.
const NAMES: &[(&str, u16)] = &[("KN_TT", 0), ("KN_LINHVUC", 7), ("KN_KETQUA", 13)];

const NAME: &str = "Kiến nghị";

fn table(name: &str, rows: usize) -> Table<'_> {
    let codes: Vec<String> =
        Outcome::ALL.iter().map(|code| format!("{code}: {}", code.label())).collect();
    Table {
        name,
        title: "Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN (BIỂU 2)",
        remarks: vec![format!(
            "Kết quả: {}. Ô trống: đơn vị không báo cáo. Không đọc được: có ghi nhưng không hiểu được; \
             kiến nghị không rõ lĩnh vực được tính vào L99.",
            codes.join("; ")
        )],
        columns: COLUMNS,
        numbered: false,
        frozen: 3,
        tab: Tab::Rows,
        kinds: PLAIN,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// How many sheets the petitions take.
pub(super) fn sheet_count(book: &Book<'_>) -> usize {
    sheets::split(book.petition_count(), capacity()).len()
}

/// Where a row stands, as links name it.
pub(super) fn place(row: usize) -> String {
    sheets::cell(NAME, row, capacity(), table(NAME, 0).first_row())
}

fn capacity() -> usize {
    sheets::capacity(table(NAME, 0).first_row())
}

/// Adds the sheet, or the sheets where there are too many rows for one.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let names: BTreeMap<Subject, &str> =
        book.summary.subject_names.iter().map(|(code, name)| (*code, name.as_str())).collect();
    for (at, range) in sheets::split(book.petition_count(), capacity()).into_iter().enumerate() {
        let name = sheets::name(NAME, at);
        let mut table = table(&name, range.len());
        table.largest = largest(book);
        table.add(to)?;
        sheets::define(to, &table, &name, NAMES, &suffix(at))?;
        let rows = PetitionRows { book, names: names.clone(), first_row: table.first_row(), range };
        fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    }
    Ok(())
}

/// The largest number of each column of numbers.
fn largest(book: &Book<'_>) -> Vec<(u16, u64)> {
    let (mut no, mut meeting) = (0, 0);
    for petition in book.petitions.iter().flat_map(|table| table.rows) {
        no = no.max(petition.no.value().map_or(0, Count::get));
        meeting = meeting.max(petition.meeting_no.value().map_or(0, Count::get));
    }
    vec![(4, no), (5, meeting)]
}

struct PetitionRows<'a> {
    book: &'a Book<'a>,
    names: BTreeMap<Subject, &'a str>,
    first_row: u32,
    range: Range<usize>,
}

impl Rows for PetitionRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (rows, first) = sheets::piece(&self.range, piece, self.first_row);
        let tables = &self.book.petitions;
        let holding = tables.partition_point(|table| table.start + table.rows.len() <= rows.start);
        let all = tables.iter().skip(holding).flat_map(|table| {
            let before = rows.start.saturating_sub(table.start);
            table.rows.iter().skip(before).map(move |petition| (table, petition))
        });
        for (row, (table, petition)) in (first..).zip(all.take(rows.len())) {
            to.open(row, 0);
            self.row(table, petition, to);
            to.close();
        }
    }
}

impl PetitionRows<'_> {
    fn row(&self, table: &PetitionTable<'_>, petition: &Petition, to: &mut RowWriter<'_>) {
        unit(self.book, table.line, to);
        count(to, &petition.no);
        count(to, &petition.meeting_no);
        text(to, &petition.content);
        // The report counts a petition without a readable field under L99, and so must the formulas.
        to.text(&petition.subject.value().unwrap_or(Subject::OTHER).to_string());
        match &petition.subject.reading {
            Reading::Blank => to.blank(),
            Reading::Unreadable => to.text(UNREADABLE),
            Reading::Given(code) => to.text(self.names.get(code).copied().unwrap_or_default()),
        }
        word(to, &petition.authority, words::authority);
        text(to, &petition.agency);
        date(to, &petition.received);
        date(to, &petition.acknowledged);
        word(to, &petition.outcome, Outcome::code);
        text(to, &petition.reply_no);
        date(to, &petition.reply_date);
        word(to, &petition.repeated, words::yes);
        text(to, &petition.note);
        to.text(table.file.as_str());
        to.text(&table.sheet.name);
        to.number(u64::from(petition.row) + 1);
    }
}
