//! Where the results go: beside what was dragged in, never over anything that is not just as it was left there.

use qc17::discover::is_output;
use qc17::model::hex;
use qc17::render::write::{OutputSet, WriteError};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the name of a folder of results ends with.
const ENDING: &str = "-ket-qua";
/// The file that tells later what was written, so that a workbook somebody has worked in is never replaced.
const SEAL: &str = ".qc17-da-ghi";
/// How many folders of results may lie side by side.
const MOST: u32 = 1_000;

/// Whether that is a folder of results, dragged in by mistake.
pub(super) fn is_results(folder: &Path) -> bool {
    let ends =
        whole(folder).file_name().is_some_and(|name| name.to_string_lossy().contains(ENDING));
    ends && entries(folder)
        .is_ok_and(|names| !names.is_empty() && names.iter().all(|name| is_output(name)))
}

/// The name of the results of that input; none for a whole drive, which has no name.
pub(super) fn name(input: &Path) -> Option<String> {
    let whole = whole(input);
    let named = if input.is_file() { whole.file_stem() } else { whole.file_name() };
    Some(format!("{}{ENDING}", named?.to_string_lossy()))
}

/// The folder in which the input lies.
pub(super) fn parent(input: &Path) -> Option<PathBuf> {
    whole(input).parent().map(Path::to_owned)
}

/// The first folder of that name, or of that name with a number, which is free to be written.
pub(super) fn free(parent: &Path, name: &str) -> PathBuf {
    let numbered = |times: u32| match times {
        1 => parent.join(name),
        times => parent.join(format!("{name}-{times}")),
    };
    let found = (1..MOST).map(numbered).find(|folder| may_be_replaced(folder));
    found.unwrap_or_else(|| numbered(MOST))
}

/// Whether something can be written into that folder. Leaves nothing there.
pub(super) fn takes_files(folder: &Path) -> bool {
    let trial = folder.join(format!(".qc17-thu-{}", std::process::id()));
    fs::create_dir(&trial).and_then(|()| fs::remove_dir(&trial)).is_ok()
}

/// The path from the root, for names such as `.` and `..`, which have none of their own.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let has_name = absolute.file_name().is_some();
    if has_name { absolute } else { path.canonicalize().unwrap_or(absolute) }
}

fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Not there, empty, or just as an earlier run left it.
fn may_be_replaced(folder: &Path) -> bool {
    match entries(folder) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(names) => names.is_empty() || is_as_left(folder),
    }
}

/// Whether everything below the folder was written by this program and not changed since.
fn is_as_left(folder: &Path) -> bool {
    let sealed = sealed(folder);
    let same = |name: &String| {
        // Only what was written here is opened: anything else may be a pipe or without an end.
        let Some(digest) = sealed.get(name) else { return false };
        let file = folder.join(name);
        file.is_file() && fs::read(file).is_ok_and(|now| *digest == hex(&Sha256::digest(now)))
    };
    let own_mark = |name: &String| name.starts_with(".qc17-");
    below(folder).is_ok_and(|names| names.iter().all(|name| own_mark(name) || same(name)))
}

