//! Which version of a submission a file is, by the words of its name and of its titles: `lần 2`, `bản sửa`, `cũ`.

use crate::model::text::word_key;

/// The version of a draft, or of what the unit has set aside.
pub const SET_ASIDE: u32 = 0;
/// The version of a file that says nothing.
pub const FIRST: u32 = 1;
/// The version of a correction without a number.
const CORRECTED: u32 = 2;

/// Words of a correction, wherever they stand in a name.
const CORRECTIONS: [&str; 12] = [
    "sua",
    "bo sung",
    "dieu chinh",
    "dinh chinh",
    "thay the",
    "cap nhat",
    "gui lai",
    "nop lai",
    "chinh thuc",
    "hoan chinh",
    "hoan thien",
    "final",
];
/// Words of a correction at the end of a name.
const LAST_WORDS: [&str; 4] = ["moi", "ban cuoi", "cuoi cung", "ban chuan"];
/// Words at the end of a name by which it is not the one to be used, and the same without diacritics where
/// those letters are no other word as well.
const ASIDE: [(&str, Option<&str>); 14] = [
    ("cũ", None),
    ("hủy", None),
    ("huỷ", None),
    ("lỗi", None),
    ("không sử dụng", Some("khong su dung")),
    ("nháp", Some("nhap")),
    ("bỏ", None),
    ("hỏng", Some("hong")),
    ("sai", Some("sai")),
    ("dự thảo", Some("du thao")),
    ("không dùng", Some("khong dung")),
    ("backup", Some("backup")),
    ("draft", Some("draft")),
    ("old", Some("old")),
];

/// Which version a file's name says it is: `lần 2` is 2; `sửa`, `bổ sung` without a number is 2.
pub fn of_name(name: &str) -> u32 {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let spoken: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let spoken = spoken.trim_end().to_lowercase();
    let words = word_key(stem);
    let ends = |name: &str, word: &str| {
        let before = name.strip_suffix(word);
        before.map(|before| (before.is_empty(), before.ends_with(' ')))
    };
    let last = |word: &str| ends(&words, word).is_some_and(|(_, parted)| parted);
    let aside = |(word, plain): &(&str, Option<&str>)| {
        ends(&spoken, word).is_some_and(|(alone, parted)| alone || parted)
            || plain.is_some_and(last)
    };
    if ASIDE.iter().any(aside) {
        return SET_ASIDE;
    }
    let corrected = || {
        let said = |word: &&str| {
            let joined =
                || words.split(' ').any(|one| one.bytes().eq(word.bytes().filter(|b| *b != b' ')));
            has_words(&words, word) || word.contains(' ') && joined()
        };
        CORRECTIONS.iter().any(said) || LAST_WORDS.iter().any(|word| last(word))
    };
    numbered(&words).unwrap_or_else(|| if corrected() { CORRECTED } else { FIRST })
}

/// Whether these words stand in a row somewhere in those.
fn has_words(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let before = words.get(..at).unwrap_or_default();
        let behind = words.get(at + phrase.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(' '))
            && (behind.is_empty() || behind.starts_with(' '))
    })
}

/// Which version a title or a report's number says it is. A title has other matters too (`sửa chữa
/// đường`, `đối thoại lần 2`), so only what speaks of the report itself counts.
pub fn of_title(title: &str) -> u32 {
    let words = word_key(title);
    let bracketed = title.rsplit_once('(').map(|(_, inside)| word_key(inside));
    let report = ["bao cao", "ban bao cao", "ban", "bieu", "gui", "nop"];
    let behind = report.iter().find_map(|lead| words.strip_prefix(lead)?.strip_prefix(' '));
    let of = |said: &str| {
        let first = |word: &&str| {
            let rest = said.strip_prefix(*word);
            rest.is_some_and(|rest| ["", " doi", " lai"].contains(&rest))
        };
        let counted = said.strip_prefix("lan ").and_then(|rest| number(rest.split(' ').next()?));
        counted.or_else(|| CORRECTIONS.iter().any(first).then_some(CORRECTED))
    };
    let said = [bracketed.as_deref(), behind].into_iter().flatten();
    said.filter_map(of).max().unwrap_or(FIRST)
}

