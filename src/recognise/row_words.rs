//! The words by which rows of sums, section titles and the signature block are told from data.

/// Words with which a signature block or a note begins.
const FOOT_WORDS: [&str; 15] = [
    "nguoilap",
    "noinhan",
    "thutruong",
    "tm",
    "kt",
    "kyten",
    "xacnhan",
    "ghichu",
    "luuy",
    "bithu",
    "chutich",
    "vanphong",
    "tl",
    "nguoitonghop",
    "canbotonghop",
];

/// Words of a total row that stand there alone.
const TOTALS: [&str; 11] = [
    "tong",
    "cong",
    "ts",
    "tongcong",
    "tongso",
    "congchung",
    "tongcongtoanxa",
    "toanxa",
    "toanhuyen",
    "tongcongtoanhuyen",
    "cacxacong",
];

/// `Tổng cộng`, `Tổng số`, `Cộng` and nothing else.
pub(super) fn is_total(words: &str) -> bool {
    TOTALS.contains(&words)
}

/// `Tổng cộng quý I`, `Tổng số (I + II)`: the beginning of a total's name, or of a sentence.
pub(super) fn begins_as_total(words: &str) -> bool {
    ["tongcong", "tongso"].iter().any(|total| words.starts_with(total))
}

/// `Cộng I`, `Cộng mục 2`, `Tổng I`, `Cộng huyện …`.
pub(super) fn is_section_sum(words: &str) -> bool {
    let rest = words.strip_prefix("cong").or_else(|| words.strip_prefix("tong"));
    rest.is_some_and(|rest| {
        let part = ["muc", "phan", "nhom", "khu"].iter().find_map(|word| rest.strip_prefix(word));
        is_counter(part.unwrap_or(rest)) || rest.starts_with("huyen")
    })
}

/// A number of a section: `I`, `IV`, `a`, `2`.
fn is_counter(text: &str) -> bool {
    let roman = text.len() <= 4 && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let digits = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
    !text.is_empty() && (roman || digits || letter)
}

/// Whether a cell of the numbering column counts sections: a Roman number or a letter.
pub(super) fn counts_sections(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', ')', '-', '/']);
    let roman = bare.len() <= 4 && bare.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase());
    !bare.is_empty() && (roman || letter)
}

/// Whether these words begin a signature block or a note.
pub(super) fn begins_foot(words: &str) -> bool {
    let dated = words.contains("ngay") && words.contains("thang") && words.contains("nam");
    dated
        || FOOT_WORDS.iter().any(|word| {
            let rest = words.strip_prefix(word);
            rest.is_some_and(|rest| word.len() > 2 || rest.starts_with(['b', 'd', 'u', 'c']))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::key;

    #[test]
    fn words_that_sum() {
        for (words, sum) in [
            ("Tổng cộng", true),
            ("TỔNG SỐ:", true),
            ("Cộng", true),
            ("Cộng I", true),
            ("Cộng mục 2", true),
            ("Tổng phần III", true),
            ("Cộng huyện Bảo Yên", true),
            ("Tổng cộng (I + II)", true),
            ("Cộng đồng dân cư thôn 3", false),
            ("Tổ dân phố số 5", false),
            ("Tống Phan", false),
            ("Công tác giải phóng mặt bằng", false),
        ] {
            let words = key(words);
            let found = is_total(&words) || begins_as_total(&words) || is_section_sum(&words);
            assert_eq!(found, sum, "{words}");
        }
    }

    #[test]
    fn words_of_a_signature_block() {
        for (words, foot) in [
            ("NGƯỜI LẬP BIỂU", true),
            ("T/M BAN THƯỜNG VỤ", true),
            ("KT. BÍ THƯ", true),
            ("Bảo Hà, ngày 31 tháng 3 năm 2021", true),
            ("Ghi chú: số liệu đến hết tháng 3", true),
            ("Thôn Tân Tiến", false),
            ("Trụ sở UBND xã", false),
        ] {
            assert_eq!(begins_foot(&key(words)), foot, "{words}");
        }
    }

    #[test]
    fn numbers_of_sections() {
        for (text, section) in
            [("I", true), ("IV.", true), ("A", true), ("1", false), ("I/2021", false), ("", false)]
        {
            assert_eq!(counts_sections(text), section, "{text:?}");
        }
    }
}
