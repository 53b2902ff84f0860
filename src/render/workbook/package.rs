//! The workbook's container: parts are copied as compressed bytes, large ones compressed in pieces on all cores.

use super::RenderError;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use rayon::prelude::*;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Level 2 makes the file a quarter smaller and takes nearly twice the instructions of level 1, 5 % of a whole run.
const LEVEL: u32 = 1;
const DEFLATED: u16 = 8;

/// One part of the package, compressed.
pub(in crate::render) struct Entry {
    name: String,
    method: u16,
    crc: u32,
    size: u64,
    data: Vec<Vec<u8>>,
}

/// Takes a package apart without inflating it.
pub(in crate::render) fn read(package: &[u8]) -> Result<Vec<Entry>, RenderError> {
    let mut archive = ZipArchive::new(Cursor::new(package))?;
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index_raw(at)?;
            let mut data = Vec::new();
            file.read_to_end(&mut data)?;
            let deflated = file.compression() == zip::CompressionMethod::Deflated;
            Ok(Entry {
                name: file.name()?.into_owned(),
                method: if deflated { DEFLATED } else { 0 },
                crc: file.crc32(),
                size: file.size(),
                data: vec![data],
            })
        })
        .collect()
}

impl Entry {
    /// Its name in the package.
    pub(in crate::render) fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub(in crate::render) fn inflate(&self) -> Result<String, RenderError> {
        let mut text = String::new();
        let data = self.data.concat();
        if self.method == DEFLATED {
            flate2::read::DeflateDecoder::new(data.as_slice()).read_to_string(&mut text)?;
        } else {
            data.as_slice().read_to_string(&mut text)?;
        }
        Ok(text)
    }

    /// Replaces its content by pieces that are made and compressed independently, in their order.
    pub(in crate::render) fn replace<F>(
        &mut self,
        pieces: usize,
        make: F,
    ) -> Result<(), RenderError>
    where
        F: Fn(usize, &mut Vec<u8>) + Sync,
    {
        let compressed: Vec<(Vec<u8>, Crc, usize)> = (0..pieces)
            .into_par_iter()
            .map_init(
                || (Vec::new(), fresh()),
                |(plain, state), piece| {
                    plain.clear();
                    make(piece, plain);
                    let mut crc = Crc::new();
                    crc.update(plain);
                    Ok((deflate(state, plain, piece + 1 == pieces)?, crc, plain.len()))
                },
            )
            .collect::<Result<_, RenderError>>()?;
        let mut crc = Crc::new();
        (self.method, self.size) = (DEFLATED, 0);
        self.data.clear();
        for (data, piece, size) in compressed {
            crc.combine(&piece);
            self.size += size as u64;
            self.data.push(data);
        }
        self.crc = crc.sum();
        Ok(())
    }

    fn packed(&self) -> u64 {
        self.data.iter().map(|piece| piece.len() as u64).sum()
    }
}

fn fresh() -> Compress {
    Compress::new(Compression::new(LEVEL), false)
}

/// One piece of a deflate stream that ends on a byte, so that pieces can be put one behind the other.
fn deflate(state: &mut Compress, plain: &[u8], last: bool) -> Result<Vec<u8>, RenderError> {
    state.reset();
    let mut out = Vec::with_capacity(plain.len() / 8 + 64);
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    loop {
        let rest = usize::try_from(state.total_in()).ok().and_then(|done| plain.get(done..));
        let before = out.len();
        let status = state
            .compress_vec(rest.unwrap_or_default(), &mut out, flush)
            .map_err(std::io::Error::other)?;
        let room = out.capacity() > out.len();
        let done = status == Status::StreamEnd
            || (!last && room && state.total_in() == plain.len() as u64);
        if done || (status == Status::BufError && out.len() == before && room) {
            return Ok(out);
        }
        out.reserve(out.capacity().max(1024));
    }
}