/// `lan 2`, `lan thu 2`, `lan2`, `v2`, `ver 2`, `l2`, `ban 2` in the words of a name.
fn numbered(words: &str) -> Option<u32> {
    let words: Vec<&str> = words.split(' ').collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let next = |ahead: usize| words.get(at + ahead).copied().and_then(number);
        let spelt = |ahead: usize| {
            let word = words.get(at + ahead)?;
            SPELT.iter().find(|(name, _)| name == word).map(|(_, number)| *number)
        };
        match *word {
            "lan" if words.get(at + 1) == Some(&"thu") => next(2).or_else(|| spelt(2)),
            "lan" => next(1).or_else(|| spelt(1)),
            "ver" | "version" | "v" => next(1),
            "ban" if at + 2 == words.len() => next(1),
            word => {
                ["lan", "ver", "v", "l"].iter().find_map(|lead| number(word.strip_prefix(lead)?))
            }
        }
    })
}

/// Numbers in words behind `lần`.
const SPELT: [(&str, u32); 6] =
    [("dau", 1), ("nhat", 1), ("mot", 1), ("hai", 2), ("ba", 3), ("bon", 4)];

/// A year after a name such as Phong Lan is no version.
fn number(digits: &str) -> Option<u32> {
    let few = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| few)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_say_of_versions() {
        for (name, version) in [
            ("BC_02647_2021_Q1.xlsx", 1),
            ("BC_02647_2021_Q1 (lần 2).xlsx", 2),
            ("BC_02647_2021_Q1 lan3.xlsx", 3),
            ("BC_02647_2021_Q1 lần thứ 3.xlsx", 3),
            ("BC_02647_2021_Q1_v2.xlsx", 2),
            ("BC_02647_2021_Q1 ver 3.xlsx", 3),
            ("BC_02647_2021_Q1(L2).xlsx", 2),
            ("BC_02647_2021_Q1 bản 2.xlsx", 2),
            ("BC_02647_2021_Q1 - sửa.xlsx", 2),
            ("BC_02647_2021_Q1 bổ sung.xlsx", 2),
            ("BC_02647_2021_Q1 final.xlsx", 2),
            ("BC_02647_2021_Q1 mới.xlsx", 2),
            ("BC_02647_2021_Q1 gửi lại.xlsx", 2),
            ("BC_02647_2021_Q1 bản chính thức.xlsx", 2),
            ("BC_02647_2021_Q1 (1).xlsx", 1),
            ("BC_02647_2021_Q1 cũ.xlsx", 0),
            ("BC_02647_2021_Q1_hủy.xlsx", 0),
            ("BC_02647_2021_Q1 (bị lỗi).xlsx", 0),
            ("BC xã Bản Lầu quý I lần đầu.xlsx", 1),
            ("BC xã Bản Lầu quý I lần hai.xlsx", 2),
            ("BC xã Bản Lầu quý I lần thứ ba.xlsx", 3),
            ("BC huyện Huy.xlsx", 1),
            ("BC_02647_2021_Q1 (ban nhap).xlsx", 0),
            ("BC_02647_2021_Q1 dự thảo.xlsx", 0),
            ("BC xã Bản Lầu thay thế.xlsx", 2),
            ("BC-dieuchinh.xlsx", 2),
            ("BC lần 2 lần 4.xlsx", 2),
            ("Bản Lầu.xlsx", 1),
            ("Đảng bộ.xlsx", 1),
            ("BC xã Tả Củ.xlsx", 1),
            ("Báo cáo môi trường.xlsx", 1),
            ("BC xã Phong Lan 2021.xlsx", 1),
            ("BC xã Lan Mẫu (lần 2).xlsx", 2),
            ("BC xã Bản Suan.xlsx", 1),
        ] {
            assert_eq!(of_name(name), version, "{name}");
        }
    }

    #[test]
    fn what_titles_say_of_versions() {
        for (title, version) in [
            ("(Báo cáo lần 2)", 2),
            ("BÁO CÁO BỔ SUNG", 2),
            ("(Bản sửa đổi)", 2),
            ("Báo cáo thay thế", 2),
            ("(Điều chỉnh)", 2),
            ("05-BC/ĐU (lần 3)", 3),
            ("Quý I/2021 (bổ sung)", 2),
            ("Báo cáo kết quả đối thoại lần 2", 1),
            ("Báo cáo sửa chữa đường", 1),
            ("KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI", 1),
            ("Bổ sung cột điện", 1),
        ] {
            assert_eq!(of_title(title), version, "{title}");
        }
    }
}
