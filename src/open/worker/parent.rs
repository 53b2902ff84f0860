//! The program's side: one worker for each thread, used for many files, started anew when it dies.

use super::{ARGUMENT, wire};
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::opened::Contents;
use crate::open::sniff::Kind;
use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Names the program that becomes a worker when started with [`ARGUMENT`]; the first word holds.
/// Without it, kinds that need a worker are rejected.
pub fn set_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// Reads a file in the worker of this thread, and tells how long that was waited for.
pub(in crate::open) fn read(bytes: &[u8], limits: &Limits) -> (Result<Contents, Fault>, Duration) {
    let asked = Instant::now();
    (answered(bytes, limits), asked.elapsed())
}

fn answered(bytes: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    let Some(program) = PROGRAM.get() else { return Err(Fault::Unsupported(Kind::Xls.words())) };
    if limits.worker_time.is_zero() {
        return Err(Passed::Time(0).into());
    }
    let head = wire::head(limits);
    WORKER.with_borrow_mut(|slot| {
        // A worker that sits idle may have been ended from outside: one fresh start is fair.
        for fresh in [false, true] {
            if fresh || slot.is_none() {
                let started = Worker::start(program, limits);
                *slot =
                    Some(started.map_err(|_| Fault::Broken("không khởi động được phần đọc tệp"))?);
            }
            let Some(worker) = slot.as_mut() else { break };
            if worker.ask(&[&head, bytes]).is_ok() {
                let answer = worker.wait(limits);
                if answer.is_err() {
                    *slot = None;
                }
                return answer.and_then(|frame| wire::parse_answer(&frame, limits));
            }
        }
        *slot = None;
        Err(Fault::Broken("phần đọc tệp bị dừng giữa chừng vì tệp này"))
    })
}

/// A running worker.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(program: &PathBuf, limits: &Limits) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            // With it a worker that runs out of memory waits for itself for ever while it tells where it died.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { child, input, answers: listen(output, wire::longest_answer(limits)) })
    }

    fn ask(&mut self, request: &[&[u8]]) -> io::Result<()> {
        wire::send(&mut self.input, request)
    }

    fn wait(&self, limits: &Limits) -> Result<Vec<u8>, Fault> {
        self.answers.recv_timeout(limits.worker_time).map_err(|error| match error {
            RecvTimeoutError::Timeout => Passed::Time(limits.worker_time.as_secs()).into(),
            RecvTimeoutError::Disconnected => {
                Fault::Broken("phần đọc tệp bị dừng giữa chừng vì tệp này")
            }
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers as they come in; the channel closes when the worker is gone.
fn listen(mut output: ChildStdout, longest: u64) -> Receiver<Vec<u8>> {
    let (sender, answers) = channel();
    thread::spawn(move || {
        while let Ok(Some(frame)) = wire::receive(&mut output, longest) {
            if sender.send(frame).is_err() {
                break;
            }
        }
    });
    answers
}
