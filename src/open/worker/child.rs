//! The worker's side: reads files from its input until that ends, under a limit of memory.

use super::wire;
use crate::open::fault::Fault;
use crate::open::xls;
use std::io::{self, BufReader, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Answers requests until the input ends; what `main` does when started as a worker.
pub fn serve() -> io::Result<()> {
    // The parent says what happened to the file; a panic's own words would only disturb.
    panic::set_hook(Box::new(|_| {}));
    let requests = requests();
    let mut output = io::stdout().lock();
    while let Ok(frame) = requests.recv() {
        let Some(request) = wire::parse_request(frame) else { break };
        let length = u64::try_from(request.bytes.len()).unwrap_or(u64::MAX);
        limit_memory(request.limits.worker_bytes.saturating_add(length.saturating_mul(COPIES)))?;
        let read =
            panic::catch_unwind(AssertUnwindSafe(|| xls::read(&request.bytes, &request.limits)));
        let read = read.unwrap_or(Err(Fault::Broken("sổ làm việc Excel bị hỏng")));
        wire::send(&mut output, &[&wire::answer(&read)])?;
        output.flush()?;
    }
    Ok(())
}

/// Requests as they come in. When the input ends, nobody waits for an answer any more: the program has come to
/// its end or was killed, and a file that keeps this process busy must not outlive it.
fn requests() -> Receiver<Vec<u8>> {
    let (sender, requests) = channel();
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin().lock());
        while let Ok(Some(frame)) = wire::receive(&mut input, u64::MAX) {
            if sender.send(frame).is_err() {
                return;
            }
        }
        #[expect(clippy::exit, reason = "whatever is being read, and however long it would take")]
        std::process::exit(0)
    });
    requests
}

/// How often the file itself may lie in memory: as it came, as the library cuts it up, and the stream out of it.
const COPIES: u64 = 3;
/// Addresses that a process takes up without using them (its code, stacks, reserves).
#[cfg(unix)]
const UNUSED: u64 = 448 * crate::open::limits::MIB;

/// Caps the memory of this process and leaves no image of it behind when it dies.
#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rlimit::Resource;
    Resource::CORE.set(0, 0)?;
    // Linux counts what is in use under DATA; where a system does not, its addresses are still bounded.
    for (resource, bytes) in [(Resource::DATA, bytes), (Resource::AS, bytes.saturating_add(UNUSED))]
    {
        let (_, most) = resource.get()?;
        resource.set(bytes.min(most), most)?;
    }
    Ok(())
}

/// Elsewhere nothing of the kind can be had safely: the time limit alone holds there.
#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}
