//! What the operating system says about a failure, in Vietnamese.

use std::io::{self, ErrorKind};

/// Why the system refused, in words for a sentence: `không có quyền`.
pub fn why(error: &io::Error) -> String {
    match (error.kind(), error.raw_os_error()) {
        (ErrorKind::NotFound, _) => "đường dẫn không tồn tại".to_owned(),
        (ErrorKind::PermissionDenied, _) => "không có quyền".to_owned(),
        (ErrorKind::ReadOnlyFilesystem, _) => "ổ đĩa chỉ đọc".to_owned(),
        (ErrorKind::InvalidFilename, _) => "tên không hợp lệ hoặc quá dài".to_owned(),
        (ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy, _) => "đang được dùng".to_owned(),
        (ErrorKind::StorageFull | ErrorKind::QuotaExceeded, _) => "ổ đĩa đã đầy".to_owned(),
        (ErrorKind::IsADirectory, _) => "đó là một thư mục".to_owned(),
        (ErrorKind::NotADirectory, _) => "đó không phải là thư mục".to_owned(),
        (ErrorKind::InvalidData, _) => "nội dung không phải chữ UTF-8".to_owned(),
        (_, Some(code)) => format!("mã lỗi hệ thống {code}"),
        _ => "hệ thống không nói rõ".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_said_in_vietnamese() {
        for (error, said) in [
            (ErrorKind::NotFound.into(), "đường dẫn không tồn tại"),
            (ErrorKind::PermissionDenied.into(), "không có quyền"),
            (ErrorKind::StorageFull.into(), "ổ đĩa đã đầy"),
            (ErrorKind::InvalidData.into(), "nội dung không phải chữ UTF-8"),
            (io::Error::from_raw_os_error(1_000_000), "mã lỗi hệ thống 1000000"),
            (io::Error::other("words of a library"), "hệ thống không nói rõ"),
        ] {
            assert_eq!(why(&error), said);
        }
    }
}
