//! Packs streams as `FlateDecode` unpacks them.

use flate2::{Compress, Compression, FlushCompress, Status};

/// Level 6 takes a fifth more instructions for a file that is a twentieth smaller; level 1 gives one half as large again.
const LEVEL: u32 = 4;

/// Packs one stream after the other; a new state for each would cost as much as a short stream's packing.
pub(super) struct Packer(Compress);

impl Packer {
    /// An empty packer.
    pub(super) fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// The bytes packed.
    pub(super) fn pack(&mut self, content: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut out = Vec::with_capacity(content.len() / 4 + 64);
        loop {
            let read = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = content.get(read..).unwrap_or_default();
            match self.0.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) | Err(_) => return out,
                Ok(Status::Ok | Status::BufError) => out.reserve(out.capacity().max(64)),
            }
        }
    }
}

/// The bytes packed alone.
pub(super) fn packed(content: &[u8]) -> Vec<u8> {
    Packer::new().pack(content)
}
