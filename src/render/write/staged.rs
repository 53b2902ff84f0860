//! A set of outputs on its way: each is written as soon as it is made, and all of them are moved into place together.

use super::{
    NEW, OLD, Plan, STAGING, WriteError, check_name, commit, complete, folder_error, lock,
    make_folder, recover, write_together,
};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

/// The set; what is not committed is taken away again.
pub struct Staged {
    folder: PathBuf,
    staging: PathBuf,
    /// Files that are on their way from memory to the disk.
    settling: Mutex<Vec<JoinHandle<io::Result<()>>>>,
    /// Whether the folder was not there before.
    is_new: bool,
    _lock: Option<File>,
}

impl Staged {
    /// Makes room for a set in that folder, and holds other runs off until it is there or given up.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let is_new = !folder.exists();
        make_folder(folder)?;
        let lock = lock(folder)?;
        let staging = folder.join(STAGING);
        recover(folder, &staging)?;
        let settling = Mutex::default();
        let staged = Self { folder: folder.to_owned(), staging, settling, is_new, _lock: lock };
        for part in [NEW, OLD] {
            let made = fs::create_dir_all(staged.staging.join(part));
            made.map_err(|error| folder_error(folder, error))?;
        }
        Ok(staged)
    }

    /// Writes one output, given in pieces, under its name relative to the folder.
    pub fn put(&self, name: &str, pieces: &[impl AsRef<[u8]>]) -> Result<(), WriteError> {
        check_name(name)?;
        let file = self.write(name, pieces).map_err(|error| folder_error(&self.folder, error))?;
        // The disk is waited for while the other outputs are made.
        let settling = std::thread::spawn(move || file.sync_all());
        self.settling.lock().unwrap_or_else(PoisonError::into_inner).push(settling);
        Ok(())
    }

    fn write(&self, name: &str, pieces: &[impl AsRef<[u8]>]) -> io::Result<File> {
        let path = self.staging.join(NEW).join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(path)?;
        pieces.iter().try_for_each(|piece| file.write_all(piece.as_ref()))?;
        Ok(file)
    }

    /// Writes many outputs at a time.
    pub fn put_all(&self, outputs: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
        outputs.iter().try_for_each(|(name, _)| check_name(name))?;
        let written = write_together(&self.staging.join(NEW), outputs);
        written.map_err(|error| folder_error(&self.folder, error))
    }

    /// Moves the set into place, as [`super::write_set`] says.
    pub fn commit(self, stale: &[String], backup: bool) -> Result<(), WriteError> {
        stale.iter().try_for_each(|name| check_name(name))?;
        let settled = self.settle();
        settled.map_err(|error| folder_error(&self.folder, error))?;
        let plan = Plan { backup, stale: stale.to_vec() };
        complete(&self.folder, &self.staging, &plan)?;
        commit(&self.folder, &self.staging, &plan)
    }

    /// Waits until everything written is on the disk.
    fn settle(&self) -> io::Result<()> {
        let mut settling = self.settling.lock().unwrap_or_else(PoisonError::into_inner);
        // All are waited for, whichever of them fails.
        let ended: Vec<io::Result<()>> = settling
            .drain(..)
            .map(|file| file.join().unwrap_or_else(|_| Err(ErrorKind::Other.into())))
            .collect();
        ended.into_iter().collect()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // The first failure is the one to tell; what cannot be removed now is removed by the next run.
        self.settle().ok();
        fs::remove_dir_all(&self.staging).ok();
        if self.is_new {
            // Only an empty folder can be removed: the one of a run that came to nothing.
            fs::remove_dir(&self.folder).ok();
        }
    }
}
