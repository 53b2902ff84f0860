//! `Sổ chỉ tiêu`: what each unit owed, held and is short of, then each meeting with why it counts or not.

use super::RenderError;
use super::book::{Book, Line};
use super::counting;
use super::figure::figure;
use super::meetings::SOURCE;
use super::sheets;
use super::stamp::{Fill, Rows};
use super::style::{Shape, Tab, Weight};
use super::table::{Column, Table, col, sub};
use super::words::{self, NOTHING};
use super::xml::RowWriter;
use crate::aggregate::{Account, Measure, MeetingAccount};
use rust_xlsxwriter::Workbook;
use std::ops::Range;
use std::sync::Arc;

const HELD: &str = "Đã tổ chức";
const HEADS: &str = "Tính cho";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT ở PL1", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 22.0, Shape::Text),
    col("Chỉ tiêu của kỳ", 8.0, Shape::Number),
    sub(HELD, "Định kỳ", 7.0, Shape::Number),
    sub(HELD, "Đột xuất", 7.0, Shape::Number),
    col("Được tính", 7.0, Shape::Number),
    col("Còn thiếu", 7.0, Shape::Number),
    sub(HEADS, "Bí thư", 7.0, Shape::Number),
    sub(HEADS, "Chủ tịch UBND", 8.0, Shape::Number),
    col("Ngày tổ chức", 11.5, Shape::Date),
    col("Loại cuộc", 9.0, Shape::Word),
    col("Chủ trì", 13.0, Shape::Word),
    col("Kết quả, lý do", 50.0, Shape::Text),
    sub(SOURCE, "Tệp", 24.0, Shape::Text),
    sub(SOURCE, "Trang", 14.0, Shape::Text),
    sub(SOURCE, "Ô", 7.0, Shape::Word),
];

const NAME: &str = "Sổ chỉ tiêu";
/// The sample rows: meetings are plain, units are groups.
const KINDS: &[(Weight, bool)] =
    &[(Weight::Plain, false), (Weight::Group, false), (Weight::Group, true)];
const UNIT: usize = 1;

fn table(name: &str, rows: usize, remarks: Vec<String>) -> Table<'_> {
    Table {
        name,
        title: "SỔ CHỈ TIÊU: TỪNG CUỘC VÀ LÝ DO TÍNH HOẶC KHÔNG TÍNH",
        remarks,
        columns: COLUMNS,
        numbered: false,
        frozen: 3,
        tab: Tab::Rows,
        kinds: KINDS,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// One row of the sheet: a unit, or one of its meetings.
enum Row<'a> {
    Unit(Account<'a>, usize),
    Meeting(MeetingAccount<'a>, usize),
}

/// Adds the sheet, or the sheets where there are too many meetings for one.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    meeting_sheets: usize,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let remarks = vec![super::caption(book.summary), how(book)];
    let rows = Arc::new(rows(book));
    let capacity = sheets::capacity(table(NAME, 0, remarks.clone()).first_row());
    for (at, range) in sheets::split(rows.len(), capacity).into_iter().enumerate() {
        let name = sheets::name(NAME, at);
        let table = table(&name, range.len(), remarks.clone());
        table.add(to)?;
        let rows = LedgerRows {
            book,
            meeting_sheets,
            first_row: table.first_row(),
            rows: Arc::clone(&rows),
            range,
        };
        fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    }
    Ok(())
}

/// How each level's quota reads.
fn how(book: &Book<'_>) -> String {
    let profile = &book.summary.profile;
    let levels =
        crate::model::Level::ALL.into_iter().filter(|level| !book.level(*level).is_empty());
    let quotas: Vec<String> = levels
        .map(|level| {
            let quota = profile.quota(level).map(crate::aggregate::account::quota_words);
            let quota = quota.unwrap_or_else(|| "không có chỉ tiêu".to_owned());
            format!("{}: {quota}", words::level(level))
        })
        .collect();
    format!("Chỉ tiêu theo hồ sơ quy tắc {}. {}.", profile.id, quotas.join("; "))
}

fn rows<'a>(book: &'a Book<'a>) -> Vec<Row<'a>> {
    let mut accounts: Vec<(usize, Account<'a>)> = (book.summary.accounts().into_iter())
        .filter_map(|account| Some((book.line_of(account.line)?.place(), account)))
        .collect();
    accounts.sort_by_key(|(place, _)| *place);
    let mut rows = Vec::new();
    for (place, account) in accounts {
        let meetings: Vec<Row<'a>> =
            account.meetings().map(|meeting| Row::Meeting(meeting, place)).collect();
        rows.push(Row::Unit(account, place));
        rows.extend(meetings);
    }
    rows
}

struct LedgerRows<'a> {
    book: &'a Book<'a>,
    meeting_sheets: usize,
    first_row: u32,
    rows: Arc<Vec<Row<'a>>>,
    range: Range<usize>,
}

impl Rows for LedgerRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (range, first) = sheets::piece(&self.range, piece, self.first_row);
        for (number, row) in (first..).zip(self.rows.get(range).unwrap_or_default()) {
            match row {
                Row::Unit(account, place) => {
                    let Some(line) = self.book.lines.get(*place) else { continue };
                    to.open(number, UNIT);
                    self.unit(account, line, to);
                }
                Row::Meeting(meeting, place) => {
                    let Some(line) = self.book.lines.get(*place) else { continue };
                    to.open(number, 0);
                    self::meeting(meeting, line, to);
                }
            }
            to.close();
        }
    }
}

