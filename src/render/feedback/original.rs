//! The bytes that a unit sent, read once more: they must still be those that the findings are about.

use crate::aggregate::FileLine;
use crate::model::hex;
use crate::model::submission::FilePath;
use crate::open::{Archive, Limits};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::Read;

/// The file's bytes; none when they cannot be had any more or have changed since.
pub(super) fn bytes(line: &FileLine, limits: &Limits) -> Option<Vec<u8>> {
    let known = line.sha256.as_deref()?;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(line.disk.as_ref()?).ok()?;
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).ok()?;
    let is_known = |bytes: &[u8]| hex(&Sha256::digest(bytes)) == known;
    if is_known(&bytes) {
        return Some(bytes);
    }
    // A file in an archive is named by the archive's path, `!/`, and its own.
    let path = line.path.as_str();
    path.match_indices("!/").find_map(|(at, _)| {
        let outer = FilePath::new(path.get(..at)?);
        let mut archive = Archive::open(&outer, &bytes, limits)?;
        let member = archive.members().iter().find(|member| member.path == line.path)?.clone();
        archive.read(&member).ok().filter(|bytes| is_known(bytes)).map(Cow::into_owned)
    })
}
