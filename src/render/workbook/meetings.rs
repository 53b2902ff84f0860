//! `Hội nghị`: every row of Biểu 1 as it was understood, with its source.

use super::book::{Book, MeetingRow};
use super::counting::suffix;
use super::stamp::{Fill, Rows};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col, sub};
use super::words::{self, UNREADABLE};
use super::xml::RowWriter;
use super::{RenderError, sheets};
use crate::model::privacy::masked;
use crate::model::{Count, Field, Reading, Text};
use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use std::ops::Range;

const PEOPLE: &str = "Số lượt người tham gia";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const PLAN: &str = "Kế hoạch";
const NOTICE: &str = "Thông báo kết luận";
const COUNTING: &str = "Cách tính";
pub(super) const SOURCE: &str = "Nguồn";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT ở PL1", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 15.0, Shape::Text),
    col("Huyện, thị xã, thành phố", 13.0, Shape::Text),
    col("STT", 5.0, Shape::Ordinal),
    col("Ngày tổ chức", 10.5, Shape::Date),
    col("Địa điểm", 16.0, Shape::Text),
    col("Hình thức", 10.0, Shape::Word),
    col("Loại cuộc", 9.0, Shape::Word),
    col("Chủ trì", 12.0, Shape::Word),
    col("Họ tên, chức vụ người chủ trì", 17.0, Shape::Text),
    col("Chủ đề, nội dung", 30.0, Shape::Text),
    col("Lồng ghép hội nghị tuyên vận", 9.0, Shape::Word),
    col("Ngày thông báo trước", 10.5, Shape::Date),
    sub(PEOPLE, "Tổng số", 8.0, Shape::Number),
    sub(PEOPLE, "Nữ", 7.0, Shape::Number),
    sub(PEOPLE, "Dân tộc thiểu số", 8.0, Shape::Number),
    col("Số người phát biểu", 8.0, Shape::Number),
    sub(OPINIONS, "Tổng số", 8.0, Shape::Number),
    sub(OPINIONS, "Trả lời tại hội nghị", 8.0, Shape::Number),
    sub(OPINIONS, "Đã giải quyết sau hội nghị", 8.0, Shape::Number),
    sub(OPINIONS, "Đang giải quyết", 8.0, Shape::Number),
    sub(OPINIONS, "Chưa giải quyết", 8.0, Shape::Number),
    sub(OPINIONS, "Chuyển cấp trên", 8.0, Shape::Number),
    sub(PLAN, "Số", 11.0, Shape::Text),
    sub(PLAN, "Ngày", 10.5, Shape::Date),
    col("Ngày biên bản", 10.5, Shape::Date),
    sub(NOTICE, "Số", 11.0, Shape::Text),
    sub(NOTICE, "Ngày", 10.5, Shape::Date),
    col("Ngày công khai", 10.5, Shape::Date),
    col("Ghi chú", 14.0, Shape::Text),
    sub(COUNTING, "Tính vào số liệu", 8.0, Shape::Number),
    sub(COUNTING, "Tính vào chỉ tiêu", 8.0, Shape::Number),
    sub(COUNTING, "Thông báo kết luận", 11.0, Shape::Word),
    sub(SOURCE, "Tệp", 22.0, Shape::Text),
    sub(SOURCE, "Trang", 12.0, Shape::Text),
    sub(SOURCE, "Dòng", 7.0, Shape::Ordinal),
];

/// The columns that formulas read, by name.
const NAMES: &[(&str, u16)] = &[
    ("HN_TT", 0),
    ("HN_LOAI", 8),
    ("HN_CHUTRI", 9),
    ("HN_NGUOI", 14),
    ("HN_YKIEN", 18),
    ("HN_KQ1", 19),
    ("HN_KQ2", 20),
    ("HN_KQ3", 21),
    ("HN_KQ4", 22),
    ("HN_KQ5", 23),
    ("HN_TINH", 31),
    ("HN_CHITIEU", 32),
    ("HN_TBKL", 33),
];

/// The name of the first sheet.
pub(super) const NAME: &str = "Hội nghị";

fn table(name: &str, rows: usize) -> Table<'_> {
    Table {
        name,
        title: "CÁC CUỘC TIẾP XÚC, ĐỐI THOẠI (BIỂU 1)",
        remarks: vec![
            "Tính vào số liệu: 1 = ngày đọc được và trong kỳ; 0 = không tính (xem Lỗi số liệu). \
             Tính vào chỉ tiêu: 1 = được tính theo hồ sơ quy tắc. Ô trống: đơn vị không báo cáo. \
             Không đọc được: có ghi nhưng không hiểu được, không coi là 0."
                .to_owned(),
        ],
        columns: COLUMNS,
        numbered: false,
        frozen: 3,
        tab: Tab::Rows,
        kinds: PLAIN,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        largest: Vec::new(),
    }
}

/// Rows of meetings that one sheet holds.
pub(super) fn capacity() -> usize {
    sheets::capacity(table(NAME, 0).first_row())
}

