//! The parts of a zip package, found leniently and inflated under hard caps.

use super::directory;
use super::fault::{Fault, TORN};
use super::limits::{Limits, Passed};
use super::seen::Seen;
use super::xml::{Checked, Xml};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::{BufRead, Cursor};
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

/// Inflated size up to which a part is held in memory whole; a larger one is read as a stream.
const WHOLE: u64 = 2 * super::limits::MIB;

thread_local! {
    /// Used again for each part: a new one takes and clears memory that is larger than most parts.
    static INFLATER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Reads with a buffer for parts that the files before have made large enough.
pub(super) fn with_scratch<T>(read: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    let mut buffer = SCRATCH.take();
    let told = read(&mut buffer);
    SCRATCH.set(buffer);
    told
}

/// What a package is called that lacks a part it speaks of.
pub(super) const MISSING: Fault = Fault::Broken("tệp thiếu một phần bên trong");

/// One part of the package.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    /// Name as stored.
    pub(super) raw_name: Cow<'a, str>,
    pub(super) packed: &'a [u8],
    /// Inflated size as declared.
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) method: CompressionMethod,
    /// Whether the part is a link to another file.
    pub(super) link: bool,
    /// Whether the part is encrypted.
    pub(super) encrypted: bool,
    /// Whether the directory lists it but its bytes are not where it says.
    pub(super) lost: bool,
}

/// An opened package.
pub(super) struct Package<'a> {
    parts: Vec<Part<'a>>,
    limits: &'a Limits,
    left: u64,
}

impl<'a> Package<'a> {
    /// Reads the directory of the package; nothing is inflated yet.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Fault> {
        check_directory(bytes, limits)?;
        let parts = directory::plain(bytes).map_or_else(|| Self::listed(bytes), Ok)?;
        Ok(Self { parts, limits, left: limits.inflated_bytes })
    }

    /// The parts as the zip library lists them.
    pub(super) fn listed(bytes: &'a [u8]) -> Result<Vec<Part<'a>>, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TORN)?;
        if archive.has_duplicate_names() {
            return Err(Fault::Broken("hai phần bên trong tệp trùng tên"));
        }
        let mut parts = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            parts.extend(Part::listed(&mut archive, index, bytes));
        }
        Ok(parts)
    }

    /// All parts in the order of the directory.
    pub(super) fn parts(&self) -> &[Part<'a>] {
        &self.parts
    }

    /// How many bytes were inflated, or asked for.
    pub(super) const fn inflated(&self) -> u64 {
        self.limits.inflated_bytes - self.left
    }

    /// Whether there is a part of that name, letter case ignored.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether any part lies in that folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.parts.iter().any(|part| part.raw_name.starts_with(folder))
    }

    /// The bytes of a part that is stored as it is.
    pub(super) fn stored(&self, name: &str) -> Option<&'a [u8]> {
        let part = self.find(name).and_then(|at| self.parts.get(at));
        part.filter(|part| part.method == CompressionMethod::Stored).map(|part| part.packed)
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| is_named(&part.raw_name, name))
    }

    /// The part at that place, checked against the limits before anything of it is inflated.
    fn charged(&mut self, at: usize) -> Result<&Part<'a>, Fault> {
        let part = self.parts.get(at).ok_or(MISSING)?;
        self.left = part.charge(self.left, self.limits)?;
        Ok(part)
    }

    /// Opens a part as XML: from `buffer` when it is small, as a stream when it is large.
    pub(super) fn xml<'b>(&mut self, name: &str, buffer: &'b mut Vec<u8>) -> Result<Xml<'b>, Fault>
    where
        'a: 'b,
    {
        let limits = self.limits;
        let part = self.charged(self.find(name).ok_or(MISSING)?)?;
        if part.size <= WHOLE {
            part.inflate(buffer)?;
            return Ok(Xml::whole(buffer, limits));
        }
        match part.method {
            CompressionMethod::Stored => Ok(Xml::whole(part.sound()?, limits)),
            CompressionMethod::Deflated => {
                Ok(Xml::stream(part.packed, part.size, part.crc, limits))
            }
            _ => Err(Fault::Broken("cách nén không được hỗ trợ")),
        }
    }

    /// What a small part says that files may share to the byte: as read before, else as `read` finds it. `context`
    /// is what the reading goes by beside the part and the limits.
    pub(super) fn known<T>(
        &mut self,
        (name, context): (&str, &str),
        seen: &Seen<T>,
        buffer: &mut Vec<u8>,
        read: impl FnOnce(Xml<'_>, &Limits) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        let (at, limits) = (self.find(name).ok_or(MISSING)?, self.limits);
        if let Some(part) = self.parts.get(at)
            && let Some(says) = seen.get(part, context, limits)
        {
            // It counts as inflated all the same.
            self.charged(at)?;
            return Ok(says);
        }
        let says = Arc::new(read(self.xml(name, buffer)?, limits)?);
        if let Some(part) = self.parts.get(at) {
            seen.keep(part, context, limits, &says);
        }
        Ok(says)
    }

    /// The content of a part: from `buffer` when it is small, inflated on the way when it is large.
    pub(super) fn bytes<'b>(
        &mut self,
        name: &str,
        buffer: &'b mut Vec<u8>,
    ) -> Result<Box<dyn BufRead + 'b>, Fault>
    where
        'a: 'b,
    {
        let part = self.charged(self.find(name).ok_or(MISSING)?)?;
        if part.size <= WHOLE {
            part.inflate(buffer)?;
            return Ok(Box::new(buffer.as_slice()));
        }
        match part.method {
            CompressionMethod::Stored => Ok(Box::new(part.sound()?)),
            CompressionMethod::Deflated => {
                Ok(Box::new(Checked::new(part.packed, part.size, part.crc)))
            }
            _ => Err(Fault::Broken("cách nén không được hỗ trợ")),
        }
    }

    /// The content of the part at that place, which may be no larger than so many bytes.
    pub(super) fn member(&mut self, index: usize, largest: u64) -> Result<Cow<'a, [u8]>, Fault> {
        if self.parts.get(index).ok_or(MISSING)?.size > largest {
            return Err(Passed::FileBytes(largest).into());
        }
        let part = self.charged(index)?;
        if part.method == CompressionMethod::Stored {
            return part.sound().map(Cow::Borrowed);
        }
        let mut out = Vec::new();
        part.inflate(&mut out)?;
        Ok(Cow::Owned(out))
    }
}

