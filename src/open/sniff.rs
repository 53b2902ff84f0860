//! What kind of file the bytes are, told by the content alone.

use super::csv;
use super::fault::Fault;
use super::limits::{Limits, Passed};
use super::ole;
use super::package::{MISSING, Package};
use crate::notation::code_page;

/// A kind of spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Excel 2007 and later, with or without macros.
    Xlsx,
    /// Excel's binary workbook.
    Xlsb,
    /// Excel 97-2003.
    Xls,
    /// The `OpenDocument` spreadsheet.
    Ods,
    /// The same as one XML file.
    FlatOds,
    /// Text with separators.
    Csv,
    /// A web page with tables.
    Html,
    /// Excel 2003 XML.
    SpreadsheetMl,
    /// A zip archive with files in it.
    Archive,
}

impl Kind {
    /// The kind in words, in Vietnamese.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Xlsx => "sổ làm việc Excel (.xlsx)",
            Self::Xlsb => "sổ làm việc Excel nhị phân (.xlsb)",
            Self::Xls => "sổ làm việc Excel 97-2003 (.xls)",
            Self::Ods => "bảng tính OpenDocument (.ods)",
            Self::FlatOds => "bảng tính OpenDocument một tệp XML (.fods)",
            Self::Csv => "văn bản phân cách (.csv)",
            Self::Html => "trang web có bảng (HTML)",
            Self::SpreadsheetMl => "bảng tính XML của Excel 2003",
            Self::Archive => "tệp nén (.zip)",
        }
    }

    /// The extensions that promise this kind.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Xlsb => &["xlsb"],
            Self::Xls => &["xls", "xlt"],
            Self::Ods => &["ods", "ots"],
            Self::FlatOds => &["fods", "xml"],
            Self::Csv => &["csv", "tsv", "txt"],
            Self::Html => &["html", "htm"],
            Self::SpreadsheetMl => &["xml"],
            Self::Archive => &["zip"],
        }
    }
}

/// Beginnings of files that are no spreadsheets.
const STRANGERS: [(&[u8], &str); 12] = [
    (b"%PDF-", "tệp PDF"),
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"\xFF\xD8\xFF", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"Rar!\x1A\x07", "tệp nén RAR"),
    (b"7z\xBC\xAF\x27\x1C", "tệp nén 7z"),
    (b"\x1F\x8B", "tệp nén GZIP"),
    (b"MZ", "chương trình"),
];

/// Beginnings of spreadsheets that are known but not read.
const OLD: [(&[u8], &str); 8] = [
    (b"\x09\x00\x04\x00", "sổ làm việc Excel 2 (trước năm 1993)"),
    (b"\x09\x02\x06\x00", "sổ làm việc Excel 3 (trước năm 1993)"),
    (b"\x09\x04\x06\x00", "sổ làm việc Excel 4 (trước năm 1993)"),
    (b"\x00\x00\x02\x00", "bảng tính Lotus 1-2-3"),
    (b"\x00\x00\x1A\x00", "bảng tính Lotus 1-2-3"),
    (b"ID;P", "bảng tính SYLK (.slk)"),
    (b"TABLE\r\n0,1", "bảng tính DIF"),
    (b"MIME-Version: ", "trang web lưu thành một tệp (MHTML)"),
];

/// What the bytes are: a package that was opened to tell the kind, or a kind that is no package.
pub(super) enum Sniffed<'a> {
    Package(Kind, Package<'a>),
    Plain(Kind),
}

/// The kind of the bytes, or why they cannot be a spreadsheet.
pub(super) fn sniff<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Sniffed<'a>, Fault> {
    within(bytes, limits.file_bytes, Passed::FileBytes)?;
    if bytes.is_empty() {
        return Err(Fault::Broken("tệp rỗng"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes, limits);
    }
    if b"PK\x03\x04".starts_with(bytes) {
        return Err(Fault::Broken("tệp bị cụt"));
    }
    if bytes.starts_with(&ole::MAGIC) {
        let kind = ole::kind(bytes)?;
        within(bytes, limits.xls_bytes, Passed::XlsBytes)?;
        return Ok(Sniffed::Plain(kind));
    }
    if let Some(words) = stranger(bytes) {
        return Err(Fault::NotSpreadsheet(words));
    }
    if has_zip_end(bytes) {
        return package(bytes, limits);
    }
    let kind = text_kind(bytes)?;
    within(bytes, limits.plain_bytes, Passed::PlainBytes)?;
    Ok(Sniffed::Plain(kind))
}

/// What the bytes are by their beginning, when that is known to be no spreadsheet's.
fn stranger(bytes: &[u8]) -> Option<&'static str> {
    let (magic, words) = STRANGERS.iter().find(|(magic, _)| bytes.starts_with(magic))?;
    // Two letters may also begin a text.
    (magic.len() > 2 || looks_binary(bytes)).then_some(*words)
}

/// Whether a file that begins so is surely no spreadsheet: a look at its head spares reading the rest.
pub fn begins_otherwise(head: &[u8]) -> bool {
    stranger(head).is_some()
}

