//! Writes all outputs into a folder or none of them, and cleans up after a run that was killed.
//!
//! Everything goes to a hidden staging folder first. A marker file in it says that it is complete;
//! from then on the set counts as written, and whoever comes next finishes the renames.

mod staged;

pub use staged::Staged;

use crate::notation::system::why;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The staging folder inside the output folder.
const STAGING: &str = ".qc17-tam";
/// The new files in it.
const NEW: &str = "moi";
/// What they replace.
const OLD: &str = "cu";
/// Says that all new files are there; holds `bak` when the replaced ones are to be kept.
const MARKER: &str = "du";
/// How long another run may take to write before this one gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output folder is a file.
    #[error("“{0}” là một tệp, không phải thư mục; hãy chọn thư mục khác để ghi kết quả")]
    NotAFolder(PathBuf),
    /// The output folder does not exist and cannot be made.
    #[error("Không tạo được thư mục kết quả “{0}” ({why}); hãy kiểm tra đường dẫn và quyền ghi", why = why(.1))]
    CannotCreate(PathBuf, #[source] io::Error),
    /// The output folder cannot be written to.
    #[error("Không ghi được vào thư mục “{0}” ({why}); hãy xin quyền ghi hoặc chọn thư mục khác", why = why(.1))]
    NotWritable(PathBuf, #[source] io::Error),
    /// No room is left.
    #[error("Ổ đĩa chứa thư mục “{0}” đã đầy; hãy xóa bớt tệp hoặc chọn ổ đĩa khác rồi chạy lại")]
    DiskFull(PathBuf),
    /// An existing output could not be replaced.
    #[error(
        "Không thay được tệp “{0}” ({why}); tệp có thể đang mở trong Excel hoặc trình đọc PDF: hãy đóng lại rồi chạy lại",
        why = why(.1)
    )]
    Locked(PathBuf, #[source] io::Error),
    /// A folder has the name of an output.
    #[error("“{0}” là một thư mục nên không ghi được tệp cùng tên; hãy đổi tên thư mục đó")]
    IsFolder(PathBuf),
    /// Another run writes into the same folder.
    #[error("Một lần chạy khác đang ghi vào thư mục “{0}”; hãy chờ lần đó xong rồi chạy lại")]
    Busy(PathBuf),
    /// A name that would lead out of the folder.
    #[error("Tên tệp kết quả “{0}” không hợp lệ")]
    BadName(String),
    /// Anything else.
    #[error("Không ghi được “{0}” ({why}); hãy kiểm tra đường dẫn và ổ đĩa rồi chạy lại", why = why(.1))]
    Other(PathBuf, #[source] io::Error),
}

/// As [`write_set`], and nothing is out of date.
pub fn write_all(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    backup: bool,
) -> Result<(), WriteError> {
    write_set(folder, outputs, &[], backup)
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
) -> Result<(), WriteError> {
    for name in outputs.iter().map(|(name, _)| name).chain(stale) {
        check_name(name)?;
    }
    let staged = Staged::open(folder)?;
    staged.put_all(outputs)?;
    staged.commit(stale, backup)
}

/// What is done besides moving the new files into place.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    /// Whether the replaced files are kept.
    backup: bool,
    /// Files that are put out of the way.
    stale: Vec<String>,
}

