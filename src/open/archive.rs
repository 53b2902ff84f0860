//! Zip archives (tệp nén) with submissions in them: one level, no path that leads outside.

use super::fault::Fault;
use super::grid::{Value, Workbook};
use super::limits::{Limits, Passed};
use super::opened::{self, Cost, Opened};
use super::package::Package;
use super::sniff::{Kind, Sniffed, sniff};
use crate::model::submission::FilePath;
use crate::model::{Finding, Place};
use crate::rules::tep;
use std::borrow::Cow;
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;

/// An opened archive.
pub struct Archive<'a> {
    package: Package<'a>,
    limits: &'a Limits,
    /// Bytes of the archive itself, which lies in memory beside its members.
    length: u64,
    left: Rest,
    members: Vec<Member>,
    findings: Vec<Finding>,
}

/// One file in an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its path, the archive's own before it (`bao-cao.zip!/xa/tep.xlsx`).
    pub path: FilePath,
    index: usize,
}

/// What the files of an archive may still cost together: it is one file of the folder, however often
/// it names the same bytes.
#[derive(Debug)]
struct Rest {
    inflated: u64,
    cells: usize,
    text: usize,
    time: Duration,
}

/// Bytes of a name in an archive; no path of a file system comes near to it.
const LONGEST_NAME: usize = 1024;

impl<'a> Archive<'a> {
    /// Opens the archive when the bytes are one; a workbook is none, nor is what cannot be read.
    pub fn open(path: &FilePath, bytes: &'a [u8], limits: &'a Limits) -> Option<Self> {
        match sniff(bytes, limits) {
            Ok(Sniffed::Package(Kind::Archive, package)) => {
                Some(Self::listed(path, package, bytes, limits))
            }
            _ => None,
        }
    }

    /// Lists the files of an archive whose directory was read.
    pub(super) fn listed(
        path: &FilePath,
        package: Package<'a>,
        bytes: &[u8],
        limits: &'a Limits,
    ) -> Self {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (mut members, mut findings) = (Vec::new(), Vec::new());
        for (index, part) in package.parts().iter().enumerate() {
            let name = part.raw_name.replace('\\', "/");
            let long = name.len() > LONGEST_NAME;
            let shown: String = if long {
                name.nfc().take(80).chain(['…']).collect()
            } else {
                name.nfc().collect()
            };
            let inner = FilePath::new(&format!("{path}!/{shown}"));
            let why = match () {
                () if long => "có tên quá dài",
                () if part.link || !is_inside(&name) => "trỏ ra ngoài tệp nén",
                () => {
                    members.push(Member { path: inner, index });
                    continue;
                }
            };
            let message = format!("Thành phần “{shown}” của tệp nén {why}, không đọc.");
            findings.push(Finding::new(&tep::TEP04, Place::file(inner), message));
        }
        members.sort();
        Self { package, limits, length, left: Rest::of(limits), members, findings }
    }

    /// The files in it, by path.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Takes out what was refused: one finding for each file.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// Takes out the bytes of one file; the error is the one finding that rejects it.
    pub fn read(&mut self, member: &Member) -> Result<Cow<'a, [u8]>, Box<Finding>> {
        // A quarter more than one file may be, for what is packed and unpacked together.
        let together = self.limits.file_bytes.saturating_add(self.limits.file_bytes / 4);
        let largest = self.limits.file_bytes.min(together.saturating_sub(self.length));
        let bytes = self.package.member(member.index, largest);
        bytes.map_err(|fault| Box::new(fault.rejects(&member.path)))
    }

    /// Opens one file out of the archive within what all of them may cost together.
    pub fn open_member(&mut self, member: &Member, bytes: &[u8]) -> Opened {
        let lowered = self.left.lowered(self.limits);
        let (kind, mut read, cost) = opened::read(&member.path, bytes, &lowered);
        let over = match &read {
            Err(Fault::Limit(passed)) => Some(*passed),
            _ => None,
        };
        match over {
            Some(Passed::Time(_)) => {
                read = Err(Passed::Time(self.limits.worker_time.as_secs()).into());
            }
            Some(passed) if self.left.is_reason(passed, self.limits) => {
                read = Err(Passed::Archive(self.limits.archive_files).into());
            }
            _ => {}
        }
        let opened = opened::told(&member.path, kind, read);
        self.left.take(cost, opened.workbook.as_ref());
        // Whoever runs against a limit has used it up.
        match over {
            Some(Passed::Cells(all)) => self.left.cells = self.left.cells.saturating_sub(all),
            Some(Passed::Text(all)) => self.left.text = self.left.text.saturating_sub(all),
            _ => {}
        }
        opened
    }
}

