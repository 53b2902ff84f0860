//! The lists that an office keeps as `.csv` beside the submissions: bytes, separator, rows.

use super::walk::FoundFile;
use crate::model::{Finding, Place};
use crate::notation::system::why;
use crate::rules::tep::TEP01;
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
    if let Err(error) = opened.and_then(|list| list.take(LIMIT).read_to_end(&mut bytes)) {
        let message = format!("Không đọc được {what}: {}.", why(&error));
        findings.push(Finding::new(&TEP01, Place::file(file.path.clone()), message));
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&bytes);
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
