//! Rules about safety (an toàn): text that could do harm or lay persons open.

use crate::model::{Rule, Severity};

/// AT01: text begins as a formula does.
pub static AT01: Rule = Rule {
    code: "AT01",
    slug: "noi-dung-nhu-cong-thuc",
    severity: Severity::Info,
    title: "Nội dung bắt đầu bằng =, +, -, @: ghi ra như văn bản",
    why: "Excel có thể hiểu nội dung như vậy là công thức và chạy nó; phần mềm luôn ghi ra là chữ.",
    breaks: "Nội dung kiến nghị ghi =HYPERLINK(\"http://…\").",
    keeps: "Nội dung kiến nghị ghi Đề nghị sửa đường thôn 3.",
    mend: "Không phải sửa; nếu không phải nội dung thật thì xóa đi.",
};

/// AT02: text holds personal data.
pub static AT02: Rule = Rule {
    code: "AT02",
    slug: "co-du-lieu-ca-nhan",
    severity: Severity::Warning,
    title: "Nội dung có dữ liệu cá nhân (số điện thoại, số căn cước)",
    why: "Báo cáo được gửi đi nhiều nơi; số điện thoại, số căn cước của người dân phải được che.",
    breaks: "Nội dung ghi Ông A, số điện thoại 09xxxxxxxx, đề nghị cấp đất.",
    keeps: "Nội dung ghi Một hộ dân thôn 3 đề nghị cấp đất.",
    mend: "Bỏ số điện thoại, số căn cước khỏi nội dung rồi gửi lại; các kết quả tổng hợp đã được che.",
};
