//! The words of `qc17 review`, with their help in Vietnamese.

use super::args::{Format, HEADING, Lands, code, day};
use chrono::NaiveDate;
use clap::Args;
use qc17::model::{Span, UnitCode};
use std::path::PathBuf;

/// `review`.
#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Thư mục chứa báo cáo các quý trong năm (có thể nhiều thư mục)
    #[arg(required = true, value_name = "THƯ MỤC", help_heading = "Đầu vào")]
    pub(super) folders: Vec<PathBuf>,
    /// Năm đánh giá, ví dụ 2021
    #[arg(long, value_name = "NĂM", value_parser = year, help_heading = HEADING)]
    pub(super) year: Span,
    /// Thư mục ghi kết quả
    #[arg(short, long, value_name = "THƯ MỤC", help_heading = HEADING)]
    pub(super) out: PathBuf,
    /// Thư mục báo cáo các quý năm trước, để so sánh (ghi được nhiều lần)
    #[arg(long, value_name = "THƯ MỤC", num_args = 1.., help_heading = HEADING)]
    pub(super) history: Vec<PathBuf>,
    /// Ngày tổng hợp; mặc định là ngày hết hạn nộp báo cáo quý IV
    #[arg(long, value_name = "NGÀY", value_parser = day, help_heading = HEADING)]
    pub(super) as_of: Option<NaiveDate>,
    /// Hồ sơ quy tắc: tên có sẵn hoặc tệp .toml; mặc định là quy-che-17; ghi nhiều lần nếu quy định thay đổi trong năm
    #[arg(long, value_name = "HỒ SƠ", default_value = "quy-che-17", hide_default_value = true, help_heading = HEADING)]
    pub(super) profile: Vec<String>,
    /// Dùng danh mục đơn vị khác (tệp .csv có cùng các cột với danh mục có sẵn)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) units: Option<PathBuf>,
    /// Phạm vi: mã tỉnh, hoặc mã một huyện
    #[arg(long, value_name = "MÃ", value_parser = code, help_heading = HEADING)]
    pub(super) scope: Option<UnitCode>,
    /// Khi năm có sắp xếp đơn vị: now (tính cho đơn vị kế tục, mặc định) hoặc then (theo đơn vị của từng quý)
    #[arg(long, value_name = "ĐỊA GIỚI", default_value = "now", hide_default_value = true, hide_possible_values = true, help_heading = HEADING)]
    pub(super) geography: Lands,
    /// Lập hồ sơ hai trang cho từng đơn vị, trong thư mục ho-so
    #[arg(long, help_heading = HEADING)]
    pub(super) dossier: bool,
    /// Tệp thông tin cơ quan ban hành (tạo bằng: qc17 office init)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) office: Option<PathBuf>,
    /// Mẫu lời văn đánh giá đã sửa (tạo bằng: qc17 office review-template)
    #[arg(long, value_name = "TỆP", help_heading = HEADING)]
    pub(super) template: Option<PathBuf>,
    /// Giữ lại tệp kết quả cũ thành *.bak
    #[arg(long, help_heading = HEADING)]
    pub(super) backup: bool,
    /// Dạng in ra màn hình: human (cho người đọc, mặc định) hoặc json
    #[arg(long, value_name = "DẠNG", default_value = "human", hide_default_value = true, hide_possible_values = true, help_heading = HEADING)]
    pub(super) format: Format,
}

fn year(text: &str) -> Result<Span, String> {
    let span = Span::parse(text).filter(|span| matches!(span, Span::Year { .. }));
    span.ok_or_else(|| "cần ghi một năm, ví dụ 2021".to_owned())
}
