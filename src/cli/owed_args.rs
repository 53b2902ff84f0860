//! The words of `qc17 owed`, with their help in Vietnamese.

use super::args::{HEADING, Input};
use clap::Args;
use std::path::PathBuf;

/// `owed`. The default day, on which reports are due, is too late to remind anybody.
#[derive(Debug, Args)]
#[command(mut_arg("as_of", |day| day
    .required(true)
    .help("Ngày xét, ví dụ 2021-03-10 (bắt buộc)")))]
pub(super) struct OwedArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Thư mục ghi dự thảo nhắc việc, mỗi đơn vị một tệp .txt trong thư mục con nhac-viec
    #[arg(short, long, value_name = "THƯ MỤC", help_heading = HEADING)]
    pub(super) out: Option<PathBuf>,
    /// Giữ lại tệp kết quả cũ thành *.bak
    #[arg(long, help_heading = HEADING)]
    pub(super) backup: bool,
}