impl Rest {
    fn of(limits: &Limits) -> Self {
        let files = limits.archive_files;
        Self {
            inflated: limits
                .inflated_bytes
                .saturating_mul(u64::try_from(files).unwrap_or(u64::MAX)),
            cells: limits.cells.saturating_mul(files),
            text: limits.text_bytes.saturating_mul(files),
            time: limits.worker_time,
        }
    }

    /// The limits of one file, no higher than what is left.
    fn lowered(&self, limits: &Limits) -> Limits {
        Limits {
            inflated_bytes: limits.inflated_bytes.min(self.inflated),
            cells: limits.cells.min(self.cells),
            text_bytes: limits.text_bytes.min(self.text),
            worker_time: self.time,
            ..limits.clone()
        }
    }

    /// Whether it was the rest that was passed, and not a limit that holds for every file.
    fn is_reason(&self, passed: Passed, limits: &Limits) -> bool {
        match passed {
            Passed::InflatedBytes(_) => self.inflated < limits.inflated_bytes,
            Passed::Cells(_) => self.cells < limits.cells,
            Passed::Text(_) => self.text < limits.text_bytes,
            _ => false,
        }
    }

    fn take(&mut self, cost: Cost, workbook: Option<&Workbook>) {
        self.inflated = self.inflated.saturating_sub(cost.inflated);
        self.time = self.time.saturating_sub(cost.waited);
        let sheets = workbook.into_iter().flat_map(|workbook| &workbook.sheets);
        for cell in sheets.flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells) {
            self.cells = self.cells.saturating_sub(1);
            if let Value::Text(text) | Value::Error(text) = &cell.value {
                self.text = self.text.saturating_sub(text.len());
            }
        }
    }
}