/// Checks the length of a file against the limit for its kind.
fn within(bytes: &[u8], most: u64, passed: fn(u64) -> Passed) -> Result<(), Fault> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > most { Err(passed(most).into()) } else { Ok(()) }
}

/// Whether there is the end record of a zip, whose start may lie behind other bytes.
fn has_zip_end(bytes: &[u8]) -> bool {
    const REACH: usize = 22 + u16::MAX as usize;
    let tail = bytes.get(bytes.len().saturating_sub(REACH)..).unwrap_or_default();
    tail.windows(4).any(|window| window == b"PK\x05\x06")
}

fn package<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Sniffed<'a>, Fault> {
    let package = Package::open(bytes, limits)?;
    let kind = package_kind(&package)?;
    if kind == Kind::Archive && package.parts().len() > limits.members {
        return Err(Passed::Members(limits.members).into());
    }
    Ok(Sniffed::Package(kind, package))
}

fn package_kind(package: &Package<'_>) -> Result<Kind, Fault> {
    let parts = package.parts();
    if parts.is_empty() {
        return Err(Fault::Broken("tệp nén không có gì bên trong"));
    }
    for (part, kind) in [
        ("xl/workbook.bin", Ok(Kind::Xlsb)),
        ("xl/workbook.xml", Ok(Kind::Xlsx)),
        ("word/document.xml", Err(Fault::NotSpreadsheet("văn bản Word"))),
        ("ppt/presentation.xml", Err(Fault::NotSpreadsheet("bài trình chiếu PowerPoint"))),
    ] {
        if package.has(part) {
            return kind;
        }
    }
    if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        return match package.stored("mimetype") {
            Some(kind) if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => {
                Err(Fault::NotSpreadsheet("tài liệu OpenDocument khác"))
            }
            _ => Ok(Kind::Ods),
        };
    }
    if package.has("[Content_Types].xml") {
        // Some writers number the main part: `word/document2.xml`.
        let other = [("word/", "văn bản Word"), ("ppt/", "bài trình chiếu PowerPoint")];
        let other = other.iter().find(|(folder, _)| package.has_folder(folder));
        let other = other.filter(|_| !package.has_folder("xl/"));
        return other.map_or(Ok(Kind::Xlsx), |(_, words)| Err(Fault::NotSpreadsheet(words)));
    }
    if parts.iter().any(|part| part.raw_name.ends_with(".iwa")) {
        return Err(Fault::Unsupported("bảng tính Numbers của Apple (.numbers)"));
    }
    // What is left of a workbook is no archive of submissions.
    if package.has("_rels/.rels") || package.has("META-INF/manifest.xml") || package.has("mimetype")
    {
        return Err(MISSING);
    }
    Ok(Kind::Archive)
}

/// Whether the bytes hold what no text holds.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let marked = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    !marked
        && !code_page::is_wide(head)
        && head.iter().any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C))
}

/// What bytes are called that are neither text nor any known kind.
const NONSENSE: &str = "nội dung không phải bảng tính hoặc đã bị hỏng";

fn text_kind(bytes: &[u8]) -> Result<Kind, Fault> {
    let head = readable_head(bytes);
    let has = |word: &str| head.contains(word);
    // Some writers put bytes into the properties that no XML may hold; the cells are sound.
    if has("urn:schemas-microsoft-com:office:spreadsheet") && has("<?xml") && !has("<html") {
        return Ok(Kind::SpreadsheetMl);
    }
    if let Some(words) = OLD.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Fault::Unsupported(words.1));
    }
    if looks_binary(bytes) {
        return Err(Fault::Broken(NONSENSE));
    }
    if head.is_empty() {
        let blank =
            bytes.iter().all(|b| b.is_ascii_whitespace() || b"\0\xEF\xBB\xBF\xFE\xFF".contains(b));
        return Err(Fault::Broken(if blank { "tệp rỗng" } else { NONSENSE }));
    }
    if has("opendocument:xmlns:office") && head.starts_with('<') {
        let sheets = has("application/vnd.oasis.opendocument.spreadsheet");
        let other = Fault::NotSpreadsheet("tài liệu OpenDocument khác");
        return if sheets { Ok(Kind::FlatOds) } else { Err(other) };
    }
    if ["<html", "<table", "<!doctype html"].iter().any(|word| has(word)) {
        return Ok(Kind::Html);
    }
    if !head.starts_with('<') && csv::is_table(bytes) {
        return Ok(Kind::Csv);
    }
    Err(Fault::NotSpreadsheet("tệp văn bản thuần, không có bảng"))
}

/// The beginning of a text in lower case, whatever its encoding, without the zeros of UTF-16.
fn readable_head(bytes: &[u8]) -> String {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let narrow: Vec<u8> = head.iter().copied().filter(|&b| b != 0).collect();
    let mut text = String::from_utf8_lossy(&narrow).into_owned();
    text.make_ascii_lowercase();
    text.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim().to_owned()
}
