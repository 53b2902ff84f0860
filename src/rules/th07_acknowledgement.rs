//! TH07: a petition was acknowledged or passed on too many working days after it came.

use crate::model::{Rule, Severity};

/// TH07: acknowledged or passed on late.
pub static TH07: Rule = Rule {
    code: "TH07",
    slug: "bao-nhan-kien-nghi-muon",
    severity: Severity::Warning,
    title: "Báo nhận, chuyển kiến nghị muộn (ngày làm việc)",
    why: "Người dân phải được báo là kiến nghị đã nhận hoặc đã chuyển trong thời hạn quy định.",
    breaks: "Tiếp nhận ngày 01/03/2021, báo nhận ngày 22/03/2021, thời hạn 10 ngày làm việc.",
    keeps: "Tiếp nhận ngày 01/03/2021, báo nhận chậm nhất ngày 15/03/2021.",
    mend: "Kiểm tra lại hai ngày; đúng thì giải trình lý do báo nhận, chuyển muộn.",
};
