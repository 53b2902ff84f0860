//! A disk that fails, or a run that is killed, before any chosen step: how the tests try all of them.

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::panic::{self, AssertUnwindSafe};

/// What happens at the chosen step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trial {
    /// The run is killed: nothing of it comes after.
    Kill,
    /// That step fails, and no other.
    FailOnce(ErrorKind),
    /// That step fails, and all after it.
    FailOn(ErrorKind),
}

thread_local! {
    static PLAN: Cell<Option<(usize, Trial)>> = const { Cell::new(None) };
}

/// The end of a run that is killed.
struct Killed;

pub(super) fn step() -> io::Result<()> {
    match PLAN.get() {
        None => Ok(()),
        Some((0, Trial::Kill)) => panic::resume_unwind(Box::new(Killed)),
        Some((0, Trial::FailOnce(kind))) => {
            PLAN.set(None);
            Err(kind.into())
        }
        Some((0, Trial::FailOn(kind))) => Err(kind.into()),
        Some((left, trial)) => {
            PLAN.set(Some((left - 1, trial)));
            Ok(())
        }
    }
}

/// Runs `work` with that trial at its step number `at`; none when it was killed there. The second value says
/// whether it came to that step at all.
pub(super) fn tried<T>(at: usize, trial: Trial, work: impl FnOnce() -> T) -> (Option<T>, bool) {
    PLAN.set(Some((at, trial)));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let reached = !matches!(PLAN.take(), Some((left, _)) if left > 0);
    match done {
        Ok(done) => (Some(done), reached),
        Err(end) if end.is::<Killed>() => (None, true),
        Err(end) => panic::resume_unwind(end),
    }
}