/// What the last run says it wrote: the name of each file with its digest.
fn sealed(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(SEAL)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

/// The file that tells what was written.
pub(super) fn seal(names: &[String], set: &OutputSet<'_>) -> Result<(String, String), WriteError> {
    let lines = names.iter().map(|name| {
        let mut digest = Digest::default();
        let copied = io::copy(&mut set.reread(name)?, &mut digest);
        // Without its digest a file counts as changed, and is never replaced.
        let digest = copied.map_or_else(|_| String::new(), |_| hex(&digest.0.finalize()));
        Ok(format!("{digest}  {name}\n"))
    });
    Ok((SEAL.to_owned(), lines.collect::<Result<String, WriteError>>()?))
}

/// Takes up bytes into a digest.
#[derive(Default)]
struct Digest(Sha256);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What an earlier run left in a folder that may be replaced.
pub(super) fn left_in(folder: &Path) -> Vec<String> {
    let names = below(folder).unwrap_or_default();
    let sealed = sealed(folder);
    let is_left = is_as_left(folder);
    names.into_iter().filter(|name| is_left && sealed.contains_key(name)).collect()
}

/// Takes away what an earlier run left and this one did not write again: an answer to a unit that has
/// corrected everything would be sent once more.
pub(super) fn clear(folder: &Path, before: &[String], written: &[String]) {
    for name in before.iter().filter(|name| !written.contains(name)) {
        // What cannot be removed is out of date, but in nobody's way.
        fs::remove_file(folder.join(name)).ok();
    }
}

/// Every file below the folder, relative to it, `/` between parts.
fn below(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(prefix) = open.pop() {
        for entry in fs::read_dir(folder.join(&prefix))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push(format!("{name}/"));
            } else {
                found.push(name);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qc17::render::write as render;

    #[test]
    fn only_what_a_run_left_is_replaced() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("quý 1-ket-qua");
        let free = || free(root.path(), "quý 1-ket-qua").file_name().unwrap().to_owned();
        assert_eq!(free(), "quý 1-ket-qua");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        let names =
            ["tong-hop-2021-Q1.xlsx", "ket-qua-2021-Q1.json", "phan-hoi/02647-Kim Tân.xlsx"];
        let all = names.map(str::to_owned);
        render::write_as_made(&folder, false, &|| false, |set| {
            all.iter().try_for_each(|name| set.add(name, b"x"))?;
            let (name, text) = seal(&all, set)?;
            set.add(&name, text.as_bytes())?;
            Ok::<_, WriteError>(((), Vec::new()))
        })
        .unwrap();
        assert_eq!(free(), "quý 1-ket-qua");
        assert_eq!(left_in(&folder).len(), 3);
        // The officer has written into the workbook, or thrown it away.
        write(names[0], "đã sửa");
        assert_eq!(free(), "quý 1-ket-qua-2");
        assert!(left_in(&folder).is_empty());
        fs::remove_file(folder.join(names[0])).unwrap();
        assert_eq!(free(), "quý 1-ket-qua");
        // Something else lies there, even under a name that results could bear.
        for name in ["ghi chú.txt", "bao-cao-2021-Q1.pdf", "phan-hoi/thư.txt"] {
            write(name, "x");
            assert_eq!(free(), "quý 1-ket-qua-2", "{name}");
            fs::remove_file(folder.join(name)).unwrap();
        }
        fs::write(root.path().join("quý 1-ket-qua-2"), "a file").unwrap();
        write(SEAL, "");
        assert_eq!(free(), "quý 1-ket-qua-3");
        // What is not written again goes.
        clear(&folder, &[names[2].to_owned(), names[1].to_owned()], &[names[1].to_owned()]);
        assert!(!folder.join(names[2]).exists() && folder.join(names[1]).exists());
    }

    #[test]
    fn names_of_results() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("báo cáo.quý 1");
        fs::create_dir(&folder).unwrap();
        let file = folder.join("tất cả.zip");
        fs::write(&file, "x").unwrap();
        assert_eq!(name(&folder).unwrap(), "báo cáo.quý 1-ket-qua");
        assert_eq!(
            name(&folder.join("..").join("báo cáo.quý 1/")).unwrap(),
            "báo cáo.quý 1-ket-qua"
        );
        assert_eq!(name(&file).unwrap(), "tất cả-ket-qua");
        assert_eq!(parent(&file).unwrap(), folder);
        assert!(name(Path::new("/")).is_none() || cfg!(windows));
        assert!(name(Path::new(".")).is_some() && name(Path::new("..")).is_some());
        assert!(!is_results(&folder));
        let results = root.path().join("quý 1-ket-qua");
        fs::create_dir(&results).unwrap();
        assert!(!is_results(&results), "empty");
        fs::write(results.join("ket-qua-2021-Q1.json"), "{}").unwrap();
        assert!(is_results(&results));
    }
}
