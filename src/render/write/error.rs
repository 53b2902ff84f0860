//! Why nothing was written, and what a failure of the system means to the user.

use crate::notation::system::why;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output folder is a file.
    #[error("“{0}” là một tệp, không phải thư mục; hãy chọn thư mục khác để ghi kết quả")]
    NotAFolder(PathBuf),
    /// The output folder does not exist and cannot be made.
    #[error("Không tạo được thư mục kết quả “{0}” ({why}); hãy kiểm tra đường dẫn và quyền ghi", why = why(.1))]
    CannotCreate(PathBuf, #[source] io::Error),
    /// The output folder cannot be written to.
    #[error("Không ghi được vào thư mục “{0}” ({why}); hãy xin quyền ghi hoặc chọn thư mục khác", why = why(.1))]
    NotWritable(PathBuf, #[source] io::Error),
    /// No room is left.
    #[error("Ổ đĩa chứa thư mục “{0}” đã đầy; hãy xóa bớt tệp hoặc chọn ổ đĩa khác rồi chạy lại")]
    DiskFull(PathBuf),
    /// An existing output could not be replaced.
    #[error(
        "Không thay được tệp “{0}” ({why}); tệp có thể đang mở trong Excel hoặc trình đọc PDF: hãy đóng lại rồi chạy lại",
        why = why(.1)
    )]
    Locked(PathBuf, #[source] io::Error),
    /// Somebody protected an existing output against being changed.
    #[error(
        "Tệp “{0}” được đặt chế độ chỉ đọc nên không thay; hãy bỏ chế độ đó hoặc chọn thư mục khác rồi chạy lại"
    )]
    ReadOnly(PathBuf),
    /// A folder has the name of an output.
    #[error("“{0}” là một thư mục nên không ghi được tệp cùng tên; hãy đổi tên thư mục đó")]
    IsFolder(PathBuf),
    /// Another run writes into the same folder.
    #[error("Một lần chạy khác đang ghi vào thư mục “{0}”; hãy chờ lần đó xong rồi chạy lại")]
    Busy(PathBuf),
    /// Somebody asked for the end before everything was there.
    #[error("Đã dừng theo yêu cầu; các tệp kết quả vẫn như trước khi chạy")]
    Stopped,
    /// A name that would lead out of the folder, or that some systems cannot store.
    #[error("Tên tệp kết quả “{0}” không hợp lệ")]
    BadName(String),
    /// Anything else.
    #[error("Không ghi được “{0}” ({why}); hãy kiểm tra đường dẫn và ổ đĩa rồi chạy lại", why = why(.1))]
    Other(PathBuf, #[source] io::Error),
}

/// What a failure in the folder means to the user.
pub(super) fn folder_error(folder: &Path, error: io::Error) -> WriteError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            WriteError::DiskFull(folder.to_owned())
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            WriteError::NotWritable(folder.to_owned(), error)
        }
        _ => WriteError::Other(folder.to_owned(), error),
    }
}

/// What a failure to replace one file means.
pub(super) fn file_error(folder: &Path, file: &Path, error: io::Error) -> WriteError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            WriteError::Locked(file.to_owned(), error)
        }
        ErrorKind::IsADirectory => WriteError::IsFolder(file.to_owned()),
        // Windows: the file is open in another program (sharing violation, lock violation).
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
            WriteError::Locked(file.to_owned(), error)
        }
        _ => folder_error(folder, error),
    }
}
