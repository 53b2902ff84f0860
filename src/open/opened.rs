//! The door of the stage: bytes in, a workbook or the one reason why not out, with what was noticed.

use super::archive::Archive;
use super::csv;
use super::fault::Fault;
use super::grid::{Sheet, Workbook};
use super::html;
use super::limits::{Limits, Passed};
use super::ods;
use super::package::Package;
use super::sniff::{Kind, Sniffed, sniff};
use super::sparse::Losses;
use super::spreadsheetml;
use super::worker;
use super::xlsb;
use super::xlsx;
use crate::model::submission::{FilePath, SheetName};
use crate::model::{Finding, Place};
use crate::rules::dl::DL08;
use crate::rules::tep;
use std::time::Duration;

/// What became of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What it holds; none when the file is rejected, and then exactly one error says why.
    pub workbook: Option<Workbook>,
    /// What kind of file it is by its content; none when that cannot be told.
    pub kind: Option<Kind>,
    /// What was noticed on the way.
    pub findings: Vec<Finding>,
}

/// What reading a file took, whether it came to anything or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cost {
    /// Bytes that were inflated.
    pub(super) inflated: u64,
    /// How long a worker was waited for.
    pub(super) waited: Duration,
}

/// Opens a file by its content; the name serves only to say where findings point.
pub fn open(path: &FilePath, bytes: &[u8], limits: &Limits) -> Opened {
    let (kind, read, _) = read(path, bytes, limits);
    told(path, kind, read)
}

/// What stands under one name of the input: a file, or an archive with files in it.
pub enum Entry<'a> {
    /// One file, opened.
    File(Opened),
    /// An archive, of which only the directory was read.
    Archive(Box<Archive<'a>>),
}

/// As [`open`], but an archive is handed out to be gone through.
pub fn open_entry<'a>(path: &FilePath, bytes: &'a [u8], limits: &'a Limits) -> Entry<'a> {
    match sniff(bytes, limits) {
        Ok(Sniffed::Package(Kind::Archive, package)) => {
            Entry::Archive(Box::new(Archive::listed(path, package, bytes, limits)))
        }
        sniffed => {
            let (kind, read, _) = read_as(sniffed, path, bytes, limits);
            Entry::File(told(path, kind, read))
        }
    }
}

/// The finding that rejects a file which is larger than any may be.
pub fn too_large(path: &FilePath, limits: &Limits) -> Finding {
    Fault::from(Passed::FileBytes(limits.file_bytes)).rejects(path)
}

/// What is told of a file that was read.
pub(super) fn told(path: &FilePath, kind: Option<Kind>, read: Result<Contents, Fault>) -> Opened {
    match read {
        Ok(contents) => {
            let mut findings = contents.findings(path);
            findings.extend(kind.and_then(|kind| misnamed(path, kind)));
            Opened { workbook: Some(contents.workbook), kind, findings }
        }
        Err(fault) => Opened { workbook: None, kind, findings: vec![fault.rejects(path)] },
    }
}

/// Reads a file by its content, and tells what that took.
pub(super) fn read(
    path: &FilePath,
    bytes: &[u8],
    limits: &Limits,
) -> (Option<Kind>, Result<Contents, Fault>, Cost) {
    read_as(sniff(bytes, limits), path, bytes, limits)
}

/// Reads a file as what it was told to be.
fn read_as(
    sniffed: Result<Sniffed<'_>, Fault>,
    path: &FilePath,
    bytes: &[u8],
    limits: &Limits,
) -> (Option<Kind>, Result<Contents, Fault>, Cost) {
    let mut cost = Cost::default();
    let (kind, read) = match sniffed {
        Err(fault) => (None, Err(fault)),
        Ok(Sniffed::Package(kind, mut package)) => {
            let read = from_package(kind, &mut package, limits);
            cost.inflated = package.inflated();
            (Some(kind), read)
        }
        Ok(Sniffed::Plain(Kind::Xls)) => {
            let (read, waited) = worker::read(bytes, limits);
            cost.waited = waited;
            (Some(Kind::Xls), read)
        }
        Ok(Sniffed::Plain(kind)) => (Some(kind), from_bytes(kind, path, bytes, limits)),
    };
    (kind, read.and_then(not_empty), cost)
}

/// Kinds that are packages plug in here.
fn from_package(kind: Kind, package: &mut Package<'_>, limits: &Limits) -> Result<Contents, Fault> {
    match kind {
        Kind::Xlsx => xlsx::read(package, limits),
        Kind::Xlsb => xlsb::read(package, limits),
        Kind::Ods => ods::read(package, limits),
        Kind::Archive => Err(Passed::Nested.into()),
        other => Err(Fault::Unsupported(other.words())),
    }
}

