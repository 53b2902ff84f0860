//! Form 01 of one unit, cell by cell in the order of `make_corpus.py`.

use crate::book::{Book, Frame, Sheet};
use crate::plan::{Meeting, Petition, Unit};
use crate::{Failure, Quarter};
use chrono::NaiveDate;

/// The sheets of the form.
pub(crate) const SHEETS: [&str; 4] =
    ["Thông tin", "Biểu 1 - Hội nghị", "Biểu 2 - Kiến nghị", "Biểu 3 - Tồn đọng"];

#[rustfmt::skip]
const MEETING_HEAD: [(&str, &str); 27] = [
    ("", "STT"), ("", "Ngày tổ chức"), ("", "Địa điểm"), ("", "Hình thức"), ("", "Loại cuộc"), ("", "Chủ trì"),
    ("", "Họ tên, chức vụ người chủ trì"), ("", "Chủ đề, nội dung"), ("", "Lồng ghép hội nghị tuyên vận"),
    ("", "Ngày thông báo trước"), ("Số lượt người tham gia", "Tổng số"), ("Số lượt người tham gia", "Nữ"),
    ("Số lượt người tham gia", "Dân tộc thiểu số"), ("", "Số người phát biểu"), ("Ý kiến, kiến nghị", "Tổng số"),
    ("Ý kiến, kiến nghị", "Trả lời tại hội nghị"), ("Ý kiến, kiến nghị", "Đã giải quyết sau hội nghị"),
    ("Ý kiến, kiến nghị", "Đang giải quyết"), ("Ý kiến, kiến nghị", "Chưa giải quyết"),
    ("Ý kiến, kiến nghị", "Chuyển cấp trên"), ("Kế hoạch", "Số"), ("Kế hoạch", "Ngày"), ("", "Ngày biên bản"),
    ("Thông báo kết luận", "Số"), ("Thông báo kết luận", "Ngày"), ("", "Ngày công khai"), ("", "Ghi chú"),
];
#[rustfmt::skip]
const PETITION_HEAD: [&str; 13] = [
    "STT", "Cuộc số", "Nội dung ý kiến, kiến nghị", "Lĩnh vực", "Thẩm quyền giải quyết", "Cơ quan giải quyết",
    "Ngày tiếp nhận", "Ngày báo nhận, chuyển", "Kết quả", "Văn bản trả lời - Số", "Văn bản trả lời - Ngày",
    "Kiến nghị lặp lại", "Ghi chú",
];
const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

/// The file of a unit.
pub(crate) fn write(frame: &Frame, unit: &Unit, quarter: Quarter) -> Result<Vec<u8>, Failure> {
    let mut book = Book::default();
    let mut sheets: [Sheet; 4] = Default::default();
    let [info, meetings, petitions, _] = &mut sheets;
    about(&mut book, info, unit, quarter)?;
    meeting_head(&mut book, meetings);
    for (row, meeting) in (5..).zip(&unit.meetings) {
        self::meeting(&mut book, meetings, row, meeting, quarter)?;
    }
    book.text(petitions, 0, 0, "BIỂU 2: Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN");
    for (col, head) in (0..).zip(PETITION_HEAD) {
        book.text(petitions, 2, col, head);
        petitions.number(3, col, col + 1);
    }
    for (row, petition) in (4..).zip(&unit.petitions) {
        self::petition(&mut book, petitions, row, petition, quarter)?;
    }
    frame.file(&book, &sheets)
}

fn about(book: &mut Book, sheet: &mut Sheet, unit: &Unit, quarter: Quarter) -> Result<(), Failure> {
    let name = format!("Xã {}", unit.name);
    let period = format!("Quý {}/{}", QUARTERS[quarter.number as usize - 1], quarter.year);
    let rows = [
        ("Mã đơn vị", unit.code.as_str()),
        ("Tên đơn vị", &name),
        ("Huyện, thị xã, thành phố", &unit.district),
        ("Kỳ báo cáo", &period),
        ("Số, ký hiệu báo cáo", "05-BC/ĐU"),
        ("Ngày báo cáo", ""),
        ("Người lập biểu", "Nguyễn Văn A"),
        ("Điện thoại", ""),
        ("Người ký", "Trần Thị B"),
        ("Chức vụ người ký", "Bí thư"),
        ("Lý do không tổ chức", ""),
    ];
    for (row, (key, value)) in (0..).zip(rows) {
        book.text(sheet, row, 0, key);
        if row == 5 {
            sheet.day(row, 1, quarter.serial(28, 0)?);
        } else {
            book.text(sheet, row, 1, value);
        }
    }
    Ok(())
}

