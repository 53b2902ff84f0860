//! Rules about files (tệp): whether a file can be read, and what was done to read it.

use crate::model::{Rule, Severity};

/// TEP01: the file, or a part of it, cannot be read.
pub static TEP01: Rule = Rule {
    code: "TEP01",
    slug: "khong-doc-duoc-tep",
    severity: Severity::Error,
    title: "Không đọc được tệp: hỏng, cụt, rỗng",
    why: "Số liệu trong tệp không vào được báo cáo tổng hợp, đơn vị bị ghi là chưa đọc được.",
    breaks: "Tệp Bao cao Q1.xlsx tải về dở dang, chỉ còn một nửa dung lượng.",
    keeps: "Tệp mở được bằng Excel hoặc LibreOffice mà không có cảnh báo sửa chữa.",
    mend: "Mở tệp gốc, lưu lại thành tệp .xlsx mới, mở thử rồi gửi lại.",
};

/// TEP02: the file is locked with a password.
pub static TEP02: Rule = Rule {
    code: "TEP02",
    slug: "tep-co-mat-khau",
    severity: Severity::Error,
    title: "Tệp có mật khẩu",
    why: "Nội dung đã mã hóa, không thể đọc nếu không có mật khẩu.",
    breaks: "Tệp được lưu với mật khẩu mở tệp.",
    keeps: "Tệp mở được ngay, không hỏi mật khẩu.",
    mend: "Bỏ mật khẩu mở tệp (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu rồi gửi lại.",
};

/// TEP03: the file is no spreadsheet.
pub static TEP03: Rule = Rule {
    code: "TEP03",
    slug: "khong-phai-bang-tinh",
    severity: Severity::Error,
    title: "Không phải bảng tính (PDF, Word, ảnh … mang đuôi bảng tính)",
    why: "Số liệu chỉ được lấy từ bảng tính; bản chụp hay văn bản không đọc được từng ô.",
    breaks: "Tệp PDF được đổi tên thành Bao cao Q1.xlsx.",
    keeps: "Tệp .xlsx lưu từ Excel hoặc LibreOffice Calc.",
    mend: "Gửi chính tệp bảng tính đã lập, không gửi bản quét, PDF hay Word.",
};

/// TEP04: the file passes a limit of safety.
pub static TEP04: Rule = Rule {
    code: "TEP04",
    slug: "vuot-gioi-han-an-toan",
    severity: Severity::Error,
    title: "Vượt giới hạn an toàn (dung lượng giải nén, số ô, số trang, zip lồng nhau)",
    why: "Tệp quá lớn hoặc cố ý phình to có thể làm treo máy, nên không đọc tiếp.",
    breaks: "Tệp 2 MB giải nén thành 4 GB.",
    keeps: "Tệp biểu mẫu thông thường, dưới vài MB, mỗi tệp nén chỉ một lớp.",
    mend: "Chép riêng các trang biểu mẫu sang tệp mới, lưu thành .xlsx rồi gửi lại; \
           tệp nén thì giải nén trước khi gửi.",
};

/// TEP05: the file holds none of the forms.
pub static TEP05: Rule = Rule {
    code: "TEP05",
    slug: "khong-thay-bieu-mau",
    severity: Severity::Error,
    title: "Không tìm thấy biểu nào trong tệp",
    why: "Tệp đọc được nhưng không có bảng nào khớp Biểu 01 hay Biểu 02, nên không có số liệu.",
    breaks: "Tệp chỉ có trang danh sách cán bộ.",
    keeps: "Tệp có trang Biểu 1 - Hội nghị với đủ dòng tiêu đề.",
    mend: "Gửi lại đúng tệp biểu mẫu, giữ nguyên dòng tiêu đề của các cột.",
};

/// TEP06: the extension does not match the content, which was read all the same.
pub static TEP06: Rule = Rule {
    code: "TEP06",
    slug: "duoi-tep-khong-khop",
    severity: Severity::Info,
    title: "Đuôi tệp không khớp nội dung (vẫn đọc được)",
    why: "Tệp được đọc theo nội dung thật; Excel có thể cảnh báo hoặc không mở tệp này.",
    breaks: "Trang web có bảng được lưu thành bieu1.xls.",
    keeps: "Tệp .xlsx đúng là sổ làm việc Excel.",
    mend: "Lần sau lưu tệp bằng lệnh Lưu thành, chọn loại Excel (.xlsx), không đổi đuôi bằng tay.",
};

/// TEP07: text in an old encoding was turned into composed Unicode.
pub static TEP07: Rule = Rule {
    code: "TEP07",
    slug: "da-chuyen-ma-chu",
    severity: Severity::Info,
    title: "Đã chuyển mã chữ về Unicode dựng sẵn (TCVN3, VNI, Windows-1258, tổ hợp)",
    why: "Chữ gõ bằng bảng mã cũ được đổi để so khớp và in đúng; cần biết để kiểm tra lại tên riêng.",
    breaks: "Ô ghi bằng phông .VnTime: X· B¶o Hµ.",
    keeps: "Ô ghi bằng phông Times New Roman, bảng mã Unicode: Xã Bảo Hà.",
    mend: "Không phải sửa; lần sau gõ bằng bảng mã Unicode dựng sẵn.",
};

/// TEP08: data stands in a hidden sheet, row or column.
pub static TEP08: Rule = Rule {
    code: "TEP08",
    slug: "du-lieu-trong-phan-an",
    severity: Severity::Warning,
    title: "Có dữ liệu trong trang, hàng hoặc cột ẩn",
    why: "Người lập có thể không biết phần ẩn vẫn được tính, hoặc đã ẩn đi số liệu cũ.",
    breaks: "Dòng 12 của Biểu 1 đang ẩn nhưng vẫn có một cuộc hội nghị.",
    keeps: "Mọi dòng, cột, trang có số liệu đều hiện.",
    mend: "Bỏ ẩn để kiểm tra, xóa phần thừa rồi gửi lại, hoặc xác nhận là đúng.",
};

/// TEP09: a file of the system or a temporary file was left out.
pub static TEP09: Rule = Rule {
    code: "TEP09",
    slug: "bo-qua-tep-tam",
    severity: Severity::Info,
    title: "Bỏ qua tệp tạm (~$…, .tmp, Thumbs.db, .DS_Store)",
    why: "Tệp tạm do phần mềm tự sinh ra, không phải báo cáo của đơn vị.",
    breaks: "Tệp ~$Bao cao Q1.xlsx nằm cạnh Bao cao Q1.xlsx.",
    keeps: "Thư mục chỉ có tệp báo cáo.",
    mend: "Không phải làm gì.",
};