impl Plan {
    /// As the marker file holds it.
    fn marker(&self) -> String {
        let first = if self.backup { "bak" } else { "" };
        std::iter::once(first)
            .chain(self.stale.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// From the marker file of a run that was killed.
    fn read(marker: &str) -> Self {
        let mut lines = marker.split('\n');
        let backup = lines.next() == Some("bak");
        let stale = lines.filter(|name| check_name(name).is_ok()).map(str::to_owned);
        Self { backup, stale: stale.collect() }
    }
}

fn check_name(name: &str) -> Result<(), WriteError> {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let hidden = name.starts_with(STAGING);
    if name.is_empty() || !plain || hidden {
        return Err(WriteError::BadName(name.to_owned()));
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(|error| {
        let file = folder.ancestors().find(|path| path.is_file());
        match file {
            Some(file) => WriteError::NotAFolder(file.to_owned()),
            None => WriteError::CannotCreate(folder.to_owned(), error),
        }
    })
}

/// Holds other runs off. The system gives the lock back when the process ends in whatever way.
fn lock(folder: &Path) -> Result<Option<File>, WriteError> {
    let file = lock_file(folder).map_err(|error| folder_error(folder, error))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
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

/// Finishes or undoes what a killed run left.
fn recover(folder: &Path, staging: &Path) -> Result<(), WriteError> {
    match fs::symlink_metadata(staging) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(folder_error(folder, error)),
        Ok(_) => {}
    }
    match fs::read(staging.join(MARKER)) {
        Ok(marker) => commit(folder, staging, &Plan::read(&String::from_utf8_lossy(&marker))),
        Err(_) => remove(folder, staging),
    }
}

fn remove(folder: &Path, staging: &Path) -> Result<(), WriteError> {
    let removed =
        if staging.is_dir() { fs::remove_dir_all(staging) } else { fs::remove_file(staging) };
    removed.map_err(|error| folder_error(folder, error))
}

/// Keeps the old ones at hand and says that all new files are there.
fn complete(folder: &Path, staging: &Path, plan: &Plan) -> Result<(), WriteError> {
    let fail = |error| folder_error(folder, error);
    for name in files_below(&staging.join(NEW)).map_err(fail)? {
        let target = folder.join(&name);
        if target.is_dir() {
            return Err(WriteError::IsFolder(target));
        }
        if target.exists() {
            keep_old(&target, &staging.join(OLD).join(name)).map_err(fail)?;
        }
    }
    write_new(&staging.join(MARKER), plan.marker().as_bytes()).map_err(fail)?;
    sync_folder(staging);
    Ok(())
}

/// How many files are on their way to the disk at a time: a disk that is waited for file by file takes
/// ten times as long for the many small ones of the feedback.
const WRITERS: usize = 16;

fn write_together(new: &Path, outputs: &[(String, Vec<u8>)]) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let write = || {
        while let Some((name, bytes)) = outputs.get(next.fetch_add(1, Ordering::Relaxed)) {
            write_new(&new.join(name), bytes)?;
        }
        Ok(())
    };
    let write = &write;
    std::thread::scope(|scope| {
        let count = WRITERS.min(outputs.len());
        let writers: Vec<_> = (0..count).map(|_| scope.spawn(write)).collect();
        // All are waited for, whichever of them fails.
        let ended: Vec<io::Result<()>> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|_| Err(ErrorKind::Other.into())))
            .collect();
        ended.into_iter().collect()
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A second name for the old file costs nothing; where there is no such thing it is copied.
fn keep_old(target: &Path, old: &Path) -> io::Result<()> {
    if let Some(parent) = old.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::hard_link(target, old).or_else(|_| fs::copy(target, old).map(drop))
}

/// Moves the staged files into place; a file that cannot be replaced undoes those before it.
fn commit(folder: &Path, staging: &Path, plan: &Plan) -> Result<(), WriteError> {
    let (new, old) = (staging.join(NEW), staging.join(OLD));
    let mut moved: Vec<PathBuf> = Vec::new();
    let mut put_away: Vec<PathBuf> = Vec::new();
    for name in plan.stale.iter().map(Path::new) {
        let target = folder.join(name);
        match fs::rename(&target, folder.join(with_bak(name))) {
            Ok(()) => put_away.push(name.to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                undo(folder, &old, &[], &put_away);
                fs::remove_file(staging.join(MARKER)).ok();
                return Err(file_error(folder, &target, error));
            }
        }
    }
    for name in files_below(&new).map_err(|error| folder_error(folder, error))? {
        let target = folder.join(&name);
        if let Some(parent) = target.parent() {
            make_folder(parent)?;
        }
        if let Err(error) = fs::rename(new.join(&name), &target) {
            undo(folder, &old, &moved, &put_away);
            fs::remove_file(staging.join(MARKER)).ok();
            return Err(file_error(folder, &target, error));
        }
        moved.push(name);
    }
    if plan.backup {
        for name in files_below(&old).map_err(|error| folder_error(folder, error))? {
            let target = folder.join(with_bak(&name));
            fs::rename(old.join(&name), &target)
                .map_err(|error| file_error(folder, &target, error))?;
        }
    }
    sync_folder(folder);
    // First the marker: a run killed while it clears up must not be finished once more.
    fs::remove_file(staging.join(MARKER)).map_err(|error| folder_error(folder, error))?;
    remove(folder, staging)
}

/// Puts the replaced files back and takes away those that were not there before.
fn undo(folder: &Path, old: &Path, moved: &[PathBuf], put_away: &[PathBuf]) {
    for name in put_away {
        fs::rename(folder.join(with_bak(name)), folder.join(name)).ok();
    }
    for name in moved {
        let target = folder.join(name);
        let back = fs::rename(old.join(name), &target);
        if back.is_err() {
            fs::remove_file(&target).ok();
        }
    }
}

fn with_bak(name: &Path) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(".bak");
    name.into()
}

/// Every file below a folder, relative to it, in a fixed order.
fn files_below(root: &Path) -> io::Result<Vec<PathBuf>> {
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

/// Makes renames survive a power cut where the system can; elsewhere it does so by itself.
fn sync_folder(folder: &Path) {
    if let Ok(open) = File::open(folder) {
        open.sync_all().ok();
    }
}

/// What a failure in the folder means to the user.
fn folder_error(folder: &Path, error: io::Error) -> WriteError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            WriteError::DiskFull(folder.to_owned())
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            WriteError::NotWritable(folder.to_owned(), error)
        }
        _ => WriteError::Other(folder.to_owned(), error),
    }
}

/// What a failure to replace one file means.
fn file_error(folder: &Path, file: &Path, error: io::Error) -> WriteError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            WriteError::Locked(file.to_owned(), error)
        }
        ErrorKind::IsADirectory => WriteError::IsFolder(file.to_owned()),
        // Windows: the file is open in another program (sharing violation, lock violation).
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
            WriteError::Locked(file.to_owned(), error)
        }
        _ => folder_error(folder, error),
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
