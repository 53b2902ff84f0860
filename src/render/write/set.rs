//! A set of outputs into a folder, the whole set or nothing of it.

use super::disk;
use super::error::WriteError;
use super::lock::lock;
use super::name::check;
use super::staging::Staging;
use std::path::Path;

/// Asks whether somebody wants the end. It is asked before the set counts as written, and not after.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// As [`write_set`], and nothing is out of date.
pub fn write_all(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    backup: bool,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    write_set(folder, outputs, &[], backup, stop)
}

/// Writes the outputs, each under its name relative to the folder (`/` between parts). Either all of
/// them are there afterwards, or the folder is as it was. With `backup`, a replaced file stays as `*.bak`;
/// what an earlier run wrote and this one would not (`stale`) always becomes one, for it may have been
/// answered since.
pub fn write_set(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    stale: &[String],
    backup: bool,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    for name in outputs.iter().map(|(name, _)| name).chain(stale) {
        check(name)?;
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    make_folder(folder)?;
    let _lock = lock(folder, stop)?;
    let staging = Staging::of(folder);
    staging.recover()?;
    let removals = staging.stage(outputs, stale, backup, stop)?;
    staging.put_in_place(&removals)
}

fn make_folder(folder: &Path) -> Result<(), WriteError> {
    disk::make_folder(folder).map_err(|error| {
        let file = folder.ancestors().find(|path| path.is_file());
        match file {
            Some(file) => WriteError::NotAFolder(file.to_owned()),
            None => WriteError::CannotCreate(folder.to_owned(), error),
        }
    })
}
