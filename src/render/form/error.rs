//! Why a blank form could not be drawn.

use crate::render::workbook::RenderError;

/// Why a blank form could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The writing library refused a sheet.
    #[error("Không lập được biểu trắng .xlsx: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// The package could not be taken apart or put together.
    #[error(transparent)]
    Package(#[from] RenderError),
    /// The library wrote the workbook's frame in a way that is not known here.
    #[error("Không lập được biểu trắng .xlsx: khung bảng tính không như mong đợi")]
    Frame,
    /// The embedded guide does not fit the program.
    #[error("Tệp hướng dẫn đi kèm chương trình bị hỏng: {0}")]
    Guide(#[from] toml::de::Error),
    /// The embedded template lacks a table.
    #[error("Tệp mẫu biểu đi kèm chương trình thiếu {0}")]
    Template(&'static str),
}
