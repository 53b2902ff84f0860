//! Why a file, or a part of one, cannot be read, and the finding that says so.

use super::limits::Passed;
use crate::model::submission::FilePath;
use crate::model::{Finding, Place};
use crate::rules::tep;
use thiserror::Error;

/// What stopped the reading.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Fault {
    /// The content is damaged; the words say what is wrong with it, in Vietnamese.
    #[error("không đọc được tệp: {0}")]
    Broken(&'static str),
    /// The content is encrypted.
    #[error("tệp có mật khẩu")]
    Password,
    /// The content is sound but no spreadsheet; the words name it, in Vietnamese.
    #[error("không phải bảng tính mà là {0}")]
    NotSpreadsheet(&'static str),
    /// A limit of safety was passed.
    #[error("vượt giới hạn an toàn: {}", .0.words())]
    Limit(Passed),
    /// A kind of spreadsheet that is recognised but not read; the words name it.
    #[error("không đọc được tệp: chưa đọc được loại {0}")]
    Unsupported(&'static str),
}

/// What a file is called of which only the beginning came.
pub(super) const TORN: Fault =
    Fault::Broken("hỏng hoặc chỉ còn một phần, thường do gửi hay tải về dở dang");

impl Fault {
    /// The finding that rejects the whole file.
    pub(super) fn rejects(&self, file: &FilePath) -> Finding {
        self.finding(Place::file(file.clone()))
    }

    /// The finding about that place.
    pub(super) fn finding(&self, place: Place) -> Finding {
        let rule = match self {
            Self::Broken(_) | Self::Unsupported(_) => &tep::TEP01,
            Self::Password => &tep::TEP02,
            Self::NotSpreadsheet(_) => &tep::TEP03,
            Self::Limit(_) => &tep::TEP04,
        };
        let words = self.to_string();
        let mut letters = words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let finding = Finding::new(
            rule,
            place,
            format!("{}{}.", first.collect::<String>(), letters.as_str()),
        );
        match self {
            Self::Unsupported(_) => {
                finding.help("Mở tệp bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi gửi lại.")
            }
            Self::Limit(passed) => match passed.option() {
                Some(name) => {
                    let help = format!(
                        "{} Nếu tệp đúng là báo cáo lớn như vậy: chạy lại với giới hạn cao hơn, --limit {name}=SỐ.",
                        finding.help
                    );
                    finding.help(help)
                }
                None => finding,
            },
            _ => finding,
        }
    }
}

impl From<Passed> for Fault {
    fn from(passed: Passed) -> Self {
        Self::Limit(passed)
    }
}