/// Puts a package together.
pub(in crate::render) fn write(entries: Vec<Entry>) -> Result<Vec<u8>, RenderError> {
    Ok(joined(pieces(entries)?))
}

/// Pieces of a file as one; each is given back as soon as it is copied.
pub(super) fn joined(pieces: Vec<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    for piece in pieces {
        out.extend_from_slice(&piece);
    }
    out
}

/// The package in pieces, which are not copied once more; every entry carries the same date, so that equal
/// content is equal bytes.
pub(super) fn pieces(entries: Vec<Entry>) -> Result<Vec<Vec<u8>>, RenderError> {
    let mut out = Vec::new();
    let mut length = 0;
    let count = u16::try_from(entries.len()).map_err(|_| RenderError::TooLarge)?;
    let mut directory = Vec::new();
    for entry in entries {
        let at = small(length)?;
        let header = header(&entry)?;
        let head = [b"PK\x03\x04".as_slice(), &header, entry.name.as_bytes()].concat();
        length += head.len() as u64 + entry.packed();
        out.push(head);
        out.extend(entry.data);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&header);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(entry.name.as_bytes());
    }
    let (start, length) = (small(length)?, small(directory.len() as u64)?);
    directory.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    directory.extend_from_slice(&count.to_le_bytes());
    directory.extend_from_slice(&count.to_le_bytes());
    directory.extend_from_slice(&length.to_le_bytes());
    directory.extend_from_slice(&start.to_le_bytes());
    directory.extend_from_slice(&[0, 0]);
    out.push(directory);
    Ok(out)
}

/// What the local header and the directory have in common: version to the length of the extra field.
fn header(entry: &Entry) -> Result<Vec<u8>, RenderError> {
    let name = u16::try_from(entry.name.len()).map_err(|_| RenderError::TooLarge)?;
    let mut out = Vec::with_capacity(26);
    out.extend_from_slice(&20u16.to_le_bytes());
    // Names are UTF-8; the time is 00:00 on 01/01/1980, the earliest that the format knows.
    out.extend_from_slice(&0x0800u16.to_le_bytes());
    out.extend_from_slice(&entry.method.to_le_bytes());
    out.extend_from_slice(&0u16.to_le_bytes());
    out.extend_from_slice(&0x0021u16.to_le_bytes());
    out.extend_from_slice(&entry.crc.to_le_bytes());
    out.extend_from_slice(&small(entry.packed())?.to_le_bytes());
    out.extend_from_slice(&small(entry.size)?.to_le_bytes());
    out.extend_from_slice(&name.to_le_bytes());
    out.extend_from_slice(&0u16.to_le_bytes());
    Ok(out)
}

/// Sizes and places have 32 bits; no spreadsheet program opens a larger part anyway.
fn small(value: u64) -> Result<u32, RenderError> {
    u32::try_from(value).map_err(|_| RenderError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry { name: name.to_owned(), method: 0, crc: 0, size: 0, data: Vec::new() }
    }

    #[test]
    fn pieces_read_back_as_one_part() {
        for pieces in [1, 2, 7] {
            let make = |piece: usize, out: &mut Vec<u8>| {
                for n in 0..piece * 40_000 {
                    out.extend_from_slice(format!("{piece}-{};", n * 7_919 % 100_003).as_bytes());
                }
            };
            let mut part = entry("xl/a.xml");
            part.replace(pieces, make).unwrap();
            let mut plain = Vec::new();
            (0..pieces).for_each(|piece| make(piece, &mut plain));
            let package = write(vec![entry("leer"), part]).unwrap();
            let mut archive = ZipArchive::new(Cursor::new(&package)).unwrap();
            let mut back = Vec::new();
            // The reader checks size and CRC at the end of the part.
            archive.by_name("xl/a.xml").unwrap().read_to_end(&mut back).unwrap();
            assert!(back == plain, "{pieces} pieces");
            assert_eq!(read(&package).unwrap()[1].inflate().unwrap().len(), plain.len());
        }
    }
}
