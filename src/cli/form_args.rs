//! The words that can be typed behind `form`.

use super::args::{HEADING, code};
use clap::Args;
use qc17::model::{Period, UnitCode};
use std::path::PathBuf;

/// `form`.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// Thư mục báo cáo của kỳ liền trước: kiến nghị chưa giải quyết xong được ghi sẵn vào Biểu 3
    #[arg(value_name = "THƯ MỤC KỲ TRƯỚC", help_heading = "Đầu vào")]
    pub(super) folders: Vec<PathBuf>,
    /// Quý mà biểu báo cáo, ví dụ 2021-Q2
    #[arg(long, value_name = "QUÝ", value_parser = quarter, help_heading = HEADING)]
    pub(super) period: Period,
    /// Thư mục ghi biểu
    #[arg(short, long, value_name = "THƯ MỤC", help_heading = HEADING)]
    pub(super) out: PathBuf,
    /// Phạm vi: mã tỉnh, hoặc mã một huyện để chỉ lập biểu cho huyện đó và các xã
    #[arg(long, value_name = "MÃ", value_parser = code, help_heading = HEADING)]
    pub(super) scope: Option<UnitCode>,
    /// Chỉ lập biểu cho một đơn vị: mã hoặc tên
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = HEADING)]
    pub(super) unit: Option<String>,
    /// Hồ sơ quy tắc (hạn nộp, ngày đầu và ngày cuối kỳ); mặc định là quy-che-17
    #[arg(long, value_name = "HỒ SƠ", default_value = "quy-che-17", hide_default_value = true, help_heading = HEADING)]
    pub(super) profile: String,
    /// Dùng danh mục đơn vị khác (tệp .csv có cùng các cột với danh mục có sẵn)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) units: Option<PathBuf>,
    /// Tệp thông tin cơ quan nhận báo cáo (tạo bằng: qc17 office init)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) office: Option<PathBuf>,
    /// Thư mục đã có tệp cùng tên thì giữ bản cũ thành *.bak; không ghi thì không thay
    #[arg(long, help_heading = HEADING)]
    pub(super) backup: bool,
}

fn quarter(text: &str) -> Result<Period, String> {
    let wanted = "biểu được lập theo từng quý, cần ghi năm và quý, ví dụ 2021-Q2";
    Period::parse(text).ok_or_else(|| wanted.to_owned())
}