/// What a part is called whose content is not what was packed.
const DAMAGED: Fault = Fault::Broken("dữ liệu nén bị hỏng");

impl<'a> Part<'a> {
    /// The part at that place of the directory. One whose own header is damaged, or names another part, is lost,
    /// not absent: whoever needs it has to say so.
    fn listed(
        archive: &mut ZipArchive<Cursor<&'a [u8]>>,
        index: usize,
        bytes: &'a [u8],
    ) -> Option<Self> {
        let known = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default();
        let known = known.into_owned();
        let Ok(entry) = archive.by_index_raw(index) else {
            return (!known.ends_with(['/', '\\'])).then(|| Self::nowhere(&known));
        };
        let raw_name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => Cow::Borrowed(name),
            Err(_) => entry.name().unwrap_or_default(),
        };
        if entry.is_dir() {
            return None;
        }
        let packed = (entry.data_start())
            .and_then(|start| usize::try_from(start).ok())
            .and_then(|start| bytes.get(start..))
            .zip(usize::try_from(entry.compressed_size()).ok())
            .and_then(|(rest, length)| rest.get(..length));
        let own = own_name(bytes, entry.header_start());
        let Some(packed) = packed.filter(|_| own.is_some_and(|own| same(own, entry.name_raw())))
        else {
            return Some(Self::nowhere(&raw_name));
        };
        Some(Self {
            packed,
            size: entry.size(),
            crc: entry.crc32(),
            method: entry.compression(),
            link: entry.is_symlink(),
            encrypted: entry.encrypted(),
            lost: false,
            ..Self::nowhere(&raw_name)
        })
    }

    /// A part of that name whose bytes cannot be found.
    fn nowhere(name: &str) -> Self {
        Self {
            raw_name: Cow::Owned(name.to_owned()),
            packed: &[],
            size: 0,
            crc: 0,
            method: CompressionMethod::Stored,
            link: false,
            encrypted: false,
            lost: true,
        }
    }

    /// Checks the part against the limits; gives how much may be inflated after it.
    fn charge(&self, left: u64, limits: &Limits) -> Result<u64, Fault> {
        if self.encrypted {
            return Err(Fault::Password);
        }
        if self.lost {
            return Err(DAMAGED);
        }
        if self.size > limits.part_bytes {
            return Err(Passed::PartBytes(limits.part_bytes).into());
        }
        let packed = u64::try_from(self.packed.len()).unwrap_or(u64::MAX).max(1);
        if self.size >= limits.ratio_from && self.size / packed > limits.ratio {
            return Err(Passed::Ratio(limits.ratio).into());
        }
        let rest = left.checked_sub(self.size);
        rest.ok_or_else(|| Passed::InflatedBytes(limits.inflated_bytes).into())
    }

    /// Inflates the part into `out`, which never grows past the declared size.
    fn inflate(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        out.clear();
        match self.method {
            CompressionMethod::Stored => {
                out.extend_from_slice(self.sound()?);
                return Ok(());
            }
            CompressionMethod::Deflated => {
                // One byte more than declared shows a size that lies.
                let size = usize::try_from(self.size).map_err(|_| DAMAGED)?;
                out.reserve_exact(size + 1);
                let status = INFLATER.with_borrow_mut(|inflater| {
                    inflater.reset(false);
                    inflater.decompress_vec(self.packed, out, FlushDecompress::Finish)
                });
                let status = status.map_err(|_| DAMAGED)?;
                if status != Status::StreamEnd || out.len() != size {
                    return Err(DAMAGED);
                }
            }
            _ => return Err(Fault::Broken("cách nén không được hỗ trợ")),
        }
        self.check(out)
    }

    /// The bytes of a part that is stored as it is.
    fn sound(&self) -> Result<&'a [u8], Fault> {
        self.check(self.packed).map(|()| self.packed)
    }

    /// Holds what came out against the declared size and checksum.
    fn check(&self, content: &[u8]) -> Result<(), Fault> {
        let mut crc = Crc::new();
        crc.update(content);
        let whole = u64::try_from(content.len()).is_ok_and(|size| size == self.size);
        if whole && crc.sum() == self.crc { Ok(()) } else { Err(DAMAGED) }
    }
}

