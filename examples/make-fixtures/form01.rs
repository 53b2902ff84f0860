//! Writes Form 01 (one unit, one quarter) as a workbook of four sheets.

use super::Failure;
use super::form::{Forms, Table};
use super::model::{Meeting, Submission, Value};
use super::register::Level;
use super::sheet::{A3, A4, Heads, Page, Signatures, Total, paper, sum, workbook};
use super::style::Style;
use rust_xlsxwriter::Workbook;

/// The counts that Biểu 1 sums.
const SUMMED: [&str; 10] = [
    "attendees",
    "women",
    "minority",
    "speakers",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
];

/// What the outcome codes mean, under Biểu 2.
const OUTCOME_NOTE: &str = "Ghi chú: K1: trả lời, giải quyết tại hội nghị; K2: đã giải quyết sau \
    hội nghị (có văn bản); K3: đang giải quyết; K4: chưa giải quyết; K5: vượt thẩm quyền, đã \
    chuyển cấp trên. Lĩnh vực ghi theo mã L01 đến L15, L99.";

/// The bytes of the workbook.
pub(crate) fn write(forms: &Forms, submission: &Submission) -> Result<Vec<u8>, Failure> {
    let style = Style::new();
    let mut book = workbook()?;
    info(&mut book, forms, submission, &style)?;
    meetings(&mut book, forms.table("meetings")?, submission, &style)?;
    if submission.petitions.is_some() {
        petitions(&mut book, forms.table("petitions")?, submission, &style)?;
    }
    carried(&mut book, forms.table("carried")?, submission, &style)?;
    Ok(book.save_to_buffer()?)
}

/// The row of the first meeting in Biểu 1, counted from zero.
pub(crate) const FIRST_MEETING: u32 = 5;

fn letterhead(submission: &Submission, form: &str) -> String {
    let unit = &submission.unit;
    let above = match unit.level {
        Level::Province => "ĐẢNG CỘNG SẢN VIỆT NAM".to_owned(),
        _ => format!("ĐẢNG BỘ {}", unit.parent_name.to_uppercase()),
    };
    let own = unit.committee().to_uppercase();
    format!(
        "&L&\"Times New Roman,Regular\"&11{above}\n&\"Times New Roman,Bold\"{own}\
         &R&\"Times New Roman,Italic\"&11{form}"
    )
}

fn info(
    book: &mut Workbook,
    forms: &Forms,
    submission: &Submission,
    style: &Style,
) -> Result<(), Failure> {
    let sheet = book.add_worksheet();
    sheet.set_name(&forms.info.sheet)?;
    sheet.set_column_width(0, 30)?.set_column_width(1, 60)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (row, label) in (0..).zip(&forms.info.label) {
        sheet.write_with_format(row, 0, &label.label, &style.head)?;
        match submission.info(&label.field) {
            Value::Text(text) => sheet.write_with_format(row, 1, text, &style.text)?,
            Value::Date(day) => sheet.write_with_format(row, 1, &day, &style.date)?,
            _ => sheet.write_blank(row, 1, &style.text)?,
        };
    }
    Ok(())
}

fn meetings(
    book: &mut Workbook,
    table: &Table,
    submission: &Submission,
    style: &Style,
) -> Result<(), Failure> {
    let sheet = book.add_worksheet().set_name(&table.sheet)?;
    paper(sheet, A3, &letterhead(submission, "Biểu 1"), (2, 4))?;
    let mut page = Page { sheet, table, style };
    page.titles(&[&format!("{} - {}", submission.period, submission.unit.full_name())])?;
    let first = page.heads(2, Heads::Grouped)?;
    for (no, meeting) in (1..).zip(&submission.meetings) {
        page.row(first + no - 1, |field| meeting.value(field, no))?;
    }
    if submission.meetings.is_empty() {
        page.row(first, |_| Value::Blank)?;
    }
    let rows = u32::try_from(submission.meetings.len().max(1))?;
    let label_to = table.column("attendees") - 1;
    page.total(first + rows, label_to, |field, at| match submission.typed_total {
        Some((typed, number)) if typed == field => Total::Typed(number),
        _ if !SUMMED.contains(&field) => Total::Blank,
        _ => sum(at, first, rows, &stored_sum(&submission.meetings, field)),
    })?;
    page.signatures(first + rows + 2, &signatures(submission))
}

fn stored_sum(meetings: &[Meeting], field: &str) -> String {
    let mut sum = 0;
    for meeting in meetings {
        match meeting.value(field, 0) {
            Value::Number(count) => sum += count,
            Value::LostReference => return "#REF!".to_owned(),
            _ => {}
        }
    }
    sum.to_string()
}

fn petitions(
    book: &mut Workbook,
    table: &Table,
    submission: &Submission,
    style: &Style,
) -> Result<(), Failure> {
    let sheet = book.add_worksheet().set_name(&table.sheet)?;
    paper(sheet, A4, &letterhead(submission, "Biểu 2"), (2, 3))?;
    let mut page = Page { sheet, table, style };
    page.titles(&[&format!("{} - {}", submission.period, submission.unit.full_name())])?;
    let first = page.heads(2, Heads::Flat)?;
    for (no, petition) in (1..).zip(submission.petitions.iter().flatten()) {
        page.row(first + no - 1, |field| petition.value(field, no))?;
    }
    let rows = u32::try_from(submission.petitions.iter().flatten().count())?;
    page.note(first + rows + 1, OUTCOME_NOTE)
}

fn carried(
    book: &mut Workbook,
    table: &Table,
    submission: &Submission,
    style: &Style,
) -> Result<(), Failure> {
    let sheet = book.add_worksheet().set_name(&table.sheet)?;
    paper(sheet, A4, &letterhead(submission, "Biểu 3"), (2, 3))?;
    let mut page = Page { sheet, table, style };
    page.titles(&[&format!("{} - {}", submission.period, submission.unit.full_name())])?;
    let first = page.heads(2, Heads::Flat)?;
    for (no, row) in (1..).zip(&submission.carried) {
        page.row(first + no - 1, |field| row.value(field, no))?;
    }
    Ok(())
}

fn signatures(submission: &Submission) -> Signatures {
    let unit = &submission.unit;
    let day = submission.report_date.map_or_else(
        || "ngày      tháng      năm".to_owned(),
        |day| day.format("ngày %d tháng %-m năm %Y").to_string(),
    );
    Signatures {
        place_and_date: format!("{}, {day}", unit.name),
        on_behalf_of: format!("T/M {}", unit.committee_word().to_uppercase()),
        prepared_by: submission.prepared_by.clone(),
        signer: submission.signer.clone(),
    }
}
