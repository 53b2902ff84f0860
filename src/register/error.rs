//! Why a register cannot be used, said in Vietnamese with the remedy.

use crate::notation::system::why;
use std::io;

/// Why a register (danh mục đơn vị) cannot be used. `line` counts from 1, the header included.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The file cannot be read.
    #[error(
        "Không đọc được danh mục đơn vị {file}: {}. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.",
        why(source)
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is larger than any register.
    #[error(
        "Danh mục đơn vị {file} lớn hơn {limit_mb} MB, không phải danh mục đơn vị. Hãy kiểm tra lại đường dẫn."
    )]
    TooLarge {
        /// The file.
        file: String,
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// The file is not UTF-8.
    #[error("Danh mục đơn vị {file} không ở bảng mã UTF-8. Hãy lưu lại tệp ở dạng “CSV UTF-8”.")]
    NotUtf8 {
        /// The file.
        file: String,
    },
    /// The header row is another one.
    #[error(
        "{file}, dòng 1: tiêu đề cột chưa đúng (đang là “{found}”). Hãy sửa thành: {expected}, cách nhau bằng dấu phẩy."
    )]
    Header {
        /// The file.
        file: String,
        /// The columns that are there.
        found: String,
        /// The columns that should be there.
        expected: String,
    },
    /// A row breaks the table.
    #[error("{file}, dòng {line}: {problem}")]
    Row {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// What is wrong with the row.
        problem: RowProblem,
    },
}

/// What is wrong with a row of a register.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// Too many or too few cells, or an unclosed quotation mark.
    #[error("số ô của dòng không khớp dòng tiêu đề. Hãy bổ sung hoặc bỏ bớt dấu phẩy.")]
    Cells,
    /// No usable code.
    #[error("mã “{0}” ở cột {1} không hợp lệ. Mã gồm 1 đến 8 chữ số hoặc chữ cái không dấu.")]
    Code(String, &'static str),
    /// No name.
    #[error("thiếu tên đơn vị ở cột name. Hãy nhập tên, không kèm chữ xã, phường, huyện, tỉnh.")]
    Name,
    /// A word outside the list.
    #[error("“{0}” ở cột {1} không có trong danh mục. Hãy dùng một trong: {2}.")]
    Word(String, &'static str, String),
    /// Not a date.
    #[error("ngày “{0}” ở cột {1} không hợp lệ. Hãy ghi dạng năm-tháng-ngày, ví dụ 2025-07-01.")]
    Day(String, &'static str),
    /// The stretch ends before it begins.
    #[error("valid_to đứng trước valid_from. Hãy sửa lại hai ngày.")]
    Backwards,
    /// Two stretches of one code overlap.
    #[error(
        "mã {0} đã có một dòng khác cùng thời gian hiệu lực. Hãy sửa ngày để hai dòng không chồng nhau."
    )]
    Overlap(String),
    /// A province with a parent, or another unit without.
    #[error(
        "đơn vị cấp tỉnh phải để trống parent_code, các đơn vị khác phải có. Hãy sửa cột parent_code."
    )]
    ParentMissing,
    /// The parent is not there.
    #[error(
        "đơn vị cấp trên {0} không có hiệu lực vào ngày {1}. Hãy thêm dòng của đơn vị đó hoặc sửa parent_code."
    )]
    ParentUnknown(String, String),
    /// The parent stands at the same level or below.
    #[error("đơn vị cấp trên {0} không ở cấp cao hơn. Hãy sửa parent_code hoặc level.")]
    ParentLevel(String),
    /// A change names a unit that is not there.
    #[error("mã {0} ở cột {1} không có hiệu lực vào ngày {2}. Hãy sửa mã hoặc effective_date.")]
    Unresolved(String, &'static str, String),
}
