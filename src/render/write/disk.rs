//! Everything that changes the disk: each call is one step, before which a run may be killed or fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// In tests a run can be made to stop or to fail before any step.
#[cfg(test)]
use super::trial::step;

#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "the tests' own can fail")]
fn step() -> io::Result<()> {
    Ok(())
}

pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    step()?;
    fs::create_dir_all(folder)
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), make_folder)
}

/// Begins a file that is not there yet.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    make_parent(path)?;
    step()?;
    File::create_new(path)
}

/// Writes a file that is not there yet, down to the disk.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    step()?;
    file.write_all(bytes)?;
    // No test can cut the power, and waiting for the disk at each of thousands of trials takes minutes.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// A second name for a file costs nothing; where there is no such thing it is copied.
pub(super) fn second(file: &Path, name: &Path) -> io::Result<()> {
    make_parent(name)?;
    step()?;
    fs::hard_link(file, name).or_else(|_| fs::copy(file, name).map(drop))
}

/// Moves a file, over the one that bears the name.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    make_parent(to)?;
    step()?;
    fs::rename(from, to)
}

pub(super) fn remove_file(file: &Path) -> io::Result<()> {
    step()?;
    fs::remove_file(file)
}

/// Removes a folder with everything in it, or a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return remove_file(path);
    }
    for name in files_below(path)? {
        remove_file(&path.join(name))?;
    }
    step()?;
    fs::remove_dir_all(path)
}

/// Removes a folder in which nothing is.
pub(super) fn remove_empty(folder: &Path) {
    fs::remove_dir(folder).ok();
}

/// Every file below a folder, relative to it, in a fixed order.
pub(super) fn files_below(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(root.join(&below))? {
            let entry = entry?;
            let name = below.join(entry.file_name());
            if entry.file_type()?.is_dir() { open.push(name) } else { found.push(name) }
        }
    }
    found.sort();
    Ok(found)
}

/// Makes new names in these folders survive a power cut where the system can; elsewhere it does so by itself.
pub(super) fn sync(folders: impl IntoIterator<Item = PathBuf>) {
    for folder in folders {
        if let (Ok(open), false) = (File::open(folder), cfg!(test)) {
            open.sync_all().ok();
        }
    }
}
