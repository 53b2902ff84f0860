//! The words that can stand beside a folder, with their help in Vietnamese.

use super::super::args::{HEADING, Input, TEMPLATE};
use clap::Parser;
use clap::builder::styling::Styles;

/// The way in without a command.
#[derive(Debug, Parser)]
#[command(
    name = "qc17",
    about = "Lập báo cáo của các thư mục, tệp đã chỉ ra; kết quả ở thư mục cùng tên có thêm -ket-qua",
    help_template = TEMPLATE,
    override_usage = "qc17 <THƯ MỤC>... [tùy chọn]",
    disable_help_flag = true,
    styles = Styles::plain(),
    mut_arg("folders", |folders| folders.required(false))
)]
pub(in super::super) struct DoorArgs {
    #[command(flatten)]
    pub(in super::super) input: Input,
    /// Làm luôn, không hỏi lại
    #[arg(short, long, help_heading = HEADING)]
    pub(in super::super) yes: bool,
    /// In hướng dẫn này
    #[arg(short = 'h', long, action = clap::ArgAction::Help, display_order = 1000, help_heading = HEADING)]
    help: Option<bool>,
}
