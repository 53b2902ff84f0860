//! `Nguồn`: every input file with what became of it, and what made this workbook.

use super::RenderError;
use super::book::Book;
use super::sheets;
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col};
use super::xml::RowWriter;
use crate::aggregate::FileLine;
use crate::model::submission::FilePath;
use crate::model::{Form, UnitCode};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Tệp", 46.0, Shape::Text),
    col("Mã đơn vị", 9.0, Shape::Word),
    col("Đơn vị", 24.0, Shape::Text),
    col("Biểu", 10.0, Shape::Word),
    col("Tình trạng", 19.0, Shape::Word),
    col("Ngày nhận", 11.5, Shape::Date),
    col("Nhận lần cuối", 11.5, Shape::Date),
    col("Dung lượng (byte)", 12.0, Shape::Number),
    col("SHA-256", 40.0, Shape::Text),
];

/// The name of the sheet.
const NAME: &str = "Nguồn";

/// Where each file stands.
pub(super) struct Sources {
    rows: BTreeMap<FilePath, u32>,
}

impl Sources {
    /// Lays the rows out.
    pub(super) fn new(book: &Book<'_>) -> Self {
        let first = table(book).first_row();
        let files = book.summary.files.iter().take(sheets::capacity(first));
        Self { rows: files.map(|file| file.path.clone()).zip(first..).collect() }
    }

    /// The place of a file, as links name it.
    pub(super) fn place(&self, file: &FilePath) -> Option<String> {
        Some(format!("'{NAME}'!A{}", self.rows.get(file)? + 1))
    }
}

fn table(book: &Book<'_>) -> Table<'static> {
    let summary = book.summary;
    let profile = &summary.profile;
    let tool = format!(
        "Lập bằng qc17 phiên bản {}. Hồ sơ quy tắc: {} ({}), {}; SHA-256 {}.",
        env!("CARGO_PKG_VERSION"),
        profile.name,
        profile.id,
        profile.status,
        profile.sha256
    );
    Table {
        name: NAME,
        title: "NGUỒN SỐ LIỆU",
        remarks: vec![super::caption(summary), tool],
        columns: COLUMNS,
        numbered: false,
        frozen: 2,
        tab: Tab::Grounds,
        kinds: PLAIN,
        rows: u32::try_from(summary.files.len()).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// Adds the sheet.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let table = table(book);
    table.add(to)?;
    let first = table.first_row();
    let rows = Few(move |to: &mut RowWriter<'_>| {
        let files = book.summary.files.iter().take(sheets::capacity(first));
        for ((row, number), file) in (first..).zip(1u64..).zip(files) {
            to.open(row, 0);
            to.number(number);
            self::row(book, file, to);
            to.close();
        }
    });
    fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    Ok(())
}

fn row(book: &Book<'_>, file: &FileLine, to: &mut RowWriter<'_>) {
    let maybe = |to: &mut RowWriter<'_>, text: Option<&str>| match text {
        Some(text) if !text.is_empty() => to.text(text),
        _ => to.blank(),
    };
    to.text(file.path.as_str());
    maybe(to, file.unit.as_ref().map(UnitCode::as_str));
    let line = file.unit.and_then(|code| book.line(code, file.period));
    maybe(to, line.map(|line| line.name.as_str()));
    let form = file.form.map(|form| match form {
        Form::Detail => "Mẫu 01",
        Form::RollUp => "Mẫu 02",
    });
    maybe(to, form);
    to.text(file.status.label());
    for day in [file.received, file.received_last] {
        match day {
            Some(day) => to.date(day),
            None => to.blank(),
        }
    }
    to.number(file.size);
    maybe(to, file.sha256.as_deref());
}
