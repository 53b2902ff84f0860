//! What the paths of each input begin with, so that equal names of several inputs stay apart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The name of each input: a file's own, a folder's where there are several inputs; equal ones numbered.
pub(super) fn names(inputs: &[&PathBuf]) -> Vec<String> {
    let alone = inputs.len() < 2;
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut names = Vec::new();
    for input in inputs {
        let is_file = input.is_file();
        if alone && !is_file {
            names.push(String::new());
            continue;
        }
        let name = name_of(input);
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        names.push(match *times {
            1 => name,
            times => numbered(&name, times, is_file),
        });
    }
    names
}

fn name_of(input: &Path) -> String {
    let whole = input.canonicalize().unwrap_or_else(|_| input.to_owned());
    // A file that is a link keeps the name under which it was given.
    let named = if input.is_file() { input.file_name() } else { whole.file_name() };
    named.map_or("thu-muc".to_owned(), |name| name.to_string_lossy().nfc().collect())
}

fn numbered(name: &str, times: u32, is_file: bool) -> String {
    match name.rsplit_once('.').filter(|_| is_file) {
        Some((stem, extension)) => format!("{stem} ({times}).{extension}"),
        None => format!("{name} ({times})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_numbered() {
        let root = tempfile::tempdir().unwrap();
        let path = |below: &str| root.path().join(below);
        for folder in ["a/quý 1", "b/quý 1"] {
            std::fs::create_dir_all(path(folder)).unwrap();
            std::fs::write(path(folder).join("BC.xlsx"), "x").unwrap();
        }
        let all = ["a/quý 1", "b/quý 1", "a/quý 1/BC.xlsx", "b/quý 1/BC.xlsx"].map(path);
        let all: Vec<&PathBuf> = all.iter().collect();
        assert_eq!(names(&all), ["quý 1", "quý 1 (2)", "BC.xlsx", "BC (2).xlsx"]);
        assert_eq!(names(&all[..1]), [""]);
        assert_eq!(names(&all[2..3]), ["BC.xlsx"]);
    }
}
