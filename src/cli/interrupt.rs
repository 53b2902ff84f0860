//! Ctrl-C and its like: at once while nothing is being written, else as soon as the folder is whole again.

use super::Failure;
use qc17::render::write::{Stop, WriteError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit status that shells expect.
pub(super) const INTERRUPTED: u8 = 130;

/// Whether something is being written. Held while the program ends, so that no writing begins then.
static WRITING: Mutex<bool> = Mutex::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);

fn writing() -> MutexGuard<'static, bool> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens for Ctrl-C, a closed window and a polite end from now on. Where the system does not allow it,
/// its own way of ending stays.
pub(super) fn listen() {
    ctrlc::set_handler(|| {
        ASKED.store(true, Ordering::SeqCst);
        let writing = writing();
        if !*writing {
            #[expect(clippy::exit, reason = "nothing is open that would need to be closed")]
            std::process::exit(i32::from(INTERRUPTED));
        }
    })
    .ok();
}

/// Writes undisturbed; none when the end was asked for meanwhile. Then the new files are all there, or,
/// when it was asked for early enough, the old ones.
pub(super) fn while_writing<T>(
    write: impl FnOnce(Stop<'_>) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let asked = || ASKED.load(Ordering::SeqCst);
    *writing() = true;
    let written = write(&asked);
    *writing() = false;
    match written {
        Ok(_) | Err(Failure::Write(WriteError::Stopped)) if asked() => Ok(None),
        written => written.map(Some),
    }
}
