//! The words by which rows of sums, section titles and the signature block are told from data.

use crate::model::text::key;

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

/// Words with which the name of a sum begins.
const SUMS: [&str; 4] = ["tong", "cong", "tc", "ts"];
/// Words of which the name of a sum of the whole table consists, beside numbers: `Tổng cộng toàn xã (I + II)`.
const OF_TOTALS: [&str; 32] = [
    "tong", "cong", "tc", "ts", "so", "chung", "toan", "hop", "don", "xa", "phuong", "thi", "tran",
    "huyen", "tinh", "thanh", "pho", "quy", "ky", "trong", "nay", "nam", "cuoc", "hoi", "nghi",
    "cac", "va", "ca", "bieu", "chuyen", "trang", "sau",
];

/// Names of a sum of the whole table that begin with other words.
const WHOLE_NAMES: [&str; 8] = [
    "toan xa",
    "toan huyen",
    "toan phuong",
    "toan thi tran",
    "cac xa cong",
    "t cong",
    "tg cong",
    "t so",
];

/// `Tổng cộng`, `Tổng số`, `Cộng`, `TC`, `Cộng chung toàn xã` and nothing else; the words apart.
pub(super) fn is_total(words: &str) -> bool {
    if WHOLE_NAMES.contains(&words) {
        return true;
    }
    let mut rest = words.split(' ');
    let begins = rest.next().is_some_and(|first| SUMS.contains(&first));
    let known = |word: &str| OF_TOTALS.contains(&word) || is_counter(word);
    begins && rest.all(known) && !is_section_sum(words)
}

/// `Tổng cộng quý I`, `Tổng số (I + II)`: the beginning of a total's name, or of a sentence.
pub(super) fn begins_as_total(words: &str) -> bool {
    ["tong cong", "tong so"].iter().any(|total| words.starts_with(total))
}

/// `Cộng I`, `Cộng mục 2`, `Tổng I`, `Cộng huyện …`.
pub(super) fn is_section_sum(words: &str) -> bool {
    if words == "tieu cong" {
        return true;
    }
    let mut words = words.split(' ');
    if !matches!(words.next(), Some("cong" | "tong")) {
        return false;
    }
    let part = |word: &&str| matches!(*word, "muc" | "phan" | "nhom" | "khu" | "thang" | "thu");
    let mut rest = words.skip_while(part);
    let (counter, more) = (rest.next(), rest.next().is_some());
    let spelt = |word: &str| matches!(word, "nhat" | "hai" | "ba");
    counter
        .is_some_and(|word| word == "huyen" && more || (is_counter(word) || spelt(word)) && !more)
}

/// Sums over more than the quarter: no row of it, nor the sum of its rows.
pub(super) fn is_other_span(words: &str) -> bool {
    let spans = ["luy ke", "cong don", "tu dau nam"].iter().any(|span| {
        // `Cộng đồng` is no `cộng dồn`.
        words.strip_prefix(span).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    // `Tổng số lũy kế`.
    spans
        || begins_as_total(words)
            && [" luy ke", " cong don"].iter().any(|span| words.contains(span))
}

/// Rows that compare the sums with something: `Tỷ lệ`, `So với quý trước`, `Tăng, giảm`.
pub(super) fn compares(words: &str) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "ty le",
        "ti le",
        "so voi",
        "so sanh",
        "tang giam",
        "cung ky",
        "ky truoc",
        "quy truoc",
        "nam truoc",
        "mang sang",
        "trang truoc",
        "chuyen sang",
    ];
    BEGINNINGS.iter().any(|beginning| words.starts_with(beginning))
}

/// A heading of rows of one kind or one month: `Định kỳ`, `Hội nghị đột xuất`, `Tháng 2`.
pub(super) fn is_group_name(words: &str) -> bool {
    let kind = ["dinh ky", "dot xuat"].iter().any(|kind| words.ends_with(kind));
    let month = words.strip_prefix("thang ").is_some_and(is_counter);
    (kind && words.split(' ').count() <= 5) || month
}

/// The part of a roll-up that is the district itself, whatever stands around it: `Cấp huyện`, `Khối thành phố`.
pub(crate) fn is_own_level(words: &str) -> bool {
    const KINDS: [&str; 5] = ["huyen", "thi xa", "thanh pho", "quan", "tinh"];
    let rest = ["cap ", "khoi ", "khoi co quan "].iter().find_map(|lead| words.strip_prefix(lead));
    rest.is_some_and(|rest| KINDS.contains(&rest))
}

/// Whether the row's number says that the row only shows how to fill the form in.
pub(super) fn is_example(number: &str) -> bool {
    matches!(key(number).as_str(), "vidu" | "vd" | "mau" | "dongmau" | "minhhoa")
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
    let words = words.replace(' ', "");
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
    use crate::model::text::word_key;

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
            ("TC", true),
            ("Cộng chung toàn phường", true),
            ("Tổng cộng trong kỳ:", true),
            ("Tổng hợp", true),
            ("T.cộng", true),
            ("T/cộng:", true),
            ("Tổng I + II", true),
            ("Cộng 2 cuộc", true),
            ("Tổng cộng: 02 cuộc", true),
            ("Tổng kết năm 2020", false),
            ("Cộng tác viên", false),
            ("Cộng đồng dân cư thôn 3", false),
            ("Tổ dân phố số 5", false),
            ("Tống Phan", false),
            ("Công tác giải phóng mặt bằng", false),
        ] {
            let words = word_key(words);
            let found = is_total(&words) || begins_as_total(&words) || is_section_sum(&words);
            assert_eq!(found, sum, "{words}");
        }
    }

    #[test]
    fn sums_over_more_than_the_quarter() {
        for (words, other) in [
            ("Lũy kế", true),
            ("Cộng dồn từ đầu năm", true),
            ("Cộng đồng dân cư tổ 5 đề nghị sửa đường", false),
            ("Từ đầu năm đến nay", true),
            ("Tổng số lũy kế", true),
            ("Tổng cộng", false),
        ] {
            assert_eq!(is_other_span(&word_key(words)), other, "{words}");
        }
    }

    #[test]
    fn sums_of_a_section_are_no_totals() {
        for (words, section) in [
            ("Cộng I", true),
            ("Cộng mục 2", true),
            ("Cộng tháng 1", true),
            ("Cộng phần thứ nhất", true),
            ("Tiểu cộng", true),
            ("Tổng phần III", true),
            ("Cộng huyện Bảo Yên", true),
            ("Tổng I + II", false),
            ("Cộng 2 cuộc", false),
        ] {
            let words = word_key(words);
            assert_eq!((is_section_sum(&words), is_total(&words)), (section, !section), "{words}");
        }
    }

    #[test]
    fn headings_of_groups() {
        for (words, group) in [
            ("Định kỳ", true),
            ("Các hội nghị đột xuất", true),
            ("Tháng 2", true),
            ("Tháng cao điểm", false),
            ("Đối thoại định kỳ về đất đai", false),
        ] {
            assert_eq!(is_group_name(&word_key(words)), group, "{words}");
        }
        for (words, own) in
            [("Cấp huyện", true), ("Khối thành phố", true), ("Cấp xã", false), ("Cấp nước", false)]
        {
            assert_eq!(is_own_level(&word_key(words)), own, "{words}");
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
            assert_eq!(begins_foot(&word_key(words)), foot, "{words}");
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
