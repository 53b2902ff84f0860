//! The text for Zalo or a mail: accepted or returned, by when, and what is to be mended.

use super::letter::deadline;
use super::notice::{Answer, Notice, is_open};
use crate::model::privacy::masked;
use crate::model::{Finding, Span};
use std::fmt::Write;

/// A message with more points than these is not read; the workbook has all.
const MOST: usize = 15;

/// The message; `file` is the marked workbook that goes with it.
pub(super) fn message(notice: &Notice<'_>, period: Span, file: &str) -> String {
    let open: Vec<&&Finding> = notice.findings.iter().filter(|finding| is_open(finding)).collect();
    let name = notice.line.unit.full_name();
    let mut out = String::new();
    let head = match notice.answer {
        Answer::Accepted => "ĐÃ CHẤP NHẬN",
        Answer::Returned => "TRẢ LẠI ĐỂ SỬA",
        Answer::Unreadable => "TRẢ LẠI, KHÔNG ĐỌC ĐƯỢC TỆP",
        Answer::NotReceived => "CHƯA NHẬN ĐƯỢC",
    };
    writeln!(out, "{head}: báo cáo {} của {name}.", period.label()).ok();
    writeln!(out, "{}.", deadline(notice)).ok();
    if let Some(heirs) = notice.answered_by() {
        writeln!(out, "Đơn vị không còn hoạt động; đơn vị kế tục trả lời: {heirs}.").ok();
    }
    if notice.is_settled() {
        writeln!(out, "Xem tệp kèm theo: {file}.").ok();
        return out;
    }
    writeln!(out, "{} điểm cần sửa hoặc giải trình:", open.len()).ok();
    for (number, finding) in (1..).zip(open.iter().take(MOST)) {
        let place = match (&finding.place.sheet, finding.place.cell) {
            _ if !notice.is_in_copy(finding) => String::new(),
            (Some(sheet), Some(cell)) => format!("{}, ô {cell}: ", sheet.name),
            (Some(sheet), None) => format!("{}: ", sheet.name),
            (None, _) => String::new(),
        };
        // What the office has refused, or has yet to decide.
        let said = finding.explanation.as_ref().map(|one| format!(" {}.", one.words()));
        let (message, help) = (&finding.message, &finding.help);
        let words = format!("{number}. {place}{message}{} {help}", said.unwrap_or_default());
        writeln!(out, "{}", one_line(&masked(&words))).ok();
    }
    if open.len() > MOST {
        writeln!(out, "… và {} điểm nữa trong tệp kèm theo.", open.len() - MOST).ok();
    }
    let how = if notice.copied.files.is_empty() {
        "Nếu có lý do, ghi vào cột “Giải trình của đơn vị” rồi gửi lại tệp đó."
    } else {
        "Sửa các ô có màu, hoặc ghi lý do vào cột “Giải trình của đơn vị”, rồi gửi lại tệp đó."
    };
    writeln!(out, "Xem tệp kèm theo: {file}. {how}").ok();
    out
}

/// Text from a submission stays on its line.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim_end().to_owned()
}
