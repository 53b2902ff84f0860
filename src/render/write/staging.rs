//! The staging folder: filled first, then moved into place; finished by the next run when this one is killed.

use super::disk;
use super::draft::Draft;
use super::error::{WriteError, file_error, folder_error};
use super::name::{check, with_bak};
use super::set::Stop;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The staging folder inside the output folder.
pub(super) const STAGING: &str = ".qc17-tam";
/// What is to be moved into place, under the names it will bear.
const NEW: &str = "moi";
/// What that replaces or takes away.
const OLD: &str = "cu";
/// The files being put back.
const BACK: &str = "lai";
/// Says that everything to be moved is there; holds the names of the files to be taken away, one a line.
const MARKER: &str = "du";

/// The output folder with its staging folder.
pub(super) struct Staging<'a> {
    folder: &'a Path,
    staging: PathBuf,
}

impl<'a> Staging<'a> {
    pub(super) fn of(folder: &'a Path) -> Self {
        Self { folder, staging: folder.join(STAGING) }
    }

    fn at(&self, part: &str) -> PathBuf {
        self.staging.join(part)
    }

    /// What a failure of the disk means here.
    pub(super) fn fail(&self, error: io::Error) -> WriteError {
        folder_error(self.folder, error)
    }

    /// Finishes what a killed run had ready, or clears up what it had not. What cannot be finished now is
    /// left as it is: it counts as written, and the next run tries again.
    pub(super) fn recover(&self) -> Result<(), WriteError> {
        match fs::symlink_metadata(&self.staging) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(self.fail(error)),
            Ok(_) => {}
        }
        match fs::read(self.at(MARKER)) {
            Ok(marker) => {
                let marker = String::from_utf8_lossy(&marker).into_owned();
                let removals = marker.lines().filter(|name| check(name).is_ok());
                let removals: Vec<PathBuf> = removals.map(PathBuf::from).collect();
                self.commit(&removals, &mut Vec::new())
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                disk::remove(&self.staging).map_err(|error| self.fail(error))
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Makes the folders in which everything is put aside.
    pub(super) fn begin(&self) -> Result<(), WriteError> {
        for part in [NEW, OLD, BACK] {
            disk::make_folder(&self.at(part)).map_err(|error| self.fail(error))?;
        }
        Ok(())
    }

    /// Writes a new file and keeps the old one at hand.
    pub(super) fn add(&self, name: &Path, bytes: &[u8], backup: bool) -> Result<(), WriteError> {
        self.keep(name, backup)?;
        disk::write_new(&self.at(NEW).join(name), bytes).map_err(|error| self.fail(error))
    }

    /// Begins a new file and keeps the old one at hand.
    pub(super) fn begin_file<'s>(
        &self,
        name: &Path,
        backup: bool,
        stop: Stop<'s>,
    ) -> Result<Draft<'s>, WriteError> {
        self.keep(name, backup)?;
        let file = disk::create_new(&self.at(NEW).join(name));
        file.map(|file| Draft::new(file, stop)).map_err(|error| self.fail(error))
    }

    /// Reads what was put aside under that name.
    pub(super) fn reread(&self, name: &Path) -> Result<fs::File, WriteError> {
        fs::File::open(self.at(NEW).join(name)).map_err(|error| self.fail(error))
    }

    /// Keeps what is to be taken away at hand, and says that everything is there. Gives the files to be
    /// taken away.
    pub(super) fn complete(
        &self,
        stale: &[String],
        stop: Stop<'_>,
    ) -> Result<Vec<PathBuf>, WriteError> {
        let mut removals = Vec::new();
        for name in stale {
            check(name)?;
            if self.keep(Path::new(name), true)? {
                removals.push(PathBuf::from(name));
            }
        }
        let marker: Vec<_> = removals.iter().map(|name| name.to_string_lossy()).collect();
        let unnamed = self.at("du-moi");
        disk::write_new(&unnamed, marker.join("\n").as_bytes())
            .map_err(|error| self.fail(error))?;
        disk::sync(folders_below(&self.staging));
        if stop() {
            return Err(WriteError::Stopped);
        }
        // Named only when it is whole: an empty marker would forget what is to be taken away.
        disk::rename(&unnamed, &self.at(MARKER)).map_err(|error| self.fail(error))?;
        disk::sync([self.staging.clone()]);
        Ok(removals)
    }

