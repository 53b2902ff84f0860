//! Rules about data (dữ liệu): whether the value of one cell can be used.

use crate::model::{Rule, Severity};

/// DL01: a count is no whole number.
pub static DL01: Rule = Rule {
    code: "DL01",
    slug: "so-khong-hop-le",
    severity: Severity::Error,
    title: "Số không hợp lệ (chữ, số âm, số thập phân ở cột đếm)",
    why: "Ô này không cộng được; tổng của đơn vị thiếu số này và được ghi rõ là chưa đủ.",
    breaks: "Tổng số người tham gia ghi khoảng 85 người, -5 hoặc 12,5.",
    keeps: "Tổng số người tham gia ghi 85.",
    mend: "Ghi một số nguyên không âm, không kèm chữ; không có thì ghi 0, chưa có số liệu thì để \
           trống.",
};

/// DL02: a date does not exist or cannot be read.
pub static DL02: Rule = Rule {
    code: "DL02",
    slug: "ngay-khong-hop-le",
    severity: Severity::Error,
    title: "Ngày không hợp lệ",
    why: "Không rõ ngày thì không biết việc đó có trong kỳ, có đúng hạn hay không.",
    breaks: "Ngày tổ chức ghi 31/02/2021 hoặc chỉ ghi tháng 3.",
    keeps: "Ngày tổ chức ghi 15/03/2021.",
    mend: "Ghi lại đủ ngày/tháng/năm, ví dụ 15/03/2021, rồi gửi lại.",
};

/// DL03: a value that is required is missing.
pub static DL03: Rule = Rule {
    code: "DL03",
    slug: "thieu-du-lieu-bat-buoc",
    severity: Severity::Error,
    title: "Thiếu dữ liệu bắt buộc",
    why: "Để trống nghĩa là chưa báo cáo, không phải bằng 0; phần liên quan không tính được.",
    breaks: "Một cuộc có ngày, chủ trì nhưng ô Loại cuộc để trống.",
    keeps: "Mỗi cuộc có đủ ngày, loại cuộc, chủ trì, chủ đề, tổng số người, tổng số ý kiến.",
    mend: "Bổ sung giá trị còn thiếu rồi gửi lại; cột số mà không có gì thì ghi 0.",
};

/// DL04: a code is not in its list.
pub static DL04: Rule = Rule {
    code: "DL04",
    slug: "ma-ngoai-danh-muc",
    severity: Severity::Error,
    title: "Mã không có trong danh mục",
    why: "Giá trị ngoài danh mục không xếp được vào loại nào của báo cáo.",
    breaks: "Loại cuộc ghi Thường xuyên; lĩnh vực ghi L16.",
    keeps: "Loại cuộc ghi Định kỳ hoặc Đột xuất; lĩnh vực ghi L01 đến L15, L99.",
    mend: "Chọn lại giá trị trong danh sách của ô theo mẫu rồi gửi lại.",
};

/// DL05: a cell shows a formula's error.
pub static DL05: Rule = Rule {
    code: "DL05",
    slug: "o-loi-cong-thuc",
    severity: Severity::Error,
    title: "Ô lỗi công thức (#REF!, #N/A, #DIV/0! …)",
    why: "Ô không có giá trị nào để dùng; lỗi thường do xóa dòng, cột mà công thức dựa vào.",
    breaks: "Tổng số ý kiến hiện #REF!.",
    keeps: "Tổng số ý kiến hiện 7.",
    mend: "Sửa công thức hoặc nhập thẳng con số, lưu rồi gửi lại.",
};

/// DL06: a formula has no stored value.
pub static DL06: Rule = Rule {
    code: "DL06",
    slug: "cong-thuc-chua-tinh",
    severity: Severity::Error,
    title: "Công thức chưa có giá trị",
    why: "Tệp do phần mềm khác tạo ra chưa được tính, ô có công thức nhưng không có kết quả.",
    breaks: "Ô ghi =SUM(P8:T8) nhưng tệp chưa từng được mở và lưu bằng Excel.",
    keeps: "Ô ghi =SUM(P8:T8) và có kết quả đã lưu là 7.",
    mend: "Mở tệp bằng Excel hoặc LibreOffice, chờ tính xong, lưu lại rồi gửi.",
};

/// DL07: a value lies outside of what is usual.
pub static DL07: Rule = Rule {
    code: "DL07",
    slug: "gia-tri-bat-thuong",
    severity: Severity::Warning,
    title: "Giá trị bất thường",
    why: "Giá trị ngoài khoảng thường gặp của cấp đó, hay do gõ thừa hoặc thiếu một chữ số; số \
           vẫn được tính.",
    breaks: "Một cuộc cấp xã ghi 8500 người tham gia.",
    keeps: "Một cuộc cấp xã ghi 85 người tham gia.",
    mend: "Kiểm tra lại với biên bản; sai thì sửa, đúng thì giải trình.",
};

/// DL08: a number can be read in two ways.
pub static DL08: Rule = Rule {
    code: "DL08",
    slug: "so-co-hai-cach-doc",
    severity: Severity::Warning,
    title: "Số có hai cách đọc",
    why: "Dấu chấm và dấu phẩy có thể là dấu hàng nghìn hoặc dấu thập phân; cần xác nhận cách đã \
           hiểu.",
    breaks: "Ô số ở cột đếm có giá trị 1,078 và được hiểu là 1.078 (một nghìn không trăm bảy \
           mươi tám).",
    keeps: "Ô số có giá trị 1078.",
    mend: "Nhập lại số nguyên không có dấu ngăn cách, ví dụ 1078.",
};
