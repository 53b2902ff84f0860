//! Rules about units (đơn vị): whose file it is.

use crate::model::{Rule, Severity};

/// DV01: the unit cannot be told.
pub static DV01: Rule = Rule {
    code: "DV01",
    slug: "khong-ro-don-vi",
    severity: Severity::Error,
    title: "Không xác định được đơn vị",
    why: "Không biết tệp của đơn vị nào thì không thể tính cho đơn vị đó, và đơn vị sẽ bị coi là \
           chưa nộp.",
    breaks: "Ô Mã đơn vị và Tên đơn vị đều để trống.",
    keeps: "Mã đơn vị: 02947; Tên đơn vị: Thị trấn Phố Ràng.",
    mend: "Ghi mã đơn vị (5 chữ số với xã, phường, thị trấn) và tên đầy đủ vào trang Thông tin \
           rồi gửi lại.",
};

/// DV02: the name is only nearly that of a unit.
pub static DV02: Rule = Rule {
    code: "DV02",
    slug: "ten-don-vi-gan-dung",
    severity: Severity::Warning,
    title: "Tên đơn vị gần đúng",
    why: "Phần mềm đã hiểu là đơn vị có tên gần nhất; cần xác nhận để không tính nhầm cho \
           đơn vị khác.",
    breaks: "Tên đơn vị ghi Xã Nậm Chạy trong khi danh mục ghi Xã Nậm Chầy.",
    keeps: "Tên ghi đúng như danh mục, hoặc có thêm mã đơn vị.",
    mend: "Sửa tên đơn vị theo danh mục; nếu không phải đơn vị đã nêu thì ghi đúng mã đơn vị.",
};

/// DV03: code and name mean two units.
pub static DV03: Rule = Rule {
    code: "DV03",
    slug: "ma-va-ten-khong-khop",
    severity: Severity::Error,
    title: "Mã và tên đơn vị không khớp",
    why: "Mã chỉ một đơn vị, tên chỉ một đơn vị khác; tính cho bên nào cũng có thể sai cho bên \
           kia.",
    breaks: "Mã 02947 (Thị trấn Phố Ràng) đi với tên Xã Bảo Hà.",
    keeps: "Mã 02947 đi với tên Thị trấn Phố Ràng.",
    mend: "Kiểm tra lại mã và tên đơn vị ở trang Thông tin, sửa chỗ sai rồi gửi lại.",
};

/// DV04: the unit was not in force in the period.
pub static DV04: Rule = Rule {
    code: "DV04",
    slug: "don-vi-khong-hieu-luc",
    severity: Severity::Error,
    title: "Đơn vị không có hiệu lực trong kỳ",
    why: "Đơn vị đã sáp nhập hoặc chưa thành lập thì không có chỉ tiêu trong kỳ; số liệu phải do \
           đơn vị có hiệu lực báo cáo.",
    breaks: "Báo cáo quý III/2025 mang tên Thị trấn Phố Ràng, đã nhập vào Xã Bảo Yên từ \
           01/07/2025.",
    keeps: "Báo cáo quý III/2025 do Xã Bảo Yên lập; báo cáo quý II/2025 vẫn do Thị trấn Phố Ràng \
           lập.",
    mend: "Ghi lại mã và tên của đơn vị có hiệu lực trong kỳ báo cáo; nếu kỳ ghi sai thì sửa kỳ.",
};

/// DV05: several files of one unit.
pub static DV05: Rule = Rule {
    code: "DV05",
    slug: "nhieu-tep-mot-don-vi",
    severity: Severity::Warning,
    title: "Nhiều tệp của cùng một đơn vị",
    why: "Chỉ một tệp được tính để không cộng hai lần; cần biết tệp nào được dùng và số nào đã \
           thay đổi.",
    breaks: "Thư mục có Phố Ràng Q1.xlsx và Phố Ràng Q1 bổ sung.xlsx.",
    keeps: "Mỗi đơn vị một tệp cho mỗi kỳ.",
    mend: "Kiểm tra tệp được dùng có phải bản cuối cùng không; chuyển các bản cũ ra khỏi thư mục.",
};

/// DV06: the unit lies outside the scope.
pub static DV06: Rule = Rule {
    code: "DV06",
    slug: "ngoai-pham-vi",
    severity: Severity::Warning,
    title: "Đơn vị ngoài phạm vi tổng hợp",
    why: "Tệp của đơn vị không thuộc địa bàn đang tổng hợp nên không được cộng vào báo cáo.",
    breaks: "Tổng hợp huyện Bảo Yên nhưng trong thư mục có tệp của Xã Bản Qua (huyện Bát Xát).",
    keeps: "Thư mục chỉ có tệp của các đơn vị thuộc địa bàn tổng hợp.",
    mend: "Chuyển tệp ra khỏi thư mục, hoặc chọn lại phạm vi tổng hợp bằng --scope.",
};

/// DV07: the name is that of several units.
pub static DV07: Rule = Rule {
    code: "DV07",
    slug: "ten-trung-nhieu-don-vi",
    severity: Severity::Error,
    title: "Tên trùng nhiều đơn vị, cần mã hoặc tên huyện",
    why: "Một tên có ở nhiều huyện; đoán một nơi thì nơi kia sẽ mất hoặc thừa số liệu.",
    breaks: "Chỉ ghi Xã Thanh Bình: có ở cả huyện Mường Khương và thị xã Sa Pa.",
    keeps: "Ghi mã 02779, hoặc ghi Xã Thanh Bình, Huyện: Mường Khương.",
    mend: "Ghi thêm mã đơn vị, hoặc tên huyện, thị xã, thành phố vào trang Thông tin rồi gửi lại.",
};