/// Where a row stands, as links name it.
pub(super) fn place(row: usize) -> String {
    sheets::cell(NAME, row, capacity(), table(NAME, 0).first_row())
}

/// Adds the sheet, or the sheets where there are too many rows for one.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    for (at, range) in sheets::split(book.meetings.len(), capacity()).into_iter().enumerate() {
        let name = sheets::name(NAME, at);
        let mut table = table(&name, range.len());
        table.largest = largest(book.meetings.get(range.clone()).unwrap_or_default());
        table.add(to)?;
        sheets::define(to, &table, &name, NAMES, &suffix(at))?;
        let rows = MeetingRows { book, first_row: table.first_row(), range };
        fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    }
    Ok(())
}

/// The largest number of each column of numbers.
fn largest(rows: &[MeetingRow<'_>]) -> Vec<(u16, u64)> {
    let mut largest: Vec<(u16, u64)> = [4].into_iter().chain(14..=23).map(|col| (col, 0)).collect();
    for meeting in rows.iter().map(|row| row.meeting) {
        let fields = [&meeting.no, &meeting.attendees, &meeting.women, &meeting.minority];
        let fields = fields.into_iter().chain([&meeting.speakers, &meeting.opinions]);
        for ((_, top), field) in largest.iter_mut().zip(fields.chain(&meeting.outcomes)) {
            *top = field.value().map_or(*top, |value| value.get().max(*top));
        }
    }
    largest
}

struct MeetingRows<'a> {
    book: &'a Book<'a>,
    first_row: u32,
    range: Range<usize>,
}

impl Rows for MeetingRows<'_> {
    fn pieces(&self) -> usize {
        sheets::pieces(&self.range)
    }

    fn write(&self, piece: usize, to: &mut RowWriter<'_>) {
        let (rows, first) = sheets::piece(&self.range, piece, self.first_row);
        let meetings = self.book.meetings.get(rows).unwrap_or_default();
        for (row, meeting) in (first..).zip(meetings) {
            to.open(row, 0);
            self.row(meeting, to);
            to.close();
        }
    }
}

impl MeetingRows<'_> {
    fn row(&self, row: &MeetingRow<'_>, to: &mut RowWriter<'_>) {
        let meeting = row.meeting;
        unit(self.book, row.line, to);
        count(to, &meeting.no);
        date(to, &meeting.date);
        text(to, &meeting.place);
        word(to, &meeting.format, words::format);
        word(to, &meeting.kind, words::kind);
        word(to, &meeting.chair, words::chair);
        text(to, &meeting.chair_name);
        text(to, &meeting.topic);
        word(to, &meeting.with_tuyen_van, words::yes);
        date(to, &meeting.announced);
        for field in [&meeting.attendees, &meeting.women, &meeting.minority, &meeting.speakers] {
            count(to, field);
        }
        count(to, &meeting.opinions);
        for field in &meeting.outcomes {
            count(to, field);
        }
        text(to, &meeting.plan_no);
        date(to, &meeting.plan_date);
        date(to, &meeting.minutes_date);
        text(to, &meeting.notice_no);
        date(to, &meeting.notice_date);
        date(to, &meeting.published);
        text(to, &meeting.note);
        to.number(row.facts.counts.into());
        to.number(row.facts.quota.into());
        to.text(words::notice(row.facts.notice));
        to.text(row.file.as_str());
        to.text(&row.sheet.name);
        to.number(u64::from(meeting.row) + 1);
    }
}

/// The four cells that say whose row it is.
pub(super) fn unit(book: &Book<'_>, line: usize, to: &mut RowWriter<'_>) {
    let Some(line) = book.lines.get(line) else { return };
    to.number(line.number.into());
    to.text(line.unit.unit.code.as_str());
    to.text(&line.name);
    if line.district.is_empty() { to.blank() } else { to.text(&line.district) }
}

/// A value as read: blank stays blank, and what could not be read is said.
fn field<T>(to: &mut RowWriter<'_>, field: &Field<T>, given: impl FnOnce(&mut RowWriter<'_>, &T)) {
    match &field.reading {
        Reading::Blank => to.blank(),
        Reading::Unreadable => to.text(UNREADABLE),
        Reading::Given(value) => given(to, value),
    }
}

/// A number.
pub(super) fn count(to: &mut RowWriter<'_>, value: &Field<Count>) {
    field(to, value, |to, value| to.number(value.get()));
}

/// A day.
pub(super) fn date(to: &mut RowWriter<'_>, value: &Field<NaiveDate>) {
    field(to, value, |to, value| to.date(*value));
}

/// Free text, without the personal data that may stand in it.
pub(super) fn text(to: &mut RowWriter<'_>, value: &Field<Text>) {
    field(to, value, |to, value| to.text(&masked(value.as_str())));
}

/// A coded value in words.
pub(super) fn word<T: Copy>(
    to: &mut RowWriter<'_>,
    value: &Field<T>,
    word: impl Fn(T) -> &'static str,
) {
    field(to, value, |to, value| to.text(word(*value)));
}
