//! What each number of a profile is called in the annex of rules applied (Phụ lục 6).

use crate::model::Level;

/// The Vietnamese name of the number under that key.
pub(super) fn label(path: &str) -> String {
    let (level, key) = match path.split('.').collect::<Vec<_>>().as_slice() {
        [_, level, key] => (Level::parse(level), *key),
        _ => (None, path),
    };
    let name = match key {
        "min" => "Chỉ tiêu tối thiểu",
        "per" => "Kỳ tính chỉ tiêu",
        "counted" => "Chỉ tiêu tính cho ai",
        "recommended_months" => "Tháng khuyến nghị",
        "attendees" => "Số người thường gặp",
        "opinions" => "Số ý kiến thường gặp",
        "joint_counts_for" => "Cuộc đồng chủ trì",
        "one_person_both_posts" => "Cuộc do Bí thư kiêm Chủ tịch UBND chủ trì",
        "ad_hoc_counts" => "Cuộc đột xuất",
        "deputy_counts" => "Cuộc ủy quyền cấp phó chủ trì",
        "combined_with_tuyen_van" => "Cuộc lồng ghép hội nghị tuyên vận",
        "announce_days_before" => "Thông báo trước hội nghị ít nhất",
        "conclusion_days" => "Hạn ban hành thông báo kết luận sau hội nghị",
        "conclusion_error_days" => "Chưa có thông báo kết luận thì phải sửa, sau hội nghị",
        "ack_working_days" => "Hạn báo nhận, chuyển kiến nghị",
        "petition_overdue_days" => "Kiến nghị đang giải quyết là quá hạn sau",
        "submission_deadline" => "Hạn nộp báo cáo",
        "feedback.days" => "Hạn trả lời phiếu phản hồi, sau ngày tổng hợp",
        "cutoff" => "Kỳ chốt số liệu",
        "min_days_in_period" => "Có chỉ tiêu khi đơn vị có hiệu lực trong kỳ ít nhất",
        other => other,
    };
    level.map_or_else(|| name.to_owned(), |level| format!("{name} ({})", level.label()))
}
