//! The limits of safety, all in one place: generous for honest files, past them a file is TEP04.

use crate::model::count::grouped;
use std::time::Duration;
use thiserror::Error;

/// What one file may cost. A commune's form has some thousand cells; a district's roll-up has fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file as it lies on the disk; photographs pasted into a form fit in.
    pub file_bytes: u64,
    /// Bytes of a file that is text (`.csv`, HTML, XML): its Unicode may be three times as long.
    pub plain_bytes: u64,
    /// Bytes of an `.xls`, of which the worker needs several copies.
    pub xls_bytes: u64,
    /// Bytes of the directory of a package or an archive, its names for the most part.
    pub directory_bytes: usize,
    /// How many times what one file may cost (cells, text, inflated bytes) all files of an archive may cost together.
    pub archive_files: usize,
    /// Bytes of one part of a package after inflating.
    pub part_bytes: u64,
    /// Bytes of all parts that are read of one package after inflating.
    pub inflated_bytes: u64,
    /// How many times larger than its packed form a part of at least `ratio_from` bytes may grow.
    pub ratio: u64,
    /// Inflated bytes below which the ratio does not matter.
    pub ratio_from: u64,
    /// Parts of a package.
    pub parts: usize,
    /// Files in an archive: each is told of by itself.
    pub members: usize,
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
    /// Memory of a worker process that reads `.xls`, beside some copies of the file itself; Unix only.
    pub worker_bytes: u64,
    /// Time that a worker may take for one file, or for all in an archive.
    pub worker_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 32 * MIB,
            plain_bytes: 8 * MIB,
            xls_bytes: 8 * MIB,
            directory_bytes: 4 * 1024 * 1024,
            archive_files: 4,
            part_bytes: 64 * MIB,
            inflated_bytes: 128 * MIB,
            ratio: 250,
            ratio_from: 8 * MIB,
            parts: 10_000,
            members: 2_500,
            sheets: 256,
            cells: 200_000,
            merges: 50_000,
            cell_text_bytes: 128 * 1024,
            text_bytes: 8 * 1024 * 1024,
            shared_strings: 200_000,
            styles: 200_000,
            xml_piece_bytes: 1024 * 1024,
            xml_depth: 128,
            worker_bytes: 32 * MIB,
            worker_time: Duration::from_secs(5),
        }
    }
}

/// A limit that an office may change (`--limit cells=500000`), and what it holds for.
#[derive(Debug)]
pub struct LimitOption {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it limits, in Vietnamese.
    pub what: &'static str,
    slot: fn(&mut Limits) -> Slot<'_>,
}

