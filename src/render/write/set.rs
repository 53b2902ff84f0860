//! A set of outputs into a folder, the whole set or nothing of it; each may come as soon as it is made.

use super::disk;
use super::draft::{Draft, End};
use super::error::WriteError;
use super::lock::lock;
use super::name::check;
use super::staging::Staging;
use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Asks whether somebody wants the end. It is asked before the set counts as written, and not after.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// How many files are on their way to the disk at a time: a disk that is waited for file by file takes
/// ten times as long for the many small ones of the feedback. In tests one, so that steps can be counted.
const WRITERS: usize = if cfg!(test) { 1 } else { 16 };

/// The outputs on their way into the folder, put aside until all of them are there.
pub struct OutputSet<'a> {
    staging: Staging<'a>,
    backup: bool,
    stop: Stop<'a>,
}

impl OutputSet<'_> {
    /// Puts an output aside under its name relative to the folder (`/` between parts), from any thread.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.may_add(name)?;
        self.staging.add(Path::new(name), bytes, self.backup)
    }

    /// As [`OutputSet::add`] for an output that is written while it is made: a nation's are some hundred
    /// megabytes, and need not lie in memory.
    pub fn write<E: From<WriteError>>(
        &self,
        name: &str,
        make: impl FnOnce(&mut Draft<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.may_add(name)?;
        let mut draft = self.staging.begin_file(Path::new(name), self.backup, self.stop)?;
        let made = make(&mut draft);
        if made.is_err() && !draft.is_ended() {
            return made;
        }
        draft.finish().map_err(|end| match end {
            End::Stopped => WriteError::Stopped.into(),
            End::Disk(error) => self.staging.fail(error).into(),
        })
    }

    /// Reads an output that was put aside.
    pub fn reread(&self, name: &str) -> Result<File, WriteError> {
        check(name)?;
        self.staging.reread(Path::new(name))
    }

    fn may_add(&self, name: &str) -> Result<(), WriteError> {
        check(name)?;
        if (self.stop)() { Err(WriteError::Stopped) } else { Ok(()) }
    }
}

/// Writes several outputs at a time; all that were begun are ended, whichever of them fails.
pub fn together<T: Send>(
    outputs: impl IntoIterator<Item = T, IntoIter: Send>,
    write: impl Fn(T) -> Result<(), WriteError> + Sync,
) -> Result<(), WriteError> {
    let outputs = Mutex::new(outputs.into_iter());
    let next = || outputs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(output) = next() {
            write(output)?;
        }
        Ok(())
    };
    let work = &work;
    std::thread::scope(|scope| {
        let writers: Vec<_> = (1..WRITERS).map(|_| scope.spawn(work)).collect();
        let own = work();
        let ended = writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        let ended: Vec<Result<(), WriteError>> = ended.collect();
        std::iter::once(own).chain(ended).collect()
    })
}

/// As [`write_set`], and nothing is out of date.
pub fn write_all(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    backup: bool,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    write_set(folder, outputs, &[], backup, stop)
}

/// As [`write_as_made`] for outputs that are all there.
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
    write_as_made(folder, backup, stop, |set| {
        together(outputs, |(name, bytes)| set.add(name, bytes)).map(|()| ((), stale.to_vec()))
    })
}

/// Writes the outputs that `make` adds to the set. Either all of them are there afterwards, or the folder is
/// as it was. With `backup`, a replaced file stays as `*.bak`; what an earlier run wrote and this one would
/// not, whose names `make` gives beside its own result, always becomes one, for it may have been answered since.
pub fn write_as_made<T, E: From<WriteError>>(
    folder: &Path,
    backup: bool,
    stop: Stop<'_>,
    make: impl FnOnce(&OutputSet<'_>) -> Result<(T, Vec<String>), E>,
) -> Result<T, E> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let own: Vec<&Path> = folder.ancestors().take_while(|path| !path.exists()).collect();
    make_folder(folder)?;
    let lock = lock(folder, stop)?;
    let staging = Staging::of(folder);
    staging.recover()?;
    let set = OutputSet { staging, backup, stop };
    let staged = (set.staging.begin().map_err(E::from))
        .and_then(|()| make(&set))
        .and_then(|(made, stale)| Ok((made, set.staging.complete(&stale, stop)?)));
    match staged {
        Ok((made, removals)) => {
            set.staging.put_in_place(&removals)?;
            Ok(made)
        }
        Err(error) => {
            // The first failure is the one to tell; what cannot be removed now is removed by the next run.
            set.staging.clear();
            drop(lock);
            // Nothing is in the folders that were made for it, unless somebody else was quick.
            for folder in own {
                disk::remove_empty(folder);
            }
            Err(error)
        }
    }
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