    /// Removes what was put aside, as far as that is possible now.
    pub(super) fn clear(&self) {
        disk::remove(&self.staging).ok();
    }

    /// Keeps what bears that name at hand, and as `*.bak` where it is to stay; whether there is anything.
    fn keep(&self, name: &Path, backup: bool) -> Result<bool, WriteError> {
        if !self.keep_one(name)? {
            return Ok(false);
        }
        if backup {
            let bak = with_bak(name);
            self.keep_one(&bak)?;
            let kept = disk::second(&self.folder.join(name), &self.at(NEW).join(bak));
            kept.map_err(|error| self.fail(error))?;
        }
        Ok(true)
    }

    fn keep_one(&self, name: &Path) -> Result<bool, WriteError> {
        let target = self.folder.join(name);
        match fs::symlink_metadata(&target) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(file_error(self.folder, &target, error)),
            Ok(_) if target.is_dir() => return Err(WriteError::IsFolder(target)),
            Ok(about) if about.is_file() && about.permissions().readonly() => {
                return Err(WriteError::ReadOnly(target));
            }
            Ok(_) => {}
        }
        let kept = disk::second(&target, &self.at(OLD).join(name));
        kept.map_err(|error| file_error(self.folder, &target, error)).map(|()| true)
    }

    /// Moves what is staged into place; a file that cannot be replaced undoes those before it.
    pub(super) fn put_in_place(&self, removals: &[PathBuf]) -> Result<(), WriteError> {
        let mut moved = Vec::new();
        let done = self.commit(removals, &mut moved);
        if done.is_err() && self.undo(&moved, removals).is_ok() {
            // First the marker, so that nobody finishes what was undone. Where that cannot be, or not all
            // could be undone, the set is finished by the next run after all.
            if disk::remove_file(&self.at(MARKER)).is_ok() {
                disk::remove(&self.staging).ok();
            }
        }
        done
    }

    /// The moves and removals; `moved` gets each name that was moved.
    fn commit(&self, removals: &[PathBuf], moved: &mut Vec<PathBuf>) -> Result<(), WriteError> {
        let new = self.at(NEW);
        for name in disk::files_below(&new).map_err(|error| self.fail(error))? {
            let target = self.folder.join(&name);
            disk::rename(&new.join(&name), &target)
                .map_err(|error| file_error(self.folder, &target, error))?;
            moved.push(name);
        }
        for target in removals.iter().map(|name| self.folder.join(name)) {
            match disk::remove_file(&target) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(file_error(self.folder, &target, error));
                }
                _ => {}
            }
        }
        let parents = moved.iter().filter_map(|name| Some(self.folder.join(name.parent()?)));
        disk::sync(parents.collect::<std::collections::BTreeSet<_>>());
        // First the marker: a run killed while it clears up must not be finished once more.
        disk::remove_file(&self.at(MARKER)).map_err(|error| self.fail(error))?;
        // Everything is in place. What cannot be cleared away now, the next run does.
        disk::remove(&self.staging).ok();
        Ok(())
    }

    /// Takes the moved files back into the staging folder and puts those that were replaced or taken away
    /// where they were. Until the marker goes, nothing is lost: a run killed here is finished by the next.
    fn undo(&self, moved: &[PathBuf], removals: &[PathBuf]) -> io::Result<()> {
        for name in moved.iter().rev() {
            disk::rename(&self.folder.join(name), &self.at(NEW).join(name))?;
        }
        for name in moved.iter().chain(removals) {
            let old = self.at(OLD).join(name);
            if fs::symlink_metadata(&old).is_ok() {
                let back = self.at(BACK).join(name);
                disk::second(&old, &back)?;
                disk::rename(&back, &self.folder.join(name))?;
            }
        }
        Ok(())
    }
}

/// The folder and every folder below it.
fn folders_below(root: &Path) -> Vec<PathBuf> {
    let files = disk::files_below(root).unwrap_or_default();
    let parents = files.iter().filter_map(|name| Some(root.join(name.parent()?)));
    parents.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}