/// Whether a path stays inside the archive: not absolute, no drive, no step upwards.
fn is_inside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let steps_up = name.split('/').any(|piece| piece == "..");
    !name.starts_with('/') && !drive && !steps_up && !name.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::specimen::{codes, workbook, zip};

    #[test]
    fn members_by_path_and_what_is_refused() {
        let book = workbook("<sheetData/>", "");
        let inner = zip(&[("a.csv", b"a;b\n1;2\n")]);
        let bytes = zip(&[
            ("xa\\b.xlsx", &book),
            ("a.csv", b"a;b\n1;2\n"),
            ("../ra.csv", b"x"),
            ("/etc/passwd", b"x"),
            ("C:\\x.csv", b"x"),
            ("trong.zip", &inner),
            ("Xa\u{303}.csv", b"x"),
        ]);
        let limits = Limits { file_bytes: 8000, ..Limits::default() };
        let path = FilePath::new("nop/bao-cao.zip");
        let mut archive = Archive::open(&path, &bytes, &limits).unwrap();
        let members = archive.members().to_vec();
        let paths: Vec<_> = members.iter().map(|member| member.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "nop/bao-cao.zip!/Xã.csv",
                "nop/bao-cao.zip!/a.csv",
                "nop/bao-cao.zip!/trong.zip",
                "nop/bao-cao.zip!/xa/b.xlsx"
            ]
        );
        let refused: Vec<_> =
            archive.take_findings().iter().map(|finding| finding.rule.code).collect();
        assert_eq!(refused, ["TEP04"; 3]);
        assert_eq!(&*archive.read(&members[1]).unwrap(), b"a;b\n1;2\n");
        assert_eq!(&*archive.read(&members[3]).unwrap(), book);
        let nested = archive.read(&members[2]).unwrap();
        let nested = archive.open_member(&members[2], &nested);
        assert_eq!(codes(&nested), "[TEP04]");
        assert_eq!(
            nested.findings[0].message,
            "Vượt giới hạn an toàn: tệp nén lồng trong tệp nén."
        );
        assert!(Archive::open(&path, &book, &limits).is_none());
        assert!(Archive::open(&path, b"a;b\n1;2\n", &limits).is_none());
    }

    #[test]
    fn a_member_whose_header_is_damaged_is_not_passed_over() {
        let sound = zip(&[("a.csv", b"a;b\n1;2\n"), ("b.csv", b"a;b\n3;4\n")]);
        let second = sound.windows(5).position(|bytes| bytes == b"b.csv").unwrap();
        let (path, limits) = (FilePath::new("a.zip"), Limits::default());
        // The mark of its header, and its name there: another than in the directory.
        for at in [second - 30, second] {
            let mut bytes = sound.clone();
            bytes[at] ^= 1;
            let mut archive = Archive::open(&path, &bytes, &limits).unwrap();
            let members = archive.members().to_vec();
            let names: Vec<_> = members.iter().map(|member| member.path.file_name()).collect();
            assert_eq!(names, ["a.csv", "b.csv"]);
            assert!(archive.read(&members[0]).is_ok());
            assert_eq!(archive.read(&members[1]).unwrap_err().rule.code, "TEP01");
        }
    }

    #[test]
    fn what_is_left_of_a_workbook_is_no_archive() {
        for parts in [&["_rels/.rels", "xl/styles.xml"][..], &["mimetype", "settings.xml"]] {
            let bytes = zip(&parts.iter().map(|name| (*name, &b"<a/>"[..])).collect::<Vec<_>>());
            assert!(Archive::open(&FilePath::new("a.xlsx"), &bytes, &Limits::default()).is_none());
            assert_eq!(codes(&crate::open::specimen::opened("a.xlsx", &bytes)), "[TEP01]");
        }
    }

    #[test]
    fn a_member_that_swells_is_stopped() {
        let bytes = zip(&[("a.csv", &vec![b' '; 20_000_000])]);
        let limits = Limits::default();
        let mut archive = Archive::open(&FilePath::new("a.zip"), &bytes, &limits).unwrap();
        let member = archive.members()[0].clone();
        assert_eq!(archive.read(&member).unwrap_err().rule.code, "TEP04");
    }

    #[test]
    fn files_of_an_archive_share_what_they_may_cost() {
        let book = |cells: usize| {
            workbook(
                &format!(
                    "<sheetData>{}</sheetData>",
                    "<row><c t='str'><v>chữ</v></c></row>".repeat(cells)
                ),
                "",
            )
        };
        let of = |books: [Vec<u8>; 3]| {
            let names = ["a.xlsx", "b.xlsx", "c.xlsx"];
            let members: Vec<_> = names.into_iter().zip(books.iter().map(Vec::as_slice)).collect();
            zip(&members)
        };
        let small = of([book(6), book(6), book(2)]);
        let said = |bytes: &[u8], limits: &Limits| {
            let mut archive = Archive::open(&FilePath::new("a.zip"), bytes, limits).unwrap();
            let members = archive.members().to_vec();
            let said = members.iter().map(|member| {
                let opened = archive.read(member).map(|bytes| archive.open_member(member, &bytes));
                let findings =
                    opened.map_or_else(|finding| vec![*finding], |opened| opened.findings);
                findings.first().map(|finding| finding.message.clone()).unwrap_or_default()
            });
            said.collect::<Vec<_>>()
        };
        let limits = Limits { archive_files: 1, ..Limits::default() };
        let over =
            "Vượt giới hạn an toàn: các tệp trong tệp nén cộng lại quá 1 lần mức của một tệp.";
        // The members themselves, unpacked.
        let unpacked = "Vượt giới hạn an toàn: tệp giải nén quá 0 MB.";
        for (limits, expected) in [
            (limits.clone(), ["", "", ""]),
            (Limits { cells: 8, ..limits.clone() }, ["", over, over]),
            (Limits { text_bytes: 40, ..limits.clone() }, ["", over, over]),
            (Limits { inflated_bytes: 2500, ..limits.clone() }, ["", "", unpacked]),
            (Limits { cells: 8, archive_files: 2, ..limits }, ["", "", ""]),
        ] {
            assert_eq!(said(&small, &limits), expected, "{limits:?}");
        }
        // Files that pack well use up together what one may be unpacked to.
        let large = of([book(600), book(600), book(600)]);
        let limits = Limits { archive_files: 1, inflated_bytes: 40_000, ..Limits::default() };
        assert_eq!(said(&large, &limits), ["", over, over]);
    }
}
