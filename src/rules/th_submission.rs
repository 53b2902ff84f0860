//! Rules about the day on which a report (báo cáo) came: the batch raises them.

use super::case::Case;
use super::noticed::{Noticed, hole};
use crate::model::{Place, Rule, Severity, Unchecked};

/// TH04: the report came after the deadline.
pub static TH04: Rule = Rule {
    code: "TH04",
    slug: "nop-bao-cao-muon",
    severity: Severity::Warning,
    title: "Nộp báo cáo muộn",
    why: "Báo cáo muộn làm chậm báo cáo tổng hợp của tỉnh; số liệu vẫn được tính.",
    breaks: "Hạn nộp là 05/04/2021, báo cáo đến ngày 08/04/2021.",
    keeps: "Báo cáo đến chậm nhất là ngày hạn nộp.",
    mend: "Giải trình lý do nộp muộn; kỳ sau nộp đúng hạn.",
};

/// TH05: no report came.
pub static TH05: Rule = Rule {
    code: "TH05",
    slug: "chua-nop-bao-cao",
    severity: Severity::Error,
    title: "Chưa nộp báo cáo",
    why: "Không có báo cáo thì không biết đơn vị có tổ chức hay không; không được hiểu là 0 cuộc.",
    breaks: "Hết ngày tổng hợp mà không có tệp nào của xã.",
    keeps: "Đơn vị không tổ chức cuộc nào vẫn nộp biểu và ghi lý do.",
    mend: "Nộp báo cáo ngay; không tổ chức cuộc nào thì ghi lý do ở trang Thông tin.",
};

/// Neither the office nor a readable date says when the report came.
pub fn undated(case: &Case<'_>, noticed: &mut Noticed) {
    let Some(cell) = hole(&case.submission.report_date) else { return };
    noticed.unchecked.push(Unchecked {
        rule: &TH04,
        unit: case.unit.code,
        place: Place::file(case.submission.file.clone()),
        blocked_by: vec![cell],
        reason: format!(
            "Chưa kiểm tra được vì ngày báo cáo (ô {cell} trang Thông tin) không đọc được và \
             không có ngày nhận."
        ),
    });
}