impl LedgerRows<'_> {
    /// Figures are formulas over `Hội nghị` where those give them, as in PL1.
    fn unit(&self, account: &Account<'_>, line: &Line<'_>, to: &mut RowWriter<'_>) {
        to.number(u64::from(line.number));
        to.text(line.unit.unit.code.as_str());
        to.text(&line.name);
        to.number(u64::from(account.owed));
        for measure in [Measure::Periodic, Measure::AdHoc, Measure::Counted] {
            let tally = line.unit.tallies.get(measure);
            let computed = self.book.of_rows(line, measure);
            let recipe = counting::recipe(measure, self.book.counted(line.unit.unit.level));
            figure(to, UNIT, tally, computed, |row| recipe.formula(row, self.meeting_sheets));
        }
        maybe(to, account.short);
        for head in &account.heads {
            maybe(to, head.counted);
        }
        for _ in 0..3 {
            to.blank();
        }
        to.text(&outcome(line.unit.verdict.label(), account.note.as_deref()));
        for _ in 0..3 {
            to.blank();
        }
    }
}

/// The verdict and what else there is to know, which may be the verdict again.
fn outcome(verdict: &str, note: Option<&str>) -> String {
    let sentence = format!("{verdict}.");
    let rest = note.map(|note| note.replace(&sentence, "")).unwrap_or_default();
    match (note, rest.trim()) {
        (None, _) => verdict.to_owned(),
        (Some(_), "") => sentence,
        (Some(_), rest) => format!("{sentence} {rest}"),
    }
}

fn maybe(to: &mut RowWriter<'_>, count: Option<u32>) {
    match count {
        Some(count) => to.number(u64::from(count)),
        None => to.text(NOTHING),
    }
}

fn meeting(account: &MeetingAccount<'_>, line: &Line<'_>, to: &mut RowWriter<'_>) {
    // Only units have a number in column A, so that no formula takes a meeting for one.
    to.blank();
    to.text(account.unit.as_str());
    to.text(&line.name);
    for _ in 0..3 {
        to.blank();
    }
    match account.counts {
        Some(counts) => to.number(u64::from(counts)),
        None => to.text("chưa rõ"),
    }
    to.blank();
    for head in crate::model::Head::ALL {
        to.number(u64::from(account.entry.credits.contains(&head)));
    }
    match account.meeting.date.value() {
        Some(day) => to.date(day),
        None => to.blank(),
    }
    let word = |word: Option<&'static str>| word.unwrap_or(NOTHING);
    to.text(word(account.meeting.kind.value().map(words::kind)));
    to.text(word(account.entry.chair.map(words::chair)));
    to.text(&account.reason);
    to.text(account.file.as_str());
    to.text(&account.sheet.name);
    to.text(&account.cell.to_string());
}

#[cfg(test)]
mod tests {
    use super::outcome;

    #[test]
    fn a_verdict_is_said_once() {
        for (verdict, note, said) in [
            ("Đạt", None, "Đạt"),
            ("Chưa đạt", Some("Cấp này."), "Chưa đạt. Cấp này."),
            ("Chưa nộp báo cáo", Some("Chưa nộp báo cáo."), "Chưa nộp báo cáo."),
            (
                "Chưa nộp báo cáo",
                Some("Hai cuộc. Chưa nộp báo cáo."),
                "Chưa nộp báo cáo. Hai cuộc.",
            ),
        ] {
            assert_eq!(outcome(verdict, note), said);
        }
    }
}
