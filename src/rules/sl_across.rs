//! Rules about figures (số liệu) that need more than one submission: the batch raises them.

use crate::model::privacy::masked;
use crate::model::{Outcome, Rule, Severity, Text};

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

/// A petition in a message: its words, cut where they are long, without personal data.
pub fn quoted(content: &Text) -> String {
    const MOST: usize = 80;
    let words = masked(content.as_str());
    let head: String = words.chars().take(MOST).collect();
    let rest = if words.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("\u{201c}{head}{rest}\u{201d}")
}

/// An outcome in a message.
pub const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::K1 => "trả lời tại hội nghị",
        Outcome::K2 => "đã giải quyết",
        Outcome::K3 => "đang giải quyết",
        Outcome::K4 => "chưa giải quyết",
        Outcome::K5 => "chuyển cấp trên",
    }
}

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
