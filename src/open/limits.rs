//! The limits of safety, all in one place: generous for honest files, past them a file is TEP04.

use crate::model::count::grouped;
use std::time::Duration;

/// What one file may cost. A commune's form has some thousand cells; a district's roll-up has fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file as it lies on the disk; photographs pasted into a form fit in.
    pub file_bytes: u64,
    /// Bytes of one part of a package after inflating.
    pub part_bytes: u64,
    /// Bytes of all parts that are read of one package after inflating.
    pub inflated_bytes: u64,
    /// How many times larger than its packed form a part of at least `ratio_from` bytes may grow.
    pub ratio: u64,
    /// Inflated bytes below which the ratio does not matter.
    pub ratio_from: u64,
    /// Parts of a package, or members of an archive.
    pub parts: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Cells that hold something, all sheets together.
    pub cells: usize,
    /// Merged ranges, all sheets together.
    pub merges: usize,
    /// Bytes of the text of one cell; Excel itself stops at 32,767 characters.
    pub cell_text_bytes: usize,
    /// Bytes of text of all cells together, shared strings counted apart once more.
    pub text_bytes: usize,
    /// Entries of the table of shared strings.
    pub shared_strings: usize,
    /// Cell formats of a workbook.
    pub styles: usize,
    /// Bytes of one piece of XML (a tag, or text between two tags).
    pub xml_piece_bytes: usize,
    /// Elements open at the same time in XML.
    pub xml_depth: usize,
    /// Memory of a worker process that reads binary workbooks, everything included.
    pub worker_bytes: u64,
    /// Time that a worker may take for one file.
    pub worker_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 32 * MIB,
            part_bytes: 64 * MIB,
            inflated_bytes: 128 * MIB,
            ratio: 250,
            ratio_from: 8 * MIB,
            parts: 10_000,
            sheets: 256,
            cells: 200_000,
            merges: 50_000,
            cell_text_bytes: 128 * 1024,
            text_bytes: 8 * 1024 * 1024,
            shared_strings: 200_000,
            styles: 200_000,
            xml_piece_bytes: 1024 * 1024,
            xml_depth: 128,
            worker_bytes: 512 * MIB,
            worker_time: Duration::from_secs(5),
        }
    }
}

/// One mebibyte.
pub(super) const MIB: u64 = 1024 * 1024;

/// Which limit was passed, with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// [`Limits::file_bytes`].
    FileBytes(u64),
    /// [`Limits::part_bytes`].
    PartBytes(u64),
    /// [`Limits::inflated_bytes`].
    InflatedBytes(u64),
    /// [`Limits::ratio`].
    Ratio(u64),
    /// [`Limits::parts`].
    Parts(usize),
    /// [`Limits::sheets`].
    Sheets(usize),
    /// [`Limits::cells`].
    Cells(usize),
    /// [`Limits::merges`].
    Merges(usize),
    /// [`Limits::cell_text_bytes`].
    CellText(usize),
    /// [`Limits::text_bytes`].
    Text(usize),
    /// [`Limits::shared_strings`].
    SharedStrings(usize),
    /// [`Limits::styles`].
    Styles(usize),
    /// [`Limits::xml_piece_bytes`].
    XmlPiece(usize),
    /// [`Limits::xml_depth`].
    XmlDepth(usize),
    /// [`Limits::worker_time`], in seconds.
    Time(u64),
    /// An archive inside an archive.
    Nested,
}

impl Passed {
    /// The limit in words, in Vietnamese.
    pub fn words(self) -> String {
        match self {
            Self::FileBytes(n) => format!("dung lượng tệp quá {}", megabytes(n)),
            Self::PartBytes(n) => format!("một phần của tệp giải nén quá {}", megabytes(n)),
            Self::InflatedBytes(n) => format!("tệp giải nén quá {}", megabytes(n)),
            Self::Ratio(n) => format!("tệp giải nén phình quá {n} lần"),
            Self::Parts(n) => format!(
                "tệp nén có quá {} thành phần",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::Sheets(n) => {
                format!("tệp có quá {} trang", grouped(u64::try_from(n).unwrap_or(u64::MAX)))
            }
            Self::Cells(n) => {
                format!("tệp có quá {} ô có dữ liệu", grouped(u64::try_from(n).unwrap_or(u64::MAX)))
            }
            Self::Merges(n) => {
                format!("tệp có quá {} vùng ô gộp", grouped(u64::try_from(n).unwrap_or(u64::MAX)))
            }
            Self::CellText(n) => format!(
                "một ô có chữ dài quá {} byte",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::Text(n) => format!(
                "chữ trong các ô cộng lại quá {} byte",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::SharedStrings(n) => format!(
                "tệp có quá {} chuỗi chữ dùng chung",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::Styles(n) => format!(
                "tệp có quá {} kiểu định dạng",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::XmlPiece(n) => format!(
                "một đoạn XML trong tệp dài quá {} byte",
                grouped(u64::try_from(n).unwrap_or(u64::MAX))
            ),
            Self::Time(n) => format!("đọc tệp quá {n} giây"),
            Self::Nested => "tệp nén lồng trong tệp nén".to_owned(),
            Self::XmlDepth(n) => format!("XML trong tệp lồng nhau quá {n} lớp"),
        }
    }
}

/// Bytes as megabytes, the fraction cut off.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / MIB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_named_with_their_value() {
        for (passed, words) in [
            (Passed::FileBytes(32 * MIB), "dung lượng tệp quá 32 MB"),
            (Passed::Cells(200_000), "tệp có quá 200.000 ô có dữ liệu"),
            (Passed::Sheets(256), "tệp có quá 256 trang"),
            (Passed::Merges(1_000_000), "tệp có quá 1.000.000 vùng ô gộp"),
        ] {
            assert_eq!(passed.words(), words);
        }
    }
}
