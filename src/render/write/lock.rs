//! One run at a time in an output folder.

use super::error::{WriteError, folder_error};
use super::set::Stop;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long another run may take to write before this one gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Holds other runs off. The system gives the lock back when the process ends in whatever way.
pub(super) fn lock(folder: &Path, stop: Stop<'_>) -> Result<Option<File>, WriteError> {
    let file = lock_file(folder).map_err(|error| folder_error(folder, error))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if stop() => return Err(WriteError::Stopped),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(folder.to_owned())),
            // Some network drives know no locks; one run at a time is then up to the user.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Windows locks files only; the hidden file stays, for removing it would let two runs in.
#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(".qc17-khoa"))
}
