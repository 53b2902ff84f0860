//! The lists that an office keeps as `.csv` beside the submissions: bytes, separator, rows.

use super::walk::FoundFile;
use crate::model::{Finding, Place};
use crate::notation::system::why;
use crate::rules::tep::{TEP01, TEP04};
use std::borrow::Cow;
use std::io::Read;

/// A list of a nation's files stays below this size.
const LIMIT: u64 = 16 * 1024 * 1024;

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
    let text = String::from_utf8_lossy(&bytes);
    if matches!(text, Cow::Owned(_)) {
        let message = format!(
            "Danh sách không ghi bằng UTF-8 nên chữ có dấu trong {what} đọc không đúng; tên tệp có dấu có thể không khớp."
        );
        let finding = Finding::new(&TEP01, Place::file(file.path.clone()), message);
        findings.push(finding.help("Mở tệp bằng Excel, lưu lại dạng CSV UTF-8, rồi chạy lại."));
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let delimiter =
        if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    (1..).zip(reader.records()).filter_map(|(line, row)| Some((line, row.ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::submission::FilePath;

    #[test]
    fn a_list_that_is_not_read_whole_says_so() {
        let root = tempfile::tempdir().unwrap();
        let disk = root.path().join("nhan.csv");
        let limit = usize::try_from(LIMIT).unwrap();
        for (content, rows, code) in [
            (b"a,b\n1,2\n".to_vec(), 2, None),
            ([b"a,b\n".as_slice(), &vec![b'x'; limit]].concat(), 0, Some("TEP04")),
            (b"B\xB8o c\xB8o.xlsx,02/04/2021\n".to_vec(), 1, Some("TEP01")),
        ] {
            std::fs::write(&disk, content).unwrap();
            let file = FoundFile { path: FilePath::new("nhan.csv"), disk: disk.clone() };
            let mut findings = Vec::new();
            assert_eq!(super::rows(&file, "danh sách", &mut findings).len(), rows, "{code:?}");
            assert_eq!(findings.first().map(|finding| finding.rule.code), code);
        }
    }
}
