//! `Lỗi số liệu`: every finding in the official order, each with a link to its file in `Nguồn`.

use super::RenderError;
use super::book::Book;
use super::sheets;
use super::sources::Sources;
use super::stamp::{Fill, Link, Rows};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col};
use super::xml::RowWriter;
use crate::model::explanation::Fate;
use crate::model::{CellRef, Finding, Severity};
use rust_xlsxwriter::{Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Workbook};
use std::ops::Range;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mức độ", 14.0, Shape::Word),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 20.0, Shape::Text),
    col("Tệp", 36.0, Shape::Link),
    col("Trang", 18.0, Shape::Text),
    col("Ô", 7.0, Shape::Word),
    col("Giá trị đọc được", 18.0, Shape::Text),
    col("Nội dung", 48.0, Shape::Text),
    col("Cách xử lý", 44.0, Shape::Text),
    col("Mã lỗi", 20.0, Shape::Word),
    col("So với lần trước", 8.0, Shape::Word),
    col("Giải trình", 30.0, Shape::Text),
    col("Khóa", 13.0, Shape::Word),
];

const NAME: &str = "Lỗi số liệu";
const FILE_COL: u32 = 4;

fn table(name: &str, rows: usize, remarks: Vec<String>) -> Table<'_> {
    Table {
        name,
        title: "LỖI SỐ LIỆU VÀ ĐIỀU CẦN KIỂM TRA",
        remarks,
        columns: COLUMNS,
        numbered: false,
        frozen: 2,
        tab: Tab::Faults,
        kinds: PLAIN,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// Adds the sheet, or the sheets where there are too many findings for one.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    sources: &Sources,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let findings = &book.summary.findings;
    let remarks = remarks(book);
    let capacity = sheets::capacity(table(NAME, 0, remarks.clone()).first_row());
    for (at, range) in sheets::split(findings.len(), capacity).into_iter().enumerate() {
        let name = sheets::name(NAME, at);
        let table = table(&name, range.len(), remarks.clone());
        let sheet = table.add(to)?;
        let (first, last) = (table.first_row(), table.last_row());
        for (severity, ink) in [(Severity::Error, 0xC0_0000), (Severity::Warning, 0x9C_5700)] {
            let look = Format::new().set_font_color(Color::RGB(ink)).set_bold();
            let rule = ConditionalFormatCellRule::EqualTo(severity.label().to_owned());
            let rule = ConditionalFormatCell::new().set_rule(rule).set_format(look);
            sheet.add_conditional_format(first, 1, last, 1, &rule)?;
        }
        let here = (first..).zip(findings.get(range.clone()).unwrap_or_default());
        let links = here.filter_map(|(row, finding)| {
            let to = sources.place(finding.place.file.as_ref()?)?;
            Some(Link { from: CellRef::new(row, FILE_COL), to })
        });
        let links = links.collect();
        let rows = FindingRows { book, first_row: first, range };
        fills.push(Fill::new(&table, to.worksheets().len(), rows, links));
    }
    Ok(())
}

/// What the findings are, and which explanations no longer do anything.
fn remarks(book: &Book<'_>) -> Vec<String> {
    let mut remarks = vec![remark(&book.summary.findings)];
    for fate in [Fate::Expired, Fate::Unmatched, Fate::Replaced] {
        let rows = book.summary.explanations.iter().filter(|one| one.fate == fate);
        let rows: Vec<String> = rows
            .map(|one| {
                let row = &one.explanation;
                format!("dòng {} ({} của {})", row.line, row.code, row.unit)
            })
            .collect();
        if !rows.is_empty() {
            remarks.push(format!(
                "Giải trình {}: {}.",
                fate.label().to_lowercase(),
                rows.join("; ")
            ));
        }
    }
    remarks
}

fn remark(findings: &[Finding]) -> String {
    let counts = Severity::ALL.map(|severity| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        format!("{}: {}", severity.label(), crate::model::count::grouped(count as u64))
    });
    format!("{}. Nhấn tên tệp để xem tệp đó ở trang Nguồn.", counts.join("; "))
}

struct FindingRows<'a> {
    book: &'a Book<'a>,
    first_row: u32,
    range: Range<usize>,
}

impl Rows for FindingRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (range, first) = sheets::piece(&self.range, piece, self.first_row);
        let findings = self.book.summary.findings.get(range.clone()).unwrap_or_default();
        for ((row, number), finding) in (first..).zip(1 + range.start as u64..).zip(findings) {
            to.open(row, 0);
            to.number(number);
            let at = usize::try_from(number).unwrap_or_default().wrapping_sub(1);
            self.row(finding, self.since(at), to);
            to.close();
        }
    }
}

impl FindingRows<'_> {
    /// Whether the finding is new since the earlier run, where there was one.
    fn since(&self, at: usize) -> Option<&'static str> {
        let new = *self.book.summary.changes.as_ref()?.is_new.get(at)?;
        Some(if new { "Mới" } else { "Còn" })
    }

    fn row(&self, finding: &Finding, since: Option<&str>, to: &mut RowWriter<'_>) {
        let maybe = |to: &mut RowWriter<'_>, text: Option<&str>| match text {
            Some(text) if !text.is_empty() => to.text(text),
            _ => to.blank(),
        };
        let place = &finding.place;
        to.text(finding.severity.label());
        maybe(to, finding.unit.as_ref().map(crate::model::UnitCode::as_str));
        let line = finding.unit.and_then(|code| self.book.line(code, finding.period));
        maybe(to, line.map(|line| line.name.as_str()));
        maybe(to, place.file.as_ref().map(crate::model::submission::FilePath::as_str));
        maybe(to, place.sheet.as_ref().map(|sheet| &*sheet.name));
        maybe(to, place.cell.map(|cell| cell.to_string()).as_deref());
        maybe(to, finding.value.as_deref());
        to.text(&finding.message);
        to.text(&finding.help);
        to.text(&format!("{} {}", finding.rule.code, finding.rule.slug));
        maybe(to, since);
        maybe(to, finding.explanation.as_ref().map(|one| one.words()).as_deref());
        to.text(&finding.key());
    }
}
