//! Rules about figures (số liệu) that need more than one submission: the batch raises them.

use crate::model::{Rule, Severity};

/// SL06: what was open at the start, came and was settled does not give what is open at the end.
pub static SL06: Rule = Rule {
    code: "SL06",
    slug: "ton-dong-khong-khop-ky-truoc",
    severity: Severity::Warning,
    title: "Tồn đọng không khớp kỳ trước",
    why: "Kiến nghị tồn đầu kỳ cộng mới trừ đã xong phải bằng tồn cuối kỳ; lệch là có kiến nghị bị bỏ sót.",
    breaks: "Cuối quý I còn 3 kiến nghị chưa xong, Biểu 3 của quý II chỉ có 2.",
    keeps: "Cuối quý I còn 3 kiến nghị chưa xong, Biểu 3 của quý II có đủ 3.",
    mend: "Đối chiếu với báo cáo quý trước, ghi đủ kiến nghị chưa xong vào Biểu 3.",
};

/// SL07: a district's Biểu 02 and the commune's own Biểu 01 differ.
pub static SL07: Rule = Rule {
    code: "SL07",
    slug: "bieu-huyen-khac-bieu-xa",
    severity: Severity::Error,
    title: "Biểu 02 của huyện khác Biểu 01 của xã",
    why: "Hai cấp báo cáo hai số cho cùng một việc; số của xã được dùng, nhưng phải thống nhất.",
    breaks: "Huyện ghi xã có 2 cuộc định kỳ, Biểu 01 của xã chỉ có 1.",
    keeps: "Biểu 02 của huyện ghi đúng các số trong Biểu 01 của từng xã.",
    mend: "Huyện và xã đối chiếu với biên bản, bên ghi sai sửa lại rồi gửi lại.",
};
