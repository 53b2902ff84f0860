//! `PL4 - Kiến nghị tồn đọng`: every petition that is open, since when, with whom, and how it was followed.

use super::RenderError;
use super::book::Book;
use super::meetings::SOURCE;
use super::sheets;
use super::stamp::{Fill, Rows};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col, sub};
use super::words::{self, NOTHING};
use super::xml::RowWriter;
use crate::model::backlog::OpenPetition;
use crate::model::privacy::masked;
use crate::model::{Outcome, Subject, Text};
use chrono::Datelike;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 18.0, Shape::Text),
    col("Huyện, thị xã, thành phố", 15.0, Shape::Text),
    col("Kỳ phát sinh", 10.0, Shape::Word),
    col("STT", 6.0, Shape::Ordinal),
    col("Nội dung ý kiến, kiến nghị", 46.0, Shape::Text),
    col("Lĩnh vực", 18.0, Shape::Text),
    col("Thẩm quyền giải quyết", 10.0, Shape::Word),
    col("Cơ quan giải quyết", 18.0, Shape::Text),
    col("Kết quả", 11.0, Shape::Word),
    col("Tính từ ngày", 11.0, Shape::Date),
    col("Số ngày", 7.0, Shape::Number),
    col("Quá hạn", 8.0, Shape::Word),
    col("Đối chiếu kỳ trước", 20.0, Shape::Text),
    sub(SOURCE, "Tệp", 24.0, Shape::Text),
    sub(SOURCE, "Trang", 13.0, Shape::Text),
    sub(SOURCE, "Dòng", 7.0, Shape::Ordinal),
];

const NAME: &str = "PL4 - Kiến nghị tồn đọng";

fn table<'a>(book: &Book<'_>, name: &'a str, rows: usize) -> Table<'a> {
    let allowed = book.summary.profile.petition_overdue_days.value;
    let how = format!(
        "Kiến nghị đang giải quyết (K3) và chưa giải quyết (K4) đến cuối kỳ. Số ngày tính từ ngày tiếp \
         nhận, không ghi thì từ ngày cuối của kỳ phát sinh, đến ngày tổng hợp; quá {allowed} ngày là quá \
         hạn. Không có trong bảng: đơn vị chỉ báo cáo số lượng, không gửi Biểu 2, Biểu 3."
    );
    Table {
        name,
        title: "PHỤ LỤC 4. KIẾN NGHỊ TỒN ĐỌNG",
        remarks: vec![super::caption(book.summary), how],
        columns: COLUMNS,
        numbered: true,
        frozen: 3,
        tab: Tab::Annex,
        kinds: PLAIN,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// Adds the sheet, or the sheets where there are too many rows for one.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let open = Arc::new(open(book));
    let names: BTreeMap<Subject, &str> =
        book.summary.subject_names.iter().map(|(code, name)| (*code, name.as_str())).collect();
    let capacity = sheets::capacity(table(book, NAME, 0).first_row());
    for (at, range) in sheets::split(open.len(), capacity).into_iter().enumerate() {
        let name = sheets::name(NAME, at);
        let table = table(book, &name, range.len());
        table.add(to)?;
        let rows = OpenRows {
            book,
            names: names.clone(),
            first_row: table.first_row(),
            open: Arc::clone(&open),
            range,
        };
        fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    }
    Ok(())
}

/// The open petitions in the order of PL1; those of units that are no more come last.
fn open<'a>(book: &'a Book<'a>) -> Vec<&'a OpenPetition> {
    let place = |one: &OpenPetition| book.line(one.unit, None).map_or(u32::MAX, |line| line.number);
    let mut open: Vec<&OpenPetition> = book.summary.backlog.open().collect();
    open.sort_by_key(|one| place(one));
    open
}

struct OpenRows<'a> {
    book: &'a Book<'a>,
    names: BTreeMap<Subject, &'a str>,
    first_row: u32,
    open: Arc<Vec<&'a OpenPetition>>,
    range: Range<usize>,
}

impl Rows for OpenRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (range, first) = sheets::piece(&self.range, piece, self.first_row);
        let numbers = u64::try_from(range.start).unwrap_or_default() + 1;
        let rows = self.open.get(range).unwrap_or_default();
        for ((row, number), one) in (first..).zip(numbers..).zip(rows) {
            to.open(row, 0);
            to.number(number);
            self.row(one, to);
            to.close();
        }
    }
}

impl OpenRows<'_> {
    fn row(&self, one: &OpenPetition, to: &mut RowWriter<'_>) {
        let line = self.book.line(one.unit, None);
        to.text(one.unit.as_str());
        to.text(line.map_or("Đơn vị đã kết thúc hoạt động", |line| &line.name));
        to.text(line.map_or("", |line| &line.district));
        to.text(&one.origin.map_or_else(|| NOTHING.to_owned(), |origin| capital(&origin.label())));
        match one.number {
            Some(number) => to.number(number.get()),
            None => to.blank(),
        }
        text(to, one.content.as_ref());
        let subject = one.subject.and_then(|code| self.names.get(&code).copied());
        to.text(subject.unwrap_or(NOTHING));
        to.text(one.authority.map_or(NOTHING, words::authority));
        text(to, one.agency.as_ref());
        to.text(one.outcome.map_or(words::UNREADABLE, Outcome::label));
        let as_of = self.book.summary.as_of;
        let days = one.since().map(|since| (since, (as_of - since).num_days()));
        match days.and_then(|(since, days)| Some((since, u64::try_from(days).ok()?))) {
            Some((since, days)) => {
                to.date(since);
                let (year, month, day) = (as_of.year(), as_of.month(), as_of.day());
                let row = to.number_of_row();
                to.formula(&format!("DATE({year},{month},{day})-L{row}"), days);
                let allowed = u64::from(self.book.summary.profile.petition_overdue_days.value);
                to.text(if days > allowed { "Quá hạn" } else { NOTHING });
            }
            None => (0..3).for_each(|_| to.text(NOTHING)),
        }
        to.text(one.trace.label());
        to.text(one.place.file.as_ref().map_or(NOTHING, |file| file.as_str()));
        to.text(one.place.sheet.as_ref().map_or(NOTHING, |sheet| &sheet.name));
        match one.place.cell {
            Some(cell) => to.number(u64::from(cell.row) + 1),
            None => to.blank(),
        }
    }
}

fn text(to: &mut RowWriter<'_>, text: Option<&Text>) {
    match text {
        Some(text) => to.text(&masked(text.as_str())),
        None => to.blank(),
    }
}

fn capital(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
