//! The aggregated workbook: every summary figure a formula over the rows it comes from, its value stored.

mod annex;
mod attention;
mod book;
mod chart;
mod compared;
mod counting;
mod figure;
mod findings;
mod grounds;
mod ledger;
mod meetings;
mod open_petitions;
mod overview;
pub(super) mod package;
mod petition_flow;
mod petitions;
pub mod review;
mod sheets;
mod sources;
mod stamp;
pub(super) mod style;
mod subjects;
pub(super) mod table;
mod units;
mod words;
mod xml;

pub(super) use xml::push_escaped;

use crate::aggregate::Summary;
use annex::Annex;
use book::Book;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use sources::Sources;
use stamp::Fill;
use std::collections::BTreeMap;
use std::io::{Cursor, Seek, Write};
use subjects::Subjects;

/// Why the workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The writing library refused a sheet.
    #[error("Không lập được bảng tổng hợp .xlsx: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// The package could not be taken apart or put together.
    #[error("Không đóng gói được bảng tổng hợp .xlsx: {0}")]
    Package(#[from] zip::result::ZipError),
    /// The package could not be written.
    #[error("Không ghi được bảng tổng hợp .xlsx: {0}")]
    Write(std::io::Error),
    /// Compression failed.
    #[error("Không nén được bảng tổng hợp .xlsx: {0}")]
    Compress(#[from] std::io::Error),
    /// The library wrote a sheet in a way that is not known here.
    #[error("Không lập được bảng tổng hợp .xlsx: phần {0} không có khung như mong đợi")]
    Frame(String),
    /// More than the format can hold.
    #[error("Bảng tổng hợp .xlsx vượt quá 4 GB; hãy tổng hợp theo phạm vi nhỏ hơn (--scope)")]
    TooLarge,
}

/// Draws the workbook. Equal summaries give equal bytes.
pub fn workbook(summary: &Summary) -> Result<Vec<u8>, RenderError> {
    let mut out = Cursor::new(Vec::new());
    workbook_to(summary, &mut out)?;
    Ok(out.into_inner())
}

/// As [`workbook`], written while it is made.
pub fn workbook_to(summary: &Summary, out: impl Write + Seek) -> Result<(), RenderError> {
    let book = Book::new(summary);
    let meeting_sheets = sheets::split(book.meetings.len(), meetings::capacity()).len();
    let annex = Annex::new(&book, meeting_sheets);
    let subjects = Subjects::new(&book, &annex, petitions::sheet_count(&book));
    let mut to = Workbook::new();
    let default = style::base();
    to.set_default_format(&default, 20, 64)?;
    let title = format!(
        "Tổng hợp kết quả tiếp xúc, đối thoại trực tiếp với Nhân dân, {}",
        caption(summary)
    );
    to.set_properties(&properties(title, summary.as_of)?);
    let mut fills = Vec::new();
    overview::add(&book, &annex, &subjects, &mut to)?;
    let sources = Sources::new(&book);
    units::add(&book, &annex, &sources, &mut to, &mut fills)?;
    subjects.add(&book, &mut to, &mut fills)?;
    attention::add(&book, &annex, &mut to, &mut fills)?;
    open_petitions::add(&book, &mut to, &mut fills)?;
    compared::add(&book, &annex, &mut to, &mut fills)?;
    meetings::add(&book, &mut to, &mut fills)?;
    petitions::add(&book, &mut to, &mut fills)?;
    ledger::add(&book, meeting_sheets, &mut to, &mut fills)?;
    petition_flow::add(&book, &mut to, &mut fills)?;
    findings::add(&book, &sources, &mut to, &mut fills)?;
    let used = (summary.profiles_used(), summary.geography.is_some());
    grounds::add((&used.0, used.1), caption(summary), &mut to, &mut fills)?;
    sources::add(&book, &mut to, &mut fills)?;
    finish(&mut to, &fills, out)
}

/// Puts the rows into the sheets and writes the package.
fn finish(
    to: &mut Workbook,
    fills: &[Fill<'_>],
    out: impl Write + Seek,
) -> Result<(), RenderError> {
    let frame = to.save_to_buffer()?;
    let parts = package::read(&frame)?;
    let mut fills: BTreeMap<String, &Fill<'_>> =
        fills.iter().map(|fill| (fill.part(), fill)).collect();
    let mut package = package::Writer::new(out);
    for part in &parts {
        match fills.remove(part.name()) {
            Some(fill) => fill.apply(part, &mut package)?,
            None => package.copy(part)?,
        }
    }
    match fills.into_keys().next() {
        Some(missing) => Err(RenderError::Frame(missing)),
        None => package.finish(),
    }
}

fn properties(title: String, day: NaiveDate) -> Result<DocProperties, RenderError> {
    let year = u16::try_from(day.year()).unwrap_or(1980);
    let month = u8::try_from(day.month()).unwrap_or(1);
    let made = ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).unwrap_or(1))?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject("Quy chế 17-QC/TU")
        .set_author(format!("qc17 {}", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&made))
}

/// What every sheet says under its title: where, which quarter, as of when.
fn caption(summary: &Summary) -> String {
    format!(
        "{}, {}; số liệu tính đến ngày {}; hạn nộp báo cáo {}",
        summary.scope.full_name(),
        summary.period.label(),
        summary.as_of.format("%d/%m/%Y"),
        summary.deadline.format("%d/%m/%Y")
    )
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
