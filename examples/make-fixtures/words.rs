//! The words that contents are invented from: no person, village or event is meant.

/// Family names.
pub(crate) const FAMILIES: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vàng", "Giàng", "Lù", "Sùng", "Thào", "Tráng", "Lý",
    "Chảo", "Phàn", "Lò", "Đỗ", "Bùi", "Vũ", "Đặng", "Triệu",
];

/// Middle names.
pub(crate) const MIDDLES: &[&str] = &["Văn", "Thị", "Đức", "Minh", "Xuân", "Quang", "Thanh", "A"];

/// Given names.
pub(crate) const GIVENS: &[&str] = &[
    "An", "Bình", "Chung", "Dũng", "Hà", "Hằng", "Hưng", "Khoa", "Lan", "Long", "Mai", "Nam",
    "Ngọc", "Phúc", "Quyết", "Sơn", "Thắng", "Thủy", "Tuấn", "Yên",
];

/// First half of a village's name.
pub(crate) const VILLAGE_HEADS: &[&str] =
    &["Nậm", "Bản", "Tả", "Khe", "Suối", "Làng", "Sín", "Lùng", "Đồng", "Cốc"];

/// Second half of a village's name.
pub(crate) const VILLAGE_TAILS: &[&str] = &[
    "Khắt",
    "Mòn",
    "Pục",
    "Sang",
    "Vạc",
    "Lếch",
    "Hẻo",
    "Trang",
    "Cọ",
    "Rịa",
    "Đầu",
    "Giữa",
    "Mới",
    "Thượng",
    "Quế",
];

/// What meetings were about.
pub(crate) const TOPICS: &[&str] = &[
    "Giải phóng mặt bằng tuyến đường liên thôn",
    "Chính sách bảo hiểm y tế đối với người dân vùng khó khăn",
    "Xây dựng nông thôn mới, làm đường giao thông nông thôn",
    "Vệ sinh môi trường, thu gom và xử lý rác thải sinh hoạt",
    "Cấp giấy chứng nhận quyền sử dụng đất",
    "Phát triển sản xuất nông, lâm nghiệp; phòng, chống rét cho cây trồng, vật nuôi",
    "Công tác giảm nghèo và vay vốn phát triển kinh tế hộ",
    "An ninh, trật tự trên địa bàn thôn, tổ dân phố",
    "Cải cách thủ tục hành chính, thái độ phục vụ của cán bộ, công chức",
    "Đầu tư điện, nước sinh hoạt và sóng điện thoại",
];

/// What people asked for: the field (lĩnh vực) and the sentence, with `{}` for the village.
pub(crate) const PETITIONS: &[(&str, &str)] = &[
    ("L01", "Đề nghị đẩy nhanh việc cấp giấy chứng nhận quyền sử dụng đất cho các hộ ở {}"),
    ("L01", "Đề nghị giải quyết dứt điểm tranh chấp ranh giới đất giữa các hộ ở {}"),
    ("L02", "Đề nghị chi trả tiền bồi thường cho các hộ có đất thu hồi làm đường qua {}"),
    ("L03", "Đề nghị bố trí chỗ ở mới cho các hộ trong vùng có nguy cơ sạt lở ở {}"),
    ("L04", "Đề nghị hỗ trợ xi măng sửa nhà văn hóa {}"),
    ("L05", "Đề nghị sửa chữa đoạn đường bị sạt lở tại {}"),
    ("L05", "Đề nghị đổ bê tông đường nội thôn ở {}"),
    ("L06", "Đề nghị bố trí điểm tập kết và xe thu gom rác thải tại {}"),
    ("L07", "Đề nghị tăng cường tuần tra ban đêm, phòng, chống trộm cắp ở {}"),
    ("L08", "Đề nghị trả đủ phụ cấp cho người hoạt động không chuyên trách ở {}"),
    ("L09", "Đề nghị hỗ trợ kinh phí mua thẻ bảo hiểm y tế cho người cao tuổi ở {}"),
    ("L10", "Đề nghị nạo vét, sửa chữa mương thủy lợi ở {}"),
    ("L10", "Đề nghị hỗ trợ giống ngô, giống lúa vụ xuân cho các hộ ở {}"),
    ("L11", "Đề nghị kéo điện lưới đến các hộ còn lại ở {}"),
    ("L11", "Đề nghị sửa bể chứa và đường ống nước sinh hoạt ở {}"),
    ("L12", "Đề nghị sửa điểm trường mầm non ở {}"),
    ("L13", "Đề nghị rà soát lại danh sách hộ nghèo, hộ cận nghèo ở {}"),
    ("L14", "Đề nghị hướng dẫn thủ tục đăng ký khai sinh rõ ràng hơn cho người dân {}"),
    ("L15", "Đề nghị kiện toàn chức danh trưởng thôn còn khuyết ở {}"),
    ("L99", "Đề nghị tổ chức thêm hoạt động văn nghệ, thể thao vào dịp lễ ở {}"),
];

/// Reasons why a unit held no meeting.
pub(crate) const REASONS: &[&str] = &[
    "Tạm dừng hội họp đông người để phòng, chống dịch theo chỉ đạo của cấp trên",
    "Tập trung khắc phục hậu quả mưa đá, lốc xoáy; đã xin lùi sang quý sau",
];
