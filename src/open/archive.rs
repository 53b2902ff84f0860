//! Zip archives (tệp nén) with submissions in them: one level, no path that leads outside.

use super::fault::Fault;
use super::limits::{Limits, Passed};
use super::package::Package;
use super::sniff::{Kind, Sniffed, sniff};
use crate::model::submission::FilePath;
use crate::model::{Finding, Place};
use crate::rules::tep;
use unicode_normalization::UnicodeNormalization;

/// An opened archive.
pub struct Archive<'a> {
    package: Package<'a>,
    limits: &'a Limits,
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

impl<'a> Archive<'a> {
    /// Opens the archive when the bytes are one; a workbook is none, nor is what cannot be read.
    pub fn open(path: &FilePath, bytes: &'a [u8], limits: &'a Limits) -> Option<Self> {
        match sniff(bytes, limits) {
            Ok(Sniffed::Package(Kind::Archive, package)) => {
                Some(Self::listed(path, package, limits))
            }
            _ => None,
        }
    }

    fn listed(path: &FilePath, package: Package<'a>, limits: &'a Limits) -> Self {
        let (mut members, mut findings) = (Vec::new(), Vec::new());
        for (index, part) in package.parts().iter().enumerate() {
            let name = part.raw_name.replace('\\', "/");
            let shown: String = name.nfc().collect();
            let inner = FilePath::new(&format!("{path}!/{shown}"));
            if part.link || !is_inside(&name) {
                let message =
                    format!("Thành phần “{shown}” của tệp nén trỏ ra ngoài tệp nén, không đọc.");
                findings.push(Finding::new(&tep::TEP04, Place::file(inner), message));
            } else {
                members.push(Member { path: inner, index });
            }
        }
        members.sort();
        Self { package, limits, members, findings }
    }

    /// The files in it, by path.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Takes out what was refused: one finding for each file.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// Inflates one file; the error is the one finding that rejects it.
    pub fn read(&mut self, member: &Member) -> Result<Vec<u8>, Box<Finding>> {
        let mut bytes = Vec::new();
        let read = self.package.member(member.index, self.limits.file_bytes, &mut bytes);
        let nested = || match sniff(&bytes, self.limits) {
            Ok(Sniffed::Package(Kind::Archive, _)) => Err(Passed::Nested.into()),
            _ => Ok(()),
        };
        read.and_then(|()| nested())
            .map_err(|fault: Fault| Box::new(fault.rejects(&member.path)))?;
        Ok(bytes)
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
    use crate::open::specimen::{workbook, zip};

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
        assert_eq!(archive.read(&members[1]).unwrap(), b"a;b\n1;2\n");
        assert_eq!(archive.read(&members[3]).unwrap(), book);
        let nested = archive.read(&members[2]).unwrap_err();
        assert_eq!(
            (nested.rule.code, nested.message.as_str()),
            ("TEP04", "Vượt giới hạn an toàn: tệp nén lồng trong tệp nén.")
        );
        assert!(Archive::open(&path, &book, &limits).is_none());
        assert!(Archive::open(&path, b"a;b\n1;2\n", &limits).is_none());
    }

    #[test]
    fn a_member_that_swells_is_stopped() {
        let bytes = zip(&[("a.csv", &vec![b' '; 20_000_000])]);
        let limits = Limits::default();
        let mut archive = Archive::open(&FilePath::new("a.zip"), &bytes, &limits).unwrap();
        let member = archive.members()[0].clone();
        assert_eq!(archive.read(&member).unwrap_err().rule.code, "TEP04");
    }
}
