//! What the operating system says of a failure, in Vietnamese and the same on every machine.

use std::io::{self, ErrorKind};

/// The reason in a few words, to stand in brackets or after a colon.
pub fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "đường dẫn không tồn tại",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ đọc",
        ErrorKind::InvalidFilename => "tên không hợp lệ hoặc quá dài",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "đang được dùng",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đã đầy",
        ErrorKind::FileTooLarge => "tệp quá lớn",
        ErrorKind::IsADirectory => "là thư mục, không phải tệp",
        ErrorKind::NotADirectory => "đường dẫn đi qua một tệp",
        ErrorKind::InvalidData => "không phải văn bản UTF-8",
        _ => {
            return error.raw_os_error().map_or_else(
                || "hệ thống không nói rõ".to_owned(),
                |code| format!("mã lỗi hệ thống {code}"),
            );
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_english_of_the_system_is_shown() {
        for (error, words) in [
            (ErrorKind::NotFound.into(), "đường dẫn không tồn tại"),
            (io::Error::other("disk on fire"), "hệ thống không nói rõ"),
            (io::Error::from_raw_os_error(9_999), "mã lỗi hệ thống 9999"),
        ] {
            assert_eq!(why(&error), words);
        }
        let missing = std::fs::read("không/có/tệp/này").unwrap_err();
        assert_eq!(why(&missing), "đường dẫn không tồn tại");
    }
}
