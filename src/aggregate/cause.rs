//! What made a figure change between two runs: a file, the profile, the day, the program.

use super::previous::{PastFile, Previous, Renamed};
use super::summary::{FileStatus, Summary, UnitLine};
use crate::model::UnitCode;
use crate::model::submission::FilePath;
use std::collections::{BTreeMap, BTreeSet};

/// What made a figure change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A file that is new or has changed.
    File(FilePath),
    /// A file that was used and is no longer.
    Gone(String),
    /// The rule profile.
    Profile,
    /// "Today".
    AsOf,
    /// None of these: the program or its tables.
    Program,
}

impl Cause {
    /// The word used in JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Gone(_) => "file_gone",
            Self::Profile => "profile",
            Self::AsOf => "as_of",
            Self::Program => "program",
        }
    }

    /// The file, where one is the cause.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::File(path) => Some(path.as_str()),
            Self::Gone(path) => Some(path),
            Self::Profile | Self::AsOf | Self::Program => None,
        }
    }

    /// As the user reads it.
    pub fn words(&self) -> String {
        match self {
            Self::File(path) => format!("do tệp {path}"),
            Self::Gone(path) => format!("do không còn dùng tệp {path}"),
            Self::Profile => "do hồ sơ quy tắc thay đổi".to_owned(),
            Self::AsOf => "do ngày tổng hợp thay đổi".to_owned(),
            Self::Program => "do chương trình hoặc danh mục thay đổi".to_owned(),
        }
    }
}

/// The cause of a change of that unit's figures; `same` tells a file that has not changed, whatever its
/// name is now.
pub(super) fn cause(
    line: &UnitLine,
    used: &BTreeMap<UnitCode, Vec<&PastFile>>,
    (renamed, same): (&Renamed<'_>, &dyn Fn(&FilePath) -> bool),
    previous: &Previous,
    summary: &Summary,
) -> Cause {
    let parts = line.parts(summary.period.last());
    let files: Vec<&FilePath> = parts.iter().filter_map(|(_, part)| part.file.as_ref()).collect();
    if let Some(file) = files.iter().find(|file| !same(file)) {
        return Cause::File((*file).clone());
    }
    let codes: BTreeSet<UnitCode> = parts.iter().map(|(_, part)| part.unit.code).collect();
    let mut before = codes.iter().filter_map(|code| used.get(code)).flatten();
    let kept = |past: &&&PastFile| {
        let now = summary.files.iter().filter(|file| file.status == FileStatus::Used);
        let name = renamed.now(&past.path);
        files.iter().any(|file| name == file.as_str())
            || now.map(|file| file.path.as_str()).any(|path| path == name)
    };
    if let Some(gone) = before.find(|past| !kept(past)) {
        return Cause::Gone(gone.path.clone());
    }
    if previous.profile != summary.profile.sha256 {
        Cause::Profile
    } else if previous.as_of != summary.as_of.to_string() {
        Cause::AsOf
    } else {
        Cause::Program
    }
}