/// Where the value of a limit goes.
enum Slot<'a> {
    Megabytes(&'a mut u64),
    Number(&'a mut u64),
    Size(&'a mut usize),
    Seconds(&'a mut Duration),
}

/// Every limit that may be changed.
pub const OPTIONS: [LimitOption; 21] = [
    option("file-mb", "MB của một tệp", |l| Slot::Megabytes(&mut l.file_bytes)),
    option("plain-mb", "MB của một tệp văn bản (.csv, HTML, XML)", |l| {
        Slot::Megabytes(&mut l.plain_bytes)
    }),
    option("xls-mb", "MB của một tệp .xls", |l| Slot::Megabytes(&mut l.xls_bytes)),
    option("directory-bytes", "byte của mục lục bên trong tệp nén", |l| {
        Slot::Size(&mut l.directory_bytes)
    }),
    option(
        "archive-files",
        "số lần mức của một tệp mà cả tệp nén được dùng",
        |l| Slot::Size(&mut l.archive_files),
    ),
    option("part-mb", "MB của một phần trong tệp sau giải nén", |l| {
        Slot::Megabytes(&mut l.part_bytes)
    }),
    option("inflated-mb", "MB của cả tệp sau giải nén", |l| {
        Slot::Megabytes(&mut l.inflated_bytes)
    }),
    option("ratio", "số lần một phần phình ra khi giải nén", |l| {
        Slot::Number(&mut l.ratio)
    }),
    option("parts", "thành phần bên trong một tệp", |l| Slot::Size(&mut l.parts)),
    option("members", "tệp trong một tệp nén", |l| Slot::Size(&mut l.members)),
    option("sheets", "trang của một tệp", |l| Slot::Size(&mut l.sheets)),
    option("cells", "ô có dữ liệu của một tệp", |l| Slot::Size(&mut l.cells)),
    option("merges", "vùng ô gộp của một tệp", |l| Slot::Size(&mut l.merges)),
    option("cell-bytes", "byte chữ của một ô", |l| Slot::Size(&mut l.cell_text_bytes)),
    option("text-bytes", "byte chữ của mọi ô", |l| Slot::Size(&mut l.text_bytes)),
    option("strings", "chuỗi chữ dùng chung", |l| Slot::Size(&mut l.shared_strings)),
    option("styles", "kiểu định dạng", |l| Slot::Size(&mut l.styles)),
    option("piece-bytes", "byte của một đoạn trong phần XML", |l| {
        Slot::Size(&mut l.xml_piece_bytes)
    }),
    option("depth", "lớp XML lồng nhau", |l| Slot::Size(&mut l.xml_depth)),
    option("worker-mb", "MB bộ nhớ của tiến trình đọc .xls", |l| {
        Slot::Megabytes(&mut l.worker_bytes)
    }),
    option("worker-seconds", "giây để đọc một tệp .xls", |l| {
        Slot::Seconds(&mut l.worker_time)
    }),
];

const fn option(
    name: &'static str,
    what: &'static str,
    slot: fn(&mut Limits) -> Slot<'_>,
) -> LimitOption {
    LimitOption { name, what, slot }
}

/// A changed limit that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LimitError {
    /// Not `name=number`.
    #[error("cần ghi tên=số, ví dụ cells=500000")]
    Form,
    /// No such limit.
    #[error("không có giới hạn \u{201c}{0}\u{201d}; có: {names}", names = OPTIONS.map(|option| option.name).join(", "))]
    Unknown(String),
    /// Not a whole number from 1 on, or more than can be counted.
    #[error("giới hạn là số nguyên từ 1 trở lên")]
    Value,
}

/// One limit and its new value.
#[derive(Debug, Clone, Copy)]
pub struct Changed {
    slot: fn(&mut Limits) -> Slot<'_>,
    value: u64,
}

impl Changed {
    /// Reads `cells=500000`.
    pub fn parse(text: &str) -> Result<Self, LimitError> {
        let (name, value) = text.split_once('=').ok_or(LimitError::Form)?;
        let name = name.trim();
        let known = OPTIONS.iter().find(|option| option.name == name);
        let slot = known.ok_or_else(|| LimitError::Unknown(name.to_owned()))?.slot;
        let value: u64 = value.trim().parse().map_err(|_| LimitError::Value)?;
        // What is larger than this is no limit any more, and its bytes could not be counted.
        let fits = (1..=u64::from(u32::MAX)).contains(&value);
        if fits { Ok(Self { slot, value }) } else { Err(LimitError::Value) }
    }

    /// Puts the new value in.
    pub fn apply(&self, limits: &mut Limits) {
        match (self.slot)(limits) {
            Slot::Megabytes(bytes) => *bytes = self.value * MIB,
            Slot::Number(number) => *number = self.value,
            Slot::Size(size) => *size = usize::try_from(self.value).unwrap_or(usize::MAX),
            Slot::Seconds(time) => *time = Duration::from_secs(self.value),
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
    /// [`Limits::plain_bytes`].
    PlainBytes(u64),
    /// [`Limits::xls_bytes`].
    XlsBytes(u64),
    /// [`Limits::directory_bytes`].
    Directory(usize),
    /// [`Limits::archive_files`].
    Archive(usize),
    /// [`Limits::part_bytes`].
    PartBytes(u64),
    /// [`Limits::inflated_bytes`].
    InflatedBytes(u64),
    /// [`Limits::ratio`].
    Ratio(u64),
    /// [`Limits::parts`].
    Parts(usize),
    /// [`Limits::members`].
    Members(usize),
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
    /// The name of the option by which the limit is changed.
    pub const fn option(self) -> Option<&'static str> {
        Some(match self {
            Self::FileBytes(_) => "file-mb",
            Self::PlainBytes(_) => "plain-mb",
            Self::XlsBytes(_) => "xls-mb",
            Self::Directory(_) => "directory-bytes",
            Self::Archive(_) => "archive-files",
            Self::PartBytes(_) => "part-mb",
            Self::InflatedBytes(_) => "inflated-mb",
            Self::Ratio(_) => "ratio",
            Self::Parts(_) => "parts",
            Self::Members(_) => "members",
            Self::Sheets(_) => "sheets",
            Self::Cells(_) => "cells",
            Self::Merges(_) => "merges",
            Self::CellText(_) => "cell-bytes",
            Self::Text(_) => "text-bytes",
            Self::SharedStrings(_) => "strings",
            Self::Styles(_) => "styles",
            Self::XmlPiece(_) => "piece-bytes",
            Self::XmlDepth(_) => "depth",
            Self::Time(_) => "worker-seconds",
            Self::Nested => return None,
        })
    }

    /// The limit in words, in Vietnamese.
    pub fn words(self) -> String {
        let many = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
        match self {
            Self::FileBytes(n) => format!("dung lượng tệp quá {}", megabytes(n)),
            Self::PlainBytes(n) => format!("tệp văn bản quá {}", megabytes(n)),
            Self::XlsBytes(n) => format!("tệp .xls quá {}", megabytes(n)),
            Self::Directory(n) => format!("mục lục bên trong tệp quá {} byte", many(n)),
            Self::Archive(n) => {
                format!("các tệp trong tệp nén cộng lại quá {} lần mức của một tệp", many(n))
            }
            Self::PartBytes(n) => format!("một phần của tệp giải nén quá {}", megabytes(n)),
            Self::InflatedBytes(n) => format!("tệp giải nén quá {}", megabytes(n)),
            Self::Ratio(n) => format!("tệp giải nén phình quá {n} lần"),
            Self::Parts(n) => format!("bên trong tệp có quá {} thành phần", many(n)),
            Self::Members(n) => format!("tệp nén có quá {} tệp", many(n)),
            Self::Sheets(n) => format!("tệp có quá {} trang", many(n)),
            Self::Cells(n) => format!("tệp có quá {} ô có dữ liệu", many(n)),
            Self::Merges(n) => format!("tệp có quá {} vùng ô gộp", many(n)),
            Self::CellText(n) => format!("một ô có chữ dài quá {} byte", many(n)),
            Self::Text(n) => format!("chữ trong các ô cộng lại quá {} byte", many(n)),
            Self::SharedStrings(n) => format!("tệp có quá {} chuỗi chữ dùng chung", many(n)),
            Self::Styles(n) => format!("tệp có quá {} kiểu định dạng", many(n)),
            Self::XmlPiece(n) => format!("một đoạn XML trong tệp dài quá {} byte", many(n)),
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
    fn limits_are_changed_by_name() {
        let mut limits = Limits::default();
        for (text, wrong) in [
            ("cells=500000", None),
            (" file-mb = 64", None),
            ("worker-seconds=20", None),
            ("cells", Some(LimitError::Form)),
            ("o=5", Some(LimitError::Unknown("o".to_owned()))),
            ("cells=0", Some(LimitError::Value)),
            ("cells=-1", Some(LimitError::Value)),
            ("file-mb=99999999999999", Some(LimitError::Value)),
        ] {
            let changed = Changed::parse(text);
            assert_eq!(changed.as_ref().err(), wrong.as_ref(), "{text}");
            if let Ok(changed) = changed {
                changed.apply(&mut limits);
            }
        }
        assert_eq!((limits.cells, limits.file_bytes), (500_000, 64 * MIB));
        assert_eq!(limits.worker_time, Duration::from_secs(20));
        for option in &OPTIONS {
            let mut changed = Limits::default();
            Changed::parse(&format!("{}=7", option.name)).unwrap().apply(&mut changed);
            assert_ne!(changed, Limits::default(), "{}", option.name);
        }
    }

    #[test]
    fn every_limit_that_is_told_can_be_changed() {
        for passed in [
            Passed::FileBytes(1),
            Passed::PlainBytes(1),
            Passed::XlsBytes(1),
            Passed::Directory(1),
            Passed::Archive(1),
            Passed::PartBytes(1),
            Passed::InflatedBytes(1),
            Passed::Ratio(1),
            Passed::Parts(1),
            Passed::Members(1),
            Passed::Sheets(1),
            Passed::Cells(1),
            Passed::Merges(1),
            Passed::CellText(1),
            Passed::Text(1),
            Passed::SharedStrings(1),
            Passed::Styles(1),
            Passed::XmlPiece(1),
            Passed::XmlDepth(1),
            Passed::Time(1),
        ] {
            let name = passed.option().unwrap();
            assert!(OPTIONS.iter().any(|option| option.name == name), "{name}");
        }
    }

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
