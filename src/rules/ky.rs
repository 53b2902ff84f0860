//! Rules about the period (kỳ báo cáo): which quarter a file and its dates belong to.

use crate::model::{Rule, Severity};

/// KY01: the period cannot be told.
pub static KY01: Rule = Rule {
    code: "KY01",
    slug: "khong-ro-ky",
    severity: Severity::Error,
    title: "Không xác định được kỳ",
    why: "Không biết số liệu của quý nào thì không thể cộng vào quý nào.",
    breaks: "Ô Kỳ báo cáo để trống hoặc ghi Quý năm 2021.",
    keeps: "Kỳ báo cáo: Quý I/2021.",
    mend: "Ghi kỳ báo cáo dạng Quý I/2021 vào trang Thông tin rồi gửi lại.",
};

/// KY02: the file is about another period.
pub static KY02: Rule = Rule {
    code: "KY02",
    slug: "khac-ky-tong-hop",
    severity: Severity::Error,
    title: "Kỳ trong tệp khác kỳ tổng hợp",
    why: "Số liệu của quý khác mà cộng vào sẽ làm sai báo cáo của quý này; tệp không được dùng.",
    breaks: "Đang tổng hợp quý I/2021, tệp ghi Quý IV/2020.",
    keeps: "Kỳ ghi trong tệp đúng là kỳ đang tổng hợp.",
    mend: "Gửi tệp của đúng kỳ; nếu chỉ ghi nhầm kỳ thì sửa ô Kỳ báo cáo rồi gửi lại.",
};

/// KY03: a meeting lies outside of the period.
pub static KY03: Rule = Rule {
    code: "KY03",
    slug: "hoi-nghi-ngoai-ky",
    severity: Severity::Error,
    title: "Ngày hội nghị ngoài kỳ",
    why: "Cuộc ngoài kỳ thuộc báo cáo của kỳ khác; cuộc này không được đếm ở kỳ này.",
    breaks: "Báo cáo quý I/2021 có cuộc ngày 02/04/2021.",
    keeps: "Mọi cuộc trong báo cáo quý I/2021 đều từ 01/01 đến 31/03/2021.",
    mend: "Sửa lại ngày nếu ghi nhầm; nếu đúng ngày thì chuyển cuộc này sang báo cáo của kỳ đó.",
};

/// KY04: a date lies in the future.
pub static KY04: Rule = Rule {
    code: "KY04",
    slug: "ngay-sau-ngay-tong-hop",
    severity: Severity::Error,
    title: "Ngày sau ngày tổng hợp",
    why: "Việc chưa xảy ra thì không thể báo cáo là đã làm; thường do gõ nhầm năm hoặc đảo ngày \
           và tháng.",
    breaks: "Tổng hợp ngày 10/04/2021 mà ngày thông báo kết luận ghi 15/03/2022.",
    keeps: "Mọi ngày trong báo cáo đều không sau ngày báo cáo và ngày tổng hợp.",
    mend: "Sửa lại ngày cho đúng rồi gửi lại; việc chưa làm thì để trống.",
};
