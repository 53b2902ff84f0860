//! An output on its way to the disk while it is being made.

use super::set::Stop;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Seek, SeekFrom, Write};

/// Bytes that are gathered before the disk is troubled.
const GATHERED: usize = 256 * 1024;

/// A file being written. It remembers why it could not be, whatever its writer makes of it.
pub struct Draft<'s> {
    file: BufWriter<File>,
    stop: Stop<'s>,
    ended: Option<End>,
}

/// Why a file is not written to its end.
#[derive(Debug)]
pub(super) enum End {
    /// Somebody wants the end.
    Stopped,
    /// The disk failed.
    Disk(io::Error),
}

impl<'s> Draft<'s> {
    pub(super) fn new(file: File, stop: Stop<'s>) -> Self {
        Self { file: BufWriter::with_capacity(GATHERED, file), stop, ended: None }
    }

    /// Whether it was ended before its time.
    pub(super) const fn is_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Brings all of it down to the disk.
    pub(super) fn finish(self) -> Result<(), End> {
        if let Some(end) = self.ended {
            return Err(end);
        }
        let file = self.file.into_inner().map_err(|error| End::Disk(error.into_error()))?;
        if cfg!(test) { Ok(()) } else { file.sync_all().map_err(End::Disk) }
    }

    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done
            && error.kind() != ErrorKind::Interrupted
        {
            let again = error.raw_os_error().map(io::Error::from_raw_os_error);
            let again = again.unwrap_or_else(|| error.kind().into());
            self.ended.get_or_insert(End::Disk(again));
        }
        done
    }
}

impl Write for Draft<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.stop)() {
            self.ended.get_or_insert(End::Stopped);
            return Err(ErrorKind::Other.into());
        }
        let done = self.file.write(bytes);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.file.flush();
        self.noted(done)
    }
}

impl Seek for Draft<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let done = self.file.seek(to);
        self.noted(done)
    }
}
