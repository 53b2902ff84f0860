//! OLE compound files: what they hold, by the names in the directory, and single streams of them.

use super::fault::Fault;
use super::sniff::Kind;

/// The first bytes of every OLE compound file.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Length of a directory record; records start at multiples of it.
const RECORD: usize = 128;

/// The kind of spreadsheet in the file, or why there is none.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Fault> {
    // Where the chain of the directory is torn, its records still lie somewhere in the file.
    let listed =
        directory(bytes).and_then(|directory| directory.chunks_exact(RECORD).find_map(named));
    let first = listed.or_else(|| bytes.chunks_exact(RECORD).skip(4).find_map(named));
    first.unwrap_or(Err(Fault::Broken("tệp OLE hỏng hoặc không chứa bảng tính")))
}

/// The records of the directory, end to end.
fn directory(bytes: &[u8]) -> Option<Vec<u8>> {
    Some(Sectors::of(bytes)?.chain(long(bytes, 48)?))
}

/// A stream of the file: its bytes, and where the pieces that it is cut into lie.
pub(super) struct Stream {
    /// Its content.
    pub(super) bytes: Vec<u8>,
    piece: usize,
    starts: Vec<usize>,
}

impl Stream {
    /// The place in the file of a byte of the stream.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        Some(self.starts.get(at / self.piece)? + at % self.piece)
    }
}

/// The first stream that has one of these names; none when its chain makes no sense.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Stream> {
    let sectors = Sectors::of(bytes)?;
    let directory = directory(bytes)?;
    let record = directory.chunks_exact(RECORD).find(|record| {
        record.get(66) == Some(&2) && names.iter().any(|wanted| is_named(record, wanted))
    })?;
    let (first, length) = (long(record, 116)?, usize::try_from(long(record, 120)?).ok()?);
    let (piece, starts) = if length < SMALL {
        (PIECE, sectors.small_chain(first, &directory)?)
    } else {
        (sectors.size, sectors.places(first))
    };
    let pieces = starts.iter().filter_map(|start| bytes.get(*start..start.checked_add(piece)?));
    let mut content: Vec<u8> = pieces.flatten().copied().collect();
    (content.len() >= length).then(|| {
        content.truncate(length);
        Stream { bytes: content, piece, starts }
    })
}

/// Streams below this length share the stream of the root in pieces of 64 bytes.
const SMALL: usize = 4096;
/// Length of those pieces.
const PIECE: usize = 64;

/// The sectors of a compound file and the table of what follows what.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl<'a> Sectors<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let size = match bytes.get(30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut sectors = Self { bytes, size, next: Vec::new() };
        let count = bytes.len() / size;
        let mut tables: Vec<u32> = (0..109).filter_map(|i| long(bytes, 76 + 4 * i)).collect();
        // Large files list further tables in sectors of their own, the last word naming the next one.
        let mut more = long(bytes, 68)?;
        for _ in 0..count {
            let Some(list) = sectors.sector(more) else { break };
            let (names, last) = list.split_at_checked(size - 4)?;
            tables.extend(names.chunks_exact(4).filter_map(|name| long(name, 0)));
            more = long(last, 0)?;
            if tables.len() > count {
                break;
            }
        }
        tables.truncate(count);
        for table in tables {
            let Some(table) = sectors.sector(table) else { break };
            let names = table.chunks_exact(4).filter_map(|name| long(name, 0));
            sectors.next.extend(names);
        }
        Some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = self.start(number)?;
        self.bytes.get(start..start + self.size)
    }

    /// Where a sector begins that lies in the file as a whole.
    fn start(&self, number: u32) -> Option<usize> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?;
        (start.checked_add(self.size)? <= self.bytes.len()).then_some(start)
    }

    /// Where the sectors of a chain begin; a chain that loops ends when it is as long as the file.
    fn places(&self, first: u32) -> Vec<usize> {
        let most = self.bytes.len().div_ceil(self.size);
        let (mut out, mut number) = (Vec::new(), first);
        while let Some(start) = self.start(number).filter(|_| out.len() < most) {
            out.push(start);
            let next = usize::try_from(number).ok().and_then(|at| self.next.get(at));
            let Some(next) = next else { break };
            number = *next;
        }
        out
    }

    /// The bytes of a chain.
    fn chain(&self, first: u32) -> Vec<u8> {
        let pieces = self.places(first).into_iter();
        pieces
            .filter_map(|start| self.bytes.get(start..start + self.size))
            .flatten()
            .copied()
            .collect()
    }

    /// As [`Sectors::places`], for a stream that lies in pieces inside the root's.
    fn small_chain(&self, first: u32, directory: &[u8]) -> Option<Vec<usize>> {
        let root = directory.chunks_exact(RECORD).find(|record| record.get(66) == Some(&5))?;
        let sectors = self.places(long(root, 116)?);
        let next = self.chain(long(self.bytes, 60)?);
        let (mut out, mut number) = (Vec::new(), usize::try_from(first).ok()?);
        while out.len() < SMALL / PIECE {
            let Some(at) = number.checked_mul(PIECE) else { break };
            let Some(sector) = sectors.get(at / self.size) else { break };
            out.push(sector + at % self.size);
            let Some(after) = long(&next, number.checked_mul(4)?) else { break };
            number = usize::try_from(after).ok()?;
        }
        Some(out)
    }
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn is_named(record: &[u8], wanted: &str) -> bool {
    let length = record
        .get(64..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |n| usize::from(u16::from_le_bytes(*n)));
    // The length counts the closing zero.
    let name = record.get(..length.saturating_sub(2).min(64)).unwrap_or_default();
    name.iter().copied().eq(wanted.encode_utf16().flat_map(u16::to_le_bytes))
}

/// What a directory record says about the whole file, if its name is a telling one.
fn named(record: &[u8]) -> Option<Result<Kind, Fault>> {
    // Type 2 is a stream.
    if record.get(66) != Some(&2) {
        return None;
    }
    let is = |wanted| is_named(record, wanted);
    if is("Workbook") || is("Book") {
        Some(Ok(Kind::Xls))
    } else if is("EncryptedPackage") || is("EncryptionInfo") {
        Some(Err(Fault::Password))
    } else if is("WordDocument") {
        Some(Err(Fault::NotSpreadsheet("văn bản Word")))
    } else if is("PowerPoint Document") {
        Some(Err(Fault::NotSpreadsheet("bài trình chiếu PowerPoint")))
    } else {
        None
    }
}
