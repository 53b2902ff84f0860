//! What the blank form says of a column: in its note, when a cell is entered, and when it is refused.

use super::lists;
use crate::recognise::blank::{BlankColumn, Holds};
use chrono::NaiveDate;

/// Characters of the longest choice that a note spells out.
const LONGEST_CHOICE: usize = 120;

/// The words about one column.
pub(super) struct Words<'a> {
    /// The column.
    pub(super) blank: &'a BlankColumn,
    /// Whether a row cannot be used without it.
    pub(super) required: bool,
    /// What its list offers, where it has one.
    pub(super) offered: &'a [String],
    /// The first and the last day of the report's period.
    pub(super) days: (NaiveDate, NaiveDate),
}

impl Words<'_> {
    /// How the column is filled in: the note on its header, and its line in the guide.
    pub(super) fn whole(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.required {
            parts.push("Bắt buộc.".to_owned());
        }
        parts.extend(self.kind());
        if !self.blank.hint.is_empty() {
            parts.push(self.blank.hint.clone());
        }
        if parts.is_empty() {
            parts.push("Ghi khi cần nói thêm.".to_owned());
        }
        parts.join(" ")
    }

    /// What is said when a cell is entered: short, for it hides the cells beside it.
    pub(super) fn prompt(&self) -> Option<String> {
        match &self.blank.holds {
            Holds::Text => None,
            Holds::Code(_) => Some("Bấm mũi tên để chọn trong danh sách.".to_owned()),
            Holds::Count => Some("Ghi số nguyên. Không có thì ghi 0.".to_owned()),
            Holds::Ordinal => Some(self.blank.hint.clone()),
            _ => self.kind(),
        }
    }

    /// What is said when a value is refused.
    pub(super) fn refusal(&self) -> String {
        match &self.blank.holds {
            Holds::Code(_) => format!(
                "Hãy bấm mũi tên ở cạnh ô và chọn một giá trị trong danh sách (xem trang {}).",
                lists::NAME_IN_TEXT
            ),
            Holds::Count => "Chỉ ghi số nguyên từ 0 trở lên, không ghi chữ.".to_owned(),
            Holds::Ordinal => "Chỉ ghi số thứ tự: 1, 2, 3 …".to_owned(),
            Holds::Date => {
                "Không phải ngày có trong lịch. Hãy ghi ngày/tháng/năm; nếu máy vẫn không nhận, ghi năm-tháng-ngày, ví dụ 2021-05-15.".to_owned()
            }
            Holds::DayOfPeriod => format!(
                "Ngày phải từ {} đến {}. Hãy ghi ngày/tháng/năm; nếu máy vẫn không nhận, ghi năm-tháng-ngày, ví dụ {}.",
                shown(self.days.0),
                shown(self.days.1),
                self.days.1
            ),
            Holds::Quarter | Holds::Text => String::new(),
        }
    }

    fn kind(&self) -> Option<String> {
        match &self.blank.holds {
            Holds::Text | Holds::Ordinal => None,
            Holds::Count => {
                Some("Số nguyên. Không có thì ghi 0; chưa có số liệu thì để trống.".to_owned())
            }
            Holds::Date => Some(format!("Ghi ngày/tháng/năm, ví dụ {}.", shown(self.days.1))),
            Holds::DayOfPeriod => Some(format!(
                "Ghi ngày/tháng/năm, từ {} đến {}.",
                shown(self.days.0),
                shown(self.days.1)
            )),
            Holds::Quarter => Some("Ghi quý và năm, ví dụ Quý I/2021.".to_owned()),
            Holds::Code(_) => {
                let choice = self.offered.join("; ");
                Some(if choice.chars().count() <= LONGEST_CHOICE {
                    format!("Chọn trong danh sách: {choice}.")
                } else {
                    format!("Chọn trong danh sách (xem trang {}).", lists::NAME_IN_TEXT)
                })
            }
        }
    }
}

/// A day as the form writes it.
pub(super) fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
