//! Ctrl-C: at once while reading; while outputs are made or moved into place, when the folder is whole.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status that shells expect.
pub(super) const INTERRUPTED: u8 = 130;

static WRITING: AtomicBool = AtomicBool::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C from now on. Where the system does not allow it, its own way of ending stays.
pub(super) fn listen() {
    ctrlc::set_handler(|| {
        ASKED.store(true, Ordering::SeqCst);
        if !WRITING.load(Ordering::SeqCst) {
            #[expect(clippy::exit, reason = "nothing is open that would need to be closed")]
            std::process::exit(i32::from(INTERRUPTED));
        }
    })
    .ok();
}

/// Whether Ctrl-C came while something was being written.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Does the writing undisturbed; whether Ctrl-C came meanwhile.
pub(super) fn while_writing<T>(write: impl FnOnce() -> T) -> (T, bool) {
    WRITING.store(true, Ordering::SeqCst);
    let written = write();
    (written, asked())
}
