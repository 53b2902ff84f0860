//! The lists that an office keeps as `.csv` beside the submissions: bytes, separator, rows.

use super::walk::FoundFile;
use crate::model::text::same_key;
use crate::model::{Finding, Place, Severity};
use crate::notation::code_page::decode;
use crate::notation::legacy::repair_text;
use crate::notation::system::why;
use crate::rules::tep::{TEP01, TEP04, TEP07, TEP09};
use std::io::Read;
use unicode_normalization::UnicodeNormalization;

/// A list of a nation's files stays below this size.
const LIMIT: u64 = 16 * 1024 * 1024;

/// An office's list under a name that is not quite its own, which is not read as the list: a workbook, a copy.
pub(super) fn nearly_a_list(file: &FoundFile) -> Option<Finding> {
    let (stem, _) = file.path.file_name().rsplit_once('.')?;
    let list = [super::receipts::FILE_NAME, super::explanations::FILE_NAME]
        .into_iter()
        .find(|list| list.strip_suffix(".csv").is_some_and(|own| same_key(own, stem)))?;
    let message = format!("Tên tệp gần giống {list} nhưng không phải; không đọc như {list}.");
    let finding = Finding::new(&TEP09, Place::file(file.path.clone()), message)
        .with_severity(Severity::Warning);
    let help =
        format!("Nếu đây là danh sách của cơ quan, lưu lại dạng CSV với tên {list} rồi chạy lại.");
    Some(finding.help(help))
}

/// The rows of a list with their line numbers, counted from one; `what` names the list in a finding.
pub(super) fn rows(
    file: &FoundFile,
    what: &str,
    findings: &mut Vec<Finding>,
) -> Vec<(usize, csv::StringRecord)> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(&file.disk);
    let read = opened.and_then(|list| list.take(LIMIT + 1).read_to_end(&mut bytes));
    if read.as_ref().is_ok_and(|length| u64::try_from(*length).is_ok_and(|length| length > LIMIT)) {
        let message = format!(
            "Vượt giới hạn an toàn: {what} lớn hơn {} MB; không đọc danh sách này.",
            LIMIT / (1024 * 1024)
        );
        findings.push(Finding::new(&TEP04, Place::file(file.path.clone()), message));
        return Vec::new();
    }
    if let Err(error) = read {
        let message = format!("Không đọc được {what}: {}.", why(&error));
        findings.push(Finding::new(&TEP01, Place::file(file.path.clone()), message));
        return Vec::new();
    }
    let whole = decoded(&bytes, file, what, findings);
    let (separator, text) = separator(&whole);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // A first line that only names the separator is a line of the file all the same.
    let skipped = usize::from(text.len() < whole.len());
    let line = |row: &csv::StringRecord| {
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        let (line, at) = row.position().map_or((0, 0), |at| (count(at.line()), count(at.byte())));
        // Empty lines in front of a row are counted to it.
        let rest = text.as_bytes().get(at..).unwrap_or_default().iter();
        let empty = rest.take_while(|byte| matches!(byte, b'\r' | b'\n'));
        line.saturating_add(empty.filter(|byte| **byte == b'\n').count()).saturating_add(skipped)
    };
    reader.records().filter_map(|row| row.ok().map(|row| (line(&row), row))).collect()
}

