//! Rules about forms (biểu mẫu): whether the sheets and columns that are needed are there.

use crate::model::{Rule, Severity};

/// BM01: the sheet that is required is missing.
pub static BM01: Rule = Rule {
    code: "BM01",
    slug: "thieu-trang-bat-buoc",
    severity: Severity::Error,
    title: "Thiếu trang bắt buộc (Biểu 1)",
    why: "Mọi số liệu về hội nghị của đơn vị đều lấy từ Biểu 1; thiếu Biểu 1 thì không có gì để \
           tổng hợp.",
    breaks: "Tệp có trang Thông tin và Biểu 2 - Kiến nghị nhưng không có Biểu 1 - Hội nghị.",
    keeps: "Tệp có trang Biểu 1 - Hội nghị; Thông tin, Biểu 2, Biểu 3 có thì càng tốt.",
    mend: "Bổ sung trang Biểu 1 - Hội nghị theo mẫu rồi gửi lại cả tệp.",
};

/// BM02: a column that is required is missing.
pub static BM02: Rule = Rule {
    code: "BM02",
    slug: "thieu-cot-bat-buoc",
    severity: Severity::Error,
    title: "Thiếu cột bắt buộc",
    why: "Thiếu cột thì không biết giá trị của mọi dòng, các tổng liên quan sẽ để trống chứ \
           không ghi 0.",
    breaks: "Biểu 1 đã bị xóa cột Loại cuộc.",
    keeps: "Biểu 1 có đủ Ngày tổ chức, Loại cuộc, Chủ trì, Chủ đề, tổng số người tham gia, tổng \
           số ý kiến.",
    mend: "Thêm lại cột còn thiếu với đúng tiêu đề của mẫu, nhập đủ số liệu rồi gửi lại.",
};

/// BM03: a column is not known and was not read.
pub static BM03: Rule = Rule {
    code: "BM03",
    slug: "cot-khong-nhan-ra",
    severity: Severity::Warning,
    title: "Cột không nhận ra: không đọc",
    why: "Số liệu ở cột này không vào báo cáo; nếu là cột của mẫu bị đổi tên thì đơn vị đang bị \
           thiếu số liệu.",
    breaks: "Cột Số lượt người tham gia bị đổi tên thành Quân số.",
    keeps: "Tiêu đề cột giữ như mẫu; cột ghi chú riêng của đơn vị đặt ngoài biểu.",
    mend: "Nếu là cột của mẫu, sửa lại tiêu đề như mẫu; nếu là cột riêng của đơn vị thì bỏ ra \
           khỏi biểu.",
};

/// BM04: two columns hold the same field.
pub static BM04: Rule = Rule {
    code: "BM04",
    slug: "hai-cot-mot-truong",
    severity: Severity::Error,
    title: "Hai cột cùng một nội dung",
    why: "Hai cột cùng nghĩa có thể mang hai số khác nhau, không biết dùng cột nào.",
    breaks: "Biểu 1 có hai cột Ngày tổ chức.",
    keeps: "Mỗi tiêu đề của mẫu chỉ xuất hiện một lần.",
    mend: "Xóa cột thừa, chỉ để lại một cột đúng rồi gửi lại.",
};
