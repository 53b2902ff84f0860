//! Tables of words that are complete before any file is read: strangers only look them up, so nobody can force their
//! hash into collisions, and one that takes a step for each byte will do.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Words of the program's own or of the office's, each with what it means.
pub type WordMap<T> = HashMap<String, T, BuildHasherDefault<WordHasher>>;
/// Words of the program's own or of the office's.
pub type WordSet = HashSet<String, BuildHasherDefault<WordHasher>>;

/// FNV-1a.
#[derive(Debug, Clone, Copy)]
pub struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHasher {
    /// One step, for a byte or a letter.
    pub fn step(&mut self, part: impl Into<u64>) {
        self.0 = (self.0 ^ part.into()).wrapping_mul(0x0100_0000_01b3);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.step(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        for (bytes, hash) in [
            ("", 0xcbf2_9ce4_8422_2325u64),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            let mut hasher = WordHasher::default();
            hasher.write(bytes.as_bytes());
            assert_eq!(hasher.finish(), hash, "{bytes}");
        }
    }
}