/// Kinds that are not plug in here.
fn from_bytes(
    kind: Kind,
    path: &FilePath,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Contents, Fault> {
    match kind {
        Kind::Html => html::read(bytes, stem(path), limits),
        Kind::FlatOds => ods::read_flat(bytes, limits),
        Kind::Csv => csv::read(bytes, stem(path), limits),
        Kind::SpreadsheetMl => spreadsheetml::read(bytes, limits),
        other => Err(Fault::Unsupported(other.words())),
    }
}

/// A file without a single sheet is not one that reports nothing.
fn not_empty(contents: Contents) -> Result<Contents, Fault> {
    if contents.workbook.sheets.is_empty() {
        let lost = contents.lost.into_iter().next().map(|(_, fault)| fault);
        return Err(lost.unwrap_or(Fault::Broken("tệp không có trang tính nào")));
    }
    Ok(contents)
}

/// The file's name without its extension, which names the sheet where the format has no names.
fn stem(path: &FilePath) -> &str {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// TEP06 when the extension promises another kind than the content is.
fn misnamed(path: &FilePath, kind: Kind) -> Option<Finding> {
    let extension = path.file_name().rsplit_once('.').map(|(_, extension)| extension);
    let promised = |extension: &str| {
        kind.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known))
    };
    if extension.is_some_and(promised) {
        return None;
    }
    let named = match extension {
        Some(extension) => format!("Tệp mang đuôi “.{extension}”"),
        None => "Tệp không có đuôi".to_owned(),
    };
    let message = format!("{named} nhưng nội dung là {}; đã đọc theo nội dung.", kind.words());
    Some(Finding::new(&tep::TEP06, Place::file(path.clone()), message).value(path.file_name()))
}

/// What a reader brings home: the sheets, and what was lost in them.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) workbook: Workbook,
    lost: Vec<(SheetName, Fault)>,
    losses: Vec<(SheetName, Losses)>,
}

impl Contents {
    /// Takes a sheet that was read, or notes its loss; a limit passed rejects the whole file.
    pub(super) fn add(
        &mut self,
        name: SheetName,
        read: Result<(Sheet, Losses), Fault>,
    ) -> Result<(), Fault> {
        match read {
            Ok((sheet, losses)) => {
                self.workbook.sheets.push(sheet);
                if losses != Losses::default() {
                    self.losses.push((name, losses));
                }
            }
            Err(fault @ (Fault::Limit(_) | Fault::Password)) => return Err(fault),
            Err(fault) => self.lost.push((name, fault)),
        }
        Ok(())
    }

    /// The sheets that could not be read.
    pub(super) fn lost(&self) -> impl Iterator<Item = &SheetName> {
        self.lost.iter().map(|(name, _)| name)
    }

    /// What was lost in a sheet that could be read.
    pub(super) fn losses_of(&self, sheet: &SheetName) -> Losses {
        self.losses
            .iter()
            .find(|(name, _)| name == sheet)
            .map(|(_, losses)| losses.clone())
            .unwrap_or_default()
    }

    fn findings(&self, path: &FilePath) -> Vec<Finding> {
        let lost = self.lost.iter().map(|(sheet, fault)| {
            let mut finding = fault.finding(Place::sheet(path, sheet, None));
            finding.message =
                format!("Không đọc được trang “{}”: nội dung của trang bị hỏng.", sheet.name);
            finding
        });
        let unreadable = self.losses.iter().filter(|(_, losses)| losses.unreadable > 0).map(
            |(sheet, losses)| {
                let message = format!(
                    "{} ô của trang “{}” bị hỏng, không đọc được giá trị.",
                    losses.unreadable, sheet.name
                );
                Finding::new(&tep::TEP01, Place::sheet(path, sheet, losses.first), message)
            },
        );
        let outside =
            self.losses.iter().filter(|(_, losses)| losses.outside > 0).map(|(sheet, losses)| {
                let message = format!(
                    "{} ô của trang “{}” nằm ngoài phạm vi trang tính (A1:XFD1048576), không đọc.",
                    losses.outside, sheet.name
                );
                Finding::new(&tep::TEP01, Place::sheet(path, sheet, None), message)
            });
        let far = self.losses.iter().filter(|(_, losses)| losses.far > 0).map(|(sheet, losses)| {
            let message = format!(
                "{} ô của trang “{}” nằm quá xa các ô khác, không đọc giá trị; các ô còn lại vẫn được đọc.",
                losses.far, sheet.name
            );
            Finding::new(&tep::TEP01, Place::sheet(path, sheet, losses.first_far), message)
        });
        let struck =
            self.losses.iter().filter(|(_, losses)| losses.struck.cells() > 0).map(|(sheet, losses)| {
                let message = format!(
                    "{} ô của trang “{}” bị gạch ngang ({}), không rõ còn tính hay đã bỏ; vẫn đọc như các ô khác.",
                    losses.struck.cells(), sheet.name, losses.struck
                );
                Finding::new(&DL08, Place::sheet(path, sheet, losses.struck.first()), message).help(
                    "Xóa những ô đã bỏ rồi gửi lại; ô vẫn còn tính thì bỏ dấu gạch ngang.",
                )
            });
        lost.chain(unreadable).chain(far).chain(outside).chain(struck).collect()
    }
}