fn meeting_head(book: &mut Book, sheet: &mut Sheet) {
    book.text(sheet, 0, 0, "BIỂU 1: KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI TRỰC TIẾP VỚI NHÂN DÂN");
    let mut groups: Vec<(&str, u32, u32)> = Vec::new();
    for (col, (group, head)) in (0..).zip(MEETING_HEAD) {
        book.text(sheet, if group.is_empty() { 2 } else { 3 }, col, head);
        sheet.number(4, col, col + 1);
        if group.is_empty() {
            book.merge(sheet, [2, col, 3, col], head);
        } else if let Some(open) = groups.iter_mut().find(|open| open.0 == group) {
            open.2 = col;
        } else {
            groups.push((group, col, col));
        }
    }
    for (group, first, last) in groups {
        book.merge(sheet, [2, first, 2, last], group);
    }
}

fn meeting(
    book: &mut Book,
    sheet: &mut Sheet,
    row: u32,
    meeting: &Meeting,
    quarter: Quarter,
) -> Result<(), Failure> {
    let day = |later: i64| quarter.serial(meeting.day, later);
    let number = row - 4;
    let share = meeting.opinions();
    sheet.number(row, 0, number);
    sheet.day(row, 1, day(0)?);
    book.text(sheet, row, 2, &format!("Nhà văn hóa thôn {}", meeting.place));
    book.text(sheet, row, 3, "Trực tiếp");
    book.text(sheet, row, 4, if meeting.periodic { "Định kỳ" } else { "Đột xuất" });
    book.text(sheet, row, 5, meeting.chair);
    book.text(sheet, row, 6, "Nguyễn Văn A");
    book.text(sheet, row, 7, meeting.topic);
    book.text(sheet, row, 8, "Không");
    sheet.day(row, 9, day(-9)?);
    let people = meeting.attendees;
    let counts = [people, people / 2, people / 3, people.min(share), share];
    for (col, count) in (10..).zip(counts.into_iter().chain(meeting.outcomes)) {
        sheet.number(row, col, count);
    }
    book.text(sheet, row, 20, "12-KH/ĐU");
    sheet.day(row, 21, day(-20)?);
    sheet.day(row, 22, day(0)?);
    book.text(sheet, row, 23, &format!("{number:02}-TB/ĐU"));
    sheet.day(row, 24, day(i64::from(meeting.notice_after))?);
    sheet.day(row, 25, day(10)?);
    Ok(())
}

fn petition(
    book: &mut Book,
    sheet: &mut Sheet,
    row: u32,
    petition: &Petition,
    quarter: Quarter,
) -> Result<(), Failure> {
    let number = row - 3;
    sheet.number(row, 0, number);
    sheet.number(row, 1, petition.meeting);
    book.text(sheet, row, 2, &petition.content);
    book.text(sheet, row, 3, petition.field);
    book.text(sheet, row, 4, petition.authority);
    book.text(sheet, row, 5, "UBND xã");
    sheet.day(row, 6, quarter.serial(petition.day, 0)?);
    sheet.day(row, 7, quarter.serial(petition.day, 3)?);
    book.text(sheet, row, 8, &format!("K{}", petition.outcome));
    if [2, 5].contains(&petition.outcome) {
        book.text(sheet, row, 9, &format!("{number:02}/UBND"));
        sheet.day(row, 10, quarter.serial(petition.day, 8)?);
    }
    Ok(())
}

impl Quarter {
    /// A day of the quarter's last month, some days later, as spreadsheets count.
    fn serial(self, day: u32, later: i64) -> Result<u32, Failure> {
        let date = NaiveDate::from_ymd_opt(self.year, self.number * 3, day).ok_or("no such day")?;
        let zero = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or("no such day")?;
        Ok(u32::try_from((date - zero).num_days() + later)?)
    }
}