/// The name that a part's own header gives, before its bytes.
fn own_name(bytes: &[u8], header: u64) -> Option<&[u8]> {
    /// Bytes of that header before the name, whose length stands in it.
    const HEADER: usize = 30;
    const LENGTH: usize = 26;
    let header = bytes.get(usize::try_from(header).ok()?..)?;
    let length = header.get(LENGTH..)?.first_chunk().map(|length| u16::from_le_bytes(*length))?;
    header.get(HEADER..)?.get(..usize::from(length))
}

/// Whether two names of a part are one; some writers turn the strokes in one of them.
fn same(one: &[u8], other: &[u8]) -> bool {
    let turned = |byte: &u8| if *byte == b'\\' { b'/' } else { *byte };
    one.iter().map(turned).eq(other.iter().map(turned))
}

/// Whether that is the name of a part: letter case, the direction of strokes and leading ones make no difference.
fn is_named(part: &str, name: &str) -> bool {
    let strokes = ['/', '\\'];
    let (part, name) = (part.trim_start_matches(strokes), name.trim_start_matches(strokes));
    let letter = |byte: u8| if byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
    part.len() == name.len() && part.bytes().map(letter).eq(name.bytes().map(letter))
}

/// Checks how many directory records the bytes hold and how long these are, before anybody lists
/// them; looked at only where a limit could be passed.
fn check_directory(bytes: &[u8], limits: &Limits) -> Result<(), Fault> {
    /// Bytes of a record without its name, further data and comment, whose lengths stand in it from there on.
    const RECORD: usize = 46;
    const LENGTHS: usize = 28;
    if bytes.len() / RECORD <= limits.parts && bytes.len() <= limits.directory_bytes {
        return Ok(());
    }
    let (mut records, mut length) = (0usize, 0usize);
    let starts = bytes.windows(RECORD).filter(|window| window.starts_with(b"PK\x01\x02"));
    for record in starts {
        let lengths = record.get(LENGTHS..LENGTHS + 6).unwrap_or_default();
        let lengths =
            lengths.as_chunks::<2>().0.iter().map(|n| usize::from(u16::from_le_bytes(*n)));
        records += 1;
        length = length.saturating_add(RECORD + lengths.sum::<usize>());
    }
    if records > limits.parts {
        return Err(Passed::Parts(limits.parts).into());
    }
    let most = limits.directory_bytes;
    if length > most { Err(Passed::Directory(most).into()) } else { Ok(()) }
}