/// The text of a list in whatever encoding a spreadsheet program saved it.
fn decoded(bytes: &[u8], file: &FoundFile, what: &str, findings: &mut Vec<Finding>) -> String {
    let place = || Place::file(file.path.clone());
    let text = decode(bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    if text.contains('\u{FFFD}') {
        let message = format!(
            "Có chữ trong {what} không đọc được, thay bằng \u{201c}\u{FFFD}\u{201d}; tên tệp có dấu có thể không khớp."
        );
        let finding = Finding::new(&TEP01, place(), message);
        findings.push(finding.help("Mở tệp bằng Excel, lưu lại dạng CSV UTF-8, rồi chạy lại."));
    }
    let Some((encoding, repaired)) = repair_text(text) else { return text.nfc().collect() };
    let message = format!(
        "Chữ trong {what} ghi bằng bảng mã {}; đã chuyển về Unicode dựng sẵn.",
        encoding.label()
    );
    findings.push(Finding::new(&TEP07, place(), message));
    repaired
}

/// The separator that the first line names (`sep=;`) or holds most often, and the text behind such a name.
fn separator(text: &str) -> (u8, &str) {
    let (first, rest) =
        text.trim_start_matches(['\r', '\n']).split_once('\n').unwrap_or((text, ""));
    if let Some(&[told]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (told, rest);
    }
    let times = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    // A comma may be part of a name or a date in words, so that of equals it is the last.
    let most = [b';', b'\t', b','].into_iter().rev().max_by_key(|one| times(*one));
    (most.unwrap_or(b','), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::submission::FilePath;
    use crate::notation::legacy::Encoding;

    /// UTF-8 with enough sound letters to be known as that.
    const TORN: &str = "Báo cáo số liệu quý một năm đ";

    #[test]
    fn a_list_that_is_not_read_whole_says_so() {
        let root = tempfile::tempdir().unwrap();
        let disk = root.path().join("nhan.csv");
        let limit = usize::try_from(LIMIT).unwrap();
        for (content, rows, code) in [
            (b"a,b\n1,2\n".to_vec(), 2, None),
            ([b"a,b\n".as_slice(), &vec![b'x'; limit]].concat(), 0, Some("TEP04")),
            ([TORN.as_bytes(), b"\xE1\xBB.xlsx,02/04/2021\n"].concat(), 1, Some("TEP01")),
        ] {
            std::fs::write(&disk, content).unwrap();
            let file = FoundFile { path: FilePath::new("nhan.csv"), disk: disk.clone() };
            let mut findings = Vec::new();
            assert_eq!(super::rows(&file, "danh sách", &mut findings).len(), rows, "{code:?}");
            assert_eq!(findings.first().map(|finding| finding.rule.code), code);
        }
    }

    /// One list as spreadsheet programs save it, in their encodings and with their separators.
    #[test]
    fn a_list_is_read_however_it_was_saved() {
        let text = "Mã lỗi;Mã đơn vị;Lý do;Kết luận\n\nCT01;02989;Mưa lũ, sạt lở đường;Chấp nhận\n";
        let tabbed = text.replace(';', "\t");
        let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        let old = |encoding: Encoding| {
            let coded = encoding.encode(text).unwrap();
            coded.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>()
        };
        // Windows-1258 writes the letters with a tone as two signs.
        let windows = b"Ma\xDE l\xF4\xDEi;Ma\xDE \xF0\xF5n vi\xF2;Ly\xEC do;K\xEA\xECt lu\xE2\xF2n\n\nCT01;02989;M\xFDa lu\xDE, sa\xF2t l\xF5\xD2 \xF0\xFD\xF5\xCCng;Ch\xE2\xECp nh\xE2\xF2n\n";
        let windows: Vec<u8> = windows.to_vec();
        for (what, bytes, code) in [
            ("UTF-8", text.as_bytes().to_vec(), None),
            ("UTF-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat(), None),
            ("tabs", tabbed.clone().into_bytes(), None),
            (
                "commas",
                text.replace("Mưa lũ, sạt lở đường", "\"Mưa lũ, sạt lở đường\"")
                    .replace(';', ",")
                    .into_bytes(),
                None,
            ),
            ("Unicode text", wide(&format!("\u{FEFF}{tabbed}"), u16::to_le_bytes), None),
            ("UTF-16BE", wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes), None),
            ("UTF-16 without a mark", wide(text, u16::to_le_bytes), None),
            ("lines of Windows", text.replace('\n', "\r\n").into_bytes(), None),
            ("decomposed", text.nfd().to_string().into_bytes(), Some("TEP07")),
            ("Windows-1258", windows, Some("TEP07")),
            ("TCVN3", old(Encoding::Tcvn3), Some("TEP07")),
            ("VNI", old(Encoding::Vni), Some("TEP07")),
        ] {
            let root = tempfile::tempdir().unwrap();
            let disk = root.path().join("giai-trinh.csv");
            std::fs::write(&disk, bytes).unwrap();
            let file = FoundFile { path: FilePath::new("giai-trinh.csv"), disk };
            let mut findings = Vec::new();
            let rows = rows(&file, "danh sách", &mut findings);
            let cells = |(line, row): &(usize, csv::StringRecord)| {
                (*line, row.iter().map(str::to_owned).collect::<Vec<_>>().join("|"))
            };
            let rows: Vec<_> = rows.iter().map(cells).collect();
            assert_eq!(
                rows,
                [
                    (1, "Mã lỗi|Mã đơn vị|Lý do|Kết luận".to_owned()),
                    (3, "CT01|02989|Mưa lũ, sạt lở đường|Chấp nhận".to_owned()),
                ],
                "{what}"
            );
            assert_eq!(findings.first().map(|finding| finding.rule.code), code, "{what}");
        }
    }

    #[test]
    fn the_first_line_may_name_the_separator() {
        for (text, expected) in [
            ("sep=;\r\na;b,c\r\n", (b';', "a;b,c\r\n")),
            ("a,b;c,d\n", (b',', "a,b;c,d\n")),
            ("a;b\n1,2,3;4\n", (b';', "a;b\n1,2,3;4\n")),
            ("\n\na\tb\n", (b'\t', "\n\na\tb\n")),
            ("một cột\n", (b';', "một cột\n")),
            ("", (b';', "")),
        ] {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_list_under_another_name_is_told() {
        for (name, list) in [
            ("giai-trinh.xlsx", Some("giai-trinh.csv")),
            ("Giải trình.csv", Some("giai-trinh.csv")),
            ("giai_trinh.csv", Some("giai-trinh.csv")),
            ("nhận.xls", Some("nhan.csv")),
            ("giai-trinh xã Bảo Hà.xlsx", None),
            ("giai-trinh", None),
            ("BC_02647_2021_Q1.xlsx", None),
        ] {
            let file = FoundFile { path: FilePath::new(name), disk: std::path::PathBuf::new() };
            let told = nearly_a_list(&file).map(|finding| finding.message);
            assert_eq!(told.is_some(), list.is_some(), "{name}");
            assert!(told.is_none_or(|told| told.contains(list.unwrap())), "{name}");
        }
    }
}
