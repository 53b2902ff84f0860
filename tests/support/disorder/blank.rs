//! The tables of the blank forms, as the specification has them.

/// Field, group, header of each column of a table.
pub type Form = &'static [(&'static str, &'static str, &'static str)];

/// Biểu 1.
pub const MEETINGS: Form = &[
    ("no", "", "STT"),
    ("date", "", "Ngày tổ chức"),
    ("place", "", "Địa điểm"),
    ("format", "", "Hình thức"),
    ("kind", "", "Loại cuộc"),
    ("chair", "", "Chủ trì"),
    ("topic", "", "Chủ đề, nội dung"),
    ("with_tuyen_van", "", "Lồng ghép hội nghị tuyên vận"),
    ("announced", "", "Ngày thông báo trước"),
    ("attendees", "Số lượt người tham gia", "Tổng số"),
    ("women", "Số lượt người tham gia", "Nữ"),
    ("minority", "Số lượt người tham gia", "Dân tộc thiểu số"),
    ("speakers", "", "Số người phát biểu"),
    ("opinions", "Ý kiến, kiến nghị", "Tổng số"),
    ("answered", "Ý kiến, kiến nghị", "Trả lời tại hội nghị"),
    ("resolved", "Ý kiến, kiến nghị", "Đã giải quyết sau hội nghị"),
    ("pending", "Ý kiến, kiến nghị", "Đang giải quyết"),
    ("unresolved", "Ý kiến, kiến nghị", "Chưa giải quyết"),
    ("forwarded", "Ý kiến, kiến nghị", "Chuyển cấp trên"),
    ("plan_no", "Kế hoạch", "Số"),
    ("plan_date", "Kế hoạch", "Ngày"),
    ("minutes_date", "", "Ngày biên bản"),
    ("notice_no", "Thông báo kết luận", "Số"),
    ("notice_date", "Thông báo kết luận", "Ngày"),
    ("published", "", "Ngày công khai"),
    ("note", "", "Ghi chú"),
];

pub const PETITIONS: Form = &[
    ("no", "", "STT"),
    ("meeting_no", "", "Cuộc số"),
    ("content", "", "Nội dung ý kiến, kiến nghị"),
    ("field", "", "Lĩnh vực"),
    ("authority", "", "Thẩm quyền giải quyết"),
    ("agency", "", "Cơ quan giải quyết"),
    ("received", "", "Ngày tiếp nhận"),
    ("outcome", "", "Kết quả"),
    ("reply_no", "", "Văn bản trả lời - Số"),
    ("reply_date", "", "Văn bản trả lời - Ngày"),
    ("repeated", "", "Kiến nghị lặp lại"),
];

pub const CARRIED: Form = &[
    ("no", "", "STT"),
    ("origin", "", "Kỳ phát sinh"),
    ("content", "", "Nội dung ý kiến, kiến nghị"),
    ("field", "", "Lĩnh vực"),
    ("authority", "", "Thẩm quyền giải quyết"),
    ("before", "", "Kết quả kỳ trước"),
    ("outcome", "", "Kết quả kỳ này"),
];

pub const ROLLUP: Form = &[
    ("no", "", "STT"),
    ("unit_code", "", "Mã đơn vị"),
    ("unit_name", "", "Đơn vị"),
    ("periodic", "Số cuộc", "Định kỳ"),
    ("ad_hoc", "Số cuộc", "Đột xuất"),
    ("total", "Số cuộc", "Tổng số"),
    ("by_secretary", "Chủ trì", "Bí thư"),
    ("by_chairman", "Chủ trì", "Chủ tịch UBND"),
    ("by_both", "Chủ trì", "Đồng chủ trì"),
    ("by_deputy", "Chủ trì", "Ủy quyền"),
    ("attendees", "", "Số lượt người tham gia"),
    ("opinions", "Ý kiến, kiến nghị", "Tổng số"),
    ("answered", "Ý kiến, kiến nghị", "Trả lời tại hội nghị"),
    ("resolved", "Ý kiến, kiến nghị", "Đã giải quyết sau hội nghị"),
    ("pending", "Ý kiến, kiến nghị", "Đang giải quyết"),
    ("unresolved", "Ý kiến, kiến nghị", "Chưa giải quyết"),
    ("forwarded", "Ý kiến, kiến nghị", "Chuyển cấp trên"),
    ("notices", "", "Số thông báo kết luận"),
];
