//! What will be done, said before it is done.

use super::super::terminal::plain;
use qc17::aggregate::Summary;
use qc17::model::FileStatus;
use qc17::model::count::grouped;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What was understood, what will be written and where.
pub(super) fn shown(
    summary: &Summary,
    inputs: &[PathBuf],
    to: &Path,
    office: Option<&Path>,
) -> String {
    let mut out = String::new();
    let path = |path: &Path| plain(&path.display().to_string());
    let read = summary.file_statuses().filter(|status| *status != FileStatus::Ignored).count();
    for (at, input) in inputs.iter().enumerate() {
        let title = if at == 0 { "\nĐã đọc:  " } else { "         " };
        writeln!(out, "{title}{}", path(input)).ok();
    }
    writeln!(out, "         {} tệp báo cáo", grouped(read as u64)).ok();
    writeln!(
        out,
        "Hiểu là: {}, {}, hạn nộp {} (theo nội dung các tệp và danh mục đơn vị)",
        summary.scope.full_name(),
        summary.period.label(),
        summary.deadline.format("%d/%m/%Y")
    )
    .ok();
    if let Some(office) = office {
        writeln!(out, "Cơ quan: theo tệp {}", path(office)).ok();
    }
    writeln!(out, "Sẽ ghi:  bảng tổng hợp Excel, báo cáo PDF, kết quả JSON, phiếu phản hồi").ok();
    writeln!(out, "Vào:     {}", path(to)).ok();
    writeln!(out, "Không sửa, không xóa tệp nào của đơn vị.").ok();
    out
}
