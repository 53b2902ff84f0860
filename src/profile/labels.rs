//! What each number of a profile is called in the annex of rules applied (Phụ lục 6).

use crate::model::Level;

/// The Vietnamese name of the number under that key.
pub(super) fn label(path: &str) -> String {
    if let Some(key) = path.strip_prefix("review.") {
        return review(key).to_owned();
    }
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

/// The names of the yearly review's criteria.
fn review(key: &str) -> &str {
    match key {
        "year_by" => "Chỉ tiêu năm xét theo",
        "commend.quarters" => "Biểu dương: số quý phải báo cáo",
        "commend.met" => "Biểu dương: chỉ tiêu năm",
        "commend.not_on_time" => "Biểu dương: số báo cáo không đúng hạn",
        "commend.notices_percent" => "Biểu dương: tỷ lệ thông báo kết luận đúng hạn",
        "commend.settled_percent" => "Biểu dương: tỷ lệ giải quyết trong thẩm quyền",
        "commend.errors" => "Biểu dương: số lỗi phải sửa chưa được chấp nhận giải trình",
        "remind.short" => "Nhắc nhở: chưa đạt chỉ tiêu năm, không có lý do",
        "remind.missing" => "Nhắc nhở: số báo cáo chưa nộp",
        "remind.unreadable" => "Nhắc nhở: số báo cáo không đọc được",
        "remind.late" => "Nhắc nhở: số báo cáo nộp muộn",
        "remind.notices_missing" => "Nhắc nhở: số cuộc quá hạn chưa có thông báo kết luận",
        "remind.settled_below" => "Nhắc nhở: tỷ lệ giải quyết trong thẩm quyền",
        "remind.errors" => "Nhắc nhở: số lỗi phải sửa chưa được chấp nhận giải trình",
        other => other,
    }
}
