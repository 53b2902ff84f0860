//! The office's own list of receipts (`nhan.csv`): which file was received on which day.

use super::office_list;
use super::walk::FoundFile;
use crate::model::submission::FilePath;
use crate::model::{Finding, Place, Text};
use crate::notation::date::{DateReading, from_text};
use crate::rules::dl::DL02;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The name of the list.
pub(super) const FILE_NAME: &str = "nhan.csv";

/// When files were received: of each the first and the last day on which it is listed.
#[derive(Debug, Clone, Default)]
pub struct Receipts {
    days: BTreeMap<String, (NaiveDate, NaiveDate)>,
}

impl Receipts {
    /// The first day on which that file was received, by its path or by its bare name.
    pub fn of(&self, path: &FilePath) -> Option<NaiveDate> {
        self.days_of(path).map(|(first, _)| first)
    }

    /// The last day on which that file was received.
    pub fn last_of(&self, path: &FilePath) -> Option<NaiveDate> {
        self.days_of(path).map(|(_, last)| last)
    }

    fn days_of(&self, path: &FilePath) -> Option<(NaiveDate, NaiveDate)> {
        if self.days.is_empty() {
            return None;
        }
        let by = |name: &str| self.days.get(&folded(name)).copied();
        by(path.as_str()).or_else(|| by(path.file_name()))
    }

    /// Reads a list; a row that cannot be read costs that row.
    pub(super) fn read(&mut self, file: &FoundFile, findings: &mut Vec<Finding>) {
        let folder = file.path.as_str().strip_suffix(file.path.file_name()).unwrap_or_default();
        let rows = office_list::rows(file, "danh sách nhận báo cáo", findings);
        for (at, (line, row)) in rows.into_iter().enumerate() {
            let (name, day) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
            let Some(name) = Text::new(name) else { continue };
            match from_text(day, None) {
                DateReading::Day(day) => {
                    let listed = name.as_str().replace('\\', "/");
                    for name in [format!("{folder}{listed}"), listed] {
                        let (first, last) = self.days.entry(folded(&name)).or_insert((day, day));
                        (*first, *last) = ((*first).min(day), (*last).max(day));
                    }
                }
                // The first row may name the columns.
                DateReading::Invalid if at == 0 => {}
                DateReading::Invalid => {
                    let message = format!(
                        "Dòng {line} của danh sách nhận báo cáo ghi ngày \u{201c}{day}\u{201d} cho tệp \u{201c}{name}\u{201d}, không phải ngày có trong lịch; bỏ qua dòng này."
                    );
                    findings.push(
                        Finding::new(&DL02, Place::file(file.path.clone()), message).value(day),
                    );
                }
            }
        }
    }
}

/// Windows does not tell capitals from small letters in file names, nor do people.
fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_files_by_path_or_by_name() {
        let root = tempfile::tempdir().unwrap();
        let disk = root.path().join("nhan.csv");
        std::fs::write(
            &disk,
            "\u{FEFF}Tệp;Ngày nhận\nBC_02647_2021_Q1.xlsx;02/04/2021\nxa\\b.xlsx;2021-04-07\nXA/B.xlsx;2021-04-01\nxa/b.xlsx;2021-04-12\nc.xlsx;31/02/2021\n",
        )
        .unwrap();
        let file = FoundFile { path: FilePath::new("080/nhan.csv"), disk };
        let (mut receipts, mut findings) = (Receipts::default(), Vec::new());
        receipts.read(&file, &mut findings);
        let day = |path: &str| receipts.of(&FilePath::new(path)).map(|day| day.to_string());
        assert_eq!(day("080/BC_02647_2021_Q1.xlsx").as_deref(), Some("2021-04-02"));
        assert_eq!(day("other/BC_02647_2021_Q1.xlsx").as_deref(), Some("2021-04-02"));
        assert_eq!(day("080/xa/b.xlsx").as_deref(), Some("2021-04-01"));
        let last = receipts.last_of(&FilePath::new("080/xa/b.xlsx"));
        assert_eq!(last.map(|day| day.to_string()).as_deref(), Some("2021-04-12"));
        assert_eq!(day("c.xlsx"), None);
        assert_eq!(findings.len(), 1);
    }
}
